//! The workplace: small texts kept between runs, such as which company file was opened last, and where papers go.
//! A convenience: nothing fails for want of it.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

use super::{Access, private_folder, write_atomic};

const LAST_FILE: &str = "last-file";

/// No setting that a person writes is longer, in bytes.
const LONGEST: u64 = 256 * 1024;

fn told(path: &Path) -> Option<(String, String)> {
    let named = path.extension()?.to_str()? == "json" && path.metadata().ok()?.len() <= LONGEST;
    let name = path.file_name()?.to_string_lossy().into_owned();
    if named { Some((name, std::fs::read_to_string(path).ok()?)) } else { None }
}

/// Where a computer account keeps what belongs to no company.
#[derive(Clone, Debug)]
pub struct Workplace {
    settings: Option<PathBuf>,
    documents: PathBuf,
    dialogs: bool,
}

impl Workplace {
    /// The workplace of who started the program.
    pub fn of_account() -> Workplace {
        let dirs = UserDirs::new();
        let documents = dirs.as_ref().and_then(|dirs| dirs.document_dir().or_else(|| Some(dirs.home_dir())));
        let settings = ProjectDirs::from("", "", "patver").map(|dirs| dirs.config_dir().to_path_buf());
        Workplace { settings, documents: documents.map_or_else(PathBuf::new, Path::to_path_buf), dialogs: true }
    }

    /// A workplace that keeps everything in one folder, and whose paths are typed into the window.
    pub fn at(folder: &Path) -> Workplace {
        Workplace { settings: Some(folder.join("settings")), documents: folder.to_path_buf(), dialogs: false }
    }

    /// Whether the system may have dialogs of its own for choosing files.
    pub fn has_dialogs(&self) -> bool {
        self.dialogs
    }

    /// The text kept under this name, if any.
    pub fn kept(&self, name: &str) -> Option<String> {
        let text = std::fs::read_to_string(self.settings.as_ref()?.join(name)).ok()?;
        let text = text.trim_end_matches('\n');
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Keeps a text under this name; an empty one is forgotten.
    pub fn keep(&self, name: &str, text: &str) {
        if self.kept(name).unwrap_or_default() == text {
            return;
        }
        if let Some(folder) = &self.settings
            && private_folder(folder).is_ok()
        {
            // Where nothing can be kept (a home folder that is read-only) the person says it again the next time.
            drop(write_atomic(&folder.join(name), format!("{text}\n").as_bytes(), Access::Private));
        }
    }

    /// The texts that somebody put into a folder beside the settings, each in a file that ends in `.json`, with the names
    /// of their files; in the order of these. What is too long for a setting is passed over.
    pub fn put_beside(&self, folder: &str) -> Vec<(String, String)> {
        let folder = self.settings.as_ref().map(|settings| settings.join(folder));
        let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let mut texts: Vec<_> = entries.filter_map(|entry| told(&entry.path())).collect();
        texts.sort();
        texts
    }

    /// The company file that was opened last, if that is known.
    pub fn last_file(&self) -> Option<PathBuf> {
        self.kept(LAST_FILE).map(PathBuf::from)
    }

    /// Keeps the company file as the one opened last. A name that is no text is not kept.
    pub fn remember_file(&self, file: &Path) {
        if let Ok(file) = std::path::absolute(file)
            && let Some(text) = file.to_str()
        {
            self.keep(LAST_FILE, text);
        }
    }

    /// Where new company files and papers are put when nothing else is chosen.
    pub fn documents(&self) -> PathBuf {
        self.documents.join("Patver")
    }
}
