//! Series: the running numbers of documents. A next number is only ever raised.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::base::right::Right;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::tx::Tx;
use crate::{params, result_row, statements};

/// Every series, by the document it numbers.
pub const NAMES: [&str; 4] = ["order", "invoice", "payment", "waybill"];

/// The largest next number: twelve digits still fit on paper.
const LARGEST: i64 = 999_999_999_999;

statements! {
    /// Starts a series at 1.
    START = "INSERT INTO series (name, next) VALUES (?1, 1)";
    /// Raises a series.
    RAISE = "UPDATE series SET next = ?2 WHERE name = ?1 AND next < ?2";
    /// Every series.
    ALL = "SELECT name, next FROM series ORDER BY name";
}

/// Series as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<RaiseSeries>()],
    queries: &[QueryEntry::of::<AllSeries>()],
    tables: &[],
    statements: STATEMENTS,
    lists: &[],
};

/// Starts every series at 1.
pub(crate) fn ship(tx: &mut Tx<'_>) -> Result<()> {
    for name in NAMES {
        tx.execute(&START, params![name.to_owned()])?;
    }
    Ok(())
}

/// Lets the next document of a series have a larger number: a shop that comes from another program goes on counting.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaiseSeries {
    /// Which series: `order`, `invoice`, `payment` or `waybill`.
    pub name: String,
    /// The number the next document gets.
    #[serde(deserialize_with = "lenient::int")]
    pub next: i64,
}

result_row! {
    /// A series and the number its next document gets.
    pub struct SeriesRow {
        /// The document it numbers.
        name: String,
        /// The number the next one gets.
        next: i64,
    }
}

/// What raising answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The number the next document gets.
    pub next: i64,
}

impl Command for RaiseSeries {
    const NAME: &'static str = "raise-series";
    const NEED: Need = Need::Right(Right::SettingsEdit);
    const UNDO: Undo = Undo::Never;
    type Output = Raised;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Raised> {
        let all: Vec<SeriesRow> = tx.rows(&ALL, params![])?;
        let series = all.into_iter().find(|series| series.name == self.name);
        let series =
            series.ok_or_else(|| Error::rejected("error.unknown_series").arg("series", &self.name).at("name"))?;
        if self.next <= series.next {
            return Err(Error::rejected("error.series_only_raised").arg("next", series.next).at("next"));
        }
        if self.next > LARGEST {
            return Err(Error::rejected("error.series_too_large").arg_number("most", LARGEST).at("next"));
        }
        tx.execute(&RAISE, params![self.name, self.next])?;
        Ok(Raised { next: self.next })
    }
}

/// Every series.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllSeries {}

impl Query for AllSeries {
    const NAME: &'static str = "series";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = SeriesRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<SeriesRow>> {
        view.rows(&ALL, params![])
    }
}
