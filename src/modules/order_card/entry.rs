//! The line entry: a scanned barcode, a typed code or a few letters of a name become a line.

use std::collections::VecDeque;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Id, Key, Modifiers, Response, RichText, TextEdit, Ui, vec2};

use crate::base::error::Error;
use crate::domain::item::{FindItem, FoundItem, ItemRow, Items};
use crate::engine::select::Listed;
use crate::engine::worker::Lane;
use crate::modules::order_card::sought::{Burst, Sought, Typed};
use crate::modules::order_card::suggested::{Step, suggestion_ui};
use crate::ui::desk::Desk;
use crate::ui::field::{Drop, drop};
use crate::ui::icon;
use crate::ui::loader::Sending;
use crate::ui::paged::{Page, Paged};
use crate::ui::tokens::Tokens;
use crate::ui::words::say;

/// For fewer letters nothing is suggested.
const FEWEST: usize = 2;

/// What the entry gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EntryEvent {
    /// So many of an item.
    Item(FoundItem, String),
    /// So many of a code that no item has.
    Unknown(String, String),
    /// A line of free text.
    FreeText(String, String),
    /// Enter on an empty entry: go on.
    Empty,
    /// The keyboard goes down into the lines.
    Down,
}

/// The line entry.
#[derive(Default)]
pub(crate) struct Entry {
    text: String,
    asked: String,
    suggestions: Paged<Listed<ItemRow>>,
    cursor: Option<usize>,
    /// Whether the list was asked for before enough letters were typed.
    listed: bool,
    waiting: VecDeque<Sought>,
    finding: Sending<Vec<FoundItem>>,
    looking_for: Option<Sought>,
    burst: Burst,
    /// Why the newest entry gave no line.
    pub refused: Option<Error>,
    focus: bool,
    /// Whether the cursor goes behind what stands in the field.
    behind: bool,
}

impl Entry {
    /// Whether something that was confirmed is still looked up.
    pub(crate) fn is_waiting(&self) -> bool {
        self.looking_for.is_some() || !self.waiting.is_empty()
    }

    /// Whether one of several that fit is to be chosen first.
    pub(crate) fn is_choosing(&self) -> bool {
        self.cursor.is_some()
    }

    /// The field with what was typed there before.
    pub(crate) fn holding(text: &str) -> Entry {
        Entry { text: text.to_owned(), focus: true, ..Entry::default() }
    }

    /// What is half typed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Gives up what is being typed; whether there was anything.
    pub(crate) fn give_up(&mut self) -> bool {
        let begun = self.listed || !self.text.is_empty();
        if !std::mem::take(&mut self.listed) {
            self.text.clear();
        }
        self.clear_list();
        begun
    }

    /// Takes a scanned code, as many as `3*` in the field says; what else is typed there stays.
    pub(crate) fn scan(&mut self, code: &str) {
        let counted = self.text.trim().strip_suffix('*').map(|_| Typed::of(&format!("{}1", self.text.trim())).quantity);
        if counted.is_some() {
            self.clear();
        }
        let quantity = counted.unwrap_or_else(|| "1".to_owned());
        self.waiting.push_back(Sought::scanned(quantity, code));
        self.refused = None;
    }

    /// The keyboard goes here at the next drawing.
    pub(crate) fn focus(&mut self) {
        self.focus = true;
    }

