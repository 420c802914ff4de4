//! Sales: what was ordered by time, customer or responsible, without drafts and cancelled orders; returns count against
//! it. What was earned only for who may see costs.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::base::currency::Currency;
use crate::base::date::{Date, Period};
use crate::base::error::Result;
use crate::base::lenient;
use crate::base::right::Right;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::order::groups::{self, Group};
use crate::engine::command::Need;
use crate::engine::fields;
use crate::engine::query::View;
use crate::engine::select::Grouping;
use crate::engine::value::Column as Stored;
use crate::reports::behind::{Adds, Behind, Narrow};
use crate::reports::cell::Cell;
use crate::reports::chart::{Chart, ChartKind};
use crate::reports::column::{Column, Kind, column, share};
use crate::reports::parameter::{Input, Parameter, Usual, parameter};
use crate::reports::sheet::{Label, Made, Rows};
use crate::reports::step::{Step, days_of_month};
use crate::reports::{Making, Report, alone, who};

/// The report.
pub const REPORT: Report = Report {
    name: "sales",
    title: "report.name.sales",
    need: Need::Right(Right::ReportView),
    parameters: PARAMETERS,
    fields: fields::of::<Parameters>,
    columns: COLUMNS,
    opens: "total",
    statements: who::STATEMENTS,
    make,
    behind,
};

const PARAMETERS: &[Parameter] = &[
    parameter("days", Input::Days(Usual::Month)),
    parameter("by", Input::Choice(&["day", "week", "month", "quarter", "year", "customer", "responsible"])),
    parameter("counterparty", Input::Counterparties),
    parameter("responsible", Input::Responsibles),
    parameter("currency", Input::Currencies),
];

/// The first three are the same column by what one row is.
const COLUMNS: &[Column] = &[
    column("report.column.period", Kind::Span),
    column("report.column.counterparty", Kind::Text),
    column("report.column.responsible", Kind::Text),
    column("report.column.currency", Kind::Currency),
    column("report.column.orders", Kind::Count),
    column("report.column.returns", Kind::Count).yields(5),
    column("report.column.net", Kind::Money).yields(2),
    column("report.column.tax", Kind::Money).yields(4),
    column("report.column.total", Kind::Money),
    column("report.column.paid", Kind::Money).yields(1),
    column("report.column.cost", Kind::Money).only_with(Right::CostView).yields(3),
    column("report.column.profit", Kind::Money).only_with(Right::CostView),
    share("report.column.margin", "profit", &["cost", "profit"]).only_with(Right::CostView).yields(6),
    column("report.column.uncosted", Kind::Count).only_with(Right::CostView).yields(7),
];

/// The states in which something is sold.
const SOLD: [&str; 4] = ["confirmed", "in-work", "ready", "closed"];

/// In so many parts the days are asked for, so that the report tells how far it is.
const PARTS: i64 = 60;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parameters {
    /// The first day; the first of the month when left out.
    from: Option<Date>,
    /// The last day; today when left out.
    to: Option<Date>,
    /// What one row is.
    by: By,
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

/// What one row is.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum By {
    #[default]
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Customer,
    Responsible,
}

impl By {
    fn step(self) -> Option<Step> {
        match self {
            By::Day => Some(Step::Day),
            By::Week => Some(Step::Week),
            By::Month => Some(Step::Month),
            By::Quarter => Some(Step::Quarter),
            By::Year => Some(Step::Year),
            By::Customer | By::Responsible => None,
        }
    }

    /// The column that names the rows.
    fn column(self) -> &'static str {
        match self {
            By::Customer => "counterparty",
            By::Responsible => "responsible",
            By::Day | By::Week | By::Month | By::Quarter | By::Year => "period",
        }
    }

    fn chart(self) -> ChartKind {
        match self {
            By::Day | By::Week => ChartKind::Line,
            By::Month | By::Quarter | By::Year | By::Customer | By::Responsible => ChartKind::Bars,
        }
    }
}

fn make(making: Making<'_>, parameters: Json) -> Result<Made> {
    let asked: Parameters = fields::read(parameters)?;
    let days = days_of_month(asked.from, asked.to, making.view.today())?;
    let by = asked.by;
    let query = OrdersQuery {
        from: Some(days.from()),
        to: Some(days.to()),
        status: Some(SOLD.map(str::to_owned).to_vec()),
        counterparty: asked.counterparty,
        responsible: asked.responsible,
        currency: asked.currency,
        ..OrdersQuery::default()
    };
    let query = who::known(making.view, query)?;
    let names = ["period", "counterparty", "responsible"];
    let shown = making.columns.iter().filter(|column| !names.contains(&column.name) || column.name == by.column());
    let mut found = Found { view: making.view, days, by, rows: Rows::new(shown.copied().collect()) };
    let parts = parts(days)?;
    let all = u64::try_from(parts.len()).unwrap_or(u64::MAX);
    for (done, part) in (0_u64..).zip(parts) {
        making.watch.tell(done, all);
        making.watch.still_wanted()?;
        found.part(&OrdersQuery { from: Some(part.from()), to: Some(part.to()), ..query.clone() })?;
    }
    let chart = Chart { kind: by.chart(), label: by.column(), value: "total" };
    Ok(Made { period: Some(days), asked: query, rows: found.rows.into_parts(), chart })
}

