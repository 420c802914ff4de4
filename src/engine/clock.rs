//! Where time comes from: the system, or a test's own hand.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::base::date::Instant;

/// A source of the present moment.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Instant;

    /// Lets so much of the computer's own time pass, whatever this clock says: for who waits for another program.
    fn pause(&self, length: Duration) {
        std::thread::park_timeout(length);
    }
}

/// The computer's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::from_millis(chrono::Utc::now().timestamp_millis())
    }
}

/// A clock that stands until it is set: tests, replays, demos.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that stands at this moment.
    pub fn at(now: Instant) -> SetClock {
        SetClock(AtomicI64::new(now.millis()))
    }

    /// Sets it, forward or back.
    pub fn set(&self, now: Instant) {
        self.0.store(now.millis(), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant {
        Instant::from_millis(self.0.load(Ordering::SeqCst))
    }
}
