//! The generic inverse: a command's journal diffs, applied backward where nothing has changed since.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::base::right::Right;
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::journal::{self, Entry, JournalRow, Kind};
use crate::engine::past;
use crate::engine::rule;
use crate::engine::store::Slice;
use crate::engine::table::Table;
use crate::engine::tx::{Tx, select_sql};
use crate::engine::value::{Value, damaged};
use crate::params;

/// What the engine itself can do.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<UndoCommand>()],
    queries: &[],
    tables: &[],
    statements: journal::STATEMENTS,
    lists: &[],
};

/// Takes back one command, by its number in the journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoCommand {
    /// The entry's number.
    #[serde(deserialize_with = "lenient::int")]
    pub seq: i64,
}

/// What an undo answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Undone {
    /// The entry that was taken back.
    pub seq: i64,
    /// What the reversing document answered, if one was made.
    pub reversal: Option<Json>,
}

impl Command for UndoCommand {
    const NAME: &'static str = "undo";
    const NEED: Need = Need::SignedIn;
    const UNDO: Undo = Undo::Generic;
    type Output = Undone;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Undone> {
        let entry = entry_of(tx, self.seq)?;
        let command = tx.business.command(&entry.command)?;
        command.need.admit(&tx.actor)?;
        if entry.user_id != tx.actor.user {
            tx.actor.require(Right::UndoAll)?;
        }
        if command.name == Self::NAME {
            posted_stays(tx, &entry)?;
        }
        let reversal = match command.undo {
            Undo::Never => return Err(never(command)),
            Undo::Generic => {
                invert(tx, [self.seq])?;
                None
            }
            Undo::Reversal => Some(reverse(tx, &entry)?),
        };
        Ok(Undone { seq: self.seq, reversal })
    }
}

fn never(command: &CommandEntry) -> Error {
    Error::rejected("error.undo_never").named("command", format!("command.{}", command.name))
}

/// Taking back an undo does its command again: that needs the command's right, and a reversing document that was posted
/// keeps its number, so it stays.
fn posted_stays(tx: &Tx<'_>, undo: &Entry) -> Result<()> {
    let undone: Undone = serde_json::from_str(&undo.result).map_err(damaged)?;
    let entry = entry_of(tx, undone.seq)?;
    let command = tx.business.command(&entry.command)?;
    command.need.admit(&tx.actor)?;
    if command.undo != Undo::Reversal {
        return if command.name == UndoCommand::NAME { posted_stays(tx, &entry) } else { Ok(()) };
    }
    let reversing = (command.reverse)(&entry.arguments, &entry.result)?;
    match reversing.map(|(name, _)| tx.business.command(name)).transpose()? {
        Some(reversing) if reversing.undo == Undo::Generic => Ok(()),
        _ => Err(never(command)),
    }
}

fn reverse(tx: &mut Tx<'_>, entry: &Entry) -> Result<Json> {
    let command = tx.business.command(&entry.command)?;
    let Some((name, arguments)) = (command.reverse)(&entry.arguments, &entry.result)? else {
        return Err(never(command));
    };
    tx.run_inner(name, arguments)
}

fn entry_of(tx: &Tx<'_>, seq: i64) -> Result<Entry> {
    let found: Option<(Entry, Vec<u8>)> = tx.row(&journal::ENTRY, params![seq])?;
    found.map(|(entry, _)| entry).ok_or_else(|| Error::missing("journal", seq))
}

/// Applies the diffs of entries backward, one entry after the other. Rejected, naming the later change, where a row has
/// changed since, and where the rule of a table does not let a row be put back.
pub fn invert(tx: &mut Tx<'_>, seqs: impl IntoIterator<Item = i64>) -> Result<()> {
    seqs.into_iter().try_for_each(|seq| put_back(tx, seq))?;
    rule::hold(tx)
}

fn put_back(tx: &mut Tx<'_>, seq: i64) -> Result<()> {
    let rows = journal::rows_of(tx, seq)?;
    for row in rows.iter().filter(|row| row.kind == Kind::Delete) {
        restore(tx, row)?;
    }
    for row in rows.iter().filter(|row| row.kind == Kind::Update) {
        step_back(tx, row)?;
    }
    for row in rows.iter().rev().filter(|row| row.kind == Kind::Create) {
        let (table, current) = unchanged(tx, row)?;
        tx.delete_values(table, &current).map_err(|error| rule::worded(tx, table, &current, error))?;
    }
    Ok(())
}

/// Brings a removed row back under its own id.
fn restore(tx: &mut Tx<'_>, row: &JournalRow) -> Result<()> {
    let table = tx.business.table(row.table_code)?;
    if table.secret {
        return Err(Error::rejected("error.undo_never").named("command", format!("table.{}", table.name)));
    }
    let values = past::before(table, vec![Value::Null; table.columns.len()], &row.diff);
    tx.insert_values(table, values).map_err(refers_to_nothing)?;
    Ok(())
}

fn step_back(tx: &mut Tx<'_>, row: &JournalRow) -> Result<()> {
    let (table, current) = unchanged(tx, row)?;
    if table.secret {
        return Err(Error::rejected("error.undo_never").named("command", format!("table.{}", table.name)));
    }
    let earlier = past::before(table, current.clone(), &row.diff);
    tx.store_values(table, &current, earlier).map_err(refers_to_nothing)?;
    Ok(())
}

/// What a row referred to may have been removed since.
fn refers_to_nothing(error: Error) -> Error {
    if error.key() == "error.still_used" { Error::rejected("error.undo_refers_to_nothing") } else { error }
}

/// The row as it stands, if it is still what the entry left. A later change that was itself taken back counts as
/// none, though it has left the row's version higher.
fn unchanged(tx: &Tx<'_>, row: &JournalRow) -> Result<(&'static Table, Vec<Value>)> {
    let table = tx.business.table(row.table_code)?;
    let found: Vec<Vec<Value>> = tx.rows_of(&select_sql(table, true), params![row.row_id])?;
    if let Some(current) = found.into_iter().next()
        && past::at_digest(table, current.clone(), &row.digest).is_some()
    {
        return Ok((table, current));
    }
    let latest: Option<(i64, i64, String, String, Vec<u8>)> =
        tx.row(&journal::LATEST_OF, params![row.table_code, row.row_id])?;
    let (seq, _, _, command, _) = latest.ok_or_else(|| damaged("a journaled row has no entry"))?;
    Err(Error::rejected("error.undo_changed").arg("seq", seq).named("command", format!("command.{command}")))
}
