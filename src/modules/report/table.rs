//! The rows of a report in the grid, its totals behind them: written out as they come into sight, sorted here.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Id, Ui};

use crate::base::locale::{self, Lang, tr};
use crate::reports::cell;
use crate::reports::column::{self, Kind};
use crate::reports::sheet::{self, Sheet};
use crate::ui::grid::{Align, Cell, Column, FooterCell, Grid, GridEvent, GridState, Look, Row, Rows, grid_ui};

/// So many rows are kept written out on either side of those in sight.
const AROUND: u64 = 150;
/// The width of a letter, in points: what a column would like. What stands in it decides.
const LETTER: f32 = 6.0;

/// A report in a grid.
pub(super) struct Table {
    sheet: Arc<Sheet>,
    lang: Lang,
    columns: Vec<Column>,
    footer: Vec<FooterCell>,
    /// What the grid remembers.
    pub grid: GridState,
    rows: Written,
}

impl Table {
    pub(super) fn new(sheet: Arc<Sheet>, lang: Lang) -> Table {
        let columns = sheet.columns.iter().enumerate().map(|(at, column)| Column {
            id: column.name,
            title: column.title,
            width: f32::from(column.width) * LETTER,
            align: match column.kind.align() {
                column::Align::Left => Align::Left,
                column::Align::Right => Align::Right,
            },
            sort: Some(column.name),
            grow: at == 0,
            free: column.kind == Kind::Text,
            yields: column.yields,
            picture: false,
        });
        let columns: Vec<Column> = columns.collect();
        let footer = footer(&sheet, lang);
        let rows = Written::new(sheet.clone(), lang);
        let mut grid = GridState::default();
        grid.by_cell = true;
        // Where all amounts are in one currency, the amounts alone say enough.
        grid.set_hidden(&columns, "currency", sheet.totals.len() < 2);
        Table { sheet, lang, columns, footer, grid, rows }
    }

    /// The language in which it is written.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// Writes everything in another language.
    pub(super) fn speak(&mut self, lang: Lang) {
        self.lang = lang;
        self.footer = footer(&self.sheet, lang);
        self.rows.lang = lang;
        self.rows.written.clear();
        self.sort();
    }

    /// The row and column under the cursor.
    pub(super) fn current(&self) -> Option<(&sheet::Row, &column::Column)> {
        let row = self.rows.row_of(self.grid.cursor_key()?)?;
        let at = self.grid.column().and_then(|name| self.sheet.place(name)).unwrap_or_default();
        Some((row, self.sheet.columns.get(at)?))
    }

    /// Draws it; whether the row under the cursor is to be opened.
    pub(super) fn ui(&mut self, ui: &mut Ui, id: Id) -> bool {
        let grid = Grid::new(id, &self.columns).named("report.rows").footer(&self.footer);
        let events = grid_ui(ui, &grid, &mut self.grid, &mut self.rows);
        if events.contains(&GridEvent::Sorted) {
            self.sort();
        }
        if std::mem::take(&mut self.rows.lacked) {
            ui.ctx().request_repaint();
        }
        events.iter().any(|event| matches!(event, GridEvent::Opened(_)))
    }

    /// Puts the rows into the order of the headers that were pressed; the totals stay behind them.
    fn sort(&mut self) {
        let sorts = self.grid.sort.iter().filter_map(|(name, reversed)| Some((self.sheet.place(name)?, *reversed)));
        let sorts: Vec<(usize, bool)> = sorts.collect();
        let (sheet, lang) = (&self.sheet, self.lang);
        let compare = |one: &usize, other: &usize| {
            let (Some(one), Some(other)) = (sheet.rows.get(*one), sheet.rows.get(*other)) else {
                return Ordering::Equal;
            };
            let by = |(at, reversed): &(usize, bool)| {
                let order = match (one.cells.get(*at), other.cells.get(*at)) {
                    (Some(one), Some(other)) => order(one, other, lang),
                    _ => Ordering::Equal,
                };
                if *reversed { order.reverse() } else { order }
            };
            sorts.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        };
        let mut order: Vec<usize> = (0..sheet.rows.len()).collect();
        order.sort_by(compare);
        self.rows.order = order;
        self.rows.written.clear();
    }
}

/// A value as it stands in the grid: an amount without its sign, which its column or the report tells; nothing as a dash.
fn shown(cell: &cell::Cell, lang: Lang) -> String {
    match cell {
        cell::Cell::Money(money) if money.minor() == 0 => "–".to_owned(),
        cell::Cell::Money(money) => {
            let plain = money.to_string();
            let whole = plain.split_once('.').filter(|(_, rest)| rest.bytes().all(|digit| digit == b'0'));
            let short = whole.filter(|_| !locale::writes_zero_minor(money.currency().code())).map(|(whole, _)| whole);
            locale::number(lang, short.unwrap_or(&plain))
        }
        cell::Cell::Count(0) => "–".to_owned(),
        other => other.spoken(lang),
    }
}

