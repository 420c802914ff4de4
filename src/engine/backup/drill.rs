//! Restoring a backup for practice: into a folder of its own that is gone afterwards, so that nothing real is touched.

use std::path::{Path, PathBuf};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::backup::{Over, restore};
use crate::platform;

/// A restored company that is removed with this.
pub struct Drill {
    folder: PathBuf,
    /// The company file.
    pub file: PathBuf,
}

impl Drill {
    /// Restores a backup beside a company file. Fails when the backup is not whole.
    pub fn of(backup: &Path, company: &Path, now: Instant) -> Result<Drill> {
        let stem = company.file_stem().unwrap_or_default().to_string_lossy();
        let folder = company.with_file_name(format!("{stem}-test-restore-{}", std::process::id()));
        platform::private_folder(&folder)?;
        let drill = Drill { file: folder.join("restored.patver"), folder };
        restore(backup, &drill.file, Over::default(), now)?;
        Ok(drill)
    }
}

impl Drop for Drill {
    fn drop(&mut self) {
        // What stays is only a copy of a copy, under a name that says so.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
