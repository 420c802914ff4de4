//! What must hold of a row however it came to stand so: asked after an undo, which runs no command that would ask.

use crate::base::error::{Error, Result};
use crate::engine::change::RowChange;
use crate::engine::table::{Columns, Row, Table};
use crate::engine::tx::Tx;
use crate::engine::value::Value;

/// A row that an undo may not simply put back.
pub trait Ruled: Row {
    /// Rejected, saying what to do first, where no command would bring the row from `before` to `now`; none stands
    /// for a row that is not there. The file already holds everything as it would be.
    fn put_back(tx: &Tx<'_>, before: Option<&Self>, now: Option<&Self>) -> Result<()>;

    /// What to say where the row must go and cannot, since others refer to it.
    fn stays(&self) -> Error {
        Error::rejected("error.still_used")
    }
}

/// The rule of one table, without its type: what the registry holds.
pub struct Rule {
    table: &'static Table,
    put_back: fn(&Tx<'_>, &RowChange) -> Result<()>,
    stays: fn(&[Value]) -> Result<Error>,
}

impl Rule {
    /// The rule of a table.
    pub const fn of<R: Ruled>() -> Rule {
        Rule { table: R::TABLE, put_back: put_back::<R>, stays: stays::<R> }
    }
}

/// Rejected where one of the rows that an undo has changed may not stand so.
pub(crate) fn hold(tx: &Tx<'_>) -> Result<()> {
    for change in tx.changes.values() {
        if let Some(rule) = rule_of(tx, change.table) {
            (rule.put_back)(tx, change)?;
        }
    }
    Ok(())
}

/// A refusal of the driver in the words of the table's rule: somebody refers to the row that was to go.
pub(crate) fn worded(tx: &Tx<'_>, table: &Table, row: &[Value], error: Error) -> Error {
    match rule_of(tx, table) {
        Some(rule) if error.key() == "error.still_used" => (rule.stays)(row).unwrap_or(error),
        _ => error,
    }
}

fn rule_of(tx: &Tx<'_>, table: &Table) -> Option<&'static Rule> {
    tx.business.rules.iter().find(|rule| rule.table.code == table.code)
}

fn put_back<R: Ruled>(tx: &Tx<'_>, change: &RowChange) -> Result<()> {
    let read = |values: &Option<Vec<Value>>| values.as_deref().map(read::<R>).transpose();
    R::put_back(tx, read(&change.before)?.as_ref(), read(&change.after)?.as_ref())
}

fn stays<R: Ruled>(row: &[Value]) -> Result<Error> {
    read::<R>(row).map(|row| row.stays())
}

fn read<R: Ruled>(values: &[Value]) -> Result<R> {
    R::from_row(&mut Columns::new(values.to_vec()))
}
