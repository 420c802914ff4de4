//! Orders by status: how many stand where, how many of them are late, and what they are worth.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::engine::command::Need;
use crate::engine::fields;
use crate::engine::query::View;
use crate::reports::sheet::{Cell, Column, Groups, Kind, Made, Row, column, currency};
use crate::reports::{Report, span};
use crate::{params, result_row, statements};

statements! {
    /// Orders by state, responsible and currency; `?3` is today and `?4` the present minute of the company's clock.
    BY_STATE = "SELECT o.state, o.responsible_id, o.currency, COUNT(*),
                  COUNT(*) FILTER (WHERE o.state IN ('confirmed', 'in-work', 'ready')
                    AND ((LENGTH(o.due) = 10 AND o.due < ?3) OR (LENGTH(o.due) > 10 AND o.due < ?4))),
                  CAST(SUM(o.total) AS BIGINT), CAST(SUM(o.debt) AS BIGINT)
                FROM orders o
                WHERE o.date BETWEEN ?1 AND ?2
                GROUP BY o.state, o.responsible_id, o.currency
                ORDER BY o.state, o.responsible_id, o.currency";
}

/// The report.
pub const REPORT: Report = Report {
    name: "orders-by-status",
    need: Need::Right(Right::ReportView),
    fields: fields::of::<Parameters>,
    columns: COLUMNS,
    statements: STATEMENTS,
    make,
};

const COLUMNS: &[Column] = &[
    column("status", Kind::Word),
    column("currency", Kind::Currency),
    column("orders", Kind::Count),
    column("late", Kind::Count),
    column("total", Kind::Money),
    column("debt", Kind::Money),
];

/// The order in which an order passes through its states.
const STATES: &[&str] = &["draft", "confirmed", "in-work", "ready", "closed", "cancelled"];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parameters {
    /// Orders from this day on.
    from: Option<Date>,
    /// Orders up to this day.
    to: Option<Date>,
}

result_row! {
    /// The orders of one person in one state and currency; amounts in minor units.
    pub struct Standing {
        /// The state.
        state: String,
        /// Who answers for them.
        responsible: i64,
        /// The currency.
        currency: Currency,
        /// How many.
        orders: i64,
        /// How many of them are late.
        late: i64,
        /// What they are worth, with tax.
        total: i64,
        /// What is still owed for them.
        debt: i64,
    }
}

fn make(view: &View<'_>, parameters: Json) -> Result<Made> {
    let asked: Parameters = fields::read(parameters)?;
    let period = asked.from.or(asked.to).is_some();
    let days = span::of_all(asked.from, asked.to)?;
    let minute = format!("{}T{}", view.today(), view.zone().time_of(view.now()).get(..5).unwrap_or_default());
    let found: Vec<Standing> = view.rows(&BY_STATE, params![days.from(), days.to(), view.today(), minute])?;
    let all = view.actor().can(Right::OrderViewAll);
    let mut states = Groups::new();
    for standing in found.iter().filter(|standing| all || standing.responsible == view.actor().user) {
        let place = STATES.iter().position(|state| *state == standing.state);
        states.add((place, standing.currency.code().to_owned()), row(standing))?;
    }
    Ok(Made { period: period.then_some(days), rows: states.into_rows() })
}

fn row(standing: &Standing) -> Row {
    let money = |minor| Cell::Money(Money::new(minor, standing.currency));
    vec![
        Cell::Word(format!("status.{}", standing.state), standing.state.clone()),
        currency(standing.currency),
        Cell::Count(standing.orders),
        Cell::Count(standing.late),
        money(standing.total),
        money(standing.debt),
    ]
}
