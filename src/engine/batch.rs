//! Many commands in one transaction: each with its own journal entry, a rejected one takes only itself back.

use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::engine::change::Changes;
use crate::engine::command::{Arguments, Command, CommandEntry, Ran, Sent};
use crate::engine::db::Db;
use crate::engine::query::{Query, View};
use crate::engine::store::{Call, Done, Store};

/// Several commands on their way to one commit.
pub struct Batch<'a> {
    store: &'a Store,
    call: &'a Call,
    batch: i64,
    changes: Changes,
}

impl<'a> Batch<'a> {
    pub(crate) fn new(store: &'a Store, call: &'a Call, batch: i64) -> Batch<'a> {
        Batch { store, call, batch, changes: Changes::default() }
    }

    /// What the batch has touched so far.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Runs one command; when it is rejected, only what it did is taken back.
    pub fn run_json(&mut self, name: &str, arguments: Json) -> Result<Done<Json>> {
        let entry = self.store.business.command(name)?;
        let done = self.apart(|store, call, batch| {
            let sent = Sent::named(call, entry, &arguments)?;
            store.perform(call, batch, sent, |tx| (entry.run)(tx, Arguments::Json(arguments)))
        })?;
        self.changes.merge(done.changes.clone());
        Ok(done)
    }

    /// Runs one command; when it is rejected, only what it did is taken back.
    pub fn run<C: Command>(&mut self, command: &C) -> Result<C::Output> {
        let mut typed = None;
        let done = self.apart(|store, call, batch| {
            let sent = Sent::typed(call, store.business, command)?;
            store.perform(call, batch, sent, |tx| {
                let output = command.run(tx)?;
                let ran = Ran::of(command, &output)?;
                typed = Some(output);
                Ok(ran)
            })
        })?;
        self.changes.merge(done.changes);
        typed.ok_or_else(|| Error::rejected("error.command_id_used"))
    }

    /// The same batch in the hands of another caller.
    pub fn by<'b>(&'b self, call: &'b Call) -> Batch<'b> {
        Batch::new(self.store, call, self.batch)
    }

    /// Counts what follows to another batch: one that was only just opened.
    pub fn enter(&mut self, batch: i64) {
        self.batch = batch;
    }

    /// Runs several commands of which all stay or none does.
    pub fn together<T>(&mut self, work: impl FnOnce(&mut Batch<'_>) -> Result<T>) -> Result<T> {
        let mut touched = Changes::default();
        let done = self.apart(|store, call, batch| {
            let mut inner = Batch::new(store, call, batch);
            let done = work(&mut inner)?;
            touched = inner.changes;
            Ok(done)
        })?;
        self.changes.merge(touched);
        Ok(done)
    }

    /// Runs a command with the arguments that the journal kept.
    pub(crate) fn repeat(&mut self, entry: &'static CommandEntry, arguments: Vec<u8>) -> Result<Done<Json>> {
        self.apart(|store, call, batch| {
            let sent = Sent { entry, arguments: Some(arguments.clone()) };
            store.perform(call, batch, sent, |tx| (entry.run)(tx, Arguments::Cbor(arguments)))
        })
    }

    /// The connection, to read what the batch has written so far.
    pub fn db(&self) -> &Db {
        &self.store.db
    }

    /// What the caller sees of what the batch has written so far.
    pub fn view(&self) -> Result<View<'_>> {
        self.store.view(self.call)
    }

    /// Asks, seeing what the batch has written so far.
    pub fn query<Q: Query>(&self, query: &Q) -> Result<Vec<Q::Row>> {
        self.store.query(self.call, query)
    }

    fn apart<T>(&mut self, work: impl FnOnce(&Store, &Call, i64) -> Result<T>) -> Result<T> {
        let db = &self.store.db;
        db.execute_all("SAVEPOINT command")?;
        match work(self.store, self.call, self.batch) {
            Ok(done) => {
                db.execute_all("RELEASE command")?;
                Ok(done)
            }
            Err(error) => {
                if !db.connection.is_autocommit() {
                    db.execute_all("ROLLBACK TO command")?;
                    db.execute_all("RELEASE command")?;
                }
                Err(error)
            }
        }
    }
}
