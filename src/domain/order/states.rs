//! The states of an order, as data: which move follows which, and what may still change in each.
//! Pure: what was paid and invoiced is told to it. A refusal names what to do first.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::money::Money;

use Status::{Cancelled, Closed, Confirmed, Draft, InWork, Ready};

/// How far an order is. People name their own statuses inside these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written; it owes nothing yet.
    Draft,
    /// Agreed with the customer.
    Confirmed,
    /// Being made.
    InWork,
    /// Waits for the customer.
    Ready,
    /// Handed over.
    Closed,
    /// Called off; it owes nothing any more.
    Cancelled,
}

/// From each state, the states an order may move to at once. Whoever cancels starts anew with a copy.
pub const TRANSITIONS: [(Status, &[Status]); 6] = [
    (Draft, &[Confirmed, Cancelled]),
    (Confirmed, &[InWork, Ready, Closed, Cancelled]),
    (InWork, &[Confirmed, Ready, Closed, Cancelled]),
    (Ready, &[InWork, Closed, Cancelled]),
    (Closed, &[Ready]),
    (Cancelled, &[]),
];

impl Status {
    /// Every state, in the order of an order's life.
    pub const ALL: [Status; 6] = [Draft, Confirmed, InWork, Ready, Closed, Cancelled];

    /// The fixed text, such as `in-work`.
    pub const fn code(self) -> &'static str {
        match self {
            Draft => "draft",
            Confirmed => "confirmed",
            InWork => "in-work",
            Ready => "ready",
            Closed => "closed",
            Cancelled => "cancelled",
        }
    }

    /// The state with this text, if there is one.
    pub fn parse(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Where an order may move to from here.
    pub fn next(self) -> &'static [Status] {
        TRANSITIONS.iter().find(|(from, _)| *from == self).map_or(&[], |(_, to)| to)
    }

    /// The first move of the shortest way from here to one of these states; none when no way leads there.
    fn first_move_towards(self, wanted: &[Status]) -> Option<Status> {
        let mut reached: Vec<(Status, Status)> = self.next().iter().map(|status| (*status, *status)).collect();
        let mut at = 0;
        while let Some((status, first)) = reached.get(at).copied() {
            if wanted.contains(&status) {
                return Some(first);
            }
            for next in status.next() {
                if reached.iter().all(|(known, _)| known != next) {
                    reached.push((*next, first));
                }
            }
            at = at.saturating_add(1);
        }
        None
    }

    fn text_key(self) -> String {
        format!("status.{}", self.code())
    }
}

/// `Rejected` when an order may not move from one state to the other, naming the move to make first.
/// The text needs the order's number as `order`.
pub fn require_move(from: Status, to: Status) -> Result<()> {
    if from == to || from.next().contains(&to) {
        return Ok(());
    }
    let refusal = match from.first_move_towards(&[to]) {
        Some(first) => Error::rejected("error.order.move_first").named("first", first.text_key()),
        None => Error::rejected("error.order.move_never").named("from", from.text_key()),
    };
    Err(refusal.named("to", to.text_key()))
}

/// What changes together in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldGroup {
    /// Whose order it is.
    Counterparty,
    /// Its date, when it was received, when it is due.
    Dates,
    /// Who answers for it.
    Responsible,
    /// How urgent it is.
    Priority,
    /// Notes, and what else has no bearing on amounts.
    Note,
    /// What is ordered and how much.
    Lines,
    /// Prices, discounts, taxes, corrections, rounding.
    Prices,
    /// The currency of its amounts.
    Currency,
}

/// While a group may change: in which states, and whether also under a payment or an invoice that stand.
struct Editable {
    group: FieldGroup,
    states: &'static [Status],
    when_paid: bool,
    when_invoiced: bool,
}

const OPEN: &[Status] = &[Draft, Confirmed, InWork, Ready];

/// A payment belongs to a customer and a currency, an invoice repeats the amounts; what is ready is not added to.
const EDITABLE: [Editable; 8] = [
    Editable { group: FieldGroup::Counterparty, states: OPEN, when_paid: false, when_invoiced: false },
    Editable { group: FieldGroup::Dates, states: OPEN, when_paid: true, when_invoiced: true },
    Editable { group: FieldGroup::Responsible, states: OPEN, when_paid: true, when_invoiced: true },
    Editable { group: FieldGroup::Priority, states: OPEN, when_paid: true, when_invoiced: true },
    Editable { group: FieldGroup::Note, states: &Status::ALL, when_paid: true, when_invoiced: true },
    Editable { group: FieldGroup::Lines, states: &[Draft, Confirmed, InWork], when_paid: true, when_invoiced: false },
    Editable { group: FieldGroup::Prices, states: OPEN, when_paid: true, when_invoiced: false },
    Editable { group: FieldGroup::Currency, states: OPEN, when_paid: false, when_invoiced: false },
];

