//! What a card does: it loads, saves, pays and prints, and keeps what is not saved yet as a draft.

use egui::Ui;
use serde_json::json;
use uuid::Uuid;

use crate::base::error::Error;
use crate::base::money::Money;
use crate::domain::draft::Drafts;
use crate::domain::order::due::Due;
use crate::domain::order::query::OrderAnswer;
use crate::engine::worker::Lane;
use crate::modules::card::closing::Answer;
use crate::modules::order_card::card::Card;
use crate::modules::order_card::entry::Entry;
use crate::modules::order_card::head::Head;
use crate::modules::order_card::payment::{self, Paid, Payment};
use crate::modules::order_card::saving::{self, DRAFT, Saving};
use crate::modules::order_card::{OrderCard, Then};
use crate::modules::papers::{self, PaymentPapers, Wanted};
use crate::modules::preview;
use crate::ui::desk::{Desk, Wish};
use crate::ui::list::{is_zero, money};
use crate::ui::screen::Place;
use crate::ui::toast::{Offered, Toast};

impl OrderCard {
    /// Puts the draft onto the card that was opened for it, once it is there.
    pub(super) fn take_up_draft(&mut self, desk: &Desk) {
        if !self.awaited {
            return;
        }
        let ask = || desk.handle.ask(Lane::Interactive, &desk.call, Drafts { kind: Some(DRAFT.to_owned()) });
        let Some(drafts) = self.drafts.keep(0, ask) else {
            return;
        };
        self.awaited = false;
        let Some(draft) = drafts.iter().find(|draft| draft.key == self.saving.key) else {
            return;
        };
        let card = draft.content.get("card").cloned().and_then(|card| serde_json::from_value(card).ok());
        self.card = card.unwrap_or_default();
        self.order = draft.content.get("order").and_then(serde_json::Value::as_i64);
        self.shown = self.order;
        self.head = Head::new(&self.card);
        self.entry = Entry::holding(&self.card.entry);
        self.saving.is_drafted(&self.card);
    }

    /// Loads the saved order, and puts it onto the card the first time and after each saving.
    pub(super) fn load(&mut self, desk: &Desk) {
        let Some(order) = self.order else {
            return;
        };
        let revision = desk.revision(&["orders", "order_lines", "payments", "allocations", "invoices"]);
        self.unseen |= self.saved.renew(revision, || saving::order(desk, order));
        if self.shown != Some(order)
            && let Some(saved) = self.saved_order()
        {
            let card = Card::saved(saved);
            self.saving.answer = Some(saved.clone());
            self.head = Head::new(&card);
            self.saving.is_drafted(&card);
            self.card = card.clone();
            self.base = Some(card);
            self.unseen = false;
            self.shown = Some(order);
            return;
        }
        self.follow();
        if !self.is_changed()
            && let Some(saved) = self.saved_order()
            && self.saving.answer.as_ref().is_none_or(|shown| !same(shown, saved))
        {
            // Paid, invoiced or changed elsewhere meanwhile.
            self.saving.answer = Some(saved.clone());
        }
    }

    /// Takes over what somebody else saved meanwhile; what was typed here stays, and it is said where both changed the same.
    fn follow(&mut self) {
        if !self.unseen || self.saving.is_saving() {
            return;
        }
        let Some(now) = self.saved_order().map(Card::saved) else { return };
        self.unseen = false;
        let before = self.base.replace(now);
        let (Some(before), Some(now)) = (before.as_ref(), self.base.as_ref()) else { return };
        if before == now {
            return;
        }
        if before.lines != now.lines {
            self.lines.give_up();
        }
        if self.card.follow(before, now) {
            self.error = Some(Error::conflict("error.order.changed_meanwhile"));
        }
        if before.due != now.due && self.card.due == now.due {
            self.head.follow_due(&self.card);
        }
    }

