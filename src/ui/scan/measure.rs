//! Measures how a scanner types: from a few codes that a person scans into a place made for it.

use std::time::Duration;

use egui::{Event, Key};

use crate::ui::scan::keys::{self, Heard};
use crate::ui::scan::{Ending, PACE, Wedge};

/// So many codes are scanned before it is known.
pub const SAMPLES: usize = 3;
/// Behind so much silence a code has ended.
const PAUSE: Duration = Duration::from_millis(300);

/// What is heard of the scanner so far.
#[derive(Debug, Default)]
pub struct Measure {
    samples: Vec<Sample>,
    letters: Vec<(char, Duration)>,
}

/// One code as it was typed.
#[derive(Debug)]
struct Sample {
    first: char,
    gaps: u32,
    took: Duration,
    ending: Ending,
}

/// What is known of the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// So many codes are still to be scanned.
    Wanting(usize),
    /// It is told from a person by its pace or by its sign.
    Ready(Wedge),
    /// It leaves this between two keys, as a person does, and types no sign before a code.
    TooSlow(Duration),
}

impl Measure {
    /// Takes the keys of a frame out of its events.
    pub fn feed(&mut self, events: &mut Vec<Event>, now: Duration) {
        if self.letters.last().is_some_and(|(_, at)| now > at.saturating_add(PAUSE)) {
            self.end(Ending::Silence);
        }
        events.retain(|event| match keys::hear(event) {
            Heard::Letter(letter) => {
                self.letters.push((letter, now));
                false
            }
            Heard::End(key) if !self.letters.is_empty() => {
                self.end(if key == Key::Tab { Ending::Tab } else { Ending::Enter });
                false
            }
            Heard::Along => !matches!(event, Event::Text(_)),
            Heard::End(_) | Heard::Apart | Heard::Other => true,
        });
    }

    /// When it has to be fed again, though no event comes.
    pub fn wake(&self) -> Option<Duration> {
        self.letters.last().map(|(_, at)| at.saturating_add(PAUSE))
    }

    fn end(&mut self, ending: Ending) {
        let letters = std::mem::take(&mut self.letters);
        let (Some((first, began)), Some((_, ended))) = (letters.first(), letters.last()) else {
            return;
        };
        let gaps = u32::try_from(letters.len().saturating_sub(1)).unwrap_or(u32::MAX);
        if gaps > 0 {
            self.samples.push(Sample { first: *first, gaps, took: ended.saturating_sub(*began), ending });
        }
    }

    /// What is known by now.
    pub fn verdict(&self) -> Verdict {
        if self.samples.len() < SAMPLES {
            return Verdict::Wanting(SAMPLES.saturating_sub(self.samples.len()));
        }
        let (took, gaps) = self.samples.iter().fold((Duration::ZERO, 0_u32), |(took, gaps), sample| {
            (took.saturating_add(sample.took), gaps.saturating_add(sample.gaps))
        });
        let gap = took.checked_div(gaps).unwrap_or_default();
        let prefix = self.same(|sample| sample.first).filter(|first| is_sign(*first));
        let ending = self.same(|sample| sample.ending).unwrap_or(Ending::Silence);
        if gap <= PACE || prefix.is_some() { Verdict::Ready(Wedge { prefix, ending }) } else { Verdict::TooSlow(gap) }
    }

    /// What all samples have in common.
    fn same<T: PartialEq>(&self, of: impl Fn(&Sample) -> T) -> Option<T> {
        let mut all = self.samples.iter().map(of);
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }
}

/// Whether a scanner was told to type this before its codes. `]` begins the name of a code's kind.
fn is_sign(letter: char) -> bool {
    !letter.is_alphanumeric() && letter != ']' && letter != ' '
}
