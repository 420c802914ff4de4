//! What a report shows: columns, rows, totals by currency. Whoever draws it chooses the language and the format.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::currency::Currency;
use crate::base::date::{Date, Period};
use crate::base::error::{Error, Result};
use crate::base::locale::{self, Lang, tr};
use crate::base::money::Money;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words; the same in every language.
    Text,
    /// One of a few known words, translated for people.
    Word,
    /// A day.
    Date,
    /// The code of the row's currency.
    Currency,
    /// A number of things; summed.
    Count,
    /// An amount in the row's currency; summed.
    Money,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// As scripts know it; people read the text `report.column.<name>`.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

/// A column of a report.
pub const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// The key of the text by which people know it, and the code by which scripts do.
    Word(String, String),
    /// A day.
    Date(Date),
    /// A number of things.
    Count(i64),
    /// An amount.
    Money(Money),
}

/// Values in the order of the columns.
pub type Row = Vec<Cell>;

/// What a report found.
pub(crate) struct Made {
    /// The days it speaks of; none where it tells how things stand.
    pub period: Option<Period>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A report that has been made.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The report; people read the text `report.name.<name>`.
    pub name: &'static str,
    /// The days it speaks of; none where it tells how things stand.
    pub period: Option<Period>,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: Vec<Row>,
    /// The sums of its rows, one row for each currency.
    pub totals: Vec<Row>,
}

impl Sheet {
    /// A sheet with its totals. Rejected when a sum is too large.
    pub(crate) fn new(name: &'static str, columns: &'static [Column], made: Made) -> Result<Sheet> {
        let Made { period, rows } = made;
        let mut sums = Groups::new();
        for row in &rows {
            let summed = columns.iter().zip(row).map(|(column, cell)| match column.kind {
                Kind::Count | Kind::Money | Kind::Currency => cell.clone(),
                Kind::Text | Kind::Word | Kind::Date => Cell::Empty,
            });
            sums.add(currency_of(columns, row), summed.collect())?;
        }
        Ok(Sheet { name, period, columns, rows, totals: sums.into_rows() })
    }

    /// How people call the report.
    pub fn title(&self, lang: Lang) -> String {
        tr(lang, &format!("report.name.{}", self.name), &[])
    }

    /// The days it speaks of, in words.
    pub fn days(&self, lang: Lang) -> Option<String> {
        let period = self.period?;
        let (from, to) = (locale::date(lang, period.from()), locale::date(lang, period.to()));
        Some(tr(lang, "report.period", &[("from", &from), ("to", &to)]))
    }

    /// The headings of its columns.
    pub fn heads(&self, lang: Lang) -> Vec<String> {
        self.columns.iter().map(|column| tr(lang, &format!("report.column.{}", column.name), &[])).collect()
    }

    /// Its totals as people read them, each named in its first column.
    pub fn spoken_totals(&self, lang: Lang) -> Vec<Vec<String>> {
        let mut totals: Vec<Vec<String>> = self.totals.iter().map(|row| spoken(row, lang)).collect();
        for first in totals.iter_mut().filter_map(|total| total.first_mut()).filter(|first| first.is_empty()) {
            *first = tr(lang, "report.total", &[]);
        }
        totals
    }
}

/// Rows brought together by a key, in the order of the keys: counts and amounts are summed, of the rest the first
/// stays.
pub(crate) struct Groups<K> {
    rows: BTreeMap<K, Row>,
}

impl<K: Ord> Groups<K> {
    pub(crate) fn new() -> Groups<K> {
        Groups { rows: BTreeMap::new() }
    }

    /// Rejected when a sum is too large.
    pub(crate) fn add(&mut self, key: K, row: Row) -> Result<()> {
        match self.rows.entry(key) {
            Entry::Vacant(place) => {
                place.insert(row);
            }
            Entry::Occupied(mut place) => {
                for (sum, cell) in place.get_mut().iter_mut().zip(&row) {
                    add_to(sum, cell)?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn into_rows(self) -> Vec<Row> {
        self.rows.into_values().collect()
    }
}

fn currency_of(columns: &[Column], row: &Row) -> String {
    let place = columns.iter().zip(row).find(|(column, _)| column.kind == Kind::Currency);
    match place {
        Some((_, Cell::Text(code))) => code.clone(),
        _ => String::new(),
    }
}

fn add_to(sum: &mut Cell, cell: &Cell) -> Result<()> {
    match (sum, cell) {
        (Cell::Count(sum), Cell::Count(more)) => *sum = sum.checked_add(*more).ok_or_else(too_large)?,
        (Cell::Money(sum), Cell::Money(more)) => *sum = sum.checked_add(*more)?,
        _ => {}
    }
    Ok(())
}

fn too_large() -> Error {
    Error::rejected("error.number_too_large").arg("number", i64::MAX)
}

/// A row as people who read the language write its values.
pub fn spoken(row: &Row, lang: Lang) -> Vec<String> {
    row.iter().map(|cell| cell.spoken(lang)).collect()
}

impl Cell {
    fn spoken(&self, lang: Lang) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Word(key, _) => tr(lang, key, &[]),
            Cell::Date(date) => locale::date(lang, *date),
            Cell::Count(count) => locale::number(lang, &count.to_string()),
            Cell::Money(money) => locale::amount(lang, *money),
        }
    }

    /// The value as programs read it.
    pub fn plain(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Word(_, text) => text.clone(),
            Cell::Date(date) => date.to_string(),
            Cell::Count(count) => count.to_string(),
            Cell::Money(money) => money.to_string(),
        }
    }
}

/// The cell of a currency.
pub(crate) fn currency(currency: Currency) -> Cell {
    Cell::Text(currency.code().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        column("name", Kind::Text),
        column("currency", Kind::Currency),
        column("orders", Kind::Count),
        column("total", Kind::Money),
    ];

    fn row(name: &str, code: &str, orders: i64, minor: i64) -> Row {
        let code = Currency::parse(code).unwrap();
        vec![Cell::Text(name.to_owned()), currency(code), Cell::Count(orders), Cell::Money(Money::new(minor, code))]
    }

    #[test]
    fn each_currency_is_summed_apart() {
        let rows = vec![row("a", "AMD", 2, 150), row("b", "USD", 1, 5), row("c", "AMD", 1, -50)];
        let sheet = Sheet::new("test", COLUMNS, Made { period: None, rows }).unwrap();
        let sum = |code, orders, minor| {
            let mut sum = row("", code, orders, minor);
            sum[0] = Cell::Empty;
            sum
        };
        assert_eq!(sheet.totals, [sum("AMD", 3, 100), sum("USD", 1, 5)]);
    }

    #[test]
    fn a_sum_that_is_too_large_is_refused() {
        let rows = vec![row("a", "AMD", 1, i64::MAX), row("b", "AMD", 1, 1)];
        assert!(Sheet::new("test", COLUMNS, Made { period: None, rows }).is_err());
    }
}