    pub(super) fn save(&mut self, desk: &mut Desk, then: Then) {
        if self.saving.is_saving() {
            return;
        }
        // What is typed in a cell or for a customer, or still looked up, belongs to what is saved.
        if self.lines.settle_typed() || self.entry.is_waiting() || !self.head.customer.settle(&mut self.card) {
            self.postponed = Some(then);
            return;
        }
        self.error = None;
        if then == Then::Template {
            return self.keep_as_template();
        }
        self.then = then;
        if self.order.is_some() && !self.is_changed() {
            // Where the order is still on its way, it goes on once it is there.
            if self.shown.is_some() {
                self.go_on(desk);
            }
            return;
        }
        let saved = self.base.as_ref().zip(self.saved.value().and_then(|saved| saved.first()));
        if let Err(error) = self.card.due.parse::<Due>() {
            self.head.refuse_due(error);
        } else if !self.head.own.check() {
            self.then = Then::Stay;
        } else if let Err(error) = self.saving.save(desk, &self.card, saved) {
            self.error = Some(error);
        }
    }

    /// Does what had to wait for what was typed, unless that was refused.
    pub(super) fn after_waiting(&mut self, desk: &mut Desk) {
        if !self.entry.is_waiting()
            && !self.lines.is_settling()
            && !self.head.customer.is_settling()
            && let Some(then) = self.postponed.take()
            && self.head.customer.refused.is_none()
            && self.entry.refused.is_none()
            && !self.entry.is_choosing()
        {
            self.save(desk, then);
        }
    }

    pub(super) fn after_saving(&mut self, desk: &mut Desk) {
        match self.saving.saved() {
            Some(Ok(id)) => {
                self.order = Some(id);
                self.shown = None;
                self.saved.clear();
                self.saving = Saving::new(Uuid::new_v4());
                self.load(desk);
                if self.then == Then::Stay || self.then == Then::Close {
                    let toast = Toast::done(desk.say("card.saved"));
                    let offered = Offered::GoTo(Place::of("order", id));
                    desk.toast(if self.then == Then::Close { toast.offer(offered) } else { toast });
                }
            }
            Some(Err(error)) => {
                self.then = Then::Stay;
                match error.key() {
                    "error.sent_otherwise" => self.begin_anew(),
                    _ => self.error = Some(error).filter(|error| !self.head.own.fail(error)),
                }
            }
            None => {}
        }
        let settled = self.then != Then::Stay && !self.saving.is_saving() && self.error.is_none();
        if settled && self.shown.is_some() {
            self.go_on(desk);
        }
    }

    /// What stands here is another order than the one that its draft became elsewhere: said, and kept as one of its own.
    fn begin_anew(&mut self) {
        self.saving = Saving::new(Uuid::new_v4());
        self.error = Some(Error::conflict("error.order.saved_elsewhere"));
    }

    /// Does what was wanted once everything is saved.
    pub(super) fn go_on(&mut self, desk: &mut Desk) {
        let Some(saved) = self.saved_order() else {
            return;
        };
        let (id, number) = (saved.head.id.get(), saved.head.number.to_string());
        let (standing, customer) = (standing(saved), saved.head.counterparty.get());
        let due = saved.sums.debt.clone();
        let currency = saved.sums.currency;
        let usual = PaymentPapers::kept(&desk.workplace);
        let papers = if saved.head.walk_in { usual.walk_in } else { usual.customer };
        match std::mem::replace(&mut self.then, Then::Stay) {
            Then::Stay | Then::Template => {}
            Then::Close => desk.wish(Wish::Close),
            Then::Pay => match Money::parse(&due, currency) {
                Ok(due) => {
                    self.payment = Some(Payment::new((id, number), customer, due, papers));
                }
                Err(error) => self.error = Some(error),
            },
            Then::Preview => desk.wish(Wish::Open(Place::of(preview::ORDER, id))),
            Then::PrintInvoice => self.print(desk, vec![Wanted::Invoice { order: id, standing }]),
            Then::PrintOrder => {
                self.print(desk, vec![Wanted::Form("order", json!({"id": id}), number)]);
            }
        }
    }

    pub(super) fn print(&mut self, desk: &Desk, wanted: Vec<Wanted>) {
        self.printing.put(papers::make(desk, wanted));
    }

    pub(super) fn after_printing(&mut self, desk: &mut Desk) {
        match self.printing.poll() {
            Some(Ok(made)) => papers::tell(made, desk),
            Some(Err(error)) => self.error = Some(error),
            None => {}
        }
    }

