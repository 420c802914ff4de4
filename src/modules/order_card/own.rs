//! The fields that the company added to orders, on the card: a form below the head, written onto the card as it is typed.

use std::collections::BTreeMap;

use egui::{Context, Id, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::modules::order_card::card::Card;
use crate::ui::desk::Desk;
use crate::ui::form::{Form, FormEvent, Section};
use crate::ui::own::BEFORE;
use crate::ui::tokens::space;
use crate::ui::words::say;
use crate::ui::{button, icon};

/// The fields as they stand on the card.
#[derive(Default)]
pub(crate) struct OwnFields {
    sections: &'static [Section],
    form: Option<Form>,
    /// What the form was filled from, or wrote last.
    shown: BTreeMap<String, Json>,
    /// Whether they are wanted where the lines need the room.
    wanted: bool,
}

/// A lower window has no room for them beside the lines, in points.
const LOW: f32 = 480.0;

fn is_low(ctx: &Context) -> bool {
    ctx.content_rect().height() < LOW
}

impl OwnFields {
    /// Draws them and writes what is typed onto the card.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk, card: &mut Card) {
        self.follow(desk, card);
        let Some(form) = self.form.as_mut().filter(|_| self.wanted || !is_low(ui.ctx())) else { return };
        ui.add_space(space::S);
        for event in form.ui(ui, desk) {
            let FormEvent::Changed { key } = event else { continue };
            let code = key.trim_start_matches(BEFORE);
            match form.get(key) {
                Some(value) if value != false => drop(card.fields.insert(code.to_owned(), value)),
                _ if form.is_settled(key) => drop(card.fields.remove(code)),
                // What is half typed is no value yet.
                _ => {}
            }
        }
        self.shown.clone_from(&card.fields);
    }

    /// In a low window, the button that shows them and puts them away again.
    pub(crate) fn button_ui(&mut self, ui: &mut Ui) {
        if self.form.is_some() && is_low(ui.ctx()) {
            let name = say(ui, "own_fields.title");
            let response = button::quiet(ui, icon::LIST, &name);
            if response.clicked() {
                self.wanted = !self.wanted;
            }
        }
    }

    /// Fills the form anew where the company has other fields by now, or the card holds something else.
    fn follow(&mut self, desk: &Desk, card: &Card) {
        let sections = desk.own("order").alone;
        if std::ptr::eq(sections, self.sections) && self.shown == card.fields {
            return;
        }
        self.sections = sections;
        self.shown.clone_from(&card.fields);
        let form = || Form::new(Id::unique("order-own"), sections, &json!({"fields": card.fields}), desk);
        self.form = (!sections.is_empty()).then(form);
    }

    /// Whether everything typed can be taken and what must be filled in is; else it is said there.
    pub(crate) fn check(&mut self) -> bool {
        let whole = self.form.as_mut().is_none_or(Form::check);
        self.wanted |= !whole;
        whole
    }

    /// Puts what was refused to the field it names; whether it names one of these.
    pub(crate) fn fail(&mut self, error: &Error) -> bool {
        let form = self.form.as_mut().filter(|_| error.field().is_some_and(|place| place.starts_with(BEFORE)));
        let named = form.is_some();
        self.wanted |= named;
        form.into_iter().for_each(|form| form.fail(error));
        named
    }
}
