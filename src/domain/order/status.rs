//! Moving an order through its states: only along the table of moves, to a state or a status of the company's own.

use serde::{Deserialize, Serialize};

use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::order::Order;
use crate::domain::order::states::{self, Status};
use crate::domain::order::store;
use crate::domain::status::{self, OrderStatus};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// Moves an order to another state.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrderStatus {
    /// The order.
    pub order: Id<Order>,
    /// The version the sender saw.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub version: Option<i64>,
    /// A state, or a status of the company's own.
    pub status: String,
}

/// A changed order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Changed {
    /// Its new version.
    pub version: i64,
}

impl Command for ChangeOrderStatus {
    const NAME: &'static str = "change-order-status";
    const NEED: Need = Need::Own(Right::OrderEditOwn, Right::OrderEditAll);
    const UNDO: Undo = Undo::Generic;
    type Output = Changed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        let order = store::order_for_change(tx, self.order)?;
        let (state, status_id) = resolve(tx, &self.status).map_err(|error| error.at("status"))?;
        if state == Status::Cancelled {
            return Err(Error::rejected("error.order.cancel_with_reason").arg("order", order.number).at("status"));
        }
        states::require_move(order.state, state).map_err(|error| error.arg("order", order.number).at("status"))?;
        let seen = store::as_seen(tx, &order, self.version)?;
        let mut changed = Order { state, status_id, ..seen.clone() };
        changed.closed_at = if state == Status::Closed { tx.now() } else { Instant::from_millis(0) };
        changed.debt = changed.debt_of();
        Ok(Changed { version: tx.update(&seen, &changed)? })
    }
}

/// A state, and the company's own status in it, by a code. Rejected when there is neither.
pub(crate) fn resolve(tx: &Tx<'_>, code: &str) -> Result<(Status, Option<Id<OrderStatus>>)> {
    if let Some(state) = Status::parse(code) {
        return Ok((state, None));
    }
    let status = status::offered(tx, code)?;
    match Status::parse(&status.state) {
        Some(state) => Ok((state, Some(status.id))),
        None => Err(crate::engine::value::damaged(status.state)),
    }
}
