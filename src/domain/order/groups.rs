//! Orders brought together by day, customer, responsible or state, each in one currency: what reports stand on.

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::order::list::LIST;
use crate::engine::query::{Query as _, View};
use crate::engine::select::Grouping;
use crate::engine::table::{Columns, FromRow};
use crate::engine::value::{Column, Value};

/// The orders that share a key and a currency. Sums stand in the order of the grouping, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<K> {
    /// What they share.
    pub key: K,
    /// The currency of the sums.
    pub currency: Currency,
    /// How many.
    pub count: i64,
    /// The sums.
    pub sums: Vec<i64>,
}

impl<K: Column> FromRow for Group<K> {
    fn from_row(columns: &mut Columns) -> Result<Group<K>> {
        let (key, currency, count) = (columns.take()?, columns.take()?, columns.take()?);
        let rest: Vec<Value> = Vec::from_row(columns)?;
        Ok(Group { key, currency, count, sums: rest.into_iter().map(i64::from_value).collect::<Result<_>>()? })
    }
}

impl<K> Group<K> {
    /// One of the sums.
    pub fn sum(&self, place: usize) -> i64 {
        self.sums.get(place).copied().unwrap_or_default()
    }
}

crate::list! {

/// Net, tax, total and paid of each day.
pub static BY_DAY: Grouping = sums("by day", &["o.date", "o.currency"], SOLD);

/// Net, tax, total and paid of each customer.
pub static BY_CUSTOMER: Grouping = sums("by customer", &["o.counterparty_id", "o.currency"], SOLD);

/// Net, tax, total and paid by who answers for the orders.
pub static BY_RESPONSIBLE: Grouping = sums("by responsible", &["o.responsible_id", "o.currency"], SOLD);

/// Total and debt of each state.
pub static BY_STATE: Grouping = sums("by state", &["o.state", "o.currency"], &["o.total", "o.debt"]);

/// The debt of each customer.
pub static DEBT_BY_CUSTOMER: Grouping = sums("debt by customer", &["o.counterparty_id", "o.currency"], &["o.debt"]);

/// Cost and net of each day.
pub static COST_BY_DAY: Grouping = sums("cost by day", &["o.date", "o.currency"], COSTS);

/// Cost and net of each customer.
pub static COST_BY_CUSTOMER: Grouping = sums("cost by customer", &["o.counterparty_id", "o.currency"], COSTS);

/// Cost and net by who answers for the orders.
pub static COST_BY_RESPONSIBLE: Grouping = sums("cost by responsible", &["o.responsible_id", "o.currency"], COSTS);

const SOLD: &[&str] = &["o.net", "o.tax", "o.total", "o.paid"];

const COSTS: &[&str] =
    &["(SELECT COALESCE(SUM(l.cost), 0) FROM order_lines l WHERE l.order_id = o.id)", "o.net"];

}

const fn sums(name: &'static str, keys: &'static [&'static str], sums: &'static [&'static str]) -> Grouping {
    Grouping { name, list: &LIST, keys, sums, index: "orders_date" }
}

/// Every grouping, for the test that prepares them.
pub static GROUPINGS: [&Grouping; 8] = [
    &BY_DAY,
    &BY_CUSTOMER,
    &BY_RESPONSIBLE,
    &BY_STATE,
    &DEBT_BY_CUSTOMER,
    &COST_BY_DAY,
    &COST_BY_CUSTOMER,
    &COST_BY_RESPONSIBLE,
];

impl OrdersQuery {
    /// The groups of all orders that match and that the asker may see, in the order of their keys. Rejected without
    /// the right to see orders, or for filters that do not fit.
    pub fn grouped<K: Column>(&self, view: &View<'_>, by: &'static Grouping) -> Result<Vec<Group<K>>> {
        OrdersQuery::NEED.admit(view.actor())?;
        match self.filtered(view)? {
            Some(ask) => ask.grouped(view, by),
            None => Ok(Vec::new()),
        }
    }
}
