//! Orders made from orders: a copy with a new number and today's date, and a return that points to what comes back.

use serde::{Deserialize, Serialize};

use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::document;
use crate::domain::field::{FieldOf, Given};
use crate::domain::order::comes_back::Original;
use crate::domain::order::discount;
use crate::domain::order::due::Due;
use crate::domain::order::line;
use crate::domain::order::place::{self, Placed};
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::states::Status;
use crate::domain::order::store;
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;

/// Registers a new order with the lines of another; payments, dates and reasons stay behind.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyOrder {
    /// The order to copy.
    pub order: Id<Order>,
}

impl Command for CopyOrder {
    const NAME: &'static str = "copy-order";
    const NEED: Need = Need::Right(Right::OrderPlace);
    const UNDO: Undo = Undo::Reversal;
    type Output = Placed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Placed> {
        let original = store::visible_order(tx, tx.actor(), self.order)?;
        let mut copy = fresh(tx, &original);
        let mut lines: Vec<_> = store::lines_of(tx, original.id)?.into_iter().map(unstored).collect();
        for (at, line) in lines.iter().enumerate() {
            may_repeat(tx, &copy, line).map_err(|error| error.within(&format!("lines[{at}]")))?;
        }
        store::compute(&mut copy, &mut lines)?;
        let fields = Given::copied(tx, (FieldOf::Order, original.id.get()))?;
        let placed = place::save_new(tx, copy, lines)?;
        fields.store(tx, placed.id.get())?;
        Ok(placed)
    }

    fn reverse(&self, placed: &Placed) -> Option<Named> {
        Some(("cancel-order", serde_json::json!({"order": placed.id, "reason": "undo"})))
    }
}

/// One line that comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The line of the original order.
    pub line: Id<OrderLine>,
    /// How much of it; all that has not come back yet, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

/// Registers what a customer brings back; prices, discounts and taxes are those of the original.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnOrder {
    /// The original order.
    pub order: Id<Order>,
    /// What comes back; everything that has not come back yet, when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<ReturnedLine>,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Command for ReturnOrder {
    const NAME: &'static str = "return-order";
    const NEED: Need = Need::Right(Right::OrderPlace);
    const UNDO: Undo = Undo::Reversal;
    type Output = Placed;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Placed> {
        let original = store::visible_order(tx, tx.actor(), self.order)?;
        let mut original = Original::new(tx, original, Id::new(0)).map_err(|error| error.at("order"))?;
        let whole = &original.order;
        let mut order = Order { kind: OrderKind::Return, original_id: Some(whole.id), ..fresh(tx, whole) };
        order.date = document::dated(self.date.unwrap_or(order.date), "date")?;
        order.note = self.note.trim().to_owned();
        let mut lines = self.returned(tx, &mut original)?;
        if lines.is_empty() {
            return Err(Error::rejected("error.order.nothing_to_return")
                .arg("order", original.order.number)
                .at("lines"));
        }
        store::compute(&mut order, &mut lines)?;
        place::save_new(tx, order, lines)
    }

    fn reverse(&self, placed: &Placed) -> Option<Named> {
        Some(("cancel-order", serde_json::json!({"order": placed.id, "reason": "undo"})))
    }
}

impl ReturnOrder {
    fn returned(&self, tx: &Tx<'_>, original: &mut Original) -> Result<Vec<OrderLine>> {
        if self.lines.is_empty() {
            return original.everything(tx);
        }
        let mut lines = Vec::new();
        for (at, wanted) in self.lines.iter().enumerate() {
            let line = original.line(tx, (wanted.line, "line"), wanted.quantity);
            lines.extend(line.map_err(|error| error.within(&format!("lines[{at}]")))?);
        }
        Ok(lines)
    }
}

/// An order that the sender may see, with everything that belongs to the original alone taken off.
fn fresh(tx: &Tx<'_>, original: &Order) -> Order {
    Order {
        id: Id::new(0),
        version: 0,
        date: tx.today(),
        received_at: tx.now(),
        due: Due::none(),
        responsible_id: Id::new(tx.actor().user),
        state: Status::Confirmed,
        status_id: None,
        original_id: None,
        reference: String::new(),
        freight: 0,
        paid: 0,
        closed_at: Instant::from_millis(0),
        reason: String::new(),
        ..original.clone()
    }
}

/// Rejected at its field for what who acts could not agree anew: a discount beyond the limit, or an amount that money
/// is given back by. What is sold keeps the price of the order that is copied.
fn may_repeat(tx: &Tx<'_>, copy: &Order, line: &OrderLine) -> Result<()> {
    match (copy.kind, line.corrected) {
        (OrderKind::Order, _) => {}
        (OrderKind::Return, Some(_)) => {
            tx.actor().require(Right::PriceOverride).map_err(|error| error.at("corrected"))?;
        }
        (OrderKind::Return, None) => {
            let item = line.item_id.map(|id| tx.get(id)).transpose()?;
            line::may_price(tx, (copy, line.price), item.as_ref())?;
        }
    }
    discount::may_give(tx, (copy, line), None)
}

fn unstored(line: OrderLine) -> OrderLine {
    OrderLine { id: Id::new(0), version: 0, original_line_id: None, ..line }
}
