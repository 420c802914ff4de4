//! Whether a company file is whole, asked before this process writes its first byte to it.
//! Reads only; what stands inside the rows is the business of `check`.

use std::path::Path;

use rusqlite::OptionalExtension as _;

use crate::base::error::Result;
use crate::engine::db::{Db, driver};
use crate::engine::value::damaged;

/// Up to so many bytes every page and row of a file is looked at: some 7,000 orders, a tenth of a second.
const SMALL: u64 = 16 << 20;

/// How much of each table of a larger file is looked at: pages of its trees, then steps of the machine that goes
/// through its rows. The tables that a sign-in reads are smaller. It is some 400 reads in a file of any size, which also
/// take no time to speak of where the disk has yet to find each of them.
const BUDGET: i32 = 25;

/// Refuses a file with damage that can be found before anybody has to wait for it. A small file is looked at whole, since
/// most are small and nothing then is left to be met later. Of a large one the schema is looked at, and each table with
/// its indexes that ends within the budget: that is all that a sign-in reads and writes. What the driver finds in a
/// table that does not end within it is lost with the rest of its answer. Damage there is met by the read that comes to
/// it, which ends all writing (see [`Db::is_damaged`]).
pub(crate) fn require(db: &mut Db, path: &Path) -> Result<()> {
    let length = std::fs::metadata(path).map_or(0, |found| found.len());
    let found = if length <= SMALL { fault(db, "1") } else { first_fault(db) };
    found?.map_or(Ok(()), |details| Err(damaged(details)))
}

fn first_fault(db: &mut Db) -> Result<Option<String>> {
    if let Some(details) = fault(db, "sqlite_schema")? {
        return Ok(Some(details));
    }
    let tables: Vec<(String,)> =
        db.rows_of("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name", &[])?;
    for (table,) in tables {
        db.connection.progress_handler(BUDGET, Some(|| true)).map_err(driver)?;
        let found = fault(db, &format!("'{}'", table.replace('\'', "''")));
        db.watch(None)?;
        match found {
            Err(error) if error.is_cancelled() => {}
            Ok(None) => {}
            other => return other,
        }
    }
    Ok(None)
}

/// What the driver finds wrong first, in all of the file or in one table.
fn fault(db: &Db, what: &str) -> Result<Option<String>> {
    let said = db.connection.query_row(&format!("PRAGMA quick_check({what})"), [], |row| row.get::<_, String>(0));
    Ok(said.optional().map_err(driver)?.filter(|said| said != "ok"))
}
