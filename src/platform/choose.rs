//! The system's own dialogs for choosing a file or a folder; each waits on its own thread, never in a frame.

use std::path::{Path, PathBuf};

use super::{Aside, io_error};
use crate::base::error::{Error, Result};

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choose {
    /// A file that is there.
    Open,
    /// A name for a file.
    Save,
    /// A folder.
    Folder,
}

/// What a dialog is opened with.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is chosen.
    pub what: Choose,
    /// What is typed already: a file's path, or a folder.
    pub at: PathBuf,
    /// What kinds of files are shown, as people call them, and their endings; all where it is empty.
    pub kinds: Vec<(String, Vec<&'static str>)>,
}

/// A dialog that may be open.
#[derive(Debug, Default)]
pub struct Chooser(Aside<Option<PathBuf>>);

impl Question {
    /// Any file that is there.
    pub fn open() -> Question {
        Question { what: Choose::Open, at: PathBuf::new(), kinds: Vec::new() }
    }

    /// A name for a file, with one to begin with.
    pub fn save(at: impl Into<PathBuf>) -> Question {
        Question { what: Choose::Save, at: at.into(), kinds: Vec::new() }
    }

    /// A folder, beginning at one.
    pub fn folder(at: impl Into<PathBuf>) -> Question {
        Question { what: Choose::Folder, at: at.into(), kinds: Vec::new() }
    }

    /// The same, showing files with these endings only.
    pub fn kind(mut self, name: impl Into<String>, endings: Vec<&'static str>) -> Question {
        self.kinds.push((name.into(), endings));
        self
    }

    fn dialog(&self) -> rfd::FileDialog {
        let mut dialog = rfd::FileDialog::new();
        let folder = if self.what == Choose::Folder { Some(self.at.as_path()) } else { self.at.parent() };
        if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = self.at.file_name().filter(|_| self.what != Choose::Folder) {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        for (name, endings) in &self.kinds {
            dialog = dialog.add_filter(name, endings);
        }
        dialog
    }

    fn ask(&self) -> Option<PathBuf> {
        match self.what {
            Choose::Open => self.dialog().pick_file(),
            Choose::Save => self.dialog().save_file(),
            Choose::Folder => self.dialog().pick_folder(),
        }
    }
}

impl Chooser {
    /// Opens the dialog unless one is open; `wake` is called when it is answered. Failed where no thread starts.
    pub fn ask(&mut self, question: Question, wake: impl Fn() + Send + 'static) -> Result<()> {
        if self.0.is_under_way() {
            return Ok(());
        }
        self.0.begin("patver-chooser", move || question.ask(), wake)
    }

    /// The path that was chosen, once.
    pub fn poll(&mut self) -> Option<PathBuf> {
        self.0.poll()?
    }
}

/// A whole file of at most so many bytes. Rejected where it is longer, or cannot be read.
pub fn read_file(path: &Path, most: u64) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| io_error(path, &error);
    let length = std::fs::metadata(path).map_err(failed)?.len();
    if length > most {
        return Err(Error::rejected("error.file_too_large").arg("megabytes", most / 1024 / 1024));
    }
    std::fs::read(path).map_err(failed)
}