impl FieldGroup {
    /// Every group.
    pub const ALL: [FieldGroup; 8] = [
        FieldGroup::Counterparty,
        FieldGroup::Dates,
        FieldGroup::Responsible,
        FieldGroup::Priority,
        FieldGroup::Note,
        FieldGroup::Lines,
        FieldGroup::Prices,
        FieldGroup::Currency,
    ];

    fn text_key(self) -> &'static str {
        match self {
            FieldGroup::Counterparty => "order_part.counterparty",
            FieldGroup::Dates => "order_part.dates",
            FieldGroup::Responsible => "order_part.responsible",
            FieldGroup::Priority => "order_part.priority",
            FieldGroup::Note => "order_part.note",
            FieldGroup::Lines => "order_part.lines",
            FieldGroup::Prices => "order_part.prices",
            FieldGroup::Currency => "order_part.currency",
        }
    }
}

/// What decides whether an order may change; numbers as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The order's number.
    pub order: String,
    /// How far it is.
    pub state: Status,
    /// The number of a payment that stands.
    pub payment: Option<String>,
    /// The number of the invoice that stands.
    pub invoice: Option<String>,
}

/// `Rejected` when the group may not change now, naming what to do first: another state, then the invoice, then the
/// payment.
pub fn require_editable(group: FieldGroup, standing: &Standing) -> Result<()> {
    match EDITABLE.iter().find(|rule| rule.group == group) {
        Some(rule) if !rule.states.contains(&standing.state) => {
            Err(match standing.state.first_move_towards(rule.states) {
                Some(first) => refused("error.order.edit_state", group, standing).named("first", first.text_key()),
                None => refused("error.order.edit_never", group, standing),
            })
        }
        _ => require_no_paper(group, standing),
    }
}

/// `Rejected` when an invoice or a payment stands that does not let the group change, whatever the state, naming it.
pub fn require_no_paper(group: FieldGroup, standing: &Standing) -> Result<()> {
    let Some(rule) = EDITABLE.iter().find(|rule| rule.group == group) else {
        return Ok(());
    };
    let refused = |key| refused(key, group, standing);
    match (&standing.invoice, &standing.payment) {
        (Some(invoice), _) if !rule.when_invoiced => Err(refused("error.order.edit_invoiced").arg("invoice", invoice)),
        (_, Some(payment)) if !rule.when_paid => Err(refused("error.order.edit_paid").arg("payment", payment)),
        _ => Ok(()),
    }
}

fn refused(key: &'static str, group: FieldGroup, standing: &Standing) -> Error {
    Error::rejected(key).named("part", group.text_key()).arg("order", &standing.order)
}

/// How far an order is paid; always derived from its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentState {
    /// Nothing yet.
    Unpaid,
    /// Less than all of it.
    PartPaid,
    /// Exactly; also when there is nothing to pay.
    Paid,
    /// More: something is to be given back.
    Overpaid,
}

impl PaymentState {
    /// Every state.
    pub const ALL: [PaymentState; 4] =
        [PaymentState::Unpaid, PaymentState::PartPaid, PaymentState::Paid, PaymentState::Overpaid];

    /// The state of a total and of what was paid for it; both are below zero for a return. `Rejected` for amounts of
    /// two currencies.
    pub fn of(total: Money, paid: Money) -> Result<PaymentState> {
        total.same_currency(paid)?;
        let (total, paid) = (i128::from(total.minor()), i128::from(paid.minor()));
        let (due, given) = if total < 0 { (total.saturating_neg(), paid.saturating_neg()) } else { (total, paid) };
        Ok(match given.cmp(&due) {
            std::cmp::Ordering::Equal => PaymentState::Paid,
            std::cmp::Ordering::Greater => PaymentState::Overpaid,
            std::cmp::Ordering::Less if given > 0 => PaymentState::PartPaid,
            std::cmp::Ordering::Less => PaymentState::Unpaid,
        })
    }

    /// The fixed text, such as `part-paid`.
    pub const fn code(self) -> &'static str {
        match self {
            PaymentState::Unpaid => "unpaid",
            PaymentState::PartPaid => "part-paid",
            PaymentState::Paid => "paid",
            PaymentState::Overpaid => "overpaid",
        }
    }

    /// The state with this text, if there is one.
    pub fn parse(code: &str) -> Option<PaymentState> {
        PaymentState::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How many days an order is late on a date, or was when it was closed on that date; 0 while it is in time, and always
/// 0 for drafts and cancelled orders.
pub fn days_late(status: Status, due: Date, on: Date) -> i64 {
    match status {
        Draft | Cancelled => 0,
        Confirmed | InWork | Ready | Closed => due.days_until(on).max(0),
    }
}
