//! A batch: opened before its first record, carried on, taken back whole.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::import::{BATCHES, BROUGHT, BatchState, ImportBatch, ImportKind};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::query::{Query, View};
use crate::engine::select::{USUAL_ROWS, page_size};
use crate::engine::tx::Tx;
use crate::engine::undo;
use crate::params;

/// Begins an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenImport {
    /// What is imported.
    pub kind: ImportKind,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of the file and of how it is read, in hexadecimal.
    pub file_hash: String,
}

impl Command for OpenImport {
    const NAME: &'static str = "open-import";
    const NEED: Need = Need::Right(Right::Import);
    const UNDO: Undo = Undo::Never;
    type Output = Id<ImportBatch>;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Id<ImportBatch>> {
        let file_hash = text::unhex(&self.file_hash).filter(|hash| hash.len() == 32);
        tx.insert(&ImportBatch {
            id: Id::new(0),
            version: 0,
            kind: self.kind,
            file_name: self.file_name.clone(),
            file_hash: file_hash.ok_or_else(|| Error::rejected("error.file_hash_unreadable").at("file_hash"))?,
            state: BatchState::Open,
            next_row: 0,
            rows_read: 0,
            added: 0,
            changed: 0,
            unchanged: 0,
            rejected: 0,
        })
    }
}

/// Notes how far an import is, in the same transaction as the records it brought.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteImport {
    /// The batch.
    pub batch: Id<ImportBatch>,
    /// The first record not yet dealt with.
    #[serde(deserialize_with = "lenient::int")]
    pub next: i64,
    /// Whether every row was dealt with.
    #[serde(deserialize_with = "lenient::flag")]
    pub done: bool,
    /// Rows so far.
    pub rows: RowCounts,
}

/// How many rows of a file became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowCounts {
    /// Rows read.
    #[serde(deserialize_with = "lenient::int")]
    pub read: i64,
    /// Rows that became records.
    #[serde(deserialize_with = "lenient::int")]
    pub added: i64,
    /// Rows that changed records.
    #[serde(deserialize_with = "lenient::int")]
    pub changed: i64,
    /// Rows that were there already.
    #[serde(deserialize_with = "lenient::int")]
    pub unchanged: i64,
    /// Rows refused.
    #[serde(deserialize_with = "lenient::int")]
    pub rejected: i64,
}

impl ImportBatch {
    /// How many rows became what so far.
    pub fn counts(&self) -> RowCounts {
        RowCounts {
            read: self.rows_read,
            added: self.added,
            changed: self.changed,
            unchanged: self.unchanged,
            rejected: self.rejected,
        }
    }
}

impl Command for NoteImport {
    const NAME: &'static str = "note-import";
    const NEED: Need = Need::Right(Right::Import);
    const UNDO: Undo = Undo::Never;
    type Output = ();

    fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let batch: ImportBatch = tx.get(self.batch).map_err(|error| error.at("batch"))?;
        if batch.state != BatchState::Open {
            return Err(Error::rejected("error.import.batch_closed").arg("batch", batch.id).at("batch"));
        }
        let noted = ImportBatch {
            state: if self.done { BatchState::Done } else { BatchState::Open },
            next_row: self.next,
            rows_read: self.rows.read,
            added: self.rows.added,
            changed: self.rows.changed,
            unchanged: self.rows.unchanged,
            rejected: self.rows.rejected,
            ..batch.clone()
        };
        tx.update(&batch, &noted)?;
        Ok(())
    }
}

/// Takes everything back that a batch brought. Rejected, naming the later change, where a record was changed since.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoBatch {
    /// The batch.
    pub batch: Id<ImportBatch>,
}

/// What taking a batch back answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UndoneBatch {
    /// The batch.
    pub batch: Id<ImportBatch>,
    /// How many records were taken back.
    pub records: i64,
}

impl Command for UndoBatch {
    const NAME: &'static str = "undo-batch";
    const NEED: Need = Need::Right(Right::Import);
    const UNDO: Undo = Undo::Generic;
    type Output = UndoneBatch;

    fn run(&self, tx: &mut Tx<'_>) -> Result<UndoneBatch> {
        let batch: ImportBatch = tx.get(self.batch).map_err(|error| error.at("batch"))?;
        if batch.state == BatchState::Undone {
            return Err(Error::rejected("error.import.undone_already").arg("batch", batch.id).at("batch"));
        }
        let brought: Vec<(i64, i64)> = tx.rows(&BROUGHT, params![batch.id])?;
        if brought.iter().any(|(_, user)| *user != tx.actor().user) {
            tx.actor().require(Right::UndoAll)?;
        }
        undo::invert(tx, brought.iter().map(|(seq, _)| *seq))?;
        tx.update(&batch, &ImportBatch { state: BatchState::Undone, ..batch.clone() })?;
        Ok(UndoneBatch { batch: batch.id, records: i64::try_from(brought.len()).unwrap_or(i64::MAX) })
    }
}

/// Imports, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportBatches {
    /// Only batches before this one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub after: Option<i64>,
    /// How many; 100 when left out, 500 at most.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

/// One import.
#[derive(Clone, Debug, Serialize)]
pub struct ImportBatchRow {
    /// Id.
    pub id: Id<ImportBatch>,
    /// What was imported.
    pub kind: ImportKind,
    /// The file's name.
    pub file_name: String,
    /// How far it is.
    pub state: BatchState,
    /// Its rows.
    #[serde(flatten)]
    pub rows: RowCounts,
}

impl Query for ImportBatches {
    const NAME: &'static str = "import-batches";
    const NEED: Need = Need::Right(Right::Import);
    type Row = ImportBatchRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<ImportBatchRow>> {
        let limit = page_size(self.limit, USUAL_ROWS)?;
        let batches: Vec<ImportBatch> = view.rows(&BATCHES, params![self.after.unwrap_or(i64::MAX), limit])?;
        let row = |batch: ImportBatch| ImportBatchRow {
            id: batch.id,
            kind: batch.kind,
            state: batch.state,
            rows: batch.counts(),
            file_name: batch.file_name,
        };
        Ok(batches.into_iter().map(row).collect())
    }
}
