//! Orders by status: how many stand where, how late they are, and what they are worth.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::order::groups::{BY_STATE, Group};
use crate::domain::order::states::Status;
use crate::engine::command::Need;
use crate::engine::fields;
use crate::reports::behind::{Adds, Behind, Narrow};
use crate::reports::cell::{Cell, Word};
use crate::reports::chart::{Chart, ChartKind};
use crate::reports::column::{Column, Kind, column, share};
use crate::reports::parameter::{Input, Parameter, Usual, parameter};
use crate::reports::sheet::{Label, Made, Rows};
use crate::reports::step::days_typed;
use crate::reports::{Making, Report, alone, who};

/// The report.
pub const REPORT: Report = Report {
    name: "orders-by-status",
    title: "report.name.orders-by-status",
    need: Need::Right(Right::ReportView),
    parameters: PARAMETERS,
    fields: fields::of::<Parameters>,
    columns: COLUMNS,
    opens: "orders",
    statements: &[],
    make,
    behind,
};

const PARAMETERS: &[Parameter] = &[
    parameter("days", Input::Days(Usual::All)),
    parameter("status", Input::States),
    parameter("counterparty", Input::Counterparties),
    parameter("responsible", Input::Responsibles),
    parameter("currency", Input::Currencies),
];

const COLUMNS: &[Column] = &[
    column("report.column.status", Kind::Word),
    column("report.column.currency", Kind::Currency),
    column("report.column.orders", Kind::Count),
    column("report.column.late", Kind::Count),
    share("report.column.late_share", "late", &["orders"]).yields(1),
    column("report.column.late_3", Kind::Count).yields(2),
    column("report.column.late_7", Kind::Count).yields(2),
    column("report.column.late_more", Kind::Count).yields(2),
    column("report.column.total", Kind::Money),
    column("report.column.debt", Kind::Money),
];

/// By how many days an order is late at most and at least, for each column of lateness.
const LATENESS: [(&str, Option<i64>, Option<i64>); 4] =
    [("late", None, None), ("late_3", Some(3), None), ("late_7", Some(7), Some(4)), ("late_more", None, Some(8))];

static WORDS: [Word; 6] = [
    Word { key: "status.draft", code: "draft" },
    Word { key: "status.confirmed", code: "confirmed" },
    Word { key: "status.in-work", code: "in-work" },
    Word { key: "status.ready", code: "ready" },
    Word { key: "status.closed", code: "closed" },
    Word { key: "status.cancelled", code: "cancelled" },
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parameters {
    /// Orders from this day on.
    from: Option<Date>,
    /// Orders up to this day.
    to: Option<Date>,
    /// States.
    #[serde(deserialize_with = "lenient::opt_texts")]
    status: Option<Vec<String>>,
    /// Customers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    counterparty: Option<Vec<String>>,
    /// Who answers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    responsible: Option<Vec<String>>,
    /// Currencies.
    #[serde(deserialize_with = "lenient::opt_texts")]
    currency: Option<Vec<String>>,
}

fn make(making: Making<'_>, parameters: Json) -> Result<Made> {
    let asked: Parameters = fields::read(parameters)?;
    let period = days_typed(asked.from, asked.to)?;
    let query = OrdersQuery {
        from: asked.from,
        to: asked.to,
        status: asked.status,
        counterparty: asked.counterparty,
        responsible: asked.responsible,
        currency: asked.currency,
        ..OrdersQuery::default()
    };
    let query = who::known(making.view, query)?;
    only_states(&query)?;
    let mut rows = Rows::new(making.columns);
    for group in query.grouped::<Status>(making.view, &BY_STATE)? {
        let figures = [("orders", group.count), ("total", group.sum(0)), ("debt", group.sum(1))];
        add(&mut rows, &group, &figures)?;
    }
    for (name, most, least) in LATENESS {
        making.watch.still_wanted()?;
        let late = late(&query, making.view.today(), (most, least))?;
        for group in late.grouped::<Status>(making.view, &BY_STATE)? {
            add(&mut rows, &group, &[(name, group.count)])?;
        }
    }
    let chart = Chart { kind: ChartKind::Bars, label: "status", value: "orders" };
    Ok(Made { period, asked: query, rows: rows.into_parts(), chart })
}

/// The report goes by states; statuses of the company's own are parts of them.
fn only_states(query: &OrdersQuery) -> Result<()> {
    let unknown = query.status.iter().flatten().find(|code| Status::parse(code).is_none());
    let known = || Status::ALL.map(Status::code).join(", ");
    match unknown {
        Some(code) => Err(Error::rejected("error.choice_unknown").arg("text", code).arg("known", known()).at("status")),
        None => Ok(()),
    }
}

type Key = (Status, crate::base::currency::Currency);

fn add(rows: &mut Rows<Key>, group: &Group<Status>, figures: &[(&'static str, i64)]) -> Result<()> {
    let state = group.key;
    rows.add((state, group.currency), Some(group.currency), figures, || {
        let word = WORDS.iter().find(|word| word.code == state.code());
        let cells = vec![("status", word.map_or(Cell::Empty, Cell::Word))];
        Ok(Label { narrow: Narrow { state: Some(state), ..Narrow::default() }, cells, order: String::new() })
    })
}

/// The orders that are late by so many days at most and at least.
fn late(query: &OrdersQuery, today: Date, (most, least): (Option<i64>, Option<i64>)) -> Result<OrdersQuery> {
    let before = |days: Option<i64>| days.map(|days| today.add_days(days.saturating_neg())).transpose();
    Ok(OrdersQuery { late: true, due_from: before(most)?, due_to: before(least)?, ..query.clone() })
}

fn behind(column: &str, query: &OrdersQuery, today: Date) -> Result<Vec<Behind>> {
    if let Some((_, most, least)) = LATENESS.into_iter().find(|(name, ..)| *name == column) {
        return alone(Behind::orders(&late(query, today, (most, least))?, Adds::Count));
    }
    alone(match column {
        "total" => Behind::orders(query, Adds::Plus("total")),
        "debt" => Behind::orders(query, Adds::Plus("debt")),
        _ => Behind::orders(query, Adds::Count),
    })
}
