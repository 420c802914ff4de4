//! The field of a reference: letters find, a list hangs below, Enter takes the marked row, Ins makes a new one.
//! It knows no queries; it says what it wants to be asked and takes what was found.

mod state;

pub use state::{Offers, PickerEvent, PickerState, Suggestion, Suggestions};

use egui::{Key, Role, Ui};

use crate::ui::action::Keys;
use crate::ui::field::{Answer, Drop, Edit, Enter, Field, Note, Row, Shape, Walked, column, drop, edit, hint, slot};
use crate::ui::icon;
use crate::ui::words::{say, say_with};

/// A reference field as it is drawn now.
pub struct Picker<'a> {
    /// How it looks.
    pub field: &'a Field<'a>,
    /// What was found.
    pub found: &'a Suggestions,
    /// What it offers beside choosing.
    pub offers: Offers,
}

impl Picker<'_> {
    /// Draws it; what happened in the field, and what it wants. [`Answer::changed`] tells that something else is chosen.
    pub fn show(&self, ui: &mut Ui, state: &mut PickerState) -> (Answer, Vec<PickerEvent>) {
        let before = state.id();
        let mut events = Vec::new();
        let has = !self.field.read_only && ui.memory(|memory| memory.has_focus(self.field.id));
        if has && std::mem::take(&mut state.onward) {
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::Next));
        }
        let text = state.text.clone();
        if has {
            self.keys(ui, state, &mut events);
        }
        let written = text != state.text;
        let answer = column(ui, self.field, |ui| {
            let mut answer = self.line(ui, state, &mut events);
            let text = state.text.clone();
            if !self.field.read_only {
                self.follow(ui, state, &answer, &mut events);
                self.openers(ui, state, &answer, &mut events);
                self.hang(state, &answer, &mut events);
            }
            if written || text != state.text {
                edit::select_all(ui, self.field.id, &state.text);
                ui.ctx().request_repaint();
            }
            let wrong =
                (state.typed && state.left && !state.awaiting).then(|| Note::Wrong(say(ui, "field.not_chosen")));
            slot(ui, self.field, wrong.as_ref());
            answer.changed = state.id() != before;
            answer
        });
        (answer, events)
    }

    fn line(&self, ui: &mut Ui, state: &mut PickerState, events: &mut Vec<PickerEvent>) -> Answer {
        let (place, open) = (Drop::of(self.field.id), state.open);
        let card = self.offers.card && state.id().is_some();
        let shape = Shape { spare: if card { 48.0 } else { 22.0 }, open, ..Shape::default() };
        let wrong = state.typed && state.left;
        // Enter is for the list first; the field goes on afterwards.
        let here = Enter::To(self.field.id);
        let field = Field { enter: if open || state.typed { here } else { self.field.enter }, ..*self.field };
        let answer = place.hold(ui, open, |ui| Edit { field: &field, shape, wrong }.show(ui, &mut state.text));
        if self.field.read_only {
            return answer;
        }
        if answer.changed {
            events.push(state.typed());
        }
        ui.ctx().accesskit_node_builder(field.id, |node| {
            node.set_role(Role::EditableComboBox);
            node.set_expanded(open);
        });
        answer
    }

    /// The small signs at the right end; drawn when it is known whether a press on them took the focus away.
    fn openers(&self, ui: &Ui, state: &mut PickerState, answer: &Answer, events: &mut Vec<PickerEvent>) {
        let (rect, field) = (answer.response.rect, self.field);
        let name = say(ui, "field.open_list");
        if drop::opener(ui, rect, field.id.with("opener"), (icon::CHEVRON_DOWN, &name)).clicked() {
            if state.open {
                state.open = false;
            } else {
                events.push(state.open());
            }
            answer.response.request_focus();
        }
        if let (true, Some(id)) = (self.offers.card, state.id()) {
            let name = say(ui, "field.open_card");
            let left = rect.translate(egui::vec2(-rect.height(), 0.0));
            if drop::opener(ui, left, field.id.with("card"), (icon::EXTERNAL_LINK, &name)).clicked() {
                events.push(PickerEvent::OpenCardAsked(id));
            }
        }
    }

    /// What leaving, Enter and an answer that came do.
    fn follow(&self, ui: &Ui, state: &mut PickerState, answer: &Answer, events: &mut Vec<PickerEvent>) {
        let found = self.found.of(state.wanted());
        if answer.entered && (state.open || state.typed) {
            match found.and_then(|rows| rows.get(state.marked)) {
                Some(row) => events.push(state.take(row)),
                None if found.is_none() => state.awaiting = true,
                None => state.left = true,
            }
            self.go_on(ui, state);
        }
        if answer.left {
            state.open = false;
            state.left = true;
            let typed = state.text.trim().to_lowercase();
            let same = |row: &&Suggestion| row.text.to_lowercase() == typed;
            let mut exact = found.unwrap_or_default().iter().filter(same);
            if let (true, Some(row), None) = (state.typed, exact.next(), exact.next()) {
                events.push(state.take(row));
            }
        }
        if let (true, Some(rows)) = (state.awaiting, self.found.of(state.wanted())) {
            state.awaiting = false;
            match rows.first() {
                Some(row) => events.push(state.take(row)),
                None => state.left = true,
            }
            self.go_on(ui, state);
        }
    }

    fn go_on(&self, ui: &Ui, state: &mut PickerState) {
        let has = ui.memory(|memory| memory.has_focus(self.field.id));
        if !has || state.typed {
            return;
        }
        match self.field.enter {
            Enter::Next => state.onward = true,
            Enter::To(id) => ui.memory_mut(|memory| memory.request_focus(id)),
            Enter::Stay => {}
        }
        ui.ctx().request_repaint();
    }

    fn hang(&self, state: &mut PickerState, answer: &Answer, events: &mut Vec<PickerEvent>) {
        if !state.open {
            return;
        }
        let (text, wanted) = (state.text.clone(), state.wanted().to_owned());
        let mut walked = Walked::default();
        let mut create = false;
        Drop::of(self.field.id).show(&answer.response, self.field.name, |ui| {
            walked = self.rows(ui, state);
            if let Some(error) = self.found.error() {
                hint(ui, &error.message(crate::ui::words::lang(ui)), true);
            } else if self.found.of(&wanted).is_some_and(<[_]>::is_empty) {
                hint(ui, &say(ui, "field.nothing_found"), false);
            }
            if self.offers.create {
                let words = match wanted.as_str() {
                    "" => say(ui, "field.create"),
                    name => say_with(ui, "field.create_named", &[("name", name)]),
                };
                let row = Row { id: self.field.id.with("create"), text: &words, detail: "Ins", marked: false };
                create = row.show(ui).clicked();
            }
        });
        if walked.at_end && self.found.has_more() {
            events.push(PickerEvent::MoreAsked);
        }
        if let Some(row) = walked.clicked.and_then(|at| self.found.rows().get(at)) {
            events.push(state.take(row));
            answer.response.request_focus();
        } else if create {
            state.open = false;
            events.push(PickerEvent::CreateAsked(if state.typed { text } else { String::new() }));
        }
    }

    fn rows(&self, ui: &mut Ui, state: &PickerState) -> Walked {
        let listed = self.field.id.with(("list", state.wanted()));
        drop::list(ui, listed, (Some(state.marked), self.found.rows()), |ui, at, found| {
            let id = self.field.id.with(("row", found.id));
            Row { id, text: &found.text, detail: &found.detail, marked: at == state.marked }.show(ui)
        })
    }

    fn keys(&self, ui: &Ui, state: &mut PickerState, events: &mut Vec<PickerEvent>) {
        let pressed = |keys: Keys| ui.input_mut(|input| keys.pressed(input));
        if state.open {
            state.marked = drop::step(ui, state.marked, self.found.rows().len());
            if pressed(Keys::plain(Key::Escape)) || pressed(Keys::alt(Key::ArrowUp)) {
                state.open = false;
            }
            if drop::tab(ui) {
                let row = self.found.of(state.wanted()).map(|rows| rows.get(state.marked).cloned());
                match row {
                    Some(Some(row)) if state.typed => events.push(state.take(&row)),
                    None => state.awaiting = state.typed,
                    Some(_) => {}
                }
                state.open = false;
            }
        } else if pressed(Keys::plain(Key::ArrowDown)) || pressed(Keys::alt(Key::ArrowDown)) {
            events.push(state.open());
        } else if state.typed && pressed(Keys::plain(Key::Escape)) {
            state.revert();
        }
        if pressed(Keys::plain(Key::F4)) {
            if self.offers.list {
                state.open = false;
                events.push(PickerEvent::OpenListAsked);
            } else if state.open {
                state.open = false;
            } else {
                events.push(state.open());
            }
        }
        if self.offers.card && pressed(Keys::shift(Key::F4)) {
            events.extend(state.id().map(PickerEvent::OpenCardAsked));
        }
        if self.offers.create && pressed(Keys::plain(Key::Insert)) {
            state.open = false;
            events.push(PickerEvent::CreateAsked(state.wanted().to_owned()));
        }
    }
}
