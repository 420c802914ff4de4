//! Orders out of other programs: in whatever state they already are, their heads first and their lines later.
//! Not a command of its own: `import-record` brings them, so that each is known by its outside key.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::Amount;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::company::{self, Company};
use crate::domain::directory;
use crate::domain::document;
use crate::domain::field::{FieldOf, Given};
use crate::domain::number::Number;
use crate::domain::order::line::{self, LineContext, LineInput};
use crate::domain::order::place::{self, LONGEST_NOTE, PlaceOrder};
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::states::{self, Status};
use crate::domain::order::{cancel, discount, edit, head, kept, store};
use crate::engine::fields;
use crate::engine::tx::Tx;
use crate::params;

/// An order as the other program has it: what place-order takes, and how it ended there.
struct OutsideOrder {
    order: PlaceOrder,
    closed: Option<Date>,
    reason: String,
}

/// What only an order from outside has.
#[derive(Deserialize)]
struct Ending {
    #[serde(default)]
    closed: Option<Date>,
    #[serde(default)]
    reason: String,
}

/// All lines of an order, as the other program has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutsideLines {
    lines: Vec<LineInput>,
}

/// The names an order from outside may fill.
pub fn head_fields() -> Vec<&'static str> {
    let own = fields::of::<PlaceOrder>().into_iter().filter(|name| *name != "lines");
    own.chain(fields::of::<Ending>()).collect()
}

/// The names a line from outside may fill.
pub fn line_fields() -> Vec<&'static str> {
    fields::of::<LineInput>()
}

/// Registers an order, with its lines or before them; or changes the one it became earlier. Rejected once money of
/// ours or an invoice stands on it.
pub(crate) fn bring(tx: &mut Tx<'_>, known: Option<Id<Order>>, arguments: Json) -> Result<Id<Order>> {
    let outside = OutsideOrder::read(arguments)?;
    let company = company::current(tx)?;
    match known {
        None => outside.add(tx, &company),
        Some(id) => outside.change(tx, &company, id),
    }
}

/// Gives an imported order all its lines. Rejected once money of ours or an invoice stands on it.
pub(crate) fn bring_lines(tx: &mut Tx<'_>, id: Id<Order>, arguments: Json) -> Result<()> {
    let outside: OutsideLines = fields::read(arguments)?;
    let order = open_to_import(tx, id)?;
    store_changed(tx, &order.clone(), (order, false), Some(&outside.lines))
}

impl OutsideOrder {
    fn read(mut arguments: Json) -> Result<OutsideOrder> {
        let mut ending = serde_json::Map::new();
        if let Some(object) = arguments.as_object_mut() {
            for name in fields::of::<Ending>() {
                ending.extend(object.remove_entry(name));
            }
        }
        let Ending { closed, reason } = fields::read(Json::Object(ending))?;
        Ok(OutsideOrder { order: fields::read(arguments)?, closed, reason })
    }

    fn add(&self, tx: &mut Tx<'_>, company: &Company) -> Result<Id<Order>> {
        tx.actor().require(Right::OrderPlace)?;
        let mut order = self.head(tx, company)?;
        discount::may_hold_tax(tx, &order, None)?;
        let mut lines = lines_of(tx, (&order, &[]), &self.order.lines)?;
        store::compute(&mut order, &mut lines)?;
        let fields = Given::read(tx, (FieldOf::Order, None), &self.order.fields)?;
        let placed = place::save_new(tx, order, lines)?;
        fields.store(tx, placed.id.get())?;
        Ok(placed.id)
    }

    fn change(&self, tx: &mut Tx<'_>, company: &Company, id: Id<Order>) -> Result<Id<Order>> {
        let old = open_to_import(tx, id)?;
        let head = self.head(tx, company)?;
        if head.kind != old.kind {
            return Err(Error::rejected("error.import.kind_changed").arg("order", old.number).at("kind"));
        }
        states::require_move(old.state, head.state).map_err(|error| error.arg("order", old.number).at("status"))?;
        let new = Order {
            id,
            version: old.version,
            number: old.number,
            date: self.order.date.unwrap_or(old.date),
            received_at: self.order.received.unwrap_or(old.received_at),
            responsible_id: self.order.responsible.unwrap_or(old.responsible_id),
            closed_at: if head.state == old.state && self.closed.is_none() { old.closed_at } else { head.closed_at },
            paid: old.paid,
            ..head
        };
        if old.state != new.state && matches!(new.state, Status::Draft | Status::Cancelled) {
            cancel::nothing_stands(tx, &old, new.state)?;
        }
        kept::head(tx, &old, &new)?;
        discount::may_hold_tax(tx, &new, Some(&old))?;
        head::date_fits(tx, &new)?;
        let lines = Some(self.order.lines.as_slice()).filter(|lines| !lines.is_empty());
        let fields = Given::read(tx, (FieldOf::Order, Some(id.get())), &self.order.fields)?;
        store_changed(tx, &old, (new, fields.changes()), lines)?;
        fields.store(tx, id.get())?;
        Ok(id)
    }

