//! The journal: one entry a command, with the row diffs it made, chained by SHA-256.

use ciborium::Value as Cbor;
use sha2::{Digest, Sha256};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::chain::Link;
use crate::engine::change::{RowChange, RowChanges};
use crate::engine::db::Db;
use crate::engine::table::Table;
use crate::engine::value::{Value, damaged};
use crate::{params, statements};

statements! {
    /// The first entry that wrote a row.
    FIRST_OF = "SELECT COALESCE(MIN(seq), 0) FROM journal_rows WHERE table_code = ?1 AND row_id = ?2";
    /// The end of the chain.
    HEAD = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1";
    /// The last entry before a moment. The clock may have gone back, the chain never does.
    UNTIL = "SELECT seq, hash FROM journal WHERE at < ?1 ORDER BY seq DESC LIMIT 1";
    /// Appends an entry; its number is known before, since its hash covers it.
    APPEND = "INSERT INTO journal (seq, at, user_id, command, arguments, command_id, batch_id, result, hash)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// Appends what an entry did to one row.
    APPEND_ROW = "INSERT INTO journal_rows (seq, table_code, row_id, kind, diff, digest)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// The rows of one entry.
    ROWS_OF = "SELECT table_code, row_id, kind, diff, digest FROM journal_rows WHERE seq = ?1
               ORDER BY table_code, row_id";
    /// How many rows the journal covers.
    COVERED = "SELECT COUNT(*) FROM journal_rows";
    /// The rows of one table in an entry.
    ROWS_IN = "SELECT table_code, row_id, kind, diff, digest FROM journal_rows WHERE seq = ?1 AND table_code = ?2
               ORDER BY row_id";
    /// The latest entry that touched a record, with the name of who made it.
    LATEST_OF = "SELECT j.seq, j.at, COALESCE(u.name, ''), j.command, r.digest
                 FROM journal_rows r
                 JOIN journal j ON j.seq = r.seq
                 LEFT JOIN users u ON u.id = j.user_id
                 WHERE r.table_code = ?1 AND r.row_id = ?2 ORDER BY r.seq DESC LIMIT 1";
    /// One entry.
    ENTRY = "SELECT seq, at, user_id, command, arguments, command_id, batch_id, result, hash
             FROM journal WHERE seq = ?1";
    /// The entries after one, in order, a page at a time.
    AFTER = "SELECT seq, at, user_id, command, arguments, command_id, batch_id, result, hash
             FROM journal WHERE seq > ?1 ORDER BY seq LIMIT 1000";
    /// The entry a command id made.
    BY_COMMAND_ID = "SELECT seq, user_id, command, arguments, result FROM journal WHERE command_id = ?1";
    /// The entries of a batch, newest first.
    OF_BATCH = "SELECT seq FROM journal WHERE batch_id = ?1 AND batch_id <> 0 ORDER BY seq DESC";
}

/// What an entry did to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The row is new.
    Create,
    /// Some of its columns changed.
    Update,
    /// The row is gone.
    Delete,
}

impl Kind {
    pub(crate) fn code(self) -> i64 {
        match self {
            Kind::Create => 1,
            Kind::Update => 2,
            Kind::Delete => 3,
        }
    }

    pub(crate) fn parse(code: i64) -> Result<Kind> {
        match code {
            1 => Ok(Kind::Create),
            2 => Ok(Kind::Update),
            3 => Ok(Kind::Delete),
            other => Err(damaged(format!("journal row of kind {other}"))),
        }
    }
}

/// What an entry did to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// The table's code.
    pub table_code: i64,
    /// The row's id.
    pub row_id: i64,
    /// What happened.
    pub kind: Kind,
    /// Changed columns with old and new value; for a deletion every column with its old one.
    pub diff: Vec<FieldDiff>,
    /// The digest of the row afterwards; empty after a deletion.
    pub digest: Vec<u8>,
}

/// One column's change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDiff {
    /// The column.
    pub column: String,
    /// Before.
    pub old: Value,
    /// After.
    pub new: Value,
}

/// The bare facts of one entry, in the order in which the chain covers them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When, in UTC milliseconds.
    pub at: i64,
    /// Who; 0 is the program itself.
    pub user_id: i64,
    /// The command's name.
    pub command: String,
    /// Its arguments, in CBOR.
    pub arguments: Vec<u8>,
    /// The id its sender gave it.
    pub command_id: Option<Vec<u8>>,
    /// The batch it belongs to; 0 for none.
    pub batch_id: i64,
    /// What it answered, as JSON.
    pub result: String,
}

/// A row as the chain sees it: table, id, kind, diff bytes, digest.
pub(crate) type SealedRow = (i64, i64, i64, Vec<u8>, Vec<u8>);

