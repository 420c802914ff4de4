//! The card of one record in a tab: a form described as data, and beside it what belongs to the record.

mod action;
pub(crate) mod closing;
mod part;

use egui::{Frame, Id, Key, Label, Margin, RichText, ScrollArea, Ui};
use serde_json::{Value as Json, json};

pub(crate) use part::{Drawn, Part, PartKind, Parts};

use crate::base::right::Right;
use crate::engine::worker::Lane;
use crate::modules::card::closing::Closing;
use crate::modules::saving::{Creates, Saved, Saving, Target};
use crate::ui::action::{Keys, Offer};
use crate::ui::bar::{self, Look};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::error_retry_ui;
use crate::ui::focus::scrolled;
use crate::ui::form::{Form, FormEvent, Section};
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::screen::{self, Place, Screen};
use crate::ui::toast::{Offered, Toast};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::{fonts, menu};

/// A card as data. Wide: one field a part of its description.
pub(crate) struct CardSpec {
    /// The kind of its place; the key is the id, or `new`, or `new:` and a name, or `scanned:` and a barcode.
    pub place: &'static str,
    /// Whether there is exactly one such record: its place has no key, its query and its command take no id.
    pub single: bool,
    /// Its icon.
    pub icon: &'static str,
    /// Key of the title of a new one.
    pub new: &'static str,
    /// The query of one record by its id.
    pub query: &'static str,
    /// The tables it shows.
    pub tables: &'static [&'static str],
    /// The fields.
    pub sections: &'static [Section],
    /// What a new one holds at first.
    pub fresh: fn(&Desk) -> Json,
    /// The command that saves it.
    pub save: &'static str,
    /// The right to save it.
    pub edit: Right,
    /// Records that references make on the spot.
    pub creates: &'static [Creates],
    /// What belongs to a record that is saved.
    pub parts: &'static [Part],
    /// What the card does besides.
    pub more: fn() -> Box<dyn More>,
}

impl CardSpec {
    fn target(&self, sections: &'static [Section]) -> Target {
        let CardSpec { query, save, creates, single, .. } = *self;
        Target { query, by_id: !single, known_by: if single { "" } else { "id" }, save, sections, creates }
    }
}

/// What a card does beyond its fields.
pub(crate) trait More {
    /// Further actions.
    fn offers(&self, _form: &Form, _desk: &Desk) -> Vec<Offer> {
        Vec::new()
    }

    /// Does one of them.
    fn act(&mut self, _action: &'static str, _form: &mut Form, _desk: &Desk) {}

    /// Takes a scanned code; whether it did.
    fn scan(&mut self, _code: &str, _form: &mut Form, _desk: &mut Desk) -> bool {
        false
    }

    /// Another picture is wanted.
    fn picture_asked(&mut self, _ui: &Ui, _desk: &mut Desk) {}

    /// Draws beside the form and takes answers.
    fn ui(&mut self, _ui: &mut Ui, _form: &mut Form, _desk: &mut Desk) {}
}

/// Nothing more.
pub(crate) struct Plain;

impl More for Plain {}

/// A card on a screen.
pub(crate) struct Card {
    spec: &'static CardSpec,
    // The fields of the program, and those that the company added.
    sections: &'static [Section],
    id: Option<i64>,
    key: String,
    told: Loader<Vec<Json>>,
    // The version of the record that the form was filled from.
    version: Option<i64>,
    // The version that was saved and is not told yet.
    awaited: Option<i64>,
    form: Option<Form>,
    parts: Parts,
    saving: Saving,
    closing: Closing,
    more: Box<dyn More>,
}

impl Card {
    /// The card of a place.
    pub(crate) fn open(spec: &'static CardSpec, key: &str, desk: &Desk) -> Card {
        let id = if spec.single { Some(0) } else { key.parse().ok() };
        let mut card = Card {
            spec,
            sections: desk.own(spec.query).sections(spec.sections),
            id,
            key: key.to_owned(),
            told: Loader::default(),
            version: None,
            awaited: None,
            form: None,
            parts: Parts::new(spec.parts),
            saving: Saving::default(),
            closing: Closing::default(),
            more: (spec.more)(),
        };
        if id.is_none() {
            card.begin(desk);
        }
        card
    }

