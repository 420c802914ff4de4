//! What a restore leaves in the journal of the company that came out of it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::backup::Manifest;
use crate::engine::command::{Command, Need, Ran, Undo};
use crate::engine::db::Db;
use crate::engine::journal::{self, Entry};
use crate::engine::tx::Tx;

/// Says that from here on the company goes on from a backup. Only a restore writes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteRestore {
    /// The backup's file name.
    pub backup: String,
    /// When the backup was made.
    pub made_at: Instant,
    /// SHA-256 of the backup's bytes, in hex.
    pub sha256: String,
}

impl Command for NoteRestore {
    const NAME: &'static str = "note-restore";
    const NEED: Need = Need::System;
    const UNDO: Undo = Undo::Never;
    type Output = ();

    fn run(&self, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}

/// Appends the note to the journal of a completed company that nobody has open.
pub(super) fn write(part: &Path, backup: &Path, manifest: &Manifest, now: Instant) -> Result<()> {
    let name = backup.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let note = NoteRestore { backup: name, made_at: manifest.made_at, sha256: manifest.sha256.clone() };
    let ran = Ran::of(&note, &())?;
    let db = Db::open_single(part)?;
    db.execute_all("BEGIN IMMEDIATE")?;
    let (last, hash) = journal::head(&db)?;
    let entry = Entry {
        seq: last.saturating_add(1),
        at: now.millis(),
        user_id: 0,
        command: NoteRestore::NAME.to_owned(),
        arguments: ran.arguments,
        command_id: None,
        batch_id: 0,
        result: ran.kept.to_string(),
    };
    journal::append(&db, &hash, &entry, &[])?;
    journal::verify_entry(&db, entry.seq)?;
    db.execute_all("COMMIT")?;
    db.close()
}
