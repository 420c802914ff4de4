//! Every text that goes to the database: it prepares, it uses the index it names, and no big table is read whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use patver::domain::BUSINESS;
use patver::domain::order::groups::GROUPINGS;
use patver::domain::payment::list::UNUSED_BY_KIND;
use patver::engine::dialect::Dialect;
use patver::engine::schema::SCHEMA;
use patver::engine::select::List;
use patver::engine::statement::Statement;
use patver::engine::tx;
use patver::reports;
use rusqlite::Connection;

/// Tables that grow with the business. All others hold some dozens of rows, or are read by their key alone.
const BIG: &[&str] = &[
    "orders",
    "order_lines",
    "payments",
    "payment_tenders",
    "allocations",
    "invoices",
    "counterparties",
    "counterparty_phones",
    "items",
    "item_barcodes",
    "own_values",
    "attachments",
    "import_keys",
    "journal",
    "journal_rows",
    "blobs",
];

/// Statements that walk a big table on purpose, each with its reason.
const WALKS: &[(&str, &str)] = &[
    ("patver::engine::journal::HEAD", "from the end of the table, one row"),
    ("patver::engine::journal::UNTIL", "from the end of the table, back to the day that is asked for"),
    ("patver::domain::invoice::store::LAST_DATE", "from the end of the numbers, one row"),
    ("patver::engine::backup::HASHES", "every kept file goes into a backup"),
    ("patver::engine::backup::LAST_COMMAND_ID", "from the end of the table, one row"),
    ("patver::domain::holdings::COUNTS", "counts a company before a backup takes its place"),
    ("patver::domain::holdings::SUMS", "sums a company before a backup takes its place"),
    ("patver::reports::debts::UNUSED", "compares every payment with what orders used of it"),
    ("patver::domain::check::RAISED", "the check reads the whole file anyway"),
    ("patver::engine::check::ORPHANS", "the check reads the whole file anyway"),
    ("patver::engine::check::BLOBS", "the check reads the whole file anyway"),
    ("patver::engine::journal::COVERED", "the bench counts what it follows"),
    ("patver::engine::chain::LINKS", "the check reads the whole file anyway"),
    ("patver::engine::chain::ENTRIES", "the check looks for what cannot be read"),
];

/// Tables that commands do not journal: a statement may write these and no others.
const UNJOURNALED: &[&str] =
    &["series", "blobs", "drafts", "layouts", "sign_ins", "balances", "instance", "journal", "journal_rows"];

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    connection
}

fn statements() -> impl Iterator<Item = &'static Statement> {
    let slices = BUSINESS.slices.iter().flat_map(|slice| slice.statements.iter().copied());
    slices.chain(reports::ALL.iter().flat_map(|report| report.statements.iter().copied()))
}

fn lists() -> impl Iterator<Item = &'static List> {
    BUSINESS.slices.iter().flat_map(|slice| slice.lists.iter().copied())
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut prepared = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let marks = prepared.parameter_count();
    let steps = prepared.query_map(rusqlite::params_from_iter(vec!["0"; marks]), |row| row.get(3)).unwrap();
    steps.collect::<rusqlite::Result<_>>().unwrap()
}

/// Which table an alias stands for: the word before it.
fn table_of(sql: &str, alias: &str) -> String {
    let words: Vec<_> = sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let pair = words.windows(2).find(|pair| pair[1] == alias && BIG.contains(&pair[0]));
    pair.map_or(alias, |pair| pair[0]).to_owned()
}

/// The big tables that a plan reads from one end to the other.
fn scanned(sql: &str, plan: &[String]) -> Vec<String> {
    let scans = plan.iter().filter_map(|step| step.strip_prefix("SCAN "));
    let plain = scans.filter(|step| !step.contains("VIRTUAL TABLE INDEX") && !step.contains("CONSTANT ROW"));
    let tables = plain.map(|step| table_of(sql, step.split(' ').next().unwrap()));
    tables.filter(|table| BIG.contains(&table.as_str())).collect()
}

