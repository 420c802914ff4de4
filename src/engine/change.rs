//! What a commit touched: kept while a command runs, told to the screens afterwards.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::table::Table;
use crate::engine::value::Value;

/// How many row ids of a table a notice names; beyond that the whole table counts as changed.
const NAMED_ROWS: usize = 64;

/// One row before and after a command.
#[derive(Debug)]
pub(crate) struct RowChange {
    pub table: &'static Table,
    pub before: Option<Vec<Value>>,
    pub after: Option<Vec<Value>>,
}

/// The rows a command touched, by table code and row id.
pub(crate) type RowChanges = BTreeMap<(i64, i64), RowChange>;

/// Which tables, and up to 64 rows of each, a commit touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    tables: BTreeMap<&'static str, BTreeSet<i64>>,
}

impl Changes {
    pub(crate) fn of(rows: &RowChanges) -> Changes {
        let mut changes = Changes::default();
        for ((_, id), change) in rows {
            let ids = changes.tables.entry(change.table.name).or_default();
            if ids.len() <= NAMED_ROWS {
                ids.insert(*id);
            }
        }
        changes
    }

    /// Adds what another commit touched.
    pub fn merge(&mut self, other: Changes) {
        for (table, ids) in other.tables {
            self.tables.entry(table).or_default().extend(ids);
        }
    }

    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Whether a table was touched.
    pub fn touches(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// The touched tables.
    pub fn tables(&self) -> impl Iterator<Item = &'static str> {
        self.tables.keys().copied()
    }

    /// The touched rows of a table; `None` when too many to name.
    pub fn rows(&self, table: &str) -> Option<&BTreeSet<i64>> {
        self.tables.get(table).filter(|ids| ids.len() <= NAMED_ROWS)
    }
}
