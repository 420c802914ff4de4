//! What a commit touched: kept while a command runs, told to the screens afterwards.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::table::Table;
use crate::engine::value::Value;

/// One row before and after a command.
#[derive(Debug)]
pub(crate) struct RowChange {
    pub table: &'static Table,
    pub before: Option<Vec<Value>>,
    pub after: Option<Vec<Value>>,
}

/// The rows a command touched, by table code and row id.
pub(crate) type RowChanges = BTreeMap<(i64, i64), RowChange>;

/// Which tables a commit touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(BTreeSet<&'static str>);

impl Changes {
    pub(crate) fn of(rows: &RowChanges) -> Changes {
        Changes(rows.values().map(|change| change.table.name).collect())
    }

    /// Of all these tables nobody knows what was touched.
    pub(crate) fn anywhere(tables: impl Iterator<Item = &'static Table>) -> Changes {
        Changes(tables.map(|table| table.name).collect())
    }

    /// Adds what another commit touched.
    pub fn merge(&mut self, other: Changes) {
        self.0.extend(other.0);
    }

    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a table was touched.
    pub fn touches(&self, table: &str) -> bool {
        self.0.contains(table)
    }

    /// The touched tables.
    pub fn tables(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }
}
