//! Small texts kept for this computer account between runs, such as which company file was opened last.
//! A convenience: nothing fails for want of them.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

use super::{Access, private_folder, write_atomic};

const LAST_FILE: &str = "last-file";

fn place(name: &str) -> Option<PathBuf> {
    ProjectDirs::from("", "", "patver").map(|dirs| dirs.config_dir().join(name))
}

/// The text kept under this name, if any.
pub fn kept(name: &str) -> Option<String> {
    let text = std::fs::read_to_string(place(name)?).ok()?;
    let text = text.trim_end_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

/// Keeps a text under this name.
pub fn keep(name: &str, text: &str) {
    if kept(name).as_deref() == Some(text) {
        return;
    }
    if let Some(place) = place(name)
        && let Some(folder) = place.parent()
        && private_folder(folder).is_ok()
    {
        // Where nothing can be kept (a home folder that is read-only) the person says it again the next time.
        drop(write_atomic(&place, format!("{text}\n").as_bytes(), Access::Private));
    }
}

/// The company file that was opened last, if that is known.
pub fn last_file() -> Option<PathBuf> {
    kept(LAST_FILE).map(PathBuf::from)
}

/// Keeps the company file as the one opened last. A name that is no text is not kept.
pub fn remember_file(file: &Path) {
    if let Ok(file) = std::path::absolute(file)
        && let Some(text) = file.to_str()
    {
        keep(LAST_FILE, text);
    }
}

/// Where papers are put that go to no printer: beside the person's documents.
pub fn papers_folder() -> PathBuf {
    documents_folder().join("Patver")
}

/// The person's documents, else the home folder, else the folder the program was started in.
pub fn documents_folder() -> PathBuf {
    let dirs = UserDirs::new();
    let folder = dirs.as_ref().and_then(|dirs| dirs.document_dir().or_else(|| Some(dirs.home_dir())));
    folder.map_or_else(PathBuf::new, Path::to_path_buf)
}
