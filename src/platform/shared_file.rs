//! Reading a file's bytes without harming the database that may be open on it in this very process.
//! On Unix, closing any descriptor of a file drops every lock the process holds on it, the database's too.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};

use super::{io_error, system};
use crate::base::error::Result;

type Identity = (u64, u64);

/// A read-only view of a file. All views of one file in the process share their descriptors, which are closed
/// when the last view goes: whoever holds a database open holds a view for longer.
#[derive(Clone)]
pub struct SharedFile {
    held: Arc<Held>,
}

struct Held {
    file: File,
    /// Descriptors that came to the same file under a race; closing them early would drop locks.
    others: Mutex<Vec<File>>,
}

static OPEN: LazyLock<Mutex<HashMap<Identity, Weak<Held>>>> = LazyLock::new(Mutex::default);

impl SharedFile {
    /// Opens a plain file for reading; a link is not followed. `Rejected` when it is missing or not allowed.
    pub fn open(path: &Path) -> Result<SharedFile> {
        SharedFile::open_io(path).map_err(|error| io_error(path, &error))
    }

    /// The same, `None` when nothing is there.
    pub fn open_if_there(path: &Path) -> Result<Option<SharedFile>> {
        match SharedFile::open_io(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io_error(path, &error)),
        }
    }

    fn open_io(path: &Path) -> io::Result<SharedFile> {
        let mut open = lock(&OPEN);
        if let Some(held) = held_already(&open, &std::fs::symlink_metadata(path)?) {
            return Ok(SharedFile { held });
        }
        let file = system::open_without_following(path)?;
        let found = file.metadata()?;
        if let Some(held) = held_already(&open, &found) {
            lock(&held.others).push(file);
            return Ok(SharedFile { held });
        }
        let held = Arc::new(Held { file, others: Mutex::default() });
        if let Some(identity) = system::identity(&found) {
            open.retain(|_, known| known.strong_count() > 0);
            open.insert(identity, Arc::downgrade(&held));
        }
        Ok(SharedFile { held })
    }

    /// Its length in bytes now.
    pub fn len(&self) -> io::Result<u64> {
        Ok(self.held.file.metadata()?.len())
    }

    /// Whether it has no bytes now.
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Fills as much of `buffer` as the file has from `offset`, and tells how much.
    pub fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut done = 0;
        while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let from = u64::try_from(done).ok().and_then(|done| offset.checked_add(done));
            let from = from.ok_or(ErrorKind::InvalidInput)?;
            match system::read_at(&self.held.file, rest, from) {
                Ok(0) => break,
                Ok(count) => done += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }
}

fn held_already(open: &HashMap<Identity, Weak<Held>>, found: &Metadata) -> Option<Arc<Held>> {
    open.get(&system::identity(found)?)?.upgrade()
}

/// A thread that panicked left only descriptors behind; they are as good as before.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn two_views_of_one_file_share_their_descriptor_until_the_last_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        std::fs::write(&path, b"abc").unwrap();
        let first = SharedFile::open(&path).unwrap();
        let second = SharedFile::open(&path).unwrap();
        assert!(Arc::ptr_eq(&first.held, &second.held));
        let weak = Arc::downgrade(&first.held);
        drop(first);
        let mut bytes = [0; 8];
        assert_eq!(second.read_at(&mut bytes, 1).unwrap(), 2);
        assert!(bytes.starts_with(b"bc"));
        drop(second);
        assert!(weak.upgrade().is_none());
    }
}
