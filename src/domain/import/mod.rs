//! What an import leaves behind: its batches, and which outside record became which row of ours.

pub mod batch;
pub mod kind;
pub mod record;

pub use kind::ImportKind;

use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::order::Order;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::{code_column, params, statements, table};

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BatchState {
    /// Rows are still to come: it runs, or was stopped and goes on when the same file is sent again.
    Open,
    /// Every row was dealt with.
    Done,
    /// Everything it brought was taken back.
    Undone,
}

impl BatchState {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            BatchState::Open => "open",
            BatchState::Done => "done",
            BatchState::Undone => "undone",
        }
    }

    /// The state with this text, if there is one.
    pub fn parse(text: &str) -> Option<BatchState> {
        [BatchState::Open, BatchState::Done, BatchState::Undone].into_iter().find(|state| state.code() == text)
    }
}

code_column!(BatchState);

table! {
    /// One import of one file.
    pub struct ImportBatch in "import_batches" code 60 {
        /// What was imported.
        kind: ImportKind,
        /// The file's name.
        file_name: String,
        /// SHA-256 of the file and of how it was read.
        file_hash: Vec<u8>,
        /// How far it is.
        state: BatchState,
        /// The first record not yet dealt with, from 0.
        next_row: i64,
        /// Rows read.
        rows_read: i64,
        /// Rows that became records.
        added: i64,
        /// Rows that changed records.
        changed: i64,
        /// Rows that were there already.
        unchanged: i64,
        /// Rows refused.
        rejected: i64,
    }
}

table! {
    /// Which outside record became which row of ours.
    pub struct ImportKey in "import_keys" code 61 {
        /// What was imported.
        kind: ImportKind,
        /// The outside system, as the mapping names it.
        source: String,
        /// The record's key there.
        key: String,
        /// Our row.
        row_id: i64,
        /// SHA-256 of what was brought, to know whether it changed.
        content_hash: Vec<u8>,
        /// The batch that brought it last.
        batch_id: Id<ImportBatch>,
    }
}

statements! {
    /// The row of ours that an outside record became.
    KEY = "SELECT id, version, kind, source, key, row_id, content_hash, batch_id FROM import_keys
           WHERE kind = ?1 AND source = ?2 AND key = ?3";
    /// The open batch of a file.
    OPEN_BATCH = "SELECT id, version, kind, file_name, file_hash, state, next_row, rows_read, added, changed,
                    unchanged, rejected
                  FROM import_batches WHERE kind = ?1 AND file_hash = ?2 AND state = 'open' ORDER BY id DESC LIMIT 1";
    /// Batches, newest first.
    BATCHES = "SELECT id, version, kind, file_name, file_hash, state, next_row, rows_read, added, changed,
                 unchanged, rejected
               FROM import_batches WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    /// What a batch brought, newest first, with who brought it.
    BROUGHT = "SELECT seq, user_id FROM journal
               WHERE batch_id = ?1 AND batch_id <> 0 AND command = 'import-record' ORDER BY seq DESC";
}

/// What can be done with imports.
pub const SLICE: Slice = Slice {
    commands: &[
        CommandEntry::of::<batch::OpenImport>(),
        CommandEntry::of::<record::ImportRecord>(),
        CommandEntry::of::<batch::NoteImport>(),
        CommandEntry::of::<batch::UndoBatch>(),
    ],
    queries: &[QueryEntry::of::<batch::ImportBatches>()],
    tables: &[ImportBatch::TABLE, ImportKey::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// What an outside record became, if it was brought before.
pub fn known(db: &Db, kind: ImportKind, source: &str, key: &str) -> Result<Option<ImportKey>> {
    db.row(&KEY, params![kind, source.to_owned(), key.to_owned()])
}

/// The batch of a file that was not read to its end.
pub fn open_batch(db: &Db, kind: ImportKind, file_hash: &[u8]) -> Result<Option<ImportBatch>> {
    db.row(&OPEN_BATCH, params![kind, file_hash.to_vec()])
}

/// The order that an imported record became, to tell what it comes to.
pub fn order_of(db: &Db, row: i64) -> Result<Option<Order>> {
    db.find_row(Id::new(row))
}
