//! Making a company file that takes its name only when everything in it stands.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::error::Result;
use crate::engine::clock::Clock;
use crate::engine::guard;
use crate::engine::store::{Business, Store};
use crate::platform;

impl Store {
    /// Makes a company file, fills it and gives it its name; what the filling answered. Nothing is left where it was
    /// refused. Rejected when something is there already.
    pub fn found<T>(
        path: &Path,
        business: &'static Business,
        clock: Arc<dyn Clock>,
        fill: impl FnOnce(&mut Store) -> Result<T>,
    ) -> Result<T> {
        guard::require_absent(path)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            platform::private_folder(folder)?;
        }
        let work = Work(guard::beside(path, &format!(".{}.new", std::process::id())));
        let mut store = Store::create(&work.0, business, clock)?;
        let answer = fill(&mut store)?;
        store.close()?;
        drop(platform::create_private_file(path)?);
        if let Err(error) = platform::publish(&work.0, path) {
            // Only the empty file that held the name is there: nothing of the company is lost with it.
            drop(std::fs::remove_file(path));
            return Err(error);
        }
        Ok(answer)
    }
}

/// A file under another name; what is left of it goes when the program is done with it.
struct Work(PathBuf);

impl Drop for Work {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            // After success there is nothing under this name any more.
            drop(std::fs::remove_file(guard::beside(&self.0, suffix)));
        }
    }
}