    /// The form of a record that is not there yet.
    fn begin(&mut self, desk: &Desk) {
        let mut object = (self.spec.fresh)(desk);
        if let (Some(name), Json::Object(fields)) = (self.key.strip_prefix("new:"), &mut object) {
            fields.insert("name".to_owned(), name.into());
        }
        if let (Some(code), Json::Object(fields)) = (self.key.strip_prefix("scanned:"), &mut object) {
            fields.insert("barcodes".to_owned(), json!([code]));
        }
        let mut form = Form::new(self.form_id(), self.sections, &object, desk);
        form.focus_first();
        self.form = Some(form);
    }

    fn form_id(&self) -> Id {
        Id::unique(("card", self.spec.place, &self.key))
    }

    fn record(&self) -> Option<&Json> {
        self.told.value().and_then(|rows| rows.first())
    }

    fn changed(&self) -> bool {
        self.awaited.is_none() && self.form.as_ref().is_some_and(Form::changed)
    }

    /// Asks for the record, and fills the form anew where nothing typed would be lost.
    fn follow(&mut self, desk: &Desk) {
        let sections = desk.own(self.spec.query).sections(self.spec.sections);
        let described = !std::ptr::eq(sections, self.sections) && !self.changed() && !self.saving.is_busy();
        if described {
            self.sections = sections;
        }
        let Some(id) = self.id else {
            if described {
                self.begin(desk);
            }
            return;
        };
        let which = if self.spec.single { json!({}) } else { json!({ "id": id }) };
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, self.spec.query, which);
        self.told.keep(desk.revision(self.spec.tables), ask);
        let version = self.record().and_then(|row| row.get("version")?.as_i64());
        let known = version.is_some() && (described || version != self.version) && version >= self.awaited;
        if known && !self.changed() && !self.saving.is_busy() {
            self.awaited = None;
            self.fill(desk);
        }
    }

    /// Fills the form from the record as it stands.
    fn fill(&mut self, desk: &Desk) {
        let Some(record) = self.record().cloned() else { return };
        let first = self.form.is_none();
        let read_only = !desk.may(self.spec.edit);
        let form = Form::new(self.form_id(), self.sections, &record, desk);
        let mut form = form.keep(if self.spec.single { &["version"] } else { &["id", "version"] }).read_only(read_only);
        if first {
            form.focus_first();
        }
        self.version = record.get("version").and_then(Json::as_i64);
        self.form = Some(form);
    }

    fn save(&mut self, then_close: bool, desk: &Desk) {
        let Some(form) = &mut self.form else { return };
        if form.check() {
            self.saving.send(&self.spec.target(self.sections), form.value(), then_close, desk);
        }
    }

    fn leave(&mut self, desk: &mut Desk) {
        if self.changed() {
            self.closing.ask();
        } else {
            desk.wish(Wish::Close);
        }
    }

    fn bar_ui(&self, ui: &mut Ui, desk: &Desk) -> Option<&'static str> {
        let words = RichText::new(format!("{}  {}", self.spec.icon, self.title(desk)));
        let words = words.font(fonts::bold(size::SECTION)).color(Tokens::of(ui).colors().text);
        let buttons: Vec<_> = self.actions(desk).into_iter().map(|offer| (offer, Look::Words)).collect();
        bar::titled_ui(ui, self.form_id(), &buttons, |ui| {
            ui.add(Label::new(words).truncate());
        })
    }

    fn form_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(form) = &mut self.form else {
            if let Some(error) = self.told.error().cloned()
                && error_retry_ui(ui, &error)
            {
                self.told.forget();
            }
            return;
        };
        let mut submitted = false;
        scrolled(ui, ScrollArea::vertical().auto_shrink(false), |ui| {
            for event in form.ui(ui, desk) {
                match event {
                    FormEvent::Submitted => submitted = true,
                    FormEvent::CreateAsked { key, text } => {
                        self.saving.create(&self.spec.target(self.sections), key, &text, desk)
                    }
                    FormEvent::PictureAsked { .. } => self.more.picture_asked(ui, desk),
                    FormEvent::Changed { .. } => {}
                }
            }
            ui.add_space(space::L);
            self.more.ui(ui, form, desk);
        });
        if submitted {
            self.save(true, desk);
        }
    }

    /// Takes the answer to what was sent.
    fn settle(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(form) = &mut self.form else { return };
        let Some(saved) = self.saving.ui(ui, (&self.spec.target(self.sections), form), desk) else { return };
        match saved {
            Saved::Done { id, version, seq, then_close } => {
                let name = form.get("name").map(|name| plain(&json!({ "name": name }), "name")).unwrap_or_default();
                let toast = Toast::done(desk.say_with("record.saved", &[("name", &name)]));
                desk.toast(toast.offer(Offered::Undo(seq)));
                if !self.spec.single {
                    self.id = Some(id);
                    self.key = id.to_string();
                }
                self.told.forget();
                // What was typed is shown until the record is there anew.
                self.awaited = Some(version);
                self.parts.forget();
                if then_close || self.closing.is_waiting() {
                    desk.wish(Wish::Close);
                }
            }
            Saved::TakeTheirs => {
                self.form = None;
                self.version = None;
                self.told.forget();
            }
            Saved::Refused => self.closing.give_up(),
        }
    }
}

