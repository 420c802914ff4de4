//! How fast the program is on this machine, beside the bare database in the same run. Shown by `patver bench`.

pub mod book;
mod colors;
mod figures;
mod full;
mod reads;
mod shop;
mod words;
mod writes;

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use crate::base::date::{Date, Instant, Zone};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::bench::book::Plan;
use crate::domain::BUSINESS;
use crate::domain::order::Order;
use crate::engine::clock::{SetClock, SystemClock};
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Watch;
pub use figures::{Figure, Times};
pub use full::FIRST_ITEM;

/// The user who made everything.
const OWNER: i64 = 1;

/// So many orders are enough to compare durable writes.
const MOST_WRITES: u64 = 10_000;

/// What a measured file holds.
pub struct Found {
    /// How many orders.
    pub orders: u64,
    /// The number of the newest one.
    pub newest: String,
    /// A moment of the day of the newest one.
    pub now: Instant,
}

impl Found {
    /// What is in a file that `make` made. Rejected where its owner sees no orders in it.
    pub fn of(file: &Path) -> Result<Found> {
        let store = Store::open(file, &BUSINESS, Arc::new(SystemClock))?;
        let owner = Call::of_user(OWNER);
        let newest = store.query_json(&owner, "orders", json!({"limit": 1}))?;
        let counted = store.query_json(&owner, "orders-totals", json!({}))?;
        store.close()?;
        let text = |field: &str| newest.first().and_then(|row| row.get(field)).map(ToString::to_string);
        let (number, date) = (text("number"), text("date"));
        let (Some(number), Some(date)) = (number, date) else {
            return Err(Error::missing("orders", "newest"));
        };
        let now = Zone::parse(book::ZONE)?.at(Date::parse(date.trim_matches('"'))?, 10 * 3600);
        let orders = counted.iter().filter_map(|row| row.get("count")?.as_u64()).sum();
        Ok(Found { orders, newest: number.trim_matches('"').to_owned(), now })
    }
}

/// Makes the file that is measured, and tells how long that took.
pub fn make(file: &Path, plan: &Plan, watch: &Watch) -> Result<Figure> {
    let mut making = Times::default();
    making.measure(|| {
        let clock = Arc::new(SetClock::at(Instant::from_millis(0)));
        let mut store = Store::create(file, &BUSINESS, clock.clone())?;
        book::found(&mut store, &clock, plan)?;
        book::fill(&mut store, &clock, plan, watch)?;
        store.close()
    })?;
    Ok(making.figure("make-file", None))
}

/// Measures durable writes on a small file, made in `folder`, beside the bare database.
pub fn writes(folder: &Path, orders: u64) -> Result<Vec<Figure>> {
    writes::measure(folder, orders.min(MOST_WRITES))
}

/// Measures the colour rules of a list.
pub fn colors() -> Result<Figure> {
    colors::measure()
}

/// Makes a file in which screens are full: so many pictures of items, and an order of so many lines. Gives the order.
pub fn make_full(file: &Path, found: &Found) -> Result<Id<Order>> {
    full::make(file, found)
}

/// Measures reads on a file that was made before.
pub fn reads(file: &Path, found: &Found) -> Result<Vec<Figure>> {
    reads::measure(file, found)
}
