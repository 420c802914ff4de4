//! How a payment is made up: one row a tender, what is still missing, and the notes that would cover it.

use egui::{Align, Id, Label, Layout, Rect, RichText, Ui, UiBuilder, Vec2, vec2};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::money::Money;
use crate::domain::terms;
use crate::ui::desk::Desk;
use crate::ui::field::amount::{Figures, Reading};
use crate::ui::field::{AmountInput, Enter, Field, amount_field, told};
use crate::ui::list::{is_zero, plain};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{button, icon};

/// Notes that are suggested: the next round sums above what is due, in units of the currency.
const NOTES: [i64; 5] = [1_000, 5_000, 10_000, 20_000, 50_000];
/// So many sums are suggested.
const SUGGESTED: usize = 4;
const CASH: &str = "cash";
/// How wide names of amounts are, in points.
const NAME: f32 = 130.0;

/// The tenders of a payment.
pub(super) struct Tenders {
    due: Money,
    rows: Vec<Row>,
    focus: Option<usize>,
}

struct Row {
    method: String,
    amount: AmountInput,
}

impl Tenders {
    /// All of it in cash.
    pub(super) fn all_cash(due: Money) -> Tenders {
        let amount = AmountInput::with(Figures::money(due.currency()), &due.to_string());
        Tenders { due, rows: vec![Row { method: CASH.to_owned(), amount }], focus: Some(0) }
    }

    /// What is due.
    pub(super) fn due(&self) -> Money {
        self.due
    }

    /// Whether a person changed anything.
    pub(super) fn is_changed(&self) -> bool {
        match self.rows.as_slice() {
            [only] => only.method != CASH || only.given(self.due.currency()) != Some(self.due),
            _ => true,
        }
    }

    /// Whether every row says how much.
    pub(super) fn is_ready(&self) -> bool {
        self.received().minor() > 0 && self.rows.iter().all(|row| row.amount.is_settled() && row.is_given())
    }

    /// What was received so far.
    pub(super) fn received(&self) -> Money {
        self.sum(|_| true).unwrap_or(Money::zero(self.due.currency()))
    }

    /// What is to be given back; below zero what is still due.
    pub(super) fn change(&self) -> Money {
        self.received().checked_sub(self.due).unwrap_or(Money::zero(self.due.currency()))
    }

    /// Whether other money than cash alone is more than what is due.
    pub(super) fn is_over_due(&self, methods: &[Json]) -> bool {
        let kind = |row: &Row| methods.iter().find(|method| plain(method, "code") == row.method);
        let cash = |row: &Row| kind(row).map_or(row.method == CASH, |method| plain(method, "kind") == CASH);
        let other = self.sum(|at| self.rows.get(at).is_some_and(|row| !cash(row)));
        other.is_ok_and(|other| other > self.due)
    }

    /// The tenders as the command takes them.
    pub(super) fn json(&self) -> Vec<Json> {
        let currency = self.due.currency();
        let tender =
            |row: &Row| Some(json!({"method": row.method, "amount": row.amount.plain()?, "currency": currency.code()}));
        self.rows.iter().filter_map(tender).collect()
    }

    /// The only row of another method changes to it where nothing is missing or it says nothing yet; else one more row
    /// takes what is still missing.
    pub(super) fn choose(&mut self, method: &str) {
        let missing = self.without(self.rows.len());
        match self.rows.as_mut_slice() {
            [only] if missing.minor() <= 0 || only.amount.plain().is_none() => {
                method.clone_into(&mut only.method);
                if missing.minor() > 0 {
                    only.amount.set(&missing.to_string());
                }
                self.focus = Some(0);
            }
            _ => self.add(method, missing),
        }
    }

    /// What is still missing without the row that takes notes, and the next round sums above it; nothing where other
    /// tenders cover it.
    pub(super) fn suggested(&self) -> Vec<Money> {
        let (currency, missing) = (self.due.currency(), self.without(self.notes_row()));
        if missing.minor() <= 0 {
            return Vec::new();
        }
        let unit = 10_i64.saturating_pow(currency.decimals());
        let mut sums = vec![missing];
        for note in NOTES {
            let step = note.saturating_mul(unit);
            let above = missing.minor().div_euclid(step).saturating_add(1).saturating_mul(step);
            let above = Money::new(above, currency);
            if !sums.contains(&above) {
                sums.push(above);
            }
        }
        sums.truncate(SUGGESTED);
        sums
    }

