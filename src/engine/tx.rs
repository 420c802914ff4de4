//! One write transaction of one command: clock, user, rights, and every row it changes, noted for the journal.

use std::collections::BTreeSet;
use std::ops::Deref;

use sha2::{Digest, Sha256};

use crate::base::date::{Date, Instant, Zone};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::engine::change::{RowChange, RowChanges};
use crate::engine::db::Db;
use crate::engine::journal;
use crate::engine::statement::Statement;
use crate::engine::store::{Business, Slice};
use crate::engine::table::{Row, Table};
use crate::engine::value::Value;
use crate::{params, statements};

statements! {
    /// Takes the next number of a series.
    TAKE_NUMBER = "UPDATE series SET next = next + 1 WHERE name = ?1 RETURNING next - 1";
    /// Keeps a file by its content, once.
    KEEP_BLOB = "INSERT INTO blobs (hash, size, content) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING";
    /// A kept file.
    BLOB = "SELECT content FROM blobs WHERE hash = ?1";
}

/// The engine's own statements of numbering and files.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// The largest file that is kept, in bytes.
pub const LARGEST_BLOB: usize = 20 * 1024 * 1024;

/// Who acts, and what that person may do at this moment.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The user's id; 0 is the program itself.
    pub user: i64,
    /// What the user may do.
    pub rights: BTreeSet<Right>,
}

impl Actor {
    /// The program itself, which sets up a company: it may do everything.
    pub(crate) fn system() -> Actor {
        Actor { user: 0, rights: Right::ALL.iter().copied().collect() }
    }

    /// A user with what that person may do at this moment; 0 is the program itself. Rejected for a user who is gone.
    pub(crate) fn of(db: &Db, business: &Business, user: i64) -> Result<Actor> {
        if user == 0 {
            return Ok(Actor::system());
        }
        Ok(Actor { user, rights: (business.rights_of)(db, user)? })
    }

    /// Whether the user has a right.
    pub fn can(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// Rejected when the user lacks the right.
    pub fn require(&self, right: Right) -> Result<()> {
        if self.can(right) { Ok(()) } else { Err(right.lacking("error.no_right")) }
    }
}

/// The transaction a command works in.
pub struct Tx<'a> {
    pub(crate) db: &'a Db,
    pub(crate) business: &'static Business,
    pub(crate) actor: Actor,
    pub(crate) now: Instant,
    pub(crate) zone: Zone,
    pub(crate) confirmed: bool,
    pub(crate) lang: Option<Lang>,
    pub(crate) batch: i64,
    pub(crate) changes: RowChanges,
}

impl Deref for Tx<'_> {
    type Target = Db;
    fn deref(&self) -> &Db {
        self.db
    }
}

