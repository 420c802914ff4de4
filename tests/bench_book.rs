//! The file that is measured: made in bulk, it holds byte for byte what single durable commands would have left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::path::Path;
use std::sync::Arc;

use patver::base::date::{Date, Instant};
use patver::base::locale::Lang;
use patver::bench::book::{self, Plan};
use patver::domain::{BUSINESS, check as business};
use patver::engine::check as file;
use patver::engine::clock::SetClock;
use patver::engine::db::Db;
use patver::engine::store::Store;
use patver::engine::ticket::Watch;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;
use support::Shop;

fn plan(orders: u64) -> Plan {
    Plan { orders, today: Date::parse("2026-11-24").unwrap() }
}

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(Instant::from_millis(0)))
}

fn founded(path: &Path, plan: &Plan) {
    let clock = clock();
    let mut store = Store::create(path, &BUSINESS, clock.clone()).unwrap();
    book::found(&mut store, &clock, plan).unwrap();
    store.close().unwrap();
}

fn filled(path: &Path, plan: &Plan) {
    let clock = clock();
    let mut store = Store::open(path, &BUSINESS, clock.clone()).unwrap();
    book::fill(&mut store, &clock, plan, &Watch::default()).unwrap();
    store.close().unwrap();
}

/// Every row of every table, but what the search tables keep inside.
fn rows(path: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let file = Connection::open(path).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_search%' ORDER BY name";
    let mut names = file.prepare(sql).unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let all = |name: &String| {
        let order = if name == "journal_rows" { "1, 2, 3" } else { "1" };
        let mut found = file.prepare(&format!("SELECT * FROM {name} ORDER BY {order}")).unwrap();
        let width = found.column_count();
        let rows = found.query_map([], |row| (0..width).map(|at| row.get::<_, Value>(at)).collect());
        rows.unwrap().map(Result::unwrap).collect()
    };
    names.iter().map(|name| (name.clone(), all(name))).collect()
}

#[test]
fn what_is_made_in_bulk_is_byte_for_byte_what_the_commands_write_one_by_one() {
    let dir = tempfile::tempdir().unwrap();
    let (bulk, single) = (dir.path().join("bulk.patver"), dir.path().join("single.patver"));
    let plan = plan(300);
    founded(&bulk, &plan);
    std::fs::copy(&bulk, &single).unwrap();
    filled(&bulk, &plan);
    let clock = clock();
    let mut store = Store::open(&single, &BUSINESS, clock.clone()).unwrap();
    book::write(&mut store, &clock, &plan, &Watch::default()).unwrap();
    store.close().unwrap();
    for ((name, left), (_, right)) in rows(&bulk).into_iter().zip(rows(&single)) {
        assert_eq!(left.len(), right.len(), "{name}");
        assert!(left == right, "{name} differs");
        let wide = ["journal", "journal_rows", "orders", "order_lines", "payments", "payment_tenders", "allocations"];
        assert!(!wide.contains(&name.as_str()) || left.len() > 100, "{name} is nearly empty");
    }
}

#[test]
fn it_is_sound_and_has_what_it_promises() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bench.patver");
    let plan = plan(1_200);
    founded(&path, &plan);
    filled(&path, &plan);
    let db = Db::open_reader(&path).unwrap();
    let mut found = file::findings(&db, &BUSINESS, &Watch::default()).unwrap();
    found.extend(business::differences(&db, &Watch::default()).unwrap());
    let told: Vec<String> = found.iter().map(|error| error.message(Lang::EN)).collect();
    assert_eq!(told, Vec::<String>::new());
    let file = Connection::open(&path).unwrap();
    let count = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM orders"), 1_200);
    assert_eq!(count("SELECT COUNT(*) FROM order_lines"), 4_200);
    assert_eq!(count("SELECT COUNT(*) FROM counterparties WHERE walk_in = 0"), 120);
    assert_eq!(count("SELECT COUNT(*) FROM items"), 240);
    assert!(count("SELECT COUNT(DISTINCT state) FROM orders") == 6);
    assert!(count("SELECT COUNT(DISTINCT currency) FROM orders") == 2);
    assert!(count("SELECT COUNT(*) FROM orders WHERE debt <> 0") > 50);
    assert!(count("SELECT COUNT(DISTINCT substr(date, 1, 4)) FROM orders") >= 8);
}

#[test]
fn the_command_line_prints_a_line_for_each_figure_and_keeps_the_file() {
    let shop = Shop::without_company();
    let ran = shop.patver(&["bench", "--orders", "60", "--keep", shop.file.to_str().unwrap()]).done();
    let lines = ran.objects();
    let line = |what: &str| lines.iter().find(|line| line["what"] == what).unwrap_or_else(|| panic!("{what}"));
    for what in ["place-order", "take-payment"] {
        assert!(line(what)["ratio"].as_str().unwrap().parse::<f64>().unwrap() > 0.0, "{what}");
    }
    for what in [
        "make-file",
        "frame-scrolling",
        "orders-first-page",
        "orders-next-page -debt",
        "orders-totals mix",
        "orders-groups customer",
        "search items barcode",
    ] {
        let figure = line(what);
        assert!(figure["n"].as_u64().unwrap() > 0 && figure["unit"] == "us", "{figure}");
        assert!(figure["p50"].as_u64().unwrap() <= figure["max"].as_u64().unwrap(), "{figure}");
    }
    let text = |field: &str| line("sign-in")[field].as_str().unwrap().to_owned();
    let shop = Shop { user: text("login"), password: text("password"), ..shop };
    shop.call(&["check"]).done();
    assert_eq!(shop.query("orders", json!({"limit": 500})).len(), 60);
}
