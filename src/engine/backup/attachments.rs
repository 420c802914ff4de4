//! Attachments beside the dated copies: each file once, named by its SHA-256, whatever number of copies refer to it.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::text::hex;
use crate::engine::backup::{Attachments, CONTENT, HASHES, PUT_BACK};
use crate::engine::db::Db;
use crate::engine::ticket::Watch;
use crate::params;
use crate::platform::{self, Access};

/// Where a file stands in a backup folder.
fn place(folder: &Path, hash: &[u8]) -> PathBuf {
    let name = hex(hash);
    let group = name.get(..2).unwrap_or_default().to_owned();
    folder.join("files").join(group).join(name)
}

/// Writes each kept file that the folder does not have yet, and reads it back.
pub(super) fn take_out(db: &Db, folder: &Path, watch: &Watch) -> Result<Attachments> {
    let mut all = Attachments::default();
    for (hash, size) in db.rows::<(Vec<u8>, i64)>(&HASHES, &[])? {
        watch.still_wanted()?;
        all.count += 1;
        all.bytes = all.bytes.saturating_add(size);
        let path = place(folder, &hash);
        if std::fs::metadata(&path).is_ok_and(|there| i64::try_from(there.len()) == Ok(size)) {
            continue;
        }
        let content: Option<(Vec<u8>,)> = db.row(&CONTENT, params![hash])?;
        let (content,) = content.unwrap_or_default();
        if let Some(group) = path.parent() {
            platform::private_folder(group)?;
        }
        platform::write_atomic(&path, &content, Access::Private)?;
        read(&path, &hash)?;
    }
    Ok(all)
}

/// Brings each file that a copy refers to into another folder that does not have it yet, and reads it back there.
pub(super) fn carry(db: &Db, (from, to): (&Path, &Path), watch: &Watch) -> Result<()> {
    for (hash, size) in db.rows::<(Vec<u8>, i64)>(&HASHES, &[])? {
        watch.still_wanted()?;
        let path = place(to, &hash);
        if std::fs::metadata(&path).is_ok_and(|there| i64::try_from(there.len()) == Ok(size)) {
            continue;
        }
        let content = read(&place(from, &hash), &hash)?;
        if let Some(group) = path.parent() {
            platform::private_folder(group)?;
        }
        platform::write_atomic(&path, &content, Access::Private)?;
        read(&path, &hash)?;
    }
    Ok(())
}

/// Fails unless every file the copy refers to stands in the folder and is what its name says.
pub(super) fn check(db: &Db, folder: &Path, watch: &Watch) -> Result<Attachments> {
    let mut all = Attachments::default();
    for (hash, size) in db.rows::<(Vec<u8>, i64)>(&HASHES, &[])? {
        watch.still_wanted()?;
        read(&place(folder, &hash), &hash)?;
        all.count += 1;
        all.bytes = all.bytes.saturating_add(size);
    }
    Ok(all)
}

/// Puts every file back into a restored copy.
pub(super) fn put_back(db: &Db, folder: &Path) -> Result<()> {
    for (hash, _) in db.rows::<(Vec<u8>, i64)>(&HASHES, &[])? {
        let content = read(&place(folder, &hash), &hash)?;
        db.execute_sql(PUT_BACK.sql, params![hash, content])?;
    }
    Ok(())
}

fn read(path: &Path, hash: &[u8]) -> Result<Vec<u8>> {
    let lost = |details: String| Error::failure("error.backup.file_lost", details).arg("path", path.display());
    let content = std::fs::read(path).map_err(|error| lost(error.to_string()))?;
    if Sha256::digest(&content).as_slice() == hash {
        Ok(content)
    } else {
        Err(lost("the content has another SHA-256".to_owned()))
    }
}