impl Screen for Card {
    fn place(&self) -> Place {
        Place::of(self.spec.place, &self.key)
    }

    fn title(&self, desk: &Desk) -> String {
        if self.spec.single {
            let title = desk.say(self.spec.new);
            return if self.changed() { format!("{title} *") } else { title };
        }
        let typed = self.form.as_ref().and_then(|form| form.get("name")).map(|name| plain(&json!({ "n": name }), "n"));
        let told = || self.record().map(|row| plain(row, "name"));
        let name = typed.or_else(told).unwrap_or_else(|| desk.say(self.spec.new));
        if self.changed() { format!("{name} *") } else { name }
    }

    fn icon(&self) -> &'static str {
        self.spec.icon
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        let mut offers = Vec::new();
        if desk.may(self.spec.edit) {
            let free = self.changed() && !self.saving.is_busy();
            offers.push(action::SAVE_AND_CLOSE.primary(free));
            offers.push(action::SAVE.offer(free));
        }
        if let Some(form) = &self.form {
            offers.extend(self.more.offers(form, desk));
        }
        offers
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        if action == action::SAVE.id {
            self.save(false, desk);
        } else if action == action::SAVE_AND_CLOSE.id {
            self.save(true, desk);
        } else if action == screen::CLOSE {
            self.leave(desk);
        } else if let Some(form) = &mut self.form {
            self.more.act(action, form, desk);
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.follow(desk);
        let margin = Margin::symmetric(12, 8);
        let pressed = Frame::new().fill(Tokens::of(ui).colors().panel).inner_margin(margin).show(ui, |ui| {
            let pressed = self.bar_ui(ui, desk);
            if self.id.is_some() {
                self.parts.tabs_ui(ui, self.spec.parts, desk);
            }
            ui.separator();
            let part = self.id.and_then(|id| self.parts.shown(self.spec.parts).map(|part| (id, part)));
            match part {
                Some((id, part)) => self.parts.part_ui(ui, part, id, desk),
                None => self.form_ui(ui, desk),
            }
            pressed
        });
        if let Some(action) = pressed.inner {
            self.act(action, desk);
        }
        self.settle(ui, desk);
        // What hangs open in the form has heard Esc before.
        let escape = |ui: &Ui| ui.input_mut(|input| Keys::plain(Key::Escape).pressed(input));
        if !self.modal() && !menu::is_open(ui.ctx()) && escape(ui) {
            self.leave(desk);
        }
        match self.closing.ui(ui) {
            Some(closing::Answer::Save) => self.save(true, desk),
            Some(closing::Answer::Discard) => desk.wish(Wish::Close),
            None => {}
        }
    }

    fn scan(&mut self, code: &str, desk: &mut Desk) -> bool {
        let takes = desk.may(self.spec.edit) && !self.modal();
        match &mut self.form {
            Some(form) if takes => self.more.scan(code, form, desk),
            _ => false,
        }
    }

    fn modal(&self) -> bool {
        self.closing.is_asking() || self.saving.is_asking() || self.parts.is_asking()
    }

    fn unsaved(&self) -> bool {
        self.changed()
    }
}
