//! Opening a copy and asking it everything that makes it a backup: "integrity ok" alone is not enough,
//! since a copy without its log can be a sound database without a single order.

use std::cell::Cell;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::text::hex;
use crate::engine::backup::manifest::Manifest;
use crate::engine::backup::{Counts, FILE_ID, LAST_COMMAND_ID, attachments};
use crate::engine::db::Db;
use crate::engine::guard::{self, BACKUP_ID};
use crate::engine::ticket::Watch;
use crate::engine::{journal, schema};
use crate::platform;

/// Tables that change without a journal entry: their rows may differ between a file and its copy.
pub(super) const UNJOURNALED: &[&str] = &["drafts", "layouts", "sign_ins"];

/// The stages that a backup tells of: its pages are copied, then its bytes are read back.
pub const COPYING: u64 = 0;
/// The second one, and the only one where a backup is checked.
pub const READING_BACK: u64 = 1;

/// How many bytes of a copy were read back, of all that are.
pub(super) struct Reading<'a> {
    watch: &'a Watch,
    done: Cell<u64>,
    total: u64,
}

impl<'a> Reading<'a> {
    /// A copy that is gone through so many times.
    pub(super) fn of(path: &Path, times: u64, watch: &'a Watch) -> Result<Reading<'a>> {
        let size = std::fs::metadata(path).map_err(|error| platform::io_error(path, &error))?.len();
        let total = size.saturating_mul(times);
        watch.enter(READING_BACK, total);
        Ok(Reading { watch, done: Cell::new(0), total })
    }

    /// So many bytes more. Rejected once it is called off.
    fn step(&self, bytes: u64) -> Result<()> {
        self.done.set(self.done.get().saturating_add(bytes));
        self.watch.tell(self.done.get().min(self.total), self.total);
        self.watch.still_wanted()
    }
}

/// What a look into a copy found.
pub(super) struct Look {
    pub schema: u32,
    pub file_id: String,
    pub seq: i64,
    pub chain: String,
    pub chain_bytes: Vec<u8>,
    pub command_id: String,
    pub tables: Counts,
}

/// Checks a backup as if it were to be restored: its bytes, its structure, its journal's end, its attachments.
/// Rejected when it is none, or once it is called off; fails when anything differs from what was written down.
pub fn verify(path: &Path, watch: &Watch) -> Result<Manifest> {
    platform::plain_file(path)?.ok_or_else(|| Error::rejected("error.file.not_found").arg("path", path.display()))?;
    let manifest = Manifest::read(path)?;
    compare(path, &manifest, &Reading::of(path, 2, watch)?)?;
    Ok(manifest)
}

/// Compares a copy with its manifest.
pub(super) fn compare(path: &Path, manifest: &Manifest, reading: &Reading) -> Result<()> {
    let damaged = |details: &str| Err(Error::failure("error.backup.damaged", details).arg("path", path.display()));
    let (size, sha256) = digest(path, reading)?;
    if (size, &sha256) != (manifest.size, &manifest.sha256) {
        return damaged("its bytes are not those that were written");
    }
    let found = look(path, BACKUP_ID, reading).map_err(|error| in_copy(path, error))?;
    let same = found.schema == manifest.schema
        && found.file_id == manifest.file_id
        && (found.seq, &found.chain) == (manifest.seq, &manifest.chain)
        && found.command_id == manifest.command_id
        && found.tables == manifest.tables;
    if !same {
        return damaged("what it holds is not what was written down");
    }
    let db = Db::open_reader(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    if attachments::check(&db, folder, reading.watch)? != manifest.attachments {
        return damaged("it refers to other attachments than were written down");
    }
    Ok(())
}

/// An error found inside a copy is an error of the backup, not of the company file.
fn in_copy(path: &Path, error: Error) -> Error {
    match error {
        Error::Failure(failure) => Error::failure("error.backup.damaged", failure.details).arg("path", path.display()),
        other => other,
    }
}

/// Opens a copy and checks that it is whole; `mark` is the application id it must carry.
pub(super) fn look(path: &Path, mark: u32, reading: &Reading) -> Result<Look> {
    let mut db = Db::open_reader(path)?;
    db.watch(Some(reading.watch))?;
    let wrong = |details: String| Error::failure("error.backup.not_verified", details);
    if db.setting("application_id")? != mark.to_string() {
        return Err(wrong("another mark in its header".to_owned()));
    }
    let version = db.setting("user_version")?.parse::<u32>().map_err(|error| wrong(error.to_string()))?;
    if version == guard::SCHEMA_VERSION {
        schema::compare(&db)?;
    }
    sound(&db)?;
    reading.step(std::fs::metadata(path).map_or(0, |copy| copy.len()))?;
    let (seq, chain) = journal::head(&db)?;
    if seq > 0 {
        journal::verify_entry(&db, seq)?;
    }
    let command_id: Option<(Vec<u8>,)> = db.row(&LAST_COMMAND_ID, crate::params![Vec::<u8>::new()])?;
    Ok(Look {
        schema: version,
        file_id: file_id(&db)?,
        seq,
        chain: hex(&chain),
        chain_bytes: chain,
        command_id: hex(&command_id.unwrap_or_default().0),
        tables: counts(&db)?,
    })
}

/// The company file's own id, in hex.
pub(super) fn file_id(db: &Db) -> Result<String> {
    let found: Option<(Vec<u8>,)> = db.row(&FILE_ID, &[])?;
    let (id,) = found.ok_or_else(|| Error::failure("error.backup.not_verified", "no file id"))?;
    Ok(hex(&id))
}

/// Fails unless every page, index and reference is as it should be.
pub(super) fn sound(db: &Db) -> Result<()> {
    let integrity = db.setting("integrity_check(1)")?;
    if integrity != "ok" {
        return Err(Error::failure("error.backup.not_verified", integrity));
    }
    let loose: Vec<Vec<crate::engine::value::Value>> = db.rows_of("PRAGMA foreign_key_check", &[])?;
    match loose.first() {
        Some(row) => Err(Error::failure("error.backup.not_verified", format!("a reference leads nowhere: {row:?}"))),
        None => Ok(()),
    }
}

/// Rows of every table.
pub(super) fn counts(db: &Db) -> Result<Counts> {
    let names: Vec<(String,)> = db.rows_of("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", &[])?;
    let mut counts = Counts::new();
    for (name,) in names {
        let rows: Vec<(i64,)> = db.rows_of(&format!("SELECT COUNT(*) FROM \"{}\"", name.replace('"', "\"\"")), &[])?;
        counts.insert(name, rows.first().map_or(0, |(count,)| *count));
    }
    Ok(counts)
}

/// Length and SHA-256 of a file, read from the disk.
pub(super) fn digest(path: &Path, reading: &Reading) -> Result<(u64, String)> {
    let failed = |error: std::io::Error| platform::io_error(path, &error);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let (mut hasher, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0; 1 << 20]);
    loop {
        let count = file.read(&mut buffer).map_err(failed)?;
        let read = buffer.get(..count).filter(|read| !read.is_empty());
        let Some(read) = read else { break };
        hasher.update(read);
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        size = size.saturating_add(count);
        reading.step(count)?;
    }
    Ok((size, hex(&hasher.finalize())))
}
