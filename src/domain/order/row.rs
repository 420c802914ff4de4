//! An order and its lines as rows. Length: the two widest tables of the file stand here.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::id::Id;
use crate::base::money::{Money, Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::code_column;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::Item;
use crate::domain::number::Number;
use crate::domain::order::due::Due;
use crate::domain::order::states::Status;
use crate::domain::order::totals::Place;
use crate::domain::status::OrderStatus;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::domain::user::User;
use crate::table;

/// What an order does with goods and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// Goods go out, money comes in.
    #[default]
    Order,
    /// Goods come back, money goes out.
    Return,
}

impl OrderKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            OrderKind::Order => "order",
            OrderKind::Return => "return",
        }
    }

    /// The kind with this text.
    pub fn parse(text: &str) -> Option<OrderKind> {
        [OrderKind::Order, OrderKind::Return].into_iter().find(|kind| kind.code() == text)
    }
}

code_column!(OrderKind, Status);

table! {
    /// One order.
    pub struct Order in "orders" code 30 {
        /// Order or return.
        kind: OrderKind,
        /// Taken when the order is first saved.
        number: Number,
        /// The document's date, by the company's calendar.
        date: Date,
        /// When the customer asked.
        received_at: Instant,
        /// When it must be ready, by the company's clock.
        due: Due,
        /// The customer.
        counterparty_id: Id<Counterparty>,
        /// Who answers for it.
        responsible_id: Id<User>,
        /// Where it stands.
        state: Status,
        /// The user-named status within the state.
        status_id: Option<Id<OrderStatus>>,
        /// Higher goes first.
        priority: i64,
        /// For a return: the order that comes back, if known.
        original_id: Option<Id<Order>>,
        /// The currency of every amount below.
        currency: Currency,
        /// Whether prices hold the tax.
        prices_include_tax: bool,
        /// Where amounts are rounded.
        rounding: Place,
        /// For the desk.
        note: String,
        /// The number other papers know it by.
        reference: String,
        /// Carriage, kept for the record and in no total; minor units.
        freight: i64,
        /// Without tax; minor units.
        net: i64,
        /// Tax; minor units.
        tax: i64,
        /// With tax; minor units.
        total: i64,
        /// Allocated from payments; minor units.
        paid: i64,
        /// Still owed; minor units; a draft or cancelled order owes nothing.
        debt: i64,
        /// When it was closed or cancelled; the epoch while it is open.
        closed_at: Instant,
        /// Why it was cancelled.
        reason: String,
    }
}

table! {
    /// One line of an order.
    pub struct OrderLine in "order_lines" code 31 {
        /// The order.
        order_id: Id<Order>,
        /// Place among the lines, from 1.
        position: i64,
        /// What is sold; none for free text.
        item_id: Option<Id<Item>>,
        /// The words on paper.
        text: String,
        /// The unit.
        unit_id: Option<Id<Unit>>,
        /// How much; negative in a return.
        quantity: Quantity,
        /// The price of one.
        price: UnitPrice,
        /// The share taken off; 0 when an amount is.
        discount_percent: Percent,
        /// The amount taken off; minor units; 0 when a share is.
        discount_amount: i64,
        /// The tax rate; none when the line is not taxed.
        tax_rate_id: Option<Id<TaxRate>>,
        /// The rate's percents on the day.
        tax_percent: Percent,
        /// Who does the work.
        executor_id: Option<Id<User>>,
        /// The amount set by hand instead of the computed one; minor units.
        corrected: Option<i64>,
        /// Why it was set by hand.
        correction_reason: String,
        /// For a return: the line that comes back.
        original_line_id: Option<Id<OrderLine>>,
        /// What the goods cost; minor units; none when unknown.
        cost: Option<i64>,
        /// What was taken off; minor units.
        discount: i64,
        /// Without tax; minor units.
        net: i64,
        /// Tax; minor units.
        tax: i64,
        /// With tax; minor units.
        total: i64,
    }
}

impl OrderLine {
    /// Whether two lines sell the same.
    pub(crate) fn same_goods(&self, other: &OrderLine) -> bool {
        self.sells(other.item_id, &other.text)
    }

    /// Whether it sells this item, or these words where there is none.
    pub(crate) fn sells(&self, item: Option<Id<Item>>, text: &str) -> bool {
        self.item_id == item && (item.is_some() || self.text == text)
    }
}

impl Order {
    /// Minor units as money of the order.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    /// What is owed for a total: nothing while it is only a draft, or cancelled.
    pub fn debt_of(&self) -> i64 {
        let owed = match self.state {
            Status::Draft | Status::Cancelled => 0,
            Status::Confirmed | Status::InWork | Status::Ready | Status::Closed => self.total,
        };
        owed.saturating_sub(self.paid)
    }
}
