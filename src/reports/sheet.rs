//! What a report shows: columns, rows, totals by currency. Whoever draws it chooses the language and the format.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::currency::Currency;
use crate::base::date::{Date, Period};
use crate::base::error::Result;
use crate::base::locale::{self, Lang, tr};
use crate::base::money::Money;
use crate::domain::order::browse::OrdersQuery;
use crate::reports::behind::{Behind, Narrow};
use crate::reports::cell::{self, Cell};
use crate::reports::chart::Chart;
use crate::reports::column::{Column, Kind};

/// One row: values in the order of the columns, and what sets it apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its values.
    pub cells: Vec<Cell>,
    /// What sets it apart from the whole report.
    pub narrow: Narrow,
}

/// What a report found.
pub(crate) struct Made {
    /// The days it speaks of; none where it tells how things stand.
    pub period: Option<Period>,
    /// The orders it speaks of.
    pub asked: OrdersQuery,
    /// Its columns and rows.
    pub rows: (Vec<Column>, Vec<Row>),
    /// How it is drawn.
    pub chart: Chart,
}

/// What makes a report the report it is: names and the way to its documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nature {
    pub name: &'static str,
    pub title: &'static str,
    pub opens: &'static str,
    pub behind: BehindFn,
}

/// Finds the documents behind a column of the orders asked for, as of a day.
pub(crate) type BehindFn = fn(&str, &OrdersQuery, Date) -> Result<Vec<Behind>>;

/// A report that has been made.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The report.
    pub name: &'static str,
    /// The days it speaks of; none where it tells how things stand.
    pub period: Option<Period>,
    /// The day on which it was made, by the company's calendar.
    pub made_on: Date,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The sums of its rows, one row for each currency.
    pub totals: Vec<Row>,
    /// How it is drawn.
    pub chart: Chart,
    asked: OrdersQuery,
    nature: Nature,
}

impl Sheet {
    /// A sheet with its totals and shares. Rejected when a sum is too large.
    pub(crate) fn new(nature: Nature, made: Made, made_on: Date) -> Result<Sheet> {
        let Made { period, asked, rows: (columns, mut rows), chart } = made;
        let mut sums: Rows<Option<Currency>> = Rows::new(columns.clone());
        for row in &rows {
            let pairs = columns.iter().zip(&row.cells);
            let figures = pairs.filter_map(|(column, cell)| {
                cell.figure().filter(|_| column.kind.is_summed()).map(|figure| (column.name, figure))
            });
            let figures: Vec<_> = figures.collect();
            let label = || {
                let currency = row.narrow.currency;
                let narrow = Narrow { currency, ..Narrow::default() };
                Ok(Label { narrow, cells: Vec::new(), order: String::new() })
            };
            sums.add(row.narrow.currency, row.narrow.currency, &figures, label)?;
        }
        let (_, mut totals) = sums.into_parts();
        shares(&columns, &mut rows);
        shares(&columns, &mut totals);
        Ok(Sheet { name: nature.name, period, made_on, columns, rows, totals, chart, asked, nature })
    }

    /// How people call the report.
    pub fn title(&self, lang: Lang) -> String {
        tr(lang, self.nature.title, &[])
    }

    /// The days it speaks of, in words.
    pub fn days(&self, lang: Lang) -> Option<String> {
        let period = self.period?;
        let (from, to) = (locale::date(lang, period.from()), locale::date(lang, period.to()));
        Some(tr(lang, "report.period", &[("from", &from), ("to", &to)]))
    }

    /// The headings of its columns.
    pub fn heads(&self, lang: Lang) -> Vec<String> {
        self.columns.iter().map(|column| column.title(lang)).collect()
    }

    /// Its totals as people read them, each named in its first column.
    pub fn spoken_totals(&self, lang: Lang) -> Vec<Vec<String>> {
        let mut totals: Vec<Vec<String>> = self.totals.iter().map(|row| row.spoken(lang)).collect();
        for first in totals.iter_mut().filter_map(|total| total.first_mut()).filter(|first| first.is_empty()) {
            *first = tr(lang, "report.total", &[]);
        }
        totals
    }

    /// The lists of documents that show a figure of a row or of a total; for words and shares, those of the whole row.
    pub fn behind(&self, row: &Row, column: &Column) -> Result<Vec<Behind>> {
        let name = if column.kind.is_summed() { column.name } else { self.nature.opens };
        (self.nature.behind)(name, &row.narrow.of(&self.asked), self.made_on)
    }

    /// The place of a column.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

impl Row {
    /// The row as people who read the language write its values.
    pub fn spoken(&self, lang: Lang) -> Vec<String> {
        self.cells.iter().map(|cell| cell.spoken(lang)).collect()
    }

    /// The currency of its amounts.
    pub fn currency(&self) -> Option<Currency> {
        self.narrow.currency
    }
}

/// What a row says besides figures.
pub(crate) struct Label {
    pub narrow: Narrow,
    pub cells: Vec<(&'static str, Cell)>,
    /// By what rows stand in order, before their keys.
    pub order: String,
}

/// Rows under way: figures of one key are added up. Columns that the asker may not see are not there, and figures for
/// them go nowhere.
pub(crate) struct Rows<K> {
    columns: Vec<Column>,
    rows: BTreeMap<K, (String, Row)>,
}

impl<K: Ord> Rows<K> {
    pub(crate) fn new(columns: Vec<Column>) -> Rows<K> {
        Rows { columns, rows: BTreeMap::new() }
    }

