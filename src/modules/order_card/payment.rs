//! The payment dialog: what is due, how it is paid, what is given back.

use egui::{Id, Key, RichText, Ui};
use serde_json::{Value as Json, json};

use crate::base::currency::Currency;
use crate::base::error::Error;
use crate::base::money::Money;
use crate::domain::payment::take::Taken;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_ui};
use crate::ui::field::amount::Figures;
use crate::ui::field::{AmountInput, Field, amount_field};
use crate::ui::list::money;
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts, icon};

/// Notes that are suggested: the next round sums above what is due, in units of the currency.
const NOTES: [i64; 5] = [1_000, 5_000, 10_000, 20_000, 50_000];

/// Takes the payment and shows its papers instead of printing them at once.
static LOOK: Action =
    Action { id: "pay-look", text: "card.accept_look", icon: icon::EYE, keys: &[Keys::alt(Key::P)], need: None };

/// The dialog.
pub(crate) struct Payment {
    order: i64,
    number: String,
    due: Money,
    rows: Vec<Row>,
    methods: Loader<Vec<Json>>,
    sending: Dispatch,
    error: Option<Error>,
    /// Whether the papers are printed after it.
    pub print: Print,
    focus: Option<usize>,
}

struct Row {
    method: String,
    amount: AmountInput,
}

/// What is printed after a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Print {
    /// The invoice, issued first where there is none.
    pub invoice: bool,
    /// The receipt.
    pub receipt: bool,
    /// Both are looked at first, and printed from there.
    pub looked_at: bool,
}

/// How the dialog ended.
pub(crate) enum Paid {
    /// It was closed.
    Closed,
    /// The payment is durable; print what is wanted.
    Taken(Taken, Print),
}

impl Payment {
    /// A dialog for what is due for an order.
    pub(crate) fn new(order: i64, number: String, due: Money) -> Payment {
        let mut amount = AmountInput::new(Figures::money(due.currency()));
        amount.set(&due.to_string());
        let first = Row { method: "cash".to_owned(), amount };
        Payment {
            order,
            number,
            due,
            rows: vec![first],
            methods: Loader::default(),
            sending: Dispatch::default(),
            error: None,
            print: Print { invoice: true, receipt: false, looked_at: false },
            focus: Some(0),
        }
    }

    /// What it is for.
    pub(crate) fn title(&self, desk: &Desk) -> String {
        desk.say_with("card.payment_for", &[("number", &self.number)])
    }

    /// Draws the dialog; how it ended, where it did.
    pub(crate) fn ui(&mut self, ui: &Ui, desk: &Desk) -> Option<Paid> {
        let revision = desk.revision(&["payment_methods"]);
        self.methods.keep(revision, || {
            let only = json!({"active": true});
            desk.handle.ask_json(crate::engine::worker::Lane::Interactive, &desk.call, "payment-methods", only)
        });
        if let Some(paid) = self.answered(ui, desk) {
            return Some(paid);
        }
        let both = ui.input_mut(|input| Keys::ctrl(Key::Enter).pressed(input));
        self.keys(ui, desk);
        let (title, accept) =
            (self.title(desk), say(ui, if self.print.any() { "card.accept_print" } else { "card.accept" }));
        let (without, back) = (say(ui, "card.accept"), say(ui, "dialog.cancel"));
        let ready = self.is_ready() && !self.sending.is_busy();
        let mut dialog = Dialog::new(Id::unique("payment"), &title).width(560.0).accept(&accept, ready).back(&back);
        if self.print.any() {
            dialog = dialog.other(&without, ready);
        }
        let look = LOOK.offer(ready && self.print.any());
        let by_key = look.enabled && ui.input_mut(|input| LOOK.keys.iter().any(|keys| keys.pressed(input)));
        let shown = dialog.focus(row_id(0)).show(ui, |ui| self.inside(ui, &look, desk));
        match shown.given {
            _ if both && ready => self.send(desk),
            _ if by_key || shown.inner => {
                self.print.looked_at = true;
                self.send(desk);
            }
            Some(Given::Accepted) if ready => self.send(desk),
            Some(Given::Other) if ready => {
                self.print = Print { invoice: false, receipt: false, looked_at: false };
                self.send(desk);
            }
            Some(Given::Closed) if !self.sending.is_busy() => return Some(Paid::Closed),
            _ => {}
        }
        None
    }