/// The days in parts of at least a month.
fn parts(days: Period) -> Result<Vec<Period>> {
    let length = days.days().div_euclid(PARTS).max(31);
    let mut parts = Vec::new();
    let mut next = Some(days.from());
    while let Some(from) = next.filter(|from| *from <= days.to()) {
        let to = from.add_days(length).unwrap_or(Date::MAX).min(days.to());
        parts.push(Period::new(from, to)?);
        next = to.add_days(1).ok();
    }
    Ok(parts)
}

/// The rows under way.
struct Found<'a> {
    view: &'a View<'a>,
    days: Period,
    by: By,
    rows: Rows<(i64, Currency)>,
}

impl Found<'_> {
    /// Adds what was sold in some of the days.
    fn part(&mut self, query: &OrdersQuery) -> Result<()> {
        match self.by {
            By::Customer => self.grouped::<i64>(query, &groups::BY_CUSTOMER, &groups::COST_BY_CUSTOMER),
            By::Responsible => self.grouped::<i64>(query, &groups::BY_RESPONSIBLE, &groups::COST_BY_RESPONSIBLE),
            By::Day | By::Week | By::Month | By::Quarter | By::Year => {
                self.grouped::<Date>(query, &groups::BY_DAY, &groups::COST_BY_DAY)
            }
        }
    }

    fn grouped<K: Named>(&mut self, query: &OrdersQuery, by: &'static Grouping, cost: &'static Grouping) -> Result<()> {
        for group in query.grouped::<K>(self.view, by)? {
            let sums = [("net", 0), ("tax", 1), ("total", 2), ("paid", 3)].map(|(name, at)| (name, group.sum(at)));
            self.add(&group, &[("orders", group.count), ("uncosted", group.count)])?;
            self.add(&group, &sums)?;
        }
        for group in of_kind(query, "return").grouped::<K>(self.view, by)? {
            self.add(&group, &[("orders", group.count.saturating_neg()), ("returns", group.count)])?;
        }
        if !self.rows.shows("cost") {
            return Ok(());
        }
        for group in of_costing(query, "known").grouped::<K>(self.view, cost)? {
            let (cost, net) = (group.sum(0), group.sum(1));
            let earned = net.saturating_sub(cost);
            self.add(&group, &[("cost", cost), ("profit", earned), ("uncosted", group.count.saturating_neg())])?;
        }
        Ok(())
    }

    fn add<K: Named>(&mut self, group: &Group<K>, figures: &[(&'static str, i64)]) -> Result<()> {
        let (view, days, by) = (self.view, self.days, self.by);
        let key = group.key.place(by);
        self.rows.add((key, group.currency), Some(group.currency), figures, || group.key.label(view, by, days))
    }
}

/// What a row can be named by.
trait Named: Stored {
    /// Its place among the rows of one order.
    fn place(&self, by: By) -> i64;
    fn label(&self, view: &View<'_>, by: By, days: Period) -> Result<Label>;
}

impl Named for Date {
    fn place(&self, by: By) -> i64 {
        by.step().unwrap_or(Step::Day).place(*self)
    }

    fn label(&self, _: &View<'_>, by: By, days: Period) -> Result<Label> {
        let span = by.step().unwrap_or(Step::Day).of(*self, days)?;
        let narrow = Narrow { days: Some(span.days), ..Narrow::default() };
        Ok(Label { narrow, cells: vec![("period", Cell::Span(span))], order: String::new() })
    }
}

/// The id of a customer or a person.
impl Named for i64 {
    fn place(&self, _: By) -> i64 {
        *self
    }

    fn label(&self, view: &View<'_>, by: By, _: Period) -> Result<Label> {
        if matches!(by, By::Responsible) { who::responsible(view, *self) } else { who::customer(view, *self) }
    }
}

fn of_kind(query: &OrdersQuery, kind: &str) -> OrdersQuery {
    OrdersQuery { kind: Some(vec![kind.to_owned()]), ..query.clone() }
}

fn of_costing(query: &OrdersQuery, costing: &str) -> OrdersQuery {
    OrdersQuery { costing: Some(vec![costing.to_owned()]), ..query.clone() }
}

fn behind(column: &str, query: &OrdersQuery, _: Date) -> Result<Vec<Behind>> {
    let with_costs = || OrdersQuery { costs: true, ..query.clone() };
    alone(match column {
        "orders" => Behind::orders(&of_kind(query, "order"), Adds::Count),
        "returns" => Behind::orders(&of_kind(query, "return"), Adds::Count),
        "net" => Behind::orders(query, Adds::Plus("net")),
        "tax" => Behind::orders(query, Adds::Plus("tax")),
        "paid" => Behind::orders(query, Adds::Plus("paid")),
        "cost" => Behind::orders(&with_costs(), Adds::Plus("cost")),
        "profit" => Behind::orders(&with_costs(), Adds::Plus("profit")),
        "uncosted" => Behind::orders(&of_costing(query, "unknown"), Adds::Count),
        _ => Behind::orders(query, Adds::Plus("total")),
    })
}
