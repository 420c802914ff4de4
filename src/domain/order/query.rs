//! One order as it is asked for: with its lines, payments, invoices and history; costs only for who may see them.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::{Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::field::{self, FieldOf, Teller, Told};
use crate::domain::history::Happening;
use crate::domain::invoice::query::{InvoiceRow, of_order as invoices_of};
use crate::domain::item::Item;
use crate::domain::number::Number;
use crate::domain::order::due::Due;
use crate::domain::order::line_history;
use crate::domain::order::row::{Order, OrderKind, OrderLine};
use crate::domain::order::states::{self, PaymentState, Status};
use crate::domain::order::store;
use crate::domain::payment;
use crate::domain::payment::query::PaymentRow;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::domain::user::User;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// One order, by id or number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderQuery {
    /// The order.
    pub id: Id<Order>,
}

/// An order with all that belongs to it. Amounts are decimals of `currency`.
#[derive(Clone, Debug, Serialize)]
pub struct OrderAnswer {
    /// Its head.
    #[serde(flatten)]
    pub head: OrderHead,
    /// Its sums.
    #[serde(flatten)]
    pub sums: OrderSums,
    /// What it holds in the fields of the company's own, by their codes.
    pub fields: Told,
    /// Its lines.
    pub lines: Vec<LineAnswer>,
    /// Its payments, oldest first.
    pub payments: Vec<PaymentRow>,
    /// Its invoices, oldest first.
    pub invoices: Vec<InvoiceRow>,
    /// What happened to it, oldest first.
    pub history: Vec<Happening>,
}

/// Who, when, where it stands. Wide: a part of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct OrderHead {
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
    /// When it was asked for, RFC 3339 with the company's offset.
    pub received: String,
    /// When it must be ready; empty without a due date.
    pub due: Due,
    /// Whether it is late at this moment, or was when it was closed.
    pub late: bool,
    /// How many whole days late it is, or was.
    pub days_late: i64,
    /// The customer's id.
    pub counterparty: Id<Counterparty>,
    /// The customer's name.
    pub counterparty_name: String,
    /// Whether that is the built-in walk-in.
    pub walk_in: bool,
    /// Who answers for it.
    pub responsible: Id<User>,
    /// How that person is called.
    pub responsible_name: String,
    /// The state.
    pub status: Status,
    /// Higher goes first.
    pub priority: i64,
    /// The order it brings back.
    pub original: Option<Id<Order>>,
    /// Note.
    pub note: String,
    /// The number other papers know it by.
    pub reference: String,
    /// Why it was cancelled.
    pub reason: String,
}

/// What it comes to.
#[derive(Clone, Debug, Serialize)]
pub struct OrderSums {
    /// The currency.
    pub currency: Currency,
    /// Whether prices hold the tax.
    pub prices_include_tax: bool,
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
    /// How far it is paid.
    pub payment_state: PaymentState,
    /// Carriage, in no total.
    pub freight: String,
    /// What the goods cost; only with the right to see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// Net less cost; only with the right to see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit: Option<String>,
}

/// One line. Wide: a row of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct LineAnswer {
    /// Id.
    pub id: Id<OrderLine>,
    /// The item.
    pub item: Option<Id<Item>>,
    /// The item's code.
    pub code: String,
    /// The words on paper.
    pub text: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// How much.
    pub quantity: Quantity,
    /// The price of one.
    pub price: UnitPrice,
    /// The share taken off.
    pub discount_percent: Percent,
    /// What was taken off.
    pub discount: String,
    /// Code of the tax rate; none where nothing is taxed.
    pub tax_rate: Option<String>,
    /// The tax rate.
    pub tax_percent: Option<Percent>,
    /// Without tax.
    pub net: String,
    /// Tax.
    pub tax: String,
    /// With tax.
    pub total: String,
    /// The amount that was set by hand, if it was.
    pub corrected: Option<String>,
    /// Why the amount was set by hand.
    pub correction_reason: String,
    /// Who does the work.
    pub executor: Option<Id<User>>,
}

