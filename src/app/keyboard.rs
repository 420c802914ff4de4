//! What was typed on its way to the window: scans are told apart, and what is typed behind an Enter or a Tab waits.

use std::collections::VecDeque;
use std::time::Duration;

use egui::{Event, Key};

use crate::ui::scan::{Beat, Detector, Typed, Wedge};

/// The keyboard of this workplace.
#[derive(Default)]
pub(super) struct Keyboard {
    detector: Detector,
    held: VecDeque<Typed>,
    settling: bool,
}

/// What the next frame gets: first the scans, then the events.
#[derive(Default)]
pub(super) struct Passed {
    /// Scanned codes.
    pub scans: Vec<String>,
    /// Everything else.
    pub events: Vec<Event>,
}

impl Keyboard {
    /// Takes what came; what the next frame gets of it. A scan behind something typed waits until that was answered.
    ///
    /// A key that does something comes alone, behind what was typed before it, and what is typed behind it waits until
    /// that is done: an amount is whole before a key asks what is missing, two arrows are two steps, and what comes behind
    /// an Enter belongs where that led. One frame moves the focus, and in the next the field that lost it would still
    /// answer. A scanner sends faster than a slow machine draws. A key that is held takes its steps as they come.
    pub fn pass(&mut self, wedge: Option<Wedge>, events: Vec<Event>, beat: Beat) -> Passed {
        self.held.extend(self.detector.feed(wedge, without_letters_of_alt(events), beat));
        let settles = std::mem::take(&mut self.settling);
        let mut passed = Passed::default();
        let mut acted = false;
        while let Some(next) = self.held.pop_front() {
            match next {
                Typed::Scan(code) if !acted => passed.scans.push(code),
                Typed::Event(event) if !(is_typed(&event) && (settles || acted && does_something(&event))) => {
                    acted |= is_typed(&event) || matches!(event, Event::PointerButton { .. });
                    self.settling = does_something(&event);
                    let held = matches!(event, Event::Key { modifiers, .. } if modifiers.any());
                    passed.events.push(event);
                    if self.settling {
                        // Some systems send the letter of a key besides.
                        if let Some(Typed::Event(letter @ Event::Text(_))) = self.held.front().filter(|_| held) {
                            passed.events.push(letter.clone());
                            self.held.pop_front();
                        }
                        break;
                    }
                }
                waits => {
                    self.held.push_front(waits);
                    break;
                }
            }
        }
        passed
    }

    /// What is typed waits one frame more: what was typed before is not settled yet.
    pub fn wait(&mut self) {
        self.settling = true;
    }

    /// Whether something waits for the next frame.
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty()
    }

    /// The moment at which it becomes clear who typed the newest keys.
    pub fn wake(&self) -> Option<Duration> {
        self.detector.wake()
    }
}

/// Some systems send the letter of a key besides, also where Alt is held; it is nobody's then. What a layout writes by
/// its third level comes without Alt, or with Ctrl as well.
fn without_letters_of_alt(mut events: Vec<Event>) -> Vec<Event> {
    let mut behind = false;
    events.retain(|event| match event {
        Event::Text(_) => !behind,
        Event::Key { pressed, modifiers, .. } => {
            behind = *pressed && modifiers.alt && !modifiers.ctrl;
            true
        }
        _ => true,
    });
    events
}

/// Whether a key was pressed, once, that writes no letter.
fn does_something(event: &Event) -> bool {
    match event {
        Event::Key { key, pressed: true, repeat: false, modifiers, .. } => {
            let letter = key.symbol_or_name().len() == 1 || *key == Key::Space;
            !letter || modifiers.command || modifiers.alt
        }
        _ => false,
    }
}

fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_))
}
