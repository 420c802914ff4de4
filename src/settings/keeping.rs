//! Where the backups of this workplace go and how many stay, as it was set behind the gear.

use std::path::{Path, PathBuf};

use crate::engine::backup::{self, Keeping, Limits};
use crate::platform::Workplace;

/// What is kept of it.
pub const FOLDER: &str = "backup-folder";
/// The folder outside the machine.
pub const SECOND: &str = "backup-second";
/// How many gigabytes copies take at most.
pub const GIGABYTES: &str = "backup-gigabytes";
/// How many copies there are at most.
pub const COPIES: &str = "backup-copies";
/// Whether backups are made by themselves: `off` where not.
pub const SCHEDULE: &str = "backup-schedule";

/// The bytes of a gigabyte.
pub const GIGABYTE: u64 = 1_000_000_000;

/// Where the backups of a company go, and how many stay.
pub fn keeping(workplace: &Workplace, company: &Path) -> Keeping {
    let number = |key| workplace.kept(key).and_then(|text| text.parse::<u64>().ok()).filter(|number| *number > 0);
    let usual = Limits::USUAL;
    Keeping {
        folder: workplace.kept(FOLDER).map_or_else(|| backup::default_folder(company), PathBuf::from),
        second: workplace.kept(SECOND).map(PathBuf::from),
        limits: Limits {
            bytes: number(GIGABYTES).map_or(usual.bytes, |gigabytes| gigabytes.saturating_mul(GIGABYTE)),
            count: number(COPIES).and_then(|count| usize::try_from(count).ok()).unwrap_or(usual.count),
        },
    }
}

/// Whether backups are made by themselves.
pub fn scheduled(workplace: &Workplace) -> bool {
    workplace.kept(SCHEDULE).as_deref() != Some("off")
}
