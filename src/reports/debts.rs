//! Debts: who owes how much, since when, and what is lying there in advance.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::engine::command::Need;
use crate::engine::fields;
use crate::engine::query::View;
use crate::reports::Report;
use crate::reports::sheet::{Cell, Column, Groups, Kind, Made, Row, column, currency};
use crate::{params, result_row, statements};

statements! {
    /// What is owed for orders, by customer and currency; `?1` is today and `?2` the present minute.
    OWED = "SELECT c.name_key, c.id, c.name, o.currency, COUNT(*), CAST(SUM(o.debt) AS BIGINT),
              CAST(COALESCE(SUM(o.debt) FILTER (WHERE (LENGTH(o.due) = 10 AND o.due < ?1)
                OR (LENGTH(o.due) > 10 AND o.due < ?2)), 0) AS BIGINT)
            FROM orders o
            JOIN counterparties c ON c.id = o.counterparty_id
            WHERE o.debt > 0
            GROUP BY c.name_key, c.id, c.name, o.currency
            ORDER BY c.name_key, c.id, o.currency";
    /// What was paid beyond orders, by customer and currency.
    OVERPAID = "SELECT c.name_key, c.id, c.name, o.currency, COUNT(*), CAST(SUM(o.debt) AS BIGINT), CAST(0 AS BIGINT)
                FROM orders o
                JOIN counterparties c ON c.id = o.counterparty_id
                WHERE o.debt < 0
                GROUP BY c.name_key, c.id, c.name, o.currency
                ORDER BY c.name_key, c.id, o.currency";
    /// What is left of payments after what orders used of them, by customer and currency.
    UNUSED = "SELECT c.name_key, c.id, c.name, p.currency, CAST(0 AS BIGINT),
                CAST(SUM(p.amount - COALESCE(u.amount, 0)) AS BIGINT), CAST(0 AS BIGINT)
              FROM payments p
              JOIN counterparties c ON c.id = p.counterparty_id
              LEFT JOIN (SELECT a.payment_id, SUM(a.amount) AS amount FROM allocations a GROUP BY a.payment_id) u
                ON u.payment_id = p.id
              WHERE p.amount <> COALESCE(u.amount, 0)
              GROUP BY c.name_key, c.id, c.name, p.currency
              ORDER BY c.name_key, c.id, p.currency";
    /// What was owed before the company began to work with the program.
    OPENING = "SELECT c.name_key, c.id, c.name, b.currency, CAST(0 AS BIGINT), b.amount, CAST(0 AS BIGINT)
               FROM opening_balances b
               JOIN counterparties c ON c.id = b.counterparty_id
               WHERE b.amount <> 0
               ORDER BY c.name_key, c.id, b.currency";
}

/// The report.
pub const REPORT: Report = Report {
    name: "debts",
    need: Need::Right(Right::ReportView),
    fields: fields::of::<Parameters>,
    columns: COLUMNS,
    statements: STATEMENTS,
    make,
};

const COLUMNS: &[Column] = &[
    column("counterparty", Kind::Text),
    column("currency", Kind::Currency),
    column("orders", Kind::Count),
    column("opening", Kind::Money),
    column("owed", Kind::Money),
    column("overdue", Kind::Money),
    column("advance", Kind::Money),
    column("balance", Kind::Money),
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parameters {}

result_row! {
    /// A part of what stands between the company and one customer, in minor units.
    pub struct Part {
        /// By what the name is sorted.
        name_key: String,
        /// The customer.
        counterparty: i64,
        /// How the customer is called.
        name: String,
        /// The currency.
        currency: Currency,
        /// How many orders it comes from.
        orders: i64,
        /// How much.
        amount: i64,
        /// How much of it should have been paid already.
        overdue: i64,
    }
}

/// Which column an amount goes to, and whether it lowers the balance.
#[derive(Clone, Copy)]
enum Side {
    Opening,
    Owed,
    Overpaid,
    Unused,
}

fn make(view: &View<'_>, parameters: Json) -> Result<Made> {
    let Parameters {} = fields::read(parameters)?;
    view.actor().require(Right::OrderViewAll)?;
    view.actor().require(Right::PaymentView)?;
    let minute = format!("{}T{}", view.today(), view.zone().time_of(view.now()).get(..5).unwrap_or_default());
    let mut customers = Groups::new();
    for (side, parts) in [
        (Side::Owed, view.rows::<Part>(&OWED, params![view.today(), minute])?),
        (Side::Overpaid, view.rows(&OVERPAID, params![])?),
        (Side::Unused, view.rows(&UNUSED, params![])?),
        (Side::Opening, view.rows(&OPENING, params![])?),
    ] {
        for part in parts {
            let key = (part.name_key.clone(), part.counterparty, part.currency.code().to_owned());
            customers.add(key, row(side, &part)?)?;
        }
    }
    Ok(Made { period: None, rows: customers.into_rows() })
}

fn row(side: Side, part: &Part) -> Result<Row> {
    let zero = Money::zero(part.currency);
    let amount = Money::new(part.amount, part.currency);
    let (opening, owed, advance) = match side {
        Side::Opening => (amount, zero, zero),
        Side::Owed => (zero, amount, zero),
        Side::Overpaid => (zero, zero, amount.checked_neg()?),
        Side::Unused => (zero, zero, amount),
    };
    let orders = if matches!(side, Side::Owed) { part.orders } else { 0 };
    Ok(vec![
        Cell::Text(part.name.clone()),
        currency(part.currency),
        Cell::Count(orders),
        Cell::Money(opening),
        Cell::Money(owed),
        Cell::Money(Money::new(part.overdue, part.currency)),
        Cell::Money(advance),
        Cell::Money(opening.checked_add(owed)?.checked_sub(advance)?),
    ])
}
