//! The line entry: a scanned barcode, a typed code or a few letters of a name become a line.

use std::collections::VecDeque;

use egui::{Area, Frame, Id, Key, Modifiers, Order, Response, RichText, Sense, TextEdit, Ui, vec2};

use crate::base::error::Error;
use crate::domain::item::{FindItem, FoundItem, ItemRow, Items};
use crate::engine::select::Listed;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::list::money;
use crate::ui::loader::{Loader, Sending};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{button, icon};

/// How many suggestions are shown.
const MOST: i64 = 8;

/// What the entry gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum EntryEvent {
    /// So many of an item.
    Item(FoundItem, String),
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
    suggestions: Loader<Vec<Listed<ItemRow>>>,
    cursor: Option<usize>,
    waiting: VecDeque<Typed>,
    finding: Sending<Vec<FoundItem>>,
    looking_for: Option<Typed>,
    /// Why the newest entry gave no line.
    pub refused: Option<Error>,
    focus: bool,
}

/// What was confirmed with Enter: so many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Typed {
    quantity: String,
    text: String,
}

impl Entry {
    /// Whether something that was confirmed is still looked up.
    pub(crate) fn is_waiting(&self) -> bool {
        self.looking_for.is_some() || !self.waiting.is_empty()
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
        let typed = !self.text.is_empty();
        self.clear();
        typed
    }

    /// Takes a scanned code, as many as `3*` in the field says; what else is typed there stays.
    pub(crate) fn scan(&mut self, code: &str) {
        let counted = self.text.trim().strip_suffix('*').map(|_| Typed::of(&format!("{}1", self.text.trim())).quantity);
        if counted.is_some() {
            self.clear();
        }
        let quantity = counted.unwrap_or_else(|| "1".to_owned());
        self.waiting.push_back(Typed { quantity, text: code.to_owned() });
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
        let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
        let as_text = ui.input_mut(|input| focused && input.consume_key(Modifiers::SHIFT, Key::Enter));
        let enter = pressed(Key::Enter);
        let response = self.field_ui(ui, id);
        let seen = self.ask(desk);
        events.extend(as_text.then(|| self.take_as_text()).flatten());
        if down || up {
            if seen == 0 && down {
                events.push(EntryEvent::Down);
            }
            self.cursor = step(self.cursor, down, seen);
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
        let hint = format!("{} {}", icon::SCAN_BARCODE, say(ui, "card.entry_hint"));
        let hint = RichText::new(hint).color(tokens.colors().text3);
        let edit = TextEdit::singleline(&mut self.text).id(id).hint_text(hint).desired_width(420.0);
        let response = ui.add(edit.min_size(vec2(0.0, tokens.control_height())).align(egui::Align2::LEFT_CENTER));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.changed() {
            self.refused = None;
            self.cursor = None;
        }
        response
    }

    /// Asks for what fits the letters so far; how many suggestions are there for them.
    fn ask(&mut self, desk: &Desk) -> usize {
        let typed = Typed::of(&self.text).text;
        if typed.chars().count() < 2 {
            self.suggestions.clear();
            self.asked.clear();
            return 0;
        }
        if typed != self.asked {
            self.asked.clone_from(&typed);
            self.suggestions.forget();
        }
        let items = Items { text: Some(typed), active: Some(true), limit: Some(MOST), ..Items::default() };
        let revision = desk.revision(&["items", "item_barcodes"]);
        self.suggestions.keep(revision, || desk.handle.ask(Lane::Interactive, &desk.call, items)).map_or(0, Vec::len)
    }

    fn suggestions_ui(&self, ui: &Ui, id: Id, field: &Response, desk: &Desk) -> Option<usize> {
        let rows = self.suggestions.value().filter(|rows| !rows.is_empty())?;
        let mut clicked = None;
        let at = field.rect.left_bottom() + vec2(0.0, 2.0);
        Area::new(id.with("suggestions")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(field.rect.width().max(420.0));
                ui.spacing_mut().item_spacing.y = 0.0;
                for (place, row) in rows.iter().enumerate() {
                    if suggestion_ui(ui, &row.row, self.cursor == Some(place), desk).clicked() {
                        clicked = Some(place);
                    }
                }
            });
        });
        clicked
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
        let typed = Typed::of(&self.text);
        if typed.text.is_empty() {
            events.push(EntryEvent::Empty);
            return;
        }
        self.waiting.push_back(typed);
        self.text.clear();
        self.refused = None;
        self.focus = true;
    }

    fn clear(&mut self) {
        self.text.clear();
        self.asked.clear();
        self.suggestions.clear();
        self.cursor = None;
        self.refused = None;
    }

    /// Takes what was found for the first of the entries that wait, and looks for the next.
    fn found(&mut self, desk: &Desk, events: &mut Vec<EntryEvent>) {
        loop {
            if self.looking_for.is_none() {
                let Some(next) = self.waiting.pop_front() else {
                    return;
                };
                let code = next.text.clone();
                self.looking_for = Some(next);
                self.finding.put(desk.handle.ask(Lane::Interactive, &desk.call, FindItem { code }));
            }
            let Some(answer) = self.finding.poll() else {
                return;
            };
            let typed = self.looking_for.take().unwrap_or_default();
            match answer.map(|rows| rows.into_iter().next()) {
                Ok(Some(item)) => {
                    self.suggestions.clear();
                    self.asked.clear();
                    events.push(EntryEvent::Item(item, typed.quantity));
                }
                Ok(None) => self.not_found(typed, events),
                Err(error) => self.refused = Some(error),
            }
        }
    }

    /// No such code: the only name that fits is meant, else the person chooses or corrects.
    fn not_found(&mut self, typed: Typed, events: &mut Vec<EntryEvent>) {
        let fits = self.suggestions.value().filter(|_| self.asked == typed.text && !self.suggestions.is_loading());
        if let Some([only]) = fits.map(Vec::as_slice) {
            events.push(EntryEvent::Item(found(&only.row), typed.quantity));
            self.suggestions.clear();
            return;
        }
        let wordy = typed.text.chars().any(char::is_alphabetic);
        let none = fits.is_some_and(Vec::is_empty);
        self.refused = Some(Error::rejected("error.entry_unknown").arg("text", &typed.text));
        if self.text.is_empty() && wordy && !none {
            self.text.clone_from(&typed.text);
        }
    }

    /// The words as a line without an item.
    fn take_as_text(&mut self) -> Option<EntryEvent> {
        let typed = Typed::of(&self.text);
        if typed.text.is_empty() {
            return None;
        }
        self.clear();
        self.focus = true;
        Some(EntryEvent::FreeText(typed.text, typed.quantity))
    }
}

