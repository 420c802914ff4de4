//! Payments as they are asked for: a list, and one with its tenders and allocations.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::payment::row::{Payment, TenderKind};
use crate::domain::payment::store;
use crate::domain::role;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::params;

/// Payments, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentsQuery {
    /// Only this customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// Only this order's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
    /// Only before the payment with this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id<Payment>>,
    /// How many; 100 when left out, 500 at most.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

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

impl Query for PaymentsQuery {
    const NAME: &'static str = "payments";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = PaymentRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<PaymentRow>> {
        let before = self.after.map_or(i64::MAX, Id::get);
        let limit = self.limit.unwrap_or(100).clamp(1, 500);
        let own = role::visible_responsible(view.actor());
        let payments: Vec<Payment> = match (self.order, self.counterparty) {
            (Some(order), _) => {
                orders::visible_order(view, view.actor(), order)?;
                let all = store::payments_of(view, order)?.into_iter().rev();
                let wanted = all.filter(|row| self.counterparty.is_none_or(|wanted| row.counterparty_id == wanted));
                wanted.filter(|row| row.id.get() < before).take(usize::try_from(limit).unwrap_or(500)).collect()
            }
            (None, Some(counterparty)) => match own {
                None => view.rows(&store::PAGE_OF_COUNTERPARTY, params![counterparty, before, limit])?,
                Some(own) => view.rows(&store::OWN_PAGE_OF_COUNTERPARTY, params![counterparty, before, limit, own])?,
            },
            (None, None) => match own {
                None => view.rows(&store::PAGE, params![before, limit])?,
                Some(own) => view.rows(&store::OWN_PAGE, params![before, limit, own])?,
            },
        };
        Ok(payments.iter().map(PaymentRow::of).collect())
    }
}

/// One payment with all that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentQuery {
    /// The payment.
    pub id: Id<Payment>,
}

/// A payment with its tenders and allocations.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentAnswer {
    /// The payment.
    #[serde(flatten)]
    pub payment: PaymentRow,
    /// How it was made.
    pub tenders: Vec<TenderAnswer>,
    /// What orders have used of it.
    pub allocations: Vec<AllocationAnswer>,
}

/// One way in which a payment was made.
#[derive(Clone, Debug, Serialize)]
pub struct TenderAnswer {
    /// The method's code.
    pub method: String,
    /// `tender`, `change` or `rounding`.
    pub kind: &'static str,
    /// How much.
    pub amount: String,
}

/// A part that an order has used.
#[derive(Clone, Debug, Serialize)]
pub struct AllocationAnswer {
    /// The order.
    pub order: Id<Order>,
    /// How much.
    pub amount: String,
}

impl Query for PaymentQuery {
    const NAME: &'static str = "payment";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = PaymentAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<PaymentAnswer>> {
        let payment = store::visible_payment(view, view.actor(), self.id).map_err(|error| error.at("id"))?;
        let text = |minor| Money::new(minor, payment.currency).to_string();
        let mut tenders = Vec::new();
        for row in store::tenders_of(view, payment.id)? {
            let method = view.get(row.method_id)?;
            tenders.push(TenderAnswer {
                method: method.code,
                kind: TenderKind::code(row.kind),
                amount: text(row.amount),
            });
        }
        let used = store::allocations_of(view, payment.id)?.into_iter();
        let allocations = used.map(|row| AllocationAnswer { order: row.order_id, amount: text(row.amount) }).collect();
        Ok(vec![PaymentAnswer { payment: PaymentRow::of(&payment), tenders, allocations }])
    }
}
