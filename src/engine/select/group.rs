//! Rows of a list brought together by some of its columns: what reports read, found by the list's own filters.

use crate::base::error::{Error, Result};
use crate::engine::db::Db;
use crate::engine::dialect::Dialect;
use crate::engine::select::Ask;
use crate::engine::select::compose::{Matching, Text};
use crate::engine::select::{Composed, List};
use crate::engine::table::FromRow;

/// By what the rows of a list are brought together, and what is summed.
#[derive(Debug)]
pub struct Grouping {
    /// What it is called in messages of tests.
    pub name: &'static str,
    /// The list.
    pub list: &'static List,
    /// The columns that tell the groups apart.
    pub keys: &'static [&'static str],
    /// What is summed over each group.
    pub sums: &'static [&'static str],
    /// The index that is walked where no filter leads.
    pub index: &'static str,
}

impl Grouping {
    /// Every text it makes of one filter of its list or none, each way, for tests.
    pub fn texts(&'static self, dialect: Dialect) -> Vec<Composed> {
        self.list.grouped_texts(dialect, self)
    }
}

impl Ask {
    /// The groups of everything that matches, in the order of their keys: keys, count, sums. Pages do not matter.
    pub fn grouped<T: FromRow>(&self, db: &Db, grouping: &'static Grouping) -> Result<Vec<T>> {
        if !std::ptr::eq(self.list, grouping.list) {
            return Err(Error::failure("error.list_broken", format!("{} is of another list", grouping.name)));
        }
        let rows = Matching { list: self.list, given: &self.given, way: self.way(db, None)? };
        let text = grouped(db.dialect(), rows, grouping);
        db.rows_of(&text.sql, &text.values)
    }
}

/// Keys, count and sums of everything that matches.
pub(super) fn grouped(dialect: Dialect, rows: Matching<'_>, grouping: &Grouping) -> Text {
    let mut text = Text::new(dialect);
    let keys = grouping.keys.join(", ");
    text.add(&format!("SELECT {keys}, COUNT(*)"));
    for sum in grouping.sums {
        text.add(&format!(", CAST(COALESCE(SUM({sum}), 0) AS BIGINT)"));
    }
    text.rows(rows, Some(grouping.index), None);
    text.add(&format!(" GROUP BY {keys} ORDER BY {keys}"));
    text
}
