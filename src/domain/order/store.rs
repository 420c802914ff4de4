//! Orders in the file: their statements, and the totals they keep, always from the one totals function.

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::{Money, UnitPrice};
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::number::Number;
use crate::domain::order::row::{Order, OrderLine};
use crate::domain::order::states::Standing;
use crate::domain::order::totals::{self, Discount, Document, Line, LineTax, Place};
use crate::domain::role;
use crate::engine::db::Db;
use crate::engine::tx::{Actor, Tx};
use crate::{params, statements};

statements! {
    /// The lines of an order, in order.
    LINES = "SELECT id, version, order_id, position, item_id, text, unit_id, quantity, price, discount_percent,
               discount_amount, tax_rate_id, tax_percent, executor_id, corrected, correction_reason, original_line_id,
               cost, discount, net, tax, total
             FROM order_lines WHERE order_id = ?1 ORDER BY position";
    /// The order with a number.
    BY_NUMBER = "SELECT id FROM orders WHERE number = ?1";
    /// Whether an order has a standing payment, its own or an advance it used, and its number.
    STANDING_PAYMENT = "SELECT number FROM payments
                        WHERE order_id = ?1 AND voided = 0 AND kind <> 'reversal'
                        UNION SELECT p.number FROM allocations a JOIN payments p ON p.id = a.payment_id
                        WHERE a.order_id = ?1 AND p.voided = 0 AND p.kind <> 'reversal'
                        ORDER BY number DESC LIMIT 1";
    /// Whether an order has a standing invoice, its number and date.
    STANDING_INVOICE = "SELECT number, date FROM invoices WHERE order_id = ?1 AND voided = 0";
    /// The earliest payment for an order that stands, and its date. An advance may be older than what it pays.
    FIRST_PAYMENT = "SELECT number, date FROM payments
                     WHERE order_id = ?1 AND voided = 0 AND kind <> 'reversal' ORDER BY date, number LIMIT 1";
    /// The earliest return of an order that stands, and its date.
    FIRST_RETURN = "SELECT number, date FROM orders WHERE original_id = ?1 AND state <> 'cancelled'
                    ORDER BY date, number LIMIT 1";
    /// A return that stands and brings something of a line back.
    RETURN_OF_LINE = "SELECT o.number FROM order_lines l JOIN orders o ON o.id = l.order_id
                      WHERE l.original_line_id = ?1 AND o.state <> 'cancelled' ORDER BY o.number LIMIT 1";
    /// What of a line has come back by other returns than one, below zero: quantity, correction, cost; and the discounts
    /// of those returns.
    RETURNED = "SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT),
                  CAST(COALESCE(SUM(l.discount_amount), 0) AS BIGINT),
                  CAST(COALESCE(SUM(l.corrected), 0) AS BIGINT), CAST(COALESCE(SUM(l.cost), 0) AS BIGINT)
                FROM order_lines l JOIN orders o ON o.id = l.order_id
                WHERE l.original_line_id = ?1 AND o.id <> ?2 AND o.state <> 'cancelled'";
    /// What the goods of an order cost, and how many lines lack a cost; only a service may have none.
    COST = "SELECT CAST(COALESCE(SUM(l.cost), 0) AS BIGINT),
              COUNT(*) FILTER (WHERE l.cost IS NULL AND (COALESCE(i.kind, '') <> 'service' OR i.cost IS NOT NULL))
            FROM order_lines l LEFT JOIN items i ON i.id = l.item_id
            WHERE l.order_id = ?1";
}

/// The lines of an order, in order.
pub fn lines_of(db: &Db, order: Id<Order>) -> Result<Vec<OrderLine>> {
    db.rows(&LINES, params![order])
}

/// What the goods of an order cost, in minor units; none while the cost of one of them is unknown.
pub fn cost_of_order(db: &Db, order: Id<Order>) -> Result<Option<i64>> {
    let found: Option<(i64, i64)> = db.row(&COST, params![order])?;
    Ok(found.filter(|(_, unknown)| *unknown == 0).map(|(cost, _)| cost))
}

/// The order with this id, for somebody to see or to act on. Rejected without the right to see this very order.
pub fn visible_order(db: &Db, actor: &Actor, id: Id<Order>) -> Result<Order> {
    let order: Order = db.get(id).map_err(|error| error.at("order"))?;
    role::require_own(actor, Right::OrderViewOwn, Right::OrderViewAll, order.responsible_id)?;
    Ok(order)
}

/// The id of the order with this number. Rejected when there is none.
pub fn by_number(db: &Db, number: Number) -> Result<Id<Order>> {
    let found: Option<(Id<Order>,)> = db.row(&BY_NUMBER, params![number])?;
    found.map(|(id,)| id).ok_or_else(|| Error::missing("orders", number).at("number"))
}

