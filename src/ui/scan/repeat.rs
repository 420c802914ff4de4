//! The double trigger of a scanner: the same code from the same device at once is one scan.

use std::collections::BTreeMap;
use std::time::Duration;

/// Within so much time nobody scans the same code twice on purpose.
pub const AGAIN: Duration = Duration::from_millis(250);

/// What a code came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Device {
    /// A scanner that types.
    Keys,
    /// One on a serial line.
    Line,
}

/// What each device gave last, and when.
#[derive(Debug, Default)]
pub struct Repeats(BTreeMap<Device, (String, Duration)>);

impl Repeats {
    /// Takes a code at this moment, on any clock that runs forward; whether the device just gave the same one.
    pub fn is_again(&mut self, device: Device, code: &str, now: Duration) -> bool {
        let last = self.0.insert(device, (code.to_owned(), now));
        last.is_some_and(|(same, at)| same == code && now.saturating_sub(at) < AGAIN)
    }
}
