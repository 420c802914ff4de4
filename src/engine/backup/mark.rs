//! What the last check of a backup found, kept beside it. A manifest is written only after a check, so a copy without
//! a mark was whole when it was made. No restore relies on it: that checks anew.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::engine::backup::Manifest;
use crate::engine::backup::verify::verify;
use crate::engine::guard;
use crate::engine::ticket::Watch;
use crate::platform::{self, Access};

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// When.
    pub at: Instant,
    /// Whether the copy was whole.
    pub whole: bool,
}

/// The mark's file.
pub(super) fn beside(copy: &Path) -> PathBuf {
    guard::beside(copy, ".checked")
}

impl Mark {
    /// What the last check of a copy found: at the latest the one that made it a backup.
    pub(super) fn read(copy: &Path, manifest: &Manifest) -> Mark {
        let kept = std::fs::read(beside(copy)).ok().and_then(|text| serde_json::from_slice(&text).ok());
        kept.unwrap_or(Mark { at: manifest.made_at, whole: true })
    }

    fn write(self, copy: &Path) -> Result<()> {
        let text = serde_json::to_vec(&self).map_err(|error| Error::failure("error.backup.damaged", error))?;
        platform::write_atomic(&beside(copy), &text, Access::Private)
    }
}

/// Checks a backup as if it were to be restored, and marks it with what was found. Rejected when it is none, or once it
/// is called off; fails when anything differs from what was written down.
pub fn check(path: &Path, now: Instant, watch: &Watch) -> Result<Manifest> {
    let found = verify(path, watch);
    let whole = match &found {
        Ok(_) => Some(true),
        Err(Error::Failure(_)) => Some(false),
        Err(_) => None,
    };
    // A folder that takes no mark, such as one that may only be read, is looked at all the same.
    if let Some(whole) = whole {
        drop(Mark { at: now, whole }.write(path));
    }
    found
}
