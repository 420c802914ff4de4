//! The dialog in which an order is kept as a template: under a new name, or in the place of the one that has it.

use egui::{Id, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::text;
use crate::engine::worker::Lane;
use crate::modules::saving::told_done;
use crate::modules::templates::TEMPLATES;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_line_ui};
use crate::ui::field::{Enter, Field, text_field};
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::tokens::Tokens;
use crate::ui::words::{say, say_with};

/// The dialog.
pub(crate) struct Keeping {
    /// What is kept, as the command takes it.
    of: (&'static str, Json),
    name: String,
    rows: Loader<Vec<Json>>,
    wrong: Option<Error>,
    sending: Dispatch,
}

impl Keeping {
    /// For this argument of the command, `order` or `content`; under this name unless another one is typed.
    pub(crate) fn new(of: (&'static str, Json), name: &str) -> Keeping {
        Keeping { of, name: name.to_owned(), rows: Loader::default(), wrong: None, sending: Dispatch::default() }
    }

    /// Draws it; the name under which it is kept now, or none where that was given up, once it is over.
    pub(crate) fn ui(&mut self, ui: &Ui, desk: &mut Desk) -> Option<Option<String>> {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, TEMPLATES.list.query, json!({}));
        self.rows.keep(desk.revision(&["order_templates"]), ask);
        let id = Id::unique("template-keeping");
        let there = self.there().cloned();
        let title = say(ui, "templates.keep");
        let save = say(ui, if there.is_some() { "templates.replace" } else { "record.save" });
        let back = say(ui, "dialog.cancel");
        let ready = !self.name.trim().is_empty() && !self.sending.is_busy() && !self.rows.is_loading();
        let dialog = Dialog::new(id, &title).accept(&save, ready).back(&back).focus(id.with("name"));
        let shown = dialog.show(ui, |ui| self.inside(ui, id, there.as_ref()));
        if shown.given == Some(Given::Accepted) && ready {
            self.sending.send(desk, TEMPLATES.save, self.arguments(there.as_ref()));
        }
        match self.sending.ui(ui, desk) {
            Some(Ok(done)) => {
                let name = self.name.trim().to_owned();
                let told = desk.say_with("templates.kept", &[("name", &name)]);
                desk.toast(told_done(told, (TEMPLATES.save, done.seq)));
                Some(Some(name))
            }
            Some(Err(error)) => {
                self.wrong = Some(error);
                None
            }
            None => (shown.given == Some(Given::Closed)).then_some(None),
        }
    }

    /// The template that has this name already.
    fn there(&self) -> Option<&Json> {
        let named = text::sort_key(self.name.trim());
        self.rows.value()?.iter().find(|row| text::sort_key(&plain(row, "name")) == named)
    }

    fn inside(&mut self, ui: &mut Ui, id: Id, there: Option<&Json>) {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let name = say(ui, "templates.name");
        ui.label(RichText::new(&name).color(c.text2));
        let field = Field::new(id.with("name"), &name).required(true).enter(Enter::Stay);
        if text_field(ui, &field, &mut self.name).changed {
            self.wrong = None;
        }
        let words = match there {
            Some(row) => say_with(ui, "templates.replaces", &[("name", &plain(row, "name"))]),
            None => say(ui, "templates.without"),
        };
        ui.label(RichText::new(words).color(c.text3));
        if let Some(error) = &self.wrong {
            error_line_ui(ui, error);
        }
    }

    fn arguments(&self, there: Option<&Json>) -> Json {
        let (argument, content) = &self.of;
        let mut arguments = json!({"name": self.name.trim()});
        if let Json::Object(fields) = &mut arguments {
            fields.insert((*argument).to_owned(), content.clone());
            for known in there.into_iter().flat_map(|row| ["id", "version"].map(|known| (known, row.get(known)))) {
                fields.insert(known.0.to_owned(), known.1.cloned().unwrap_or_default());
            }
        }
        arguments
    }
}
