//! What comes back of an order: never more than was sold, and as it was sold, whoever registers or edits the return.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use crate::orders::with;
use serde_json::{Value as Json, json};

/// An order of three pieces of an item with ten percent off, and of words alone.
fn order(desk: &mut Desk) -> Json {
    let item = desk.run("save-item", json!({"name": "Աթոռ", "price": "1500"}));
    let lines = json!([
        {"item": item["id"], "quantity": "3", "discount_percent": "10"},
        {"text": "Առաքում", "quantity": "1", "price": "500"},
    ]);
    desk.run("place-order", json!({"lines": lines}))["id"].clone()
}

fn seen(desk: &Desk, id: &Json) -> Json {
    desk.query("order", json!({"id": id}))[0].clone()
}

fn back(more: Json) -> Json {
    with(json!({"kind": "return"}), more)
}

#[test]
fn a_return_that_names_an_order_or_a_line_brings_back_no_more_than_was_sold() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let line = |quantity: &str| json!([{"item": 1, "quantity": quantity, "original_line": 1}]);
    let unnamed = |quantity: &str| json!([{"item": 1, "quantity": quantity}]);
    for lines in [line("100"), line("4"), line("0"), unnamed("4")] {
        let much = desk.error("place-order", back(json!({"original": order, "lines": lines})));
        assert_eq!((much.key(), much.field()), ("error.order.return_too_much", Some("lines[0].quantity")), "{lines}");
    }
    assert_eq!(desk.fails("place-order", back(json!({"lines": line("4")}))), "error.order.return_too_much");
    assert_eq!(desk.run("place-order", back(json!({"lines": line("1")})))["total"], "-1350.00");
    assert_eq!(desk.run("place-order", back(json!({"original": order, "lines": unnamed("1")})))["total"], "-1350.00");
    assert_eq!(desk.fails("place-order", back(json!({"lines": line("2")}))), "error.order.return_too_much");
    let rest = desk.run("return-order", json!({"order": order}));
    assert_eq!(rest["total"], "-1850.00");
    assert_eq!(desk.fails("place-order", back(json!({"lines": line("1")}))), "error.order.returned_whole");
}

#[test]
fn a_return_comes_back_as_it_was_sold_and_to_whom() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let other = desk.run("save-item", json!({"name": "Սեղան", "price": "9000"}))["id"].clone();
    let ani = desk.customer("Անի");
    let line = json!({"original_line": 1, "quantity": "1"});
    for (more, field) in [
        (json!({"item": other}), "item"),
        (json!({"price": "2000"}), "price"),
        (json!({"discount_percent": "0"}), "discount_percent"),
        (json!({"discount_amount": "1"}), "discount_amount"),
        (json!({"tax_rate": "none-such"}), "tax_rate"),
        (json!({"unit": "kg"}), "unit"),
        (json!({"corrected": "1", "correction_reason": "x"}), "corrected"),
    ] {
        let error = desk.error("place-order", back(json!({"lines": [with(line.clone(), more)]})));
        assert_eq!((error.key(), error.field()), ("error.order.return_as_sold", Some(&*format!("lines[0].{field}"))));
    }
    for (field, value) in [("counterparty", json!(ani)), ("prices_include_tax", json!(false))] {
        let error = desk.error("place-order", with(back(json!({"lines": [line.clone()]})), json!({field: value})));
        assert_eq!((error.key(), error.field()), ("error.order.return_head", Some(field)));
    }
    let twice = desk.fails("place-order", back(json!({"lines": [line.clone(), line.clone()]})));
    assert_eq!(twice, "error.order.line_returned_twice");
    let strange = json!([{"item": other, "quantity": "1"}]);
    let strange = desk.fails("place-order", back(json!({"original": order, "lines": strange})));
    assert_eq!(strange, "error.order.line_of_another");
    let of_order = desk.fails("place-order", json!({"lines": [with(line.clone(), json!({"item": 1}))]}));
    assert_eq!(of_order, "error.order.original_only_for_returns");
}

#[test]
fn only_from_a_registered_order_something_comes_back() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let returned = desk.run("return-order", json!({"order": order}))["id"].clone();
    let lines = json!([{"item": 1, "quantity": "1"}]);
    let draft = desk.run("place-order", json!({"status": "draft", "lines": lines}))["id"].clone();
    for original in [returned, draft] {
        let error = desk.error("place-order", back(json!({"original": original, "lines": lines})));
        assert_eq!((error.key(), error.field()), ("error.order.not_returnable", Some("original")));
    }
}

#[test]
fn an_edit_of_a_return_keeps_its_links_and_brings_back_no_more_either() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let returned = desk.run("return-order", json!({"order": order}))["id"].clone();
    let edit = |version: i64, quantity: &str| {
        let lines = json!([{"item": 1, "quantity": quantity}]);
        json!({"order": returned, "version": version, "lines": lines})
    };
    let much = desk.error("edit-order", edit(1, "4"));
    assert_eq!((much.key(), much.field()), ("error.order.return_too_much", Some("lines[0].quantity")));
    desk.run("edit-order", edit(1, "3"));
    assert_eq!(seen(&desk, &returned)["total"], "-4050.00");
    let ani = desk.customer("Անի");
    let customer = desk.error("edit-order", json!({"order": returned, "version": 2, "counterparty": ani}));
    assert_eq!((customer.key(), customer.field()), ("error.order.return_head", Some("counterparty")));
    assert_eq!(desk.run("return-order", json!({"order": order}))["total"], "-500.00");
    assert_eq!(desk.fails("return-order", json!({"order": order})), "error.order.nothing_to_return");
    desk.run("edit-order", edit(2, "1"));
    assert_eq!(desk.run("return-order", json!({"order": order}))["total"], "-2700.00");
    assert_eq!(desk.fails("edit-order", edit(3, "2")), "error.order.return_too_much");
    assert_eq!(desk.fails("undo", json!({"seq": desk.last_seq() - 1})), "error.order.came_back");
}
