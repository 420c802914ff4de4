//! The same backup once more in another place, such as a stick that leaves the house: read back there like the first.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::engine::backup::mark::Mark;
use crate::engine::backup::verify::{self, Reading};
use crate::engine::backup::{Backup, Manifest, attachments};
use crate::engine::db::Db;
use crate::engine::ticket::Watch;
use crate::engine::under_way::{self, UnderWay};
use crate::platform;

/// Copies a backup into a second folder and checks it there. Rejected where the folder is not there: it is never made,
/// since a stick that is not plugged in would be taken for a folder; and where it is the first one's, however it is
/// written: one copy is not two. Fails, leaving nothing behind, where the copy does
/// not stand its check.
pub fn also(backup: &Backup, folder: &Path, watch: &Watch) -> Result<Backup> {
    if !folder.is_dir() {
        return Err(Error::rejected("error.backup.second_missing").arg("path", folder.display()));
    }
    let first = platform::folder_of(&backup.path);
    if real(folder)? == real(first)? {
        return Err(Error::rejected("error.backup.second_same").arg("path", folder.display()));
    }
    under_way::clear(folder)?;
    let target = folder.join(backup.path.file_name().unwrap_or_default());
    let manifest = backup.manifest.clone();
    if Manifest::read(&target).is_ok_and(|there| there == manifest) && target.exists() {
        return Ok(Backup { mark: Mark::read(&target, &manifest), manifest, path: target });
    }
    let taken = || Error::rejected("error.file.under_way").arg("path", target.display());
    let begun = UnderWay::begin(&target)?.ok_or_else(taken)?;
    attachments::carry(&Db::open_reader(&backup.path)?, (first, folder), watch)?;
    carry(&backup.path, &begun.part, watch)?;
    platform::sync_file(&begun.part)?;
    verify::compare(&begun.part, &manifest, &Reading::of(&begun.part, 2, watch)?)?;
    manifest.write(&target)?;
    begun.publish()?;
    Ok(Backup { mark: Mark::read(&target, &manifest), manifest, path: target })
}

/// Where a folder really is, whatever links lead to it.
fn real(folder: &Path) -> Result<PathBuf> {
    std::fs::canonicalize(folder).map_err(|error| platform::io_error(folder, &error))
}

/// Copies the bytes of a file over one that is there. Rejected once it is called off.
fn carry(from: &Path, to: &Path, watch: &Watch) -> Result<()> {
    let mut source = std::fs::File::open(from).map_err(|error| platform::io_error(from, &error))?;
    let failed = |error: std::io::Error| platform::io_error(to, &error);
    let mut target = std::fs::OpenOptions::new().write(true).truncate(true).open(to).map_err(failed)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        watch.still_wanted()?;
        let count = source.read(&mut buffer).map_err(|error| platform::io_error(from, &error))?;
        match buffer.get(..count).filter(|read| !read.is_empty()) {
            Some(read) => target.write_all(read).map_err(failed)?,
            None => return Ok(()),
        }
    }
}
