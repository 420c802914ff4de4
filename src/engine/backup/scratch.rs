//! A folder beside a company file for work on copies, which is gone afterwards.

use std::path::{Path, PathBuf};

use crate::base::error::Result;
use crate::platform;

/// A folder that is removed with this.
pub(super) struct Scratch {
    /// Where it is.
    pub folder: PathBuf,
}

impl Scratch {
    /// A folder beside a company file, named by what it is for.
    pub(super) fn beside(company: &Path, purpose: &str) -> Result<Scratch> {
        let stem = company.file_stem().unwrap_or_default().to_string_lossy();
        let folder = company.with_file_name(format!("{stem}-{purpose}-{}", std::process::id()));
        platform::private_folder(&folder)?;
        Ok(Scratch { folder })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays is only a copy of a copy, under a name that says so.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
