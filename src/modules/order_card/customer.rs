//! The customer of an order: found by a few letters or digits, or added on the spot.

use egui::{Area, Frame, Id, Key, Modifiers, Order, Rect, Response, RichText, Sense, TextEdit, Ui, vec2};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::right::Right;
use crate::engine::worker::Lane;
use crate::modules::order_card::card::Card;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_ui};
use crate::ui::field::{Enter, Field, text_field};
use crate::ui::list::{key, plain};
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{button, fonts, icon};

const MOST: i64 = 8;
const WIDTH: f32 = 300.0;

/// The field of the customer.
pub(crate) struct Customer {
    text: String,
    typing: bool,
    suggestions: Loader<Vec<Json>>,
    asked: String,
    cursor: usize,
    /// Where the list below the field stood.
    list: Option<Rect>,
    fresh: Option<Fresh>,
}

/// A customer that is added on the spot.
struct Fresh {
    name: String,
    phone: String,
    sending: Dispatch,
    error: Option<Error>,
}

impl Customer {
    /// The field with the card's customer.
    pub(crate) fn new(card: &Card) -> Customer {
        Customer {
            text: card.customer.clone(),
            typing: false,
            suggestions: Loader::default(),
            asked: String::new(),
            cursor: 0,
            list: None,
            fresh: None,
        }
    }

    /// Gives up what is being typed; whether there was anything.
    pub(crate) fn give_up(&mut self, card: &Card) -> bool {
        let typing = self.typing;
        self.put_back(card);
        typing
    }

