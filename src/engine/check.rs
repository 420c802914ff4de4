//! Everything the file itself promises, looked at again: structure, references, the chain, every row's digest, every
//! kept file. Reads only; goes on after damage and names what it finds.

use std::cell::Cell;
use std::collections::HashMap;

use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::base::error::{Error, Result};
use crate::base::text;
use crate::engine::business::{Business, Slice};
use crate::engine::chain;
use crate::engine::db::{Db, driver};
use crate::engine::journal::{self, Kind};
use crate::engine::structure;
use crate::engine::table::Table;
use crate::engine::ticket::Watch;
use crate::engine::tx::select_sql;
use crate::engine::value::Value;
use crate::{params, statements};

statements! {
    /// The latest digest of each row of a table comes last among its entries.
    DIGESTS = "SELECT row_id, kind, digest FROM journal_rows WHERE table_code = ?1 ORDER BY row_id, seq";
    /// Numbers of entries that rows point to and that are not there.
    ORPHANS = "SELECT DISTINCT r.seq FROM journal_rows r LEFT JOIN journal j ON j.seq = r.seq
               WHERE j.seq IS NULL ORDER BY r.seq LIMIT 100";
    /// Every kept file.
    BLOBS = "SELECT hash, size, content FROM blobs ORDER BY hash";
}

/// What the check of the file asks for.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// Every difference between the file and what it promises, one error each, in words for people; tells the watch how
/// many rows were looked at. Rejected once it is called off; fails only where nothing at all can be read.
pub fn findings(db: &Db, business: &Business, watch: &Watch) -> Result<Vec<Error>> {
    let steps = Steps::of(db, business.tables().map(|table| table.name).chain(UNLISTED), watch);
    let mut found = Vec::new();
    if !structure::findings(db, business, &mut found)? {
        return Ok(found);
    }
    references(db, &mut found);
    chain(db, &mut found, &steps);
    for table in business.tables() {
        rows(db, table, &mut found, &steps);
    }
    blobs(db, &mut found, &steps);
    // A statement that was called off looks like one that failed.
    watch.still_wanted()?;
    Ok(found)
}

/// Every break of the chain alone, one error each; tells the watch how many entries were followed.
pub fn chain_findings(db: &Db, watch: &Watch) -> Result<Vec<Error>> {
    let mut found = Vec::new();
    chain(db, &mut found, &Steps::of(db, ["journal"].into_iter(), watch));
    watch.still_wanted()?;
    Ok(found)
}

/// Tables that are looked at besides those of the business.
const UNLISTED: [&str; 3] = ["journal", "journal_rows", "blobs"];

/// How many rows of all were looked at.
pub(crate) struct Steps<'a> {
    watch: &'a Watch,
    done: Cell<u64>,
    total: u64,
}

impl<'a> Steps<'a> {
    /// Over all rows of some tables; one that cannot be counted counts for nothing.
    pub(crate) fn of(db: &Db, tables: impl Iterator<Item = &'static str>, watch: &'a Watch) -> Steps<'a> {
        let count = |table| db.rows_of::<(i64,)>(&format!("SELECT COUNT(*) FROM {table}"), &[]);
        let counts =
            tables.filter_map(|table| count(table).ok()?.first().and_then(|(rows,)| u64::try_from(*rows).ok()));
        let steps = Steps { watch, done: Cell::new(0), total: counts.sum() };
        watch.tell(0, steps.total);
        steps
    }

    /// One more.
    pub(crate) fn step(&self) {
        self.done.set(self.done.get().saturating_add(1));
        self.watch.tell(self.done.get(), self.total);
    }
}

/// Notes damage that keeps a part of the file from being read.
fn unreadable(found: &mut Vec<Error>, table: &str, result: Result<()>) {
    if let Err(error) = result {
        let details = match error {
            Error::Failure(failure) => failure.details,
            other => other.to_string(),
        };
        found.push(Error::failure("error.check.unreadable", details).named("table", format!("table.{table}")));
    }
}

fn references(db: &Db, found: &mut Vec<Error>) {
    let loose: Result<Vec<Vec<Value>>> = db.rows_of("PRAGMA foreign_key_check", &[]);
    match loose {
        Ok(rows) => {
            for row in rows {
                if let [Value::Text(table), Value::Int(id), Value::Text(parent), ..] = row.as_slice() {
                    let error = Error::failure("error.check.reference", "foreign_key_check");
                    let error = error.named("table", format!("table.{table}")).arg("id", id);
                    found.push(error.named("parent", format!("table.{parent}")));
                }
            }
        }
        Err(error) => unreadable(found, "journal", Err(error)),
    }
}

