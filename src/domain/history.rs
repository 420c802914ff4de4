//! The journal as people read it: who, when, what, and each field's old and new value. Secrets and costs stay masked.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::error::Result;
use crate::base::lenient;
use crate::base::right::Right;
use crate::base::text;
use crate::engine::command::Need;
use crate::engine::journal::{self, JournalRow, Kind};
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Table;
use crate::engine::value::Value;
use crate::{params, statements};

statements! {
    /// The entries before one, newest first.
    BEFORE = "SELECT j.seq, j.at, j.user_id, COALESCE(u.login, ''), j.command
              FROM journal j LEFT JOIN users u ON u.id = j.user_id
              WHERE j.seq < ?1 ORDER BY j.seq DESC LIMIT ?2";
    /// The entries that touched a record, oldest first.
    OF_RECORD = "SELECT j.seq, j.at, j.user_id, COALESCE(u.login, ''), j.command
                 FROM journal_rows r JOIN journal j ON j.seq = r.seq LEFT JOIN users u ON u.id = j.user_id
                 WHERE r.table_code = ?1 AND r.row_id = ?2 ORDER BY r.seq";
}

/// What can be asked of the journal.
pub const SLICE: Slice = Slice {
    commands: &[],
    queries: &[QueryEntry::of::<JournalQuery>()],
    tables: &[],
    statements: STATEMENTS,
    lists: &[],
};

/// Columns that only people with the right to see costs may read.
const COST_COLUMNS: &[&str] = &["cost"];

/// The journal, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalQuery {
    /// Only entries before this one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub after: Option<i64>,
    /// How many; 100 when left out, 500 at most.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

/// One entry, with what it did to each row.
#[derive(Clone, Debug, Serialize)]
pub struct Happening {
    /// The entry's number.
    pub seq: i64,
    /// When, RFC 3339 with the company's offset.
    pub at: String,
    /// Who; empty for the program itself.
    pub user: String,
    /// The command.
    pub command: String,
    /// What changed, field by field.
    pub fields: Vec<FieldChange>,
}

/// One field's change.
#[derive(Clone, Debug, Serialize)]
pub struct FieldChange {
    /// The table.
    pub table: &'static str,
    /// The row.
    pub id: i64,
    /// `created`, `removed`, or the column.
    pub field: String,
    /// Before.
    pub old: Json,
    /// After.
    pub new: Json,
}

impl Query for JournalQuery {
    const NAME: &'static str = "journal";
    const NEED: Need = Need::Right(Right::JournalView);
    type Row = Happening;

    fn run(&self, view: &View<'_>) -> Result<Vec<Happening>> {
        let before = self.after.unwrap_or(i64::MAX);
        let limit = self.limit.unwrap_or(100).clamp(1, 500);
        let entries: Vec<(i64, i64, i64, String, String)> = view.rows(&BEFORE, params![before, limit])?;
        entries.into_iter().map(|entry| happening(view, entry, |_| true)).collect()
    }
}

/// What happened to one record, oldest first.
pub fn of_record(view: &View<'_>, table: &Table, id: i64) -> Result<Vec<Happening>> {
    let entries: Vec<(i64, i64, i64, String, String)> = view.rows(&OF_RECORD, params![table.code, id])?;
    entries
        .into_iter()
        .map(|entry| happening(view, entry, |row| row.table_code == table.code && row.row_id == id))
        .collect()
}

fn happening(
    view: &View<'_>,
    (seq, at, _, user, command): (i64, i64, i64, String, String),
    wanted: impl Fn(&JournalRow) -> bool,
) -> Result<Happening> {
    let mut fields = Vec::new();
    for row in journal::rows_of(view, seq)?.into_iter().filter(|row| wanted(row)) {
        let table = crate::domain::BUSINESS.table(row.table_code)?;
        if !table.secret {
            fields.extend(changes(view, table, &row));
        }
    }
    let at = crate::base::date::Instant::from_millis(at).rfc3339(*view.zone());
    Ok(Happening { seq, at, user, command, fields })
}

fn changes(view: &View<'_>, table: &'static Table, row: &JournalRow) -> Vec<FieldChange> {
    let change =
        |field: &str, old, new| FieldChange { table: table.name, id: row.row_id, field: field.to_owned(), old, new };
    match row.kind {
        Kind::Create => vec![change("created", Json::Null, Json::Null)],
        Kind::Delete => vec![change("removed", Json::Null, Json::Null)],
        Kind::Update => {
            let seen = row
                .diff
                .iter()
                .filter(|diff| view.actor().can(Right::CostView) || !COST_COLUMNS.contains(&diff.column.as_str()));
            seen.map(|diff| change(&diff.column, json(&diff.old), json(&diff.new))).collect()
        }
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(number) => Json::from(*number),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Blob(bytes) => Json::from(text::hex(bytes)),
    }
}