impl Typed {
    /// `3*` before the rest says how many.
    fn of(text: &str) -> Typed {
        let text = text.trim();
        if let Some((count, rest)) = text.split_once('*')
            && let Ok(count) = count.trim().replace(',', ".").parse::<crate::base::quantity::Quantity>()
            && count.micros() > 0
        {
            return Typed { quantity: count.to_string(), text: rest.trim().to_owned() };
        }
        Typed { quantity: "1".to_owned(), text: text.to_owned() }
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

fn step(cursor: Option<usize>, down: bool, count: usize) -> Option<usize> {
    match (cursor, down) {
        _ if count == 0 => None,
        (None, true) => Some(0),
        (None | Some(0), false) => None,
        (Some(at), true) => Some((at + 1).min(count - 1)),
        (Some(at), false) => Some(at - 1),
    }
}

fn suggestion_ui(ui: &mut Ui, row: &ItemRow, chosen: bool, desk: &Desk) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.row_height()), Sense::click());
    button::name(&response, &row.name, true);
    let fill = if chosen { c.sel } else { c.raised };
    ui.painter().rect_filled(rect, 3.0, if response.hovered() && !chosen { c.hover } else { fill });
    let price = row.price.map(|price| money(&price.to_string(), row.currency.code(), desk)).unwrap_or_default();
    let font = crate::ui::fonts::regular(tokens.body());
    let inside = rect.shrink2(vec2(space::S, 2.0));
    let painter = ui.painter();
    painter.text(inside.right_center(), egui::Align2::RIGHT_CENTER, price, font.clone(), c.text2);
    let painter = painter.with_clip_rect(inside.with_max_x(inside.max.x - 90.0));
    let code = painter.text(inside.left_center(), egui::Align2::LEFT_CENTER, &row.code, font.clone(), c.text3);
    let left = code.max.x.max(inside.min.x + 90.0) + space::S;
    painter.text(egui::pos2(left, inside.center().y), egui::Align2::LEFT_CENTER, &row.name, font, c.text);
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_number_and_a_star_before_the_code_say_how_many() {
        assert_eq!(Typed::of(" 3*4850001234562 "), Typed { quantity: "3".into(), text: "4850001234562".into() });
        assert_eq!(Typed::of("2,5 * sugar").quantity, "2.5");
        assert_eq!(Typed::of("sugar*3"), Typed { quantity: "1".into(), text: "sugar*3".into() });
        assert_eq!(Typed::of("0*7").quantity, "1");
    }

    #[test]
    fn arrows_walk_through_suggestions_and_back_into_the_field() {
        assert_eq!(step(None, true, 3), Some(0));
        assert_eq!(step(Some(2), true, 3), Some(2));
        assert_eq!(step(Some(0), false, 3), None);
        assert_eq!(step(Some(1), true, 0), None);
    }
}
