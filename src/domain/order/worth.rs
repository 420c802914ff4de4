//! What orders are worth, added up: the figures that the list of orders does not sum, for what stands behind a report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::money::Money;
use crate::domain::company;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::order::groups::{BY_RESPONSIBLE, COST_BY_RESPONSIBLE, Group};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// Count and worth of everything that matches, one row a currency, the company's own first. Takes the filters of
/// `orders`; with `costs` also what is earned, of those whose costs are known.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrdersWorthQuery(pub OrdersQuery);

/// Count and worth in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrdersWorth {
    /// The currency.
    pub currency: Currency,
    /// How many orders.
    pub count: i64,
    /// Without tax.
    pub net: String,
    /// The tax.
    pub tax: String,
    /// With tax.
    pub total: String,
    /// What the goods cost, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What is left of the net amounts, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit: Option<String>,
}

/// Sums in minor units: net, tax and total, then cost and profit.
#[derive(Default)]
struct Sums {
    count: i64,
    worth: [i64; 3],
    earned: [i64; 2],
}

impl Query for OrdersWorthQuery {
    const NAME: &'static str = "orders-worth";
    const NEED: Need = OrdersQuery::NEED;
    type Row = OrdersWorth;

    fn run(&self, view: &View<'_>) -> Result<Vec<OrdersWorth>> {
        let mut found: BTreeMap<Currency, Sums> = BTreeMap::new();
        for group in self.0.grouped::<i64>(view, &BY_RESPONSIBLE)? {
            let sums = found.entry(group.currency).or_default();
            sums.count = sums.count.saturating_add(group.count);
            add(&mut sums.worth, [group.sum(0), group.sum(1), group.sum(2)]);
        }
        if self.0.costs {
            for group in self.costed(view)? {
                let (cost, net) = (group.sum(0), group.sum(1));
                add(&mut found.entry(group.currency).or_default().earned, [cost, net.saturating_sub(cost)]);
            }
        }
        let home = company::current(view)?.currency;
        let mut rows: Vec<OrdersWorth> = found.iter().map(|(currency, sums)| self.told(*currency, sums)).collect();
        rows.sort_by_key(|row| row.currency != home);
        Ok(rows)
    }
}

impl OrdersWorthQuery {
    /// Those whose costs are known, where they may be among those asked for.
    fn costed(&self, view: &View<'_>) -> Result<Vec<Group<i64>>> {
        let known = || vec!["known".to_owned()];
        let asked = self.0.costing.clone().filter(|asked| !asked.is_empty()).unwrap_or_else(known);
        if asked.iter().all(|asked| asked != "known") {
            return Ok(Vec::new());
        }
        let query = OrdersQuery { costing: Some(known()), ..self.0.clone() };
        query.grouped(view, &COST_BY_RESPONSIBLE)
    }

    fn told(&self, currency: Currency, sums: &Sums) -> OrdersWorth {
        let text = |minor: i64| Money::new(minor, currency).to_string();
        let [net, tax, total] = sums.worth.map(text);
        let [cost, profit] = sums.earned.map(|minor| self.0.costs.then(|| text(minor)));
        OrdersWorth { currency, count: sums.count, net, tax, total, cost, profit }
    }
}

fn add<const N: usize>(sums: &mut [i64; N], more: [i64; N]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(more);
    }
}
