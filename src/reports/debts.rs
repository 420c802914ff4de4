//! Debts: who owes how much, since when, and what is lying there in advance. Overdue is counted in whole days after the
//! due day of an order.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::order::groups::DEBT_BY_CUSTOMER;
use crate::engine::command::Need;
use crate::engine::fields;
use crate::engine::query::View;
use crate::reports::behind::{Adds, Behind, by_customer};
use crate::reports::chart::{Chart, ChartKind};
use crate::reports::column::{Column, Kind, column};
use crate::reports::parameter::{Input, Parameter, parameter};
use crate::reports::sheet::{Made, Rows};
use crate::reports::{Making, Report, alone, who};
use crate::{params, result_row, statements};

statements! {
    /// What is left of standing payments after what orders used of them, by customer and currency.
    UNUSED = "SELECT p.counterparty_id, p.currency, CAST(SUM(p.amount - COALESCE(u.amount, 0)) AS BIGINT)
              FROM payments p
              LEFT JOIN (SELECT a.payment_id, SUM(a.amount) AS amount FROM allocations a GROUP BY a.payment_id) u
                ON u.payment_id = p.id
              WHERE p.voided = 0 AND p.kind <> 'reversal' AND p.amount <> COALESCE(u.amount, 0)
              GROUP BY p.counterparty_id, p.currency
              ORDER BY p.counterparty_id, p.currency";
    /// The same of one customer.
    UNUSED_OF = "SELECT p.counterparty_id, p.currency, CAST(SUM(p.amount - COALESCE((SELECT SUM(a.amount)
                   FROM allocations a WHERE a.payment_id = p.id), 0)) AS BIGINT)
                 FROM payments p
                 WHERE p.counterparty_id = ?1 AND p.voided = 0 AND p.kind <> 'reversal'
                 GROUP BY p.counterparty_id, p.currency
                 ORDER BY p.counterparty_id, p.currency";
    /// What was owed before the company began to work with the program.
    OPENING = "SELECT b.counterparty_id, b.currency, b.amount
               FROM opening_balances b
               WHERE b.amount <> 0
               ORDER BY b.counterparty_id, b.currency";
}

/// The report.
pub const REPORT: Report = Report {
    name: "debts",
    title: "report.name.debts",
    need: Need::Right(Right::ReportView),
    parameters: PARAMETERS,
    fields: fields::of::<Parameters>,
    columns: COLUMNS,
    opens: "balance",
    statements: STATEMENTS,
    make,
    behind,
};

const PARAMETERS: &[Parameter] =
    &[parameter("counterparty", Input::Counterparties), parameter("currency", Input::Currencies)];

const COLUMNS: &[Column] = &[
    column("report.column.counterparty", Kind::Text),
    column("report.column.currency", Kind::Currency),
    column("report.column.orders", Kind::Count).yields(6),
    column("report.column.opening", Kind::Money).yields(5),
    column("report.column.owed", Kind::Money).yields(1),
    column("report.column.overdue", Kind::Money),
    column("report.column.overdue_30", Kind::Money).yields(3),
    column("report.column.overdue_60", Kind::Money).yields(3),
    column("report.column.overdue_90", Kind::Money).yields(3),
    column("report.column.overdue_more", Kind::Money).yields(3),
    column("report.column.advance", Kind::Money).yields(4),
    column("report.column.balance", Kind::Money),
];

