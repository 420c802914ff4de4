//! Long work that nobody has to wait for: reads on a connection and a thread of their own, writes in many small
//! transactions between which the others have their turn.

use std::sync::Arc;
use std::thread::Builder;

use crate::base::error::{Error, Result};
use crate::engine::change::Changes;
use crate::engine::db::Db;
use crate::engine::query::View;
use crate::engine::store::{Call, Store};
use crate::engine::ticket::{Answer, Ticket, Watch};
use crate::engine::worker::{Handle, Job, Lane, Place, Threads, closed, guarded, lock};

/// Writing that goes on step by step.
struct Long<S, W> {
    state: S,
    step: W,
    watch: Watch,
    answer: Arc<Answer<S>>,
}

impl Handle {
    /// Reads in one snapshot of the file while both readers stay free for what people look at.
    pub fn read_apart<T, W>(&self, call: &Call, work: W) -> Ticket<T>
    where
        T: Send + 'static,
        W: FnOnce(&View<'_>, &Watch) -> Result<T> + Send + 'static,
    {
        let (ticket, answer) = Ticket::new();
        let job = self.reading(call, work, (ticket.watch(), &answer));
        let begun = match &self.0.place {
            Place::Inline(_) => self.submit_read(Lane::Background, job),
            Place::Threads(_) => self.begin_apart(job, &answer),
        };
        if let Err(error) = begun {
            answer.put(Err(error));
        }
        ticket
    }

    /// Does long work on the writer step by step, each in a transaction of its own and with its turn behind whatever
    /// else was sent meanwhile; a step says whether there are more, and what it touched. Called off, it stops between
    /// two steps and answers with what it has; a step that fails ends it.
    pub fn write_by_steps<S, W>(&self, state: S, step: W) -> Ticket<S>
    where
        S: Send + 'static,
        W: FnMut(&mut S, &mut Store, &Watch) -> Result<(bool, Changes)> + Send + 'static,
    {
        let (ticket, answer) = Ticket::new();
        let watch = ticket.watch().clone();
        self.next_step(Long { state, step, watch, answer });
        ticket
    }

    fn next_step<S, W>(&self, mut long: Long<S, W>)
    where
        S: Send + 'static,
        W: FnMut(&mut S, &mut Store, &Watch) -> Result<(bool, Changes)> + Send + 'static,
    {
        let (handle, refused) = (self.clone(), long.answer.clone());
        let job: Job<Store> = Box::new(move |store| {
            let Long { state, step, watch, .. } = &mut long;
            let stepped = guarded(watch, store, |store, watch| step(state, store, watch));
            Box::new(move || handle.after_step(long, stepped))
        });
        if let Err(error) = self.submit_write(job) {
            refused.put(Err(error));
        }
    }

    fn after_step<S, W>(&self, long: Long<S, W>, stepped: Result<(bool, Changes)>)
    where
        S: Send + 'static,
        W: FnMut(&mut S, &mut Store, &Watch) -> Result<(bool, Changes)> + Send + 'static,
    {
        let more = match stepped {
            Ok((more, changes)) => {
                if !changes.is_empty() {
                    (self.0.hooks.changed)(&changes);
                }
                more
            }
            Err(_) if long.watch.is_cancelled() => false,
            Err(error) => {
                long.answer.put(Err(error));
                (self.0.hooks.wake)();
                return;
            }
        };
        if more {
            self.next_step(long);
        } else {
            let Long { state, answer, .. } = long;
            answer.put(Ok(state));
        }
        (self.0.hooks.wake)();
    }

    fn begin_apart<T: Send + 'static>(&self, job: Job<Db>, answer: &Arc<Answer<T>>) -> Result<()> {
        let (Place::Threads(threads), Some(path)) = (&self.0.place, self.0.path.clone()) else {
            return Err(closed());
        };
        let mut threads = lock(threads);
        let Threads { running, damage, .. } = threads.as_mut().ok_or_else(closed)?;
        let damage = damage.clone();
        let (refused, wake) = (answer.clone(), self.0.hooks.wake.clone());
        let run = move || match Db::open_beside(&path, &damage) {
            Ok(mut db) => {
                job(&mut db)();
                drop(db.close());
            }
            Err(error) => {
                refused.put(Err(error));
                wake();
            }
        };
        let thread = Builder::new().name("patver-apart".to_owned()).spawn(run);
        running.retain(|thread| !thread.is_finished());
        running.push(thread.map_err(|error| Error::failure("error.no_thread", error))?);
        Ok(())
    }
}
