//! What a company holds, in the figures that people know it by: two states of it are compared by them before one takes
//! the place of the other.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::base::currency::Currency;
use crate::base::date::Instant;
use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::base::money::Money;
use crate::domain::{BUSINESS, check as business};
use crate::engine::backup::{self, Drill};
use crate::engine::check as file;
use crate::engine::db::Db;
use crate::engine::store::Slice;
use crate::engine::ticket::Watch;
use crate::statements;

statements! {
    /// How many orders, payments, invoices and customers there are.
    COUNTS = "SELECT (SELECT COUNT(*) FROM orders), (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM invoices),
                (SELECT COUNT(*) FROM counterparties)";
    /// What was ordered and what of it was paid, by currency.
    SUMS = "SELECT currency, CAST(COALESCE(SUM(total), 0) AS BIGINT), CAST(COALESCE(SUM(paid), 0) AS BIGINT)
            FROM orders WHERE state NOT IN ('draft', 'cancelled') GROUP BY currency ORDER BY currency";
}

/// What is asked of a company.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// The figures of a company. Amounts are decimals, by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Holdings {
    /// Orders.
    pub orders: i64,
    /// Payments.
    pub payments: i64,
    /// Invoices.
    pub invoices: i64,
    /// Customers.
    pub customers: i64,
    /// What was ordered.
    pub ordered: BTreeMap<String, String>,
    /// What of it was paid.
    pub paid: BTreeMap<String, String>,
}

impl Holdings {
    /// Counts a company.
    pub fn of(db: &Db) -> Result<Holdings> {
        let counts: Option<(i64, i64, i64, i64)> = db.row(&COUNTS, &[])?;
        let (orders, payments, invoices, customers) = counts.unwrap_or_default();
        let mut all = Holdings { orders, payments, invoices, customers, ..Holdings::default() };
        for (currency, ordered, paid) in db.rows::<(Currency, i64, i64)>(&SUMS, &[])? {
            let code = || currency.code().to_owned();
            all.ordered.insert(code(), Money::new(ordered, currency).to_string());
            all.paid.insert(code(), Money::new(paid, currency).to_string());
        }
        Ok(all)
    }

    /// Counts what a backup holds. Fails where it is of another schema.
    pub fn in_backup(path: &Path) -> Result<Holdings> {
        Holdings::of(&Db::open_reader(path)?)
    }
}

/// Restores a backup for practice beside a company file, looks at everything in it as `check` does, and removes it again;
/// what it held. Fails, marking the backup, where it does not stand that.
pub fn drill(backup: &Path, company: &Path, now: Instant, watch: &Watch) -> Result<Holdings> {
    backup::check(backup, now, watch)?;
    let restored = Drill::of(backup, company, now)?;
    let mut db = Db::open_to_look(&restored.file)?;
    db.watch(Some(watch))?;
    let mut found = file::findings(&db, &BUSINESS, watch)?;
    found.extend(business::differences(&db, watch)?);
    if let Some(first) = found.first() {
        let error = Error::failure("error.backup.drill_failed", first.message(Lang::EN));
        return Err(error.arg("path", backup.display()).arg_number("count", found.len()));
    }
    Holdings::of(&db)
}
