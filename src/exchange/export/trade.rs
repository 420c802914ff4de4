//! Orders, their lines and payments as rows of an export. What comes back or goes out again stands below zero.

use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::export::walk;
use crate::domain::item::Item;
use crate::domain::order::store::lines_of;
use crate::domain::order::{Order, OrderLine};
use crate::domain::payment::{self, Payment};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::status::OrderStatus;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::domain::user::User;
use crate::engine::query::View;
use crate::exchange::builtin::BETWEEN;
use crate::exchange::export::{Column, Take, date, id, number, text};

/// The columns of orders.
pub(super) const ORDER_COLUMNS: &[Column] = &[
    id("id"),
    text("number"),
    text("kind"),
    date("date"),
    date("received"),
    date("due"),
    id("counterparty"),
    text("counterparty_name"),
    text("responsible_name"),
    text("status"),
    number("priority"),
    id("original"),
    text("currency"),
    text("prices_include_tax"),
    text("rounding"),
    text("note"),
    text("reference"),
    number("freight"),
    date("closed"),
    text("reason"),
    number("net"),
    number("tax"),
    number("total"),
    number("paid"),
    number("debt"),
];

/// Every order that the asker may see.
pub(super) fn orders(view: &View<'_>, take: Take<'_>) -> Result<()> {
    walk_orders(view, |order| take(order_cells(view, order)?))
}

/// Every order that the asker may see.
fn walk_orders(view: &View<'_>, mut take: impl FnMut(Order) -> Result<()>) -> Result<()> {
    let all = view.actor().can(Right::OrderViewAll);
    walk(view, |order: Order| if all || order.responsible_id.get() == view.actor().user { take(order) } else { Ok(()) })
}

fn order_cells(view: &View<'_>, order: Order) -> Result<Vec<String>> {
    let customer: Counterparty = view.get(order.counterparty_id)?;
    let responsible: Option<User> = view.find_row(order.responsible_id)?;
    let own = order.status_id.map(|id| view.get::<OrderStatus>(id)).transpose()?;
    let ended = order.closed_at.millis() != 0;
    let money = |minor| order.money(minor).to_string();
    Ok(vec![
        order.id.to_string(),
        order.number.to_string(),
        order.kind.code().to_owned(),
        order.date.to_string(),
        order.received_at.rfc3339(*view.zone()),
        order.due.to_string(),
        if customer.walk_in { String::new() } else { customer.id.to_string() },
        customer.name,
        responsible.map(|user| user.name).unwrap_or_default(),
        own.map_or_else(|| order.state.code().to_owned(), |own| own.code),
        order.priority.to_string(),
        order.original_id.map(|id| id.to_string()).unwrap_or_default(),
        order.currency.code().to_owned(),
        order.prices_include_tax.to_string(),
        order.rounding.code().to_owned(),
        order.note.clone(),
        order.reference.clone(),
        money(order.freight),
        if ended { view.zone().date_of(order.closed_at).to_string() } else { String::new() },
        order.reason.clone(),
        money(order.net),
        money(order.tax),
        money(order.total),
        money(order.paid),
        money(order.debt),
    ])
}

/// The columns of order lines.
pub(super) const LINE_COLUMNS: &[Column] = &[
    id("order"),
    text("order_number"),
    number("position"),
    id("item"),
    text("item_name"),
    text("text"),
    text("unit"),
    number("quantity"),
    number("price"),
    number("discount_percent"),
    number("discount_amount"),
    text("tax_rate"),
    number("corrected"),
    text("correction_reason"),
    number("net"),
    number("tax"),
    number("total"),
];

/// Every line of every order that the asker may see.
pub(super) fn order_lines(view: &View<'_>, take: Take<'_>) -> Result<()> {
    walk_orders(view, |order| {
        for line in lines_of(view, order.id)? {
            take(line_cells(view, &order, line)?)?;
        }
        Ok(())
    })
}

fn line_cells(view: &View<'_>, order: &Order, line: OrderLine) -> Result<Vec<String>> {
    let item = line.item_id.map(|id| view.get::<Item>(id)).transpose()?;
    let unit = line.unit_id.map(|id| view.get::<Unit>(id)).transpose()?;
    let tax_rate = line.tax_rate_id.map(|id| view.get::<TaxRate>(id)).transpose()?;
    let money = |minor| order.money(minor).to_string();
    let filled = |value: i64, written: String| if value == 0 { String::new() } else { written };
    Ok(vec![
        order.id.to_string(),
        order.number.to_string(),
        line.position.to_string(),
        line.item_id.map(|id| id.to_string()).unwrap_or_default(),
        item.map(|item| item.name).unwrap_or_default(),
        line.text,
        unit.map(|unit| unit.code).unwrap_or_default(),
        line.quantity.to_string(),
        line.price.to_string(),
        filled(line.discount_percent.ppm(), line.discount_percent.to_string()),
        filled(line.discount_amount, money(line.discount_amount)),
        tax_rate.map(|rate| rate.code).unwrap_or_default(),
        line.corrected.map(money).unwrap_or_default(),
        line.correction_reason,
        money(line.net),
        money(line.tax),
        money(line.total),
    ])
}

/// The columns of payments.
pub(super) const PAYMENT_COLUMNS: &[Column] = &[
    id("id"),
    text("number"),
    text("kind"),
    date("date"),
    date("taken"),
    id("counterparty"),
    text("counterparty_name"),
    id("order"),
    text("order_number"),
    text("currency"),
    number("amount"),
    number("received"),
    number("change"),
    number("rounding"),
    text("methods"),
    text("voided"),
    text("reason"),
    text("note"),
];

/// Every payment that the asker may see.
pub(super) fn payments(view: &View<'_>, take: Take<'_>) -> Result<()> {
    walk(view, |payment: Payment| match payment::store::visible_payment(view, view.actor(), payment.id) {
        Ok(payment) => take(payment_cells(view, payment)?),
        Err(Error::Rejected(_)) => Ok(()),
        Err(error) => Err(error),
    })
}

fn payment_cells(view: &View<'_>, payment: Payment) -> Result<Vec<String>> {
    let customer: Counterparty = view.get(payment.counterparty_id)?;
    let order = payment.order_id.map(|id| view.get::<Order>(id)).transpose()?;
    let mut methods: Vec<String> = Vec::new();
    for tender in payment::store::tenders_of(view, payment.id)? {
        let method = view.get::<PaymentMethod>(tender.method_id)?.code;
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    let money = |minor| crate::base::money::Money::new(minor, payment.currency).to_string();
    Ok(vec![
        payment.id.to_string(),
        payment.number.to_string(),
        payment.kind.code().to_owned(),
        payment.date.to_string(),
        payment.taken_at.rfc3339(*view.zone()),
        if customer.walk_in { String::new() } else { customer.id.to_string() },
        customer.name,
        payment.order_id.map(|id| id.to_string()).unwrap_or_default(),
        order.map(|order| order.number.to_string()).unwrap_or_default(),
        payment.currency.code().to_owned(),
        money(payment.amount),
        money(payment.received),
        money(payment.change),
        money(payment.rounding),
        methods.join(BETWEEN),
        payment.voided.to_string(),
        payment.reason.clone(),
        payment.note.clone(),
    ])
}
