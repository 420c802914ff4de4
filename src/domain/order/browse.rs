//! Orders as they are looked through: filtered, sorted, page by page, with count and sums of everything that matches.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::field::{self, FieldOf, Said, Teller};
use crate::domain::list_filter::{self, ids, one_of, period};
use crate::domain::order::due::Due;
use crate::domain::order::found::{Found, OrderRow, told};
use crate::domain::order::list::LIST;
use crate::domain::order::query::moment;
use crate::domain::order::states::{PaymentState, Status};
use crate::domain::role;
use crate::domain::{company, status};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Listed, Positions};
use crate::engine::ticket::Watch;
use crate::engine::value::{Column as _, Value};

const KINDS: [&str; 2] = ["order", "return"];

/// Orders, newest first. Filters of one name are joined by "or", filters of several names by "and".
/// Wide: one field a filter, named as the command line names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrdersQuery {
    /// A number, or part of the customer's name, code, tax id, e-mail or phone.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// States, or statuses of the company's own.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub status: Option<Vec<String>>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Due on this day or later.
    pub due_from: Option<Date>,
    /// Due on this day or earlier.
    pub due_to: Option<Date>,
    /// Customers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub counterparty: Option<Vec<String>>,
    /// Who answers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub responsible: Option<Vec<String>>,
    /// `unpaid`, `part-paid`, `paid`, `overpaid`, or `owing` for the first two.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub payment: Option<Vec<String>>,
    /// Only what is still open past its due moment.
    #[serde(deserialize_with = "lenient::flag")]
    pub late: bool,
    /// Currencies.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub currency: Option<Vec<String>>,
    /// `order` or `return`.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub kind: Option<Vec<String>>,
    /// `owed` by the customer, or `credit` where the company owes.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub balance: Option<Vec<String>>,
    /// Whether what the goods cost is `known` or `unknown`; only with the right to see it.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub costing: Option<Vec<String>>,
    /// What they hold in the fields of the company's own, by their codes: the beginning of a text, a number, amount or
    /// day, or a range of them such as `5..`, a choice, yes or no; an empty text for those that hold nothing.
    pub fields: Said,
    /// Show cost and profit; only with the right to see them.
    #[serde(deserialize_with = "lenient::flag")]
    pub costs: bool,
    /// Only those of this group, as `list-groups` tells it.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub group: Option<String>,
    /// Only these orders, in this order, whatever the filters are: a part of the list's positions.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub ids: Option<Vec<String>>,
    /// `date`, `number`, `due`, `customer`, `total`, `debt`, `paid`, `status`, `responsible` or `fields.CODE`; `-` before
    /// it turns it round, and commas stand between several.
    pub sort: Option<String>,
    /// How many; 100 when left out, 500 at most.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// Only behind the row with this key or id.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// Leaves out so many rows first.
    #[serde(deserialize_with = "lenient::int")]
    pub skip: i64,
}

/// Count and sums of everything that matches, one row a currency, the company's own first. Takes the same filters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrdersTotalsQuery(pub OrdersQuery);

/// Count and sums in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrdersTotals {
    /// The currency.
    pub currency: Currency,
    /// How many orders.
    pub count: i64,
    /// The sum of their totals.
    pub total: String,
    /// The sum allocated from payments.
    pub paid: String,
    /// The sum still owed.
    pub debt: String,
}

impl Query for OrdersQuery {
    const NAME: &'static str = "orders";
    const NEED: Need = Need::Own(Right::OrderViewOwn, Right::OrderViewAll);
    type Row = Listed<OrderRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<OrderRow>>> {
        let Some(ask) = self.filtered(view)? else {
            return Ok(Vec::new());
        };
        let costs = self.costs;
        let teller = Teller::of(view, FieldOf::Order)?;
        let row = |Listed { row, after, .. }: Listed<Found>| {
            Ok(Listed { fields: teller.tell(view, row.id.get())?, row: told(view, row, costs)?, after })
        };
        if let Some(ids) = &self.ids {
            let own = role::visible_responsible(view.actor());
            let found = ask.rows_at::<Found>(view, &list_filter::row_ids(ids)?)?.into_iter();
            return found.filter(|found| own.is_none_or(|own| found.row.responsible == own)).map(row).collect();
        }
        let ask = field::sorted(ask, view, (FieldOf::Order, self.order()))?
            .limit(self.limit)?
            .skip(self.skip)
            .after(self.after.as_deref())?;
        ask.page::<Found>(view)?.into_iter().map(row).collect()
    }

    fn positions(&self, view: &View<'_>, watch: &Watch) -> Result<Option<Positions>> {
        match self.filtered(view)? {
            Some(ask) => field::sorted(ask, view, (FieldOf::Order, self.order()))?.positions(view, watch).map(Some),
            None => Ok(Some(Positions::default())),
        }
    }
}

