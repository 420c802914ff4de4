//! The check of the business: a sound file has no difference, and whatever is changed behind the program's back is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::desk::{Desk, NOW};
use patver::base::date::Instant;
use patver::base::locale::Lang;
use patver::domain::{BUSINESS, check};
use patver::engine::clock::SetClock;
use patver::engine::db::Db;
use patver::engine::store::Store;
use patver::engine::ticket::Watch;
use serde_json::json;
use tempfile::TempDir;

/// A company with two paid orders, a payment taken back, an advance partly used, and two invoices, one of them void.
fn company() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("shop.patver");
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let mut desk = Desk::over(Store::create(&path, &BUSINESS, clock.clone()).unwrap(), clock);
    let customer = desk.customer("Անի");
    let lines = json!([
        {"text": "Ծրար", "quantity": "3", "price": "333.33"},
        {"text": "Թուղթ", "quantity": "1", "price": "1000", "discount_percent": "12.5"},
    ]);
    let place =
        |desk: &mut Desk| desk.run("place-order", json!({"counterparty": customer, "lines": lines}))["id"].clone();
    let (first, second) = (place(&mut desk), place(&mut desk));
    let tenders = json!([{"method": "card", "amount": "500"}, {"method": "cash", "amount": "5000"}]);
    desk.run("take-payment", json!({"order": first, "tenders": tenders}));
    let advance = json!({"counterparty": customer, "tenders": [{"method": "transfer", "amount": "800"}]});
    desk.run("take-payment", advance);
    desk.run("apply-advance", json!({"order": second, "amount": "300"}));
    let part = json!({"order": second, "tenders": [{"method": "card", "amount": "100"}]});
    let wrong = desk.run("take-payment", part)["id"].clone();
    desk.run("void-payment", json!({"payment": wrong, "reason": "Սխալ"}));
    let invoice = desk.run("issue-invoice", json!({"order": first}))["id"].clone();
    desk.run("void-invoice", json!({"invoice": invoice, "reason": "Սխալ"}));
    desk.run("issue-invoice", json!({"order": first}));
    desk.run("raise-series", json!({"name": "order", "next": 10}));
    place(&mut desk);
    desk.store.close().unwrap();
    (dir, path)
}

/// The keys of all differences, and their texts.
fn differences(path: &Path) -> Vec<(&'static str, String)> {
    let found = check::differences(&Db::open_reader(path).unwrap(), &Watch::default()).unwrap();
    found.iter().map(|error| (error.key(), error.message(Lang::EN))).collect()
}

#[test]
fn a_sound_company_has_no_difference() {
    let (_dir, path) = company();
    assert_eq!(differences(&path), []);
}

#[test]
fn whatever_is_changed_behind_the_program_is_named() {
    let (_dir, path) = company();
    let sound = std::fs::read(&path).unwrap();
    for (change, key, words) in [
        (
            "UPDATE orders SET net = net + 1, total = total + 1, debt = debt + 1 WHERE id = 1",
            "check.order_total",
            "000001",
        ),
        ("UPDATE orders SET net = net + 1, tax = tax - 1 WHERE id = 2", "check.order_tax", "000002"),
        ("UPDATE orders SET net = net + 1, tax = tax - 1 WHERE id = 2", "check.order_net", "000002"),
        ("UPDATE orders SET paid = 1, debt = total - 1 WHERE id = 2", "check.order_paid", "0.01"),
        ("UPDATE orders SET debt = 7 WHERE id = 2", "check.order_debt", "0.07"),
        (
            "UPDATE order_lines SET net = net + 1, tax = tax - 1 WHERE id = 1",
            "check.order_line",
            "Line 1 of order 000001",
        ),
        ("UPDATE order_lines SET quantity = 4000000 WHERE id = 1", "check.order_line", "Line 1 of order 000001"),
        ("DELETE FROM order_lines WHERE id = 2", "check.order_total", "000001"),
        (
            "UPDATE order_lines SET discount_percent = 0, discount_amount = 99999999 WHERE id = 2",
            "check.order_not_computable",
            "000001",
        ),
        ("UPDATE payments SET amount = amount + 1 WHERE id = 1", "check.payment_amount", "000001"),
        ("UPDATE payments SET received = received + 1 WHERE id = 1", "check.payment_received", "000001"),
        ("UPDATE payments SET change = change + 1 WHERE id = 1", "check.payment_change", "000001"),
        ("UPDATE payments SET rounding = rounding + 1 WHERE id = 1", "check.payment_rounding", "000001"),
        ("UPDATE allocations SET amount = 90000 WHERE payment_id = 2", "check.payment_used", "000002"),
        ("UPDATE payments SET voided = 0 WHERE id = 3", "check.payment_voided", "000003"),
        ("UPDATE payments SET kind = 'payment' WHERE id = 4", "check.payment_reverses_nothing", "000004"),
        ("UPDATE payments SET order_id = 1 WHERE id = 4", "check.payment_reversal", "000003"),
        ("UPDATE invoices SET content = content || ' ' WHERE id = 1", "check.invoice_content", "000001"),
        ("UPDATE invoices SET net = net + 1, total = total + 1 WHERE id = 2", "check.invoice_row", "000002"),
        ("UPDATE invoices SET order_id = 2 WHERE id = 1", "check.invoice_row", "000001"),
        ("UPDATE series SET next = 4 WHERE name = 'invoice'", "check.number_missing", "Invoice 3 is missing"),
        ("UPDATE series SET next = 2 WHERE name = 'invoice'", "check.number_twice", "Invoice 2 was given twice"),
        ("UPDATE orders SET number = 5 WHERE id = 2", "check.number_missing", "Order 2 is missing"),
        ("DROP INDEX invoices_order; UPDATE invoices SET voided = 0 WHERE id = 1", "check.invoice_twice", "000001"),
    ] {
        std::fs::write(&path, &sound).unwrap();
        let raw = rusqlite::Connection::open(&path).unwrap();
        let index: String =
            raw.query_row("SELECT sql FROM sqlite_schema WHERE name = 'invoices_order'", [], |row| row.get(0)).unwrap();
        raw.execute_batch(&format!("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; {change}"))
            .unwrap();
        if change.starts_with("DROP") {
            // The index cannot hold both; the schema names it all the same.
            let under = index.replace("UNIQUE INDEX", "INDEX");
            raw.execute_batch(&format!("{under}; PRAGMA writable_schema = ON;")).unwrap();
            raw.execute("UPDATE sqlite_schema SET sql = ?1 WHERE name = 'invoices_order'", [&index]).unwrap();
        }
        raw.close().unwrap();
        let found = differences(&path);
        let hit = found.iter().any(|(found, text)| *found == key && text.contains(words));
        assert!(hit, "{change}: {found:?}");
    }
}
