//! Leaving a card with something unsaved: save it, throw it away, or go back to it.

use egui::{Id, Ui};

use crate::ui::dialog::{Dialog, Given};
use crate::ui::words::say;

/// Whether the question is open, or a save is to close the tab.
#[derive(Default)]
pub(crate) struct Closing {
    asking: bool,
    waiting: bool,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Save and close.
    Save,
    /// Close without saving.
    Discard,
}

impl Closing {
    /// Opens the question.
    pub(crate) fn ask(&mut self) {
        self.asking = true;
    }

    /// Whether the question is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.asking
    }

    /// Whether the tab closes once it is saved.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waiting
    }

    /// The save was refused: the card stays.
    pub(crate) fn give_up(&mut self) {
        self.waiting = false;
    }

    /// Draws the question; the answer once.
    pub(crate) fn ui(&mut self, ui: &Ui) -> Option<Answer> {
        if !self.asking {
            return None;
        }
        let (title, save) = (say(ui, "record.unsaved"), say(ui, "record.save"));
        let (discard, back) = (say(ui, "record.discard"), say(ui, "record.back"));
        let dialog = Dialog::new(Id::unique("closing"), &title).accept(&save, true).destroy(&discard, true).back(&back);
        let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| {
            ui.label(say(ui, "record.unsaved_text"));
        });
        let given = shown.given?;
        self.asking = false;
        match given {
            Given::Accepted => {
                self.waiting = true;
                Some(Answer::Save)
            }
            Given::Destroyed => Some(Answer::Discard),
            Given::Other | Given::Closed => None,
        }
    }
}