impl Query for OrdersTotalsQuery {
    const NAME: &'static str = "orders-totals";
    const NEED: Need = OrdersQuery::NEED;
    type Row = OrdersTotals;

    fn run(&self, view: &View<'_>) -> Result<Vec<OrdersTotals>> {
        let home = company::current(view)?.currency;
        let groups = match self.0.filtered(view)? {
            Some(ask) => ask.totals(view, home.code())?,
            None => Vec::new(),
        };
        groups
            .into_iter()
            .map(|group| {
                let currency = Currency::parse(&group.group)?;
                let mut sums = group.sums.iter().map(|sum| Money::new(*sum, currency).to_string());
                let mut next = || sums.next().unwrap_or_default();
                Ok(OrdersTotals { currency, count: group.count, total: next(), paid: next(), debt: next() })
            })
            .collect()
    }
}

impl OrdersQuery {
    fn order(&self) -> &str {
        self.sort.as_deref().unwrap_or("-date")
    }

    /// The list with every filter that is given; none where another's orders are asked for without the right.
    pub(crate) fn filtered(&self, view: &View<'_>) -> Result<Option<Ask>> {
        let Some(responsible) = self.visible(view)? else {
            return Ok(None);
        };
        let ask = list_filter::by_number_or_customer(LIST.ask(), view, self.text.as_deref())?;
        let ask = field::filtered(self.by_status(ask, view)?, view, (FieldOf::Order, &self.fields))?;
        let due = period(self.due_from, self.due_to);
        let due = due.map(|(from, _)| vec![from.to_value(), Due::after(self.due_to)]);
        let now = [view.today().to_value(), Value::Text(moment(view, view.now()))];
        ask.filter("period", list_filter::days(self.from, self.to))?
            .filter("due", due.unwrap_or_default())?
            .filter("counterparty", ids(self.counterparty.as_deref(), "counterparty")?)?
            .filter("responsible", responsible)?
            .filter("payment", self.payment_values()?)?
            .filter("late", if self.late { now.to_vec() } else { Vec::new() })?
            .filter("currency", list_filter::currencies(self.currency.as_deref())?)?
            .filter("kind", one_of(self.kind.as_deref(), &KINDS, "kind")?)?
            .filter("balance", one_of(self.balance.as_deref(), &["owed", "credit"], "balance")?)?
            .filter("costing", self.costing(view)?)?
            .in_group(self.group.as_deref())
            .map(Some)
    }

    /// Whose orders: those asked for, but only the actor's own without the right to all.
    fn visible(&self, view: &View<'_>) -> Result<Option<Vec<Value>>> {
        let wanted = ids(self.responsible.as_deref(), "responsible")?;
        let Some(own) = role::visible_responsible(view.actor()) else {
            return Ok(Some(wanted));
        };
        let own = own.to_value();
        Ok((wanted.is_empty() || wanted.contains(&own)).then(|| vec![own]))
    }

    /// States, or the company's own statuses, but not both at once: one is a part of the other.
    fn by_status(&self, ask: Ask, view: &View<'_>) -> Result<Ask> {
        let codes = self.status.as_deref().unwrap_or_default();
        let states: Vec<_> = codes.iter().filter_map(|code| Status::parse(code)).collect();
        if states.len() == codes.len() {
            return ask.filter("status", states.iter().map(|state| state.to_value()).collect());
        }
        let statuses = codes.iter().map(|code| Ok(status::find(view, code)?.id.to_value()));
        let statuses = statuses.collect::<Result<Vec<_>>>().map_err(|error| error.at("status"))?;
        ask.filter("substatus", statuses)
    }

    /// Rejected without the right to see costs, also where they would only be shown.
    fn costing(&self, view: &View<'_>) -> Result<Vec<Value>> {
        let asked = if self.costs { Some("costs") } else { self.costing.as_ref().map(|_| "costing") };
        if let Some(field) = asked {
            view.actor().require(Right::CostView).map_err(|error| error.at(field))?;
        }
        one_of(self.costing.as_deref(), &["known", "unknown"], "costing")
    }

    fn payment_values(&self) -> Result<Vec<Value>> {
        let mut names: Vec<_> = self.payment.iter().flatten().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let known = |name: &&str| *name == "owing" || PaymentState::parse(name).is_some();
        if let Some(unknown) = names.iter().find(|name| !known(name)) {
            return Err(Error::rejected("error.order.payment_unknown").arg("name", unknown).at("payment"));
        }
        // One condition for both, so that one index finds them.
        let names = if names == ["part-paid", "unpaid"] { vec!["owing"] } else { names };
        Ok(names.into_iter().map(|name| Value::Text(name.to_owned())).collect())
    }
}
