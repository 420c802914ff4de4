//! Payments as they are asked for: a list, and one with its tenders and allocations.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::history::Happening;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::groups::Group;
use crate::domain::order::store as orders;
use crate::domain::payment::found::FoundPayment;
use crate::domain::payment::list::{LIST, UNUSED_BY_KIND};
use crate::domain::payment::row::{Allocation, Payment, PaymentKind, PaymentTender, TenderKind};
use crate::domain::payment::store;
use crate::domain::user::User;
use crate::domain::{company, history, list_filter, role};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, GroupTotals, Listed};
use crate::engine::table::Row as _;
use crate::engine::value::{Column as _, Value};
use crate::params;

pub use crate::domain::payment::found::PaymentRow;

/// Payments, newest first. Filters of one name are joined by "or", filters of several names by "and".
/// Wide: one field a filter, named as the command line names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentsQuery {
    /// A number of a payment or an order, or part of the customer's name, code, tax id, e-mail or phone.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// `payment`, `refund` or `reversal`.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub kind: Option<Vec<String>>,
    /// Only those that were taken back, or only those that were not.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub voided: Option<bool>,
    /// Only those that still count, or only those that were taken back or take another one back.
    #[serde(deserialize_with = "lenient::opt_flag")]
    pub stands: Option<bool>,
    /// Customers.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub counterparty: Option<Vec<String>>,
    /// Only this order's.
    pub order: Option<Id<Order>>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Currencies.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub currency: Option<Vec<String>>,
    /// Only what orders have not used up.
    #[serde(deserialize_with = "lenient::flag")]
    pub unused: bool,
    /// Only those of this group, as `list-groups` tells it.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub group: Option<String>,
    /// `date`, `number`, `customer` or `amount`; `-` before it turns it round.
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

impl Query for PaymentsQuery {
    const NAME: &'static str = "payments";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = Listed<FoundPayment>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<FoundPayment>>> {
        let ask = self.filtered(view)?.sort(self.sort.as_deref().unwrap_or("-date"))?;
        ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?.page(view)
    }
}

/// Count and sum of everything that matches, one row a currency, the company's own first. Takes the same filters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentsTotalsQuery(pub PaymentsQuery);

/// Count and sum in one currency; what takes back stands below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentsTotals {
    /// The currency.
    pub currency: Currency,
    /// How many payments.
    pub count: i64,
    /// What customers are credited with.
    pub amount: String,
    /// What orders have not used up, where only such payments are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unused: Option<String>,
}

impl Query for PaymentsTotalsQuery {
    const NAME: &'static str = "payments-totals";
    const NEED: Need = PaymentsQuery::NEED;
    type Row = PaymentsTotals;

    fn run(&self, view: &View<'_>) -> Result<Vec<PaymentsTotals>> {
        let ask = self.0.filtered(view)?;
        let groups = ask.totals(view, company::current(view)?.currency.code())?;
        let unused: Vec<Group<String>> = if self.0.unused { ask.grouped(view, &UNUSED_BY_KIND)? } else { Vec::new() };
        let left = |currency: Currency| {
            let sums = unused.iter().filter(|group| group.currency == currency).map(|group| group.sum(0));
            Money::new(sums.fold(0, i64::saturating_add), currency).to_string()
        };
        let told = |group: &GroupTotals| {
            let currency = Currency::parse(&group.group)?;
            let amount = Money::new(group.sums.first().copied().unwrap_or_default(), currency).to_string();
            let unused = self.0.unused.then(|| left(currency));
            Ok(PaymentsTotals { currency, count: group.count, amount, unused })
        };
        groups.iter().map(told).collect()
    }
}

const KINDS: [&str; 3] = ["payment", "refund", "reversal"];

impl PaymentsQuery {
    /// The list with every filter that is given, limited to what the asker may see. Rejected for an order that the
    /// asker may not see.
    pub(crate) fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        if let Some(order) = self.order {
            orders::visible_order(view, view.actor(), order)?;
        }
        // Whoever sees an order sees all that was paid for it.
        let own = if self.order.is_some() { None } else { role::visible_responsible(view.actor()) };
        let unused = if self.unused { vec![Value::Text("unused".to_owned())] } else { Vec::new() };
        list_filter::by_number_or_customer(LIST.ask(), view, self.text.as_deref())?
            .filter("counterparty", list_filter::ids(self.counterparty.as_deref(), "counterparty")?)?
            .filter("order", self.order.map(|order| order.to_value()).into_iter().collect())?
            .filter("period", list_filter::days(self.from, self.to))?
            .filter("currency", list_filter::currencies(self.currency.as_deref())?)?
            .filter("kind", list_filter::one_of(self.kind.as_deref(), &KINDS, "kind")?)?
            .filter("voided", list_filter::flag(self.voided))?
            .filter("stands", self.stands.map(|stands| Value::Text(stands.to_string())).into_iter().collect())?
            .filter("unused", unused)?
            .filter("own", own.map(|own| own.to_value()).into_iter().collect())?
            .in_group(self.group.as_deref())
    }
}

/// One payment with all that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentQuery {
    /// The payment.
    pub id: Id<Payment>,
}

