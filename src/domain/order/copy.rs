//! Orders made from orders: a copy with a new number and today's date, and a return that points to what comes back.

use serde::{Deserialize, Serialize};

use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::document;
use crate::domain::order::due::Due;
use crate::domain::order::place::{self, Placed};
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::states::Status;
use crate::domain::order::store;
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;
use crate::params;

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
        store::compute(&mut copy, &mut lines)?;
        place::save_new(tx, copy, lines)
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
        if original.kind == OrderKind::Return || matches!(original.state, Status::Draft | Status::Cancelled) {
            return Err(Error::rejected("error.order.not_returnable").arg("order", original.number).at("order"));
        }
        let mut order = Order { kind: OrderKind::Return, original_id: Some(original.id), ..fresh(tx, &original) };
        order.date = document::dated(self.date.unwrap_or(order.date), "date")?;
        order.note = self.note.trim().to_owned();
        let mut lines = self.returned(tx, &original)?;
        if lines.is_empty() {
            return Err(Error::rejected("error.order.nothing_to_return").arg("order", original.number).at("lines"));
        }
        store::compute(&mut order, &mut lines)?;
        place::save_new(tx, order, lines)
    }

    fn reverse(&self, placed: &Placed) -> Option<Named> {
        Some(("cancel-order", serde_json::json!({"order": placed.id, "reason": "undo"})))
    }
}

impl ReturnOrder {
    fn returned(&self, tx: &Tx<'_>, original: &Order) -> Result<Vec<OrderLine>> {
        let sold = store::lines_of(tx, original.id)?;
        if self.lines.is_empty() {
            let all = sold.iter().map(|line| back(tx, line, None));
            return Ok(all.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect());
        }
        let mut lines = Vec::new();
        for (at, wanted) in self.lines.iter().enumerate() {
            let place = format!("lines[{at}]");
            let line = sold.iter().find(|line| line.id == wanted.line);
            let line =
                line.ok_or_else(|| Error::rejected("error.order.line_of_another").at(format!("{place}.line")))?;
            if self.lines.iter().take(at).any(|earlier| earlier.line == wanted.line) {
                return Err(Error::rejected("error.order.line_returned_twice").at(format!("{place}.line")));
            }
            lines.extend(back(tx, line, wanted.quantity).map_err(|error| error.within(&place))?);
        }
        Ok(lines)
    }
}

/// The line that brings a sold line back; none when all of it has come back. Rejected beyond what was sold.
fn back(tx: &Tx<'_>, sold: &OrderLine, wanted: Option<Quantity>) -> Result<Option<OrderLine>> {
    let before: Option<(i64, i64, i64, i64)> = tx.row(&store::RETURNED, params![sold.id])?;
    let (returned, discount, corrected, cost) = before.unwrap_or_default();
    let left = sold.quantity.micros().saturating_add(returned);
    let quantity = wanted.map_or(left, Quantity::micros);
    if quantity < 0 || quantity > left || (wanted.is_some() && quantity == 0) {
        let left = Quantity::from_micros(left);
        return Err(Error::rejected("error.order.return_too_much").arg("left", left).at("quantity"));
    }
    if quantity == 0 {
        return Ok(None);
    }
    let part = Part { quantity, of: sold.quantity, is_last: quantity == left };
    Ok(Some(OrderLine {
        quantity: Quantity::from_micros(-quantity),
        discount_amount: part.of(sold.discount_amount, discount)?,
        corrected: sold.corrected.map(|whole| part.of(whole, -corrected).map(|minor| -minor)).transpose()?,
        cost: sold.cost.map(|whole| part.of(whole, -cost).map(|minor| -minor)).transpose()?,
        original_line_id: Some(sold.id),
        ..unstored(sold.clone())
    }))
}

/// A part of a quantity that comes back.
struct Part {
    quantity: i64,
    of: Quantity,
    is_last: bool,
}

impl Part {
    /// The part of an amount that goes with it, half up; the last part takes what the earlier ones left.
    fn of(&self, whole: i64, before: i64) -> Result<i64> {
        if self.is_last {
            return Ok(whole.saturating_sub(before));
        }
        let numerator = i128::from(whole).checked_mul(i128::from(self.quantity));
        let rounded = numerator.and_then(|n| crate::base::money::round_half_up(n, i128::from(self.of.micros())));
        rounded.and_then(|value| i64::try_from(value).ok()).ok_or_else(|| Error::rejected("error.sum_too_large"))
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

fn unstored(line: OrderLine) -> OrderLine {
    OrderLine { id: Id::new(0), version: 0, original_line_id: None, ..line }
}
