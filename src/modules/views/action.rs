//! What is done with the views of a list, as records.

use egui::Key;

use crate::ui::action::{Action, Keys};
use crate::ui::icon;

const fn action(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}

/// Chooses one.
pub(super) static CHOOSE: Action = action("view-choose", "views.choose", icon::BOOKMARK, &[Keys::alt(Key::V)]);

/// Keeps what is shown now under a name.
pub(super) static SAVE: Action = action("view-save", "views.save", icon::SAVE, &[Keys::ctrl_shift(Key::S)]);

/// Keeps what is shown now in the view in use.
pub(super) static UPDATE: Action = action("view-update", "views.update", icon::REFRESH_CW, &[]);

/// Gives the view in use another name or other readers.
pub(super) static EDIT: Action = action("view-edit", "views.edit", icon::PENCIL, &[]);

/// Shows the view in use whenever the list is opened, or no longer.
pub(super) static OPENING: Action = action("view-opening", "views.opening", icon::STAR, &[]);

/// Removes the view in use.
pub(super) static REMOVE: Action = action("view-remove", "views.remove", icon::TRASH_2, &[]);

/// Says by which rules rows and cells are coloured.
pub(super) static COLORS: Action = action("list-colors", "colors.title", icon::PALETTE, &[Keys::alt(Key::C)]);

/// All that other people changed is seen now.
pub(super) static SEEN: Action = action("list-seen", "colors.seen", icon::EYE, &[]);

/// All of them, as the menu has them.
pub(super) static ALL: &[&Action] = &[&SAVE, &UPDATE, &EDIT, &OPENING, &REMOVE, &COLORS, &SEEN];
