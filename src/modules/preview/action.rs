//! What is done with a paper that is looked at, as records.

use egui::Key;

use crate::ui::action::{Action, Keys};
use crate::ui::icon;

const fn action(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}

/// Looks at the paper of a document before it is printed.
pub(crate) static PREVIEW: Action = action("preview", "preview.look", icon::EYE, &[Keys::alt(Key::P)]);

/// Hands it to the print queue that was chosen.
pub(super) static PRINT: Action = action("print", "preview.print", icon::PRINTER, &[Keys::ctrl(Key::P)]);

/// Keeps it as a file where the person says.
pub(super) static SAVE: Action = action("save", "preview.save", icon::SAVE, &[Keys::ctrl(Key::S)]);

/// Keeps it as a file and opens that.
pub(super) static OPEN: Action = action("open", "preview.open", icon::EXTERNAL_LINK, &[Keys::ctrl(Key::O)]);

/// Goes back a page.
pub(super) static BACK: Action = action("page-back", "preview.back", icon::CHEVRON_LEFT, &[Keys::plain(Key::PageUp)]);

/// Goes on a page.
pub(super) static ON: Action = action("page-on", "preview.on", icon::CHEVRON_RIGHT, &[Keys::plain(Key::PageDown)]);

/// As wide as the window.
pub(super) static WIDTH: Action = action("zoom-width", "preview.width", icon::MAXIMIZE_2, &[]);

/// The whole page.
pub(super) static WHOLE: Action = action("zoom-page", "preview.whole", icon::MINIMIZE_2, &[]);

/// Closes the tab.
pub(super) static CLOSE: Action = action("leave", "ui.close", icon::X, &[Keys::plain(Key::Escape)]);
