//! The daily sheet: what a day came to, and the code by which the sheet proves the journal later.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use crate::desk::{Desk, NOW};
use crate::forms_shop::{Shop, scanned, text_of};
use crate::forms_support::words;
use patver::base::date::Instant;
use patver::domain::BUSINESS;
use patver::domain::day::differences_from_sheet;
use patver::engine::clock::SetClock;
use patver::engine::store::Store;
use patver::engine::ticket::Watch;
use patver::forms::{self, Request};
use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

const DAY: i64 = 24 * 3_600_000;

fn day(desk: &Desk, date: &str) -> Json {
    desk.query("day", json!({"date": date})).remove(0)
}

/// What speaks against a code.
fn against(desk: &Desk, code: &str) -> Vec<String> {
    let view = desk.store.view(&desk.owner).unwrap();
    let found = differences_from_sheet(&view, code, &Watch::default()).unwrap();
    found.iter().map(|error| error.key().to_owned()).collect()
}

fn shop_at(path: &Path) -> (Shop, Arc<SetClock>) {
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let store = Store::create(path, &BUSINESS, clock.clone()).unwrap();
    (Shop::at(Desk::over(store, clock.clone())), clock)
}

#[test]
fn the_sheet_tells_orders_invoices_and_money_of_its_day_and_a_scanner_reads_its_code() {
    let mut shop = Shop::new();
    shop.invoice();
    let paid = shop.pay(json!([{"method": "cash", "amount": "200000"}, {"method": "card", "amount": "100000"}]));
    let other = json!({"lines": [{"text": "Ծրար", "quantity": "2", "price": "50"}]});
    let other = shop.desk.run("place-order", other)["id"].clone();
    let small = json!({"order": other, "tenders": [{"method": "cash", "amount": "500"}]});
    let small = shop.desk.run("take-payment", small)["id"].clone();
    shop.desk.run("void-payment", json!({"payment": small, "reason": "Սխալ"}));
    let today = day(&shop.desk, "2026-03-02");
    assert_eq!(today["orders"], json!([{"currency": "AMD", "count": 2, "total": "299250.50"}]));
    assert_eq!(today["invoices"], json!([{"currency": "AMD", "count": 1, "total": "299150.50"}]));
    let cash = &today["payments"][0];
    let of = |amounts: &Json, name: &str| amounts[name].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let drawer = of(cash, "came_in") + of(cash, "went_out");
    assert_eq!(drawer, 20_000_000 - of(&paid, "change"), "what was voided is back with the customer, as is the change");
    assert_eq!((&cash["method"], &cash["went_out"]), (&json!("cash"), &json!("-100.00")));
    assert_eq!(
        (&today["payments"][1]["method"], &today["payments"][1]["came_in"]),
        (&json!("card"), &json!("100000.00"))
    );
    let dir = tempfile::tempdir().unwrap();
    let text = text_of(&shop.fill("daily-sheet", json!({"date": "2026-03-02"})), dir.path());
    let code = today["root"].as_str().unwrap();
    for wanted in ["Օրվա թերթիկ", "299\u{a0}250,50\u{a0}֏", "299\u{a0}150,50\u{a0}֏", "100\u{a0}000\u{a0}֏", code]
    {
        assert!(text.contains(&words(wanted)), "{wanted:?} in: {text}");
    }
    assert!(against(&shop.desk, &scanned(dir.path())).is_empty(), "{}", scanned(dir.path()));
}

#[test]
fn a_day_begins_and_ends_by_the_company_s_clock_and_may_have_had_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut shop, clock) = shop_at(&folder.path().join("shop.patver"));
    let first = day(&shop.desk, "2026-03-02");
    clock.set(Instant::from_millis(NOW + 3 * DAY));
    shop.pay(json!([{"method": "card", "amount": "1000"}]));
    assert_eq!(day(&shop.desk, "2026-03-02"), first, "a day that is over stays as it is");
    let quiet = day(&shop.desk, "2026-03-03");
    assert_eq!((&quiet["entries"], &quiet["root"]), (&json!(0), &first["root"]));
    assert_eq!(day(&shop.desk, "2026-03-05")["entries"], 1);
    assert_eq!(day(&shop.desk, "2026-02-01")["root"], "");
}