    fn answered(&mut self, ui: &Ui, desk: &Desk) -> Option<Paid> {
        match self.sending.ui(ui, desk)? {
            Ok(done) => match serde_json::from_value(done.output) {
                Ok(taken) => Some(Paid::Taken(taken, self.print)),
                Err(error) => {
                    self.error = Some(Error::failure("error.card_unreadable", error));
                    None
                }
            },
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    fn keys(&mut self, ui: &Ui, desk: &Desk) {
        for (at, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().enumerate() {
            if ui.input_mut(|input| Keys::alt(key).pressed(input))
                && let Some(note) = self.suggested().get(at).copied()
            {
                self.put(note);
            }
        }
        for (key, method) in [(Key::F5, "cash"), (Key::F6, "card"), (Key::F7, "transfer")] {
            if ui.input_mut(|input| Keys::plain(key).pressed(input)) && self.knows(method) {
                self.choose(method, desk);
            }
        }
    }

    /// The only row of another method changes to it; else one more row takes what is still missing.
    fn choose(&mut self, method: &str, _desk: &Desk) {
        let rest = self.rest();
        match self.rows.as_mut_slice() {
            [only] if rest.minor() <= 0 => method.clone_into(&mut only.method),
            _ => {
                let mut amount = AmountInput::new(Figures::money(self.due.currency()));
                if rest.minor() > 0 {
                    amount.set(&rest.to_string());
                }
                self.rows.push(Row { method: method.to_owned(), amount });
                self.focus = Some(self.rows.len().saturating_sub(1));
            }
        }
    }

    fn put(&mut self, note: Money) {
        if let Some(row) = self.rows.first_mut() {
            row.amount.set(&note.to_string());
        }
    }

    /// What stands between title and buttons; whether the papers are to be looked at.
    fn inside(&mut self, ui: &mut Ui, look: &Offer, desk: &Desk) -> bool {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        ui.horizontal(|ui| {
            ui.label(RichText::new(say(ui, "card.due")).font(fonts::bold(size::SECTION)).color(c.text2));
            ui.label(RichText::new(written(self.due, desk)).font(fonts::bold(size::AMOUNT)));
        });
        ui.add_space(space::S);
        self.rows_ui(ui, desk);
        self.add_ui(ui, desk);
        self.suggested_ui(ui, desk);
        ui.add_space(space::S);
        ui.separator();
        self.change_ui(ui, desk);
        let looked_at = ui.horizontal_wrapped(|ui| {
            ui.checkbox(&mut self.print.invoice, say(ui, "card.print_invoice"));
            ui.checkbox(&mut self.print.receipt, say(ui, "card.print_receipt"));
            ui.add_space(space::M);
            button::action(ui, look).clicked()
        });
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            error_ui(ui, error);
        }
        looked_at.inner
    }

    /// What was received, and what is given back or still due.
    fn change_ui(&self, ui: &mut Ui, desk: &Desk) {
        let tokens = Tokens::of(ui);
        let (c, change) = (tokens.colors(), self.change());
        ui.horizontal(|ui| {
            ui.label(say(ui, "card.received"));
            let received = money(&self.received().to_string(), self.due.currency().code(), desk);
            ui.label(RichText::new(received).strong());
            ui.add_space(space::XL);
            let (word, color) = if change.minor() < 0 { ("card.left", c.danger) } else { ("card.change", c.ok) };
            ui.label(RichText::new(say(ui, word)).font(fonts::bold(size::SECTION)).color(c.text2));
            let amount = if change.minor() < 0 { change.checked_neg().unwrap_or(change) } else { change };
            ui.label(RichText::new(written(amount, desk)).font(fonts::bold(size::AMOUNT)).color(color));
        });
    }

    fn rows_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let mut gone = None;
        let many = self.rows.len() > 1;
        let focus = self.focus.take();
        for (at, row) in self.rows.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let name = desk.say(&format!("payment_method.{}", row.method));
                ui.add_sized([150.0, Tokens::of(ui).control_height()], egui::Label::new(&name));
                let field =
                    Field::new(row_id(at), &name).width(160.0).without_slot().enter(crate::ui::field::Enter::Stay);
                let answer = amount_field(ui, &field, &mut row.amount);
                if focus == Some(at) {
                    answer.response.request_focus();
                }
                if many && button::quiet(ui, icon::X, &say(ui, "card.remove_tender")).clicked() {
                    gone = Some(at);
                }
            });
        }
        if let Some(at) = gone {
            self.rows.remove(at);
        }
    }

    fn add_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            for method in self.methods.value().map_or(&[][..], Vec::as_slice) {
                let code = crate::ui::list::plain(method, "code");
                let key = match code.as_str() {
                    "cash" => " F5",
                    "card" => " F6",
                    "transfer" => " F7",
                    _ => "",
                };
                let name = crate::ui::list::plain(method, "name");
                if button::plain(ui, &format!("{} {name}{key}", icon::PLUS), true).clicked() {
                    chosen = Some(code);
                }
            }
        });
        if let Some(code) = chosen {
            self.choose(&code, desk);
        }
    }

    fn suggested_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(say(ui, "card.notes")).color(Tokens::of(ui).colors().text2));
            for (at, note) in self.suggested().into_iter().enumerate() {
                let text = format!("{}  Alt+{}", written(note, desk), at + 1);
                if button::plain(ui, &text, true).clicked() {
                    chosen = Some(note);
                }
            }
        });
        if let Some(note) = chosen {
            self.put(note);
        }
    }

    /// What is due, and the next round sums above it.
    fn suggested(&self) -> Vec<Money> {
        let currency = self.due.currency();
        let unit = 10_i64.saturating_pow(currency.decimals());
        let mut sums = vec![self.due];
        for note in NOTES {
            let step = note.saturating_mul(unit);
            let above = self.due.minor().div_euclid(step).saturating_add(1).saturating_mul(step);
            let above = Money::new(above, currency);
            if !sums.contains(&above) {
                sums.push(above);
            }
        }
        sums.truncate(4);
        sums
    }

    fn knows(&self, method: &str) -> bool {
        let known = |row: &Json| row.get("code").and_then(Json::as_str) == Some(method);
        self.methods.value().is_none_or(|rows| rows.iter().any(known))
    }

    fn received(&self) -> Money {
        let currency = self.due.currency();
        let amounts = self.rows.iter().filter_map(|row| amount(&row.amount, currency));
        Money::sum(currency, amounts).unwrap_or(Money::zero(currency))
    }

    fn change(&self) -> Money {
        self.received().checked_sub(self.due).unwrap_or(Money::zero(self.due.currency()))
    }

    fn rest(&self) -> Money {
        self.due.checked_sub(self.received()).unwrap_or(Money::zero(self.due.currency()))
    }

    fn is_ready(&self) -> bool {
        let currency = self.due.currency();
        self.received().minor() > 0
            && self.rows.iter().all(|row| row.amount.is_settled() && amount(&row.amount, currency).is_some())
    }

    fn send(&mut self, desk: &Desk) {
        self.error = None;
        let currency = self.due.currency();
        let code = currency.code();
        let tenders: Vec<Json> = self
            .rows
            .iter()
            .filter_map(|row| Some(json!({"method": row.method, "amount": row.amount.plain()?, "currency": code})))
            .collect();
        self.sending.send(desk, "take-payment", json!({"order": self.order, "tenders": tenders}));
    }
}

impl Print {
    fn any(self) -> bool {
        self.invoice || self.receipt
    }
}

fn row_id(at: usize) -> Id {
    Id::unique(("tender", at))
}

fn amount(input: &AmountInput, currency: Currency) -> Option<Money> {
    let plain: rust_decimal::Decimal = input.plain()?.parse().ok()?;
    Money::from_decimal(plain, currency).ok()
}

fn written(amount: Money, desk: &Desk) -> String {
    crate::base::locale::amount(desk.lang, amount)
}
