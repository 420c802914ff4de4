//! A list of the file on a screen: a query, its columns and sums as data, drawn by the grid.

mod arrangement;
mod colors;
mod column;
mod grouped;
mod heading;
mod selected;
mod shown;
mod source;

use egui::{Id, Ui};
use serde_json::{Map, Value as Json};

pub use arrangement::Arrangement;
use arrangement::first_sort;
pub use colors::{dress, pair};
pub use column::{CUSTOMER, Kind, ListColumn, is_zero, money, plain, written};
use selected::Selected;
pub use selected::too_many;
use shown::Shown;

use crate::base::color_rule::ColorRule;
use crate::base::date::Date;
use crate::engine::worker::Lane;
use crate::ui::action::Offer;
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::grid::{Column, EmptyState, FooterCell, Grid, GridEvent, GridState, GroupBy, Row, empty_ui, grid_ui};
use crate::ui::icon;
use crate::ui::loader::Loader;
use crate::ui::pictures::Pictures;
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

/// A list described as data. Wide: one field a part of its description.
pub struct ListSpec {
    /// The name of its query.
    pub query: &'static str,
    /// The name of the query of its count and sums, one row a currency.
    pub totals: Option<&'static str>,
    /// The fields of those sums that stand under the columns of the same names.
    pub sums: &'static [&'static str],
    /// What its rows can be brought together by.
    pub groups: &'static [GroupBy],
    /// The tables it shows.
    pub tables: &'static [&'static str],
    /// Key of its name for screen readers.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [ListColumn],
    /// Further fields of its rows, which rules of colours may look at.
    pub fields: &'static [ListColumn],
    /// The kind of records whose own fields are further columns; empty for none.
    pub own: &'static str,
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
        Row { key: key(told), cells, status, struck, spoken, ..Row::default() }
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
/// Wide: what is known of it, part by part.
pub struct ListView {
    // As the program describes it, and with the columns that the company added.
    base: &'static ListSpec,
    spec: &'static ListSpec,
    // Under this name its arrangement is kept, and of which age the one is that it has.
    part: String,
    arranged: Option<u64>,
    // A saved view in use arranges it instead, and what changes then is not kept as its person's own.
    worn: Option<Arrangement>,
    columns: Vec<Column>,
    colors: Vec<ColorRule>,
    // The day from which days are counted in the rules.
    counted_from: Date,
    /// What the grid remembers.
    pub grid: GridState,
    source: Shown,
    filter: Map<String, Json>,
    totals: Loader<Vec<Json>>,
    footer: Vec<FooterCell>,
    selected: Selected,
    pictures: Pictures,
    written_in: Option<crate::base::locale::Lang>,
}

impl ListView {
    /// A list, its first row not yet asked for.
    pub fn new(spec: &'static ListSpec) -> ListView {
        let columns = spec.for_grid();
        let mut grid = GridState::default();
        grid.sort = first_sort(spec);
        ListView {
            base: spec,
            spec,
            part: format!("list.{}", spec.query),
            arranged: None,
            worn: None,
            columns,
            colors: Vec::new(),
            counted_from: Date::MIN,
            grid,
            source: Shown::default(),
            filter: Map::new(),
            totals: Loader::default(),
            footer: Vec::new(),
            selected: Selected::default(),
            pictures: Pictures::default(),
            written_in: None,
        }
    }

    /// The same as a part of another screen: it is arranged by itself.
    pub fn within(self, screen: &str) -> ListView {
        ListView { part: format!("{}.{screen}", self.part), ..self }
    }

    /// The loaded rows, from the first one on, with their answers.
    pub fn loaded(&self) -> impl Iterator<Item = (&Row, &Json)> {
        self.source.loaded()
    }

    /// The list as it is described.
    pub fn spec(&self) -> &'static ListSpec {
        self.spec
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

