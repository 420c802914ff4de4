//! Which company file was opened last, kept for this computer account. A convenience: nothing fails for want of it.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::platform::{self, Access};

fn place() -> Option<PathBuf> {
    ProjectDirs::from("", "", "patver").map(|dirs| dirs.config_dir().join("last-file"))
}

/// The file that was opened last, if that is known.
pub(crate) fn recall() -> Option<PathBuf> {
    let text = std::fs::read_to_string(place()?).ok()?;
    let text = text.trim_end_matches('\n');
    (!text.is_empty()).then(|| PathBuf::from(text))
}

/// Keeps the file as the one opened last. A name that is no text is not kept.
pub(crate) fn remember(file: &Path) {
    let (Some(place), Ok(file)) = (place(), std::path::absolute(file)) else {
        return;
    };
    if recall().as_deref() == Some(&file) {
        return;
    }
    if let (Some(text), Some(folder)) = (file.to_str(), place.parent())
        && platform::private_folder(folder).is_ok()
    {
        // Whoever cannot keep it (a home folder that is read-only) names the file the next time.
        drop(platform::write_atomic(&place, format!("{text}\n").as_bytes(), Access::Private));
    }
}
