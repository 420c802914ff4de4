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
    /// What is typed behind an Enter or a Tab waits until the focus has settled: one frame moves it, and in the next
    /// the field that lost it would still answer an Enter. A scanner sends faster than a slow machine draws.
    pub fn pass(&mut self, wedge: Option<Wedge>, events: Vec<Event>, beat: Beat) -> Passed {
        self.held.extend(self.detector.feed(wedge, events, beat));
        let settles = std::mem::take(&mut self.settling);
        let mut passed = Passed::default();
        let mut acted = false;
        while let Some(next) = self.held.pop_front() {
            match next {
                Typed::Scan(code) if !acted => passed.scans.push(code),
                Typed::Event(event) if !(settles && is_typed(&event)) => {
                    acted |= is_typed(&event) || matches!(event, Event::PointerButton { .. });
                    self.settling = matches!(event, Event::Key { key: Key::Enter | Key::Tab, pressed: true, .. });
                    passed.events.push(event);
                    if self.settling {
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

    /// Whether something waits for the next frame.
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty()
    }

    /// The moment at which it becomes clear who typed the newest keys.
    pub fn wake(&self) -> Option<Duration> {
        self.detector.wake()
    }
}

fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_))
}
