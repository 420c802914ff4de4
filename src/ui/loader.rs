//! What a screen shows of the file: asked by ticket, asked again when its tables changed, the old answer shown until then.

use crate::base::error::{Error, Result};
use crate::engine::ticket::{Slot, Ticket, Watch};

/// One answer on a screen.
#[derive(Debug)]
pub struct Loader<T> {
    slot: Slot<T>,
    value: Option<T>,
    error: Option<Error>,
    asked_at: Option<u64>,
}

impl<T> Default for Loader<T> {
    fn default() -> Loader<T> {
        Loader { slot: Slot::default(), value: None, error: None, asked_at: None }
    }
}

impl<T> Loader<T> {
    /// Asks if it was never asked at this revision of its tables, and takes the answer that came.
    /// The value that is shown, old until the new one is there.
    pub fn keep(&mut self, revision: u64, ask: impl FnOnce() -> Ticket<T>) -> Option<&T> {
        self.renew(revision, ask);
        self.value.as_ref()
    }

    /// The same; whether an answer came now.
    pub fn renew(&mut self, revision: u64, ask: impl FnOnce() -> Ticket<T>) -> bool {
        if self.asked_at != Some(revision) {
            self.asked_at = Some(revision);
            self.slot.ask(ask);
        }
        self.poll()
    }

    /// Asks at the next drawing whether or not its tables changed: for another filter, page or record.
    pub fn forget(&mut self) {
        self.asked_at = None;
    }

    /// Forgets the value as well.
    pub fn clear(&mut self) {
        *self = Loader::default();
    }

    /// Takes the answer that came; whether one came.
    pub fn poll(&mut self) -> bool {
        match self.slot.poll() {
            Some(Ok(value)) => {
                self.value = Some(value);
                self.error = None;
                true
            }
            Some(Err(error)) => {
                self.error = Some(error);
                true
            }
            None => false,
        }
    }

    /// The value that is shown.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Why the newest question was refused.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        self.slot.is_asking()
    }
}

/// A command on its way: sent once, answered once.
#[derive(Debug)]
pub struct Sending<T>(Option<Ticket<T>>);

impl<T> Default for Sending<T> {
    fn default() -> Sending<T> {
        Sending::none()
    }
}

impl<T> Sending<T> {
    /// Nothing is on its way.
    pub const fn none() -> Sending<T> {
        Sending(None)
    }

    /// Keeps the stub of what was sent. What was sent before stays sent, its answer is not awaited any more.
    pub fn put(&mut self, ticket: Ticket<T>) {
        self.0 = Some(ticket);
    }

    /// The answer, once, when it is there.
    pub fn poll(&mut self) -> Option<Result<T>> {
        let answer = self.0.as_mut()?.poll();
        if answer.is_some() {
            self.0 = None;
        }
        answer
    }

    /// Whether an answer is awaited.
    pub fn is_under_way(&self) -> bool {
        self.0.is_some()
    }

    /// How far the job says it is, while its answer is awaited; also what calls it off.
    pub fn watch(&self) -> Option<&Watch> {
        self.0.as_ref().map(Ticket::watch)
    }
}
