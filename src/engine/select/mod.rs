//! Lists that people page through, declared in constant fragments: what may be shown, filtered, sorted and summed.
//! Knows no particular list; values never stand in a text.

mod ask;
mod changed;
mod chosen;
mod compose;
mod group;
mod order;
mod page;
mod positions;
mod split;
mod texts;

use crate::base::error::{Error, Result};
pub use ask::{Ask, GroupTotals, Listed};
pub use changed::Since;
pub use chosen::Chosen;
pub use compose::Way;
pub use group::Grouping;
pub use order::MOST_SORTS;
pub use positions::Positions;
pub use split::{Part, Parted, Split};
pub use texts::Composed;

/// The most values one filter takes.
pub const MOST_VALUES: usize = 8;

/// The most rows one page holds.
pub const MOST_ROWS: i64 = 500;

/// How many rows a page holds where nobody says how many.
pub const USUAL_ROWS: i64 = 100;

/// How many rows a page is to hold, the usual number where none is asked for. Rejected at `limit` outside 1 to 500.
pub fn page_size(asked: Option<i64>, usual: i64) -> Result<i64> {
    let rows = asked.unwrap_or(usual);
    match (1..=MOST_ROWS).contains(&rows) {
        true => Ok(rows),
        false => Err(Error::rejected("error.limit_out_of_range").arg("most", MOST_ROWS).at("limit")),
    }
}

/// A list, declared once; `compose` makes its texts.
#[derive(Debug)]
pub struct List {
    /// The name of its query.
    pub name: &'static str,
    /// The table whose rows it shows.
    pub table: &'static str,
    /// The alias of that table in every fragment.
    pub alias: &'static str,
    /// What is shown, in the order of the row type.
    pub columns: &'static str,
    /// What `columns` need besides the table: `JOIN … ON …`.
    pub joins: &'static str,
    /// What it may be filtered by.
    pub filters: &'static [Filter],
    /// What it may be sorted by.
    pub sorts: &'static [Sort],
    /// What is summed over a filter, if anything.
    pub totals: Option<Totals>,
}

/// One filter. Its values are joined by OR, several filters by AND.
#[derive(Debug)]
pub struct Filter {
    /// As the query's argument is named.
    pub name: &'static str,
    /// The condition.
    pub test: Test,
    /// How few matching rows are found without looking at all the others.
    pub lead: Lead,
}

/// A condition on one row.
#[derive(Debug)]
pub enum Test {
    /// The column holds one of up to eight values.
    OneOf(&'static str),
    /// One of named conditions without values.
    Choice(&'static [Choice]),
    /// A condition with its own `?1`, `?2`, …; `{match TABLE ?1}` stands for a search table's matching row ids.
    Where(&'static str),
}

/// A condition that is chosen by its name.
#[derive(Debug)]
pub struct Choice {
    /// The name.
    pub name: &'static str,
    /// The condition.
    pub sql: &'static str,
    /// Whether the filter may lead when this alone is chosen.
    pub leads: bool,
}

/// How a filter's matches are found when they are few.
#[derive(Debug)]
pub enum Lead {
    /// They are not: the list is walked in the order of its sort.
    None,
    /// By an index, unless there are more than `most` of them.
    Index {
        /// The index.
        name: &'static str,
        /// The sorts in whose order this index gives the rows of one value.
        ordered: &'static [&'static str],
        /// Above how many matches walking is better.
        most: i64,
    },
    /// By a text that gives the row ids, unless there are more than `most` of them.
    Ids {
        /// The text, with the filter's own `?1`, `?2`, …; it gives no row twice, or it does not matter.
        sql: &'static str,
        /// Above how many matches walking is better.
        most: i64,
    },
}

impl Lead {
    /// So many rows are found by an index and sorted faster than the list is walked.
    pub const FEW: i64 = 10_000;

    /// By an index, unless there are more than `most` matches.
    pub const fn by(name: &'static str, ordered: &'static [&'static str], most: i64) -> Lead {
        Lead::Index { name, ordered, most }
    }
}

/// One sort: a total order, so its last column is unique.
#[derive(Debug)]
pub struct Sort {
    /// As the query's argument is named; with `-` before it the order is reversed.
    pub name: &'static str,
    /// The columns, all NOT NULL; the last one is the row's id. One with `?1` is asked for with a value, by a name of its
    /// own; its `?2` is what stands behind everything else, for rows that have nothing there.
    pub columns: &'static [&'static str],
    /// The index of the list's own table that gives the order (within one row of `through`, if that is set).
    pub index: &'static str,
    /// The table that comes first in the order, where it is another one.
    pub through: Option<Through>,
    /// Whether the index gives the order; else what matches is read from it and sorted each time.
    pub ordered: bool,
}

/// Another table by which a list is sorted.
#[derive(Debug)]
pub struct Through {
    /// Table and alias.
    pub table: &'static str,
    /// Its index that gives the order.
    pub index: &'static str,
    /// How many of the sort's first columns are its own; together they tell its row.
    pub columns: usize,
    /// The condition that joins it.
    pub on: &'static str,
}

/// Sums over a filter, one row a group (a currency), since groups cannot be added.
#[derive(Debug)]
pub struct Totals {
    /// The column that tells the groups apart.
    pub group: &'static str,
    /// The columns summed.
    pub sums: &'static [&'static str],
    /// The index that holds every column of filters and sums.
    pub index: &'static str,
    /// The ways in which the list falls apart into groups that are summed, too.
    pub splits: &'static [Split],
}

impl List {
    /// A question to this list: everything, in the order of its first sort, the first page.
    pub fn ask(&'static self) -> Ask {
        Ask::new(self)
    }

    /// The index that is walked to count rows: that of the first sort.
    pub(crate) fn counted_by(&self) -> Option<&'static str> {
        self.sorts.first().map(|sort| sort.index)
    }

    pub(crate) fn filter(&self, name: &str) -> Option<&'static Filter> {
        self.filters.iter().find(|filter| filter.name == name)
    }
}

impl Lead {
    /// Up to how many matches it is the better way; none where it never is.
    pub(crate) fn most(&self) -> Option<i64> {
        match self {
            Lead::None => None,
            Lead::Index { most, .. } | Lead::Ids { most, .. } => Some(*most),
        }
    }
}

impl Totals {
    /// What is summed, each behind a comma and with this behind it.
    pub(crate) fn summed(&self, named: impl Fn(usize) -> String) -> String {
        let sums = self.sums.iter().enumerate();
        sums.map(|(place, sum)| format!(", CAST(COALESCE(SUM({sum}), 0) AS BIGINT){}", named(place))).collect()
    }
}

/// Holds a list's declaration, so that tests find its fragments like the texts of `statements!`.
#[macro_export]
macro_rules! list {
    ($($item:item)*) => { $($item)* };
}
