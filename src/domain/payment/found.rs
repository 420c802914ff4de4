//! A row of the list of payments: as it is read, and as it is told.

use serde::Serialize;

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::Money;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::payment::row::{Payment, PaymentKind};
use crate::engine::table::{Columns, FromRow};

/// One payment. Amounts are decimals of `currency`. Wide: a row of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentRow {
    /// Id.
    pub id: Id<Payment>,
    /// Payment, refund or reversal.
    pub kind: &'static str,
    /// Number.
    pub number: Number,
    /// Date.
    pub date: Date,
    /// The customer.
    pub counterparty: Id<Counterparty>,
    /// The order; none for an advance.
    pub order: Option<Id<Order>>,
    /// The currency.
    pub currency: String,
    /// What the customer is credited with.
    pub amount: String,
    /// What was handed over.
    pub received: String,
    /// What was given back.
    pub change: String,
    /// What cash rounding added or took.
    pub rounding: String,
    /// Whether it was taken back.
    pub voided: bool,
    /// Why it was refunded or reversed.
    pub reason: String,
}

impl PaymentRow {
    /// The row as it is shown.
    pub fn of(payment: &Payment) -> PaymentRow {
        let text = |minor| Money::new(minor, payment.currency).to_string();
        PaymentRow {
            id: payment.id,
            kind: payment.kind.code(),
            number: payment.number,
            date: payment.date,
            counterparty: payment.counterparty_id,
            order: payment.order_id,
            currency: payment.currency.code().to_owned(),
            amount: text(payment.amount),
            received: text(payment.received),
            change: text(payment.change),
            rounding: text(payment.rounding),
            voided: payment.voided,
            reason: payment.reason.clone(),
        }
    }
}

/// A payment in the list.
#[derive(Clone, Debug, Serialize)]
pub struct FoundPayment {
    /// The payment.
    #[serde(flatten)]
    pub row: PaymentRow,
    /// The customer's name.
    pub counterparty_name: String,
    /// The order's number.
    pub order_number: Option<Number>,
    /// The first way in which it was made.
    pub method: String,
    /// In how many other ways it was made, too.
    pub more_methods: i64,
    /// Who took it.
    pub user_name: String,
    /// What orders have not used of it; nothing of what was taken back.
    pub unused: String,
}

impl FromRow for FoundPayment {
    fn from_row(columns: &mut Columns) -> Result<FoundPayment> {
        let (id, kind, number, date): (_, PaymentKind, _, _) =
            (columns.take()?, columns.take()?, columns.take()?, columns.take()?);
        let (counterparty, counterparty_name) = (columns.take()?, columns.take()?);
        let (order, order_number) = (columns.take()?, columns.take()?);
        let currency: Currency = columns.take()?;
        let mut text = || Ok::<_, Error>(Money::new(columns.take()?, currency).to_string());
        let (amount, received, change, rounding) = (text()?, text()?, text()?, text()?);
        let (voided, reason, kind) = (columns.take()?, columns.take()?, kind.code());
        let unused = Money::new(columns.take()?, currency).to_string();
        let (method, more_methods, user_name) = (columns.take()?, columns.take()?, columns.take()?);
        let currency = currency.code().to_owned();
        let row = PaymentRow {
            id,
            kind,
            number,
            date,
            counterparty,
            order,
            currency,
            amount,
            received,
            change,
            rounding,
            voided,
            reason,
        };
        Ok(FoundPayment { row, counterparty_name, order_number, method, more_methods, user_name, unused })
    }
}
