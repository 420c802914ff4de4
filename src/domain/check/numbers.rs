//! Numbers without gaps: each follows the one before it, but where somebody raised the series. The number of an imported
//! order that was taken back whole counts as given.

use std::collections::BTreeSet;

use crate::base::error::{Error, Result};
use crate::domain::check::{NEXT, RAISED, REMOVED};
use crate::domain::order::Order;
use crate::domain::series::RaiseSeries;
use crate::engine::command::Command as _;
use crate::engine::db::Db;
use crate::engine::journal::{self, Kind};
use crate::engine::table::Row as _;
use crate::engine::value::{Value, damaged};
use crate::params;

/// Adds every gap, every repetition, and a series that does not follow its last document.
pub(super) fn check(db: &Db, series: &'static str, mut taken: Vec<i64>, found: &mut Vec<Error>) -> Result<()> {
    let next: Option<(i64,)> = db.row(&NEXT, params![series.to_owned()])?;
    let raised = raised(db, series)?;
    if series == "order" {
        let standing: BTreeSet<i64> = taken.iter().copied().collect();
        taken.extend(removed(db)?.difference(&standing));
    }
    taken.sort_unstable();
    let mut expected = 1;
    for number in taken.into_iter().chain(next.map(|(next,)| next)) {
        if number < expected {
            found.push(named("check.number_twice", series, number));
        } else if number > expected && !raised.contains(&number) {
            found.push(named("check.number_missing", series, expected));
        }
        expected = number.saturating_add(1);
    }
    Ok(())
}

fn raised(db: &Db, series: &str) -> Result<BTreeSet<i64>> {
    let all: Vec<(Vec<u8>,)> = db.rows(&RAISED, params![RaiseSeries::NAME.to_owned()])?;
    let read = |(arguments,): (Vec<u8>,)| ciborium::from_reader(arguments.as_slice()).map_err(damaged);
    let all: Vec<RaiseSeries> = all.into_iter().map(read).collect::<Result<_>>()?;
    Ok(all.into_iter().filter(|raise| raise.name == series).map(|raise| raise.next).collect())
}

/// The numbers of orders that are no longer there, out of the journal.
fn removed(db: &Db) -> Result<BTreeSet<i64>> {
    let entries: Vec<(i64,)> = db.rows(&REMOVED, params![Order::TABLE.code, Kind::Delete.code()])?;
    let mut numbers = BTreeSet::new();
    for (seq,) in entries {
        let rows = journal::rows_of(db, seq)?.into_iter().filter(|row| row.table_code == Order::TABLE.code);
        let fields = rows.filter(|row| row.kind == Kind::Delete).flat_map(|row| row.diff);
        numbers.extend(fields.filter(|field| field.column == "number").filter_map(|field| match field.old {
            Value::Int(number) => Some(number),
            _ => None,
        }));
    }
    Ok(numbers)
}

fn named(key: &'static str, series: &str, number: i64) -> Error {
    Error::failure(key, format!("{series} {number}"))
        .named("series", format!("check.series.{series}"))
        .arg("number", number)
}