impl Tx<'_> {
    /// The moment of the command; the same however often it is asked.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The company's date at that moment.
    pub fn today(&self) -> Date {
        self.zone.date_of(self.now)
    }

    /// The company's time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The batch this command belongs to; 0 for none.
    pub fn batch(&self) -> i64 {
        self.batch
    }

    /// The language that was asked for; none where it is the user's own.
    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// Lets pass what the user has confirmed. Otherwise asks: `NeedsConfirmation`.
    pub fn confirm(&self, question: Error) -> Result<()> {
        if self.confirmed { Ok(()) } else { Err(question) }
    }

    /// Stores a new row and gives its id. Rejected when a unique column is taken.
    pub fn insert<R: Row>(&mut self, row: &R) -> Result<Id<R>> {
        let mut values = row.values();
        if let Some(version) = values.get_mut(1) {
            *version = Value::Int(1);
        }
        self.insert_values(R::TABLE, values).map(Id::new)
    }

    /// Stores what changed of a row and gives its new version. `Conflict` when the row was changed meanwhile.
    pub fn update<R: Row>(&mut self, old: &R, new: &R) -> Result<i64> {
        self.update_values(R::TABLE, &old.values(), new.values())
    }

    /// Stores a row and gives its new version, also where none of its own columns changed but only what belongs to it.
    /// `Conflict` when the row was changed meanwhile.
    pub fn store<R: Row>(&mut self, old: &R, new: &R) -> Result<i64> {
        self.store_values(R::TABLE, &old.values(), new.values())
    }

    /// Removes a row. Rejected while others refer to it; `Conflict` when it was changed meanwhile.
    pub fn delete<R: Row>(&mut self, row: &R) -> Result<()> {
        self.delete_values(R::TABLE, &row.values())
    }

    /// The row as its sender saw it. `Conflict` when it was changed or removed meanwhile.
    pub fn seen<R: Row>(&self, id: Id<R>, version: i64) -> Result<R> {
        match self.db.find_row::<R>(id)? {
            Some(row) if row.version() == version => Ok(row),
            _ => Err(self.conflict(R::TABLE, id.get())?),
        }
    }

    /// Takes the next number of a series; it goes back by itself if the command fails.
    pub fn next_number(&self, series: &str) -> Result<i64> {
        match self.db.row(&TAKE_NUMBER, params![series.to_owned()])? {
            Some((number,)) => Ok(number),
            None => Err(Error::rejected("error.unknown_series").arg("series", series)),
        }
    }

    /// Keeps a file and gives the hash it is found by. Rejected over 20 MB.
    pub fn keep_blob(&self, content: &[u8]) -> Result<Vec<u8>> {
        if content.len() > LARGEST_BLOB {
            return Err(Error::rejected("error.file_too_large").arg("megabytes", LARGEST_BLOB / 1024 / 1024));
        }
        let hash = Sha256::digest(content).to_vec();
        let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
        self.db.execute_sql(KEEP_BLOB.sql, params![hash, size, content.to_vec()])?;
        Ok(hash)
    }

    /// Runs a statement on a table that is not journaled (series, drafts, sign-ins); a test holds it to that.
    pub fn execute(&self, statement: &Statement, parameters: &[Value]) -> Result<usize> {
        self.db.execute_sql(statement.sql, parameters)
    }

    pub(crate) fn insert_values(&mut self, table: &'static Table, mut values: Vec<Value>) -> Result<i64> {
        let given = matches!(values.first(), Some(Value::Int(id)) if *id != 0);
        let skip = usize::from(!given);
        let parameters = values.get(skip..).unwrap_or_default();
        let stored: Vec<(i64,)> = self.db.rows_of(&insert_sql(table, given), parameters)?;
        let id = stored.first().map_or(0, |row| row.0);
        if let Some(place) = values.first_mut() {
            *place = Value::Int(id);
        }
        self.find(table, id, None, Some(&values))?;
        let change = self.changes.entry((table.code, id));
        change.or_insert(RowChange { table, before: None, after: None }).after = Some(values);
        Ok(id)
    }

    pub(crate) fn update_values(&mut self, table: &'static Table, old: &[Value], new: Vec<Value>) -> Result<i64> {
        let (_, version) = identity(old)?;
        if changed(old, &new).is_empty() { Ok(version) } else { self.store_values(table, old, new) }
    }

    pub(crate) fn store_values(&mut self, table: &'static Table, old: &[Value], mut new: Vec<Value>) -> Result<i64> {
        let (id, version) = identity(old)?;
        let changed = changed(old, &new);
        let mut parameters: Vec<Value> = changed.iter().filter_map(|&place| new.get(place).cloned()).collect();
        parameters.extend([Value::Int(id), Value::Int(version)]);
        if self.db.execute_sql(&update_sql(table, &changed), &parameters)? == 0 {
            return Err(self.conflict(table, id)?);
        }
        if let Some(place) = new.get_mut(1) {
            *place = Value::Int(version + 1);
        }
        self.find(table, id, Some(old), Some(&new))?;
        let change = self.changes.entry((table.code, id));
        change.or_insert_with(|| RowChange { table, before: Some(old.to_vec()), after: None }).after = Some(new);
        Ok(version + 1)
    }

    pub(crate) fn delete_values(&mut self, table: &'static Table, old: &[Value]) -> Result<()> {
        let (id, version) = identity(old)?;
        let removed = self.db.execute_sql(&delete_sql(table), params![id, version])?;
        if removed == 0 {
            return Err(self.conflict(table, id)?);
        }
        self.find(table, id, Some(old), None)?;
        let change = self.changes.entry((table.code, id));
        change.or_insert_with(|| RowChange { table, before: Some(old.to_vec()), after: None }).after = None;
        Ok(())
    }

    /// Why a row is not as the sender saw it: changed by somebody, or gone.
    fn conflict(&self, table: &'static Table, id: i64) -> Result<Error> {
        let latest: Option<(i64, i64, String, String, Vec<u8>)> =
            self.db.row(&journal::LATEST_OF, params![table.code, id])?;
        Ok(match latest {
            Some((_, at, user, command, digest)) => {
                let key = if digest.is_empty() { "error.row_gone" } else { "error.row_changed" };
                Error::conflict(key)
                    .arg_moment("when", Instant::from_millis(at), self.zone)
                    .arg("user", user)
                    .named("command", format!("command.{command}"))
            }
            None => Error::missing(table.name, id),
        })
    }

    /// Keeps the search table of a row in step.
    fn find(&self, table: &'static Table, id: i64, old: Option<&[Value]>, new: Option<&[Value]>) -> Result<()> {
        let (Some(search), Some(place)) = (table.search, table.position("search")) else {
            return Ok(());
        };
        let old = old.and_then(|values| values.get(place));
        let new = new.and_then(|values| values.get(place));
        if old == new {
            return Ok(());
        }
        if old.is_some() {
            self.db.execute_sql(&format!("DELETE FROM {search} WHERE rowid = ?1"), params![id])?;
        }
        if let Some(text) = new {
            let sql = format!("INSERT INTO {search} (rowid, search) VALUES (?1, ?2)");
            self.db.execute_sql(&sql, params![id, *text])?;
        }
        Ok(())
    }
}

