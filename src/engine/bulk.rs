//! Filling a file that is not yet anybody's: the same commands, without waiting for the disk after each, and with the
//! indexes that only lists need built at the end. A file that is left half way is thrown away.

use crate::base::error::{Error, Result};
use crate::engine::command::{Command, Ran, Sent};
use crate::engine::db::Db;
use crate::engine::schema;
use crate::engine::store::{Call, Store};

/// How many commands share a transaction.
const TOGETHER: usize = 20_000;

/// A file that is being filled.
pub struct Bulk<'a> {
    store: &'a Store,
    since_commit: usize,
}

impl Store {
    /// Fills a file that nobody else uses; `indexes` are taken off before and built anew afterwards. What it leaves is
    /// what single commands leave, byte for byte. After an error the file is of no use.
    pub fn in_bulk<T>(&mut self, indexes: &[&str], work: impl FnOnce(&mut Bulk<'_>) -> Result<T>) -> Result<T> {
        let texts = indexes.iter().map(|name| index_text(&self.db, name)).collect::<Result<Vec<String>>>()?;
        self.db.execute_all(
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -393216; PRAGMA threads = 2",
        )?;
        indexes.iter().try_for_each(|name| self.db.execute_all(&format!("DROP INDEX {name}")))?;
        self.db.execute_all("BEGIN IMMEDIATE")?;
        let mut bulk = Bulk { store: self, since_commit: 0 };
        let answer = work(&mut bulk)?;
        self.db.execute_all("COMMIT")?;
        texts.iter().try_for_each(|text| self.db.execute_all(text))?;
        self.db.execute_all(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA threads = 0",
        )?;
        Ok(answer)
    }
}

fn index_text(db: &Db, name: &str) -> Result<String> {
    let found = schema::objects(db)?.into_iter().find(|(object, _)| object == name);
    found.map(|(_, text)| text).ok_or_else(|| Error::failure("error.schema_differs", name).arg("object", name))
}

impl Bulk<'_> {
    /// Does one command. A rejected one ends the filling.
    pub fn run<C: Command>(&mut self, call: &Call, command: &C) -> Result<C::Output> {
        if self.since_commit >= TOGETHER {
            self.store.db.execute_all("COMMIT; BEGIN IMMEDIATE")?;
            self.since_commit = 0;
        }
        self.since_commit += 1;
        let sent = Sent::typed(call, self.store.business, command)?;
        let mut typed = None;
        self.store.perform(call, 0, sent, |tx| {
            let output = command.run(tx)?;
            let ran = Ran::of(command, &output)?;
            typed = Some(output);
            Ok(ran)
        })?;
        typed.ok_or_else(|| Error::rejected("error.command_id_used"))
    }

    /// The connection, to read what is there so far.
    pub fn db(&self) -> &Db {
        &self.store.db
    }
}