/// Follows the chain from its first entry; after a broken link it goes on from what stands there.
fn chain(db: &Db, found: &mut Vec<Error>, steps: &Steps<'_>) {
    let (mut last, mut broken) = (0, Vec::new());
    let read = chain::follow(db, |seq, holds| {
        broken.extend((last + 1..seq).take(100).map(|seq| entry_error("error.check.entry_missing", seq)));
        if !holds {
            broken.push(entry_error("error.check.entry_changed", seq));
        }
        last = seq;
        steps.step();
    });
    found.append(&mut broken);
    if read.is_err() {
        found.push(entry_error("error.check.entry_changed", last + 1));
        unreadable(found, chain::unreadable_table(db), read);
    }
    match db.rows::<(i64,)>(&ORPHANS, &[]) {
        Ok(orphans) => found.extend(orphans.into_iter().map(|(seq,)| entry_error("error.check.entry_missing", seq))),
        Err(error) => unreadable(found, "journal", Err(error)),
    }
    let counted: Result<Vec<(i64,)>> = db.rows_of("SELECT seq FROM sqlite_sequence WHERE name = 'journal'", &[]);
    if let Ok([(counted,)]) = counted.as_deref()
        && *counted > last
    {
        found.push(entry_error("error.check.tail_cut", last).arg("counted", counted));
    }
}

fn entry_error(key: &'static str, seq: i64) -> Error {
    Error::failure(key, format!("journal entry {seq}")).arg("seq", seq)
}

/// Compares every row of a table with the digest that the journal kept of it last.
fn rows(db: &Db, table: &'static Table, found: &mut Vec<Error>, steps: &Steps<'_>) {
    let mut kept: HashMap<i64, (i64, Vec<u8>)> = HashMap::new();
    let read = db.each(DIGESTS.sql, params![table.code], |(id, kind, digest): (i64, i64, Vec<u8>)| {
        kept.insert(id, (kind, digest));
        steps.step();
        Ok(())
    });
    unreadable(found, "journal_rows", read);
    let read = each_row(db, table, |id, values| {
        steps.step();
        let digest = values.as_deref().map(|values| journal::digest(table, values));
        let key = match (kept.remove(&id), digest) {
            (Some((_, kept)), Ok(digest)) if kept == digest => return,
            (Some(_), _) => "error.check.row_changed",
            (None, _) => "error.check.row_extra",
        };
        found.push(row_error(key, table, id));
    });
    unreadable(found, table.name, read);
    let gone = Kind::Delete.code();
    let mut missing: Vec<i64> = kept.into_iter().filter(|(_, (kind, _))| *kind != gone).map(|(id, _)| id).collect();
    missing.sort_unstable();
    found.extend(missing.into_iter().map(|id| row_error("error.check.row_missing", table, id)));
}

fn row_error(key: &'static str, table: &Table, id: i64) -> Error {
    let error = Error::failure(key, format!("{} {id}", table.name));
    error.named("table", format!("table.{}", table.name)).arg("id", id)
}

/// Gives each row of a table with its id; values that no column can hold are an error of that row alone.
fn each_row(db: &Db, table: &Table, mut take: impl FnMut(i64, Result<Vec<Value>>)) -> Result<()> {
    let mut prepared = db.connection.prepare(&select_sql(table, false)).map_err(driver)?;
    let mut rows = prepared.query(params_from_iter([0_i64; 0])).map_err(driver)?;
    while let Some(row) = rows.next().map_err(driver)? {
        let id = match row.get_ref(0).map_err(driver)? {
            ValueRef::Integer(id) => id,
            _ => 0,
        };
        let columns = 0..table.columns.len();
        take(id, columns.map(|column| Value::from_driver(row.get_ref(column).map_err(driver)?)).collect());
    }
    Ok(())
}

fn blobs(db: &Db, found: &mut Vec<Error>, steps: &Steps<'_>) {
    let mut changed = Vec::new();
    let read = db.each(BLOBS.sql, &[], |(hash, size, content): (Vec<u8>, i64, Vec<u8>)| {
        let whole = i64::try_from(content.len()).is_ok_and(|length| length == size);
        if !whole || Sha256::digest(&content).as_slice() != hash {
            let name: String = text::hex(hash.get(..6).unwrap_or(&hash));
            changed.push(Error::failure("error.check.blob_changed", &name).arg("hash", &name));
        }
        steps.step();
        Ok(())
    });
    found.append(&mut changed);
    unreadable(found, "blobs", read);
}
