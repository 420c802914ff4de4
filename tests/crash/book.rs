//! A company file as its bytes tell: read with plain SQL, every sum made again, nothing taken from the program.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// What stands in a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Orders: number and total in minor units by id.
    pub orders: BTreeMap<i64, (i64, i64)>,
    /// Payments: number and amount in minor units by id.
    pub payments: BTreeMap<i64, (i64, i64)>,
    /// Entries of the journal.
    pub entries: i64,
}

/// Sums that must hold, each as a text that counts what breaks it.
const RULES: &[(&str, &str)] = &[
    (
        "an order is the sum of its lines",
        "SELECT COUNT(*) FROM orders o WHERE (o.net, o.tax, o.total) IS NOT
         (SELECT COALESCE(SUM(l.net), 0), COALESCE(SUM(l.tax), 0), COALESCE(SUM(l.total), 0)
          FROM order_lines l WHERE l.order_id = o.id)",
    ),
    (
        "an order has lines",
        "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id)",
    ),
    (
        "what is paid is what payments gave",
        "SELECT COUNT(*) FROM orders o WHERE o.paid <>
         (SELECT COALESCE(SUM(a.amount), 0) FROM allocations a WHERE a.order_id = o.id)",
    ),
    (
        "a payment is its tenders",
        "SELECT COUNT(*) FROM payments p WHERE p.amount <>
         (SELECT COALESCE(SUM(t.amount), 0) FROM payment_tenders t WHERE t.payment_id = p.id)",
    ),
    (
        "every order has its journal entry",
        "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS
         (SELECT 1 FROM journal_rows r WHERE r.table_code = 30 AND r.row_id = o.id AND r.kind = 1)",
    ),
    (
        "the journal names only rows that are there",
        "SELECT COUNT(*) FROM journal_rows r WHERE r.table_code = 30 AND r.kind = 1
         AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = r.row_id)",
    ),
    ("the journal has no gap", "SELECT MAX(seq) - COUNT(*) FROM journal"),
];

impl Book {
    /// Reads a file and holds it to every rule. Says what is broken.
    pub fn read(path: &Path) -> Result<Book, String> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|e| e.to_string())?;
        let text = |error: rusqlite::Error| error.to_string();
        let integrity: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(text)?;
        require(integrity == "ok", || format!("integrity: {integrity}"))?;
        let strays = count(&db, "SELECT COUNT(*) FROM pragma_foreign_key_check")?;
        require(strays == 0, || format!("{strays} rows refer to none"))?;
        for (rule, sql) in RULES {
            let broken = count(&db, sql)?;
            require(broken == 0, || format!("{rule}: broken {broken} times"))?;
        }
        let book = Book {
            orders: documents(&db, "SELECT id, number, total FROM orders")?,
            payments: documents(&db, "SELECT id, number, amount FROM payments")?,
            entries: count(&db, "SELECT COUNT(*) FROM journal")?,
        };
        for (series, documents) in [("order", &book.orders), ("payment", &book.payments)] {
            let next = count(&db, &format!("SELECT next FROM series WHERE name = '{series}'"))?;
            let mut numbers: Vec<_> = documents.values().map(|document| document.0).collect();
            numbers.sort_unstable();
            require(numbers == (1..next).collect::<Vec<_>>(), || format!("{series}: {numbers:?}, next {next}"))?;
        }
        Ok(book)
    }

    /// The same for a file that must be whole.
    pub fn of(path: &Path) -> Book {
        Book::read(path).unwrap_or_else(|broken| panic!("{broken}"))
    }

    /// Whether an order or payment stands as it was acknowledged.
    pub fn holds(&self, answer: &Value) -> bool {
        let documents = if answer["total"].is_string() { &self.orders } else { &self.payments };
        let Some((number, amount)) = answer["id"].as_i64().and_then(|id| documents.get(&id)) else {
            return false;
        };
        let told = answer["number"].as_str().and_then(|number| number.parse::<i64>().ok());
        told == Some(*number) && answer["total"].as_str().is_none_or(|total| minor(total) == *amount)
    }

    /// How many of these answers are not in the file.
    pub fn lost(&self, answers: &[Value]) -> usize {
        answers.iter().filter(|answer| !self.holds(answer)).count()
    }
}

/// An amount of two decimals in minor units.
fn minor(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

fn require(holds: bool, broken: impl Fn() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken()) }
}

fn count(db: &Connection, sql: &str) -> Result<i64, String> {
    db.query_row(sql, [], |row| row.get(0)).map_err(|error| format!("{sql}: {error}"))
}

fn documents(db: &Connection, sql: &str) -> Result<BTreeMap<i64, (i64, i64)>, String> {
    let text = |error: rusqlite::Error| error.to_string();
    let mut prepared = db.prepare(sql).map_err(text)?;
    let rows = prepared.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).map_err(text)?;
    rows.collect::<rusqlite::Result<_>>().map_err(text)
}
