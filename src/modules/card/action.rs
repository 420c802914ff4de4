//! What is done on every card, as records.

use egui::Key;

use crate::ui::action::{Action, Keys};
use crate::ui::icon;

/// Saves and stays.
pub(crate) static SAVE: Action =
    Action { id: "save", text: "record.save", icon: icon::SAVE, keys: &[Keys::ctrl(Key::S)], need: None };

/// Saves and closes the tab.
pub(crate) static SAVE_AND_CLOSE: Action = Action {
    id: "save-and-close",
    text: "record.save_and_close",
    icon: icon::CHECK,
    keys: &[Keys::ctrl(Key::Enter)],
    need: None,
};
