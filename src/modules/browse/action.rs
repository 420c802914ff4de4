//! What is done on the screens of lists, as records.

use egui::Key;

use crate::ui::action::{Action, Keys};
use crate::ui::icon;

const fn action(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}

/// Adds a row.
pub(crate) static NEW: Action =
    action("new", "browse.new", icon::PLUS, &[Keys::plain(Key::Insert), Keys::ctrl(Key::N)]);

/// Opens the row. Enter is the list's own key, so that it works nowhere else.
pub(crate) static OPEN: Action = action("open", "browse.open", icon::EXTERNAL_LINK, &[Keys::plain(Key::Enter)]);

/// Goes to the search.
pub(crate) static FIND: Action = action("find", "browse.find", icon::SEARCH, &[Keys::ctrl(Key::F)]);

/// Asks for everything again.
pub(crate) static REFRESH: Action = action("refresh", "browse.refresh", icon::REFRESH_CW, &[Keys::plain(Key::F5)]);

/// Shows only rows that have the same in the column under the cursor.
pub(crate) static FILTER_BY: Action = action("filter-by", "browse.filter_by", icon::FILTER, &[Keys::alt(Key::F)]);

/// Removes the row, or switches it off where it is used.
pub(crate) static REMOVE: Action = action("remove", "browse.remove", icon::TRASH_2, &[Keys::plain(Key::Delete)]);

/// Takes the row out of what is offered.
pub(crate) static SWITCH_OFF: Action = action("switch-off", "browse.switch_off", icon::ARCHIVE, &[]);

/// Offers the row again.
pub(crate) static SWITCH_ON: Action = action("switch-on", "browse.switch_on", icon::ARCHIVE_RESTORE, &[]);

/// Takes a document back, with a reason.
pub(crate) static VOID: Action = action("void", "browse.void", icon::UNDO_2, &[Keys::plain(Key::Delete)]);

/// Goes to the order of the row.
pub(crate) static OPEN_ORDER: Action = action("open-order", "browse.open_order", icon::SHOPPING_CART, &[]);

/// Goes to the customer of the row.
pub(crate) static OPEN_CUSTOMER: Action =
    action("open-customer", "browse.open_customer", icon::USER, &[Keys::ctrl(Key::Enter)]);
