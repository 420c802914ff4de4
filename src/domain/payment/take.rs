//! Taking a payment: for an order or as an advance; several tenders, change out of cash, cash rounding, excess.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::counterparty::Counterparty;
use crate::domain::document;
use crate::domain::number::Number;
use crate::domain::order::states::Status;
use crate::domain::order::store as orders;
use crate::domain::order::{Order, OrderKind};
use crate::domain::payment::row::{Payment, PaymentKind};
use crate::domain::payment::store::{self, NewPayment, TenderInput};
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;

/// Takes money for an order, or from a counterparty as an advance.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakePayment {
    /// The order; left out for an advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
    /// Who pays an advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How it is paid.
    pub tenders: Vec<TenderInput>,
    /// Keep what is over the debt as an advance instead of giving change.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub keep_excess: bool,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A payment taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Taken {
    /// Its id.
    pub id: Id<Payment>,
    /// Its number.
    pub number: Number,
    /// What is given back, as a decimal.
    pub change: String,
    /// What is still owed for the order, as a decimal; 0 for an advance.
    pub due: String,
}

impl Command for TakePayment {
    const NAME: &'static str = "take-payment";
    const NEED: Need = Need::Right(Right::PaymentTake);
    const UNDO: Undo = Undo::Reversal;
    type Output = Taken;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Taken> {
        match (self.order, self.counterparty) {
            (Some(order), None) => self.for_order(tx, order),
            (None, Some(counterparty)) => self.as_advance(tx, counterparty),
            (None, None) => Err(Error::rejected("error.payment.for_nothing").at("order")),
            (Some(_), Some(_)) => Err(Error::rejected("error.payment.for_both").at("counterparty")),
        }
    }

    fn reverse(&self, taken: &Taken) -> Option<Named> {
        Some(("void-payment", serde_json::json!({"payment": taken.id, "reason": "undo"})))
    }
}

impl TakePayment {
    fn for_order(&self, tx: &mut Tx<'_>, id: Id<Order>) -> Result<Taken> {
        let order = orders::visible_order(tx, tx.actor(), id)?;
        payable(&order)?;
        let mut tenders = store::known_tenders(tx, order.currency, &self.tenders)?;
        let settled = store::settled(tx, order.money(order.debt), &mut tenders, self.keep_excess)?;
        if !settled.advance.is_zero() {
            with_a_name(&tx.get(order.counterparty_id)?).map_err(|error| error.at("keep_excess"))?;
        }
        let header = NewPayment {
            kind: PaymentKind::Payment,
            date: store::dated_for(tx, &order, self.date)?,
            counterparty: order.counterparty_id,
            order: Some(id),
            currency: order.currency,
            reason: "",
            note: &self.note,
        };
        let payment = store::post(tx, header.numbered(tx)?, &tenders, &settled)?;
        let order = store::allocate_to(tx, payment.id, id, settled.applied.minor())?;
        Ok(answer(&payment, order.money(order.debt)))
    }

    fn as_advance(&self, tx: &mut Tx<'_>, id: Id<Counterparty>) -> Result<Taken> {
        let counterparty: Counterparty = tx.get(id).map_err(|error| error.at("counterparty"))?;
        with_a_name(&counterparty).map_err(|error| error.at("counterparty"))?;
        let currency = company::current(tx)?.currency;
        let tenders = store::known_tenders(tx, currency, &self.tenders)?;
        let settled = store::kept(tx, currency, &tenders)?;
        let header = NewPayment {
            kind: PaymentKind::Payment,
            date: document::date(tx, self.date)?,
            counterparty: id,
            order: None,
            currency,
            reason: "",
            note: &self.note,
        };
        let payment = store::post(tx, header.numbered(tx)?, &tenders, &settled)?;
        Ok(answer(&payment, Money::zero(currency)))
    }
}

/// Rejected for the walk-in: what one stranger left is not another's.
pub(crate) fn with_a_name(customer: &Counterparty) -> Result<()> {
    if customer.walk_in { Err(Error::rejected("error.payment.advance_of_walk_in")) } else { Ok(()) }
}

/// Rejected when nothing can be paid for this order, with what to do instead.
fn payable(order: &Order) -> Result<()> {
    let refused = |key| Err(Error::rejected(key).arg("order", order.number).at("order"));
    match order.state {
        Status::Draft => refused("error.payment.order_is_draft"),
        Status::Cancelled => refused("error.payment.order_is_cancelled"),
        _ if order.kind == OrderKind::Return => refused("error.payment.order_is_return"),
        _ if order.debt <= 0 => refused("error.payment.nothing_due"),
        _ => Ok(()),
    }
}

fn answer(payment: &Payment, due: Money) -> Taken {
    let change = Money::new(payment.change, payment.currency).to_string();
    Taken { id: payment.id, number: payment.number, change, due: due.to_string() }
}