    /// So much is given in notes.
    pub(super) fn put(&mut self, notes: Money) {
        let at = self.notes_row();
        match self.rows.get_mut(at) {
            Some(row) => row.amount.set(&notes.to_string()),
            None => self.add(CASH, notes),
        }
    }

    /// The id of the field of a row.
    pub(super) fn row_id(at: usize) -> Id {
        Id::unique(("tender", at))
    }

    /// Draws the rows.
    pub(super) fn ui(&mut self, ui: &mut Ui, methods: &[Json], desk: &Desk) {
        let (mut gone, many, focus) = (None, self.rows.len() > 1, self.focus.take());
        let missing = say(ui, "card.tender_empty");
        let (last, too_much) =
            (self.rows.len().saturating_sub(1), self.sum(|_| true).err().map(|error| told(ui, &error)));
        for (at, row) in self.rows.iter_mut().enumerate() {
            ui.horizontal_top(|ui| {
                let name = method_name(methods, &row.method, desk);
                name_ui(ui, &name);
                let wrong = match row.amount.reading() {
                    Reading::Refused(error) => Some(told(ui, error)),
                    _ if row.amount.is_settled() && !row.is_given() => Some(missing.clone()),
                    _ => too_much.clone().filter(|_| at == last),
                };
                let field = Field::new(Tenders::row_id(at), &name).width(160.0).enter(Enter::Stay);
                let field = field.error(wrong.as_deref());
                let answer = amount_field(ui, &field, &mut row.amount);
                if focus == Some(at) {
                    answer.response.request_focus();
                }
                if many && cross_ui(ui, answer.response.rect) {
                    gone = Some(at);
                }
            });
        }
        if let Some(at) = gone {
            self.rows.remove(at);
            self.focus = Some(self.rows.len().saturating_sub(1));
        }
    }

    fn add(&mut self, method: &str, missing: Money) {
        let mut amount = AmountInput::new(Figures::money(self.due.currency()));
        if missing.minor() > 0 {
            amount.set(&missing.to_string());
        }
        self.rows.push(Row { method: method.to_owned(), amount });
        self.focus = Some(self.rows.len().saturating_sub(1));
    }

    /// The row that takes notes: the last one in cash, else one that is not there yet.
    fn notes_row(&self) -> usize {
        self.rows.iter().rposition(|row| row.method == CASH).unwrap_or(self.rows.len())
    }

    /// What is due without what every row but this one gives.
    fn without(&self, at: usize) -> Money {
        let given = self.sum(|other| other != at);
        given.and_then(|given| self.due.checked_sub(given)).unwrap_or(Money::zero(self.due.currency()))
    }

    fn sum(&self, counts: impl Fn(usize) -> bool) -> Result<Money> {
        let currency = self.due.currency();
        let rows = self.rows.iter().enumerate().filter(|(at, _)| counts(*at));
        Money::sum(currency, rows.filter_map(|(_, row)| row.given(currency)))
    }
}

impl Row {
    fn given(&self, currency: Currency) -> Option<Money> {
        let plain: Decimal = self.amount.plain()?.parse().ok()?;
        Money::from_decimal(plain, currency).ok()
    }

    fn is_given(&self) -> bool {
        self.amount.plain().is_some_and(|plain| !is_zero(plain))
    }
}

/// The cross right behind a field, whatever is said below it; whether it was pressed.
fn cross_ui(ui: &mut Ui, field: Rect) -> bool {
    let side = field.height() - 4.0;
    let at = Rect::from_min_size(field.right_top() + vec2(space::S, 2.0), Vec2::splat(side));
    let cross = |ui: &mut Ui| button::quiet(ui, icon::X, &say(ui, "card.remove_tender")).clicked();
    ui.scope_builder(UiBuilder::new().max_rect(at), cross).inner
}

/// The name before an amount, in the colour of labels; all begin at the left and take the same room.
pub(super) fn name_ui(ui: &mut Ui, name: &str) {
    let tokens = Tokens::of(ui);
    let words = Label::new(RichText::new(name).color(tokens.colors().text2)).truncate();
    let room = vec2(NAME, tokens.control_height());
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(room);
        ui.add(words);
    });
}

/// What a method is called.
pub(super) fn method_name(methods: &[Json], code: &str, desk: &Desk) -> String {
    let known = methods.iter().find(|method| plain(method, "code") == code);
    known.map_or_else(
        || desk.say(&format!("payment_method.{code}")),
        |method| terms::method(desk.lang, &plain(method, "name")),
    )
}
