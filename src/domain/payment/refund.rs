//! Giving money back: never more than the order was overpaid, or than a return is worth.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::payment::row::{Payment, PaymentKind};
use crate::domain::payment::store::{self, KnownTender, NewPayment, TenderInput};
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;

/// Gives money back to the customer for an order that is overpaid, cancelled or a return.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundPayment {
    /// The order.
    pub order: Id<Order>,
    /// How it is given back.
    pub tenders: Vec<TenderInput>,
    /// Why.
    pub reason: String,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// A refund made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refunded {
    /// Its id.
    pub id: Id<Payment>,
    /// Its number.
    pub number: Number,
    /// What is owed for the order now, as a decimal; below zero while more could be given back.
    pub due: String,
}

impl Command for RefundPayment {
    const NAME: &'static str = "refund-payment";
    const NEED: Need = Need::Right(Right::PaymentReverse);
    const UNDO: Undo = Undo::Reversal;
    type Output = Refunded;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Refunded> {
        if self.reason.trim().is_empty() {
            return Err(Error::rejected("error.reason_missing").at("reason"));
        }
        let order = orders::visible_order(tx, tx.actor(), self.order)?;
        let tenders = store::known_tenders(tx, order.currency, &self.tenders)?;
        if order.debt >= 0 {
            return Err(Error::rejected("error.payment.nothing_to_refund").arg("order", order.number).at("order"));
        }
        let mut tenders = tenders.into_iter().map(KnownTender::given_back).collect::<Result<Vec<_>>>()?;
        let settled = store::settled(tx, order.money(order.debt), &mut tenders, false)?;
        let header = NewPayment {
            kind: PaymentKind::Refund,
            date: store::dated_for(tx, &order, self.date)?,
            counterparty: order.counterparty_id,
            order: Some(order.id),
            currency: order.currency,
            reason: &self.reason,
            note: "",
        };
        let payment = store::post(tx, header.numbered(tx)?, &tenders, &settled)?;
        let order = store::allocate_to(tx, payment.id, order.id, settled.applied.minor())?;
        Ok(Refunded { id: payment.id, number: payment.number, due: order.money(order.debt).to_string() })
    }

    fn reverse(&self, refunded: &Refunded) -> Option<Named> {
        Some(("void-payment", serde_json::json!({"payment": refunded.id, "reason": "undo"})))
    }
}
