//! What the head of an order may hold, whoever writes it: a desk, a script or another program's file.
//! Each refusal points at its field.

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::money::Amount;
use crate::domain::document;
use crate::domain::number::Number;
use crate::domain::order::due::Due;
use crate::domain::order::row::Order;
use crate::domain::order::store;
use crate::engine::tx::Tx;
use crate::params;

/// The highest priority; the lowest is 0.
const HIGHEST_PRIORITY: i64 = 9;

/// A priority from 0 to the highest. Rejected beyond.
pub(crate) fn priority(given: i64) -> Result<i64> {
    if (0..=HIGHEST_PRIORITY).contains(&given) {
        Ok(given)
    } else {
        Err(Error::rejected("error.order.priority").arg("highest", HIGHEST_PRIORITY).at("priority"))
    }
}

/// Carriage in minor units. Rejected below zero.
pub(crate) fn freight(given: Amount, currency: Currency) -> Result<i64> {
    let freight = given.in_currency(currency).map_err(|error| error.at("freight"))?.minor();
    if freight >= 0 { Ok(freight) } else { Err(Error::rejected("error.order.freight_negative").at("freight")) }
}

/// When the customer asked. Rejected for a day that has not come, or that no document may have.
pub(crate) fn received(tx: &Tx<'_>, given: Instant) -> Result<Instant> {
    let day = document::dated(tx.zone().date_of(given), "received")?;
    if day > tx.today() {
        return Err(Error::rejected("error.order.received_in_future").arg_date("date", day).at("received"));
    }
    Ok(given)
}

/// When it must be ready. Rejected before the order's own date, and for a day that no document may have.
pub(crate) fn due(given: Due, ordered: Date) -> Result<Due> {
    match given.date() {
        Some(day) if document::dated(day, "due")? < ordered => {
            Err(Error::rejected("error.order.due_before_date").arg_date("date", ordered).at("due"))
        }
        _ => Ok(given),
    }
}

/// Rejected at its date when the order would be later than a paper that stands on it, or a return earlier than what it
/// brings back. Asks before a day that has not come.
pub(crate) fn date_fits(tx: &Tx<'_>, order: &Order) -> Result<()> {
    let papers = [
        (&store::STANDING_INVOICE, "error.order.date_after_invoice"),
        (&store::FIRST_PAYMENT, "error.order.date_after_payment"),
        (&store::FIRST_RETURN, "error.order.date_after_return"),
    ];
    for (statement, key) in papers {
        let found: Option<(Number, Date)> = tx.row(statement, params![order.id])?;
        if let Some((paper, date)) = found.filter(|(_, date)| order.date > *date) {
            let error = Error::rejected(key).arg("order", order.number).arg("paper", paper);
            return Err(error.arg_date("date", date).at("date"));
        }
    }
    let original = order.original_id.map(|id| tx.get(id)).transpose()?;
    match original {
        Some(original) if order.date < original.date => {
            let error = Error::rejected("error.order.return_before_order").arg("order", original.number);
            Err(error.arg_date("date", original.date).at("date"))
        }
        _ => document::has_come(tx, order.date),
    }
}
