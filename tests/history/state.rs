//! What a company holds, apart from how it came to hold it: every row without its version.

use std::collections::BTreeMap;

use patver::domain::BUSINESS;
use patver::engine::statement::Statement;
use patver::engine::store::Store;
use patver::engine::value::Value;

/// The rows of every journaled table that keeps no secrets: passwords never go to the journal.
pub fn rows(store: &Store) -> BTreeMap<&'static str, Vec<Vec<Value>>> {
    let tables = BUSINESS.tables().filter(|table| !table.secret);
    tables
        .map(|table| {
            let columns = table.columns.iter().map(|column| column.name).filter(|name| *name != "version");
            let columns: Vec<_> = columns.collect();
            let sql = format!("SELECT {} FROM {} ORDER BY id", columns.join(", "), table.name);
            // A statement lives as long as the program; a test makes few.
            let statement = Statement { name: table.name, sql: kept(sql) };
            (table.name, store.db().rows(&statement, &[]).unwrap())
        })
        .collect()
}

fn kept(sql: String) -> &'static str {
    use std::sync::{Mutex, PoisonError};
    static TEXTS: Mutex<BTreeMap<String, &'static str>> = Mutex::new(BTreeMap::new());
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    texts.entry(sql.clone()).or_insert_with(|| sql.leak())
}

/// Fails with the first rows that differ.
pub fn assert_same(before: &BTreeMap<&str, Vec<Vec<Value>>>, after: &BTreeMap<&str, Vec<Vec<Value>>>, what: &str) {
    for (table, rows) in before {
        let other = &after[table];
        let gone: Vec<_> = rows.iter().filter(|row| !other.contains(row)).take(3).collect();
        let new: Vec<_> = other.iter().filter(|row| !rows.contains(row)).take(3).collect();
        assert!(gone.is_empty() && new.is_empty(), "{what}, {table}:\nbefore {gone:?}\nafter  {new:?}");
    }
}

/// What money and stock say: paid and owed of each order, what of each payment no order has used, what lies where.
pub fn balances(store: &Store) -> BTreeMap<(&'static str, i64), (i64, i64)> {
    const ORDERS: Statement = Statement { name: "paid and owed", sql: "SELECT id, paid, debt FROM orders ORDER BY id" };
    const CUSTOMERS: Statement = Statement {
        name: "owed and unused",
        sql: "SELECT c.id,
                (SELECT CAST(COALESCE(SUM(o.debt), 0) AS BIGINT) FROM orders o WHERE o.counterparty_id = c.id),
                (SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) FROM payments p WHERE p.counterparty_id = c.id)
              FROM counterparties c ORDER BY c.id",
    };
    const STOCK: Statement = Statement {
        name: "on hand",
        sql: "SELECT item_id * 1000000 + location_id, on_hand, 0 FROM balances ORDER BY id",
    };
    let all = [("order", ORDERS), ("customer", CUSTOMERS), ("stock", STOCK)];
    let read = |(name, statement): (&'static str, Statement)| {
        let rows: Vec<(i64, i64, i64)> = store.db().rows(&statement, &[]).unwrap();
        rows.into_iter().map(move |(id, first, second)| ((name, id), (first, second)))
    };
    all.into_iter().flat_map(read).collect()
}
