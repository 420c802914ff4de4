//! The stub one holds while a job is under way: look whether the answer is there, wait for it, or call it off.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::base::error::{Error, Result};

/// What a job and whoever waits for it both see: how far it is, and whether it is still wanted.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    cancelled: Arc<AtomicBool>,
    done: AtomicU64,
    total: AtomicU64,
    stage: AtomicU64,
}

impl Watch {
    /// Calls the job off: what it is reading or writing ends at once, and nothing of it stays.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::SeqCst);
    }

    /// What calls the job off once it is true: for a signal of the system, which may do no more than that.
    pub(crate) fn switch(&self) -> Arc<AtomicBool> {
        self.0.cancelled.clone()
    }

    /// Whether the job was called off.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::SeqCst)
    }

    /// Rejected once the job was called off: for the steps of long work.
    pub fn still_wanted(&self) -> Result<()> {
        if self.is_cancelled() { Err(Error::rejected("error.cancelled")) } else { Ok(()) }
    }

    /// Tells how far the job is: so many of so many steps.
    pub fn tell(&self, done: u64, total: u64) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Tells which of its stages the job is in, counted from 0; each has steps of its own.
    pub fn enter(&self, stage: u64, total: u64) {
        self.0.stage.store(stage, Ordering::Relaxed);
        self.tell(0, total);
    }

    /// The stage that the job said it is in.
    pub fn stage(&self) -> u64 {
        self.0.stage.load(Ordering::Relaxed)
    }

    /// How far the job said it is: steps done, steps in all; 0 of 0 before it said anything.
    pub fn progress(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }
}

impl Watch {
    /// Does a job here and now, and shows again and again how far it says it is.
    pub fn shown<T>(&self, every: Duration, mut show: impl FnMut(u64, u64) + Send, job: impl FnOnce() -> T) -> T {
        let (working, ended) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                    let (done, total) = self.progress();
                    show(done, total);
                }
            });
            let done = job();
            drop(working);
            done
        })
    }
}

/// The stub of a job that answers with a `T`.
#[derive(Debug)]
pub struct Ticket<T> {
    answer: Arc<Answer<T>>,
    watch: Watch,
}

/// The place where the answer is put.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    given: Mutex<Given<T>>,
    there: Condvar,
}

#[derive(Debug)]
enum Given<T> {
    NotYet,
    Here(Result<T>),
    Taken,
}

impl<T> Ticket<T> {
    /// A stub, and the place where its answer is to be put.
    pub(crate) fn new() -> (Ticket<T>, Arc<Answer<T>>) {
        let answer = Arc::new(Answer { given: Mutex::new(Given::NotYet), there: Condvar::new() });
        (Ticket { answer: answer.clone(), watch: Watch::default() }, answer)
    }

    /// The answer, once, if it is there; never waits.
    pub fn poll(&mut self) -> Option<Result<T>> {
        let mut given = self.answer.lock();
        match std::mem::replace(&mut *given, Given::Taken) {
            Given::Here(result) => Some(result),
            other => {
                *given = other;
                None
            }
        }
    }

    /// Whether the answer is there, or was taken already.
    pub fn is_answered(&self) -> bool {
        !matches!(*self.answer.lock(), Given::NotYet)
    }

    /// Waits for the answer. Not for a thread that draws.
    pub fn wait(self) -> Result<T> {
        let mut given = self.answer.lock();
        while matches!(*given, Given::NotYet) {
            given = self.answer.there.wait(given).unwrap_or_else(PoisonError::into_inner);
        }
        match std::mem::replace(&mut *given, Given::Taken) {
            Given::Here(result) => result,
            Given::NotYet | Given::Taken => Err(Error::rejected("error.cancelled")),
        }
    }

    /// Calls the job off. What was committed before stays.
    pub fn cancel(&self) {
        self.watch.cancel();
    }

    /// What the job sees of its stub.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }
}

impl<T> Answer<T> {
    pub(crate) fn put(&self, result: Result<T>) {
        *self.lock() = Given::Here(result);
        self.there.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Given<T>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One place on a screen that shows an answer: a newer question calls the older one off.
#[derive(Debug)]
pub struct Slot<T>(Option<Ticket<T>>);

impl<T> Default for Slot<T> {
    fn default() -> Slot<T> {
        Slot(None)
    }
}

impl<T> Slot<T> {
    /// Asks anew; what was asked before is called off first and its answer never seen.
    pub fn ask(&mut self, ask: impl FnOnce() -> Ticket<T>) {
        self.clear();
        self.0 = Some(ask());
    }

    /// The answer to the newest question, once, if it is there; never waits.
    pub fn poll(&mut self) -> Option<Result<T>> {
        let answer = self.0.as_mut()?.poll();
        if answer.is_some() {
            self.0 = None;
        }
        answer
    }

    /// Whether a question is under way.
    pub fn is_asking(&self) -> bool {
        self.0.is_some()
    }

    /// Wants no answer any more.
    pub fn clear(&mut self) {
        if let Some(older) = self.0.take() {
            older.cancel();
        }
    }
}

impl<T> Drop for Slot<T> {
    fn drop(&mut self) {
        self.clear();
    }
}
