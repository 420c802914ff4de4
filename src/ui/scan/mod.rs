//! Tells a scanner that types from a person who types: by the pace of the keys, on a clock that is given. A scan is
//! heard whatever has the focus, and nothing of it reaches a field; what was no scan is typed as it came.

mod keys;
pub mod measure;
pub mod repeat;
mod setting;

use std::time::Duration;

use egui::{Event, Key};
use serde::{Deserialize, Serialize};

use crate::base::barcode;
use keys::Heard;
pub use setting::{BAUDS, Line, Scanner, Setup};

/// A scanner that types leaves at most this between two keys, on the mean; a person never keeps that up.
pub const PACE: Duration = Duration::from_millis(35);
/// A longer gap than this is a person's, unless a check digit says otherwise.
const LONGEST: Duration = Duration::from_millis(50);
/// Behind so much silence nothing more belongs to a code, however quick it was before.
const SILENCE: Duration = Duration::from_millis(120);
/// The same behind the sign that begins a code of a slow scanner.
const PATIENCE: Duration = Duration::from_millis(300);
/// Fewer characters are no code without its sign.
const LEAST: usize = 4;
/// More characters are no code.
const MOST: usize = 200;

/// How the scanner at this workplace types, as it was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wedge {
    /// The sign it types before each code, where it was told to.
    pub prefix: Option<char>,
    /// The key it presses behind each code.
    pub ending: Ending,
}

/// The key that ends a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// None: silence ends it.
    Silence,
}

impl Ending {
    fn is(self, key: Key) -> bool {
        matches!((self, key), (Ending::Enter, Key::Enter) | (Ending::Tab, Key::Tab))
    }
}

/// When a batch of events is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Beat {
    /// The moment, on any clock that runs forward.
    pub now: Duration,
    /// Whether the frame before it took so long that nobody knows when within it the keys came.
    pub slow: bool,
}

/// What was made of the keys, in their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// An event as it came.
    Event(Event),
    /// A scanned code.
    Scan(String),
}

/// Holds keys back until it is clear who types.
#[derive(Debug, Default)]
pub struct Detector {
    held: Vec<Event>,
    burst: Option<Burst>,
}

/// Keys that may become a code.
#[derive(Debug)]
struct Burst {
    code: String,
    /// Where each key begins among the events that are held.
    starts: Vec<usize>,
    first: Duration,
    last: Duration,
    /// The pace of some of its keys was not that of a scanner, or not known because a slow frame was drawn.
    doubtful: bool,
    /// Keys came while a slow frame was drawn.
    blind: bool,
    /// It began with the sign of the scanner.
    signed: bool,
}

impl Burst {
    fn of(letter: char, wedge: Wedge, beat: Beat) -> Burst {
        let signed = wedge.prefix == Some(letter);
        let code = if signed { String::new() } else { letter.to_string() };
        Burst { code, starts: vec![0], first: beat.now, last: beat.now, doubtful: beat.slow, blind: beat.slow, signed }
    }

    fn add(&mut self, letter: char, start: usize, beat: Beat) {
        self.code.push(letter);
        self.starts.push(start);
        self.hear(beat);
    }

    fn hear(&mut self, beat: Beat) {
        self.doubtful |= beat.slow || beat.now.saturating_sub(self.last) > LONGEST;
        self.blind |= beat.slow;
        self.last = beat.now;
    }

    /// Until when the next key may come.
    fn until(&self) -> Duration {
        if self.signed {
            self.last.saturating_add(PATIENCE)
        } else if self.blind {
            self.last.saturating_add(PACE)
        } else {
            let letters = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
            let on_the_mean = self.first.saturating_add(PACE.saturating_mul(letters));
            on_the_mean.min(self.last.saturating_add(SILENCE))
        }
    }

    /// A number with its check digit behind what a person typed just before: where it begins among the held events.
    fn number_behind(&self) -> Option<(usize, &str)> {
        let typed = self.code.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let number = self.code.get(typed.len()..).filter(|number| self.doubtful && barcode::checks(number))?;
        let start = self.starts.get(self.starts.len().checked_sub(number.len())?)?;
        Some((*start, number))
    }

    /// Whether it is a code; `closed` where the key came that the scanner presses behind each.
    fn is_code(&self, closed: bool) -> bool {
        let length = self.code.chars().count();
        let enough = if self.signed { 1 } else { LEAST };
        let sure = self.signed || !self.doubtful;
        barcode::checks(&self.code) || (closed && sure && (enough..=MOST).contains(&length))
    }
}

impl Detector {
    /// Takes the events of a frame; what is clear by now. Without a scanner everything passes.
    pub fn feed(&mut self, wedge: Option<Wedge>, events: Vec<Event>, beat: Beat) -> Vec<Typed> {
        let mut typed = Vec::with_capacity(events.len());
        let Some(wedge) = wedge else {
            self.give_back(&mut typed);
            typed.extend(events.into_iter().map(Typed::Event));
            return typed;
        };
        let keys = events.iter().any(|event| matches!(keys::hear(event), Heard::Letter(_) | Heard::End(_)));
        if !(beat.slow && keys) {
            self.fall_silent(wedge, beat, &mut typed);
        }
        for event in events {
            match keys::hear(&event) {
                Heard::Letter(letter) => {
                    self.letter(letter, wedge, beat);
                    self.held.push(event);
                }
                Heard::Along if self.burst.is_some() => self.held.push(event),
                Heard::Along | Heard::Apart => typed.push(Typed::Event(event)),
                Heard::End(key) if wedge.ending.is(key) => {
                    self.burst.iter_mut().for_each(|burst| burst.hear(beat));
                    if !self.end(true, &mut typed) {
                        typed.push(Typed::Event(event));
                    }
                }
                Heard::End(_) | Heard::Other => {
                    self.end(wedge.ending == Ending::Silence, &mut typed);
                    typed.push(Typed::Event(event));
                }
            }
        }
        typed
    }

    /// When it has to be fed again, though no event comes.
    pub fn wake(&self) -> Option<Duration> {
        self.burst.as_ref().map(Burst::until)
    }

    fn letter(&mut self, letter: char, wedge: Wedge, beat: Beat) {
        match &mut self.burst {
            Some(burst) => burst.add(letter, self.held.len(), beat),
            None => self.burst = Some(Burst::of(letter, wedge, beat)),
        }
    }

    /// Ends what waits where the next key is overdue.
    fn fall_silent(&mut self, wedge: Wedge, beat: Beat, typed: &mut Vec<Typed>) {
        if self.burst.as_ref().is_some_and(|burst| beat.now > burst.until()) {
            self.end(wedge.ending == Ending::Silence, typed);
        }
    }

    /// Makes a code of what was held, or gives it back; whether it was a code.
    fn end(&mut self, closed: bool, typed: &mut Vec<Typed>) -> bool {
        let Some(burst) = self.burst.take() else {
            return false;
        };
        let (start, code) = match burst.number_behind().filter(|_| closed) {
            _ if burst.is_code(closed) => (0, burst.code.as_str()),
            Some(number) => number,
            None => {
                self.give_back(typed);
                return false;
            }
        };
        typed.extend(self.held.drain(..).take(start).map(Typed::Event));
        typed.push(Typed::Scan(code.to_owned()));
        true
    }

    fn give_back(&mut self, typed: &mut Vec<Typed>) {
        self.burst = None;
        typed.extend(self.held.drain(..).map(Typed::Event));
    }
}
