//! Payments as they are asked for: a list, and one with its tenders and allocations.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::payment::list::LIST;
use crate::domain::payment::row::{Payment, PaymentKind, TenderKind};
use crate::domain::payment::store;
use crate::domain::role;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Listed};
use crate::engine::table::{Columns, FromRow};
use crate::engine::value::{Column as _, Value};

/// Payments, newest first. Filters of one name are joined by "or", filters of several names by "and".
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentsQuery {
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
    /// `date` or `customer`; `-` before it turns it round.
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

/// One payment. Amounts are decimals of `currency`. Wide: a row of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentRow {
    /// Id.
    pub id: Id<Payment>,
    /// Payment, refund or reversal.
    pub kind: &'static str,
    /// Number.
    pub number: Number,
    /// Date.
    pub date: Date,
    /// The customer.
    pub counterparty: Id<Counterparty>,
    /// The order; none for an advance.
    pub order: Option<Id<Order>>,
    /// The currency.
    pub currency: String,
    /// What the customer is credited with.
    pub amount: String,
    /// What was handed over.
    pub received: String,
    /// What was given back.
    pub change: String,
    /// What cash rounding added or took.
    pub rounding: String,
    /// Whether it was taken back.
    pub voided: bool,
    /// Why it was refunded or reversed.
    pub reason: String,
}

impl PaymentRow {
    /// The row as it is shown.
    pub fn of(payment: &Payment) -> PaymentRow {
        let text = |minor| Money::new(minor, payment.currency).to_string();
        PaymentRow {
            id: payment.id,
            kind: payment.kind.code(),
            number: payment.number,
            date: payment.date,
            counterparty: payment.counterparty_id,
            order: payment.order_id,
            currency: payment.currency.code().to_owned(),
            amount: text(payment.amount),
            received: text(payment.received),
            change: text(payment.change),
            rounding: text(payment.rounding),
            voided: payment.voided,
            reason: payment.reason.clone(),
        }
    }
}

/// A payment in the list.
#[derive(Clone, Debug, Serialize)]
pub struct FoundPayment {
    /// The payment.
    #[serde(flatten)]
    pub row: PaymentRow,
    /// The customer's name.
    pub counterparty_name: String,
    /// What orders have not used of it; nothing of what was taken back.
    pub unused: String,
}

impl FromRow for FoundPayment {
    fn from_row(columns: &mut Columns) -> Result<FoundPayment> {
        let (id, kind, number, date): (_, PaymentKind, _, _) =
            (columns.take()?, columns.take()?, columns.take()?, columns.take()?);
        let (counterparty, counterparty_name, order) = (columns.take()?, columns.take()?, columns.take()?);
        let currency: Currency = columns.take()?;
        let mut text = || Ok::<_, Error>(Money::new(columns.take()?, currency).to_string());
        let (amount, received, change, rounding) = (text()?, text()?, text()?, text()?);
        let (voided, reason, kind) = (columns.take()?, columns.take()?, kind.code());
        let unused = Money::new(columns.take()?, currency).to_string();
        let currency = currency.code().to_owned();
        let row = PaymentRow {
            id,
            kind,
            number,
            date,
            counterparty,
            order,
            currency,
            amount,
            received,
            change,
            rounding,
            voided,
            reason,
        };
        Ok(FoundPayment { row, counterparty_name, unused })
    }
}

impl Query for PaymentsQuery {
    const NAME: &'static str = "payments";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = Listed<FoundPayment>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<FoundPayment>>> {
        let ask = self.filtered(view)?.sort(self.sort.as_deref().unwrap_or("-date"))?;
        let ask = ask.limit(self.limit.unwrap_or(100))?.skip(self.skip);
        match &self.after {
            Some(after) => ask.after(after)?.page(view),
            None => ask.page(view),
        }
    }
}

impl PaymentsQuery {
    /// The list with every filter that is given, limited to what the asker may see. Rejected for an order that the
    /// asker may not see.
    fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        if let Some(order) = self.order {
            orders::visible_order(view, view.actor(), order)?;
        }
        // Whoever sees an order sees all that was paid for it.
        let own = if self.order.is_some() { None } else { role::visible_responsible(view.actor()) };
        let id = |text: &String| text.parse::<Id<Counterparty>>().map(|id| id.to_value());
        let customers = self.counterparty.iter().flatten().map(id).collect::<Result<_>>();
        let code = |text: &String| Currency::parse(text).map(|currency| currency.to_value());
        let currencies = self.currency.iter().flatten().map(code).collect::<Result<_>>();
        let days = self.from.or(self.to).map(|_| (self.from.unwrap_or(Date::MIN), self.to.unwrap_or(Date::MAX)));
        let unused = if self.unused { vec![Value::Text("unused".to_owned())] } else { Vec::new() };
        LIST.ask()
            .filter("counterparty", customers.map_err(|error| error.at("counterparty"))?)?
            .filter("order", self.order.map(|order| order.to_value()).into_iter().collect())?
            .filter("period", days.map(|(from, to)| vec![from.to_value(), to.to_value()]).unwrap_or_default())?
            .filter("currency", currencies.map_err(|error| error.at("currency"))?)?
            .filter("unused", unused)?
            .filter("own", own.map(|own| own.to_value()).into_iter().collect())
    }
}

/// One payment with all that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentQuery {
    /// The payment.
    pub id: Id<Payment>,
}

/// A payment with its tenders and allocations.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentAnswer {
    /// The payment.
    #[serde(flatten)]
    pub payment: PaymentRow,
    /// How it was made.
    pub tenders: Vec<TenderAnswer>,
    /// What orders have used of it.
    pub allocations: Vec<AllocationAnswer>,
}

/// One way in which a payment was made.
#[derive(Clone, Debug, Serialize)]
pub struct TenderAnswer {
    /// The method's code.
    pub method: String,
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
    /// How much.
    pub amount: String,
}

impl Query for PaymentQuery {
    const NAME: &'static str = "payment";
    const NEED: Need = Need::Right(Right::PaymentView);
    type Row = PaymentAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<PaymentAnswer>> {
        let payment = store::visible_payment(view, view.actor(), self.id).map_err(|error| error.at("id"))?;
        let text = |minor| Money::new(minor, payment.currency).to_string();
        let mut tenders = Vec::new();
        for row in store::tenders_of(view, payment.id)? {
            let method = view.get(row.method_id)?;
            tenders.push(TenderAnswer {
                method: method.code,
                kind: TenderKind::code(row.kind),
                amount: text(row.amount),
            });
        }
        let used = store::allocations_of(view, payment.id)?.into_iter();
        let allocations = used.map(|row| AllocationAnswer { order: row.order_id, amount: text(row.amount) }).collect();
        Ok(vec![PaymentAnswer { payment: PaymentRow::of(&payment), tenders, allocations }])
    }
}
