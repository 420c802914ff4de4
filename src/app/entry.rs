//! The door: a company file is open, and somebody says who they are.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Align, Color32, Context, RichText, Ui, ViewportCommand};

use crate::app::Next;
use crate::app::arrival::{self, Arrived, Gate, Seats};
use crate::app::card::{card, door_language_ui, entered, line, unreal_ui};
use crate::app::setting::Setting;
use crate::base::error::{Error, Result};
use crate::base::unreal::Unreal;
use crate::domain::BUSINESS;
use crate::domain::company;
use crate::domain::credential::ChangeOwnPassword;
use crate::domain::secret::Secret;
use crate::domain::sign_in::SignedIn;
use crate::engine::change::Changes;
use crate::engine::clock::Clock;
use crate::engine::store::{Call, Store};
use crate::engine::worker::{Handle, Hooks};
use crate::ui::desk::Revisions;
use crate::ui::dialog::error_line_ui;
use crate::ui::loader::Sending;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts};

/// An open file and who stands before it.
pub(crate) struct Entry {
    gate: Gate,
    login: String,
    password: String,
    again: String,
    signing: Sending<Arrived>,
    newcomer: Option<SignedIn>,
    error: Option<Error>,
    drawn: bool,
}

impl Entry {
    /// Opens a company file.
    pub(crate) fn open(ctx: &Context, file: PathBuf, clock: Arc<dyn Clock>, inline: bool) -> Result<Entry> {
        let store = Store::open(&file, &BUSINESS, clock.clone())?;
        let unreal = company::unreal(store.db()).unwrap_or_default();
        let revisions = Revisions::default();
        let (wake, noted) = (ctx.clone(), revisions.clone());
        let hooks = Hooks {
            wake: Arc::new(move || wake.request_repaint()),
            changed: Arc::new(move |changes: &Changes| noted.note(changes)),
        };
        let handle = if inline { Handle::inline(store, hooks) } else { Handle::start(store, hooks)? };
        Ok(Entry::at(Gate { file, unreal, handle, revisions, clock, seats: Seats::default() }))
    }

    /// The door of a file that is open already.
    pub(crate) fn at(gate: Gate) -> Entry {
        Entry {
            gate,
            login: String::new(),
            password: String::new(),
            again: String::new(),
            signing: Sending::none(),
            newcomer: None,
            error: None,
            drawn: false,
        }
    }

    /// Whether the file is one that the next run begins with: not a company to practise on.
    pub(crate) fn is_lasting(&self) -> bool {
        self.gate.unreal != Some(Unreal::Training)
    }

    /// The door where this person came in last; only the password is missing.
    pub(crate) fn expecting(self, login: &str) -> Entry {
        Entry { login: login.to_owned(), ..self }
    }

    /// The door where somebody came in by a one-time code and has to choose a password.
    pub(crate) fn renewing(self, login: String, signed: SignedIn) -> Entry {
        Entry { login, newcomer: Some(signed), ..self }
    }
}

/// The languages and the way to another company: beside them where there is room, else below; whether it is taken.
fn foot_ui(ui: &mut Ui, setting: &mut Setting) -> bool {
    let words = say(ui, "window.other_file");
    let font = fonts::regular(Tokens::of(ui).body());
    let wide = ui.painter().layout_no_wrap(words.clone(), font, Color32::PLACEHOLDER).size().x + space::S;
    let link =
        |ui: &mut Ui| ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| ui.link(&words).clicked()).inner;
    let beside = ui.horizontal(|ui| {
        door_language_ui(ui, setting);
        (ui.available_width() >= wide).then(|| link(ui))
    });
    beside.inner.unwrap_or_else(|| ui.horizontal(link).inner)
}

