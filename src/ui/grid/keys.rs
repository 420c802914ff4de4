//! The keys of a grid: taken away from the input so that nothing else acts on them.

use egui::{Event, InputState, Key, Modifiers};

use super::state::{How, Step};

// What was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Press {
    Step(Step, How),
    Left,
    Right,
    Select,
    SelectAll,
    LetGo,
    Open,
    Copy,
    Menu,
    Typed(String),
}

const SHIFT: Modifiers = Modifiers::SHIFT;

/// Takes the grid's keys out of the input. Esc only where there is a selection to let go.
pub(super) fn take(input: &mut InputState, selected: bool) -> Vec<Press> {
    let mut presses = Vec::new();
    input.events.retain(|event| match press_of(event, selected) {
        Some(press) => {
            presses.extend(press);
            false
        }
        None => true,
    });
    presses
}

// None: not the grid's. An empty answer: the grid's, but there is nothing to do.
fn press_of(event: &Event, selected: bool) -> Option<Option<Press>> {
    match event {
        Event::Copy => Some(Some(Press::Copy)),
        // Space selects; as the first letter of a search it means nothing.
        Event::Text(text) if text.trim().is_empty() => Some(None),
        Event::Text(text) => Some(Some(Press::Typed(text.clone()))),
        Event::Key { key: Key::Escape, pressed: true, .. } => selected.then_some(Some(Press::LetGo)),
        Event::Key { key, pressed: true, modifiers, .. } => key_press(*key, *modifiers).map(Some),
        _ => None,
    }
}

fn key_press(key: Key, held: Modifiers) -> Option<Press> {
    let is = |pattern: Modifiers| held.matches_exact(pattern);
    Some(match key {
        Key::ArrowUp if !held.alt => Press::Step(Step::Up, How::of(held)),
        Key::ArrowDown if !held.alt => Press::Step(Step::Down, How::of(held)),
        Key::PageUp if is(Modifiers::NONE) || is(SHIFT) => Press::Step(Step::PageUp, How::of(held)),
        Key::PageDown if is(Modifiers::NONE) || is(SHIFT) => Press::Step(Step::PageDown, How::of(held)),
        Key::Home if !held.alt => Press::Step(Step::First, ends(held)),
        Key::End if !held.alt => Press::Step(Step::Last, ends(held)),
        Key::ArrowLeft if is(Modifiers::NONE) => Press::Left,
        Key::ArrowRight if is(Modifiers::NONE) => Press::Right,
        Key::Space if is(Modifiers::NONE) => Press::Select,
        Key::A if is(Modifiers::COMMAND) => Press::SelectAll,
        Key::Enter if is(Modifiers::NONE) => Press::Open,
        Key::Menu if is(Modifiers::NONE) => Press::Menu,
        Key::F10 if is(SHIFT) => Press::Menu,
        _ => return None,
    })
}

// Ctrl+Home is Home: a list has no other place that Home could mean.
fn ends(held: Modifiers) -> How {
    if held.shift { How::Extend } else { How::Plain }
}
