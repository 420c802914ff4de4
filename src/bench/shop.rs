//! The shop that is measured: customers, items, and the orders it gets; the same at every run.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::Amount;
use crate::base::quantity::Quantity;
use crate::domain::BUSINESS;
use crate::domain::order::Order;
use crate::domain::order::line::LineInput;
use crate::domain::order::place::PlaceOrder;
use crate::domain::payment::store::TenderInput;
use crate::domain::payment::take::TakePayment;
use crate::engine::clock::SystemClock;
use crate::engine::store::{Call, Store};

/// Customers of the shop.
const CUSTOMERS: u64 = 1_000;
/// Items of the shop.
const ITEMS: u64 = 5_000;

/// Makes a company file with its customers and items.
pub(super) fn set_up(path: &Path) -> Result<()> {
    let mut store = Store::create(path, &BUSINESS, Arc::new(SystemClock))?;
    let company = json!({"name": "Bench", "country": "AM", "currency": "AMD", "language": "en", "owner": "bench"});
    store.run_json(&Call::of_system(), "create-company", company)?;
    store.batch(&Call::of_user(1), 0, |batch| {
        for number in 1..=CUSTOMERS {
            batch.run_json("save-counterparty", json!({"kind": "company", "name": format!("Customer {number}")}))?;
        }
        for number in 1..=ITEMS {
            let (code, price) = (format!("I{number}"), (100 + number * 7 % 9_000).to_string());
            let item =
                json!({"kind": "goods", "code": code, "name": format!("Item {number}"), "unit": "pcs", "price": price});
            batch.run_json("save-item", item)?;
        }
        Ok(())
    })
}

/// The order of a number: five lines of five items.
pub(super) fn order(number: u64) -> PlaceOrder {
    let line = |place: u64| LineInput {
        item: Some(id(1 + (number * 13 + place * 997) % ITEMS)),
        quantity: Quantity::from_micros(i64::try_from(1 + (number + place) % 9).unwrap_or(1) * 1_000_000),
        ..LineInput::default()
    };
    // The walk-in is the first counterparty.
    let customer = id(2 + number * 31 % CUSTOMERS);
    PlaceOrder { counterparty: Some(customer), lines: (0..5).map(line).collect(), ..PlaceOrder::default() }
}

/// The payment of an order's whole total by card.
pub(super) fn payment(order: Id<Order>, total: &str) -> Result<TakePayment> {
    let tender = TenderInput { method: "card".to_owned(), amount: total.parse::<Amount>()?, currency: None };
    Ok(TakePayment {
        order: Some(order),
        counterparty: None,
        date: None,
        tenders: vec![tender],
        keep_excess: false,
        note: String::new(),
    })
}

fn id<T>(number: u64) -> Id<T> {
    Id::new(i64::try_from(number).unwrap_or(i64::MAX))
}
