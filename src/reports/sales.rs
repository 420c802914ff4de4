//! Sales: what was ordered by day, month or year, without drafts and cancelled orders; returns count against it.

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
    /// What was ordered on each day, by responsible and currency.
    BY_DAY = "SELECT o.date, o.responsible_id, o.currency,
                COUNT(*) FILTER (WHERE o.kind = 'order'), COUNT(*) FILTER (WHERE o.kind = 'return'),
                CAST(SUM(o.net) AS BIGINT), CAST(SUM(o.tax) AS BIGINT),
                CAST(SUM(o.total) AS BIGINT), CAST(SUM(o.paid) AS BIGINT)
              FROM orders o
              WHERE o.date BETWEEN ?1 AND ?2 AND o.state NOT IN ('draft', 'cancelled')
              GROUP BY o.date, o.responsible_id, o.currency
              ORDER BY o.date, o.responsible_id, o.currency";
}

/// The report.
pub const REPORT: Report = Report {
    name: "sales",
    need: Need::Right(Right::ReportView),
    fields: fields::of::<Parameters>,
    columns: COLUMNS,
    statements: STATEMENTS,
    make,
};

const COLUMNS: &[Column] = &[
    column("period", Kind::Text),
    column("currency", Kind::Currency),
    column("orders", Kind::Count),
    column("returns", Kind::Count),
    column("net", Kind::Money),
    column("tax", Kind::Money),
    column("total", Kind::Money),
    column("paid", Kind::Money),
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parameters {
    /// The first day; the first of the month when left out.
    from: Option<Date>,
    /// The last day; today when left out.
    to: Option<Date>,
    /// What one row is.
    by: Step,
}

/// What one row is.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    #[default]
    Day,
    Month,
    Year,
}

impl Step {
    /// The name of the step a day falls into; names sort as the days do.
    fn of(self, date: Date) -> String {
        match self {
            Step::Day => date.to_string(),
            Step::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Step::Year => format!("{:04}", date.year()),
        }
    }
}

result_row! {
    /// What one person sold on one day in one currency, in minor units.
    pub struct Sold {
        /// The day.
        date: Date,
        /// Who answers for the orders.
        responsible: i64,
        /// The currency.
        currency: Currency,
        /// How many orders.
        orders: i64,
        /// How many returns.
        returns: i64,
        /// Without tax.
        net: i64,
        /// Tax.
        tax: i64,
        /// With tax.
        total: i64,
        /// Paid so far.
        paid: i64,
    }
}

fn make(view: &View<'_>, parameters: Json) -> Result<Made> {
    let asked: Parameters = fields::read(parameters)?;
    let days = span::of_month(asked.from, asked.to, view.today())?;
    let all = view.actor().can(Right::OrderViewAll);
    let mut periods = Groups::new();
    let sold: Vec<Sold> = view.rows(&BY_DAY, params![days.from(), days.to()])?;
    for day in sold.iter().filter(|day| all || day.responsible == view.actor().user) {
        let period = asked.by.of(day.date);
        let row = row(&period, day);
        periods.add((period, day.currency.code().to_owned()), row)?;
    }
    Ok(Made { period: Some(days), rows: periods.into_rows() })
}

fn row(period: &str, sold: &Sold) -> Row {
    let money = |minor| Cell::Money(Money::new(minor, sold.currency));
    vec![
        Cell::Text(period.to_owned()),
        currency(sold.currency),
        Cell::Count(sold.orders),
        Cell::Count(sold.returns),
        money(sold.net),
        money(sold.tax),
        money(sold.total),
        money(sold.paid),
    ]
}
