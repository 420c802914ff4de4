//! What an order keeps while something else stands on it: returns, payments, dates.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::domain::BUSINESS;
use patver::engine::logical::logical_hash;
use serde_json::{Value as Json, json};

fn lines() -> Json {
    json!([
        {"text": "Ծրար", "quantity": "3", "price": "500", "discount_percent": "10"},
        {"text": "Թուղթ", "quantity": "2", "price": "1000"},
    ])
}

/// An order of March 1 with two lines, of the first of which one has come back on March 2.
fn sold_and_returned(desk: &mut Desk) -> (Json, Json) {
    let order = desk.run("place-order", json!({"lines": lines(), "date": "2026-03-01"}))["id"].clone();
    let line = desk.query("order", json!({"id": order}))[0]["lines"][0]["id"].clone();
    let back = desk.run("return-order", json!({"order": order, "lines": [{"line": line, "quantity": "1"}]}));
    (order, back)
}

fn edit(order: &Json, (field, value): (&str, Json)) -> Json {
    let mut wish = json!({"order": order, "version": 1});
    wish[field] = value;
    wish
}

#[test]
fn a_line_that_has_come_back_keeps_what_was_agreed_until_the_return_is_cancelled() {
    let mut desk = Desk::new();
    let (order, back) = sold_and_returned(&mut desk);
    let changes = [
        ("price", json!("400"), "lines[0].price"),
        ("discount_percent", json!("50"), "lines[0].discount_percent"),
        ("tax_rate", json!(""), "lines[0].tax_rate"),
        ("unit", json!("kg"), "lines[0].unit"),
        ("text", json!("Այլ"), "lines[0].item"),
    ];
    for (field, value, at) in changes {
        let mut changed = lines();
        changed[0][field] = value;
        let error = desk.error("edit-order", edit(&order, ("lines", changed)));
        assert_eq!((error.key(), error.field()), ("error.order.line_came_back", Some(at)), "{field}");
        assert!(error.to_string().contains(back["number"].as_str().unwrap()), "{error}");
    }
    let mut more = lines();
    more[0]["quantity"] = json!("4");
    more[1]["price"] = json!("900");
    desk.run("edit-order", edit(&order, ("lines", more)));
    desk.run("cancel-order", json!({"order": back["id"], "reason": "Սխալ"}));
    let mut wish = edit(&order, ("lines", lines()));
    wish["version"] = json!(2);
    wish["lines"][0]["price"] = json!("400");
    desk.run("edit-order", wish);
}

#[test]
fn a_line_that_has_come_back_is_not_removed_but_may_move_where_one_above_it_is() {
    let mut desk = Desk::new();
    let order = desk.run("place-order", json!({"lines": lines()}))["id"].clone();
    let line = desk.query("order", json!({"id": order}))[0]["lines"][1]["id"].clone();
    desk.run("return-order", json!({"order": order, "lines": [{"line": line}]}));
    let error = desk.error("edit-order", edit(&order, ("lines", json!([lines()[0]]))));
    assert_eq!((error.key(), error.field()), ("error.order.line_came_back", Some("lines")));
    let before = logical_hash(desk.store.db(), &BUSINESS).unwrap();
    desk.run("edit-order", edit(&order, ("lines", json!([lines()[1]]))));
    let seen = desk.query("order", json!({"id": order}))[0]["lines"].clone();
    assert_eq!((seen.as_array().unwrap().len(), &seen[0]["id"]), (1, &line));
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(logical_hash(desk.store.db(), &BUSINESS).unwrap(), before);
    let mut turned = edit(&order, ("lines", json!([lines()[1], lines()[0]])));
    turned["version"] = desk.query("order", json!({"id": order}))[0]["version"].clone();
    desk.run("edit-order", turned);
    assert_eq!(desk.query("order", json!({"id": order}))[0]["lines"][0]["id"], line);
}

#[test]
fn an_order_keeps_its_head_while_a_return_has_the_same() {
    let mut desk = Desk::new();
    let (order, _) = sold_and_returned(&mut desk);
    let other = desk.customer("Անի");
    for wish in [("counterparty", json!(other)), ("prices_include_tax", json!(false)), ("rounding", json!("document"))]
    {
        let field = wish.0;
        let error = desk.error("edit-order", edit(&order, wish));
        assert_eq!((error.key(), error.field()), ("error.order.head_came_back", Some(field)));
    }
}

#[test]
fn an_order_is_not_cancelled_while_a_return_of_it_stands() {
    let mut desk = Desk::new();
    let (order, back) = sold_and_returned(&mut desk);
    let cancel = |id: &Json| json!({"order": id, "reason": "Սխալ"});
    let error = desk.error("cancel-order", cancel(&order));
    assert_eq!(error.key(), "error.order.cancel_returned");
    assert!(error.to_string().contains(back["number"].as_str().unwrap()), "{error}");
    desk.run("cancel-order", cancel(&back["id"]));
    let cancelled = desk.last_seq();
    desk.run("cancel-order", cancel(&order));
    assert_eq!(desk.fails("undo", json!({"seq": cancelled})), "error.order.not_returnable", "its original is gone");
}

#[test]
fn a_change_is_not_taken_back_over_a_return_that_repeats_it() {
    let mut desk = Desk::new();
    let order = desk.run("place-order", json!({"lines": lines()}))["id"].clone();
    let mut cheaper = lines();
    cheaper[0]["price"] = json!("400");
    desk.run("edit-order", edit(&order, ("lines", cheaper)));
    let edited = desk.last_seq();
    desk.run("return-order", json!({"order": order}));
    assert_eq!(desk.fails("undo", json!({"seq": edited})), "error.order.line_came_back");
}

