//! A file under way in a backup folder: it has no final name before it is whole. What a killed program left is told
//! from what another one is writing by a lock, which only a living process holds.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::engine::guard;
use crate::platform;

/// What the locks end with.
const LOCK: &str = ".part-lock";

/// A part of a copy; what is left of it is removed when this is dropped.
pub(super) struct UnderWay {
    /// Where the copy is written.
    pub part: PathBuf,
    target: PathBuf,
    held: File,
}

impl UnderWay {
    /// Begins an empty part of a copy; none where the name is taken. Rejected when the folder cannot be written.
    pub(super) fn begin(target: &Path) -> Result<Option<UnderWay>> {
        let (part, lock) = (guard::beside(target, ".part"), guard::beside(target, LOCK));
        let held = match platform::create_private_file(&lock) {
            Ok(held) => held,
            Err(Error::Rejected(problem)) if problem.key == "error.file.exists" => return Ok(None),
            Err(error) => return Err(error),
        };
        // A disk without locks keeps its leftovers: none of them can be told from a living one there.
        drop(held.try_lock());
        let begun = UnderWay { part, target: target.to_owned(), held };
        if target.exists() {
            return Ok(None);
        }
        drop(platform::create_private_file(&begun.part)?);
        Ok(Some(begun))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        remove(&self.target);
        // The lock is let go last: until then nobody takes what is left for a dead program's.
        drop(self.held.unlock());
    }
}

/// Removes what is no backup of all that was begun under a name, the lock last. What cannot be removed now is removed
/// by the next one.
fn remove(target: &Path) {
    let (Some(folder), Some(name)) = (target.parent(), target.file_name().and_then(|name| name.to_str())) else {
        return;
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let rests = files.filter_map(|file| file.to_str()?.strip_prefix(name).map(str::to_owned));
    let finished = target.try_exists().unwrap_or(true);
    let left: Vec<_> = rests.filter(|rest| rest != LOCK && (!finished || rest.contains(".part"))).collect();
    for rest in left.iter().map(String::as_str).chain([LOCK]) {
        drop(std::fs::remove_file(guard::beside(target, rest)));
    }
}

/// Removes what killed programs left in a folder.
pub(super) fn clear(folder: &Path) -> Result<()> {
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
