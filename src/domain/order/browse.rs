//! Orders as they are looked through: filtered, sorted, page by page, with count and sums of everything that matches.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::base::{lenient, phone, text};
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::due::Due;
use crate::domain::order::list::LIST;
use crate::domain::order::query::{is_late, moment};
use crate::domain::order::row::{Order, OrderKind};
use crate::domain::order::states::{PaymentState, Status};
use crate::domain::role;
use crate::domain::status::OrderStatus;
use crate::domain::user::User;
use crate::domain::{company, lookup};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Listed};
use crate::engine::value::{Column as _, Value};
use crate::result_row;

/// From so many letters on a fragment is looked for inside names and phones, below that names begin with it.
const FRAGMENT: usize = 3;

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
    /// `date`, `number`, `due`, `customer`, `total` or `debt`; `-` before it turns it round.
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

result_row! {
    /// An order as it stands in the file. Wide: one field a column.
    pub struct Found {
        /// Id.
        id: Id<Order>,
        /// Version.
        version: i64,
        /// Order or return.
        kind: OrderKind,
        /// Number.
        number: Number,
        /// Date.
        date: Date,
        /// When it must be ready.
        due: Due,
        /// The customer.
        counterparty: Id<Counterparty>,
        /// The customer's name.
        counterparty_name: String,
        /// Who answers for it.
        responsible: Id<User>,
        /// The state.
        state: Status,
        /// The status of the company's own.
        status: Option<Id<OrderStatus>>,
        /// Higher goes first.
        priority: i64,
        /// The currency.
        currency: Currency,
        /// With tax; minor units.
        total: i64,
        /// Allocated; minor units.
        paid: i64,
        /// Still owed; minor units.
        debt: i64,
        /// When it was closed.
        closed_at: Instant,
    }
}