    /// The order's head; a cancelled one needs its reason.
    fn head(&self, tx: &Tx<'_>, company: &Company) -> Result<Order> {
        let cancelled = self.order.status.as_deref() == Some(Status::Cancelled.code());
        let status = self.order.status.clone().filter(|_| !cancelled);
        let mut order = PlaceOrder { status, lines: Vec::new(), ..self.order.clone() }.header(tx, company)?;
        if cancelled {
            if self.reason.trim().is_empty() {
                return Err(Error::rejected("error.reason_missing").at("reason"));
            }
            order.state = Status::Cancelled;
            order.reason = directory::lines(&self.reason, "reason", LONGEST_NOTE)?;
        }
        order.closed_at = match (order.state, self.closed) {
            (Status::Closed | Status::Cancelled, Some(day)) => tx.zone().start_of(document::dated(day, "closed")?),
            (Status::Closed | Status::Cancelled, None) => tx.now(),
            _ => Instant::from_millis(0),
        };
        Ok(order)
    }
}

/// The rows of lines from outside. There what comes back is counted below zero, as papers and our own exports do.
fn lines_of(tx: &Tx<'_>, (order, agreed): (&Order, &[OrderLine]), outside: &[LineInput]) -> Result<Vec<OrderLine>> {
    let company = company::current(tx)?;
    let numbered = outside.iter().enumerate();
    let counted =
        numbered.map(|(at, line)| counted(order, line).map_err(|error| error.within(&format!("lines[{at}]"))));
    let inputs = counted.collect::<Result<Vec<_>>>()?;
    line::resolve_all(tx, &LineContext { order, company: &company, from_outside: true, agreed }, &inputs)
}

fn counted(order: &Order, line: &LineInput) -> Result<LineInput> {
    let micros = line.quantity.micros();
    let wrong = match order.kind {
        OrderKind::Order if micros < 0 => "error.import.quantity_below_zero",
        OrderKind::Return if micros > 0 => "error.import.quantity_above_zero",
        OrderKind::Order => return Ok(line.clone()),
        OrderKind::Return => {
            let corrected = line.corrected.map(Amount::checked_neg).transpose()?;
            return Ok(LineInput {
                quantity: Quantity::from_micros(micros.saturating_neg()),
                corrected,
                ..line.clone()
            });
        }
    };
    let what = line.text.clone().or_else(|| line.barcode.clone()).unwrap_or_default();
    Err(Error::rejected(wrong).arg_number("quantity", line.quantity).arg("what", what).at("quantity"))
}

/// Stores what an order has become; whether more of it changed than its columns and lines.
fn store_changed(
    tx: &mut Tx<'_>,
    old: &Order,
    (mut new, more): (Order, bool),
    lines: Option<&[LineInput]>,
) -> Result<()> {
    let kept = store::lines_of(tx, old.id)?;
    let mut wanted = match lines {
        Some(lines) => lines_of(tx, (&new, &kept), lines)?,
        None => kept.clone(),
    };
    edit::take_places(&mut wanted, &kept);
    store::compute(&mut new, &mut wanted)?;
    if wanted == kept && !more {
        tx.update(old, &new)?;
    } else {
        tx.store(old, &new)?;
    }
    edit::save_lines(tx, &kept, wanted)
}

/// The order, if the sender may change it and neither money of ours nor an invoice stands on it.
fn open_to_import(tx: &Tx<'_>, id: Id<Order>) -> Result<Order> {
    let order = store::order_for_change(tx, id)?;
    if !tx.actor().can(Right::OrderEditAll) {
        tx.actor().require(Right::OrderEditOwn)?;
    }
    let invoice: Option<(Number, Date)> = tx.row(&store::STANDING_INVOICE, params![id])?;
    if let Some((invoice, _)) = invoice {
        return Err(Error::rejected("error.import.order_invoiced").arg("order", order.number).arg("invoice", invoice));
    }
    let payment: Option<(Number,)> = tx.row(&store::STANDING_PAYMENT, params![id])?;
    match payment {
        Some((payment,)) => {
            Err(Error::rejected("error.import.order_paid").arg("order", order.number).arg("payment", payment))
        }
        None => Ok(order),
    }
}
