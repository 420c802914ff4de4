//! A company file on its way to a connection: looked at first, made under another name, its names kept private.

use std::path::Path;

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::engine::backup;
use crate::engine::db::Db;
use crate::engine::guard::{self, Found};
use crate::engine::store::Store;
use crate::engine::under_way::UnderWay;
use crate::engine::value::DAMAGED;
use crate::engine::{journal, schema, whole};
use crate::platform;

/// Makes a new company file, readable by its owner only. Rejected when something is there already.
/// It is filled under another name, so that a crash leaves no half of a company under this one.
pub(crate) fn create(path: &Path, now: Instant) -> Result<Db> {
    let begun = begin(path, now)?;
    begun.publish()?;
    open(path, now)
}

/// A new company file that has yet to get its name. Rejected when something has it already.
pub(crate) fn begin(path: &Path, now: Instant) -> Result<UnderWay> {
    guard::require_absent(path)?;
    let begun = UnderWay::begin_alone(path)?;
    let db = Db::open(&begun.part)?;
    schema::create(&db, now)?;
    db.close()?;
    Ok(begun)
}

/// Opens a company file to write, an older one after a backup brought up, its schema compared with ours.
/// Refused, with not one byte changed, when it is foreign, newer, damaged or in a shared place.
pub(crate) fn open(path: &Path, now: Instant) -> Result<Db> {
    let version = guard::require_ours(path)?;
    guard::require_writable(path)?;
    keep_private(path)?;
    admit(path, version, now).map_err(|error| match error {
        Error::Failure(failure) if failure.key == DAMAGED => {
            let error = Error::failure("error.file.damaged_inside", failure.details).arg("path", path.display());
            backup::advised(error, path)
        }
        other => other,
    })
}

/// Opens what looks like ours; nothing is written before it is known to be whole.
fn admit(path: &Path, version: u32, now: Instant) -> Result<Db> {
    let mut db = Db::open(path)?;
    whole::require(&mut db, path)?;
    if version < guard::SCHEMA_VERSION {
        backup::before_migration(path, now)?;
        schema::migrate(&db, version)?;
    }
    verify_marks(path, &db)?;
    schema::compare(&db)?;
    verify_chain_end(&db)?;
    db.trust()?;
    Ok(db)
}

/// The database gives the files beside it the mode of the file itself, but an older copy may have another.
fn keep_private(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let file = guard::beside(path, suffix);
        if file.exists() {
            platform::make_private(&file)?;
        }
    }
    Ok(())
}

/// What was read from the bytes must be what the database reads: another program may have come in between.
fn verify_marks(path: &Path, db: &Db) -> Result<()> {
    let mark = db.setting("application_id")?;
    let version = db.setting("user_version")?;
    if mark != guard::APPLICATION_ID.to_string() {
        return Err(Found::Foreign.refusal(path));
    }
    match version.parse::<u32>() {
        Ok(guard::SCHEMA_VERSION) => Ok(()),
        Ok(schema) if schema > guard::SCHEMA_VERSION => Err(Found::Newer { schema }.refusal(path)),
        _ => Err(Found::Damaged.refusal(path)),
    }
}

/// Refuses a file whose last journal entry does not follow from the one before it.
fn verify_chain_end(db: &Db) -> Result<()> {
    let (last, _) = journal::head(db)?;
    if last == 0 { Ok(()) } else { journal::verify_entry(db, last) }
}

impl Store {
    /// Closes the file and fails where the disk does. What was answered is durable without it, but only a closed file
    /// is whole without the files beside it.
    pub fn close(self) -> Result<()> {
        self.db.close()
    }
}
