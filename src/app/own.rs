//! What can be done on every screen: the window's own actions, as keys, sheet of keys and palette know them.

use egui::{Key, Response};

use crate::ui::action::{Action, Keys};
use crate::ui::{badge, icon};

/// To search for anything and do anything.
pub(crate) const PALETTE: &str = "palette";
/// To the tab on the right.
pub(crate) const NEXT_TAB: &str = "next-tab";
/// To the tab on the left.
pub(crate) const PREVIOUS_TAB: &str = "previous-tab";
/// To the first tab.
pub(crate) const FIRST_TAB: &str = "first-tab";
/// Away with this tab.
pub(crate) const CLOSE_TAB: &str = "close-tab";
/// All open tabs, to be found by their names.
pub(crate) const TAB_LIST: &str = "tab-list";
/// The menu wide or narrow.
pub(crate) const MENU: &str = "menu";
/// The seat is left for a while.
pub(crate) const LOCK: &str = "lock";
/// The PIN of who sits here.
pub(crate) const PIN: &str = "own-pin";
/// Everything larger.
pub(crate) const LARGER: &str = "larger";
/// Everything smaller.
pub(crate) const SMALLER: &str = "smaller";
/// The next colours.
pub(crate) const THEME: &str = "theme";
/// Lists and window as the program has them.
pub(crate) const RESET_LAYOUT: &str = "reset-layout";
/// The sheet of keys.
pub(crate) const HELP: &str = "help";

/// All of them, in the order of the sheet.
pub(crate) static ACTIONS: &[Action] = &[
    own(PALETTE, "window.key_palette", icon::SEARCH, &[Keys::ctrl(Key::K)]),
    own(NEXT_TAB, "window.key_next_tab", icon::CHEVRON_RIGHT, &[Keys::ctrl(Key::Tab)]),
    own(PREVIOUS_TAB, "window.key_previous_tab", icon::CHEVRON_LEFT, &[Keys::ctrl_shift(Key::Tab)]),
    own(CLOSE_TAB, "window.key_close_tab", icon::X, &[Keys::ctrl(Key::W)]),
    own(FIRST_TAB, "window.key_tab", icon::CHEVRON_LEFT, &[Keys::ctrl(Key::Num1)]),
    own(TAB_LIST, "window.key_tab_list", icon::LIST, &[Keys::ctrl_shift(Key::A)]),
    own(MENU, "window.key_menu", icon::CHEVRONS_LEFT, &[Keys::ctrl(Key::B)]),
    own(LOCK, "window.key_lock", icon::LOCK, &[Keys::ctrl(Key::L)]),
    own(PIN, "window.key_pin", icon::KEY_ROUND, &[]),
    own(LARGER, "window.key_larger", icon::MAXIMIZE_2, &[Keys::ctrl(Key::Plus)]),
    own(SMALLER, "window.key_smaller", icon::MINIMIZE_2, &[Keys::ctrl(Key::Minus)]),
    own(THEME, "window.key_theme", icon::CONTRAST, &[]),
    own(RESET_LAYOUT, "window.key_reset_layout", icon::ROTATE_CCW, &[]),
    own(HELP, "window.key_help", icon::CIRCLE_HELP, &[Keys::plain(Key::F1)]),
];

/// The keys of one of them.
pub(crate) fn keys(id: &str) -> &'static [Keys] {
    named(id).map_or(&[], |action| action.keys)
}

/// One of them.
fn named(id: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.id == id)
}

/// Notes that a control does the same as one of them.
pub(crate) fn note(response: &Response, id: &str) {
    if let Some(action) = named(id) {
        badge::note(response, action);
    }
}

const fn own(id: &'static str, text: &'static str, icon: &'static str, keys: &'static [Keys]) -> Action {
    Action { id, text, icon, keys, need: None }
}
