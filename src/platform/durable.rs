//! Files that appear whole or not at all: written beside their place, flushed to the disk, then renamed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::io_error::creation_error;
use super::{io_error, make_private, system};
use crate::base::error::Result;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// This computer account only.
    Private,
    /// Whoever the person's own settings let read new files.
    Ordinary,
}

/// A file under way: it takes its name at `commit`, and leaves nothing behind when dropped before.
pub struct AtomicFile {
    file: File,
    part: PathBuf,
    target: PathBuf,
    done: bool,
}

static NEXT_PART: AtomicU64 = AtomicU64::new(1);

impl AtomicFile {
    /// Starts a file that will stand at `target`; `Rejected` when its folder cannot be written.
    pub fn create(target: &Path, access: Access) -> Result<AtomicFile> {
        let part = part_of(target);
        let file = match access {
            Access::Private => system::create_private(&part),
            Access::Ordinary => OpenOptions::new().write(true).create_new(true).open(&part),
        }
        .map_err(|error| creation_error(target, &error))?;
        if access == Access::Private {
            make_private(&part)?;
        }
        Ok(AtomicFile { file, part, target: target.to_path_buf(), done: false })
    }

    /// Flushes to the disk and gives the file its name, in place of what stood there; `Failure` when the disk fails.
    pub fn commit(mut self) -> Result<()> {
        self.file.sync_all().map_err(|error| io_error(&self.target, &error))?;
        rename(&self.part, &self.target)?;
        self.done = true;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.done {
            // Nobody reads the part, and the first error is already on its way to the person.
            drop(std::fs::remove_file(&self.part));
        }
    }
}

/// Writes `bytes` as the whole file at `path`; a device such as a terminal is written to directly.
pub fn write_atomic(path: &Path, bytes: &[u8], access: Access) -> Result<()> {
    let failed = |error: io::Error| io_error(path, &error);
    let place = behind_link(path).map_err(failed)?;
    let path = place.as_path();
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes)).map_err(failed);
    }
    if path.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let mut file = AtomicFile::create(path, access)?;
    file.write_all(bytes).map_err(failed)?;
    file.commit()
}

/// The file that a link leads to, so that the link stays what it is; the path itself where it is none.
fn behind_link(path: &Path) -> io::Result<PathBuf> {
    let linked = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    if linked { std::fs::canonicalize(path) } else { Ok(path.to_path_buf()) }
}

/// Flushes a finished `part` to the disk and gives it the name `target`; `Rejected` where something has that name.
pub fn publish_new(part: &Path, target: &Path) -> Result<()> {
    sync_file(part)?;
    system::rename_to_new(part, target).map_err(|error| io_error(target, &error))?;
    sync_folder(folder_of(target))
}

/// Flushes what was written to a file to the disk.
pub fn sync_file(path: &Path) -> Result<()> {
    let file = OpenOptions::new().read(true).write(true).open(path).map_err(|error| io_error(path, &error))?;
    file.sync_all().map_err(|error| io_error(path, &error))
}

/// Makes the names inside a folder survive a power cut.
pub fn sync_folder(path: &Path) -> Result<()> {
    system::sync_folder(path).map_err(|error| io_error(path, &error))
}

fn rename(part: &Path, target: &Path) -> Result<()> {
    std::fs::rename(part, target).map_err(|error| io_error(target, &error))?;
    sync_folder(folder_of(target))
}

/// The folder a file stands in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A name beside `target` that no other process or thread uses.
fn part_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}-{}.part", std::process::id(), NEXT_PART.fetch_add(1, Ordering::Relaxed)));
    target.with_file_name(name)
}
