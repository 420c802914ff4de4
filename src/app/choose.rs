//! The system's own dialog for choosing a file; it waits on its own thread, never in a frame.

use std::path::PathBuf;

use egui::Context;

use crate::app::background::Background;
use crate::platform::Workplace;

/// The ending of a company file's name.
const ENDING: &str = "patver";

/// A dialog that may be open.
pub(crate) struct Chooser(Background<Option<PathBuf>>);

impl Default for Chooser {
    fn default() -> Chooser {
        Chooser(Background::none())
    }
}

impl Chooser {
    /// Opens the dialog at what is typed already: to save a new file, or to open one that is there.
    pub(crate) fn ask(&mut self, ctx: &Context, typed: &str, saving: bool) {
        let typed = PathBuf::from(typed);
        self.0.begin(ctx, move || {
            let mut dialog = rfd::FileDialog::new();
            if let Some(folder) = typed.parent().filter(|folder| folder.is_dir()) {
                dialog = dialog.set_directory(folder);
            }
            if let Some(name) = typed.file_name() {
                dialog = dialog.set_file_name(name.to_string_lossy());
            }
            Ok(if saving { dialog.save_file() } else { dialog.pick_file() })
        });
    }

    /// The path that was chosen, once.
    pub(crate) fn poll(&mut self) -> Option<String> {
        let chosen = self.0.poll()?.ok()??;
        Some(chosen.display().to_string())
    }
}

/// Where a new company file of this name would stand: beside the person's documents.
pub(crate) fn default_file(workplace: &Workplace, name: &str) -> String {
    let file = workplace.documents().join(format!("{name}.{ENDING}"));
    if name.is_empty() { String::new() } else { file.display().to_string() }
}
