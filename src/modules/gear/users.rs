//! Users: the catalogue of them, and the one-time code by which somebody chooses a password.

use egui::{Id, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::directories::Directory;
use crate::modules::directory::DirectoryScreen;
use crate::ui::action::{Action, Offer};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given};
use crate::ui::list::plain;
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::Toast;
use crate::ui::tokens::{size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, fonts, icon};

static CODE: Action =
    Action { id: "one-time-code", text: "users.code", icon: icon::KEY_ROUND, keys: &[], need: Some(Right::UserManage) };

static PIN: Action =
    Action { id: "remove-pin", text: "users.remove_pin", icon: icon::LOCK, keys: &[], need: Some(Right::UserManage) };

static MORE: &[&Action] = &[&CODE, &PIN];

/// The screen of users.
pub(super) struct Users {
    inner: DirectoryScreen,
    asking: Option<Person>,
    /// Whose PIN is to be taken away.
    opened: Option<Person>,
    removing: Dispatch,
    sending: Dispatch,
    code: Option<(Person, String)>,
}

/// Whose code it is.
#[derive(Clone, Debug)]
struct Person {
    id: Json,
    name: String,
    is_new: bool,
}

impl Users {
    /// The catalogue.
    pub(super) fn new(directory: &'static Directory) -> Users {
        let inner = DirectoryScreen::new(directory).offering(MORE);
        Users {
            inner,
            asking: None,
            opened: None,
            removing: Dispatch::default(),
            sending: Dispatch::default(),
            code: None,
        }
    }

    /// Asks before a password is taken away; who is new has none.
    fn asking_ui(&mut self, ui: &Ui, desk: &Desk) {
        let Some(person) = &self.asking else { return };
        if self.sending.is_busy() {
            return;
        }
        let title = say_with(ui, "users.code_for", &[("name", &person.name)]);
        let (make, back) = (say(ui, "users.make_code"), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("one-time-code"), &title).accept(&make, true).back(&back);
        let text = say(ui, if person.is_new { "users.code_new" } else { "users.code_resets" });
        let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| ui.label(text));
        match shown.given {
            Some(Given::Accepted) => self.sending.send(desk, "reset-password", json!({"user": person.id})),
            Some(_) => self.asking = None,
            None => {}
        }
    }

    /// Asks before a PIN is taken away: its person has to choose another one.
    fn removing_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        if let Some(answer) = self.removing.ui(ui, desk) {
            let person = self.opened.take();
            match (answer, person) {
                (Ok(_), Some(person)) => {
                    desk.toast(Toast::done(desk.say_with("users.pin_removed", &[("name", &person.name)])))
                }
                (Err(error), _) => desk.refuse(&error),
                (Ok(_), None) => {}
            }
        }
        let Some(person) = self.opened.as_ref().filter(|_| !self.removing.is_busy()) else { return };
        let title = say_with(ui, "users.pin_of", &[("name", &person.name)]);
        let (remove, back) = (say(ui, "users.remove_pin"), say(ui, "dialog.cancel"));
        let dialog = Dialog::new(Id::unique("remove-pin"), &title).destroy(&remove, true).back(&back);
        let shown = dialog.show(ui, |ui| ui.label(say(ui, "users.pin_removes")));
        match shown.given {
            Some(Given::Destroyed) => self.removing.send(desk, "remove-pin", json!({"user": person.id})),
            Some(_) => self.opened = None,
            None => {}
        }
    }

    fn answer(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(answer) = self.sending.ui(ui, desk) else { return };
        let person = self.asking.take();
        match (answer, person) {
            (Ok(done), Some(person)) => self.code = Some((person, plain(&done.output, "code"))),
            (Err(error), _) => desk.refuse(&error),
            (Ok(_), None) => {}
        }
    }

    /// Shows the code: once, until it is put away.
    fn code_ui(&mut self, ui: &Ui) {
        let Some((person, code)) = &self.code else { return };
        let title = say_with(ui, "users.code_for", &[("name", &person.name)]);
        let done = say(ui, "users.handed_over");
        let dialog = Dialog::new(Id::unique("code-shown"), &title).accept(&done, true);
        let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(code).font(fonts::bold(size::TITLE)));
                if button::quiet(ui, icon::COPY, &say(ui, "window.copy")).clicked() {
                    ui.ctx().copy_text(code.clone());
                }
            });
            ui.add_space(space::S);
            ui.label(say(ui, "users.code_once"));
        });
        if shown.given.is_some() {
            self.code = None;
            self.inner.focus();
        }
    }
}

impl Screen for Users {
    fn place(&self) -> Place {
        self.inner.place()
    }

    fn title(&self, desk: &Desk) -> String {
        self.inner.title(desk)
    }

    fn icon(&self) -> &'static str {
        self.inner.icon()
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.inner.actions(desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        self.inner.act(action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.inner.ui(ui, desk);
        if let Some((action, row)) = self.inner.asked() {
            let id = row.get("id").cloned().unwrap_or_default();
            let person = Some(Person { id, name: plain(&row, "name"), is_new: false });
            if action == PIN.id { self.opened = person } else { self.asking = person }
        }
        if let Some((id, name)) = self.inner.added() {
            self.asking = Some(Person { id: json!(id), name, is_new: true });
        }
        self.asking_ui(ui, desk);
        self.answer(ui, desk);
        self.code_ui(ui);
        self.removing_ui(ui, desk);
    }

    fn modal(&self) -> bool {
        let asks = self.asking.is_some() || self.opened.is_some() || self.code.is_some();
        asks || self.inner.modal() || self.sending.is_asking() || self.removing.is_asking()
    }
}
