//! `schema.sql` is the whole truth: migrations lead to it, rows of the program have its columns, its own rules hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![allow(clippy::reversed_empty_ranges, reason = "no schema was released before the present one yet")]

use std::path::PathBuf;
use std::sync::Arc;

use patver::base::date::Instant;
use patver::domain::BUSINESS;
use patver::engine::clock::SetClock;
use patver::engine::guard::SCHEMA_VERSION;
use patver::engine::schema::{MIGRATIONS, SCHEMA};
use patver::engine::store::Store;
use rusqlite::Connection;

/// References without an index of their own. Only the removal of the record they point at looks for them, which is
/// refused while there is one: a removal from a directory may take its time, every order would pay for the index.
const UNINDEXED: &[(&str, &str)] = &[
    ("order_lines", "unit_id"),
    ("order_lines", "tax_rate_id"),
    ("order_lines", "executor_id"),
    ("payments", "user_id"),
    ("payment_tenders", "method_id"),
    ("waybills", "user_id"),
    ("waybills", "from_id"),
    ("waybills", "to_id"),
    ("stock_moves", "from_id"),
    ("stock_moves", "to_id"),
    ("stock_moves", "user_id"),
];

/// Tables that no command journals.
const UNJOURNALED: &[&str] =
    &["instance", "journal", "journal_rows", "series", "blobs", "drafts", "layouts", "sign_ins", "balances"];

fn fresh() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    connection
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut prepared = connection.prepare(sql).unwrap();
    let rows = prepared.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

/// Our own tables, without those that a search table keeps inside.
fn tables(connection: &Connection) -> Vec<String> {
    texts(
        connection,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
}

fn objects(connection: &Connection) -> Vec<String> {
    texts(connection, "SELECT name || ': ' || COALESCE(sql, '') FROM sqlite_schema ORDER BY name")
}

#[test]
fn every_migration_leads_one_step_on_and_the_last_one_to_the_present() {
    let steps: Vec<u32> = MIGRATIONS.iter().map(|(to, _)| *to).collect();
    let wanted: Vec<u32> = (2..=SCHEMA_VERSION).collect();
    assert_eq!(steps, wanted);
}

/// One small file of each released schema stands in `tests/fixtures/schemas`; it is never made again.
#[test]
fn a_file_of_every_released_schema_opens_and_has_the_fresh_schema_afterwards() {
    let fresh = objects(&fresh());
    for version in 1..SCHEMA_VERSION {
        let kept = PathBuf::from(format!("tests/fixtures/schemas/{version}.patver"));
        assert!(kept.exists(), "{} is missing", kept.display());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("old.patver");
        std::fs::copy(&kept, &file).unwrap();
        drop(Store::open(&file, &BUSINESS, Arc::new(SetClock::at(Instant::from_millis(0)))).unwrap());
        assert_eq!(objects(&Connection::open(&file).unwrap()), fresh, "version {version}");
    }
}

#[test]
fn a_new_file_has_the_schema_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.patver");
    drop(Store::create(&file, &BUSINESS, Arc::new(SetClock::at(Instant::from_millis(0)))).unwrap());
    let made = Connection::open(&file).unwrap();
    assert_eq!(objects(&made), objects(&fresh()));
    let version: u32 = made.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, SCHEMA_VERSION);
}

#[test]
fn the_rows_of_the_program_have_the_columns_of_the_file() {
    let connection = fresh();
    let mut codes = std::collections::BTreeSet::new();
    for table in BUSINESS.tables() {
        let mut prepared = connection.prepare("SELECT name, \"notnull\" FROM pragma_table_info(?1)").unwrap();
        let rows = prepared.query_map([table.name], |row| Ok((row.get(0)?, row.get::<_, bool>(1)?))).unwrap();
        let columns: Vec<(String, bool)> = rows.collect::<rusqlite::Result<_>>().unwrap();
        // The key of a row cannot be NULL, though the word does not stand there.
        let mut ours = table.columns.iter().map(|info| (info.name.to_owned(), !info.nullable && info.name != "id"));
        assert!(columns.iter().all(|column| ours.next().as_ref() == Some(column)), "{}: {columns:?}", table.name);
        assert_eq!(ours.next(), None, "{}", table.name);
        assert!(codes.insert(table.code), "{} has the code of another table", table.name);
    }
}

#[test]
fn every_table_is_journaled_or_named_as_one_that_is_not() {
    let mut ours: Vec<&str> = BUSINESS.tables().map(|table| table.name).chain(UNJOURNALED.iter().copied()).collect();
    ours.sort_unstable();
    assert_eq!(tables(&fresh()), ours);
}

#[test]
fn a_row_refers_only_to_tables_whose_codes_are_lower_or_to_its_own() {
    let connection = fresh();
    for table in BUSINESS.tables() {
        let sql = format!("SELECT \"table\" FROM pragma_foreign_key_list('{}')", table.name);
        for parent in texts(&connection, &sql).iter().filter(|parent| !UNJOURNALED.contains(&parent.as_str())) {
            let code = BUSINESS.tables().find(|other| other.name == parent).unwrap().code;
            assert!(code <= table.code, "{} refers to {parent}, whose code is higher", table.name);
        }
    }
}

#[test]
fn the_journal_knows_every_table_by_a_code_of_its_own() {
    let mut codes: Vec<i64> = BUSINESS.tables().map(|table| table.code).collect();
    codes.sort_unstable();
    let all = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

#[test]
fn every_table_is_strict() {
    let sql = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'";
    assert_eq!(texts(&fresh(), sql), Vec::<String>::new());
}

#[test]
fn every_reference_has_an_index_that_begins_with_it() {
    let connection = fresh();
    let mut without = Vec::new();
    for table in tables(&connection) {
        for column in texts(&connection, &format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}') ORDER BY 1"))
        {
            let sql = format!(
                "SELECT i.name FROM pragma_index_list('{table}') i
                 JOIN pragma_index_info(i.name) c ON c.seqno = 0 AND c.name = '{column}'"
            );
            if texts(&connection, &sql).is_empty() {
                without.push((table.clone(), column));
            }
        }
    }
    let mut expected: Vec<_> =
        UNINDEXED.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned())).collect();
    without.sort();
    expected.sort();
    assert_eq!(without, expected, "a reference without an index, or an exception that nothing needs");
}
