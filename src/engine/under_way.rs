//! A file under way: it has no final name before it is whole. What a killed program left is told from what another one
//! is writing by a lock, which only a living process holds.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::engine::backup::EXTENSION;
use crate::engine::guard;
use crate::platform;

/// What the locks end with.
const LOCK: &str = ".part-lock";

/// What the database and the program may leave of a part.
const RESTS: [&str; 4] = [".part", ".part-wal", ".part-shm", ".part-journal"];

/// A part of a file; what is left of it is removed when this is dropped.
pub(crate) struct UnderWay {
    /// Where the file is written.
    pub part: PathBuf,
    target: PathBuf,
    held: File,
}

impl UnderWay {
    /// Begins an empty part of a file; none where another one is at work on it. Rejected when the folder cannot be
    /// written.
    pub(crate) fn begin(target: &Path) -> Result<Option<UnderWay>> {
        let (part, lock) = (guard::beside(target, ".part"), guard::beside(target, LOCK));
        let held = match platform::create_private_file(&lock) {
            Ok(held) => held,
            Err(Error::Rejected(problem)) if problem.key == "error.file.exists" => return Ok(None),
            Err(error) => return Err(error),
        };
        // A disk without locks keeps its leftovers: none of them can be told from a living one there.
        drop(held.try_lock());
        if let Err(error) = platform::create_private_file(&part) {
            // A part without a lock is nobody's of ours; it stays.
            drop(std::fs::remove_file(&lock));
            return Err(error);
        }
        Ok(Some(UnderWay { part, target: target.to_owned(), held }))
    }

    /// The same after clearing up what killed programs left in the folder; rejected where another one is at work on it.
    pub(crate) fn begin_alone(target: &Path) -> Result<UnderWay> {
        clear(platform::folder_of(target))?;
        let taken = || Error::rejected("error.file.under_way").arg("path", target.display());
        UnderWay::begin(target)?.ok_or_else(taken)
    }

    /// Gives the whole file its name. Rejected when something has it; fails when the disk does.
    pub(crate) fn publish(self) -> Result<()> {
        platform::publish_new(&self.part, &self.target)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        remove(&self.target);
        // The lock is let go last: until then nobody takes what is left for a dead program's.
        drop(self.held.unlock());
    }
}

/// Removes what is not whole of all that was begun under a name, the lock last. What cannot be removed now is removed
/// by the next one.
fn remove(target: &Path) {
    let rests = RESTS.iter().map(|rest| guard::beside(target, rest));
    let files = rests.chain(manifests(target)).chain([guard::beside(target, LOCK)]);
    for file in files.collect::<Vec<_>>() {
        drop(std::fs::remove_file(file));
    }
}

/// What a killed program left of the manifest of a backup: its part, and all of it where the copy never got its name.
fn manifests(target: &Path) -> Vec<PathBuf> {
    let copy = target.extension().is_some_and(|extension| extension == EXTENSION);
    let Some(name) = target.file_name().and_then(|name| name.to_str()).filter(|_| copy) else { return Vec::new() };
    let finished = target.try_exists().unwrap_or(true);
    let files = std::fs::read_dir(platform::folder_of(target)).into_iter().flatten().flatten();
    let of_manifest = |file: &PathBuf| {
        let rest = file.file_name().and_then(|file| file.to_str()?.strip_prefix(name)?.strip_prefix(".json"));
        rest.is_some_and(|rest| rest.ends_with(".part") || (rest.is_empty() && !finished))
    };
    files.map(|entry| entry.path()).filter(of_manifest).collect()
}

/// Removes what killed programs left in a folder.
pub(crate) fn clear(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder).map_err(|error| platform::io_error(folder, &error))? {
        let lock = entry.map_err(|error| platform::io_error(folder, &error))?.path();
        let Some(target) = lock.to_str().and_then(|name| name.strip_suffix(LOCK)) else { continue };
        // Where it is held another one is at work; where it is gone that one has just finished.
        if let Ok(held) = File::open(&lock)
            && held.try_lock().is_ok()
        {
            remove(Path::new(target));
        }
    }
    Ok(())
}
