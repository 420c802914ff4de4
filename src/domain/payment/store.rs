//! Payments in the file: their statements, and posting one with its tenders and allocations.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::{Amount, Money};
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::payment::row::{Allocation, Payment, PaymentKind, PaymentTender, TenderKind};
use crate::domain::payment::settle::{self, Settlement, Tender};
use crate::domain::payment_method::{self, MethodKind, PaymentMethod};
use crate::domain::{currency, document, role};
use crate::engine::db::Db;
use crate::engine::tx::{Actor, Tx};
use crate::{params, statements};

statements! {
    /// The tenders of a payment, in order.
    TENDERS = "SELECT id, version, payment_id, position, method_id, kind, amount
               FROM payment_tenders WHERE payment_id = ?1 ORDER BY position";
    /// What orders have used of a payment.
    ALLOCATIONS = "SELECT id, version, payment_id, order_id, amount FROM allocations WHERE payment_id = ?1 ORDER BY id";
    /// The standing payments of a counterparty that may hold an unused part, oldest first.
    ADVANCES = "SELECT p.id, CAST(p.amount - COALESCE((SELECT SUM(a.amount) FROM allocations a
                 WHERE a.payment_id = p.id), 0) AS BIGINT)
               FROM payments p
               WHERE p.counterparty_id = ?1 AND p.currency = ?2 AND p.voided = 0 AND p.kind <> 'reversal'
               ORDER BY p.date, p.id";
    /// The payments of an order, oldest first.
    OF_ORDER = "SELECT id, version, kind, number, date, taken_at, user_id, counterparty_id, order_id, currency, amount,
                 received, change, rounding, advance, reverses_id, voided, reason, note
               FROM payments WHERE order_id = ?1 ORDER BY id";
    /// The order, or the return of it, for which money can be given back; the oldest first.
    OVERPAID = "SELECT id, number, debt FROM orders WHERE (id = ?1 OR original_id = ?1) AND debt < 0
                ORDER BY id LIMIT 1";
    /// The reversal that took a payment back.
    REVERSAL = "SELECT id, number FROM payments WHERE reverses_id = ?1";
}

/// One tender as it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenderInput {
    /// The payment method's code: `cash`, `card`, `transfer`, or the company's own.
    pub method: String,
    /// How much was handed over.
    pub amount: Amount,
    /// The currency; the order's when left out. Another is refused until the program knows rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// A tender whose method is known and whose amount fits the currency.
#[derive(Clone, Debug)]
pub(crate) struct KnownTender {
    pub method: PaymentMethod,
    pub amount: Money,
}

impl KnownTender {
    /// The same money going the other way.
    pub(crate) fn given_back(self) -> Result<KnownTender> {
        Ok(KnownTender { amount: self.amount.checked_neg()?, ..self })
    }
}

/// Looks up what was sent. Rejected at the tender that does not fit.
pub(crate) fn known_tenders(tx: &Tx<'_>, currency: Currency, inputs: &[TenderInput]) -> Result<Vec<KnownTender>> {
    if inputs.is_empty() {
        return Err(Error::rejected("error.payment.no_tenders").at("tenders"));
    }
    let numbered = inputs.iter().enumerate();
    numbered.map(|(at, input)| known(tx, currency, input).map_err(|e| e.within(&format!("tenders[{at}]")))).collect()
}

fn known(tx: &Tx<'_>, currency: Currency, input: &TenderInput) -> Result<KnownTender> {
    if let Some(other) = input.currency.filter(|given| *given != currency) {
        let error = Error::rejected("error.payment.foreign_currency");
        return Err(error.arg("currency", other.code()).arg("wanted", currency.code()).at("currency"));
    }
    let method = payment_method::offered(tx, &input.method)?;
    let amount =
        input.amount.in_currency(currency).and_then(Money::of_a_document).map_err(|error| error.at("amount"))?;
    if amount.minor() <= 0 {
        return Err(Error::rejected("error.payment.amount_not_positive").at("amount"));
    }
    Ok(KnownTender { method, amount })
}

/// The date of a payment for an order. Rejected before the order's own.
pub(crate) fn dated_for(tx: &Tx<'_>, order: &Order, given: Option<Date>) -> Result<Date> {
    let date = document::date(tx, given)?;
    if date < order.date {
        let error = Error::rejected("error.payment.before_order").arg("order", order.number);
        return Err(error.arg_date("date", order.date).at("date"));
    }
    Ok(date)
}

/// What the header of a new payment needs to be told.
pub(crate) struct NewPayment<'a> {
    pub kind: PaymentKind,
    pub date: Date,
    pub counterparty: Id<Counterparty>,
    pub order: Option<Id<Order>>,
    pub currency: Currency,
    pub reason: &'a str,
    pub note: &'a str,
}

