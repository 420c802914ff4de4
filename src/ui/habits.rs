//! Keys that belong to no action of one screen: lists, fields and dialogs hear them wherever they stand. The sheet of keys
//! and the page of keys say them.

use egui::Key;

use crate::ui::action::Keys;

/// Keys of one part of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Key of what the part is called.
    pub title: &'static str,
    /// What its keys do.
    pub habits: &'static [Habit],
}

/// What some keys do.
#[derive(Clone, Copy, Debug)]
pub struct Habit {
    /// The keys.
    pub keys: &'static [Keys],
    /// Key of what they do.
    pub text: &'static str,
}

/// Some keys and what they do.
pub const fn habit(text: &'static str, keys: &'static [Keys]) -> Habit {
    Habit { keys, text }
}

/// Everywhere there are lists, fields and dialogs.
pub static EVERYWHERE: &[Part] = &[
    Part {
        title: "keys.lists",
        habits: &[
            habit("keys.step", &[Keys::plain(Key::ArrowUp), Keys::plain(Key::ArrowDown)]),
            habit("keys.page", &[Keys::plain(Key::PageUp), Keys::plain(Key::PageDown)]),
            habit("keys.ends", &[Keys::plain(Key::Home), Keys::plain(Key::End)]),
            habit("keys.sideways", &[Keys::plain(Key::ArrowLeft), Keys::plain(Key::ArrowRight)]),
            habit("keys.open", &[Keys::plain(Key::Enter)]),
            habit("keys.group", &[Keys::plain(Key::Enter), Keys::plain(Key::ArrowRight), Keys::plain(Key::ArrowLeft)]),
            habit("keys.select", &[Keys::plain(Key::Space)]),
            habit("keys.stretch", &[Keys::shift(Key::ArrowUp), Keys::shift(Key::ArrowDown)]),
            habit("keys.select_all", &[Keys::ctrl(Key::A)]),
            habit("keys.copy", &[Keys::ctrl(Key::C)]),
            habit("keys.row_menu", &[Keys::plain(Key::Menu), Keys::shift(Key::F10)]),
        ],
    },
    Part {
        title: "keys.fields",
        habits: &[
            habit("keys.next_field", &[Keys::plain(Key::Enter), Keys::plain(Key::Tab)]),
            habit("keys.choose", &[Keys::plain(Key::F4), Keys::alt(Key::ArrowDown)]),
            habit("keys.create", &[Keys::plain(Key::Insert)]),
            habit("keys.card", &[Keys::shift(Key::F4)]),
            habit("keys.day", &[Keys::plain(Key::Plus), Keys::plain(Key::Minus)]),
            habit("keys.month", &[Keys::plain(Key::PageUp), Keys::plain(Key::PageDown)]),
            habit("keys.today", &[Keys::plain(Key::T), Keys::plain(Key::Y)]),
            habit("keys.field_menu", &[Keys::plain(Key::Menu), Keys::shift(Key::F10)]),
        ],
    },
    Part {
        title: "keys.dialogs",
        habits: &[habit("keys.accept", &[Keys::ctrl(Key::Enter)]), habit("keys.back", &[Keys::plain(Key::Escape)])],
    },
];
