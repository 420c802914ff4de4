//! What a key means on the keyboard that a scanner plays: the American one, whatever layout the person types with.

use egui::{Event, Key, Modifiers};

/// What an event is to somebody who waits for a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A key with a character.
    Letter(char),
    /// A key that may end a code.
    End(Key),
    /// What comes along with keys: their text, their release, a modifier.
    Along,
    /// What goes its own way, such as the pointer's path.
    Apart,
    /// Anything else that does something.
    Other,
}

/// What this event is.
pub(super) fn hear(event: &Event) -> Heard {
    match event {
        Event::Key { pressed: false, .. } | Event::Text(_) | Event::ModifiersChanged(_) => Heard::Along,
        Event::Key { repeat: true, .. } => Heard::Other,
        Event::Key { key, physical_key, modifiers, .. } => {
            let key = physical_key.unwrap_or(*key);
            match key {
                Key::Enter | Key::Tab if modifiers.is_none() => Heard::End(key),
                _ => letter(key, *modifiers).map_or(Heard::Other, Heard::Letter),
            }
        }
        Event::PointerMoved(_) | Event::MouseMoved(_) | Event::PointerGone | Event::MouseWheel { .. } => Heard::Apart,
        _ => Heard::Other,
    }
}

fn letter(key: Key, modifiers: Modifiers) -> Option<char> {
    let held = modifiers.ctrl || modifiers.alt || modifiers.command || modifiers.mac_cmd;
    let (plain, shifted) = of_key(key).filter(|_| !held)?;
    Some(if modifiers.shift { shifted } else { plain })
}

/// The characters of a key, without and with Shift.
fn of_key(key: Key) -> Option<(char, char)> {
    let signs = match key {
        Key::Space => (' ', ' '),
        Key::Num1 => ('1', '!'),
        Key::Num2 => ('2', '@'),
        Key::Num3 => ('3', '#'),
        Key::Num4 => ('4', '$'),
        Key::Num5 => ('5', '%'),
        Key::Num6 => ('6', '^'),
        Key::Num7 => ('7', '&'),
        Key::Num8 => ('8', '*'),
        Key::Num9 => ('9', '('),
        Key::Num0 => ('0', ')'),
        Key::Minus => ('-', '_'),
        Key::Equals => ('=', '+'),
        Key::OpenBracket => ('[', '{'),
        Key::CloseBracket => (']', '}'),
        Key::Backslash | Key::IntlBackslash => ('\\', '|'),
        Key::Semicolon => (';', ':'),
        Key::Quote => ('\'', '"'),
        Key::Comma => (',', '<'),
        Key::Period => ('.', '>'),
        Key::Slash => ('/', '?'),
        Key::Backtick => ('`', '~'),
        Key::Plus => ('+', '+'),
        Key::Colon => (':', ':'),
        Key::Pipe => ('|', '|'),
        Key::Questionmark => ('?', '?'),
        Key::Exclamationmark => ('!', '!'),
        Key::OpenCurlyBracket => ('{', '{'),
        Key::CloseCurlyBracket => ('}', '}'),
        _ => return of_letter(key),
    };
    Some(signs)
}

fn of_letter(key: Key) -> Option<(char, char)> {
    let mut name = key.name().chars();
    let (large, rest) = (name.next()?, name.next());
    (rest.is_none() && large.is_ascii_uppercase()).then(|| (large.to_ascii_lowercase(), large))
}
