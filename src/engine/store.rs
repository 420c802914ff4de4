//! The gate: one company file, and the only way to change it or to read it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;
use uuid::Uuid;

use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::engine::batch::Batch;
use crate::engine::change::{Changes, RowChanges};
use crate::engine::clock::Clock;
use crate::engine::command::{Arguments, Command, Ran, Sent};
use crate::engine::db::Db;
use crate::engine::draft;
use crate::engine::journal::{self, Entry};
use crate::engine::open;
use crate::engine::query::{Query, View};
use crate::engine::schema;
use crate::engine::tx::{Actor, Tx};
use crate::engine::value::damaged;
use crate::params;

pub use crate::engine::business::{Business, Slice};

/// Who sends, and how.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The signed-in user; 0 is the program itself.
    pub(crate) user: i64,
    /// Makes a repeated send answer the first result and change nothing.
    pub command_id: Option<Uuid>,
    /// Yes to what asks for confirmation.
    pub confirmed: bool,
    /// The language that is asked for; the user's own when left out.
    pub(crate) lang: Option<Lang>,
}

impl Call {
    /// A call of a user who has signed in.
    pub fn of_user(user: i64) -> Call {
        Call { user, ..Call::default() }
    }

    /// A call of the program itself, which sets up a company.
    pub fn of_system() -> Call {
        Call::default()
    }

    /// The same call with an id.
    pub fn with_id(self, id: Uuid) -> Call {
        Call { command_id: Some(id), ..self }
    }

    /// The same call, in another language than the user's own.
    pub fn asking_in(self, lang: Lang) -> Call {
        Call { lang: Some(lang), ..self }
    }

    /// The same call, confirmed.
    pub fn confirmed(self) -> Call {
        Call { confirmed: true, ..self }
    }
}

/// A command's answer after its commit.
#[derive(Clone, Debug)]
pub struct Done<T> {
    /// What it answered.
    pub output: T,
    /// Its number in the journal.
    pub seq: i64,
    /// What it touched.
    pub changes: Changes,
}

/// An open company file.
pub struct Store {
    pub(crate) db: Db,
    pub(crate) business: &'static Business,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) path: Option<PathBuf>,
    failed: bool,
}

impl Store {
    /// Makes a new company file, readable only by its owner. Rejected when something is there already.
    pub fn create(path: &Path, business: &'static Business, clock: Arc<dyn Clock>) -> Result<Store> {
        let db = open::create(path, clock.now())?;
        Ok(Store { db, business, clock, path: Some(path.to_owned()), failed: false })
    }

    /// Opens a company file. Refused, with not one byte changed, when it is foreign, newer, damaged or on a network.
    pub fn open(path: &Path, business: &'static Business, clock: Arc<dyn Clock>) -> Result<Store> {
        let db = open::open(path, clock.now())?;
        Ok(Store { db, business, clock, path: Some(path.to_owned()), failed: false })
    }

    /// A company in memory, for tests.
    pub fn memory(business: &'static Business, clock: Arc<dyn Clock>) -> Result<Store> {
        let db = Db::memory()?;
        schema::create(&db, clock.now())?;
        Ok(Store { db, business, clock, path: None, failed: false })
    }

    /// The file; none for a company in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The connection, to read from.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The clock this company goes by.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Runs a command. The answer comes only after the commit is durable.
    pub fn run<C: Command>(&mut self, call: &Call, command: &C) -> Result<Done<C::Output>> {
        let sent = Sent::typed(call, self.business, command)?;
        let mut typed = None;
        let done = self.transact(call, sent, |tx| {
            let output = command.run(tx)?;
            let ran = Ran::of(command, &output)?;
            typed = Some(output);
            Ok(ran)
        })?;
        let output = match typed {
            Some(output) => output,
            None => serde_json::from_value(done.output).map_err(damaged)?,
        };
        Ok(Done { output, seq: done.seq, changes: done.changes })
    }

    /// Runs a command by name with JSON arguments.
    pub fn run_json(&mut self, call: &Call, name: &str, arguments: Json) -> Result<Done<Json>> {
        let entry = self.business.command(name)?;
        let sent = Sent::named(call, entry, &arguments)?;
        self.transact(call, sent, |tx| (entry.run)(tx, Arguments::Json(arguments)))
    }

    /// Runs a journal entry's command again, in its own name and at its own time.
    pub fn replay(&mut self, entry: &Entry) -> Result<Done<Json>> {
        let command = self.business.command(&entry.command)?;
        let call = Call::of_user(entry.user_id).confirmed();
        self.batch(&call, entry.batch_id, |batch| batch.repeat(command, entry.arguments.clone()))
    }

    /// Asks by name with JSON arguments.
    pub fn query_json(&self, call: &Call, name: &str, arguments: Json) -> Result<Vec<Json>> {
        let entry = self.business.query(name)?;
        let view = self.view(call)?;
        entry.need.admit(&view.actor)?;
        (entry.run)(&view, arguments)
    }

    /// Asks.
    pub fn query<Q: Query>(&self, call: &Call, query: &Q) -> Result<Vec<Q::Row>> {
        let view = self.view(call)?;
        Q::NEED.admit(&view.actor)?;
        query.run(&view)
    }