/// By how many days a debt is overdue at most and at least, for each column of it.
const OVERDUE: [(&str, Option<i64>, i64); 5] = [
    ("overdue", None, 1),
    ("overdue_30", Some(30), 1),
    ("overdue_60", Some(60), 31),
    ("overdue_90", Some(90), 61),
    ("overdue_more", None, 91),
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parameters {
    /// Customers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    counterparty: Option<Vec<String>>,
    /// Currencies.
    #[serde(deserialize_with = "lenient::opt_texts")]
    currency: Option<Vec<String>>,
}

result_row! {
    /// An amount between the company and one customer, in minor units.
    pub struct Part {
        /// The customer.
        counterparty: i64,
        /// The currency.
        currency: Currency,
        /// How much.
        amount: i64,
    }
}

fn make(making: Making<'_>, parameters: Json) -> Result<Made> {
    let asked: Parameters = fields::read(parameters)?;
    let view = making.view;
    view.actor().require(Right::OrderViewAll)?;
    view.actor().require(Right::PaymentView)?;
    let query = OrdersQuery { counterparty: asked.counterparty, currency: asked.currency, ..OrdersQuery::default() };
    let query = who::known(view, query)?;
    let mut found = Found { view, query: &query, rows: Rows::new(making.columns) };
    found.orders(&of_balance(&query, "owed"), |count, debt| {
        vec![("orders", count), ("owed", debt), ("balance", debt)]
    })?;
    for (name, most, least) in OVERDUE {
        making.watch.still_wanted()?;
        found.orders(&overdue(&query, view.today(), (most, least))?, |_, debt| vec![(name, debt)])?;
    }
    found
        .orders(&of_balance(&query, "credit"), |_, debt| vec![("advance", debt.saturating_neg()), ("balance", debt)])?;
    making.watch.still_wanted()?;
    for part in unused(view, &query)? {
        found.part(&part, &[("advance", part.amount), ("balance", part.amount.saturating_neg())])?;
    }
    for part in view.rows::<Part>(&OPENING, params![])? {
        found.part(&part, &[("opening", part.amount), ("balance", part.amount)])?;
    }
    let rows = found.rows.without_empty().into_parts();
    let chart = Chart { kind: ChartKind::Bars, label: "counterparty", value: "balance" };
    Ok(Made { period: None, asked: query, rows, chart })
}

/// What is left of payments: of the customers asked for, else of all.
fn unused(view: &View<'_>, query: &OrdersQuery) -> Result<Vec<Part>> {
    let Some(customers) = query.counterparty.as_ref().filter(|customers| !customers.is_empty()) else {
        return view.rows(&UNUSED, params![]);
    };
    let mut parts = Vec::new();
    for customer in customers {
        let id: i64 = customer.parse().unwrap_or_default();
        parts.extend(view.rows::<Part>(&UNUSED_OF, params![id])?);
    }
    Ok(parts)
}

/// The rows under way.
struct Found<'a> {
    view: &'a View<'a>,
    query: &'a OrdersQuery,
    rows: Rows<(i64, Currency)>,
}

impl Found<'_> {
    /// Adds what a question to the orders finds.
    fn orders(&mut self, query: &OrdersQuery, figures: impl Fn(i64, i64) -> Vec<(&'static str, i64)>) -> Result<()> {
        for group in query.grouped::<i64>(self.view, &DEBT_BY_CUSTOMER)? {
            self.add((group.key, group.currency), &figures(group.count, group.sum(0)))?;
        }
        Ok(())
    }

    /// Adds another amount, if its customer and currency are asked for.
    fn part(&mut self, part: &Part, figures: &[(&'static str, i64)]) -> Result<()> {
        let named = |names: &Option<Vec<String>>, name: &str| {
            names.as_ref().is_none_or(|names| names.is_empty() || names.iter().any(|known| known == name))
        };
        let wanted = named(&self.query.counterparty, &part.counterparty.to_string())
            && named(&self.query.currency, part.currency.code());
        if wanted { self.add((part.counterparty, part.currency), figures) } else { Ok(()) }
    }

    fn add(&mut self, key: (i64, Currency), figures: &[(&'static str, i64)]) -> Result<()> {
        let view = self.view;
        self.rows.add(key, Some(key.1), figures, || who::customer(view, key.0))
    }
}

fn of_balance(query: &OrdersQuery, balance: &str) -> OrdersQuery {
    OrdersQuery { balance: Some(vec![balance.to_owned()]), ..query.clone() }
}

/// What is owed and overdue by so many days at most and at least.
fn overdue(query: &OrdersQuery, today: Date, (most, least): (Option<i64>, i64)) -> Result<OrdersQuery> {
    let due_from = most.map(|days| today.add_days(days.saturating_neg())).transpose()?;
    let due_to = Some(today.add_days(least.saturating_neg())?);
    Ok(OrdersQuery { due_from, due_to, ..of_balance(query, "owed") })
}

fn behind(column: &str, query: &OrdersQuery, today: Date) -> Result<Vec<Behind>> {
    if let Some((_, most, least)) = OVERDUE.into_iter().find(|(name, ..)| *name == column) {
        return alone(Behind::orders(&overdue(query, today, (most, least))?, Adds::Plus("debt")));
    }
    let owed = |adds| Behind::orders(&of_balance(query, "owed"), adds);
    let credit = |adds| Behind::orders(&of_balance(query, "credit"), adds);
    let unused = |adds| by_customer("payments", query, adds, &json!({"unused": true}));
    let opening = || by_customer("opening-balances", query, Adds::Plus("amount"), &json!({}));
    let mut behind = match column {
        "orders" => return alone(owed(Adds::Count)),
        "owed" => return alone(owed(Adds::Plus("debt"))),
        "opening" => return Ok(opening()),
        "advance" => {
            let mut behind = vec![credit(Adds::Minus("debt"))?];
            behind.extend(unused(Adds::Plus("unused")));
            return Ok(behind);
        }
        _ => vec![owed(Adds::Plus("debt"))?, credit(Adds::Plus("debt"))?],
    };
    behind.extend(unused(Adds::Minus("unused")));
    behind.extend(opening());
    Ok(behind)
}