#[test]
fn every_statement_prepares_and_reads_no_big_table_whole() {
    let connection = database();
    let mut wrong = Vec::new();
    for statement in statements() {
        match connection.prepare(statement.sql) {
            Err(error) => wrong.push(format!("{}: {error}", statement.name)),
            Ok(_) if WALKS.iter().any(|(name, _)| *name == statement.name) => {}
            Ok(_) => {
                let plan = plan(&connection, statement.sql);
                for table in scanned(statement.sql, &plan) {
                    wrong.push(format!("{} reads {table} whole: {plan:?}", statement.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_list_of_walks_names_only_statements_that_walk() {
    let connection = database();
    for (name, reason) in WALKS {
        let statement = statements().find(|statement| statement.name == *name);
        let statement = statement.unwrap_or_else(|| panic!("{name} is gone"));
        assert!(!scanned(statement.sql, &plan(&connection, statement.sql)).is_empty(), "{name}: {reason}");
    }
}

#[test]
fn a_statement_writes_only_tables_that_are_not_journaled() {
    let mut wrong = Vec::new();
    for statement in statements() {
        let words: Vec<_> = statement.sql.split_whitespace().collect();
        let written = words.iter().enumerate().filter_map(|(at, word)| match *word {
            "INTO" => words.get(at + 1),
            "UPDATE" if at == 0 || words[at - 1].ends_with(')') => words.get(at + 1),
            "DELETE" => words.get(at + 2),
            _ => None,
        });
        wrong.extend(
            written.filter(|table| !UNJOURNALED.contains(table)).map(|t| format!("{} writes {t}", statement.name)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_engine_makes_for_a_table_prepares_and_finds_rows_by_id() {
    let connection = database();
    for table in BUSINESS.tables() {
        let texts = tx::texts(table);
        for sql in &texts {
            connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        for sql in texts.iter().filter(|sql| sql.contains("WHERE")) {
            let plan = plan(&connection, sql);
            let by_id = plan.iter().any(|step| step.contains("USING INTEGER PRIMARY KEY"));
            assert!(by_id, "{sql}: {plan:?}");
        }
    }
}

#[test]
fn every_filter_and_sort_of_a_list_uses_the_index_it_names() {
    let connection = database();
    let mut wrong = Vec::new();
    let grouped = GROUPINGS.into_iter().chain([&UNUSED_BY_KIND]).flat_map(|grouping| grouping.texts(Dialect::Sqlite));
    for text in lists().flat_map(|list| list.texts(Dialect::Sqlite)).chain(grouped) {
        if let Err(error) = connection.prepare(&text.sql) {
            wrong.push(format!("{}: {error}\n  {}", text.what, text.sql));
            continue;
        }
        let sql = text.keys.as_ref().unwrap_or(&text.sql);
        let plan = plan(&connection, sql);
        for index in &text.indexes {
            if !plan.iter().any(|step| step.split([' ', '(']).any(|word| word == *index)) {
                wrong.push(format!("{} does not use {index}: {plan:?}\n  {sql}", text.what));
            }
        }
        if text.indexes.is_empty() && !scanned(sql, &plan).is_empty() {
            wrong.push(format!("{} reads a big table whole: {plan:?}\n  {sql}", text.what));
        }
        if text.ordered && plan.iter().any(|step| step.contains("TEMP B-TREE")) {
            wrong.push(format!("{} sorts what the index sorts: {plan:?}\n  {sql}", text.what));
        }
        if plan.iter().map(|step| step.matches(['=', '>', '<']).count()).sum::<usize>() < text.bounds {
            wrong.push(format!("{} does not begin at its row: {plan:?}\n  {sql}", text.what));
        }
        if text.narrow && !plan.iter().any(|step| step.contains("COVERING INDEX")) {
            wrong.push(format!("{} reads more than its index: {plan:?}\n  {sql}", text.what));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A list is sorted by a field of the company's own by looking once at the value of each row.
#[test]
fn the_value_that_rows_are_sorted_by_is_found_by_its_row() {
    let connection = database();
    let mut found = 0;
    for text in lists().flat_map(|list| list.texts(Dialect::Sqlite)).filter(|text| text.sql.contains("?2) AS k0")) {
        let plan = plan(&connection, text.keys.as_ref().unwrap());
        let by = |step: &&String| {
            step.starts_with("SEARCH v USING INDEX own_values_") && step.contains("_id=? AND field_id=?")
        };
        assert!(plan.iter().filter(by).count() > 0, "{}: {plan:?}", text.what);
        assert!(!plan.iter().any(|step| step.starts_with("SCAN v")), "{}: {plan:?}", text.what);
        found += 1;
    }
    assert!(found > 100, "{found} texts are sorted by a field");
}

/// What is read after the page is found is read by id.
#[test]
fn a_page_reads_its_rows_by_id() {
    let connection = database();
    for text in lists().flat_map(|list| list.texts(Dialect::Sqlite)).filter(|text| text.keys.is_some()) {
        let (whole, keys) = (plan(&connection, &text.sql), plan(&connection, text.keys.as_ref().unwrap()));
        let scans = |plan: &[String]| scanned(&text.sql, plan).len();
        assert_eq!(scans(&whole), scans(&keys), "{}: {whole:?}", text.what);
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module of a file under `src`.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap().with_extension("");
    let parts: Vec<_> = inside.iter().map(|part| part.to_str().unwrap()).filter(|part| *part != "mod").collect();
    format!("patver::{}", parts.join("::"))
}

/// The names that stand before `=` in the `statements!` blocks of a file.
fn declared(text: &str) -> Vec<String> {
    let blocks = text.split("statements! {\n").skip(1).map(|rest| rest.split("\n}").next().unwrap_or_default());
    let lines = blocks.flat_map(str::lines).map(str::trim);
    let names = lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    names
        .filter(|name| name.chars().all(|l| l.is_ascii_uppercase() || l.is_ascii_digit() || l == '_'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_statement_of_the_source_is_in_a_slice_or_a_report() {
    let mut files = Vec::new();
    rust_files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut files);
    let mut written = BTreeSet::new();
    for path in files {
        let names = declared(&std::fs::read_to_string(&path).unwrap());
        written.extend(names.into_iter().map(|name| format!("{}::{name}", module(&path))));
    }
    let reachable: BTreeSet<String> = statements().map(|statement| statement.name.to_owned()).collect();
    let lost: Vec<_> = written.difference(&reachable).collect();
    assert!(lost.is_empty(), "in no slice of BUSINESS and in no report: {lost:?}");
    assert!(written.len() > 10, "the source has {} statements", written.len());
    assert_eq!(reachable.difference(&written).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_list_of_the_source_is_in_a_slice() {
    let mut files = Vec::new();
    rust_files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut files);
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    let written: usize = texts.map(|text| text.matches(": List = List {").count()).sum();
    assert_eq!(lists().count(), written);
}
