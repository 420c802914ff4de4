//! What the engine is told of the business above it: slices of commands, queries, tables, statements and lists.

use std::collections::BTreeSet;

use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::query::QueryEntry;
use crate::engine::rule::Rule;
use crate::engine::select::List;
use crate::engine::statement::Statement;
use crate::engine::table::Table;
use crate::engine::value::damaged;

/// One slice of the business: what it can do, what it can tell, what it keeps.
pub struct Slice {
    /// Its commands.
    pub commands: &'static [CommandEntry],
    /// Its queries.
    pub queries: &'static [QueryEntry],
    /// Its journaled tables; parents have lower codes than their children.
    pub tables: &'static [&'static Table],
    /// Its statements, for the test that prepares them.
    pub statements: &'static [&'static Statement],
    /// Its lists, whose texts the engine composes.
    pub lists: &'static [&'static List],
}

/// What the engine needs to know of the business above it.
pub struct Business {
    /// Every slice.
    pub slices: &'static [&'static Slice],
    /// What must hold of rows that an undo puts back.
    pub rules: &'static [Rule],
    /// What a user may do now. Rejected for a user who is gone or switched off.
    pub rights_of: fn(&Db, i64) -> Result<BTreeSet<Right>>,
    /// The company's time zone; UTC before there is a company.
    pub zone: fn(&Db) -> Result<Zone>,
}

impl Business {
    /// Every command, in the order of the slices.
    pub fn commands(&self) -> impl Iterator<Item = &'static CommandEntry> {
        self.slices.iter().flat_map(|slice| slice.commands)
    }

    /// Every query, in the order of the slices.
    pub fn queries(&self) -> impl Iterator<Item = &'static QueryEntry> {
        self.slices.iter().flat_map(|slice| slice.queries)
    }

    /// Every journaled table, in the order of the slices.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> {
        self.slices.iter().flat_map(|slice| slice.tables.iter().copied())
    }

    /// The table with this code. Fails where the journal names none of ours.
    pub fn table(&self, code: i64) -> Result<&'static Table> {
        self.tables().find(|table| table.code == code).ok_or_else(|| damaged(format!("no table has the code {code}")))
    }

    /// The command with this name. Rejected when there is none.
    pub fn command(&self, name: &str) -> Result<&'static CommandEntry> {
        let found = self.commands().find(|entry| entry.name == name);
        found.ok_or_else(|| Error::rejected("error.unknown_command").arg("name", name))
    }

    /// The query with this name. Rejected when there is none.
    pub fn query(&self, name: &str) -> Result<&'static QueryEntry> {
        let found = self.queries().find(|entry| entry.name == name);
        found.ok_or_else(|| Error::rejected("error.unknown_query").arg("name", name))
    }
}