/// Hashes an entry onto the one before it.
fn chain_hash(previous: &[u8], entry: &Entry, rows: &[SealedRow]) -> Vec<u8> {
    let numbers = [entry.seq, entry.at, entry.user_id, entry.batch_id];
    let command_id = entry.command_id.as_deref().unwrap_or_default();
    let parts = [entry.command.as_bytes(), &entry.arguments, command_id, entry.result.as_bytes()];
    let mut link = Link::of(previous, numbers, parts);
    for (table_code, row_id, kind, diff, digest) in rows {
        link.row([*table_code, *row_id, *kind], [diff, digest]);
    }
    link.hash()
}

/// Sixteen bytes that change when anything in a row does. Columns still blank stay out.
pub fn digest(table: &Table, values: &[Value]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(table.code.to_le_bytes());
    for (info, value) in table.columns.iter().zip(values) {
        if value.is_blank(info.nullable) {
            continue;
        }
        hasher.update(info.name.as_bytes());
        match value {
            Value::Null => hasher.update([0, b'n']),
            Value::Int(number) => {
                hasher.update([0, b'i']);
                hasher.update(number.to_le_bytes());
            }
            Value::Text(text) => {
                hasher.update([0, b't']);
                hasher.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
                hasher.update(text.as_bytes());
            }
            Value::Blob(bytes) => {
                hasher.update([0, b'b']);
                hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
                hasher.update(bytes);
            }
        }
    }
    hasher.finalize().iter().take(16).copied().collect()
}

/// Seals what a command did: its rows as they go to the file, in the order of table and id.
pub(crate) fn seal(rows: &RowChanges) -> Result<Vec<SealedRow>> {
    let mut sealed = Vec::with_capacity(rows.len());
    for ((table_code, row_id), change) in rows {
        if let Some((kind, diff)) = difference(change) {
            let after = change.after.as_ref().map(|values| digest(change.table, values)).unwrap_or_default();
            let bytes = if diff.is_empty() { Vec::new() } else { encode(&diff)? };
            sealed.push((*table_code, *row_id, kind.code(), bytes, after));
        }
    }
    Ok(sealed)
}

fn difference(change: &RowChange) -> Option<(Kind, Vec<FieldDiff>)> {
    let secret = change.table.secret;
    match (&change.before, &change.after) {
        (None, None) => None,
        (None, Some(_)) => Some((Kind::Create, Vec::new())),
        (Some(old), None) => {
            let fields = change.table.columns.iter().zip(old);
            let diff = fields.map(|(info, old)| FieldDiff {
                column: info.name.to_owned(),
                old: old.clone(),
                new: Value::Null,
            });
            Some((Kind::Delete, if secret { Vec::new() } else { diff.collect() }))
        }
        (Some(old), Some(new)) => {
            let fields = change.table.columns.iter().zip(old.iter().zip(new)).skip(2);
            let changed = fields.filter(|(_, (old, new))| old != new && !secret);
            let diff = changed.map(|(info, (old, new))| FieldDiff {
                column: info.name.to_owned(),
                old: old.clone(),
                new: new.clone(),
            });
            Some((Kind::Update, diff.collect()))
        }
    }
}

fn encode(diff: &[FieldDiff]) -> Result<Vec<u8>> {
    let fields = diff
        .iter()
        .map(|field| Cbor::Array(vec![Cbor::Text(field.column.clone()), to_cbor(&field.old), to_cbor(&field.new)]));
    let mut bytes = Vec::new();
    ciborium::into_writer(&Cbor::Array(fields.collect()), &mut bytes).map_err(damaged)?;
    Ok(bytes)
}

/// The diff of a row as it stands in the journal.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<FieldDiff>> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let Cbor::Array(fields) = ciborium::from_reader(bytes).map_err(damaged)? else {
        return Err(damaged("a journal diff is no list"));
    };
    fields.into_iter().map(decode_field).collect()
}

fn decode_field(field: Cbor) -> Result<FieldDiff> {
    let Cbor::Array(parts) = field else {
        return Err(damaged("a journal field is no list"));
    };
    match <[Cbor; 3]>::try_from(parts) {
        Ok([Cbor::Text(column), old, new]) => Ok(FieldDiff { column, old: from_cbor(old)?, new: from_cbor(new)? }),
        _ => Err(damaged("a journal field has other parts than name, old, new")),
    }
}

fn to_cbor(value: &Value) -> Cbor {
    match value {
        Value::Null => Cbor::Null,
        Value::Int(number) => Cbor::Integer((*number).into()),
        Value::Text(text) => Cbor::Text(text.clone()),
        Value::Blob(bytes) => Cbor::Bytes(bytes.clone()),
    }
}

fn from_cbor(value: Cbor) -> Result<Value> {
    match value {
        Cbor::Null => Ok(Value::Null),
        Cbor::Integer(number) => i64::try_from(i128::from(number)).map(Value::Int).map_err(damaged),
        Cbor::Text(text) => Ok(Value::Text(text)),
        Cbor::Bytes(bytes) => Ok(Value::Blob(bytes)),
        other => Err(damaged(format!("a journal value is {other:?}"))),
    }
}

