//! A list of the file on a screen: a query, its columns and sums as data, drawn by the grid.

mod column;
mod source;

use egui::{Id, Ui};
use serde_json::{Map, Value as Json};

pub use column::{CUSTOMER, Kind, ListColumn, is_zero, money, plain, written};
use source::Source;

use crate::engine::worker::Lane;
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::grid::{Column, EmptyState, FooterCell, Grid, GridEvent, GridState, Row, Rows as _, empty_ui, grid_ui};
use crate::ui::icon;
use crate::ui::loader::Loader;
use crate::ui::tokens::space;
use crate::ui::words::say;

/// How a query gives its rows out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// Page by page, beginning anywhere, and it tells the place of every row: it takes `ids`, too.
    Placed,
    /// Page by page, beginning anywhere: it takes `limit`, `after` and `skip`.
    Skipped,
    /// Page by page, one behind the other: it takes `limit` and `after`.
    Walked,
    /// All at once: it has some dozens.
    Whole,
}

/// A list described as data.
pub struct ListSpec {
    /// The name of its query.
    pub query: &'static str,
    /// The name of the query of its count and sums, one row a currency.
    pub totals: Option<&'static str>,
    /// The fields of those sums that stand under the columns of the same names.
    pub sums: &'static [&'static str],
    /// The tables it shows.
    pub tables: &'static [&'static str],
    /// Key of its name for screen readers.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [ListColumn],
    /// The field of the column that takes the room that is left.
    pub grow: &'static str,
    /// How it is sorted at first, with `-` before what begins with the greatest; empty where it has no sorts.
    pub sort: &'static str,
    /// How its query gives rows out.
    pub pages: Pages,
    /// The pair of colours of a row, and whether it was called off.
    pub state: fn(&Json) -> (Option<&'static str>, bool),
}

impl ListSpec {
    /// A row of the answer as the grid draws it.
    pub fn row(&self, told: &Json, desk: &Desk) -> Row {
        let cells: Vec<_> = self.columns.iter().map(|column| column.cell(told, desk)).collect();
        let (status, struck) = (self.state)(told);
        let said = |text: &&str| !text.is_empty() && !text.starts_with(icon::is_letter);
        let spoken: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).filter(said).collect();
        let spoken = spoken.join(", ");
        Row { key: key(told), cells, status, struck, spoken }
    }
}

/// For lists whose rows have no state.
pub fn no_state(_: &Json) -> (Option<&'static str>, bool) {
    (None, false)
}

/// The id of a row of an answer; 0 where it has none.
pub fn key(told: &Json) -> i64 {
    told.get("id").and_then(Json::as_i64).unwrap_or_default()
}

/// A list on a screen.
pub struct ListView {
    spec: &'static ListSpec,
    columns: Vec<Column>,
    /// What the grid remembers.
    pub grid: GridState,
    source: Source,
    filter: Map<String, Json>,
    totals: Loader<Vec<Json>>,
    footer: Vec<FooterCell>,
    written_in: Option<crate::base::locale::Lang>,
}

impl ListView {
    /// A list, its first row not yet asked for.
    pub fn new(spec: &'static ListSpec) -> ListView {
        let columns = spec.columns.iter().map(|column| column.for_grid(column.field == spec.grow)).collect();
        let mut grid = GridState::default();
        let bare = spec.sort.trim_start_matches('-');
        let sorted = spec.columns.iter().filter_map(|column| column.sort).find(|sort| *sort == bare);
        grid.sort.extend(sorted.map(|sort| (sort, spec.sort.starts_with('-'))));
        ListView {
            spec,
            columns,
            grid,
            source: Source::default(),
            filter: Map::new(),
            totals: Loader::default(),
            footer: Vec::new(),
            written_in: None,
        }
    }

    /// Shows only what this filter lets through: arguments of the query.
    pub fn set_filter(&mut self, filter: Map<String, Json>) {
        if self.filter != filter {
            self.filter = filter;
            self.restart();
        }
    }

    /// The filter in use.
    pub fn filter(&self) -> &Map<String, Json> {
        &self.filter
    }

    /// The answer of the row under the cursor, if it is loaded.
    pub fn current(&self) -> Option<&Json> {
        self.source.told(self.grid.cursor_key()?)
    }

    /// The answer of the row with this key, if it is loaded.
    pub fn told(&self, key: i64) -> Option<&Json> {
        self.source.told(key)
    }

