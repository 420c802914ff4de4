//! The menu of a line: what the keys do as well, and the way to its item.

use egui::Key;

use crate::base::right::Right;
use crate::modules::order_card::lines::{LineEvent, Shown};
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::Desk;
use crate::ui::icon;

/// The keys that open it.
pub(super) const KEYS: [Keys; 2] = [Keys::plain(Key::Menu), Keys::shift(Key::F10)];

/// The keys that put a line there once more.
pub(super) const COPY_KEYS: Keys = Keys::ctrl(Key::D);

/// Types into the line.
pub(super) static EDIT: Action =
    Action { id: "edit-line", text: "card.edit_line", icon: icon::PENCIL, keys: &[Keys::plain(Key::F2)], need: None };
static COPY: Action =
    Action { id: "copy-line", text: "card.copy_line", icon: icon::COPY, keys: &[COPY_KEYS], need: None };
static REMOVE: Action = Action {
    id: "remove-line",
    text: "card.remove_line",
    icon: icon::TRASH_2,
    keys: &[Keys::plain(Key::Delete)],
    need: None,
};
static ITEM: Action =
    Action { id: "open-item", text: "card.open_item", icon: icon::PACKAGE, keys: &[], need: Some(Right::ItemView) };

/// What can be done with the line at this place.
pub(super) fn offers(shown: &Shown<'_>, at: usize, desk: &Desk) -> Vec<Offer> {
    let line = shown.lines.get(at);
    let open = shown.open && line.is_some();
    let item = line.is_some_and(|line| line.item.is_some());
    let mut offers = vec![EDIT.offer(open), COPY.offer(open), REMOVE.offer(open), ITEM.offer(item)];
    offers.retain(|offer| offer.action.need.is_none_or(|need| desk.may(need)));
    offers
}

/// What an action does with the line at this place.
pub(super) fn event(id: &'static str, at: usize) -> Option<LineEvent> {
    if id == COPY.id {
        Some(LineEvent::Copied(at))
    } else if id == REMOVE.id {
        Some(LineEvent::Removed(at))
    } else if id == ITEM.id {
        Some(LineEvent::ItemAsked(at))
    } else {
        None
    }
}