/// The order with this id, for somebody to change. Rejected without the right to this very order.
pub fn order_for_change(tx: &Tx<'_>, id: Id<Order>) -> Result<Order> {
    let order: Order = tx.get(id).map_err(|error| error.at("order"))?;
    role::require_own(tx.actor(), Right::OrderEditOwn, Right::OrderEditAll, order.responsible_id)?;
    Ok(order)
}

/// The number of an order; empty where there is none.
pub fn number_of(db: &Db, id: Id<Order>) -> Result<String> {
    let order: Option<Order> = db.find_row(id)?;
    Ok(order.map(|order| order.number.to_string()).unwrap_or_default())
}

/// What decides whether an order may change: its state, and the payment and the invoice that stand.
pub fn standing(db: &Db, order: &Order) -> Result<Standing> {
    let payment: Option<(Number,)> = db.row(&STANDING_PAYMENT, params![order.id])?;
    let invoice: Option<(Number, Date)> = db.row(&STANDING_INVOICE, params![order.id])?;
    Ok(Standing {
        order: order.number.to_string(),
        state: order.state,
        payment: payment.map(|(number,)| number.to_string()),
        invoice: invoice.map(|(number, _)| number.to_string()),
    })
}

/// The earliest return of an order that stands, and its date.
pub(crate) fn first_return(db: &Db, order: &Order) -> Result<Option<(Number, Date)>> {
    db.row(&FIRST_RETURN, params![order.id])
}

/// Rejected when more of a line has come back than was sold.
pub(crate) fn returns_fit(db: &Db, sold: &OrderLine) -> Result<()> {
    let returned: Option<(i64, i64, i64, i64)> = db.row(&RETURNED, params![sold.id, Id::<Order>::new(0)])?;
    let returned = returned.map_or(0, |(quantity, ..)| quantity);
    if returned == 0 || sold.quantity.micros().saturating_add(returned) >= 0 {
        return Ok(());
    }
    Err(Error::rejected("error.order.came_back").arg("order", db.get(sold.order_id)?.number))
}

/// Rejected when more has come back of what this line brings back than was sold.
pub(crate) fn fits_original(db: &Db, line: &OrderLine) -> Result<()> {
    match line.original_line_id {
        Some(sold) => returns_fit(db, &db.get(sold)?),
        None => Ok(()),
    }
}

/// The order as the sender saw it. `Conflict` where it was another version; none means: as it is now.
pub fn as_seen(tx: &Tx<'_>, order: &Order, version: Option<i64>) -> Result<Order> {
    version.map_or_else(|| Ok(order.clone()), |version| tx.seen(order.id, version))
}

/// Computes the totals of an order and its lines. Rejected at the line that does not fit.
pub fn compute(order: &mut Order, lines: &mut [OrderLine]) -> Result<()> {
    let document = Document {
        currency: order.currency,
        prices_include_tax: order.prices_include_tax,
        rounding: order.rounding,
        lines: lines.iter().map(|line| line_of(order, line)).collect(),
    };
    let sums = totals::totals(&document)?;
    sums.gross.of_a_document().map_err(|error| error.at("lines"))?;
    for (at, (line, sum)) in lines.iter_mut().zip(&sums.lines).enumerate() {
        line.position = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
        line.discount = sum.discount.minor();
        line.net = sum.net.minor();
        line.tax = sum.tax.minor();
        line.total = sum.gross.minor();
    }
    order.net = sums.net.minor();
    order.tax = sums.tax.minor();
    order.total = sums.gross.minor();
    order.debt = order.debt_of();
    Ok(())
}

/// What goods cost: a cost of one times a quantity, half up. Rejected when it is too large.
pub fn cost_of(cost: UnitPrice, quantity: Quantity, currency: Currency) -> Result<Money> {
    let line = Line { quantity, price: cost, discount: Discount::None, tax: None, corrected: None };
    let document = Document { currency, prices_include_tax: false, rounding: Place::Line, lines: vec![line] };
    totals::totals(&document).map(|sums| sums.net)
}

/// A row's line as the totals function takes it.
pub fn line_of(order: &Order, line: &OrderLine) -> Line {
    let discount = if line.discount_amount != 0 {
        Discount::Amount(order.money(line.discount_amount))
    } else if line.discount_percent.ppm() != 0 {
        Discount::Percent(line.discount_percent)
    } else {
        Discount::None
    };
    Line {
        quantity: line.quantity,
        price: line.price,
        discount,
        tax: line.tax_rate_id.map(|id| LineTax { key: id.get(), percent: line.tax_percent }),
        corrected: line.corrected.map(|minor| Money::new(minor, order.currency)),
    }
}

/// Adds to what an order has been paid and keeps its debt in step.
pub fn add_paid(tx: &mut Tx<'_>, id: Id<Order>, minor: i64) -> Result<Order> {
    let order: Order = tx.get(id)?;
    let too_large = || Error::rejected("error.sum_too_large");
    let mut changed = Order { paid: order.paid.checked_add(minor).ok_or_else(too_large)?, ..order.clone() };
    changed.debt = changed.debt_of();
    changed.version = tx.update(&order, &changed)?;
    Ok(changed)
}
