//! The system's own dialogs for choosing a file or a folder; each waits on its own thread, never in a frame. Where the
//! system has none, the window asks.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::Builder;

use super::io_error;
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
pub struct Chooser(Option<Receiver<Option<PathBuf>>>);

/// A question that the system has no dialog for, and where its answer goes. Dropped, it counts as closed.
#[derive(Debug)]
pub struct Unasked {
    /// What is chosen.
    pub question: Question,
    answer: Sender<Option<PathBuf>>,
}

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

    /// A typed path; a new file gets the ending of its kind where none was typed.
    pub fn completed(&self, typed: &str) -> PathBuf {
        let path = PathBuf::from(typed.trim());
        let ending = self.kinds.first().and_then(|(_, endings)| endings.first());
        let lacks = self.what == Choose::Save && path.extension().is_none();
        ending.filter(|_| lacks).map(|ending| path.with_extension(ending)).unwrap_or(path)
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

    /// What was chosen, or nothing where the dialog was closed; none at all where the system has no dialog.
    fn ask(&self) -> Option<Option<PathBuf>> {
        listen();
        COMPLAINED.set(false);
        let chosen = match self.what {
            Choose::Open => self.dialog().pick_file(),
            Choose::Save => self.dialog().save_file(),
            Choose::Folder => self.dialog().pick_folder(),
        };
        (chosen.is_some() || !COMPLAINED.get() || has_program("zenity")).then_some(chosen)
    }
}

impl Chooser {
    /// Opens the system's dialog unless one is open; `wake` is called when it is answered, or when the question went to
    /// `by_hand` because there is no such dialog. Failed where no thread starts.
    pub fn ask(
        &mut self,
        question: Question,
        by_hand: Sender<Unasked>,
        wake: impl FnOnce() + Send + 'static,
    ) -> Result<()> {
        let Some(answer) = self.begin() else { return Ok(()) };
        let job = move || {
            // Nobody waits any more where the window is closed.
            match question.ask() {
                Some(chosen) => drop(answer.send(chosen)),
                None => drop(by_hand.send(Unasked { question, answer })),
            }
            wake();
        };
        let started = Builder::new().name("patver-chooser".to_owned()).spawn(job);
        started.map(drop).map_err(|error| Error::failure("error.no_thread", error))
    }

    /// Gives the question to `by_hand` at once unless one is open.
    pub fn ask_by_hand(&mut self, question: Question, by_hand: &Sender<Unasked>) {
        if let Some(answer) = self.begin() {
            drop(by_hand.send(Unasked { question, answer }));
        }
    }

    fn begin(&mut self) -> Option<Sender<Option<PathBuf>>> {
        if self.0.is_some() {
            return None;
        }
        let (answer, receiver) = channel();
        self.0 = Some(receiver);
        Some(answer)
    }

    /// The path that was chosen, once.
    pub fn poll(&mut self) -> Option<PathBuf> {
        let chosen = match self.0.as_ref()?.try_recv() {
            Ok(chosen) => chosen,
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => return None,
        };
        self.0 = None;
        chosen
    }
}

impl Unasked {
    /// Answers with a path.
    pub fn answer(self, path: PathBuf) {
        // The screen that asked may be closed.
        drop(self.answer.send(Some(path)));
    }
}

thread_local! {
    /// Whether the dialogs complained on this thread.
    static COMPLAINED: Cell<bool> = const { Cell::new(false) };
}

/// Hears what `rfd` says in the log only: that no desktop portal answered.
struct Listener;

impl log::Log for Listener {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.target().starts_with("rfd")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            COMPLAINED.set(true);
        }
    }

    fn flush(&self) {}
}

/// Hears the dialogs from now on.
fn listen() {
    // The second time it is set already.
    if log::set_logger(&Listener).is_ok() {
        log::set_max_level(log::LevelFilter::Error);
    }
}

/// Whether a program of this name is on the path.
fn has_program(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_its_name_alone() {
        assert!(has_program("sh"));
        assert!(!has_program("no-such-program-as-this"));
    }
}