impl NewPayment<'_> {
    /// The header with its number taken, all amounts still zero.
    pub(crate) fn numbered(&self, tx: &Tx<'_>) -> Result<Payment> {
        Ok(Payment {
            id: Id::new(0),
            version: 0,
            kind: self.kind,
            number: Number::new(tx.next_number("payment")?),
            date: self.date,
            taken_at: tx.now(),
            user_id: Id::new(tx.actor().user),
            counterparty_id: self.counterparty,
            order_id: self.order,
            currency: self.currency,
            amount: 0,
            received: 0,
            change: 0,
            rounding: 0,
            advance: 0,
            reverses_id: None,
            voided: false,
            reason: self.reason.trim().to_owned(),
            note: self.note.trim().to_owned(),
        })
    }
}

/// What the customer pays ahead: all of it. Rejected at cash that no coins add up to.
pub(crate) fn kept(tx: &Tx<'_>, currency: Currency, tenders: &[KnownTender]) -> Result<Settlement> {
    settle::in_coins(&plain(tenders), currency::cash_step(tx, currency)?.minor())?;
    let advance = Money::sum(currency, tenders.iter().map(|tender| tender.amount))?;
    let zero = Money::zero(currency);
    Ok(Settlement { applied: zero, rounding: zero, change: zero, advance })
}

fn plain(tenders: &[KnownTender]) -> Vec<Tender> {
    tenders.iter().map(|tender| Tender { kind: tender.method.kind, amount: tender.amount }).collect()
}

/// What becomes of the tenders of a debt, as coins make them; both are below zero where money is given back.
pub(crate) fn settled(tx: &Tx<'_>, due: Money, tenders: &mut [KnownTender], keep_excess: bool) -> Result<Settlement> {
    let cash_step = currency::cash_step(tx, due.currency())?.minor();
    let made = settle::as_coins_make(due, &plain(tenders), cash_step)?;
    tenders.iter_mut().zip(&made).for_each(|(tender, made)| tender.amount = made.amount);
    settle::settle(due, &made, cash_step, keep_excess)
}

/// Stores a payment or a refund with the rows of how it was made.
pub(crate) fn post(
    tx: &mut Tx<'_>,
    mut payment: Payment,
    tenders: &[KnownTender],
    sums: &Settlement,
) -> Result<Payment> {
    let received = Money::sum(payment.currency, tenders.iter().map(|tender| tender.amount))?;
    payment.amount = sums.applied.checked_add(sums.advance)?.minor();
    payment.received = received.minor();
    payment.change = sums.change.minor();
    payment.rounding = sums.rounding.minor();
    payment.advance = sums.advance.minor();
    payment.id = tx.insert(&payment)?;
    let mut rows: Vec<_> =
        tenders.iter().map(|tender| (tender.method.id, TenderKind::Tender, tender.amount.minor())).collect();
    if let Some(cash) = tenders.iter().find(|tender| tender.method.kind == MethodKind::Cash) {
        rows.push((cash.method.id, TenderKind::Change, -payment.change));
        rows.push((cash.method.id, TenderKind::Rounding, payment.rounding));
    }
    insert_tenders(tx, payment.id, &rows)?;
    Ok(payment)
}

/// Stores the rows of how a payment was made; rows of nothing are left out.
pub(crate) fn insert_tenders(
    tx: &mut Tx<'_>,
    payment: Id<Payment>,
    rows: &[(Id<PaymentMethod>, TenderKind, i64)],
) -> Result<()> {
    let real = rows.iter().filter(|(.., amount)| *amount != 0);
    for (position, (method_id, kind, amount)) in (1_i64..).zip(real) {
        let (method_id, kind, amount) = (*method_id, *kind, *amount);
        tx.insert(&PaymentTender {
            id: Id::new(0),
            version: 0,
            payment_id: payment,
            position,
            method_id,
            kind,
            amount,
        })?;
    }
    Ok(())
}

/// Gives a part of a payment to an order, and keeps the order's debt in step.
pub(crate) fn allocate_to(tx: &mut Tx<'_>, payment: Id<Payment>, order: Id<Order>, minor: i64) -> Result<Order> {
    if minor != 0 {
        tx.insert(&Allocation { id: Id::new(0), version: 0, payment_id: payment, order_id: order, amount: minor })?;
    }
    crate::domain::order::store::add_paid(tx, order, minor)
}

/// The tenders of a payment, in order.
pub fn tenders_of(db: &Db, payment: Id<Payment>) -> Result<Vec<PaymentTender>> {
    db.rows(&TENDERS, params![payment])
}

/// What orders have used of a payment.
pub fn allocations_of(db: &Db, payment: Id<Payment>) -> Result<Vec<Allocation>> {
    db.rows(&ALLOCATIONS, params![payment])
}

/// The payments of an order, oldest first.
pub fn payments_of(db: &Db, order: Id<Order>) -> Result<Vec<Payment>> {
    db.rows(&OF_ORDER, params![order])
}

/// The payment with this id, for who took it or may see its order. Rejected for others without the right to every order.
pub fn visible_payment(db: &Db, actor: &Actor, id: Id<Payment>) -> Result<Payment> {
    let payment: Payment = db.get(id)?;
    match payment.order_id {
        Some(order) if payment.user_id.get() != actor.user => {
            orders::visible_order(db, actor, order)?;
        }
        _ => role::require_own(actor, Right::PaymentView, Right::OrderViewAll, payment.user_id)?,
    }
    Ok(payment)
}
