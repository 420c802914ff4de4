//! Cancelling an order: it keeps its number and its lines, owes nothing, and says why.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::order::Order;
use crate::domain::order::states::{self, Status};
use crate::domain::order::status::Changed;
use crate::domain::order::store;
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// Cancels an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelOrder {
    /// The order.
    pub order: Id<Order>,
    /// The version the sender saw.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub version: Option<i64>,
    /// Why.
    pub reason: String,
}

impl Command for CancelOrder {
    const NAME: &'static str = "cancel-order";
    const NEED: Need = Need::Right(Right::OrderCancel);
    const UNDO: Undo = Undo::Generic;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        if self.reason.trim().is_empty() {
            return Err(Error::rejected("error.reason_missing").at("reason"));
        }
        let order = store::order_for_change(tx, self.order)?;
        if order.state == Status::Cancelled {
            return Err(Error::rejected("error.order.cancelled_already").arg("order", order.number).at("order"));
        }
        states::require_move(order.state, Status::Cancelled).map_err(|error| error.arg("order", order.number))?;
        nothing_stands(tx, &order, Status::Cancelled)?;
        let seen = store::as_seen(tx, &order, self.version)?;
        let mut changed = Order { state: Status::Cancelled, status_id: None, closed_at: tx.now(), ..seen.clone() };
        changed.reason = self.reason.trim().to_owned();
        changed.debt = changed.debt_of();
        Ok(Changed { version: tx.update(&seen, &changed)? })
    }
}

/// Rejected while an invoice, paid money or a return stands on an order that is to owe nothing, in a state where none may, naming
/// what to void first.
pub(crate) fn nothing_stands(tx: &Tx<'_>, order: &Order, to: Status) -> Result<()> {
    let standing = store::standing(tx, order)?;
    let (invoiced, paid, returned) = match to {
        Status::Draft => ("error.order.draft_invoiced", "error.order.draft_paid", "error.order.draft_returned"),
        _ => ("error.order.cancel_invoiced", "error.order.cancel_paid", "error.order.cancel_returned"),
    };
    let refused = |key| Error::rejected(key).arg("order", order.number);
    match standing.invoice {
        Some(invoice) => Err(refused(invoiced).arg("invoice", invoice)),
        None if order.paid != 0 => Err(refused(paid).arg("payment", standing.payment.unwrap_or_default())),
        None => match store::first_return(tx, order)? {
            Some((number, _)) => Err(refused(returned).arg("return", number)),
            None => Ok(()),
        },
    }
}