#[test]
fn an_altered_journal_is_found_from_the_printed_code_even_when_the_whole_chain_was_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.patver");
    let (mut shop, _) = shop_at(&path);
    let printed = day(&shop.desk, "2026-03-02")["root"].as_str().unwrap().to_owned();
    shop.pay(json!([{"method": "card", "amount": "1000"}]));
    assert!(against(&shop.desk, &printed).is_empty(), "what comes later changes no earlier code");
    let file = Connection::open(&path).unwrap();
    file.execute("UPDATE journal SET user_id = 7 WHERE seq = 2", []).unwrap();
    let found = against(&shop.desk, &printed);
    assert!(found.iter().any(|key| key == "error.check.entry_changed"), "{found:?}");
    chain_anew(&file);
    assert_eq!(against(&shop.desk, &printed), ["error.day.differs"]);
    file.execute_batch("DELETE FROM journal_rows WHERE seq > 1; DELETE FROM journal WHERE seq > 1").unwrap();
    assert!(against(&shop.desk, &printed).contains(&"error.day.differs".to_owned()), "the entry is gone");
}

/// Runs the program's own check; its exit code and what it printed.
fn checked(file: &Path, code: Option<&str>) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_patver"));
    program.args(["check", "--lang", "en", "--file"]).arg(file);
    let output = program.args(code.map(|code| ["--code", code]).iter().flatten()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_check_with_the_code_of_a_sheet_names_the_altered_journal_that_a_check_alone_cannot_see() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.patver");
    let (shop, _) = shop_at(&path);
    let printed = day(&shop.desk, "2026-03-02")["root"].as_str().unwrap().to_owned();
    drop(shop);
    assert_eq!(checked(&path, Some(&printed)), (Some(0), String::new()));
    let file = Connection::open(&path).unwrap();
    file.execute("UPDATE journal SET user_id = 7 WHERE seq = 2", []).unwrap();
    chain_anew(&file);
    drop(file);
    assert_eq!(checked(&path, None), (Some(0), String::new()), "every entry follows from the one before it");
    let seq = printed.split('-').next().unwrap();
    let named = format!("The journal up to entry {seq} is not the one the daily sheet was printed from\n");
    assert_eq!(checked(&path, Some(&printed)), (Some(3), named));
    assert_eq!(checked(&path, Some("12")), (Some(1), String::new()), "what is no code is refused");
}

#[test]
fn what_is_no_code_is_refused_at_its_field() {
    let shop = Shop::new();
    let view = shop.desk.store.view(&shop.desk.owner).unwrap();
    for typed in ["", "12", "1-AAAAA-BBBBB-CCCCC-DDDD"] {
        let error = differences_from_sheet(&view, typed, &Watch::default()).unwrap_err();
        assert_eq!((error.key(), error.field()), ("error.day.code", Some("code")), "{typed}");
    }
}

/// What somebody would do who knows how the chain is made: every hash from the first entry on, written anew.
fn chain_anew(file: &Connection) {
    let mut previous: Vec<u8> = Vec::new();
    let count: i64 = file.query_row("SELECT MAX(seq) FROM journal", [], |row| row.get(0)).unwrap();
    for seq in 1..=count {
        let mut hasher = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(b"patver journal 1");
        part(&previous);
        let entry =
            "SELECT seq, at, user_id, batch_id, command, arguments, command_id, result FROM journal WHERE seq = ?1";
        file.query_row(entry, [seq], |row| {
            for column in 0..4 {
                part(&row.get::<_, i64>(column)?.to_le_bytes());
            }
            part(row.get::<_, String>(4)?.as_bytes());
            part(&row.get::<_, Vec<u8>>(5)?);
            part(&row.get::<_, Option<Vec<u8>>>(6)?.unwrap_or_default());
            part(row.get::<_, String>(7)?.as_bytes());
            Ok(())
        })
        .unwrap();
        let rows = "SELECT table_code, row_id, kind, diff, digest FROM journal_rows WHERE seq = ?1 ORDER BY 1, 2";
        let mut prepared = file.prepare(rows).unwrap();
        let mut rows = prepared.query([seq]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..3 {
                part(&row.get::<_, i64>(column).unwrap().to_le_bytes());
            }
            part(&row.get::<_, Vec<u8>>(3).unwrap());
            part(&row.get::<_, Vec<u8>>(4).unwrap());
        }
        previous = hasher.finalize().to_vec();
        file.execute("UPDATE journal SET hash = ?2 WHERE seq = ?1", params![seq, previous]).unwrap();
    }
}

#[test]
fn a_day_that_has_not_come_has_no_sheet() {
    let shop = Shop::new();
    let form =
        |date: &str| Request { form: "daily-sheet".to_owned(), keys: json!({"date": date}), ..Request::default() };
    let view = shop.desk.store.view(&shop.desk.owner).unwrap();
    let error = forms::fill(&view, &form("2026-03-03")).unwrap_err();
    assert_eq!((error.key(), error.field()), ("error.day.not_come", Some("date")));
    forms::fill(&view, &form("2026-03-02")).unwrap();
}