impl Entry {
    /// Draws the door; the window behind it when somebody came in.
    pub(crate) fn ui(&mut self, ui: &mut Ui, setting: &mut Setting) -> Option<Next> {
        let next = self.arrive(ui.ctx(), setting);
        let mut other = false;
        card(ui, |ui| {
            self.title_ui(ui);
            if self.newcomer.is_some() {
                self.own_password_ui(ui)
            } else {
                self.sign_in_ui(ui)
            }
            if let Some(error) = &self.error {
                ui.add_space(space::S);
                error_line_ui(ui, error);
            }
            ui.add_space(space::M);
            ui.separator();
            other = foot_ui(ui, setting);
        });
        if !std::mem::replace(&mut self.drawn, true) {
            let title = format!("{} - Patver", say(ui, "window.sign_in"));
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title));
        }
        if other {
            self.gate.handle.close();
            return Some(Next::First);
        }
        next
    }

    fn title_ui(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new("Patver").font(fonts::bold(size::AMOUNT)).color(tokens.colors().accent));
            let name = self.gate.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            ui.label(RichText::new(name).color(tokens.colors().text2))
                .on_hover_text(self.gate.file.display().to_string());
            if let Some(unreal) = self.gate.unreal {
                unreal_ui(ui, unreal);
            }
        });
        ui.add_space(space::L);
    }

    fn sign_in_ui(&mut self, ui: &mut Ui) {
        let login = line(ui, ("sign-in-login", "window.login"), &mut self.login, false);
        let password = line(ui, ("sign-in-password", "window.password"), &mut self.password, true);
        if !self.drawn {
            if self.login.is_empty() { login.request_focus() } else { password.request_focus() }
        }
        if entered(ui, &login) {
            password.request_focus();
        }
        ui.add_space(space::S);
        let ready = !self.login.trim().is_empty() && !self.password.is_empty() && !self.signing.is_under_way();
        let text = say(ui, if self.signing.is_under_way() { "window.signing_in" } else { "window.sign_in" });
        let pressed = button::wide(ui, &text, ready).clicked();
        if ready && (pressed || entered(ui, &password)) {
            let password = std::mem::take(&mut self.password);
            self.sign_in(password);
        }
    }

    fn own_password_ui(&mut self, ui: &mut Ui) {
        ui.label(say(ui, "window.choose_password"));
        ui.add_space(space::S);
        let first = line(ui, ("own-password", "window.new_password"), &mut self.password, true);
        let second = line(ui, ("own-password-again", "window.password_again"), &mut self.again, true);
        if entered(ui, &first) {
            second.request_focus();
        }
        ui.add_space(space::S);
        let ready = !self.password.is_empty() && !self.again.is_empty() && !self.signing.is_under_way();
        let pressed = button::wide(ui, &say(ui, "window.keep_password"), ready).clicked();
        if !(ready && (pressed || entered(ui, &second))) {
            return;
        }
        if self.password == self.again {
            self.again.clear();
            let password = std::mem::take(&mut self.password);
            self.choose(password);
        } else {
            self.error = Some(Error::rejected("error.passwords_differ"));
        }
    }

    fn sign_in(&mut self, password: String) {
        self.error = None;
        let (login, password) = (self.login.trim().to_owned(), Secret::new(password));
        self.signing.put(
            self.gate
                .handle
                .write(move |store, _| Ok((arrival::by_password(store, &login, &password)?, Changes::default()))),
        );
    }

    fn choose(&mut self, password: String) {
        self.error = None;
        let Some(newcomer) = &self.newcomer else {
            return;
        };
        let (login, call) = (self.login.trim().to_owned(), Call::of_user(newcomer.user.get()));
        self.signing.put(self.gate.handle.write(move |store, _| {
            let password = Secret::new(password);
            let done = store.run(&call, &ChangeOwnPassword { password: password.clone() })?;
            Ok((arrival::by_password(store, &login, &password)?, done.changes))
        }));
    }

    fn arrive(&mut self, ctx: &Context, setting: &mut Setting) -> Option<Next> {
        match self.signing.poll()? {
            Ok(arrived) => {
                let signed = arrived.signed.clone();
                let window = self.gate.clone().admit(ctx, arrived, setting);
                if window.is_none() {
                    self.newcomer = Some(signed);
                }
                window.map(Next::Desk)
            }
            Err(error) => {
                self.error = Some(error);
                // The keyboard is in the field again.
                self.drawn = false;
                None
            }
        }
    }
}
