//! A payment, its tenders and its allocations as rows.

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::id::Id;
use crate::code_column;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::user::User;
use crate::table;

/// What a payment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentKind {
    /// Money comes in.
    Payment,
    /// Money goes back to the customer.
    Refund,
    /// Takes back another payment, with its reason.
    Reversal,
}

impl PaymentKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            PaymentKind::Payment => "payment",
            PaymentKind::Refund => "refund",
            PaymentKind::Reversal => "reversal",
        }
    }

    /// The kind with this text.
    pub fn parse(text: &str) -> Option<PaymentKind> {
        [PaymentKind::Payment, PaymentKind::Refund, PaymentKind::Reversal].into_iter().find(|kind| kind.code() == text)
    }
}

/// What one row of a payment's tenders is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenderKind {
    /// What was handed over.
    Tender,
    /// What was given back, below zero.
    Change,
    /// What cash rounding added or took, since no coin is that small.
    Rounding,
}

impl TenderKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            TenderKind::Tender => "tender",
            TenderKind::Change => "change",
            TenderKind::Rounding => "rounding",
        }
    }

    /// The kind with this text.
    pub fn parse(text: &str) -> Option<TenderKind> {
        [TenderKind::Tender, TenderKind::Change, TenderKind::Rounding].into_iter().find(|kind| kind.code() == text)
    }
}

code_column!(PaymentKind, TenderKind);

table! {
    /// One payment. Refunds and reversals carry amounts below zero.
    pub struct Payment in "payments" code 40 {
        /// What it does.
        kind: PaymentKind,
        /// Taken when it is posted.
        number: Number,
        /// The document's date.
        date: Date,
        /// The moment.
        taken_at: Instant,
        /// Who took it.
        user_id: Id<User>,
        /// Whose money it is.
        counterparty_id: Id<Counterparty>,
        /// The order it was taken for; none for an advance.
        order_id: Option<Id<Order>>,
        /// The currency of every amount below.
        currency: Currency,
        /// What the customer is credited with: to the order and as an advance; minor units.
        amount: i64,
        /// What was handed over; minor units.
        received: i64,
        /// What was given back out of it; minor units.
        change: i64,
        /// What cash rounding added to (or took from) what was kept; minor units.
        rounding: i64,
        /// The part that no order has used yet when it was taken; minor units.
        advance: i64,
        /// For a reversal: the payment it takes back.
        reverses_id: Option<Id<Payment>>,
        /// Whether a reversal took it back.
        voided: bool,
        /// Why it was refunded or reversed.
        reason: String,
        /// For the desk.
        note: String,
    }
}

table! {
    /// One way in which a payment was made.
    pub struct PaymentTender in "payment_tenders" code 41 {
        /// The payment.
        payment_id: Id<Payment>,
        /// Place among its rows, from 1.
        position: i64,
        /// How it was paid.
        method_id: Id<PaymentMethod>,
        /// Handed over, given back, or rounded.
        kind: TenderKind,
        /// Minor units.
        amount: i64,
    }
}

table! {
    /// A part of a payment that an order has used.
    pub struct Allocation in "allocations" code 42 {
        /// The payment.
        payment_id: Id<Payment>,
        /// The order.
        order_id: Id<Order>,
        /// Minor units.
        amount: i64,
    }
}