    /// The column under the cursor, the first one where it stands in none.
    pub fn column(&self) -> Option<&'static ListColumn> {
        let shown = self.grid.shown(&self.columns);
        let there = |at: &usize| self.columns.get(*at).is_some_and(|column| Some(column.id) == self.grid.column());
        let at = shown.iter().copied().find(there).or(shown.first().copied())?;
        self.spec.columns.get(at)
    }

    /// How many rows match, once that is known.
    pub fn count(&self) -> Option<u64> {
        self.source.matches()
    }

    /// Count and sums, one row a currency.
    pub fn totals(&self) -> &[Json] {
        self.totals.value().map_or(&[], Vec::as_slice)
    }

    /// What can be done with the column under the cursor.
    pub fn column_offers(&self) -> Vec<Offer> {
        self.grid.offers(&self.columns, self.is_empty())
    }

    /// Whether the list is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Asks again for what is seen, whether or not its tables changed.
    pub fn refresh(&mut self) {
        self.source.grow_old();
        self.totals.forget();
        self.selected.forget();
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
        self.follow_own(desk);
        self.arrange(desk);
        if self.counted_from != desk.today() {
            self.set_colors(self.colors.clone(), desk);
        }
        let sort = self.sort();
        self.source.serve(desk, self.spec, &self.filter, &sort);
        self.ask_totals(desk);
        if self.source.error().is_some() {
            self.error_ui(ui);
            return (Vec::new(), false);
        }
        if self.source.is_empty() {
            return (Vec::new(), empty_ui(ui, empty));
        }
        let events = self.grid_ui(ui, id, desk);
        if self.grid.cursor_key().is_none() && self.source.has(self.grid.cursor) {
            // The cursor comes to rest on its row; what can be done with it is known then.
            ui.ctx().request_repaint();
        }
        // What came into sight is asked for in the same frame.
        let sort = self.sort();
        self.source.serve(desk, self.spec, &self.filter, &sort);
        (events, false)
    }

    fn grid_ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk) -> Vec<GridEvent> {
        let mut footer = std::mem::take(&mut self.footer);
        let lines = footer.iter().map(|cell| cell.line.saturating_add(1)).max().unwrap_or_default();
        let total = self.source.documents().unwrap_or_default();
        let (of, among) = ((self.spec, &self.filter), (&self.grid.selection, total));
        let own = footer.len();
        footer.extend(self.selected.footer(of, among, desk, lines));
        let grid = Grid::new(id, &self.columns).named(self.spec.name).footer(&footer).groups(self.spec.groups);
        let grid = grid.pictures(&self.pictures);
        let mut events = grid_ui(ui, &grid, &mut self.grid, self.source.rows_mut());
        self.serve_pictures(ui, desk);
        footer.truncate(own);
        self.footer = footer;
        if events.contains(&GridEvent::Sorted) {
            self.source.restart();
            self.bring_together();
        }
        self.branch(&mut events);
        if events.iter().any(|event| matches!(event, GridEvent::Sorted | GridEvent::ViewChanged)) {
            self.keep_arrangement(desk);
        }
        if events.contains(&GridEvent::SelectionChanged) {
            self.selected.forget();
            ui.ctx().request_repaint();
        }
        self.copy(ui, &mut events, desk);
        events
    }

    /// Shows rows in the groups that the grid says, or in none.
    fn bring_together(&mut self) {
        let way = self.grid.group.and_then(|name| self.spec.groups.iter().find(|way| way.name == name));
        self.source.group(way);
    }

    /// What can be done with columns and groups.
    pub fn grid_offers(&self) -> impl Iterator<Item = Offer> {
        self.column_offers().into_iter().chain(self.group_offers())
    }

    /// What can be done with groups.
    pub fn group_offers(&self) -> impl Iterator<Item = Offer> {
        self.grid.group_offers(self.spec.groups, &self.columns)
    }

    /// Copies rows that are not all loaded once they are there; [`GridEvent::CopyWanted`] is left where there are too
    /// many of them.
    fn copy(&mut self, ui: &Ui, events: &mut Vec<GridEvent>, desk: &Desk) {
        let mut arguments = self.filter.clone();
        let sort = self.sort();
        if !sort.is_empty() {
            arguments.insert("sort".to_owned(), sort.into());
        }
        let of = (self.spec, &Json::Object(arguments));
        if events.contains(&GridEvent::CopyWanted) {
            events.retain(|event| *event != GridEvent::CopyWanted);
            self.selected.copy(of, (&self.grid, &self.columns), desk);
        }
        match self.selected.copied(ui, of, &self.columns, desk) {
            Some(Ok(table)) => {
                ui.ctx().copy_text(table.clone());
                events.push(GridEvent::Copied(table));
            }
            Some(Err(_)) => events.push(GridEvent::CopyWanted),
            None => {}
        }
    }

    fn sort(&self) -> String {
        let word = |(name, reversed): &(&str, bool)| if *reversed { format!("-{name}") } else { (*name).to_owned() };
        let words: Vec<String> = self.grid.sort.iter().map(word).collect();
        if words.is_empty() { self.spec.sort.to_owned() } else { words.join(",") }
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
            self.source.counted(count);
            self.footer = footer(self.spec, totals, count, desk);
        }
    }

    fn error_ui(&mut self, ui: &mut Ui) {
        let Some(error) = self.source.error().cloned() else {
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
