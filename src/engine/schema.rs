//! The schema of a file: made new, compared with ours, brought up. `user_version` is its number.

use std::collections::BTreeSet;

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::engine::db::{Db, driver};
use crate::engine::guard::{APPLICATION_ID, SCHEMA_VERSION};
use crate::engine::value::Value;

/// The whole truth of a new file.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// Steps that bring older files up, in order: the number a step leads to, and its text.
pub const MIGRATIONS: &[(u32, &str)] = &[];

/// Fills an empty database. Fails where the disk does.
pub(crate) fn create(db: &Db, now: Instant) -> Result<()> {
    let mut file_id = [0_u8; 16];
    getrandom::fill(&mut file_id).map_err(|error| Error::failure("error.no_randomness", error))?;
    db.execute_all("BEGIN IMMEDIATE")?;
    let filled = fill(db, &file_id, now);
    match filled {
        Ok(()) => db.execute_all("COMMIT"),
        Err(error) => {
            db.execute_all("ROLLBACK")?;
            Err(error)
        }
    }
}

fn fill(db: &Db, file_id: &[u8], now: Instant) -> Result<()> {
    db.execute_all(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"))?;
    db.execute_all(SCHEMA)?;
    db.execute_sql(
        "INSERT INTO instance (id, file_id, created_at, training) VALUES (1, ?1, ?2, 0)",
        &[Value::Blob(file_id.to_vec()), Value::Int(now.millis())],
    )?;
    Ok(())
}

/// Brings an older file up in one transaction. Fails, changing nothing, where a step fails.
pub(crate) fn migrate(db: &Db, from: u32) -> Result<()> {
    let steps = MIGRATIONS.iter().filter(|(to, _)| *to > from);
    let mut text = String::new();
    for (to, step) in steps {
        text.push_str(step);
        text.push_str(&format!("\nPRAGMA user_version = {to};\n"));
    }
    if text.is_empty() {
        return Ok(());
    }
    db.execute_all("BEGIN IMMEDIATE")?;
    match db.execute_all(&text) {
        Ok(()) => db.execute_all("COMMIT"),
        Err(error) => {
            db.execute_all("ROLLBACK")?;
            Err(error)
        }
    }
}

/// Refuses a file whose tables, indexes or triggers are not exactly ours.
pub(crate) fn compare(db: &Db) -> Result<()> {
    let differing = differing(db)?;
    match differing.first() {
        Some(name) => Err(Error::failure("error.schema_differs", differing.join(", ")).arg("object", name)),
        None => Ok(()),
    }
}

/// The names of what the file describes otherwise than we do.
pub(crate) fn differing(db: &Db) -> Result<Vec<String>> {
    let ours = Db::memory()?;
    ours.execute_all(SCHEMA)?;
    let (expected, found) = (objects(&ours)?, objects(db)?);
    let strange = found.iter().filter(|object| !expected.contains(object));
    let missing = expected.iter().filter(|object| !found.contains(object));
    let names: BTreeSet<&String> = strange.chain(missing).map(|(name, _)| name).collect();
    Ok(names.into_iter().cloned().collect())
}

/// Every table, index and trigger with its text, by name.
pub(crate) fn objects(db: &Db) -> Result<Vec<(String, String)>> {
    let mut prepared =
        db.connection.prepare("SELECT name, COALESCE(sql, '') FROM sqlite_schema ORDER BY name").map_err(driver)?;
    let rows = prepared.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(driver)?;
    rows.collect::<rusqlite::Result<Vec<_>>>().map_err(driver)
}
