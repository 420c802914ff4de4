//! The bare database, for comparison only: the same file format and settings, prepared statements, nothing around them.

use std::path::Path;

use rusqlite::{CachedStatement, Connection, params_from_iter};

use crate::base::error::Result;
use crate::engine::db::{Db, driver};
use crate::engine::table::Table;
use crate::engine::tx::{insert_sql, update_sql};
use crate::engine::value::{Value, damaged};

/// A connection with the program's settings and none of its rules.
pub struct Bare {
    db: Db,
}

/// Statements prepared once, to be run many times.
pub struct Prepared<'a>(CachedStatement<'a>);

impl Bare {
    /// Opens a company file.
    pub fn open(path: &Path) -> Result<Bare> {
        Ok(Bare { db: Db::open(path)? })
    }

    /// Prepares the insert of a whole row of a table, its id included.
    pub fn insert(&self, table: &Table) -> Result<Prepared<'_>> {
        self.prepare(&insert_sql(table, true))
    }

    /// Prepares the update of some columns of a table, by id and version.
    pub fn update(&self, table: &Table, columns: &[&str]) -> Result<Prepared<'_>> {
        let places: Vec<usize> = columns.iter().filter_map(|column| table.position(column)).collect();
        self.prepare(&update_sql(table, &places))
    }

    /// Prepares the taking of a number.
    pub fn take_number(&self) -> Result<Prepared<'_>> {
        self.prepare(crate::engine::tx::TAKE_NUMBER.sql)
    }

    /// Runs some work in one durable transaction.
    pub fn transaction(&self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        self.db.execute_all("BEGIN IMMEDIATE")?;
        work()?;
        self.db.execute_all("COMMIT")
    }

    fn prepare(&self, sql: &str) -> Result<Prepared<'_>> {
        let connection: &Connection = &self.db.connection;
        connection.prepare_cached(sql).map(Prepared).map_err(driver)
    }
}

impl Prepared<'_> {
    /// Runs the statement; the rows it returns are read and dropped.
    pub fn run(&mut self, parameters: &[Value]) -> Result<()> {
        let mut rows = self.0.query(params_from_iter(parameters)).map_err(driver)?;
        while rows.next().map_err(driver)?.is_some() {}
        Ok(())
    }
}

/// The value of a column by its name. Fails where the table has no such column.
pub fn value_of(table: &Table, values: &[Value], column: &str) -> Result<Value> {
    let found = table.position(column).and_then(|place| values.get(place));
    found.cloned().ok_or_else(|| damaged(format!("no column {column}")))
}
