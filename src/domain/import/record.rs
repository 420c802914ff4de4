//! One outside record: kept by the command of its kind, together with the note of what it became.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::nested;
use crate::base::right::Right;
use crate::domain::import::{BatchState, ImportBatch, ImportKey, ImportKind, known};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::db::Db;
use crate::engine::tx::Tx;

/// Brings one record in: adds it, changes what it became before, or leaves it when nothing is new.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRecord {
    /// The batch it belongs to.
    pub batch: Id<ImportBatch>,
    /// What it is.
    pub kind: ImportKind,
    /// The outside system.
    pub source: String,
    /// Its key there.
    pub key: String,
    /// What the command of its kind takes; of order lines, also their order.
    pub arguments: Json,
    /// Arguments that are empty outside: a known record loses them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<String>,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is new.
    Added,
    /// It was here and is different now.
    Changed,
    /// It was here just so.
    Unchanged,
}

/// What bringing a record answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Brought {
    /// What became of it.
    pub outcome: Outcome,
    /// Our row.
    pub id: i64,
}

impl Command for ImportRecord {
    const NAME: &'static str = "import-record";
    const NEED: Need = Need::Right(Right::Import);
    const UNDO: Undo = Undo::Generic;
    type Output = Brought;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Brought> {
        let batch: ImportBatch = tx.get(self.batch).map_err(|error| error.at("batch"))?;
        if batch.state != BatchState::Open {
            return Err(Error::rejected("error.import.batch_closed").arg("batch", batch.id).at("batch"));
        }
        let known = known(tx, self.kind, &self.source, &self.key)?;
        let standing = match &known {
            Some(known) if self.kind.stands(tx, known.row_id)? => Some(known),
            _ => None,
        };
        if let Some(known) = standing.filter(|known| known.content_hash == self.content_hash()) {
            return Ok(Brought { outcome: Outcome::Unchanged, id: known.row_id });
        }
        let arguments = self.arguments(standing.is_some());
        let row = self.kind.bring(tx, standing.map(|known| known.row_id), arguments)?;
        self.note(tx, known.as_ref(), row)?;
        let outcome = if standing.is_some() { Outcome::Changed } else { Outcome::Added };
        Ok(Brought { outcome, id: row })
    }
}

impl ImportRecord {
    /// SHA-256 of what is brought.
    pub fn content_hash(&self) -> Vec<u8> {
        let content = json!([self.arguments, self.cleared]);
        Sha256::digest(content.to_string()).to_vec()
    }

    /// The row that it became before, if nothing about it is new since.
    pub fn unchanged(&self, db: &Db) -> Result<Option<i64>> {
        match known(db, self.kind, &self.source, &self.key)? {
            Some(known) if known.content_hash == self.content_hash() => {
                Ok(Some(known.row_id).filter(|_| self.kind.stands(db, known.row_id).unwrap_or(false)))
            }
            _ => Ok(None),
        }
    }

    fn arguments(&self, is_known: bool) -> Json {
        let mut arguments = self.arguments.clone();
        if let Some(fields) = arguments.as_object_mut().filter(|_| is_known) {
            self.cleared.iter().for_each(|name| nested::put(fields, name, json!("")));
        }
        arguments
    }

    fn note(&self, tx: &mut Tx<'_>, known: Option<&ImportKey>, row: i64) -> Result<()> {
        let note = ImportKey {
            id: known.map_or(Id::new(0), |known| known.id),
            version: known.map_or(0, |known| known.version),
            kind: self.kind,
            source: self.source.clone(),
            key: self.key.clone(),
            row_id: row,
            content_hash: self.content_hash(),
            batch_id: self.batch,
        };
        match known {
            Some(known) => tx.update(known, &note).map(|_| ()),
            None => tx.insert(&note).map(|_| ()),
        }
    }
}
