//! Actions: what a person can do, as records from which toolbar, context menu and help sheet are drawn.

use egui::{InputState, Key, Modifiers};

use crate::base::right::Right;

/// One thing a person can do on a screen.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Its fixed name.
    pub id: &'static str,
    /// Key of its text.
    pub text: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The keys that do it; the first is shown.
    pub keys: &'static [Keys],
    /// What its person must be allowed to do.
    pub need: Option<Right>,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    modifiers: Modifiers,
    key: Key,
}

/// An action as a screen offers it now.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// The action.
    pub action: &'static Action,
    /// Whether it can be done now.
    pub enabled: bool,
    /// Whether the toolbar shows it as what is done most.
    pub primary: bool,
}

impl Action {
    /// The action as it can be done now.
    pub const fn offer(&'static self, enabled: bool) -> Offer {
        Offer { action: self, enabled, primary: false }
    }

    /// The same as what is done most on its screen.
    pub const fn primary(&'static self, enabled: bool) -> Offer {
        Offer { action: self, enabled, primary: true }
    }
}

impl Keys {
    /// The key alone.
    pub const fn plain(key: Key) -> Keys {
        Keys { modifiers: Modifiers::NONE, key }
    }

    /// With Ctrl; with Command on a Mac.
    pub const fn ctrl(key: Key) -> Keys {
        Keys { modifiers: Modifiers::COMMAND, key }
    }

    /// With Shift.
    pub const fn shift(key: Key) -> Keys {
        Keys { modifiers: Modifiers::SHIFT, key }
    }

    /// With Ctrl and Shift.
    pub const fn ctrl_shift(key: Key) -> Keys {
        Keys { modifiers: Modifiers::COMMAND.plus(Modifiers::SHIFT), key }
    }

    /// With Alt.
    pub const fn alt(key: Key) -> Keys {
        Keys { modifiers: Modifiers::ALT, key }
    }

    /// With Alt and Shift.
    pub const fn alt_shift(key: Key) -> Keys {
        Keys { modifiers: Modifiers::ALT.plus(Modifiers::SHIFT), key }
    }

    /// As keyboards and people write it.
    pub fn label(self) -> String {
        let mut label = String::new();
        for (held, word) in [
            (self.modifiers.command || self.modifiers.ctrl, "Ctrl+"),
            (self.modifiers.alt, "Alt+"),
            (self.modifiers.shift, "Shift+"),
        ] {
            if held {
                label.push_str(word);
            }
        }
        label.push_str(match self.key {
            Key::Insert => "Ins",
            Key::Delete => "Del",
            Key::Escape => "Esc",
            Key::PageUp => "PgUp",
            Key::PageDown => "PgDn",
            Key::ArrowLeft => "Left",
            Key::ArrowRight => "Right",
            Key::ArrowUp => "Up",
            Key::ArrowDown => "Down",
            // The typographic minus is not in the fonts.
            Key::Minus => "-",
            other => other.symbol_or_name(),
        });
        label
    }

    /// Whether these were pressed; takes the press away so that nothing else sees it, and with it the letter that some
    /// systems send behind a key with Alt.
    pub fn pressed(self, input: &mut InputState) -> bool {
        let (mut found, mut letter) = (false, false);
        input.events.retain(|event| {
            let behind = std::mem::take(&mut letter);
            match event {
                egui::Event::Key { key, pressed: true, modifiers, .. }
                    if !found && *key == self.key && modifiers.matches_exact(self.modifiers) =>
                {
                    found = true;
                    letter = self.modifiers.alt;
                    false
                }
                egui::Event::Text(_) => !behind,
                _ => true,
            }
        });
        found
    }

    /// Whether a text field needs these keys itself while it is typed in.
    pub fn is_for_typing(self) -> bool {
        let edits = !self.modifiers.alt
            && matches!(
                self.key,
                Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End | Key::Backspace | Key::Delete
            );
        let held = self.modifiers.command || self.modifiers.ctrl || self.modifiers.alt;
        let function =
            matches!(self.key, Key::F1 | Key::F2 | Key::F3 | Key::F4 | Key::F5 | Key::F6 | Key::F7 | Key::F8 | Key::F9)
                || matches!(self.key, Key::F10 | Key::F11 | Key::F12 | Key::Insert | Key::Escape);
        edits || (!held && !function)
    }
}
