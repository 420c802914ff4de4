//! A command that may come back with a question: asked here, and sent again with a yes.

use egui::Ui;
use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::engine::store::Done;
use crate::ui::desk::Desk;
use crate::ui::dialog::question;
use crate::ui::loader::Sending;

/// A command on its way, or the question it came back with.
#[derive(Debug, Default)]
pub struct Dispatch {
    sent: Option<(&'static str, Json)>,
    sending: Sending<Done<Json>>,
    question: Option<Error>,
}

impl Dispatch {
    /// Sends a command; one that is still under way stays the one that is awaited.
    pub fn send(&mut self, desk: &Desk, command: &'static str, arguments: Json) {
        if self.is_busy() {
            return;
        }
        self.sending.put(desk.handle.send_json(&desk.call, command, arguments.clone()));
        self.sent = Some((command, arguments));
    }

    /// Whether an answer is awaited, of the file or of the person.
    pub fn is_busy(&self) -> bool {
        self.sending.is_under_way() || self.question.is_some()
    }

    /// Whether a question is shown: then the dialog has the keys.
    pub fn is_asking(&self) -> bool {
        self.question.is_some()
    }

    /// Takes the answer and asks the question; the result, once. A no gives nothing and changes nothing.
    pub fn ui(&mut self, ui: &Ui, desk: &Desk) -> Option<Result<Done<Json>>> {
        if let Some(error) = &self.question {
            let yes = question::confirm(ui, error)?;
            self.question = None;
            let (command, arguments) = self.sent.take()?;
            if yes {
                let call = desk.call.clone().confirmed();
                self.sending.put(desk.handle.send_json(&call, command, arguments));
            }
        }
        match self.sending.poll()? {
            Err(error @ Error::NeedsConfirmation(_)) if self.sent.is_some() => {
                self.question = Some(error);
                ui.ctx().request_repaint();
                None
            }
            result => {
                self.sent = None;
                Some(result)
            }
        }
    }
}
