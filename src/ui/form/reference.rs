//! A reference in a form: the picker, what it finds, and the value that the object keeps.

use egui::Ui;
use serde_json::Value as Json;

use crate::ui::desk::{Desk, Wish};
use crate::ui::field::{Answer, Field};
use crate::ui::form::FormEvent;
use crate::ui::form::cell::Drawing;
use crate::ui::form::find::{Finder, written};
use crate::ui::form::spec::Reference;
use crate::ui::picker::{Offers, Picker, PickerEvent, PickerState};
use crate::ui::screen::Place;

/// The id of a record whose id is not known, only what it is kept as.
const UNKNOWN: i64 = i64::MIN;

/// Whether the label of the value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    Known,
    ToAsk,
    Asked,
}

#[derive(Debug)]
pub(super) struct Referring {
    reference: &'static Reference,
    state: PickerState,
    finder: Finder,
    value: Option<Json>,
    naming: Naming,
}

impl Referring {
    /// The reference as it stands in an object.
    pub(super) fn new(reference: &'static Reference, value: &Json, object: &Json) -> Referring {
        let mut new = Referring {
            reference,
            state: PickerState::new(),
            finder: Finder::new(reference),
            value: None,
            naming: Naming::Known,
        };
        let label = reference.shown.and_then(|key| object.get(key)).map(|label| written(Some(label)));
        new.set(value, label.as_deref().unwrap_or_default());
        new
    }

    /// Refers to what is kept as this value; the label may be empty where it is not known.
    pub(super) fn set(&mut self, value: &Json, label: &str) {
        // What is referred to may stand as a whole.
        let label = if label.is_empty() { written(value.get(self.reference.label)) } else { label.to_owned() };
        let value = value.get(self.reference.key).unwrap_or(value);
        let text = written(Some(value));
        self.value = (!text.is_empty()).then(|| value.clone());
        let nameless = self.value.is_some() && label.is_empty() && self.reference.key != self.reference.label;
        self.naming = if nameless { Naming::ToAsk } else { Naming::Known };
        if self.value.is_none() {
            return self.state.clear();
        }
        let id = value.as_i64().filter(|_| self.reference.key == "id").unwrap_or(UNKNOWN);
        self.state.choose(id, if label.is_empty() { text } else { label });
    }

    /// What the object keeps; nothing where nothing is chosen.
    pub(super) fn value(&self) -> Option<Json> {
        self.value.clone().filter(|_| self.state.is_settled())
    }

    /// The name that is read, where it stands in this field of the object.
    pub(super) fn named_in(&self, key: &str) -> Option<String> {
        let named = self.reference.shown == Some(key) && self.value().is_some();
        named.then(|| self.state.text().to_owned())
    }

    pub(super) fn is_settled(&self) -> bool {
        self.state.is_settled()
    }

    pub(super) fn insist(&mut self) {
        self.state.insist();
    }

    /// Draws it; what it cannot do itself it leaves as events.
    pub(super) fn show(&mut self, ui: &mut Ui, field: &Field<'_>, with: Drawing<'_>) -> Answer {
        let Drawing { desk, events, spec, .. } = with;
        self.find_name(desk);
        let known = self.state.id().is_some_and(|id| id != UNKNOWN);
        let offers =
            Offers { create: self.reference.create, list: false, card: self.reference.card.is_some() && known };
        let picker = Picker { field, found: &self.finder.found, offers };
        let (mut answer, wants) = picker.show(ui, &mut self.state);
        let before = self.value();
        for want in wants {
            match want {
                PickerEvent::Asked(text) => self.finder.ask(desk, &text),
                PickerEvent::MoreAsked => self.finder.ask_more(desk),
                PickerEvent::Chosen(id) => {
                    self.value = self.finder.row(id).and_then(|row| row.get(self.reference.key)).cloned();
                }
                PickerEvent::Cleared => self.value = None,
                PickerEvent::CreateAsked(text) => events.push(FormEvent::CreateAsked { key: spec.key, text }),
                PickerEvent::OpenListAsked => {}
                PickerEvent::OpenCardAsked(id) => {
                    if let Some(kind) = self.reference.card {
                        desk.wish(Wish::Open(Place::of(kind, id)));
                    }
                }
            }
        }
        answer.changed = before != self.value();
        answer
    }

    fn find_name(&mut self, desk: &Desk) {
        if self.naming == Naming::ToAsk {
            self.naming = Naming::Asked;
            let text = written(self.value.as_ref());
            self.finder.ask(desk, &text);
        }
        if !self.finder.poll() || self.naming != Naming::Asked {
            return;
        }
        self.naming = Naming::Known;
        let named = self.value.as_ref().and_then(|value| self.finder.kept_as(value));
        if let Some((id, row)) = named.filter(|_| self.state.is_settled() && !self.state.is_open()) {
            self.state.choose(id, self.finder.label(row));
        }
    }
}
