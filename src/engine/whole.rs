//! Whether a company file is whole, asked before this process writes its first byte to it.
//! Reads only; what stands inside the rows is the business of `check`.

use std::path::Path;

use rusqlite::{ErrorCode, OptionalExtension as _};

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
    descend(db)?;
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

/// Goes down each tree once to its first entry, and of a table also to its last, behind which new rows go: a check that
/// was broken off tells nothing of what it had found by then.
fn descend(db: &Db) -> Result<()> {
    let trees: Vec<(String, String, String)> =
        db.rows_of("SELECT type, name, tbl_name FROM sqlite_schema WHERE rootpage > 0 ORDER BY name", &[])?;
    for (kind, name, table) in trees {
        let ways = match kind.as_str() {
            "index" => vec![format!("SELECT 1 FROM \"{table}\" INDEXED BY \"{name}\" LIMIT 1")],
            _ => vec![
                format!("SELECT 1 FROM \"{name}\" NOT INDEXED LIMIT 1"),
                format!("SELECT 1 FROM \"{name}\" NOT INDEXED ORDER BY rowid DESC LIMIT 1"),
            ],
        };
        for way in ways {
            let gone = db.connection.query_row(&way, [], |_| Ok(())).optional();
            // An index over a part of its table serves no such question, and some tables have no rowid.
            let code = gone.as_ref().err().and_then(rusqlite::Error::sqlite_error_code);
            if matches!(code, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)) {
                gone.map_err(driver)?;
            }
        }
    }
    Ok(())
}

/// What the driver finds wrong first, in all of the file or in one table.
fn fault(db: &Db, what: &str) -> Result<Option<String>> {
    let said = db.connection.query_row(&format!("PRAGMA quick_check({what})"), [], |row| row.get::<_, String>(0));
    Ok(said.optional().map_err(driver)?.filter(|said| said != "ok"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use std::os::unix::fs::FileExt as _;

    use super::*;

    #[test]
    fn a_damaged_root_of_any_tree_is_found_before_the_budget_is_spent() {
        let folder = tempfile::tempdir().unwrap();
        let whole = folder.path().join("whole.sqlite");
        let made = rusqlite::Connection::open(&whole).unwrap();
        made.execute_batch(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX t_a ON t (a);
             CREATE INDEX t_part ON t (a) WHERE a > 'x'; CREATE TABLE bare (k TEXT PRIMARY KEY) WITHOUT ROWID;
             WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)
             INSERT INTO t (a) SELECT 'row ' || x FROM n;",
        )
        .unwrap();
        let root = |name: &str| -> i64 {
            made.query_row("SELECT rootpage FROM sqlite_schema WHERE name = ?1", [name], |row| row.get(0)).unwrap()
        };
        let roots = ["t", "t_a"].map(|name| (name, root(name)));
        let page: i64 = made.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
        made.close().unwrap();
        assert!(first_fault(&mut Db::open_reader(&whole).unwrap()).unwrap().is_none());
        for (name, root) in roots {
            let damaged = folder.path().join(format!("{name}.sqlite"));
            std::fs::copy(&whole, &damaged).unwrap();
            let file = std::fs::OpenOptions::new().write(true).open(&damaged).unwrap();
            file.write_all_at(&[0xA5; 64], u64::try_from((root - 1) * page).unwrap()).unwrap();
            let found = first_fault(&mut Db::open_reader(&damaged).unwrap());
            assert!(!matches!(found, Ok(None)), "{name}");
        }
    }
}