impl Query for OrderQuery {
    const NAME: &'static str = "order";
    const NEED: Need = Need::Own(Right::OrderViewOwn, Right::OrderViewAll);
    type Row = OrderAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<OrderAnswer>> {
        let order = store::visible_order(view, view.actor(), self.id).map_err(|error| error.at("id"))?;
        let lines = store::lines_of(view, order.id)?;
        let mut history = field::history::of_record(view, (FieldOf::Order, order.id.get()))?;
        line_history::tell(view, (&order, &lines), &mut history)?;
        let payments = if view.actor().can(Right::PaymentView) {
            payment::store::payments_of(view, order.id)?
        } else {
            Vec::new()
        };
        Ok(vec![OrderAnswer {
            head: head(view, &order)?,
            sums: sums(view, &order)?,
            fields: Teller::of(view, FieldOf::Order)?.tell(view, order.id.get())?,
            lines: lines.iter().map(|line| line_answer(view, &order, line)).collect::<Result<_>>()?,
            payments: payments.iter().map(PaymentRow::of).collect(),
            invoices: if view.actor().can(Right::InvoiceView) { invoices_of(view, order.id)? } else { Vec::new() },
            history,
        }])
    }
}

fn head(view: &View<'_>, order: &Order) -> Result<OrderHead> {
    let customer: Counterparty = view.get(order.counterparty_id)?;
    let responsible: User = view.get(order.responsible_id)?;
    Ok(OrderHead {
        id: order.id,
        version: order.version,
        kind: order.kind,
        number: order.number,
        date: order.date,
        received: order.received_at.rfc3339(*view.zone()),
        late: is_late(view, order.state, &order.due, order.closed_at),
        days_late: order.due.date().map_or(0, |due| states::days_late(order.state, due, settled_on(view, order))),
        due: order.due.clone(),
        counterparty: order.counterparty_id,
        counterparty_name: customer.name,
        walk_in: customer.walk_in,
        responsible: order.responsible_id,
        responsible_name: responsible.name,
        status: order.state,
        priority: order.priority,
        original: order.original_id,
        note: order.note.clone(),
        reference: order.reference.clone(),
        reason: order.reason.clone(),
    })
}

/// Whether an order is open past its due moment, or was closed after it. Nothing is promised for drafts.
pub(crate) fn is_late(view: &View<'_>, state: Status, due: &Due, closed_at: Instant) -> bool {
    let at = match state {
        Status::Draft | Status::Cancelled => return false,
        Status::Closed => closed_at,
        Status::Confirmed | Status::InWork | Status::Ready => view.now(),
    };
    due.is_past(&moment(view, at))
}

/// A moment on the company's clock, as due moments are written.
pub(crate) fn moment(view: &View<'_>, at: Instant) -> String {
    format!("{}T{}", view.zone().date_of(at), view.zone().time_of(at))
}

/// The day by which lateness is counted: that of closing, else today.
fn settled_on(view: &View<'_>, order: &Order) -> Date {
    if order.state == Status::Closed { view.zone().date_of(order.closed_at) } else { view.today() }
}

fn sums(view: &View<'_>, order: &Order) -> Result<OrderSums> {
    let text = |minor| order.money(minor).to_string();
    let cost = if view.actor().can(Right::CostView) { store::cost_of_order(view, order.id)? } else { None };
    Ok(OrderSums {
        currency: order.currency,
        payment_state: PaymentState::of(order.money(order.total), order.money(order.paid))?,
        prices_include_tax: order.prices_include_tax,
        net: text(order.net),
        tax: text(order.tax),
        total: text(order.total),
        paid: text(order.paid),
        debt: text(order.debt),
        freight: text(order.freight),
        cost: cost.map(text),
        profit: cost.map(|cost| text(order.net.saturating_sub(cost))),
    })
}

fn line_answer(view: &View<'_>, order: &Order, line: &OrderLine) -> Result<LineAnswer> {
    let text = |minor| order.money(minor).to_string();
    let item: Option<Item> = line.item_id.map(|id| view.get(id)).transpose()?;
    let unit: Option<Unit> = line.unit_id.map(|id| view.get(id)).transpose()?;
    let rate: Option<TaxRate> = line.tax_rate_id.map(|id| view.get(id)).transpose()?;
    Ok(LineAnswer {
        id: line.id,
        item: line.item_id,
        code: item.map(|item| item.code).unwrap_or_default(),
        text: line.text.clone(),
        unit: unit.map(|unit| unit.code),
        quantity: line.quantity,
        price: line.price,
        discount_percent: line.discount_percent,
        discount: text(line.discount),
        tax_percent: rate.as_ref().map(|_| line.tax_percent),
        tax_rate: rate.map(|rate| rate.code),
        net: text(line.net),
        tax: text(line.tax),
        total: text(line.total),
        corrected: line.corrected.map(text),
        correction_reason: line.correction_reason.clone(),
        executor: line.executor_id,
    })
}
