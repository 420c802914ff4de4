//! What stands behind a figure: the lists of documents that show it, as queries that anybody who may see the report
//! may ask. The figure is the sum of what they show.

use serde_json::{Value as Json, json};

use crate::base::currency::Currency;
use crate::base::date::Period;
use crate::base::error::{Error, Result};
use crate::domain::order::browse::OrdersQuery;
use crate::domain::order::states::Status;

/// Some documents behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The query that lists them.
    pub query: &'static str,
    /// Its arguments, without sort and page.
    pub arguments: Json,
    /// What they add to the figure.
    pub adds: Adds,
}

/// What the rows of a list add to a figure. A field that a row leaves out adds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adds {
    /// Each row is one.
    Count,
    /// The amount in this field.
    Plus(&'static str),
    /// The amount in this field, taken away.
    Minus(&'static str),
}

impl Behind {
    /// Orders.
    pub(crate) fn orders(query: &OrdersQuery, adds: Adds) -> Result<Behind> {
        Ok(Behind { query: "orders", arguments: filled(query)?, adds })
    }

    /// Key of what people call these documents.
    pub fn title(&self) -> &'static str {
        let credit = self.arguments.get("balance").is_some_and(|balance| balance == &json!(["credit"]));
        match self.query {
            "orders" if credit => "report.behind.credit",
            "orders" => "report.behind.orders",
            "payments" => "report.behind.payments",
            _ => "report.behind.openings",
        }
    }
}

/// The arguments that say something: nulls, empty texts and whatever is left as it is are dropped.
fn filled(query: &OrdersQuery) -> Result<Json> {
    let failed = |error| Error::failure("error.list_broken", error);
    let (mut said, usual) =
        (serde_json::to_value(query).map_err(failed)?, serde_json::to_value(OrdersQuery::default()).map_err(failed)?);
    if let Json::Object(fields) = &mut said {
        fields.retain(|name, value| usual.get(name) != Some(value));
    }
    Ok(said)
}

/// What sets a row apart from all that the report was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Its days.
    pub days: Option<Period>,
    /// Its customer.
    pub counterparty: Option<i64>,
    /// Who answers for its orders.
    pub responsible: Option<i64>,
    /// The state of its orders.
    pub state: Option<Status>,
    /// Its currency.
    pub currency: Option<Currency>,
}

impl Narrow {
    /// The question of the report, asked for this row alone.
    pub fn of(&self, query: &OrdersQuery) -> OrdersQuery {
        let mut query = query.clone();
        if let Some(days) = self.days {
            (query.from, query.to) = (Some(days.from()), Some(days.to()));
        }
        let one = |text: String| Some(vec![text]);
        query.counterparty = self.counterparty.map(|id| id.to_string()).map_or(query.counterparty, one);
        query.responsible = self.responsible.map(|id| id.to_string()).map_or(query.responsible, one);
        query.status = self.state.map(|state| state.code().to_owned()).map_or(query.status, one);
        query.currency = self.currency.map(|currency| currency.code().to_owned()).map_or(query.currency, one);
        query
    }
}

/// The same list for each customer that is asked for, else for all: of lists that take one customer at a time.
pub(crate) fn by_customer(list: &'static str, query: &OrdersQuery, adds: Adds, more: &Json) -> Vec<Behind> {
    let customers: Vec<Option<i64>> = match query.counterparty.as_deref() {
        None | Some([]) => vec![None],
        Some(ids) => ids.iter().map(|id| id.parse().ok()).collect(),
    };
    let currencies: Vec<Option<&String>> = match query.currency.as_deref() {
        None | Some([]) => vec![None],
        Some(codes) => codes.iter().map(Some).collect(),
    };
    let pairs = customers.iter().flat_map(|customer| currencies.iter().map(move |currency| (customer, currency)));
    let behind = |(customer, currency): (&Option<i64>, &Option<&String>)| {
        let mut arguments = json!({});
        if let (Json::Object(fields), Json::Object(more)) = (&mut arguments, more) {
            fields.extend(customer.map(|id| ("counterparty".to_owned(), Json::from(id))));
            fields.extend(currency.map(|code| ("currency".to_owned(), Json::from(code.as_str()))));
            fields.extend(more.clone());
        }
        Behind { query: list, arguments, adds }
    };
    pairs.map(behind).collect()
}
