//! What can be done with the columns of a grid by keys, as records.

use egui::{Key, Ui};

use super::GridEvent;
use super::rows::Rows;
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

/// All of them.
static ACTIONS: &[&Action] = &[&MENU, &SORT, &SORT_ALSO, &WIDER, &NARROWER, &TO_RIGHT, &TO_LEFT, &COPY_CELL, &RESET];

/// What can be done with the column under the cursor, the first one where it stands in none.
pub fn offers() -> impl Iterator<Item = Offer> {
    ACTIONS.iter().map(|action| action.offer(true))
}

impl GridState {
    /// Does one of the offered actions at the next drawing; whether it is one of them.
    pub fn act(&mut self, id: &str) -> bool {
        let asked = ACTIONS.iter().find(|action| action.id == id);
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