/// Number and hash of the last entry; 0 and nothing in a new file.
pub(crate) fn head(db: &Db) -> Result<(i64, Vec<u8>)> {
    Ok(db.row(&HEAD, &[])?.unwrap_or((0, Vec::new())))
}

/// Number and hash of the last entry before a moment; 0 and nothing where there is none.
pub fn until(db: &Db, moment: Instant) -> Result<(i64, Vec<u8>)> {
    Ok(db.row(&UNTIL, params![moment])?.unwrap_or((0, Vec::new())))
}

/// The number of the entry that made a row; 0 where there is none.
pub(crate) fn made(db: &Db, table: &Table, id: i64) -> Result<i64> {
    let found: Option<(i64,)> = db.row(&FIRST_OF, params![table.code, id])?;
    Ok(found.map_or(0, |(seq,)| seq))
}

/// The hash of an entry, which covers every entry before it; none where there is no such entry.
pub fn root(db: &Db, seq: i64) -> Result<Option<Vec<u8>>> {
    let found: Option<(Entry, Vec<u8>)> = db.row(&ENTRY, params![seq])?;
    Ok(found.map(|(_, hash)| hash))
}

/// How many rows of all entries the chain covers.
pub(crate) fn covered(db: &Db) -> Result<u64> {
    let found: Option<(i64,)> = db.row(&COVERED, &[])?;
    Ok(found.and_then(|(rows,)| u64::try_from(rows).ok()).unwrap_or_default())
}

/// When an entry was made. Fails where there is none.
pub fn moment(db: &Db, seq: i64) -> Result<Instant> {
    Ok(Instant::from_millis(entry(db, seq)?.0.at))
}

/// The hash of one entry. Fails where there is none.
pub(crate) fn hash_of(db: &Db, seq: i64) -> Result<Vec<u8>> {
    Ok(entry(db, seq)?.1)
}

/// Fails where an entry does not follow from the one before it, or its rows are not what it sealed.
pub(crate) fn verify_entry(db: &Db, seq: i64) -> Result<()> {
    let (entry, hash) = entry(db, seq)?;
    let previous = if seq == 1 { Vec::new() } else { self::entry(db, seq - 1)?.1 };
    let rows: Vec<SealedRow> = db.rows(&ROWS_OF, params![seq])?;
    if chain_hash(&previous, &entry, &rows) == hash {
        Ok(())
    } else {
        Err(damaged(format!("journal entry {seq} does not follow from the one before it")))
    }
}

/// Up to a thousand entries after one, in order.
pub fn entries(db: &Db, after: i64) -> Result<Vec<Entry>> {
    let found: Vec<(Entry, Vec<u8>)> = db.rows(&AFTER, params![after])?;
    Ok(found.into_iter().map(|(entry, _)| entry).collect())
}

fn entry(db: &Db, seq: i64) -> Result<(Entry, Vec<u8>)> {
    db.row(&ENTRY, params![seq])?.ok_or_else(|| damaged(format!("journal entry {seq} is missing")))
}

/// Appends an entry with its rows to the chain.
pub(crate) fn append(db: &Db, previous: &[u8], entry: &Entry, rows: &[SealedRow]) -> Result<()> {
    let hash = chain_hash(previous, entry, rows);
    db.execute_sql(
        APPEND.sql,
        params![
            entry.seq,
            entry.at,
            entry.user_id,
            entry.command,
            entry.arguments,
            entry.command_id,
            entry.batch_id,
            entry.result,
            hash
        ],
    )?;
    for (table_code, row_id, kind, diff, digest) in rows {
        db.execute_sql(APPEND_ROW.sql, params![entry.seq, *table_code, *row_id, *kind, *diff, *digest])?;
    }
    Ok(())
}

/// What an entry did to each row. Fails where the journal is damaged.
pub fn rows_of(db: &Db, seq: i64) -> Result<Vec<JournalRow>> {
    opened(db.rows(&ROWS_OF, params![seq])?)
}

/// The same, to the rows of one table.
pub fn rows_in(db: &Db, seq: i64, table: &Table) -> Result<Vec<JournalRow>> {
    opened(db.rows(&ROWS_IN, params![seq, table.code])?)
}

fn opened(sealed: Vec<SealedRow>) -> Result<Vec<JournalRow>> {
    sealed
        .into_iter()
        .map(|(table_code, row_id, kind, diff, digest)| {
            Ok(JournalRow { table_code, row_id, kind: Kind::parse(kind)?, diff: decode(&diff)?, digest })
        })
        .collect()
}

/// Reads entries in the order of their columns; the stored hash comes last.
impl crate::engine::table::FromRow for (Entry, Vec<u8>) {
    fn from_row(columns: &mut crate::engine::table::Columns) -> Result<Self> {
        let entry = Entry {
            seq: columns.take()?,
            at: columns.take()?,
            user_id: columns.take()?,
            command: columns.take()?,
            arguments: columns.take()?,
            command_id: columns.take()?,
            batch_id: columns.take()?,
            result: columns.take()?,
        };
        Ok((entry, columns.take()?))
    }
}
