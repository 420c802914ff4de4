//! The grid: rows of any number, painted by the place of the first one; it knows no business and no SQL.

mod action;
mod aside;
mod bars;
mod body;
mod branch;
mod copy;
mod empty;
mod footer;
mod header;
mod keys;
mod measure;
mod needs;
mod paint;
mod room;
mod rows;
mod scroll;
mod selection;
mod sight;
mod state;
mod view;
mod write;

use egui::accesskit::Role;
use egui::{EventFilter, FocusDirection, Id, Pos2, Response, Sense, Ui, UiBuilder, WidgetInfo};

use crate::base::locale;
use crate::ui::pictures::Pictures;
use crate::ui::words;
pub use action::COPY_CELL;
pub use branch::GroupBy;
pub use copy::{heading, line};
pub use empty::{EmptyState, empty_ui};
pub use measure::frames;
pub use rows::{Align, Branch, Cell, Column, FooterCell, FooterPlace, Look, Row, Rows, SPARE};
pub use scroll::{Thumb, Top};
pub use selection::{Chosen, Selection};
use sight::Sight;
pub use state::{GridState, How, Step};
pub use view::{ColumnView, SortView, ViewConfig};

/// What a grid is drawn from besides its rows.
#[derive(Clone, Copy)]
pub struct Grid<'a> {
    /// By which the keyboard finds it.
    pub id: Id,
    /// Key of its name for screen readers.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'a [Column],
    /// The totals row; none where it is empty.
    pub footer: &'a [FooterCell],
    /// The columns by which rows are left out.
    pub filtered: &'a [&'static str],
    /// What rows can be brought together by.
    pub groups: &'a [GroupBy],
    /// Where the pictures of cells are found.
    pub pictures: Option<&'a Pictures>,
}

