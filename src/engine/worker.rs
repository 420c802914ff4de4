//! The threads behind a screen: one writer owns the file, two readers look at it, questions and answers go by ticket.
//! Nobody who draws ever waits here; `Handle::inline` does the same work at once on the caller's thread.

mod long;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::engine::change::Changes;
use crate::engine::clock::Clock;
use crate::engine::command::Command;
use crate::engine::db::Db;
use crate::engine::query::{Query, View};
use crate::engine::select::Positions;
use crate::engine::store::{Business, Call, Done, Store};
use crate::engine::ticket::{Answer, Ticket, Watch};

/// How many jobs wait for one thread before the next one is refused.
const QUEUE: usize = 64;

/// How often the writer, while it has nothing to do, looks whether another program wrote to the file.
const LOOK_AROUND: Duration = Duration::from_secs(2);

/// Whom the threads tell.
#[derive(Clone)]
pub struct Hooks {
    /// Called after each answer, so that a screen draws itself again.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Called with what a commit touched, before its answer is there.
    pub changed: Arc<dyn Fn(&Changes) + Send + Sync>,
}

impl Default for Hooks {
    fn default() -> Hooks {
        Hooks { wake: Arc::new(|| {}), changed: Arc::new(|_| {}) }
    }
}

/// Which reader answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What a person waits for.
    Interactive,
    /// Totals, reports, checks.
    Background,
}

/// A way to the file that can be handed around: it holds no connection itself.
#[derive(Clone)]
pub struct Handle(Arc<Desk>);

struct Desk {
    business: &'static Business,
    clock: Arc<dyn Clock>,
    hooks: Hooks,
    path: Option<PathBuf>,
    place: Place,
}

enum Place {
    Threads(Mutex<Option<Threads>>),
    Inline(Mutex<Option<Store>>),
}

struct Threads {
    writer: SyncSender<Job<Store>>,
    interactive: SyncSender<Job<Db>>,
    background: SyncSender<Job<Db>>,
    damage: Arc<AtomicBool>,
    running: Vec<JoinHandle<()>>,
}

/// A job is done where its connection is; what it leaves is done after that connection is free again.
type Job<P> = Box<dyn FnOnce(&mut P) -> Finish + Send>;
type Finish = Box<dyn FnOnce()>;

impl Handle {
    /// Starts the threads over an open file. Fails where a reader cannot open it.
    pub fn start(store: Store, hooks: Hooks) -> Result<Handle> {
        let path = store.path().ok_or_else(|| Error::failure("error.no_file_for_threads", "a company in memory"))?;
        let damage = store.db.damage().clone();
        let (first, second) = (Db::open_beside(path, &damage)?, Db::open_beside(path, &damage)?);
        let path = Some(path.to_owned());
        let (business, clock) = (store.business, store.clock.clone());
        let others = others(business, hooks.clone());
        let (writer, writing) = start_thread("patver-writer", (store, others), |store| drop(store.close()))?;
        let (interactive, reading) = start_thread("patver-reader", (first, |_: &mut Db| {}), |db| drop(db.close()))?;
        let (background, looking) =
            start_thread("patver-background", (second, |_: &mut Db| {}), |db| drop(db.close()))?;
        let running = vec![reading, looking, writing];
        let place = Place::Threads(Mutex::new(Some(Threads { writer, interactive, background, damage, running })));
        Ok(Handle(Arc::new(Desk { business, clock, hooks, path, place })))
    }

    /// Does every job at once on the caller's thread: for tests and the command line.
    pub fn inline(store: Store, hooks: Hooks) -> Handle {
        let (business, clock, path) = (store.business, store.clock.clone(), store.path().map(Path::to_owned));
        Handle(Arc::new(Desk { business, clock, hooks, path, place: Place::Inline(Mutex::new(Some(store))) }))
    }

    /// The company file; none for a company in memory.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Sends a command.
    pub fn send<C>(&self, call: &Call, command: C) -> Ticket<Done<C::Output>>
    where
        C: Command + Send + 'static,
        C::Output: Send + 'static,
    {
        let call = call.clone();
        self.write(move |store, _| {
            let done = store.run(&call, &command)?;
            let changes = done.changes.clone();
            Ok((done, changes))
        })
    }

