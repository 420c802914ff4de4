//! Work on a thread of its own with one answer: for what waits, where no company file is open to work on.

use std::sync::mpsc::{Receiver, channel};
use std::thread::Builder;

use crate::base::error::{Error, Result};

/// Work that may be under way.
#[derive(Debug)]
pub struct Aside<T>(Option<Receiver<T>>);

impl<T> Default for Aside<T> {
    fn default() -> Aside<T> {
        Aside(None)
    }
}

impl<T: Send + 'static> Aside<T> {
    /// Begins; `wake` is called when the answer is there. What was begun before is not waited for any more. Failed
    /// where no thread starts.
    pub fn begin(
        &mut self,
        name: &str,
        work: impl FnOnce() -> T + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) -> Result<()> {
        let (answer, receiver) = channel();
        let job = move || {
            // Nobody waits any more where the window is closed.
            drop(answer.send(work()));
            wake();
        };
        let started = Builder::new().name(name.to_owned()).spawn(job);
        started.map_err(|error| Error::failure("error.no_thread", error))?;
        self.0 = Some(receiver);
        Ok(())
    }

    /// The answer, once, when it is there.
    pub fn poll(&mut self) -> Option<T> {
        let answer = self.0.as_ref()?.try_recv().ok();
        if answer.is_some() {
            self.0 = None;
        }
        answer
    }

    /// Whether an answer is awaited.
    pub fn is_under_way(&self) -> bool {
        self.0.is_some()
    }
}