impl<'a> Grid<'a> {
    /// A grid of these columns.
    pub const fn new(id: Id, columns: &'a [Column]) -> Grid<'a> {
        Grid { id, name: "ui.grid_table", columns, footer: &[], filtered: &[], groups: &[], pictures: None }
    }

    /// The same with a name for screen readers, by its key.
    pub const fn named(self, name: &'static str) -> Grid<'a> {
        Grid { name, ..self }
    }

    /// The same with a totals row.
    pub const fn footer(self, footer: &'a [FooterCell]) -> Grid<'a> {
        Grid { footer, ..self }
    }

    /// The same with marks at the columns by which rows are left out.
    pub const fn filtered(self, filtered: &'a [&'static str]) -> Grid<'a> {
        Grid { filtered, ..self }
    }

    /// The same with what its rows can be brought together by.
    pub const fn groups(self, groups: &'a [GroupBy]) -> Grid<'a> {
        Grid { groups, ..self }
    }

    /// The same with the pictures of its cells.
    pub const fn pictures(self, pictures: &'a Pictures) -> Grid<'a> {
        Grid { pictures: Some(pictures), ..self }
    }
}

/// What happened on a grid.
#[derive(Clone, Debug, PartialEq)]
pub enum GridEvent {
    /// The row with this key is to be opened.
    Opened(i64),
    /// The cursor stands on another row now, or on none.
    CursorMoved(Option<i64>),
    /// The order changed, or by what rows are brought together; the state says to which, and already stands at the
    /// first row.
    Sorted,
    /// A group is to be opened or closed.
    Branched {
        /// The place of its row.
        at: u64,
        /// Whether it is to be open.
        open: bool,
    },
    /// The rows of the group at this place are to be selected, or no longer.
    BranchSelected(u64),
    /// All groups are to be opened, or closed.
    AllBranched(bool),
    /// The menu is asked for: of a row, or of the list where there is none.
    MenuAsked {
        /// The row.
        key: Option<i64>,
        /// The column.
        column: &'static str,
        /// Where the menu opens.
        at: Pos2,
    },
    /// Letters were typed: the beginning of a quick filter.
    Typed(String),
    /// This is on the clipboard now.
    Copied(String),
    /// Rows were to be copied that are not all loaded; nothing is on the clipboard.
    CopyWanted,
    /// Other rows are selected.
    SelectionChanged,
    /// Columns were moved, widened, hidden or shown; `GridState::view` says how.
    ViewChanged,
}

/// Draws the grid into the room that is left and answers what happened.
pub fn grid_ui(ui: &mut Ui, grid: &Grid, state: &mut GridState, rows: &mut dyn Rows) -> Vec<GridEvent> {
    let rect = ui.available_rect_before_wrap();
    let whole = ui.interact(rect, grid.id, Sense::focusable_noninteractive());
    ui.advance_cursor_after_rect(rect);
    take_focus(ui, grid, state, rect);
    header::learn(ui, grid, state, rows);
    let mut sight = Sight::new(ui, grid, state, rect);
    sight.total = body::total(&sight, state, rows);
    state.fit(sight.extent());
    let before = state.selection.clone();
    action::act(ui, &mut sight, state, rows);
    body::act_on_keys(ui, &mut sight, state, rows);
    let inside = UiBuilder::new().scope_id(grid.id.with("inside")).max_rect(rect).accessibility_parent(grid.id);
    let mut inner = ui.new_child(inside);
    inner.shrink_clip_rect(rect);
    bars::wheel(&inner, &sight, state);
    body::rows_ui(&mut inner, &mut sight, state, rows);
    header::header_ui(&mut inner, &mut sight, state, rows);
    footer::footer_ui(&mut inner, &sight);
    aside::strip_ui(&mut inner, &sight, state, rows);
    bars::bars_ui(&mut inner, &sight, state);
    bars::loading(&inner, &sight, state, rows);
    header::column_menu_ui(ui, &mut sight, state, rows);
    let seen = if rows.count().is_some() { sight.seen(state) } else { sight.two_pages(state) };
    rows.want(seen.start, seen.end);
    let asked = state.selection.ask(rows);
    if asked || before != state.selection {
        sight.events.push(GridEvent::SelectionChanged);
    }
    sight.events.extend(state.follow(rows).map(GridEvent::CursorMoved));
    describe(&inner, &sight, state, (&whole, rows));
    sight.events
}

// A press anywhere on the grid gives it the keyboard; the arrows stay in it, Tab leaves.
fn take_focus(ui: &Ui, grid: &Grid, state: &mut GridState, rect: egui::Rect) {
    let pressed = ui.input(|input| input.pointer.any_pressed() || input.pointer.any_click());
    let pressed = pressed && ui.rect_contains_pointer(rect);
    let own = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let arrow =
        ui.input(|input| input.events.iter().any(|event| own.matches(event) && !EventFilter::default().matches(event)));
    ui.memory_mut(|memory| {
        if pressed || std::mem::take(&mut state.doing.focus) {
            memory.request_focus(grid.id);
        }
        if memory.has_focus(grid.id) {
            memory.set_focus_lock_filter(grid.id, own);
            if arrow {
                // In the frame after it got the keyboard the filter does not hold yet.
                memory.move_focus(FocusDirection::None);
            }
        }
    });
}

fn describe(ui: &Ui, sight: &Sight, state: &GridState, (whole, rows): (&Response, &dyn Rows)) {
    if !ui.ctx().has_accesskit_node(whole.id) {
        return;
    }
    let row = rows.row(state.cursor);
    let (name, value) = (words::say(ui, sight.grid.name), value(ui, sight, state, row));
    whole.widget_info(|| WidgetInfo {
        current_text_value: Some(value.clone()),
        ..WidgetInfo::labeled(Role::Grid, true, &name)
    });
    ui.ctx().accesskit_node_builder(whole.id, |node| {
        node.set_row_count(usize::try_from(sight.total).unwrap_or(usize::MAX));
        node.set_column_count(sight.placed.len());
        if let Some(row) = row.filter(|_| sight.seen(state).contains(&state.cursor)) {
            node.set_active_descendant(body::row_id(sight, row.key).accesskit_id());
        }
    });
}

// "Row 12 of 48 201, No 1043, Ready, …"
fn value(ui: &Ui, sight: &Sight, state: &GridState, row: Option<&Row>) -> String {
    if sight.total == 0 {
        return words::say(ui, "ui.grid_empty");
    }
    let lang = words::lang(ui);
    let number = |number: u64| locale::number(lang, &number.to_string());
    let (place, total) = (number(state.cursor.saturating_add(1)), number(sight.total));
    let spoken = row.map_or_else(|| words::say(ui, "ui.grid_loading"), |row| body::spoken(ui, row).into_owned());
    let selected = row.is_some_and(|row| state.selection.has(state.cursor, row.key));
    let key = if selected { "ui.grid_row_selected" } else { "ui.grid_row" };
    words::say_with(ui, key, &[("row", &place), ("count", &total), ("spoken", &spoken)])
}