#[test]
fn an_order_is_not_dated_after_its_payment_or_its_return() {
    let mut desk = Desk::new();
    let (order, back) = sold_and_returned(&mut desk);
    let error = desk.error("edit-order", edit(&order, ("date", json!("2026-03-03"))));
    assert_eq!((error.key(), error.field()), ("error.order.date_after_return", Some("date")));
    desk.run("edit-order", edit(&order, ("date", json!("2026-03-02"))));
    let error = desk.error("edit-order", edit(&back["id"], ("date", json!("2026-03-01"))));
    assert_eq!((error.key(), error.field()), ("error.order.return_before_order", Some("date")));
    let paid = desk.run("place-order", json!({"lines": lines(), "date": "2026-02-10"}))["id"].clone();
    let tenders = json!([{"method": "card", "amount": "100"}]);
    let payment = desk.run("take-payment", json!({"order": paid, "date": "2026-02-12", "tenders": tenders}));
    let mut later = edit(&paid, ("date", json!("2026-02-13")));
    later["version"] = json!(2);
    let error = desk.error("edit-order", later);
    assert_eq!((error.key(), error.field()), ("error.order.date_after_payment", Some("date")));
    assert!(error.to_string().contains(payment["number"].as_str().unwrap()), "{error}");
}

#[test]
fn a_return_is_not_dated_before_what_it_brings_back() {
    let mut desk = Desk::new();
    let order = desk.run("place-order", json!({"lines": lines(), "date": "2026-03-01"}))["id"].clone();
    let early = json!({"order": order, "date": "2026-02-28"});
    let error = desk.error("return-order", early);
    assert_eq!((error.key(), error.field()), ("error.order.return_before_order", Some("date")));
    let placed = json!({"kind": "return", "original": order, "date": "2026-02-28",
        "lines": [{"text": "Ծրար", "quantity": "1"}]});
    let error = desk.error("place-order", placed);
    assert_eq!((error.key(), error.field()), ("error.order.return_before_order", Some("date")));
}

#[test]
fn a_line_is_not_corrected_below_zero() {
    let mut desk = Desk::new();
    let line =
        json!([{"text": "Ծրար", "quantity": "1", "price": "500", "corrected": "-0.01", "correction_reason": "x"}]);
    let error = desk.error("place-order", json!({"lines": line}));
    assert_eq!((error.key(), error.field()), ("error.order.corrected_negative", Some("lines[0].corrected")));
}

#[test]
fn the_number_of_a_fiscal_receipt_is_a_short_line_of_what_a_device_prints() {
    let mut desk = Desk::new();
    let order = desk.run("place-order", json!({"lines": lines()}))["id"].clone();
    let invoice = desk.run("issue-invoice", json!({"order": order}))["id"].clone();
    let number = |number: &str| json!({"invoice": invoice, "fiscal_number": number});
    for (typed, key) in [
        (&*"7".repeat(33), "error.text_too_long"),
        ("17\n18", "error.control_character"),
        ("17\t18", "error.control_character"),
        ("17😀", "error.invoice.fiscal_letter"),
        ("17<b>", "error.invoice.fiscal_letter"),
    ] {
        let error = desk.error("set-fiscal-number", number(typed));
        assert_eq!((error.key(), error.field()), (key, Some("fiscal_number")), "{typed}");
    }
    desk.run("set-fiscal-number", number(" № 00017-AB/2026\n"));
}

#[test]
fn a_fiscal_receipt_is_not_noted_twice_nor_changed_unasked_nor_on_a_voided_invoice() {
    let mut desk = Desk::new();
    let mut invoice = || {
        let order = desk.run("place-order", json!({"lines": lines()}))["id"].clone();
        desk.run("issue-invoice", json!({"order": order}))["id"].clone()
    };
    let (first, second) = (invoice(), invoice());
    let note = |invoice: &Json, number: &str| json!({"invoice": invoice, "fiscal_number": number});
    desk.run("set-fiscal-number", note(&first, "17"));
    desk.run("set-fiscal-number", note(&first, "17"));
    for (arguments, key) in [
        (note(&second, "17"), "error.invoice.fiscal_twin"),
        (note(&first, "18"), "error.invoice.fiscal_changed"),
        (note(&first, ""), "error.invoice.fiscal_changed"),
    ] {
        let error = desk.error("set-fiscal-number", arguments.clone());
        let seen = (error.kind(), error.key(), error.field());
        assert_eq!(seen, ("needs-confirmation", key, Some("fiscal_number")), "{arguments}");
        desk.run_confirmed("set-fiscal-number", arguments);
    }
    desk.run("void-invoice", json!({"invoice": first, "reason": "Սխալ"}));
    let error = desk.error("set-fiscal-number", note(&first, "19"));
    assert_eq!((error.key(), error.field()), ("error.invoice.fiscal_voided", Some("invoice")));
}

#[test]
fn every_state_keeps_a_status_that_is_offered() {
    let mut desk = Desk::new();
    let ready = |desk: &Desk| {
        desk.query("statuses", json!({})).into_iter().filter(|row| row["state"] == "ready").collect::<Vec<_>>()
    };
    let shipped = ready(&desk).remove(0);
    let remove = |row: &Json| json!({"id": row["id"], "version": row["version"]});
    assert_eq!(desk.fails("remove-status", remove(&shipped)), "error.status_last");
    let error = desk.error("save-status", crate::orders::with(remove(&shipped), json!({"active": false})));
    assert_eq!((error.key(), error.field()), ("error.status_last", Some("active")));
    desk.run("save-status", json!({"name": "Փաթեթավորված", "state": "ready"}));
    let added = desk.last_seq();
    desk.run("remove-status", remove(&shipped));
    assert_eq!(desk.fails("undo", json!({"seq": added})), "error.status_last");
}
