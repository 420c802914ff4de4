//! The payment dialog: what is due, how it is paid, what is given back.

use egui::{Align, Color32, Id, Key, Label, Layout, RichText, Ui, vec2};
use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::money::Money;
use crate::domain::payment::take::Taken;
use crate::domain::terms;
use crate::modules::order_card::tenders::{self, Tenders};
use crate::modules::papers::AfterPayment;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Dispatch, Given, error_ui};
use crate::ui::list::plain;
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts, icon};

/// Takes the payment and shows its papers instead of printing them at once.
pub(super) const LOOK: Action =
    Action { id: "pay-look", text: "card.accept_look", icon: icon::EYE, keys: &[Keys::alt(Key::P)], need: None };

/// The invoice is printed after the payment, or not.
pub(super) const INVOICE_KEYS: Keys = Keys::alt(Key::I);
/// The receipt is printed after the payment, or not.
pub(super) const RECEIPT_KEYS: Keys = Keys::alt(Key::R);

/// The dialog.
pub(crate) struct Payment {
    order: i64,
    number: String,
    customer: i64,
    payer: Loader<Vec<Json>>,
    tenders: Tenders,
    methods: Loader<Vec<Json>>,
    sending: Dispatch,
    error: Option<Error>,
    print: Print,
    /// Whether what is over stays with the company as an advance.
    keep_excess: bool,
    /// Whether what was typed is about to be dropped.
    leaving: bool,
}

