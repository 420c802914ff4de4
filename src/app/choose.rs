//! Choosing company files and backups before there is a desk.

use egui::{Context, Ui};

use crate::base::error::Result;
use crate::platform::{Question, Workplace};
use crate::ui::dialog::Paths;

/// The ending of a company file's name.
const ENDING: &str = "patver";

/// A dialog that may be open.
pub(crate) struct Chooser {
    asked: crate::platform::Chooser,
    paths: Paths,
}

impl Chooser {
    /// The dialogs of this workplace.
    pub(crate) fn new(workplace: &Workplace) -> Chooser {
        Chooser { asked: crate::platform::Chooser::default(), paths: Paths::new(workplace) }
    }

    /// Opens the dialog at what is typed already: to save a new file, or to open one that is there. Failed where no
    /// thread starts.
    pub(crate) fn ask(&mut self, ctx: &Context, typed: &str, saving: bool) -> Result<()> {
        let question = if saving { Question::save(typed) } else { Question { at: typed.into(), ..Question::open() } };
        self.paths.ask(ctx, &mut self.asked, question)
    }

    /// The path that was chosen, once.
    pub(crate) fn poll(&mut self) -> Option<String> {
        self.asked.poll().map(|chosen| chosen.display().to_string())
    }

    /// Draws what is asked in the window itself.
    pub(crate) fn ui(&mut self, ui: &Ui) {
        self.paths.ui(ui);
    }
}

/// Where a new company file of this name would stand: beside the person's documents.
pub(crate) fn default_file(workplace: &Workplace, name: &str) -> String {
    let file = workplace.documents().join(format!("{name}.{ENDING}"));
    if name.is_empty() { String::new() } else { file.display().to_string() }
}
