//! The dialog in which a view gets its name and its readers.

use egui::{Id, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::base::shipped;
use crate::engine::store::Done;
use crate::engine::worker::Lane;
use crate::modules::views::Content;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_line_ui};
use crate::ui::field::{Choice, Enter, Field, choice, text_field};
use crate::ui::list::{key, plain};
use crate::ui::loader::Loader;
use crate::ui::tokens::Tokens;
use crate::ui::words::say;

/// Stands for everyone among the readers; no role has such a code.
const EVERYONE: &str = "*";

/// The dialog.
pub(super) struct Editor {
    list: &'static str,
    // The view that is changed, as it was seen.
    of: Option<(Json, Json)>,
    content: Option<Content>,
    name: String,
    audience: String,
    audiences: Loader<Vec<Json>>,
    wrong: Option<Error>,
    sending: Dispatch,
}

/// What was saved.
pub(super) struct Saved {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The number in the journal.
    pub seq: i64,
}

impl Editor {
    /// For a new view with this content, one's own at first.
    pub(super) fn fresh(list: &'static str, content: Content) -> Editor {
        Editor {
            list,
            of: None,
            content: Some(content),
            name: String::new(),
            audience: String::new(),
            audiences: Loader::default(),
            wrong: None,
            sending: Dispatch::default(),
        }
    }

    /// For name and readers of a view that is there.
    pub(super) fn of(list: &'static str, row: &Json) -> Editor {
        let part = |name: &str| row.get(name).cloned().unwrap_or_default();
        let audience = match (plain(row, "shared") == "true", plain(row, "role")) {
            (false, _) => String::new(),
            (true, role) if role.is_empty() => EVERYONE.to_owned(),
            (true, role) => role,
        };
        let fresh = Editor::fresh(list, Content::default());
        Editor { of: Some((part("id"), part("version"))), content: None, name: plain(row, "name"), audience, ..fresh }
    }

    /// Draws it; once it is answered, what was saved, if anything was.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &Desk) -> Option<Option<Saved>> {
        let id = Id::unique(("view-editor", self.list));
        let title = say(ui, if self.of.is_some() { "views.edit" } else { "views.save" });
        let (save, back) = (say(ui, "record.save"), say(ui, "dialog.cancel"));
        let ready = !self.name.trim().is_empty() && !self.sending.is_busy();
        let dialog = Dialog::new(id, &title).accept(&save, ready).back(&back).focus(id.with("name"));
        let shown = dialog.show(ui, |ui| self.inside(ui, id, desk));
        if shown.given == Some(Given::Accepted) && ready {
            self.sending.send(desk, "save-view", self.arguments());
        }
        match self.sending.ui(ui, desk) {
            Some(answer) => self.answered(answer),
            None => (shown.given == Some(Given::Closed)).then_some(None),
        }
    }

    fn inside(&mut self, ui: &mut Ui, id: Id, desk: &Desk) {
        let name = say(ui, "views.name");
        ui.label(RichText::new(&name).color(Tokens::of(ui).colors().text2));
        let field = Field::new(id.with("name"), &name).required(true).enter(Enter::Stay);
        if text_field(ui, &field, &mut self.name).changed {
            self.wrong = None;
        }
        if desk.may(Right::ViewShare) {
            let name = say(ui, "views.for");
            ui.label(RichText::new(&name).color(Tokens::of(ui).colors().text2));
            let choices = self.choices(ui, desk);
            choice(ui, &Field::new(id.with("for"), &name), &choices, &mut self.audience);
        }
        if let Some(error) = &self.wrong {
            error_line_ui(ui, error);
        }
    }

    fn choices(&mut self, ui: &Ui, desk: &Desk) -> Vec<Choice> {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "view-audiences", json!({}));
        let roles = self.audiences.keep(desk.revision(&["roles"]), ask).map(Vec::as_slice).unwrap_or_default();
        let role =
            |row: &Json| Choice::new(plain(row, "code"), shipped::named(desk.lang, "roles", &plain(row, "name")));
        let first = [Choice::new("", say(ui, "views.for_me")), Choice::new(EVERYONE, say(ui, "views.for_everyone"))];
        first.into_iter().chain(roles.iter().map(role)).collect()
    }

    fn arguments(&self) -> Json {
        let role = Some(&self.audience).filter(|code| !code.is_empty() && *code != EVERYONE);
        let mut arguments = json!({"name": self.name.trim(), "shared": !self.audience.is_empty(), "role": role});
        if let Json::Object(fields) = &mut arguments {
            let mut put = |name: &str, value: Json| drop(fields.insert(name.to_owned(), value));
            match &self.of {
                Some((id, version)) => {
                    put("id", id.clone());
                    put("version", version.clone());
                }
                None => put("list", self.list.into()),
            }
            if let Some(content) = self.content.as_ref().and_then(|content| serde_json::to_value(content).ok()) {
                put("content", content);
            }
        }
        arguments
    }

    fn answered(&mut self, answer: Result<Done<Json>>) -> Option<Option<Saved>> {
        match answer {
            Ok(done) => Some(Some(Saved { id: key(&done.output), name: self.name.trim().to_owned(), seq: done.seq })),
            Err(error) => {
                self.wrong = Some(error);
                None
            }
        }
    }
}