    /// Draws the entry with its suggestions, and answers what it gave.
    pub(crate) fn ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk) -> Vec<EntryEvent> {
        let mut events = Vec::new();
        self.found(desk, &mut events);
        let focused = ui.memory(|memory| memory.has_focus(id));
        let pressed = |key: Key| ui.input_mut(|input| focused && input.consume_key(Modifiers::NONE, key));
        let as_text = ui.input_mut(|input| focused && input.consume_key(Modifiers::SHIFT, Key::Enter));
        let (enter, list) = (pressed(Key::Enter), pressed(Key::F4));
        let open = self.listed || !self.suggestions.rows().is_empty();
        let step = if focused { Step::taken(ui, open) } else { None };
        let response = Drop::of(id).hold(ui, open, |ui| self.field_ui(ui, id));
        self.list_ui(ui, &response, list);
        let seen = self.ask(desk);
        events.extend(as_text.then(|| self.take_as_text()).flatten());
        if let Some(step) = step {
            if seen == 0 && step == Step::Down {
                events.push(EntryEvent::Down);
            }
            self.cursor = step.from(self.cursor, seen);
        }
        let clicked =
            if focused || self.cursor.is_some() { self.suggestions_ui(ui, id, &response, desk) } else { None };
        if let Some(at) = clicked.or(if enter { self.cursor } else { None }) {
            self.choose(at, &mut events);
        } else if enter {
            self.confirm(&mut events);
            self.found(desk, &mut events);
        }
        events
    }

    fn field_ui(&mut self, ui: &mut Ui, id: Id) -> Response {
        let tokens = Tokens::of(ui);
        let name = say(ui, "card.entry");
        let faint = |words: &str| RichText::new(words).color(tokens.colors().text3);
        let (mark, hint) = (faint(icon::SCAN_BARCODE), faint(&say(ui, "card.entry_hint")).italics());
        if std::mem::take(&mut self.behind) {
            let end = CCursor::new(self.text.chars().count());
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui.ctx(), id);
        }
        let edit = TextEdit::singleline(&mut self.text).id(id).prefix(mark).hint_text(hint).desired_width(420.0);
        let edit = edit.margin(egui::Margin { left: 4, right: 24, top: 2, bottom: 2 });
        let response = ui.add(edit.min_size(vec2(0.0, tokens.control_height())).align(egui::Align2::LEFT_CENTER));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.changed() {
            self.refused = None;
            self.cursor = None;
        }
        self.burst.follow(&self.text, ui.input(|input| input.time));
        response
    }

    /// Asks for what fits the letters so far, or those that no code was found for; how many suggestions are there.
    fn ask(&mut self, desk: &Desk) -> usize {
        let sought = self.looking_for.as_ref().filter(|_| self.text.is_empty()).map(|sought| &sought.whole);
        let typed = Typed::of(sought.unwrap_or(&self.text)).text;
        if typed.chars().count() < FEWEST && !self.listed {
            self.suggestions.clear();
            self.asked.clear();
            return 0;
        }
        if typed != self.asked {
            self.asked.clone_from(&typed);
            self.suggestions.forget();
        }
        let text = Some(typed).filter(|typed| !typed.is_empty());
        let revision = desk.revision(&["items", "item_barcodes"]);
        let ask = |page: &Page| {
            let (limit, after) = (Some(page.limit), page.after.clone());
            let items = Items { text, active: Some(true), limit, after, ..Items::default() };
            desk.handle.ask(Lane::Interactive, &desk.call, items)
        };
        self.suggestions.keep(revision, ask).map_or(0, <[_]>::len)
    }

    fn suggestions_ui(&mut self, ui: &Ui, id: Id, field: &Response, desk: &Desk) -> Option<usize> {
        let rows = self.suggestions.value().filter(|rows| !rows.is_empty())?;
        let shown = Drop::of(id).show(field, &say(ui, "card.entry"), |ui| {
            drop::list(ui, id.with(&self.asked), (self.cursor, rows), |ui, at, row| {
                suggestion_ui(ui, &row.row, self.cursor == Some(at), desk)
            })
        });
        let walked = shown.unwrap_or_default();
        if walked.at_end && self.suggestions.has_more() {
            self.suggestions.grow();
            ui.ctx().request_repaint();
        }
        walked.clicked
    }

    fn choose(&mut self, at: usize, events: &mut Vec<EntryEvent>) {
        let Some(row) = self.suggestions.value().and_then(|rows| rows.get(at)) else {
            return;
        };
        let quantity = Typed::of(&self.text).quantity;
        events.push(EntryEvent::Item(found(&row.row), quantity));
        self.clear();
        self.focus = true;
    }

    /// Enter without a chosen suggestion: what was typed is looked up as a barcode or a code. The field is free at once,
    /// so that a scanner may go on.
    fn confirm(&mut self, events: &mut Vec<EntryEvent>) {
        if self.is_refused() {
            return;
        }
        if Typed::of(&self.text).text.is_empty() {
            events.push(EntryEvent::Empty);
            return;
        }
        self.waiting.push_back(Sought::confirmed(&self.text, self.burst.behind_words()));
        self.text.clear();
        self.refused = None;
        self.focus = true;
    }

    /// Opens and closes the list by its key and its small arrow; what takes the keyboard away closes it.
    fn list_ui(&mut self, ui: &Ui, response: &Response, by_key: bool) {
        let name = say(ui, "card.list_items");
        let opener = drop::opener(ui, response.rect, response.id.with("opener"), (icon::CHEVRON_DOWN, &name));
        if by_key || opener.clicked() {
            self.listed = !self.listed;
            self.clear_list();
            self.cursor = self.listed.then_some(0);
            response.request_focus();
        } else if self.listed && response.lost_focus() {
            self.listed = false;
            self.clear_list();
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.listed = false;
        self.clear_list();
    }

    fn clear_list(&mut self) {
        self.asked.clear();
        self.suggestions.clear();
        self.cursor = None;
        self.refused = None;
    }

    /// Takes what was found for the first of the entries that wait, and looks for the next.
    fn found(&mut self, desk: &Desk, events: &mut Vec<EntryEvent>) {
        loop {
            let Some(mut sought) = self.looking_for.take().or_else(|| self.waiting.pop_front()) else {
                return;
            };
            let Some(code) = sought.codes.front().cloned() else {
                if self.suggested(sought, events) {
                    continue;
                }
                return;
            };
            if !self.finding.is_under_way() {
                let code = code.typed.text.clone();
                self.finding.put(desk.handle.ask(Lane::Interactive, &desk.call, FindItem { code }));
            }
            let Some(answer) = self.finding.poll() else {
                self.looking_for = Some(sought);
                return;
            };
            match answer.map(|rows| rows.into_iter().next()) {
                Ok(Some(item)) => {
                    self.suggestions.clear();
                    self.asked.clear();
                    self.put_back(&code.rest);
                    events.push(EntryEvent::Item(item, code.typed.quantity));
                }
                Ok(None) => {
                    sought.codes.pop_front();
                    self.looking_for = Some(sought);
                }
                Err(error) => {
                    self.put_back(&sought.whole);
                    self.refused = Some(error);
                }
            }
        }
    }

    /// No such code: the only name that fits is meant, of several the person chooses, else it is refused. Whether it is
    /// settled, and not awaited what fits.
    fn suggested(&mut self, sought: Sought, events: &mut Vec<EntryEvent>) -> bool {
        let typed = Typed::of(&sought.whole);
        let asked = sought.scanned.is_none() && self.text.is_empty() && typed.text.chars().count() >= FEWEST;
        if asked && (self.asked != typed.text || self.suggestions.is_loading()) {
            self.looking_for = Some(sought);
            return false;
        }
        let fits = self.suggestions.value().filter(|_| asked).unwrap_or_default();
        match fits {
            [only] => {
                events.push(EntryEvent::Item(found(&only.row), typed.quantity));
                self.suggestions.clear();
            }
            [_, ..] => {
                self.put_back(&sought.whole);
                self.cursor = Some(0);
            }
            [] => match sought.unknown() {
                Some(code) => events.push(EntryEvent::Unknown(code.text, code.quantity)),
                None => {
                    self.put_back(&sought.whole);
                    self.refused = Some(Error::rejected("error.entry_unknown").arg("text", &typed.text));
                }
            },
        }
        true
    }

    /// What was typed stands in the field again, unless something else does by now.
    fn put_back(&mut self, text: &str) {
        if self.text.is_empty() && !text.is_empty() {
            text.clone_into(&mut self.text);
            (self.behind, self.focus) = (true, true);
        }
    }

    /// Whether the number before the sign is none that can be taken; it then stays to be mended.
    fn is_refused(&mut self) -> bool {
        self.refused = Typed::refused(&self.text);
        self.focus |= self.refused.is_some();
        self.refused.is_some()
    }

    /// The words as a line without an item.
    fn take_as_text(&mut self) -> Option<EntryEvent> {
        if self.is_refused() {
            return None;
        }
        let typed = Typed::of(&self.text);
        if typed.text.is_empty() {
            return None;
        }
        self.clear();
        self.focus = true;
        Some(EntryEvent::FreeText(typed.text, typed.quantity))
    }
}

fn found(row: &ItemRow) -> FoundItem {
    FoundItem {
        id: row.id,
        code: row.code.clone(),
        name: row.name.clone(),
        unit: row.unit.clone(),
        price: row.price,
        currency: row.currency,
        active: row.active,
        quantity: None,
        lot: None,
        serial: None,
        expires: None,
    }
}