    /// Sends a command by name.
    pub fn send_json(&self, call: &Call, name: &str, arguments: Json) -> Ticket<Done<Json>> {
        let (call, name) = (call.clone(), name.to_owned());
        self.write(move |store, _| {
            let done = store.run_json(&call, &name, arguments)?;
            let changes = done.changes.clone();
            Ok((done, changes))
        })
    }

    /// Does work of several commands on the writer; it tells what it touched.
    pub fn write<T, W>(&self, work: W) -> Ticket<T>
    where
        T: Send + 'static,
        W: FnOnce(&mut Store, &Watch) -> Result<(T, Changes)> + Send + 'static,
    {
        let (ticket, answer) = Ticket::new();
        let (watch, hooks) = (ticket.watch().clone(), self.0.hooks.clone());
        let refused = answer.clone();
        let job: Job<Store> = Box::new(move |store| {
            let worked = guarded(&watch, store, |store, watch| work(store, watch));
            Box::new(move || {
                let result = worked.map(|(output, changes)| {
                    if !changes.is_empty() {
                        (hooks.changed)(&changes);
                    }
                    output
                });
                answer.put(result);
                (hooks.wake)();
            })
        });
        if let Err(error) = self.submit_write(job) {
            refused.put(Err(error));
        }
        ticket
    }

    /// Asks.
    pub fn ask<Q>(&self, lane: Lane, call: &Call, query: Q) -> Ticket<Vec<Q::Row>>
    where
        Q: Query + Send + 'static,
        Q::Row: Send + 'static,
    {
        self.read(lane, call, move |view, _| {
            Q::NEED.admit(view.actor())?;
            query.run(view)
        })
    }

    /// Asks by name.
    pub fn ask_json(&self, lane: Lane, call: &Call, name: &str, arguments: Json) -> Ticket<Vec<Json>> {
        let (business, name) = (self.0.business, name.to_owned());
        self.read(lane, call, move |view, _| {
            let entry = business.query(&name)?;
            entry.need.admit(view.actor())?;
            (entry.run)(view, arguments)
        })
    }

    /// Asks a list by name for every id that matches, in order: what a jump to any place of it needs. Its `after`, `skip`
    /// and `limit` do not matter. Rejected for a query that is no such list.
    pub fn positions(&self, lane: Lane, call: &Call, name: &str, arguments: Json) -> Ticket<Positions> {
        let (business, name) = (self.0.business, name.to_owned());
        self.read(lane, call, move |view, watch| {
            let entry = business.query(&name)?;
            entry.need.admit(view.actor())?;
            let found = (entry.positions)(view, arguments, watch)?;
            found.ok_or_else(|| Error::rejected("error.no_list").arg("name", name))
        })
    }