/// Figures by their value, everything else as it is read.
fn order(one: &cell::Cell, other: &cell::Cell, lang: Lang) -> Ordering {
    match (one, other) {
        (cell::Cell::Percent(one), cell::Cell::Percent(other)) => one.ppm().cmp(&other.ppm()),
        (cell::Cell::Span(one), cell::Cell::Span(other)) => one.days.from().cmp(&other.days.from()),
        _ => match (one.figure(), other.figure()) {
            (Some(one), Some(other)) => one.cmp(&other),
            (one, other) if one.is_some() || other.is_some() => one.is_some().cmp(&other.is_some()),
            _ => sort_key(one, lang).cmp(&sort_key(other, lang)),
        },
    }
}

fn sort_key(cell: &cell::Cell, lang: Lang) -> String {
    crate::base::text::sort_key(&cell.spoken(lang))
}

/// The totals of the first currency under their columns; the others stand behind the rows.
fn footer(sheet: &Sheet, lang: Lang) -> Vec<FooterCell> {
    let mut cells = vec![FooterCell::left(tr(lang, "report.total", &[]))];
    if let Some(total) = sheet.totals.first() {
        let sums = sheet.columns.iter().zip(&total.cells);
        let sums = sums.filter(|(column, _)| matches!(column.kind, Kind::Count | Kind::Money | Kind::Percent));
        cells.extend(sums.map(|(column, cell)| FooterCell::under(column.name, shown(cell, lang))));
    }
    cells
}

/// Rows as the grid asks for them. The key of a row is its place in the report, that of a total a number below zero.
struct Written {
    sheet: Arc<Sheet>,
    lang: Lang,
    order: Vec<usize>,
    written: BTreeMap<u64, Row>,
    /// Whether rows came into sight that were not written out.
    lacked: bool,
}

impl Written {
    fn new(sheet: Arc<Sheet>, lang: Lang) -> Written {
        let order = (0..sheet.rows.len()).collect();
        let mut rows = Written { sheet, lang, order, written: BTreeMap::new(), lacked: false };
        rows.want(0, 1);
        rows.lacked = false;
        rows
    }

    /// Totals behind the rows: where there is one only, the line below says it.
    fn totals(&self) -> &[sheet::Row] {
        if self.sheet.totals.len() > 1 { &self.sheet.totals } else { &[] }
    }

    fn row_of(&self, key: i64) -> Option<&sheet::Row> {
        match usize::try_from(key) {
            Ok(at) => self.sheet.rows.get(at),
            Err(_) => self.totals().get(usize::try_from(key.saturating_add(1).saturating_neg()).ok()?),
        }
    }

    fn write(&self, at: u64) -> Option<Row> {
        let at = usize::try_from(at).ok()?;
        let (key, row, look) = match self.order.get(at) {
            Some(place) => (i64::try_from(*place).ok()?, self.sheet.rows.get(*place)?, Look::Plain),
            None => {
                let total = at.checked_sub(self.order.len())?;
                let key = i64::try_from(total).ok()?.saturating_add(1).saturating_neg();
                (key, self.totals().get(total)?, Look::Strong)
            }
        };
        let mut words: Vec<String> = row.cells.iter().map(|cell| shown(cell, self.lang)).collect();
        if look == Look::Strong
            && let Some(first) = words.first_mut().filter(|first| first.is_empty())
        {
            *first = tr(self.lang, "report.total", &[]);
        }
        let spoken = words.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let cells = words.into_iter().zip(&row.cells).map(|(text, cell)| {
            let nothing = matches!(cell.figure(), Some(0));
            Cell::text(text).look(if nothing && look == Look::Plain { Look::Muted } else { look })
        });
        Some(Row { key, cells: cells.collect(), spoken, ..Row::default() })
    }
}

impl Rows for Written {
    fn count(&self) -> Option<u64> {
        u64::try_from(self.order.len().saturating_add(self.totals().len())).ok()
    }

    fn row(&self, at: u64) -> Option<&Row> {
        self.written.get(&at)
    }

    fn want(&mut self, from: u64, to: u64) {
        self.lacked = (from..to).any(|at| !self.written.contains_key(&at)) && Some(from) < self.count();
        let (first, last) = (from.saturating_sub(AROUND), to.saturating_add(AROUND).min(self.count().unwrap_or(0)));
        self.written.retain(|at, _| (first..last).contains(at));
        for at in first..last {
            if !self.written.contains_key(&at)
                && let Some(row) = self.write(at)
            {
                self.written.insert(at, row);
            }
        }
    }

    fn find(&self, key: i64) -> Option<u64> {
        let place = match usize::try_from(key) {
            Ok(place) => self.order.iter().position(|at| *at == place)?,
            Err(_) => self.order.len().checked_add(usize::try_from(key.saturating_add(1).saturating_neg()).ok()?)?,
        };
        u64::try_from(place).ok()
    }

    fn keys(&mut self, from: u64, to: u64) -> Option<Vec<i64>> {
        (from..to).map(|at| self.write(at).map(|row| row.key)).collect()
    }
}