    /// How many rows match, once that is known.
    pub fn count(&self) -> Option<u64> {
        self.source.count
    }

    /// Count and sums, one row a currency.
    pub fn totals(&self) -> &[Json] {
        self.totals.value().map_or(&[], Vec::as_slice)
    }

    /// Whether the list is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Asks again for what is seen, whether or not its tables changed.
    pub fn refresh(&mut self) {
        self.source.grow_old();
        self.totals.forget();
    }

    /// What stands in a cell, if its row is loaded.
    pub fn cell_text(&self, key: i64, column: &str, desk: &Desk) -> Option<String> {
        let column = self.spec.columns.iter().find(|known| known.field == column)?;
        Some(column.cell(self.told(key)?, desk).text)
    }

    fn restart(&mut self) {
        self.source.restart();
        self.totals.forget();
        self.grid.rewind();
    }

    /// Draws the list; `empty` stands where there are no rows. What happened on the grid; `None` among the answers
    /// never: an empty list's button is answered by [`GridEvent::MenuAsked`]'s sibling, the flag beside the events.
    pub fn ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk, empty: &EmptyState) -> (Vec<GridEvent>, bool) {
        if self.written_in.replace(desk.lang).is_some_and(|old| old != desk.lang) {
            self.source.restart();
        }
        let sort = self.sort();
        self.source.serve(desk, self.spec, &self.filter, &sort);
        self.ask_totals(desk);
        if self.source.error.is_some() {
            self.error_ui(ui);
            return (Vec::new(), false);
        }
        if self.source.is_empty() {
            return (Vec::new(), empty_ui(ui, empty));
        }
        let footer = std::mem::take(&mut self.footer);
        let grid = Grid::new(id, &self.columns).named(self.spec.name).one_sort().footer(&footer);
        let events = grid_ui(ui, &grid, &mut self.grid, &mut self.source);
        self.footer = footer;
        if events.contains(&GridEvent::Sorted) {
            self.source.restart();
        }
        if self.grid.cursor_key().is_none() && self.source.row(self.grid.cursor).is_some() {
            // The cursor comes to rest on its row; what can be done with it is known then.
            ui.ctx().request_repaint();
        }
        // What came into sight is asked for in the same frame.
        let sort = self.sort();
        self.source.serve(desk, self.spec, &self.filter, &sort);
        (events, false)
    }

    fn sort(&self) -> String {
        let first = self.grid.sort.first();
        first.map_or_else(
            || self.spec.sort.to_owned(),
            |(name, reversed)| if *reversed { format!("-{name}") } else { (*name).to_owned() },
        )
    }

    fn ask_totals(&mut self, desk: &Desk) {
        let Some(query) = self.spec.totals else {
            return;
        };
        let filter = Json::Object(self.filter.clone());
        let revision = desk.revision(self.spec.tables);
        self.totals.keep(revision, || desk.handle.ask_json(Lane::Background, &desk.call, query, filter));
        let totals = self.totals.value().map_or(&[][..], Vec::as_slice);
        if self.totals.value().is_some() {
            let count = totals.iter().filter_map(|row| row.get("count")?.as_u64()).sum();
            self.source.count = Some(count);
            self.footer = footer(self.spec, totals, count, desk);
        }
    }

    fn error_ui(&mut self, ui: &mut Ui) {
        let Some(error) = self.source.error.clone() else {
            return;
        };
        ui.add_space(space::L);
        ui.vertical_centered(|ui| {
            error_line_ui(ui, &error);
            if button::plain(ui, &say(ui, "ui.retry"), true).clicked() {
                self.source.retry();
            }
        });
    }
}

/// The totals: how many at the left, sums under their columns, a line for each currency, the company's own first.
fn footer(spec: &ListSpec, totals: &[Json], count: u64, desk: &Desk) -> Vec<FooterCell> {
    let count = count.to_string();
    let mut cells = vec![FooterCell::left(desk.say_with("ui.rows", &[("count", &count)]))];
    for (line, row) in (0..=u8::MAX).zip(totals) {
        let written = |sum: &str| money(&plain(row, sum), &plain(row, "currency"), desk);
        cells.extend(spec.sums.iter().map(|sum| FooterCell::under(sum, written(sum)).line(line)));
    }
    cells
}
