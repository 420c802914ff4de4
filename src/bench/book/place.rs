//! What one order of the measured file says: its customer, its lines, its day and how far it is.

use crate::base::chance::Chance;
use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::{Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::Item;
use crate::domain::order::OrderKind;
use crate::domain::order::due::Due;
use crate::domain::order::line::LineInput;
use crate::domain::order::place::PlaceOrder;

/// From which rows orders are made; ids run without gaps.
#[derive(Clone, Copy)]
pub(super) struct Stock {
    pub first_customer: Id<Counterparty>,
    pub customers: i64,
    pub first_item: Id<Item>,
    pub items: i64,
}

/// The currency of a few orders.
pub(super) const ABROAD: &str = "USD";

/// The order of a number on a day, so many days before the last one.
pub(super) fn order(number: u64, (day, age): (Date, i64), stock: Stock, chance: &mut Chance) -> Result<PlaceOrder> {
    let back = chance.percent(1);
    let abroad = chance.percent(2);
    let walk_in = chance.percent(4);
    let due = if chance.percent(70) { Due::on(day.add_days(chance.between(0, 30))?) } else { Due::none() };
    let lines = (0..lines(number)).map(|_| line(stock, abroad, chance)).collect();
    Ok(PlaceOrder {
        kind: if back { OrderKind::Return } else { OrderKind::Order },
        counterparty: (!walk_in).then(|| customer(stock, chance)),
        due: Some(due),
        status: Some(status(age, back, chance).to_owned()),
        priority: i64::from(chance.percent(5)),
        currency: if abroad { Some(Currency::parse(ABROAD)?) } else { None },
        note: if chance.percent(8) { format!("note {number}") } else { String::new() },
        lines,
        ..PlaceOrder::default()
    })
}

/// Seven lines for two orders: one and six, two and five, three and four.
fn lines(number: u64) -> u64 {
    let pair = 1 + number / 2 % 3;
    if number.is_multiple_of(2) { pair } else { 7 - pair }
}

/// Twice drawn, the smaller taken: some come often, most seldom.
fn customer(stock: Stock, chance: &mut Chance) -> Id<Counterparty> {
    let place = chance.below(stock.customers).min(chance.below(stock.customers));
    Id::new(stock.first_customer.get() + place)
}

fn line(stock: Stock, abroad: bool, chance: &mut Chance) -> LineInput {
    let item = Some(Id::new(stock.first_item.get() + chance.below(stock.items)));
    LineInput {
        item,
        quantity: Quantity::from_micros(1_000_000 * chance.between(1, 9)),
        // An item has a price in the company's own currency only.
        price: abroad.then(|| UnitPrice::from_micros(chance.between(1, 400) * 250_000)),
        discount_percent: chance.percent(10).then(|| Percent::from_ppm(10_000 * chance.between(1, 15))),
        ..LineInput::default()
    }
}

/// What is old is closed; of the last two months much is still open.
fn status(age: i64, back: bool, chance: &mut Chance) -> &'static str {
    let drawn = chance.below(1_000);
    let old = age > 60;
    match drawn {
        _ if back => "closed",
        0..=4 => "draft",
        5..=9 => "confirmed",
        10..=12 => "in-work",
        13..=15 => "ready",
        _ if old => "closed",
        16..=300 => "confirmed",
        301..=450 => "in-work",
        451..=500 => "waiting",
        501..=540 => "packing",
        541..=640 => "ready",
        641..=690 => "on-the-way",
        _ => "closed",
    }
}