    /// Whether its dialog is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.fresh.is_some()
    }

    /// Draws the field; writes the chosen customer onto the card. Whether the keyboard is to go on.
    pub(crate) fn ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk, card: &mut Card) -> bool {
        let focused = ui.memory(|memory| memory.has_focus(id));
        let pressed = |key: Key| ui.input_mut(|input| focused && input.consume_key(Modifiers::NONE, key));
        let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
        let (enter, escape, insert) = (pressed(Key::Enter), pressed(Key::Escape), pressed(Key::Insert));
        let response = self.field_ui(ui, id);
        let left = self.typing && !response.has_focus() && !enter && !self.is_list_pressed(ui);
        if escape || left {
            self.put_back(card);
        }
        let count = if self.typing { self.ask(desk) } else { 0 };
        let may_add = self.typing && !self.text.trim().is_empty() && desk.may(Right::CounterpartyEdit);
        let last = if may_add { count } else { count.saturating_sub(1) };
        if down {
            self.cursor = (self.cursor + 1).min(last);
        }
        if up {
            self.cursor = self.cursor.saturating_sub(1);
        }
        let clicked = if self.typing { self.popup_ui(ui, id, &response, may_add) } else { None };
        self.list = self.list.filter(|_| self.typing);
        let mut go_on = enter && !self.typing;
        if let Some(at) = clicked.or((enter && self.typing && (count > 0 || may_add)).then_some(self.cursor)) {
            go_on = self.choose(at, card);
        } else if insert && may_add {
            self.add();
        }
        if enter && self.typing && self.text.trim().is_empty() {
            card.counterparty = None;
            card.customer.clear();
            self.put_back(card);
            go_on = true;
        }
        self.fresh_ui(ui, desk, card) || go_on
    }

    /// A press on the list takes the focus away; what it chooses is known when it is let go.
    fn is_list_pressed(&self, ui: &Ui) -> bool {
        ui.input(|input| {
            let pressed = input.pointer.any_down() || input.pointer.any_released();
            let at = input.pointer.interact_pos().filter(|_| pressed);
            self.list.zip(at).is_some_and(|(list, at)| list.contains(at))
        })
    }

    fn field_ui(&mut self, ui: &mut Ui, id: Id) -> Response {
        let tokens = Tokens::of(ui);
        let label = ui.label(RichText::new(say(ui, "column.customer")).color(tokens.colors().text2));
        let hint = RichText::new(say(ui, "card.walk_in_hint")).color(tokens.colors().text3);
        let edit = TextEdit::singleline(&mut self.text).id(id).hint_text(hint).desired_width(WIDTH);
        let size = vec2(0.0, tokens.control_height());
        let response = ui.add(edit.min_size(size).align(egui::Align2::LEFT_CENTER)).labelled_by(label.id);
        if response.changed() {
            self.typing = true;
            self.cursor = 0;
        }
        response
    }

    fn put_back(&mut self, card: &Card) {
        self.text.clone_from(&card.customer);
        self.typing = false;
        self.suggestions.clear();
        self.asked.clear();
    }

    fn ask(&mut self, desk: &Desk) -> usize {
        let typed = self.text.trim().to_owned();
        if typed.is_empty() {
            self.suggestions.clear();
            self.asked.clear();
            return 0;
        }
        if typed != self.asked {
            self.asked.clone_from(&typed);
            self.suggestions.forget();
        }
        let wanted = json!({"text": typed, "active": true, "limit": MOST});
        let revision = desk.revision(&["counterparties", "counterparty_phones"]);
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "counterparties", wanted);
        self.suggestions.keep(revision, ask).map_or(0, Vec::len)
    }

    fn popup_ui(&mut self, ui: &Ui, id: Id, field: &Response, may_add: bool) -> Option<usize> {
        let rows = self.suggestions.value().map_or(&[][..], Vec::as_slice);
        if rows.is_empty() && !may_add {
            return None;
        }
        let mut clicked = None;
        let at = field.rect.left_bottom() + vec2(0.0, 2.0);
        let area = Area::new(id.with("customers")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(WIDTH.max(field.rect.width()));
                ui.spacing_mut().item_spacing.y = 0.0;
                for (place, row) in rows.iter().enumerate() {
                    let (name, phone) = (plain(row, "name"), plain(row, "phone"));
                    if choice_ui(ui, (&name, &phone), self.cursor == place).clicked() {
                        clicked = Some(place);
                    }
                }
                if may_add {
                    let text = say_with(ui, "card.new_customer", &[("name", self.text.trim())]);
                    let chosen = self.cursor == rows.len();
                    if choice_ui(ui, (&format!("{} {text}", icon::USER_PLUS), "Ins"), chosen).clicked() {
                        clicked = Some(rows.len());
                    }
                }
            });
        });
        self.list = Some(area.response.rect);
        clicked
    }

    fn choose(&mut self, at: usize, card: &mut Card) -> bool {
        let Some(row) = self.suggestions.value().and_then(|rows| rows.get(at)) else {
            self.add();
            return false;
        };
        card.counterparty = Some(key(row));
        card.customer = plain(row, "name");
        self.put_back(card);
        true
    }

    /// Opens the dialog of a new customer with what was typed as its name, or as its phone where it is one.
    fn add(&mut self) {
        let typed = self.text.trim().to_owned();
        let phone = typed.chars().all(|letter| letter.is_numeric() || " +-()".contains(letter));
        let (name, phone) = if phone { (String::new(), typed) } else { (typed, String::new()) };
        self.fresh = Some(Fresh { name, phone, sending: Dispatch::default(), error: None });
    }

    fn fresh_ui(&mut self, ui: &Ui, desk: &Desk, card: &mut Card) -> bool {
        let Some(fresh) = &mut self.fresh else {
            return false;
        };
        match fresh.sending.ui(ui, desk) {
            Some(Ok(done)) => {
                card.counterparty = Some(key(&done.output));
                card.customer = fresh.name.trim().to_owned();
                self.fresh = None;
                self.put_back(card);
                return true;
            }
            Some(Err(error)) => fresh.error = Some(error),
            None => {}
        }
        if fresh.sending.is_asking() {
            return false;
        }
        let (title, save, back) =
            (say(ui, "card.new_customer_title"), say(ui, "action.save"), say(ui, "dialog.cancel"));
        let ready = !fresh.name.trim().is_empty() && !fresh.sending.is_busy();
        let ids = [Id::unique("new-customer-name"), Id::unique("new-customer-phone")];
        let first = if fresh.name.is_empty() { ids[0] } else { ids[1] };
        let dialog = Dialog::new(Id::unique("new-customer"), &title).accept(&save, ready).back(&back).focus(first);
        let shown = dialog.show(ui, |ui| fresh.inside(ui, ids));
        match shown.given {
            Some(Given::Accepted) if ready => {
                let mut wanted = json!({"name": fresh.name.trim()});
                if let Some(object) = wanted.as_object_mut().filter(|_| !fresh.phone.trim().is_empty()) {
                    object.insert("phone".to_owned(), fresh.phone.trim().into());
                }
                fresh.error = None;
                fresh.sending.send(desk, "save-counterparty", wanted);
            }
            Some(Given::Closed) => self.fresh = None,
            _ => {}
        }
        false
    }
}

impl Fresh {
    fn inside(&mut self, ui: &mut Ui, [name_id, phone_id]: [Id; 2]) {
        for (id, label, text) in [(name_id, "column.name", &mut self.name), (phone_id, "column.phone", &mut self.phone)]
        {
            let label = say(ui, label);
            ui.label(RichText::new(&label).color(Tokens::of(ui).colors().text2));
            let enter = if id == phone_id { Enter::Stay } else { Enter::To(phone_id) };
            text_field(ui, &Field::new(id, &label).enter(enter), text);
        }
        if let Some(error) = &self.error {
            error_ui(ui, error);
        }
    }
}

fn choice_ui(ui: &mut Ui, (text, detail): (&str, &str), chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.row_height()), Sense::click());
    button::name(&response, text, true);
    let fill = if chosen { c.sel } else { c.raised };
    ui.painter().rect_filled(rect, 3.0, if response.hovered() && !chosen { c.hover } else { fill });
    let inside = rect.shrink2(vec2(space::S, 2.0));
    let font = fonts::regular(tokens.body());
    let painter = ui.painter();
    let right = painter.text(inside.right_center(), egui::Align2::RIGHT_CENTER, detail, font.clone(), c.text3);
    let painter = painter.with_clip_rect(inside.with_max_x(right.min.x - space::S));
    painter.text(inside.left_center(), egui::Align2::LEFT_CENTER, text, font, c.text);
    response
}
