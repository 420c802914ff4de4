//! Choosing company files and backups with the system's own dialog.

use egui::Context;

use crate::platform::{Question, Workplace};

/// The ending of a company file's name.
const ENDING: &str = "patver";

/// A dialog that may be open.
#[derive(Default)]
pub(crate) struct Chooser(crate::platform::Chooser);

impl Chooser {
    /// Opens the dialog at what is typed already: to save a new file, or to open one that is there.
    pub(crate) fn ask(&mut self, ctx: &Context, typed: &str, saving: bool) {
        let question = if saving { Question::save(typed) } else { Question { at: typed.into(), ..Question::open() } };
        let wake = ctx.clone();
        // Without a dialog the path is typed.
        drop(self.0.ask(question, move || wake.request_repaint()));
    }

    /// The path that was chosen, once.
    pub(crate) fn poll(&mut self) -> Option<String> {
        self.0.poll().map(|chosen| chosen.display().to_string())
    }
}

/// Where a new company file of this name would stand: beside the person's documents.
pub(crate) fn default_file(workplace: &Workplace, name: &str) -> String {
    let file = workplace.documents().join(format!("{name}.{ENDING}"));
    if name.is_empty() { String::new() } else { file.display().to_string() }
}