/// What is printed after a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Print {
    /// Which papers.
    pub papers: AfterPayment,
    /// They are looked at first, and printed from there.
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
    /// A dialog for what a customer owes for an order, and which papers are printed unless it is said otherwise.
    pub(crate) fn new((order, number): (i64, String), customer: i64, due: Money, papers: AfterPayment) -> Payment {
        Payment {
            order,
            number,
            customer,
            payer: Loader::default(),
            tenders: Tenders::all_cash(due),
            methods: Loader::default(),
            sending: Dispatch::default(),
            error: None,
            print: Print { papers, looked_at: false },
            keep_excess: false,
            leaving: false,
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
        self.payer.keep(desk.revision(&["counterparties"]), || {
            let of = json!({"id": self.customer});
            desk.handle.ask_json(crate::engine::worker::Lane::Interactive, &desk.call, "counterparty", of)
        });
        if let Some(paid) = self.answered(ui, desk) {
            return Some(paid);
        }
        if self.leaving { self.leaving_ui(ui) } else { self.asking_ui(ui, desk) }
    }

    fn asking_ui(&mut self, ui: &Ui, desk: &Desk) -> Option<Paid> {
        let both = ui.input_mut(|input| Keys::ctrl(Key::Enter).pressed(input));
        self.keys(ui);
        let (title, accept) =
            (self.title(desk), say(ui, if self.print.papers.any() { "card.accept_print" } else { "card.accept" }));
        let (without, back) = (say(ui, "card.accept"), say(ui, "dialog.cancel"));
        let ready = self.tenders.is_ready() && !self.is_over() && !self.sending.is_busy();
        let mut dialog = Dialog::new(Id::unique("payment"), &title).width(640.0).accept(&accept, ready).back(&back);
        if self.print.papers.any() {
            dialog = dialog.other(&without, ready);
        }
        let look = LOOK.offer(ready && self.print.papers.any());
        let by_key = look.enabled && ui.input_mut(|input| LOOK.keys.iter().any(|keys| keys.pressed(input)));
        let shown = dialog.focus(Tenders::row_id(0)).show(ui, |ui| self.inside(ui, &look, desk));
        match shown.given {
            _ if both && ready => self.send(desk),
            _ if by_key || shown.inner => {
                self.print.looked_at = true;
                self.send(desk);
            }
            Some(Given::Accepted) if ready => self.send(desk),
            Some(Given::Other) if ready => {
                self.print = Print { papers: AfterPayment::default(), looked_at: false };
                self.send(desk);
            }
            Some(Given::Closed) if self.sending.is_busy() => {}
            Some(Given::Closed) if self.tenders.is_changed() => self.leaving = true,
            Some(Given::Closed) => return Some(Paid::Closed),
            _ => {}
        }
        None
    }

    /// Asks before the parts that were typed are dropped.
    fn leaving_ui(&mut self, ui: &Ui) -> Option<Paid> {
        let (title, on) = (say(ui, "card.leave_payment"), say(ui, "card.back_to_payment"));
        let drop = say(ui, "card.drop_payment");
        let dialog = Dialog::new(Id::unique("leave-payment"), &title).accept(&on, true).destroy(&drop, true);
        let shown = dialog.focus(dialog.accept_id()).show(ui, |ui| ui.label(say(ui, "card.leave_payment_text")));
        if shown.given == Some(Given::Destroyed) {
            return Some(Paid::Closed);
        }
        self.leaving = shown.given.is_none();
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

    fn keys(&mut self, ui: &Ui) {
        for (at, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().enumerate() {
            if ui.input_mut(|input| Keys::alt(key).pressed(input))
                && let Some(notes) = self.tenders.suggested().get(at).copied()
            {
                self.tenders.put(notes);
            }
        }
        for (wanted, _, keys) in self.print.papers() {
            *wanted ^= ui.input_mut(|input| keys.pressed(input));
        }
        for (key, method) in [(Key::F5, "cash"), (Key::F6, "card"), (Key::F7, "transfer")] {
            if ui.input_mut(|input| Keys::plain(key).pressed(input)) && self.knows(method) {
                self.tenders.choose(method);
            }
        }
    }

    /// What stands between title and buttons; whether the papers are to be looked at.
    fn inside(&mut self, ui: &mut Ui, look: &Offer, desk: &Desk) -> bool {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        if let Some(payer) = self.named() {
            ui.add(Label::new(format!("{} {}", icon::USER, plain(payer, "name"))).truncate());
        }
        sum_ui(ui, "card.due", (&written(self.tenders.due(), desk), c.text), size::AMOUNT);
        ui.add_space(space::S);
        self.tenders.ui(ui, self.methods.value().map_or(&[][..], Vec::as_slice), desk);
        self.add_ui(ui, desk);
        self.suggested_ui(ui, desk);
        ui.add_space(space::S);
        ui.separator();
        self.change_ui(ui, desk);
        let looked_at = ui.horizontal_wrapped(|ui| {
            for (wanted, text, keys) in self.print.papers() {
                ui.checkbox(wanted, format!("{}  {}", say(ui, text), keys.label()));
            }
            ui.add_space(space::M);
            button::action(ui, look).clicked()
        });
        if let Some(error) = &self.error {
            ui.add_space(space::S);
            error_ui(ui, error);
        }
        looked_at.inner
    }

    /// Who pays, where it is somebody with a name.
    fn named(&self) -> Option<&Json> {
        let payer = self.payer.value().and_then(|rows| rows.first())?;
        (payer.get("walk_in").and_then(Json::as_bool) == Some(false)).then_some(payer)
    }

    /// Whether something is over that stays as an advance: only of somebody with a name.
    fn keeps(&self) -> bool {
        self.keep_excess && self.tenders.change().minor() > 0 && self.named().is_some()
    }

    /// Whether more is over than can be given back out of cash, and it is not kept.
    fn is_over(&self) -> bool {
        !self.keeps() && self.tenders.is_over_due(self.methods.value().map_or(&[][..], Vec::as_slice))
    }

    /// What was received, and what is given back, kept, too much or still due.
    fn change_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let tokens = Tokens::of(ui);
        let (c, change) = (tokens.colors(), self.tenders.change());
        sum_ui(ui, "card.received", (&written(self.tenders.received(), desk), c.text), size::SECTION);
        let (word, color) = match change.minor() {
            ..0 => ("card.left", c.danger),
            _ if self.is_over() => ("card.over_due", c.danger),
            _ if self.keeps() => ("card.advance", c.text),
            _ => ("card.change", c.ok),
        };
        let amount = if change.minor() < 0 { change.checked_neg().unwrap_or(change) } else { change };
        sum_ui(ui, word, (&written(amount, desk), color), size::AMOUNT);
        let named = self.named().is_some();
        if self.is_over() {
            let words = if named { "card.over_due_kept" } else { "card.over_due_back" };
            ui.add(Label::new(RichText::new(say(ui, words)).color(c.danger)).wrap());
        }
        if named && change.minor() > 0 {
            ui.checkbox(&mut self.keep_excess, say(ui, "card.keep_excess"));
        }
        ui.add_space(space::XS);
    }

    fn add_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            for method in self.methods.value().map_or(&[][..], Vec::as_slice) {
                let code = plain(method, "code");
                let key = match code.as_str() {
                    "cash" => " F5",
                    "card" => " F6",
                    "transfer" => " F7",
                    _ => "",
                };
                let name = terms::method(desk.lang, &plain(method, "name"));
                if button::plain(ui, &format!("{} {name}{key}", icon::PLUS), true).clicked() {
                    chosen = Some(code);
                }
            }
        });
        if let Some(code) = chosen {
            self.tenders.choose(&code);
        }
    }

    fn suggested_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let (mut chosen, suggested) = (None, self.tenders.suggested());
        if suggested.is_empty() {
            return;
        }
        ui.horizontal_top(|ui| {
            tenders::name_ui(ui, &say(ui, "card.notes"));
            ui.horizontal_wrapped(|ui| {
                for (at, notes) in suggested.into_iter().enumerate() {
                    let text = format!("{}  Alt+{}", written(notes, desk), at + 1);
                    if button::plain(ui, &text, true).clicked() {
                        chosen = Some(notes);
                    }
                }
            });
        });
        if let Some(notes) = chosen {
            self.tenders.put(notes);
        }
    }

    fn knows(&self, method: &str) -> bool {
        let known = |row: &Json| row.get("code").and_then(Json::as_str) == Some(method);
        self.methods.value().is_none_or(|rows| rows.iter().any(known))
    }

    fn send(&mut self, desk: &Desk) {
        self.error = None;
        let payment = json!({"order": self.order, "tenders": self.tenders.json(), "keep_excess": self.keeps()});
        self.sending.send(desk, "take-payment", payment);
    }
}

impl Print {
    /// Which papers are wanted, each with the key of its name and the keys that say otherwise.
    fn papers(&mut self) -> [(&mut bool, &'static str, Keys); 2] {
        let AfterPayment { invoice, receipt } = &mut self.papers;
        [(invoice, "card.print_invoice", INVOICE_KEYS), (receipt, "card.print_receipt", RECEIPT_KEYS)]
    }
}

/// A sum behind its name; the names stand below each other, as do the sums.
fn sum_ui(ui: &mut Ui, name: &str, (sum, color): (&str, Color32), size: f32) {
    let room = vec2(ui.available_width(), size + space::S);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        tenders::name_ui(ui, &say(ui, name));
        ui.label(RichText::new(sum).font(fonts::bold(size)).color(color));
    });
}

fn written(amount: Money, desk: &Desk) -> String {
    crate::base::locale::amount(desk.lang, amount)
}
