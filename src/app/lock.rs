//! The lock: nothing of the desk is seen until its person comes back, or another one signs in.

use egui::{RichText, Ui};

use crate::app::card::{card, demo_ui, entered, line};
use crate::base::error::Error;
use crate::domain::secret::Secret;
use crate::domain::sign_in;
use crate::engine::change::Changes;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::loader::Sending;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, fonts, icon};

/// A locked desk.
pub(crate) struct Lock {
    login: String,
    password: String,
    checking: Sending<()>,
    error: Option<Error>,
    drawn: bool,
}

/// What came of it in this frame.
pub(crate) enum Answer {
    /// Still locked.
    Locked,
    /// The person is back.
    Open,
    /// Another person wants to sign in.
    Another,
}

impl Lock {
    /// The desk of this person, locked.
    pub(crate) fn new(desk: &Desk) -> Lock {
        let login = desk.person.login.clone();
        Lock { login, password: String::new(), checking: Sending::none(), error: None, drawn: false }
    }

    /// Draws the lock.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &Desk) -> Answer {
        match self.checking.poll() {
            Some(Ok(())) => return Answer::Open,
            Some(Err(error)) => {
                self.error = Some(error);
                // The keyboard is in the field again.
                self.drawn = false;
            }
            None => {}
        }
        let mut another = false;
        card(ui, |ui| another = self.inside(ui, desk));
        self.drawn = true;
        if another { Answer::Another } else { Answer::Locked }
    }

    fn inside(&mut self, ui: &mut Ui, desk: &Desk) -> bool {
        let tokens = Tokens::of(ui);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(icon::LOCK).size(size::AMOUNT).color(tokens.colors().accent));
            ui.label(RichText::new(say(ui, "window.locked")).font(fonts::bold(size::TITLE)));
            ui.label(say_with(ui, "window.locked_by", &[("name", &desk.person.name)]));
            if desk.house.demo {
                demo_ui(ui);
            }
        });
        ui.add_space(space::L);
        let password = line(ui, ("lock-password", "window.password"), &mut self.password, true);
        if !self.drawn {
            password.request_focus();
        }
        let ready = !self.password.is_empty() && !self.checking.is_under_way();
        let pressed = button::wide(ui, &say(ui, "window.unlock"), ready).clicked();
        if ready && (pressed || entered(ui, &password)) {
            self.check(desk);
        }
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            error_line_ui(ui, error);
        }
        ui.add_space(space::M);
        ui.link(say(ui, "window.another_person")).clicked()
    }

    fn check(&mut self, desk: &Desk) {
        self.error = None;
        let (login, password) = (self.login.clone(), Secret::new(std::mem::take(&mut self.password)));
        self.checking.put(desk.handle.write(move |store, _| {
            sign_in::sign_in(store, &login, &password)?;
            Ok(((), Changes::default()))
        }));
    }
}
