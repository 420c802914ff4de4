//! What stands beside a backup in JSON: what the copy holds and how its bytes are known again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::text::hex;
use crate::engine::backup::Counts;
use crate::engine::guard;
use crate::platform::{self, Access};

/// Why a backup was made; it decides how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// By the clock.
    Schedule,
    /// A person asked.
    Asked,
    /// Before a newer program brought the file up.
    BeforeMigration,
    /// Before many records were changed at once.
    BeforeBulkWork,
}

/// Files kept beside the copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachments {
    /// How many.
    pub count: i64,
    /// Bytes of all.
    pub bytes: i64,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the program that made it.
    pub program: String,
    /// The schema version of the copy.
    pub schema: u32,
    /// The company file's own id, in hex.
    pub file_id: String,
    /// When it was made.
    pub made_at: Instant,
    /// Why.
    pub reason: Reason,
    /// The last journal entry.
    pub seq: i64,
    /// The head of the journal's chain, in hex; empty in a file without entries.
    pub chain: String,
    /// The id that the sender of the last command gave it, in hex; empty when it gave none.
    pub command_id: String,
    /// Rows of each table.
    pub tables: Counts,
    /// The files kept beside it.
    pub attachments: Attachments,
    /// Bytes of the copy.
    pub size: u64,
    /// SHA-256 of the copy's bytes, in hex.
    pub sha256: String,
}

/// The manifest with its own digest, so that a changed figure is noticed too.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    manifest: Manifest,
    seal: String,
}

/// The manifest's file.
pub(super) fn beside(copy: &Path) -> PathBuf {
    guard::beside(copy, ".json")
}

impl Manifest {
    /// Reads the manifest of a copy. Fails where it is missing or its seal does not fit.
    pub fn read(copy: &Path) -> Result<Manifest> {
        let path = beside(copy);
        let text = std::fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::rejected("error.backup.no_manifest").arg("path", copy.display()),
            _ => platform::io_error(&path, &error),
        })?;
        let sealed: Sealed = serde_json::from_slice(&text).map_err(|error| unreadable(copy, error))?;
        if sealed.manifest.seal()? != sealed.seal {
            return Err(unreadable(copy, "the seal does not fit"));
        }
        Ok(sealed.manifest)
    }

    /// Writes it beside its copy, durably.
    pub(super) fn write(&self, copy: &Path) -> Result<()> {
        let sealed = Sealed { manifest: self.clone(), seal: self.seal()? };
        let text = serde_json::to_vec_pretty(&sealed).map_err(|error| unreadable(copy, error))?;
        platform::write_atomic(&beside(copy), &text, Access::Private)
    }

    fn seal(&self) -> Result<String> {
        let text = serde_json::to_vec(self).map_err(|error| Error::failure("error.backup.damaged", error))?;
        Ok(hex(&Sha256::digest(text)))
    }
}

fn unreadable(copy: &Path, details: impl ToString) -> Error {
    Error::failure("error.backup.damaged", details).arg("path", copy.display())
}