/// The places of the columns in which two rows differ.
fn changed(old: &[Value], new: &[Value]) -> Vec<usize> {
    (2..new.len()).filter(|&place| old.get(place) != new.get(place)).collect()
}

/// Id and version of a row as it was read.
fn identity(values: &[Value]) -> Result<(i64, i64)> {
    match values {
        [Value::Int(id), Value::Int(version), ..] => Ok((*id, *version)),
        _ => Err(Error::rejected("error.not_found")),
    }
}

/// The insert of a table; with the id only where a removed row comes back.
pub(crate) fn insert_sql(table: &Table, with_id: bool) -> String {
    let names: Vec<_> = table.columns.iter().skip(usize::from(!with_id)).map(|info| info.name).collect();
    let marks: Vec<_> = (1..=names.len()).map(|number| format!("?{number}")).collect();
    format!("INSERT INTO {} ({}) VALUES ({}) RETURNING id", table.name, names.join(", "), marks.join(", "))
}

/// The update of some columns of a table, by id and version.
pub(crate) fn update_sql(table: &Table, places: &[usize]) -> String {
    let columns = places.iter().filter_map(|&place| table.columns.get(place));
    let sets: String = columns.enumerate().map(|(at, info)| format!("{} = ?{}, ", info.name, at + 1)).collect();
    let (id, version) = (places.len() + 1, places.len() + 2);
    let name = table.name;
    format!("UPDATE {name} SET {sets}version = version + 1 WHERE id = ?{id} AND version = ?{version}")
}

/// The removal of a row of a table, by id and version.
pub(crate) fn delete_sql(table: &Table) -> String {
    format!("DELETE FROM {} WHERE id = ?1 AND version = ?2", table.name)
}

/// Every text the engine makes for a table, for the test that prepares them.
pub fn texts(table: &Table) -> Vec<String> {
    let all: Vec<usize> = (2..table.columns.len()).collect();
    vec![
        insert_sql(table, false),
        insert_sql(table, true),
        update_sql(table, &all),
        update_sql(table, &[]),
        delete_sql(table),
        select_sql(table, true),
        select_sql(table, false),
    ]
}

/// The text that reads rows of a table whole: by id, or all in the order of their ids.
pub(crate) fn select_sql(table: &Table, by_id: bool) -> String {
    let names: Vec<_> = table.columns.iter().map(|info| info.name).collect();
    let condition = if by_id { " WHERE id = ?1" } else { " ORDER BY id" };
    format!("SELECT {} FROM {}{condition}", names.join(", "), table.name)
}

impl Db {
    /// The row with this id. Rejected when there is none.
    pub fn get<R: Row>(&self, id: Id<R>) -> Result<R> {
        self.find_row(id)?.ok_or_else(|| Error::missing(R::TABLE.name, id))
    }

    /// The row with this id, if there is one.
    pub fn find_row<R: Row>(&self, id: Id<R>) -> Result<Option<R>> {
        Ok(self.rows_of(&select_sql(R::TABLE, true), params![id])?.into_iter().next())
    }

    /// A kept file by its hash. Fails where its content is not what the hash says.
    pub fn blob(&self, hash: &[u8]) -> Result<Vec<u8>> {
        let found: Option<(Vec<u8>,)> = self.row(&BLOB, params![hash.to_vec()])?;
        let (content,) = found.ok_or_else(|| Error::missing("blobs", ""))?;
        if Sha256::digest(&content).as_slice() == hash {
            Ok(content)
        } else {
            Err(crate::engine::value::damaged("a kept file differs from its hash"))
        }
    }
}
