//! Files and folders for one computer account only: 0600 and 0700 on Unix whatever the umask; on Windows the
//! access of the person's own folders is inherited.

use std::fs::File;
use std::path::Path;

use super::io_error::creation_error;
use super::{io_error, system};
use crate::base::error::{Error, Result};

/// Creates an empty file only this computer account may read; `Rejected` when the name is taken.
pub fn create_private_file(path: &Path) -> Result<File> {
    let file = system::create_private(path).map_err(|error| creation_error(path, &error))?;
    make_private(path)?;
    Ok(file)
}

/// Creates a folder, and what is missing above it, that only this computer account may enter.
/// A folder that exists keeps its mode: it may be shared on purpose.
pub fn private_folder(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    system::create_private_folder(path).map_err(|error| creation_error(first_missing(path), &error))?;
    make_private(path)
}

/// The first of the missing folders on the way to this one.
fn first_missing(path: &Path) -> &Path {
    let missing = path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    missing.last().unwrap_or(path)
}

/// Takes a file away from other computer accounts; `Rejected` when this account does not own it.
/// A memory stick (FAT) has no modes: there it changes nothing.
pub fn make_private(path: &Path) -> Result<()> {
    let failed = |error| io_error(path, &error);
    if is_private(path)? || !system::keeps_modes(path).map_err(failed)? {
        return Ok(());
    }
    system::make_private(path).map_err(failed)?;
    match is_private(path)? {
        true => Ok(()),
        false => Err(Error::rejected("error.file.mode_ignored").arg("path", path.display())),
    }
}

/// Whether other computer accounts are kept out of a file or folder by its mode.
pub fn is_private(path: &Path) -> Result<bool> {
    let found = std::fs::symlink_metadata(path).map_err(|error| io_error(path, &error))?;
    Ok(system::is_private(&found))
}
