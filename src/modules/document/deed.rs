//! The dialog of something that is done with a document: typed, sent, refused at its field or told as done.

use egui::{Id, Ui};
use serde_json::Value as Json;

use crate::modules::document::spec::Deed;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given};
use crate::ui::form::{Form, FormEvent};
use crate::ui::list::plain;
use crate::ui::toast::{Offered, Toast};
use crate::ui::words::say;

/// The dialog while it is open.
pub(super) struct Asked {
    deed: &'static Deed,
    document: Json,
    form: Form,
    sending: Dispatch,
}

impl Asked {
    /// The dialog over a document; none where this cannot be done with it now.
    pub(super) fn open(deed: &'static Deed, document: &Json, desk: &Desk) -> Option<Asked> {
        let object = (deed.fresh)(document)?;
        let mut form = Form::new(Id::unique(("deed", deed.action.id)), deed.sections, &object, desk);
        form.focus_first();
        Some(Asked { deed, document: document.clone(), form, sending: Dispatch::default() })
    }

    /// Draws it; whether it is over.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &mut Desk) -> bool {
        let (title, back) = (say(ui, self.deed.action.text), say(ui, "dialog.cancel"));
        let (title, accept) = (title.trim_end_matches('…'), say(ui, "dialog.go_on"));
        let id = Id::unique(("deed-dialog", self.deed.action.id));
        let dialog = Dialog::new(id, title).accept(&accept, !self.sending.is_busy()).back(&back);
        let form = &mut self.form;
        let shown = dialog.show(ui, |ui| form.ui(ui, desk));
        let submitted = shown.inner.contains(&FormEvent::Submitted) || shown.given == Some(Given::Accepted);
        if submitted && !self.sending.is_busy() && self.form.check() {
            let arguments = (self.deed.arguments)(&self.document, &self.form.value());
            self.sending.send(desk, self.deed.command, arguments);
        }
        match self.sending.ui(ui, desk) {
            Some(Ok(done)) => {
                let number = plain(&self.document, "number");
                let toast = Toast::done(desk.say_with(self.deed.done, &[("number", &number)]));
                desk.toast(toast.offer(Offered::Undo(done.seq)));
                return true;
            }
            Some(Err(error)) => self.form.fail(&error),
            None => {}
        }
        shown.given == Some(Given::Closed) && !self.sending.is_busy()
    }
}
