//! Everything the business keeps although it could be computed, computed again: each difference is named.
//! Reads only; what the file itself must hold (chain, digests, indexes) is looked after by the engine.

mod invoices;
mod numbers;
mod orders;
mod payments;
mod stock;

use crate::base::error::{Error, Result};
use crate::engine::check::Steps;
use crate::engine::db::Db;
use crate::engine::store::Slice;
use crate::engine::table::Row;
use crate::engine::ticket::Watch;
use crate::engine::tx::select_sql;
use crate::statements;

/// What the check asks for.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

statements! {
    /// What payments gave to an order.
    PAID = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM allocations WHERE order_id = ?1";
    /// The reversal of a payment.
    REVERSALS = "SELECT id FROM payments WHERE reverses_id = ?1";
    /// The number that the next document of a series gets.
    NEXT = "SELECT next FROM series WHERE name = ?1";
    /// The entries that removed rows of a table.
    REMOVED = "SELECT DISTINCT seq FROM journal_rows WHERE table_code = ?1 AND kind = ?2 ORDER BY seq";
    /// What was asked for whenever a series was raised.
    RAISED = "SELECT arguments FROM journal WHERE command = ?1 ORDER BY seq";
}

/// Every difference between what the file keeps and what follows from it, one error each, in words for people; tells
/// the watch how many documents were looked at. Fails where the file cannot be read, rejected once it is called off.
pub fn differences(db: &Db, watch: &Watch) -> Result<Vec<Error>> {
    let steps =
        Steps::of(db, ["orders", "payments", "invoices", "stock_moves", "locations", "waybills"].into_iter(), watch);
    let look = Look { db, steps, watch };
    let mut found = Vec::new();
    let orders = orders::check(&look, &mut found)?;
    let payments = payments::check(&look, &mut found)?;
    let invoices = invoices::check(&look, &mut found)?;
    let waybills = stock::check(&look, &mut found)?;
    for (series, taken) in [("order", orders), ("payment", payments), ("invoice", invoices), ("waybill", waybills)] {
        numbers::check(db, series, taken, &mut found)?;
    }
    Ok(found)
}

/// A file that is being looked at.
struct Look<'a> {
    db: &'a Db,
    steps: Steps<'a>,
    watch: &'a Watch,
}

impl Look<'_> {
    /// Every row of a table in the order of its ids, one at a time.
    fn each<R: Row>(&self, mut take: impl FnMut(R) -> Result<()>) -> Result<()> {
        self.db.each(&select_sql(R::TABLE, false), &[], |row| {
            self.watch.still_wanted()?;
            self.steps.step();
            take(row)
        })
    }
}
