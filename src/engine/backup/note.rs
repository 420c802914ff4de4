//! What a restore leaves in the journal of the company that came out of it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::backup::{LOGIN, Manifest, verify};
use crate::engine::command::{Command, Need, Ran, Undo};
use crate::engine::db::Db;
use crate::engine::journal::{self, Entry};
use crate::engine::query::View;
use crate::engine::tx::Tx;
use crate::params;

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
    /// Who restored it, by the login with which the company was entered that gave way; none where nobody could enter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// Who restores, as the company knows them that gives way.
#[derive(Clone, Debug)]
pub(super) struct Author {
    company: String,
    user: i64,
    login: String,
}

impl Author {
    /// Who asks; none where that is the program itself.
    pub(super) fn of(view: &View<'_>) -> Result<Option<Author>> {
        let user = view.actor().user;
        let found: Option<(String,)> = view.row(&LOGIN, params![user])?;
        let company = verify::file_id(view)?;
        Ok(found.map(|(login,)| Author { company, user, login }))
    }

    /// The same person in what was restored, if they stand there too: another company may have another one of the name.
    fn within(&self, db: &Db) -> Result<Option<i64>> {
        let found: Option<(String,)> = db.row(&LOGIN, params![self.user])?;
        let same = verify::file_id(db)? == self.company && found.is_some_and(|(login,)| login == self.login);
        Ok(same.then_some(self.user))
    }
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
pub(super) fn write(
    part: &Path,
    (backup, manifest): (&Path, &Manifest),
    author: Option<&Author>,
    now: Instant,
) -> Result<()> {
    let name = backup.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let by = author.map(|author| author.login.clone());
    let note = NoteRestore { backup: name, made_at: manifest.made_at, sha256: manifest.sha256.clone(), by };
    let ran = Ran::of(&note, &())?;
    let db = Db::open_single(part)?;
    db.execute_all("BEGIN IMMEDIATE")?;
    let (last, hash) = journal::head(&db)?;
    let entry = Entry {
        seq: last.saturating_add(1),
        at: now.millis(),
        user_id: author.map(|author| author.within(&db)).transpose()?.flatten().unwrap_or_default(),
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
