//! What can be done with the columns of a grid by keys, as records.

use egui::{Key, Ui};

use super::GridEvent;
use super::branch::GroupBy;
use super::rows::{Column, Rows};
use super::sight::Sight;
use super::state::GridState;
use super::view::COLUMN_MOST;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::icon;

/// By how much one press widens a column, in points.
const STEP: f32 = 16.0;

const fn action(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}

static MENU: Action = action("column-menu", "ui.column_menu", icon::COLUMNS_3, &[Keys::alt(Key::ArrowDown)]);
static SORT: Action = action("column-sort", "ui.column_sort", icon::ARROW_DOWN, &[Keys::alt(Key::ArrowUp)]);
static SORT_ALSO: Action =
    action("column-sort-also", "ui.column_sort_also", icon::ARROW_UP_DOWN, &[Keys::alt_shift(Key::ArrowUp)]);
static WIDER: Action = action("column-wider", "ui.column_wider", icon::MAXIMIZE_2, &[Keys::alt_shift(Key::ArrowRight)]);
static NARROWER: Action =
    action("column-narrower", "ui.column_narrower", icon::MINIMIZE_2, &[Keys::alt_shift(Key::ArrowLeft)]);
static TO_RIGHT: Action =
    action("column-right", "ui.column_right", icon::ARROW_RIGHT, &[Keys::ctrl_shift(Key::ArrowRight)]);
static TO_LEFT: Action = action("column-left", "ui.column_left", icon::ARROW_LEFT, &[Keys::ctrl_shift(Key::ArrowLeft)]);
/// Copies the cell under the cursor.
pub static COPY_CELL: Action = action("copy-cell", "ui.copy_cell", icon::COPY, &[Keys::ctrl_shift(Key::C)]);
static RESET: Action = action("columns-reset", "ui.grid_reset", icon::ROTATE_CCW, &[]);

static GROUP: Action = action("group-by", "ui.group_column", icon::LIST_TREE, &[Keys::alt(Key::G)]);
static UNGROUP: Action = action("group-none", "ui.group_none", icon::LIST, &[Keys::alt_shift(Key::G)]);
static OPEN_ALL: Action = action("groups-open", "ui.groups_open", icon::CHEVRON_DOWN, &[Keys::alt(Key::PageDown)]);
static CLOSE_ALL: Action = action("groups-close", "ui.groups_close", icon::CHEVRON_UP, &[Keys::alt(Key::PageUp)]);

/// All that is done with columns.
static ACTIONS: &[&Action] = &[&MENU, &SORT, &SORT_ALSO, &WIDER, &NARROWER, &TO_RIGHT, &TO_LEFT, &COPY_CELL, &RESET];

static GROUPING: &[&Action] = &[&GROUP, &UNGROUP, &OPEN_ALL, &CLOSE_ALL];

impl GridState {
    /// What can be done with the column under the cursor, the first one where it stands in none; with an empty list
    /// nothing.
    pub fn offers(&self, columns: &[Column], is_empty: bool) -> Vec<Offer> {
        let shown: Vec<&Column> = self.shown(columns).into_iter().filter_map(|at| columns.get(at)).collect();
        let here = shown.iter().position(|column| Some(column.id) == self.column).unwrap_or_default();
        let sorts = shown.get(here).is_some_and(|column| column.sort.is_some());
        let can = |action: &Action| match action.id {
            id if id == SORT.id || id == SORT_ALSO.id => sorts,
            id if id == TO_LEFT.id => here > 0,
            id if id == TO_RIGHT.id => here.saturating_add(1) < shown.len(),
            _ => true,
        };
        ACTIONS.iter().map(|action| action.offer(!is_empty && can(action))).collect()
    }

    /// What can be done with groups in a list that knows these.
    pub fn group_offers(&self, groups: &[GroupBy], columns: &[Column]) -> impl Iterator<Item = Offer> {
        let first = self.shown(columns).first().and_then(|at| columns.get(*at)).map(|column| column.id);
        let groupable = groups.iter().any(|way| Some(way.column) == self.column.or(first));
        let enabled = move |action: &Action, grouped| if action.id == GROUP.id { groupable } else { grouped };
        let grouped = self.group.is_some();
        let offered = if groups.is_empty() { &[][..] } else { GROUPING };
        offered.iter().map(move |action| action.offer(enabled(action, grouped)))
    }

    /// Does one of the offered actions at the next drawing; whether it is one of them.
    pub fn act(&mut self, id: &str) -> bool {
        let asked = ACTIONS.iter().chain(GROUPING).find(|action| action.id == id);
        self.doing.asked = asked.map(|action| action.id).or(self.doing.asked);
        asked.is_some()
    }
}

/// Does what was asked for.
pub(super) fn act(ui: &Ui, sight: &mut Sight, state: &mut GridState, rows: &dyn Rows) {
    let Some(id) = state.doing.asked.take() else { return };
    if id == COPY_CELL.id {
        return super::body::copy_cell(ui, sight, state, rows);
    }
    let found = sight.placed.iter().position(|placed| Some(placed.id) == state.column).unwrap_or_default();
    let Some(placed) = sight.placed.get(found).copied() else { return };
    let columns = sight.grid.columns;
    let beside = |at: Option<usize>| at.and_then(|at| sight.placed.get(at)).map(|placed| placed.id);
    let widen = |by: f32| (placed.width + by).min(COLUMN_MOST);
    state.column = Some(placed.id);
    if GROUPING.iter().any(|action| action.id == id) {
        return group(sight, state, (id, placed.id));
    }
    if id == MENU.id {
        return super::body::open_column_menu(sight, state);
    }
    if id == SORT.id || id == SORT_ALSO.id {
        let Some(sort) = sight.column(&placed).and_then(|column| column.sort) else { return };
        if id == SORT.id {
            state.sort_by(sort)
        } else {
            state.sort_also_by(sort)
        }
        state.rewind();
        return sight.events.push(GridEvent::Sorted);
    }
    if id == WIDER.id {
        state.set_width(columns, placed.id, widen(STEP));
    } else if id == NARROWER.id {
        state.set_width(columns, placed.id, widen(-STEP));
    } else if id == TO_LEFT.id && found > 0 {
        state.put_before(columns, placed.id, beside(found.checked_sub(1)));
    } else if id == TO_RIGHT.id && beside(found.checked_add(1)).is_some() {
        state.put_before(columns, placed.id, beside(found.checked_add(2)));
    } else if id == RESET.id {
        state.reset_columns();
    }
    sight.events.push(GridEvent::ViewChanged);
}

fn group(sight: &mut Sight, state: &mut GridState, (id, column): (&str, &str)) {
    if id == GROUP.id {
        let next = state.next_group(sight.grid.groups, column);
        state.set_group(sight, next);
    } else if id == UNGROUP.id {
        state.set_group(sight, None);
    } else {
        sight.events.push(GridEvent::AllBranched(id == OPEN_ALL.id));
    }
}
