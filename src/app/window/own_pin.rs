//! The dialog in which a person chooses the PIN of the locked screen, or takes it away again.

use egui::{Id, RichText, Ui};

use crate::app::card::{entered, line};
use crate::base::error::{Error, Result};
use crate::domain::pin::{RemoveOwnPin, SetOwnPin};
use crate::domain::secret::Secret;
use crate::domain::sign_in::{self, Seat};
use crate::domain::user::{OwnAccount, OwnAccountRow};
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Given, error_line_ui};
use crate::ui::loader::{Loader, Sending};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

/// The dialog while it is open.
#[derive(Default)]
pub(super) struct OwnPin {
    account: Loader<Vec<OwnAccountRow>>,
    password: String,
    pin: String,
    again: String,
    sending: Sending<Option<Seat>>,
    error: Option<Error>,
}

/// How it was left.
pub(super) enum Left {
    /// Nothing was done.
    Alone,
    /// A PIN was chosen; the seat in which its person, whose password was typed, sits from now on.
    Chosen(Seat),
    /// There is no PIN any more.
    Removed,
}

impl OwnPin {
    /// Draws it; how it was left, once it is.
    pub(super) fn show(&mut self, ui: &Ui, desk: &Desk) -> Option<Left> {
        let ask = || desk.handle.ask(Lane::Interactive, &desk.call, OwnAccount {});
        let has = self.account.keep(0, ask).and_then(|rows| rows.first()).is_some_and(|account| account.has_pin);
        match self.sending.poll() {
            Some(Ok(Some(seat))) => return Some(Left::Chosen(seat)),
            Some(Ok(None)) => return Some(Left::Removed),
            Some(Err(error)) => self.error = Some(error),
            None => {}
        }
        let (title, keep) = (say(ui, "window.key_pin"), say(ui, "window.keep_pin"));
        let (remove, back) = (say(ui, "window.remove_pin"), say(ui, "dialog.cancel"));
        let ready = [&self.password, &self.pin, &self.again].iter().all(|typed| !typed.is_empty());
        let dialog = Dialog::new(Id::unique("own-pin"), &title).width(420.0).back(&back);
        let dialog = dialog.accept(&keep, ready && !self.sending.is_under_way());
        let dialog = if has { dialog.destroy(&remove, !self.sending.is_under_way()) } else { dialog };
        let shown = dialog.focus(Id::unique("own-pin-password")).show(ui, |ui| self.inside(ui));
        match shown.given {
            Some(Given::Accepted) => self.choose(desk),
            Some(Given::Destroyed) => self.remove(desk),
            Some(Given::Closed) => return Some(Left::Alone),
            Some(Given::Other) | None => {}
        }
        None
    }

    fn inside(&mut self, ui: &mut Ui) {
        ui.label(RichText::new(say(ui, "window.pin_about")).color(Tokens::of(ui).colors().text2));
        ui.add_space(space::S);
        let password = line(ui, ("own-pin-password", "window.password"), &mut self.password, true);
        let pin = line(ui, ("own-pin-new", "window.new_pin"), &mut self.pin, true);
        let again = line(ui, ("own-pin-again", "window.pin_again"), &mut self.again, true);
        if entered(ui, &password) {
            pin.request_focus();
        }
        if entered(ui, &pin) {
            again.request_focus();
        }
        if let Some(error) = &self.error {
            error_line_ui(ui, error);
        }
    }

    fn choose(&mut self, desk: &Desk) {
        if self.pin != self.again {
            self.error = Some(Error::rejected("error.pins_differ"));
            return;
        }
        self.error = None;
        let (login, call) = (desk.person.login.clone(), desk.call.clone());
        let [password, pin] = [&mut self.password, &mut self.pin].map(|typed| Secret::new(std::mem::take(typed)));
        self.again.clear();
        self.sending.put(desk.handle.write(move |store, _| {
            let (_, seat) = sign_in::by_password(store, &login, &password)?;
            let done = store.run(&call, &SetOwnPin { pin })?;
            Ok((Some(seat), done.changes))
        }));
    }

    fn remove(&mut self, desk: &Desk) {
        self.error = None;
        let call = desk.call.clone();
        let job = move |store: &mut crate::engine::store::Store, _: &_| -> Result<_> {
            let done = store.run(&call, &RemoveOwnPin {})?;
            Ok((None, done.changes))
        };
        self.sending.put(desk.handle.write(job));
    }
}