/// One order. Amounts are decimals of `currency`. Wide: a row of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderRow {
    /// Id.
    pub id: Id<Order>,
    /// Version, to send with a change.
    pub version: i64,
    /// Order or return.
    pub kind: OrderKind,
    /// Number.
    pub number: Number,
    /// Date.
    pub date: Date,
    /// When it must be ready; empty without a due date.
    pub due: Due,
    /// Whether it is open past that moment, or was closed after it.
    pub late: bool,
    /// The customer's id.
    pub counterparty: Id<Counterparty>,
    /// The customer's name.
    pub counterparty_name: String,
    /// Who answers for it.
    pub responsible: Id<User>,
    /// The state.
    pub status: Status,
    /// The status of the company's own within the state.
    pub substatus: Option<Id<OrderStatus>>,
    /// Higher goes first.
    pub priority: i64,
    /// The currency.
    pub currency: Currency,
    /// With tax.
    pub total: String,
    /// Allocated from payments.
    pub paid: String,
    /// Still owed.
    pub debt: String,
    /// How far it is paid; left out while there is nothing to pay yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<&'static str>,
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
        let Some(mut ask) = self.filtered(view)? else {
            return Ok(Vec::new());
        };
        ask = ask.sort(self.sort.as_deref().unwrap_or("-date"))?.limit(self.limit.unwrap_or(100))?.skip(self.skip);
        if let Some(after) = &self.after {
            ask = ask.after(after)?;
        }
        let page = ask.page::<Found>(view)?;
        Ok(page.into_iter().map(|listed| Listed { row: row(view, listed.row), after: listed.after }).collect())
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
    /// The list with every filter that is given; none where another's orders are asked for without the right.
    fn filtered(&self, view: &View<'_>) -> Result<Option<Ask>> {
        let Some(responsible) = self.visible(view)? else {
            return Ok(None);
        };
        let ask = self.by_text(LIST.ask(), view)?;
        let ask = self.by_status(ask, view)?;
        let days = period(self.from, self.to);
        let due = period(self.due_from, self.due_to);
        // A due moment stands behind its day in the order of texts.
        let due = due.map(|(from, to)| vec![from.to_value(), Value::Text(format!("{to}T99"))]);
        let now = [view.today().to_value(), Value::Text(moment(view, view.now()))];
        ask.filter("period", days.map(|(from, to)| vec![from.to_value(), to.to_value()]).unwrap_or_default())?
            .filter("due", due.unwrap_or_default())?
            .filter("counterparty", ids(self.counterparty.as_deref(), "counterparty")?)?
            .filter("responsible", responsible)?
            .filter("payment", self.payment_values()?)?
            .filter("late", if self.late { now.to_vec() } else { Vec::new() })
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

    fn by_text(&self, ask: Ask, view: &View<'_>) -> Result<Ask> {
        let typed = text::clean_line(self.text.as_deref().unwrap_or_default())?;
        if typed.is_empty() {
            return Ok(ask);
        }
        let as_number = typed.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let number = Value::Int(text::ascii_digits(as_number).parse().unwrap_or(-1));
        let dialled = typed.chars().all(|letter| letter.is_numeric() || " +-()./".contains(letter));
        let fragment = if dialled { phone::search_digits(&typed) } else { text::fold(&typed) };
        if fragment.chars().count() >= FRAGMENT {
            return ask.filter("text", vec![Value::Text(view.dialect().search_argument(&fragment)), number]);
        }
        let first = text::sort_key(&typed);
        let last = format!("{first}\u{10FFFF}");
        ask.filter("short_text", vec![Value::Text(first), Value::Text(last), number])
    }

    /// States, or the company's own statuses, but not both at once: one is a part of the other.
    fn by_status(&self, ask: Ask, view: &View<'_>) -> Result<Ask> {
        let codes = self.status.as_deref().unwrap_or_default();
        let states: Vec<_> = codes.iter().filter_map(|code| Status::parse(code)).collect();
        if states.len() == codes.len() {
            return ask.filter("status", states.iter().map(|state| state.to_value()).collect());
        }
        let statuses = codes.iter().map(|code| Ok(lookup::status(view, code)?.id.to_value()));
        let statuses = statuses.collect::<Result<Vec<_>>>().map_err(|error| error.at("status"))?;
        ask.filter("substatus", statuses)
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

/// From the first to the last day; open ends reach to the ends of time.
fn period(from: Option<Date>, to: Option<Date>) -> Option<(Date, Date)> {
    (from.is_some() || to.is_some()).then(|| (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX)))
}

fn ids(texts: Option<&[String]>, field: &str) -> Result<Vec<Value>> {
    let read = |text: &String| text.parse::<Id<()>>().map(|id| id.to_value()).map_err(|error| error.at(field));
    texts.unwrap_or_default().iter().map(read).collect()
}

fn row(view: &View<'_>, found: Found) -> OrderRow {
    let amount = |minor| Money::new(minor, found.currency).to_string();
    OrderRow {
        id: found.id,
        version: found.version,
        kind: found.kind,
        number: found.number,
        date: found.date,
        late: is_late(view, found.state, &found.due, found.closed_at),
        total: amount(found.total),
        paid: amount(found.paid),
        debt: amount(found.debt),
        payment: payment_of(&found),
        due: found.due,
        counterparty: found.counterparty,
        counterparty_name: found.counterparty_name,
        responsible: found.responsible,
        status: found.state,
        substatus: found.status,
        priority: found.priority,
        currency: found.currency,
    }
}

/// How far an order is paid, as the filter of that name tells it.
fn payment_of(found: &Found) -> Option<&'static str> {
    let (debt, paid) = if found.total < 0 {
        (found.debt.saturating_neg(), found.paid.saturating_neg())
    } else {
        (found.debt, found.paid)
    };
    let open = !matches!(found.state, Status::Draft | Status::Cancelled);
    let state = match debt.signum() {
        0 if paid == 0 && !open => return None,
        0 => PaymentState::Paid,
        1 if paid > 0 => PaymentState::PartPaid,
        1 => PaymentState::Unpaid,
        _ => PaymentState::Overpaid,
    };
    Some(state.code())
}
