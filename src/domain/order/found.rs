//! A row of the list of orders: as it is read, and as it is told.

use serde::Serialize;

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::Money;
use crate::domain::counterparty::Counterparty;
use crate::domain::number::Number;
use crate::domain::order::due::Due;
use crate::domain::order::query::is_late;
use crate::domain::order::row::{Order, OrderKind};
use crate::domain::order::states::{PaymentState, Status};
use crate::domain::order::store;
use crate::domain::status::OrderStatus;
use crate::domain::user::User;
use crate::engine::query::View;
use crate::result_row;

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
        /// Without tax; minor units.
        net: i64,
        /// Tax; minor units.
        tax: i64,
        /// The name of who answers for it.
        responsible_name: String,
        /// How the company calls its own status.
        status_name: Option<String>,
        /// The icon of that status, by name.
        status_icon: Option<String>,
        /// Its colour, `#RRGGBB`.
        status_color: Option<String>,
        /// The name of the customer's category; empty without one.
        category: String,
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
    /// The name of the customer's category; empty without one.
    pub counterparty_category: String,
    /// Who answers for it.
    pub responsible: Id<User>,
    /// The name of who answers for it.
    pub responsible_name: String,
    /// The state.
    pub status: Status,
    /// The status of the company's own within the state.
    pub substatus: Option<Id<OrderStatus>>,
    /// How the company calls that status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substatus_name: Option<String>,
    /// Its icon, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substatus_icon: Option<String>,
    /// Its colour, `#RRGGBB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substatus_color: Option<String>,
    /// Higher goes first.
    pub priority: i64,
    /// The currency.
    pub currency: Currency,
    /// Without tax.
    pub net: String,
    /// Tax.
    pub tax: String,
    /// With tax.
    pub total: String,
    /// Allocated from payments.
    pub paid: String,
    /// Still owed.
    pub debt: String,
    /// How far it is paid; left out while there is nothing to pay yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<&'static str>,
    /// What the goods cost; only where it is asked for and known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// Net less cost; only beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit: Option<String>,
}

/// The row as it is told, with what the goods cost where that is wanted.
pub(super) fn told(view: &View<'_>, found: Found, costs: bool) -> Result<OrderRow> {
    let amount = |minor| Money::new(minor, found.currency).to_string();
    let cost = if costs { store::cost_of_order(view, found.id)? } else { None };
    Ok(OrderRow {
        id: found.id,
        version: found.version,
        kind: found.kind,
        number: found.number,
        date: found.date,
        late: is_late(view, found.state, &found.due, found.closed_at),
        net: amount(found.net),
        tax: amount(found.tax),
        total: amount(found.total),
        paid: amount(found.paid),
        debt: amount(found.debt),
        payment: payment_of(&found),
        cost: cost.map(amount),
        profit: cost.map(|cost| amount(found.net.saturating_sub(cost))),
        due: found.due,
        counterparty: found.counterparty,
        counterparty_name: found.counterparty_name,
        counterparty_category: found.category,
        responsible: found.responsible,
        responsible_name: found.responsible_name,
        status: found.state,
        substatus: found.status,
        substatus_name: found.status_name,
        substatus_icon: found.status_icon,
        substatus_color: found.status_color,
        priority: found.priority,
        currency: found.currency,
    })
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
