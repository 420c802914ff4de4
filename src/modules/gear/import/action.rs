//! What is done with an import, as records.

use egui::Key;

use crate::ui::action::{Action, Keys};
use crate::ui::icon;

const fn action(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}

/// Goes on to the next step.
pub(super) static NEXT: Action = action("next", "import.next", icon::CHEVRON_RIGHT, &[Keys::ctrl(Key::Enter)]);

/// Goes back a step.
pub(super) static BACK: Action = action("back", "import.back", icon::CHEVRON_LEFT, &[Keys::alt(Key::ArrowLeft)]);

/// Brings the file in, or goes on with it.
pub(super) static BRING: Action = action("bring", "import.bring", icon::DOWNLOAD, &[Keys::ctrl(Key::Enter)]);

/// Stops what is under way.
pub(super) static STOP: Action = action("stop", "import.stop", icon::X, &[Keys::plain(Key::Escape)]);

/// Keeps the refused rows in a file of their own.
pub(super) static SAVE: Action = action("save-refused", "import.save_refused", icon::SAVE, &[Keys::ctrl(Key::S)]);

/// Takes everything back that an import brought.
pub(super) static TAKE_BACK: Action = action("take-back", "import.take_back", icon::ROTATE_CCW, &[]);

/// Begins with another file.
pub(super) static ANOTHER: Action = action("another", "import.another", icon::FILE_PLUS, &[Keys::ctrl(Key::N)]);