    /// Reads in one snapshot of the file.
    pub fn read<T, W>(&self, lane: Lane, call: &Call, work: W) -> Ticket<T>
    where
        T: Send + 'static,
        W: FnOnce(&View<'_>, &Watch) -> Result<T> + Send + 'static,
    {
        let (ticket, answer) = Ticket::new();
        let job = self.reading(call, work, (ticket.watch(), &answer));
        if let Err(error) = self.submit_read(lane, job) {
            answer.put(Err(error));
        }
        ticket
    }

    /// The job that reads in one snapshot and answers.
    fn reading<T, W>(&self, call: &Call, work: W, (watch, answer): (&Watch, &Arc<Answer<T>>)) -> Job<Db>
    where
        T: Send + 'static,
        W: FnOnce(&View<'_>, &Watch) -> Result<T> + Send + 'static,
    {
        let (watch, answer, call) = (watch.clone(), answer.clone(), call.clone());
        let (business, clock, wake) = (self.0.business, self.0.clock.clone(), self.0.hooks.wake.clone());
        Box::new(move |db| {
            let result = guarded(&watch, db, |db, watch| {
                db.in_snapshot(|db| work(&View::of(db, business, clock.as_ref(), &call)?, watch))
            });
            Box::new(move || {
                answer.put(result);
                wake();
            })
        })
    }

    /// Finishes what was sent, then closes the file. What is sent later is refused.
    pub fn close(&self) {
        match &self.0.place {
            Place::Inline(store) => {
                if let Some(store) = lock(store).take() {
                    drop(store.close());
                }
            }
            Place::Threads(threads) => {
                let Some(Threads { writer, interactive, background, running, .. }) = lock(threads).take() else {
                    return;
                };
                drop((writer, interactive, background));
                for thread in running {
                    // A thread ends only by its loop; what it answered is with its tickets.
                    drop(thread.join());
                }
            }
        }
    }

    fn submit_write(&self, job: Job<Store>) -> Result<()> {
        match &self.0.place {
            Place::Threads(threads) => match lock(threads).as_ref() {
                Some(threads) => enqueue(&threads.writer, job),
                None => Err(closed()),
            },
            Place::Inline(store) => {
                let finish = lock(store).as_mut().map(job).ok_or_else(closed)?;
                finish();
                Ok(())
            }
        }
    }

    fn submit_read(&self, lane: Lane, job: Job<Db>) -> Result<()> {
        match &self.0.place {
            Place::Threads(threads) => match (lock(threads).as_ref(), lane) {
                (Some(threads), Lane::Interactive) => enqueue(&threads.interactive, job),
                (Some(threads), Lane::Background) => enqueue(&threads.background, job),
                (None, _) => Err(closed()),
            },
            Place::Inline(store) => {
                let finish = lock(store).as_mut().map(|store| job(&mut store.db)).ok_or_else(closed)?;
                finish();
                Ok(())
            }
        }
    }
}

/// A connection that a job may call off while it works.
trait Watched {
    fn watch(&mut self, watch: Option<&Watch>) -> Result<()>;
    /// After a panic: nothing half done may stay open.
    fn abandon(&mut self);
}

impl Watched for Db {
    fn watch(&mut self, watch: Option<&Watch>) -> Result<()> {
        Db::watch(self, watch)
    }
    fn abandon(&mut self) {
        // A reader that cannot leave its snapshot says so itself when the next job begins another.
        drop(self.leave());
    }
}

impl Watched for Store {
    fn watch(&mut self, watch: Option<&Watch>) -> Result<()> {
        self.db.watch(watch)
    }
    fn abandon(&mut self) {
        Store::abandon(self);
    }
}

/// Does a job unless it was called off, and outlives its panic.
fn guarded<P: Watched, T>(watch: &Watch, place: &mut P, work: impl FnOnce(&mut P, &Watch) -> Result<T>) -> Result<T> {
    watch.still_wanted()?;
    place.watch(Some(watch))?;
    let worked = catch_unwind(AssertUnwindSafe(|| work(place, watch)));
    place.watch(None)?;
    worked.unwrap_or_else(|_| {
        place.abandon();
        Err(Error::failure("error.job_broke", "a job panicked; the log has its place"))
    })
}

/// Tells the screens when another program has written to the file: whatever they show may have changed.
fn others(business: &'static Business, hooks: Hooks) -> impl FnMut(&mut Store) + Send + 'static {
    let mut seen = None;
    move |store| {
        // Counts the commits of every connection but this one; a file that cannot be asked is noticed by the next job.
        let Ok(now) = store.db.setting("data_version") else { return };
        if seen.replace(now.clone()).is_some_and(|before| before != now) {
            (hooks.changed)(&Changes::anywhere(business.tables()));
            (hooks.wake)();
        }
    }
}

/// A thread that does jobs at its place, and something else whenever none came for a while.
fn start_thread<P: Send + 'static>(
    name: &str,
    (mut place, mut idle): (P, impl FnMut(&mut P) + Send + 'static),
    end: fn(P),
) -> Result<(SyncSender<Job<P>>, JoinHandle<()>)> {
    let (sender, receiver): (_, Receiver<Job<P>>) = sync_channel(QUEUE);
    let run = move || {
        idle(&mut place);
        loop {
            match receiver.recv_timeout(LOOK_AROUND) {
                Ok(job) => job(&mut place)(),
                Err(RecvTimeoutError::Timeout) => idle(&mut place),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        end(place);
    };
    let thread = Builder::new().name(name.to_owned()).spawn(run);
    Ok((sender, thread.map_err(|error| Error::failure("error.no_thread", error))?))
}

fn enqueue<P>(queue: &SyncSender<Job<P>>, job: Job<P>) -> Result<()> {
    queue.try_send(job).map_err(|error| match error {
        TrySendError::Full(_) => Error::rejected("error.too_many_jobs"),
        TrySendError::Disconnected(_) => closed(),
    })
}

fn closed() -> Error {
    Error::rejected("error.file_closed")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
