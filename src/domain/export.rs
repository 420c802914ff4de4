//! Walking through all records of a kind, in pages, in the order of their ids: what exports and whole checks read.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::Item;
use crate::domain::order::Order;
use crate::domain::payment::Payment;
use crate::engine::db::Db;
use crate::engine::statement::Statement;
use crate::engine::store::Slice;
use crate::engine::table::Row;
use crate::{params, statements};

statements! {
    /// Counterparties after one, without the built-in walk-in.
    COUNTERPARTIES = "SELECT id FROM counterparties WHERE id > ?1 AND walk_in = 0 ORDER BY id LIMIT 500";
    /// Items after one.
    ITEMS = "SELECT id FROM items WHERE id > ?1 ORDER BY id LIMIT 500";
    /// Orders after one.
    ORDERS = "SELECT id FROM orders WHERE id > ?1 ORDER BY id LIMIT 500";
    /// Payments after one.
    PAYMENTS = "SELECT id FROM payments WHERE id > ?1 ORDER BY id LIMIT 500";
}

/// The statements of walking.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// Records that can be walked through.
pub trait Walked: Row {
    /// The ids after one, in order.
    const PAGE: Statement;
}

impl Walked for Counterparty {
    const PAGE: Statement = COUNTERPARTIES;
}

impl Walked for Item {
    const PAGE: Statement = ITEMS;
}

impl Walked for Order {
    const PAGE: Statement = ORDERS;
}

impl Walked for Payment {
    const PAGE: Statement = PAYMENTS;
}

/// Hands every record of a kind over, in the order of their ids. Stops at the first refusal.
pub fn walk<R: Walked>(db: &Db, mut take: impl FnMut(R) -> Result<()>) -> Result<()> {
    let mut last = 0_i64;
    loop {
        let page: Vec<(Id<R>,)> = db.rows(&R::PAGE, params![last])?;
        let Some((end,)) = page.last() else {
            return Ok(());
        };
        last = end.get();
        for (id,) in page {
            take(db.get(id)?)?;
        }
    }
}
