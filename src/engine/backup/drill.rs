//! Restoring a backup for practice: into a folder of its own that is gone afterwards, so that nothing real is touched.

use std::path::{Path, PathBuf};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::backup::scratch::Scratch;
use crate::engine::backup::{Over, restore};

/// A restored company that is removed with this.
pub struct Drill {
    /// The company file.
    pub file: PathBuf,
    _scratch: Scratch,
}

impl Drill {
    /// Restores a backup beside a company file. Fails when the backup is not whole.
    pub fn of(backup: &Path, company: &Path, now: Instant) -> Result<Drill> {
        let scratch = Scratch::beside(company, "test-restore")?;
        let drill = Drill { file: scratch.folder.join("restored.patver"), _scratch: scratch };
        restore(backup, &drill.file, Over::default(), now)?;
        Ok(drill)
    }
}