    /// Whether a column is there.
    pub(crate) fn shows(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }

    /// Adds figures to the row of a key; a new row begins with zeros and its label. Rejected when a sum is too large.
    pub(crate) fn add(
        &mut self,
        key: K,
        currency: Option<Currency>,
        figures: &[(&'static str, i64)],
        label: impl FnOnce() -> Result<Label>,
    ) -> Result<()> {
        let (_, row) = match self.rows.entry(key) {
            Entry::Occupied(place) => place.into_mut(),
            Entry::Vacant(place) => {
                let mut label = label()?;
                let order = std::mem::take(&mut label.order);
                place.insert((order, new_row(&self.columns, currency, label)))
            }
        };
        for (name, figure) in figures {
            let cell = self.columns.iter().zip(&mut row.cells).find(|(column, _)| column.name == *name);
            if let Some((_, cell)) = cell {
                cell.add(*figure)?;
            }
        }
        Ok(())
    }

    /// The rows without those that say nothing: every figure is zero.
    pub(crate) fn without_empty(mut self) -> Rows<K> {
        self.rows.retain(|_, (_, row)| row.cells.iter().any(|cell| cell.figure().is_some_and(|figure| figure != 0)));
        self
    }

    /// The columns, and the rows by the order of their labels, then by their keys.
    pub(crate) fn into_parts(self) -> (Vec<Column>, Vec<Row>) {
        let mut rows: Vec<(String, Row)> = self.rows.into_values().collect();
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        (self.columns, rows.into_iter().map(|(_, row)| row).collect())
    }
}

fn new_row(columns: &[Column], currency: Option<Currency>, mut label: Label) -> Row {
    let cells = columns.iter().map(|column| match (column.kind, currency) {
        (Kind::Count, _) => Cell::Count(0),
        (Kind::Money, Some(currency)) => Cell::Money(Money::zero(currency)),
        (Kind::Currency, Some(currency)) => Cell::currency(currency),
        _ => {
            let said = label.cells.iter_mut().find(|(name, _)| *name == column.name);
            said.map_or(Cell::Empty, |(_, cell)| std::mem::replace(cell, Cell::Empty))
        }
    });
    Row { cells: cells.collect(), narrow: Narrow { currency, ..label.narrow } }
}

/// Computes the shares of rows whose figures are known.
fn shares(columns: &[Column], rows: &mut [Row]) {
    let place = |name: &str| columns.iter().position(|column| column.name == name);
    for (at, column) in columns.iter().enumerate() {
        let Some((part, whole)) = column.share else { continue };
        let (part, whole) = (place(part), whole.iter().map(|name| place(name)).collect::<Option<Vec<_>>>());
        for row in rows.iter_mut() {
            let figure = |at: usize| row.cells.get(at).and_then(Cell::figure);
            let whole = whole.iter().flatten().map(|at| figure(*at).map(i128::from)).sum::<Option<i128>>();
            let share = cell::share(part.and_then(figure).map(i128::from), whole);
            row.cells.get_mut(at).into_iter().for_each(|cell| *cell = share.clone());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::reports::chart::ChartKind;
    use crate::reports::column::{column, share};

    fn columns() -> Vec<Column> {
        let plain = [
            column("report.column.counterparty", Kind::Text),
            column("report.column.currency", Kind::Currency),
            column("report.column.orders", Kind::Count),
            column("report.column.late", Kind::Count),
        ];
        plain
            .into_iter()
            .chain([share("report.column.late_share", "late", &["orders"]), column("report.column.total", Kind::Money)])
            .collect()
    }

    fn made(rows: &[(&str, &str, i64, i64)]) -> Result<Sheet> {
        let mut made = Rows::new(columns());
        for (name, code, orders, minor) in rows {
            let currency = Currency::parse(code).unwrap();
            let label = || {
                Ok(Label {
                    narrow: Narrow::default(),
                    cells: vec![("counterparty", Cell::text(name))],
                    order: String::new(),
                })
            };
            let figures = [("orders", *orders), ("late", 1), ("total", *minor), ("unseen", 5)];
            made.add((*name, *code), Some(currency), &figures, label)?;
        }
        let chart = Chart { kind: ChartKind::Bars, label: "counterparty", value: "total" };
        let made = Made { period: None, asked: OrdersQuery::default(), rows: made.into_parts(), chart };
        let nature = Nature { name: "test", title: "report.total", opens: "orders", behind: |_, _, _| Ok(Vec::new()) };
        Sheet::new(nature, made, Date::MIN)
    }

    fn plain(row: &Row) -> Vec<String> {
        row.cells.iter().map(Cell::plain).collect()
    }

    #[test]
    fn each_currency_is_summed_apart_and_shares_are_computed_anew() {
        let sheet = made(&[("a", "AMD", 2, 150), ("b", "USD", 1, 5), ("c", "AMD", 1, -50)]).unwrap();
        assert_eq!(plain(&sheet.rows[0]), ["a", "AMD", "2", "1", "50", "1.50"]);
        assert_eq!(plain(&sheet.totals[0]), ["", "AMD", "3", "2", "66.7", "1.00"]);
        assert_eq!(plain(&sheet.totals[1]), ["", "USD", "1", "1", "100", "0.05"]);
    }

    #[test]
    fn a_sum_that_is_too_large_is_refused() {
        assert!(made(&[("a", "AMD", 1, i64::MAX), ("b", "AMD", 1, 1)]).is_err());
    }
}
