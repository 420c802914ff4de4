//! Using an advance: what a customer paid before goes to an order, oldest money first.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::{Amount, Money};
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::payment::row::Payment;
use crate::domain::payment::{settle, store, take};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::db::Db;
use crate::engine::tx::Tx;
use crate::params;

/// Uses a customer's advances for one of its orders.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyAdvance {
    /// The order.
    pub order: Id<Order>,
    /// How much; as much as is owed and there is, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

/// What an advance paid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Applied {
    /// How much was used, as a decimal.
    pub applied: String,
    /// What is still owed for the order, as a decimal.
    pub due: String,
}

impl Command for ApplyAdvance {
    const NAME: &'static str = "apply-advance";
    const NEED: Need = Need::Right(Right::PaymentTake);
    const UNDO: Undo = Undo::Generic;
    type Output = Applied;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Applied> {
        let order = orders::visible_order(tx, tx.actor(), self.order)?;
        take::with_a_name(&tx.get(order.counterparty_id)?).map_err(|error| error.at("order"))?;
        let open = open_advances(tx, order.counterparty_id, order.currency)?;
        let there = Money::sum(order.currency, open.iter().map(|(_, amount)| *amount))?;
        let most = order.money(order.debt.clamp(0, there.minor().max(0)));
        let wanted = match self.amount {
            Some(amount) => amount.in_currency(order.currency).map_err(|error| error.at("amount"))?,
            None => most,
        };
        if wanted.minor() <= 0 || wanted.minor() > most.minor() {
            return Err(Error::rejected("error.payment.advance_too_large").arg_money("most", most).at("amount"));
        }
        let mut due = order.money(order.debt);
        for share in settle::allocate(wanted, &open)? {
            let order = store::allocate_to(tx, share.key, order.id, share.amount.minor())?;
            due = order.money(order.debt);
        }
        Ok(Applied { applied: wanted.to_string(), due: due.to_string() })
    }
}

/// The unused parts of a counterparty's payments, oldest first.
pub fn open_advances(db: &Db, counterparty: Id<Counterparty>, currency: Currency) -> Result<Vec<(Id<Payment>, Money)>> {
    let found: Vec<(Id<Payment>, i64)> = db.rows(&store::ADVANCES, params![counterparty, currency])?;
    let unused = found.into_iter().filter(|(_, minor)| *minor > 0);
    Ok(unused.map(|(id, minor)| (id, Money::new(minor, currency))).collect())
}
