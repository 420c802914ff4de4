//! Moving many orders at once: each by its own command's rules, all in one journal entry, so that one undo takes all back.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::Lang;
use crate::base::right::Right;
use crate::domain::order::Order;
use crate::domain::order::cancel::CancelOrder;
use crate::domain::order::states::Status;
use crate::domain::order::status::{ChangeOrderStatus, resolve};
use crate::domain::order::store;
use crate::domain::user;
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// The most orders that are moved at once: other windows wait so long.
pub const MOST: usize = 1000;

/// Moves many orders to one state, or cancels them. What is refused stays as it is and is told; the rest is done.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrdersStatus {
    /// The orders.
    pub orders: Vec<Id<Order>>,
    /// A state, or a status of the company's own.
    pub status: String,
    /// Why, where they are cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_text")]
    pub reason: Option<String>,
}

/// What became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedOrders {
    /// How many were moved.
    pub changed: usize,
    /// The others.
    pub refused: Vec<RefusedOrder>,
}

/// An order that stayed as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedOrder {
    /// The order.
    pub order: Id<Order>,
    /// Its number; empty where there is no such order.
    pub number: String,
    /// Why, in the language of who asked.
    pub why: String,
    /// What to do next, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
}

impl Command for ChangeOrdersStatus {
    const NAME: &'static str = "change-orders-status";
    const NEED: Need = ChangeOrderStatus::NEED;
    const UNDO: Undo = Undo::Generic;
    type Output = ChangedOrders;

    fn run(&self, tx: &mut Tx<'_>) -> Result<ChangedOrders> {
        if self.orders.is_empty() || self.orders.len() > MOST {
            return Err(Error::rejected("error.order.too_many_at_once").arg("most", MOST).at("orders"));
        }
        let (state, _) = resolve(tx, &self.status).map_err(|error| error.at("status"))?;
        let cancels = state == Status::Cancelled;
        if cancels {
            tx.actor().require(Right::OrderCancel)?;
        }
        let lang = user::asked_in(tx)?;
        let (mut refused, mut first) = (Vec::new(), None);
        for order in &self.orders {
            let (name, arguments) = self.step(*order, cancels);
            if let Err(error) = tx.apart(|tx| tx.run_inner(name, arguments)) {
                let number = store::number_of(tx, *order)?;
                refused.push(RefusedOrder::of(*order, number, (&error, lang)));
                first.get_or_insert(error);
            }
        }
        // Where nothing is done, the reason is told like that of one order, and nothing is left in the journal.
        match first.filter(|_| refused.len() == self.orders.len()) {
            Some(error) => Err(error),
            None => Ok(ChangedOrders { changed: self.orders.len().saturating_sub(refused.len()), refused }),
        }
    }
}

impl RefusedOrder {
    /// The refusal of an order in a language.
    pub fn of(order: Id<Order>, number: String, (error, lang): (&Error, Lang)) -> RefusedOrder {
        RefusedOrder { order, number, why: error.message(lang), next_step: error.next_step(lang) }
    }
}

impl ChangeOrdersStatus {
    /// The command that moves one of them.
    fn step(&self, order: Id<Order>, cancels: bool) -> (&'static str, Json) {
        if cancels {
            return (CancelOrder::NAME, json!({"order": order, "reason": self.reason.as_deref().unwrap_or_default()}));
        }
        (ChangeOrderStatus::NAME, json!({"order": order, "status": self.status}))
    }
}