/// A payment with its tenders and allocations. Wide: a card's content.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentAnswer {
    /// The payment.
    #[serde(flatten)]
    pub payment: PaymentRow,
    /// The customer's name.
    pub counterparty_name: String,
    /// The order's number.
    pub order_number: Option<Number>,
    /// Who took it.
    pub user_name: String,
    /// When, RFC 3339 with the company's offset.
    pub taken: String,
    /// For the desk.
    pub note: String,
    /// How it was made.
    pub tenders: Vec<TenderAnswer>,
    /// What orders have used of it.
    pub allocations: Vec<AllocationAnswer>,
    /// What orders have not used of it; nothing of what was taken back.
    pub unused: String,
    /// What can be given back: for its order where that is overpaid, else for a return of it.
    pub refund: Option<RefundAnswer>,
    /// Of a reversal the payment it takes back, of a payment that was taken back its reversal.
    pub other: Option<OtherPayment>,
    /// What happened to it, oldest first.
    pub history: Vec<Happening>,
}

/// A payment that another one stands against.
#[derive(Clone, Debug, Serialize)]
pub struct OtherPayment {
    /// Its id.
    pub id: Id<Payment>,
    /// Its number.
    pub number: Number,
}

/// Money that can be given back.
#[derive(Clone, Debug, Serialize)]
pub struct RefundAnswer {
    /// The order it is given back for.
    pub order: Id<Order>,
    /// The order's number.
    pub order_number: Number,
    /// At most so much.
    pub amount: String,
}

/// One way in which a payment was made.
#[derive(Clone, Debug, Serialize)]
pub struct TenderAnswer {
    /// The method's code.
    pub method: String,
    /// The method's name.
    pub method_name: String,
    /// `tender`, `change` or `rounding`.
    pub kind: &'static str,
    /// How much.
    pub amount: String,
}

/// A part that an order has used.
#[derive(Clone, Debug, Serialize)]
pub struct AllocationAnswer {
    /// The order.
    pub order: Id<Order>,
    /// The order's number.
    pub order_number: Number,
    /// How much.
    pub amount: String,
}

impl Query for PaymentQuery {
    const NAME: &'static str = "payment";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = PaymentAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<PaymentAnswer>> {
        let payment = store::visible_payment(view, view.actor(), self.id).map_err(|error| error.at("id"))?;
        let (customer, user): (Counterparty, User) = (view.get(payment.counterparty_id)?, view.get(payment.user_id)?);
        let order = payment.order_id.map(|id| view.get::<Order>(id)).transpose()?;
        Ok(vec![PaymentAnswer {
            payment: PaymentRow::of(&payment),
            counterparty_name: customer.name,
            unused: unused(view, &payment)?.to_string(),
            refund: refund(view, &payment)?,
            other: other(view, &payment)?,
            order_number: order.map(|order| order.number),
            user_name: user.name,
            taken: payment.taken_at.rfc3339(*view.zone()),
            note: payment.note.clone(),
            tenders: tenders(view, &payment)?,
            allocations: allocations(view, &payment)?,
            history: history::of_record(view, Payment::TABLE, payment.id.get())?,
        }])
    }
}

fn unused(view: &View<'_>, payment: &Payment) -> Result<Money> {
    if payment.voided || payment.kind == PaymentKind::Reversal {
        return Ok(Money::zero(payment.currency));
    }
    let used = store::allocations_of(view, payment.id)?;
    let used = used.into_iter().map(|row| Money::new(row.amount, payment.currency));
    Money::new(payment.amount, payment.currency).checked_sub(Money::sum(payment.currency, used)?)
}

fn refund(view: &View<'_>, payment: &Payment) -> Result<Option<RefundAnswer>> {
    let Some(order) = payment.order_id.filter(|_| !payment.voided) else { return Ok(None) };
    let found: Option<(Id<Order>, Number, i64)> = view.row(&store::OVERPAID, params![order])?;
    let told = |(order, order_number, debt): (Id<Order>, Number, i64)| {
        let amount = Money::new(debt.saturating_neg(), payment.currency).to_string();
        RefundAnswer { order, order_number, amount }
    };
    Ok(found.map(told))
}

fn other(view: &View<'_>, payment: &Payment) -> Result<Option<OtherPayment>> {
    let found: Option<(Id<Payment>, Number)> = match payment.reverses_id {
        Some(id) => Some((id, view.get::<Payment>(id)?.number)),
        None => view.row(&store::REVERSAL, params![payment.id])?,
    };
    Ok(found.map(|(id, number)| OtherPayment { id, number }))
}

fn tenders(view: &View<'_>, payment: &Payment) -> Result<Vec<TenderAnswer>> {
    let told = |row: PaymentTender| {
        let method = view.get(row.method_id)?;
        let amount = Money::new(row.amount, payment.currency).to_string();
        Ok(TenderAnswer { method: method.code, method_name: method.name, kind: TenderKind::code(row.kind), amount })
    };
    store::tenders_of(view, payment.id)?.into_iter().map(told).collect()
}

fn allocations(view: &View<'_>, payment: &Payment) -> Result<Vec<AllocationAnswer>> {
    let told = |row: Allocation| {
        let order_number = view.get::<Order>(row.order_id)?.number;
        let amount = Money::new(row.amount, payment.currency).to_string();
        Ok(AllocationAnswer { order: row.order_id, order_number, amount })
    };
    store::allocations_of(view, payment.id)?.into_iter().map(told).collect()
}