    /// What a caller sees.
    pub fn view(&self, call: &Call) -> Result<View<'_>> {
        View::of(&self.db, self.business, self.clock.as_ref(), call)
    }

    /// Writes that are no business and leave no journal: drafts, sign-in attempts.
    pub fn keep<T>(&mut self, call: &Call, write: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.usable()?;
        self.db.execute_all("BEGIN IMMEDIATE")?;
        let kept = self.begin(call, 0).and_then(|tx| write(&tx));
        self.end(kept)
    }

    /// Runs several commands in one transaction; each leaves its own entry, and a rejected one takes only itself back.
    pub fn batch<T>(&mut self, call: &Call, batch: i64, work: impl FnOnce(&mut Batch<'_>) -> Result<T>) -> Result<T> {
        self.usable()?;
        self.db.execute_all("BEGIN IMMEDIATE")?;
        let worked = work(&mut Batch::new(self, call, batch));
        self.end(worked)
    }

    /// The same, but nothing of it stays: for telling beforehand what would happen.
    pub fn rehearse<T>(&mut self, call: &Call, work: impl FnOnce(&mut Batch<'_>) -> Result<T>) -> Result<T> {
        self.usable()?;
        self.db.execute_all("BEGIN IMMEDIATE")?;
        let worked = work(&mut Batch::new(self, call, 0));
        if !self.db.connection.is_autocommit() {
            self.db.execute_all("ROLLBACK")?;
        }
        worked
    }

    /// After a job broke in the middle: nothing half done stays open.
    pub(crate) fn abandon(&mut self) {
        self.failed = self.failed || self.db.leave().is_err();
    }

    fn transact(
        &mut self,
        call: &Call,
        sent: Sent,
        run: impl FnOnce(&mut Tx<'_>) -> Result<Ran>,
    ) -> Result<Done<Json>> {
        self.usable()?;
        self.db.execute_all("BEGIN IMMEDIATE")?;
        let done = self.perform(call, 0, sent, run);
        self.end(done)
    }

    pub(crate) fn perform(
        &self,
        call: &Call,
        batch: i64,
        sent: Sent,
        run: impl FnOnce(&mut Tx<'_>) -> Result<Ran>,
    ) -> Result<Done<Json>> {
        let entry = sent.entry;
        let mut tx = self.begin(call, batch)?;
        entry.need.admit(&tx.actor)?;
        if !entry.journaled {
            let output = run(&mut tx)?.output;
            let beside =
                if tx.changes.is_empty() { Ok(()) } else { Err(Error::failure("error.rule_broken", entry.name)) };
            return beside.map(|()| Done { output, seq: 0, changes: Changes::default() });
        }
        if let Some(done) = self.repeated(call, &sent)? {
            return Ok(done);
        }
        if let Some(id) = call.command_id {
            draft::forget(&self.db, call.user, id)?;
        }
        let ran = run(&mut tx)?;
        let (now, changes) = (tx.now, tx.changes);
        let rows = journal::seal(&changes)?;
        let (last, hash) = journal::head(&self.db)?;
        let written = Entry {
            seq: last + 1,
            at: now.millis(),
            user_id: call.user,
            command: entry.name.to_owned(),
            arguments: ran.arguments,
            command_id: call.command_id.map(|id| id.as_bytes().to_vec()),
            batch_id: batch,
            result: ran.kept.to_string(),
        };
        journal::append(&self.db, &hash, &written, &rows)?;
        Ok(Done { output: ran.output, seq: written.seq, changes: Changes::of(&changes) })
    }

    fn begin(&self, call: &Call, batch: i64) -> Result<Tx<'_>> {
        Ok(Tx {
            db: &self.db,
            business: self.business,
            actor: Actor::of(&self.db, self.business, call.user)?,
            now: self.clock.now(),
            zone: (self.business.zone)(&self.db)?,
            confirmed: call.confirmed,
            lang: call.lang,
            batch,
            changes: RowChanges::new(),
        })
    }

    /// The first answer of a command that is sent again, and its draft goes. Rejected when the id served for something
    /// else, `Conflict` when it served for the same with other contents: neither may get lost in silence.
    fn repeated(&self, call: &Call, sent: &Sent) -> Result<Option<Done<Json>>> {
        let Some(id) = call.command_id else {
            return Ok(None);
        };
        let before: Option<(i64, i64, String, Vec<u8>, String)> =
            self.db.row(&journal::BY_COMMAND_ID, params![id.as_bytes().to_vec()])?;
        let Some((seq, user, command, arguments, result)) = before else {
            return Ok(None);
        };
        if user != call.user || command != sent.entry.name {
            return Err(Error::rejected("error.command_id_used"));
        }
        if sent.arguments.as_ref() != Some(&arguments) {
            return Err(Error::conflict("error.sent_otherwise"));
        }
        draft::forget(&self.db, call.user, id)?;
        let output = serde_json::from_str(&result).map_err(damaged)?;
        Ok(Some(Done { output, seq, changes: Changes::default() }))
    }

    /// Commits or rolls back. After a failed disk, or damage, nothing more is written until the file is opened again.
    fn end<T>(&mut self, result: Result<T>) -> Result<T> {
        let result = match result {
            Ok(done) => self.db.execute_all("COMMIT").map(|()| done),
            Err(error) => Err(error),
        };
        if let Err(error) = &result {
            if matches!(error, Error::Failure(_)) {
                self.failed = true;
            }
            if !self.db.connection.is_autocommit() && self.db.execute_all("ROLLBACK").is_err() {
                self.failed = true;
            }
        }
        result
    }

    fn usable(&self) -> Result<()> {
        if self.db.is_damaged() {
            return Err(damaged("an earlier read met damage"));
        }
        if self.failed { Err(Error::failure("error.stopped_writing", "an earlier write failed")) } else { Ok(()) }
    }
}
