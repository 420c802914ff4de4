//! What an order would be if it were saved now: the command itself is rehearsed, so that a card shows and refuses
//! exactly what saving would.

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::order::edit::EditOrder;
use crate::domain::order::place::PlaceOrder;
use crate::domain::order::query::{OrderAnswer, OrderQuery};
use crate::domain::order::row::Order;
use crate::engine::batch::Batch;
use crate::engine::store::{Call, Store};

/// The order that this would register. Rejected as registering it would be; nothing is written.
pub fn placed(store: &mut Store, call: &Call, order: &PlaceOrder) -> Result<OrderAnswer> {
    store.rehearse(call, |batch| {
        let id = batch.run(order)?.id;
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
