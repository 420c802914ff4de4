//! Taking a payment back: a reversing payment with its reason; both numbers stay.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::document;
use crate::domain::number::Number;
use crate::domain::payment::row::{Payment, PaymentKind};
use crate::domain::payment::store::{self, NewPayment};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// Takes a payment or a refund back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidPayment {
    /// The payment.
    pub payment: Id<Payment>,
    /// Why.
    pub reason: String,
    /// The document's date; today when left out, or the payment's where that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// The reversing payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Voided {
    /// Its id.
    pub id: Id<Payment>,
    /// Its number.
    pub number: Number,
}

impl Command for VoidPayment {
    const NAME: &'static str = "void-payment";
    const NEED: Need = Need::Right(Right::PaymentReverse);
    const UNDO: Undo = Undo::Never;
    type Output = Voided;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Voided> {
        if self.reason.trim().is_empty() {
            return Err(Error::rejected("error.reason_missing").at("reason"));
        }
        let payment = store::visible_payment(tx, tx.actor(), self.payment).map_err(|error| error.at("payment"))?;
        standing(&payment)?;
        let header = NewPayment {
            kind: PaymentKind::Reversal,
            date: self.dated(tx, &payment)?,
            counterparty: payment.counterparty_id,
            order: payment.order_id,
            currency: payment.currency,
            reason: &self.reason,
            note: "",
        };
        let mut reversal = header.numbered(tx)?;
        reversal.amount = -payment.amount;
        reversal.received = -payment.received;
        reversal.change = -payment.change;
        reversal.rounding = -payment.rounding;
        reversal.advance = -payment.advance;
        reversal.reverses_id = Some(payment.id);
        reversal.id = tx.insert(&reversal)?;
        mirror(tx, &payment, &reversal)?;
        tx.update(&payment, &Payment { voided: true, ..payment.clone() })?;
        Ok(Voided { id: reversal.id, number: reversal.number })
    }
}

impl VoidPayment {
    /// The reversal's date; never before the payment's own.
    fn dated(&self, tx: &Tx<'_>, payment: &Payment) -> Result<Date> {
        let Some(given) = self.date else {
            return Ok(tx.today().max(payment.date));
        };
        let date = document::date(tx, Some(given))?;
        if date < payment.date {
            let error = Error::rejected("error.payment.before_payment").arg("payment", payment.number);
            return Err(error.arg_date("date", payment.date).at("date"));
        }
        Ok(date)
    }
}

fn standing(payment: &Payment) -> Result<()> {
    let refused = |key| Err(Error::rejected(key).arg("payment", payment.number).at("payment"));
    if payment.kind == PaymentKind::Reversal {
        refused("error.payment.is_reversal")
    } else if payment.voided {
        refused("error.payment.voided_already")
    } else {
        Ok(())
    }
}

/// The same tenders and allocations with the other sign.
fn mirror(tx: &mut Tx<'_>, payment: &Payment, reversal: &Payment) -> Result<()> {
    let tenders = store::tenders_of(tx, payment.id)?;
    let rows: Vec<_> = tenders.iter().map(|row| (row.method_id, row.kind, -row.amount)).collect();
    store::insert_tenders(tx, reversal.id, &rows)?;
    for allocation in store::allocations_of(tx, payment.id)? {
        store::allocate_to(tx, reversal.id, allocation.order_id, -allocation.amount)?;
    }
    Ok(())
}
