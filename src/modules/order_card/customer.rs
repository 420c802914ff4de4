//! The customer of an order: found by a few letters or digits, or added on the spot.

use egui::{Id, Key, Modifiers, Ui};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::phone;
use crate::base::right::Right;
use crate::domain::terms;
use crate::engine::worker::Lane;
use crate::modules::order_card::card::Card;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_line_ui, error_ui};
use crate::ui::field::{Answer, Drop, Edit, Enter, Field, Row, Shape, Walked, drop, text_field};
use crate::ui::icon;
use crate::ui::list::{CUSTOMER, key, plain, written};
use crate::ui::paged::{Page, Paged};
use crate::ui::tokens::Tokens;
use crate::ui::words::{say, say_with};

const WIDTH: f32 = 300.0;

/// The field of the customer.
pub(crate) struct Customer {
    text: String,
    step: Step,
    /// Why what is typed was not taken.
    pub refused: Option<Error>,
    focus: bool,
    suggestions: Paged<Json>,
    asked: String,
    cursor: usize,
    fresh: Option<Fresh>,
}

/// How far the choice of a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The card's customer stands in the field.
    Chosen,
    /// The list of the first ones is open, nothing is typed.
    Listed,
    /// Letters are typed.
    Typed,
    /// What was typed was left or is to be saved: it is taken as soon as it is known what fits.
    Settling,
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
            step: Step::Chosen,
            refused: None,
            focus: false,
            suggestions: Paged::default(),
            asked: String::new(),
            cursor: 0,
            fresh: None,
        }
    }

    /// Gives up what is being typed; whether there was anything.
    pub(crate) fn give_up(&mut self, card: &Card) -> bool {
        let begun = self.step != Step::Chosen;
        self.put_back(card);
        begun
    }

    /// The keyboard goes here at the next drawing.
    pub(crate) fn focus(&mut self) {
        self.focus = true;
    }

    /// Whether its dialog is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.fresh.is_some()
    }

    /// Whether it is not known yet what fits the letters that are to be taken.
    pub(crate) fn is_settling(&self) -> bool {
        self.step == Step::Settling
    }

    /// Takes the only customer that fits what is typed; whether somebody is chosen now. Where it is not known yet, or
    /// nobody or several fit, the keyboard comes back here. Nobody is added whom one has not seen.
    pub(crate) fn settle(&mut self, card: &mut Card) -> bool {
        match self.step {
            Step::Chosen => return true,
            Step::Listed => self.put_back(card),
            Step::Typed | Step::Settling => {
                (self.step, self.focus) = (Step::Settling, true);
                self.take_only(card);
            }
        }
        self.step == Step::Chosen
    }

    fn take_only(&mut self, card: &mut Card) {
        if self.step != Step::Settling {
            return;
        }
        let typed = self.text.trim().to_owned();
        if typed.is_empty() {
            return self.take_walk_in(card);
        }
        if self.asked != typed || self.suggestions.is_loading() {
            return;
        }
        self.step = Step::Typed;
        self.refused = match (self.suggestions.error(), self.suggestions.value()) {
            (None, Some([_])) => {
                self.choose(0, card);
                return;
            }
            (Some(error), _) => Some(error.clone()),
            (None, Some([_, ..])) => Some(Error::rejected("error.customer_of_several").arg("text", typed)),
            (None, _) => Some(Error::rejected("error.customer_unknown").arg("text", typed)),
        };
    }

    fn take_walk_in(&mut self, card: &mut Card) {
        card.counterparty = None;
        card.customer.clear();
        self.put_back(card);
    }

    /// Draws the field; writes the chosen customer onto the card. Whether the keyboard is to go on.
    pub(crate) fn ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk, card: &mut Card) -> bool {
        let focused = ui.memory(|memory| memory.has_focus(id));
        let pressed = |key: Key| ui.input_mut(|input| focused && input.consume_key(Modifiers::NONE, key));
        let (list, enter) = (pressed(Key::F4), pressed(Key::Enter));
        let (escape, insert) = (pressed(Key::Escape), pressed(Key::Insert));
        if focused && self.step != Step::Chosen {
            self.cursor = drop::step(ui, self.cursor, self.choices(desk));
        }
        if self.step == Step::Chosen {
            // The walk-in is called as the window speaks.
            self.text = terms::customer(desk.lang, &card.customer);
        }
        let field = self.field_ui(ui, id);
        self.follow(&field, escape, card);
        if list || self.opener_ui(ui, &field) {
            self.open(card);
        }
        let count = if self.step == Step::Chosen { 0 } else { self.ask(desk) };
        self.take_only(card);
        let (typing, may_add) = (self.step != Step::Chosen, self.may_add(desk));
        let hanging = typing && field.response.has_focus();
        let clicked = if hanging { self.popup_ui(ui, &field, may_add, desk) } else { None };
        let unseen = enter && self.is_typed() && self.suggestions.is_loading();
        let mut go_on = unseen || (enter && !typing);
        if unseen {
            self.settle(card);
        } else if let Some(at) = clicked.or((enter && typing && (count > 0 || may_add)).then_some(self.cursor)) {
            go_on = self.choose(at, card);
        } else if insert && may_add {
            self.add();
        } else if enter && self.is_typed() && self.typed().is_empty() {
            self.take_walk_in(card);
            go_on = true;
        }
        self.fresh_ui(ui, desk, card) || go_on
    }

    /// Whether letters stand in it that were not taken yet.
    pub(crate) fn is_typed(&self) -> bool {
        matches!(self.step, Step::Typed | Step::Settling)
    }

    fn may_add(&self, desk: &Desk) -> bool {
        let begun = !(self.typed().is_empty() && self.is_typed());
        self.step != Step::Chosen && begun && desk.may(Right::CounterpartyEdit)
    }

    /// How many rows arrows walk through: the one that adds is behind the last customer who fits.
    fn choices(&self, desk: &Desk) -> usize {
        let adds = self.may_add(desk) && !self.suggestions.has_more();
        self.suggestions.rows().len().saturating_add(usize::from(adds))
    }

    /// What the list is asked for.
    fn typed(&self) -> &str {
        if self.is_typed() { self.text.trim() } else { "" }
    }

    /// Opens the list, or closes it where it stands open without a letter.
    fn open(&mut self, card: &Card) {
        match self.step {
            Step::Chosen => (self.step, self.cursor, self.focus) = (Step::Listed, 0, true),
            Step::Listed => self.put_back(card),
            Step::Typed | Step::Settling => self.focus = true,
        }
    }

    fn follow(&mut self, field: &Answer, escape: bool, card: &Card) {
        if field.changed {
            (self.step, self.cursor, self.refused) = (Step::Typed, 0, None);
        }
        if escape || (field.left && self.step == Step::Listed) {
            self.put_back(card);
        } else if field.left && self.step == Step::Typed && self.fresh.is_none() {
            self.step = Step::Settling;
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, id: Id) -> Answer {
        let name = say(ui, "column.customer");
        ui.label(egui::RichText::new(&name).color(Tokens::of(ui).colors().text2));
        let hint = say(ui, "card.walk_in_hint");
        let field = Field::new(id, &name).hint(&hint).width(WIDTH).enter(Enter::Stay).without_slot();
        if self.step != Step::Settling && std::mem::take(&mut self.focus) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let open = self.step != Step::Chosen;
        let shape = Shape { spare: 22.0, open, ..Shape::default() };
        let wrong = self.refused.is_some();
        Drop::of(id).hold(ui, open, |ui| Edit { field: &field, shape, wrong }.show(ui, &mut self.text))
    }

    fn opener_ui(&self, ui: &Ui, field: &Answer) -> bool {
        let name = say(ui, "card.list_customers");
        drop::opener(ui, field.response.rect, field.response.id.with("opener"), (icon::CHEVRON_DOWN, &name)).clicked()
    }

    fn put_back(&mut self, card: &Card) {
        self.text.clone_from(&card.customer);
        (self.step, self.refused, self.focus) = (Step::Chosen, None, false);
        self.suggestions.clear();
        self.asked.clear();
    }

    fn ask(&mut self, desk: &Desk) -> usize {
        let typed = self.typed().to_owned();
        if typed.is_empty() && self.is_typed() {
            self.suggestions.clear();
            self.asked.clear();
            return 0;
        }
        if typed != self.asked {
            self.asked.clone_from(&typed);
            self.suggestions.forget();
        }
        let revision = desk.revision(&["counterparties", "counterparty_phones"]);
        let ask = |page: &Page| {
            let mut wanted = page.arguments();
            wanted.insert("active".to_owned(), true.into());
            wanted.extend((!typed.is_empty()).then(|| ("text".to_owned(), typed.into())));
            desk.handle.ask_json(Lane::Interactive, &desk.call, "counterparties", Json::Object(wanted))
        };
        self.suggestions.keep(revision, ask).map_or(0, <[_]>::len)
    }

    fn popup_ui(&mut self, ui: &Ui, field: &Answer, may_add: bool, desk: &Desk) -> Option<usize> {
        let rows = self.suggestions.rows();
        if rows.is_empty() && !may_add {
            return None;
        }
        let (mut walked, mut adds) = (Walked::default(), false);
        let id = field.response.id;
        Drop::of(id).show(&field.response, &say(ui, "column.customer"), |ui| {
            // It hangs over the place where this is said else.
            if let Some(error) = &self.refused {
                error_line_ui(ui, error);
            }
            walked = drop::list(ui, id.with(("list", &self.asked)), (Some(self.cursor), rows), |ui, at, row| {
                let (name, phone) = (written(CUSTOMER, row, "name", desk), plain(row, "phone"));
                Row { id: id.with(key(row)), text: &name, detail: &phone, marked: self.cursor == at }.show(ui)
            });
            if may_add {
                let text = match self.typed() {
                    "" => say(ui, "card.new_customer_title"),
                    name => say_with(ui, "card.new_customer", &[("name", name)]),
                };
                let text = format!("{} {text}", icon::USER_PLUS);
                let row = Row { id: id.with("new"), text: &text, detail: "Ins", marked: self.cursor == rows.len() };
                adds = row.show(ui).clicked();
            }
        });
        let clicked = walked.clicked.or(adds.then_some(rows.len()));
        if walked.at_end && self.suggestions.has_more() {
            self.suggestions.grow();
            ui.ctx().request_repaint();
        }
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
        let typed = self.typed().to_owned();
        let dialled = typed.chars().all(|letter| letter.is_numeric() || " +-()".contains(letter));
        let (name, phone) = match dialled {
            _ if phone::is_scan(&typed) => (String::new(), String::new()),
            true => (String::new(), typed),
            false => (typed, String::new()),
        };
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
            ui.label(egui::RichText::new(&label).color(Tokens::of(ui).colors().text2));
            let enter = if id == phone_id { Enter::Stay } else { Enter::To(phone_id) };
            text_field(ui, &Field::new(id, &label).enter(enter), text);
        }
        if let Some(error) = &self.error {
            error_ui(ui, error);
        }
    }
}