    /// Asks before what is not saved is thrown away.
    pub(super) fn closing_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        match self.closing.ui(ui) {
            None => {}
            Some(Answer::Save) => self.save(desk, Then::Close),
            Some(Answer::Discard) => {
                // Nothing of it is there any more that could become a draft again.
                self.card = self.base.clone().unwrap_or_default();
                self.head = Head::new(&self.card);
                self.entry = Entry::holding("");
                self.began = false;
                self.saving.drop_draft(desk);
                desk.wish(Wish::Close);
            }
        }
    }

    pub(super) fn payment_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(payment) = &mut self.payment else {
            return;
        };
        let Some(paid) = payment.ui(ui, desk) else { return };
        self.payment = None;
        self.entry.focus();
        match paid {
            Paid::Closed => {}
            Paid::Taken(taken, print) => {
                let number = taken.number.to_string();
                let title = desk.say_with("card.payment_taken", &[("number", &number)]);
                let currency = self.saved_order().map(|saved| saved.sums.currency.code()).unwrap_or_default();
                let toast = Toast::done(title);
                desk.toast(if is_zero(&taken.change) {
                    toast
                } else {
                    let change = money(&taken.change, currency, desk);
                    toast.line(desk.say_with("card.give_change", &[("amount", &change)])).large()
                });
                self.papers_of(desk, taken.id.get(), &number, print);
            }
        }
    }

    fn papers_of(&mut self, desk: &mut Desk, payment: i64, number: &str, print: payment::Print) {
        if print.looked_at {
            self.look_at_papers(desk, payment, print);
            return;
        }
        let mut wanted = Vec::new();
        if print.papers.invoice
            && let Some(order) = self.order
        {
            wanted.push(Wanted::Invoice { order, standing: self.saved_order().and_then(standing) });
        }
        if print.papers.receipt {
            wanted.push(Wanted::Form("receipt", json!({"payment": payment}), number.to_owned()));
        }
        if !wanted.is_empty() {
            self.print(desk, wanted);
        }
    }

    /// Opens what would be printed, the invoice in front.
    fn look_at_papers(&self, desk: &mut Desk, payment: i64, print: payment::Print) {
        if print.papers.receipt {
            desk.wish(Wish::Open(Place::of(preview::PAYMENT, payment)));
        }
        if print.papers.invoice
            && let Some(order) = self.order
        {
            desk.wish(Wish::Open(preview::invoice_of(order, self.saved_order().and_then(standing))));
        }
    }

    /// Shows what saving would give and keeps the draft.
    pub(super) fn keep(&mut self, ui: &Ui, desk: &Desk) {
        let saved = self.saved.value().and_then(|rows| rows.first());
        let loaded = self.order.is_none() || saved.is_some();
        if !loaded || self.awaited || self.saving.is_saving() {
            return;
        }
        let changed = self.is_changed();
        if changed && !(saved.is_none() && self.card.lines.is_empty()) {
            if self.saving.answer.is_none() {
                self.saving.answer = saved.cloned();
            }
            self.saving.preview(desk, &self.card, self.base.as_ref().zip(saved));
        } else if saved.is_none() || self.began {
            self.saving.forget();
            self.saving.answer = saved.cloned();
        }
        if changed {
            self.began = true;
            if self.saving.is_spent() {
                self.begin_anew();
            }
            let now = ui.input(|input| input.time);
            if let Some(seconds) = self.saving.draft(desk, &self.card, self.order, now) {
                ui.ctx().request_repaint_after_secs(seconds as f32);
            }
        } else if std::mem::take(&mut self.began) {
            self.saving.drop_draft(desk);
        }
    }
}

/// The invoice of an order that was not taken back.
fn standing(order: &OrderAnswer) -> Option<i64> {
    order.invoices.iter().find(|invoice| !invoice.voided).map(|invoice| invoice.id.get())
}

/// Whether two answers show an order the same way.
fn same(one: &OrderAnswer, other: &OrderAnswer) -> bool {
    one.head.version == other.head.version
        && one.sums.paid == other.sums.paid
        && one.invoices.len() == other.invoices.len()
}
