//! What an order would be if it were saved now: the command itself is rehearsed, so that a card shows and refuses
//! exactly what saving would. Only what must be filled in may still be missing.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::field::{FieldOf, Given};
use crate::domain::order::edit::EditOrder;
use crate::domain::order::place::{PlaceOrder, Placed};
use crate::domain::order::query::{OrderAnswer, OrderQuery};
use crate::domain::order::row::Order;
use crate::engine::batch::Batch;
use crate::engine::command::{Command, Need, Undo};
use crate::engine::store::{Call, Store};
use crate::engine::tx::Tx;

/// An order on its way onto the card.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Unfinished(PlaceOrder);

impl Command for Unfinished {
    const NAME: &'static str = PlaceOrder::NAME;
    const NEED: Need = PlaceOrder::NEED;
    const UNDO: Undo = PlaceOrder::UNDO;
    type Output = Placed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Placed> {
        let order = self.0.with_template(tx)?;
        let fields = Given::unfinished(tx, FieldOf::Order, &order.fields)?;
        order.place(tx, fields)
    }
}

/// The order that this would register. Rejected as registering it would be, but not for a field of the company's own that
/// must be filled in and is not yet; nothing is written.
pub fn placed(store: &mut Store, call: &Call, order: PlaceOrder) -> Result<OrderAnswer> {
    store.rehearse(call, |batch| {
        let id = batch.run(&Unfinished(order))?.id;
        answer(batch, id)
    })
}

/// The order that this change would leave. Rejected as the change would be; nothing is written.
pub fn edited(store: &mut Store, call: &Call, change: &EditOrder) -> Result<OrderAnswer> {
    store.rehearse(call, |batch| {
        batch.run(change)?;
        answer(batch, change.order)
    })
}

fn answer(batch: &Batch<'_>, id: Id<Order>) -> Result<OrderAnswer> {
    batch.query(&OrderQuery { id })?.into_iter().next().ok_or_else(|| Error::missing("orders", id))
}
