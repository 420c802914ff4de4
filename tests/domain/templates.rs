//! Templates of orders: what they keep, at which prices orders begin with them, and what becomes of what is gone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

fn id(answer: &Json) -> i64 {
    answer["id"].as_i64().unwrap()
}

fn item(desk: &mut Desk, name: &str, price: &str) -> i64 {
    id(&desk.run("save-item", json!({"name": name, "price": price})))
}

/// A chair over 100 and a table over 500, in an order for Ani of two chairs less 5 % and a table at an agreed price.
fn shop() -> (Desk, i64) {
    let mut desk = Desk::new();
    let (chair, table) = (item(&mut desk, "Chair", "100"), item(&mut desk, "Table", "500"));
    let ani = desk.customer("Ani");
    desk.run("save-field", json!({"record": "order", "name": "Vehicle", "code": "vehicle"}));
    let lines = json!([
        {"item": chair, "quantity": "2", "discount_percent": "5"},
        {"item": table, "quantity": "1", "price": "450"},
        {"text": "Advice", "quantity": "1", "price": "30"},
    ]);
    let order = json!({"counterparty": ani, "lines": lines, "note": "Ring first", "priority": 3, "due": "2026-11-30",
        "reference": "A-1", "fields": {"vehicle": "34 AB 123"}});
    let order = id(&desk.run("place-order", order));
    (desk, order)
}

fn template(desk: &Desk, template: i64) -> Json {
    desk.query("template", json!({"id": template})).remove(0)
}

/// Code or words, quantity, price and discount of each line.
fn lines(order: &Json) -> Vec<[String; 4]> {
    let text = |line: &Json, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let lines = order["lines"].as_array().unwrap().iter();
    lines.map(|line| ["text", "quantity", "price", "discount_percent"].map(|name| text(line, name))).collect()
}

fn placed(desk: &Desk, order: &Json) -> Json {
    desk.query("order", json!({"id": order["id"]})).remove(0)
}

#[test]
fn an_order_begins_with_a_template_at_the_prices_of_that_day_and_keeps_what_was_agreed() {
    let (mut desk, order) = shop();
    let kept = id(&desk.run("save-template", json!({"name": "Dining", "order": order})));
    desk.run("save-item", json!({"id": 1, "version": 1, "price": "120"}));
    desk.run("save-item", json!({"id": 2, "version": 1, "price": "600"}));
    let begun = desk.run("place-order", json!({"template": kept}));
    let begun = placed(&desk, &begun);
    let wanted = [["Chair", "2", "120", "5"], ["Table", "1", "450", "0"], ["Advice", "1", "30", "0"]];
    assert_eq!(lines(&begun), wanted.map(|line| line.map(str::to_owned)));
    assert_eq!(
        (&begun["counterparty_name"], &begun["note"], &begun["priority"]),
        (&json!("Ani"), &json!("Ring first"), &json!(3))
    );
    assert_eq!(begun["fields"], json!({"vehicle": "34 AB 123"}));
    assert_eq!((&begun["due"], &begun["reference"], &begun["date"]), (&json!(""), &json!(""), &json!(desk.today())));
}

#[test]
fn a_price_that_was_the_items_own_when_the_order_was_placed_is_not_taken_for_an_agreed_one() {
    let (mut desk, order) = shop();
    desk.run("save-item", json!({"id": 1, "version": 1, "price": "120"}));
    let kept = id(&desk.run("save-template", json!({"name": "Dining", "order": order})));
    assert_eq!(lines(&template(&desk, kept))[0], ["Chair", "2", "120", "5"]);
    assert_eq!(lines(&template(&desk, kept))[1][2], "450");
}

#[test]
fn what_is_said_with_the_order_goes_before_what_the_template_says() {
    let (mut desk, order) = shop();
    let kept = id(&desk.run("save-template", json!({"name": "Dining", "order": order})));
    let other = desk.customer("Ben");
    let said = json!({"template": kept, "counterparty": other, "note": "Quick", "fields": {"vehicle": "77"}});
    let begun = desk.run("place-order", said);
    let begun = placed(&desk, &begun);
    assert_eq!((&begun["counterparty"], &begun["note"]), (&json!(other), &json!("Quick")));
    assert_eq!((begun["fields"]["vehicle"].clone(), lines(&begun).len()), (json!("77"), 3));
}

#[test]
fn an_item_that_is_no_longer_offered_is_named_at_its_line_and_the_rest_stays() {
    let (mut desk, order) = shop();
    let kept = id(&desk.run("save-template", json!({"name": "Dining", "order": order})));
    desk.run("save-item", json!({"id": 2, "version": 1, "active": false}));
    let told = template(&desk, kept);
    let offered: Vec<&Json> = told["lines"].as_array().unwrap().iter().map(|line| &line["offered"]).collect();
    assert_eq!(offered, [&json!(true), &json!(false), &json!(true)]);
    assert_eq!(lines(&told)[1][0], "Table");
    let error = desk.error("place-order", json!({"template": kept}));
    assert_eq!((error.key(), error.field()), ("error.order.item_inactive", Some("lines[1].item")));
}

#[test]
fn a_template_keeps_the_item_it_holds_from_being_removed() {
    let mut desk = Desk::new();
    let chair = item(&mut desk, "Chair", "100");
    let lines = json!([{"item": chair, "quantity": "2"}]);
    desk.run("save-template", json!({"name": "Chairs", "content": {"lines": lines}}));
    assert_eq!(desk.fails("remove-item", json!({"id": chair, "version": 1})), "error.used_elsewhere");
    desk.run("remove-template", json!({"id": 1, "version": 1}));
    desk.run("remove-item", json!({"id": chair, "version": 1}));
}

#[test]
fn a_template_is_renamed_replaced_and_removed_and_all_of_it_taken_back() {
    let (mut desk, order) = shop();
    desk.run("save-template", json!({"name": "Dining", "order": order}));
    desk.run("save-template", json!({"id": 1, "version": 1, "name": "Dining room"}));
    assert_eq!(lines(&template(&desk, 1)).len(), 3);
    let content = json!({"lines": [{"item": 1, "quantity": "6"}]});
    desk.run("save-template", json!({"id": 1, "version": 2, "content": content}));
    assert_eq!(desk.query("templates", json!({"text": "ROOM"}))[0]["lines"], 1);
    let replaced = desk.last_seq();
    desk.run("remove-template", json!({"id": 1, "version": 3}));
    assert!(desk.query("templates", json!({})).is_empty());
    desk.run("undo", json!({"seq": replaced + 1}));
    desk.run("undo", json!({"seq": replaced}));
    let back = desk.query("templates", json!({"limit": 5}));
    assert_eq!(
        (&back[0]["name"], &back[0]["lines"], &back[0]["counterparty_name"]),
        (&json!("Dining room"), &json!(3), &json!("Ani"))
    );
}

#[test]
fn what_can_be_no_template_is_refused_at_its_place() {
    let (mut desk, order) = shop();
    let back = id(&desk.run("return-order", json!({"order": order})));
    let dollars = json!({"currency": "USD", "lines": [{"text": "Work", "quantity": "1", "price": "5"}]});
    desk.run("save-currency", json!({"code": "USD"}));
    let dollars = id(&desk.run("place-order", dollars));
    desk.run("save-template", json!({"name": "Dining", "order": order}));
    let content = |line: Json| json!({"name": "New", "content": {"lines": [line]}});
    for (wrong, key, place) in [
        (json!({"name": "dining", "order": order}), "error.name_taken", "name"),
        (json!({"name": " ", "order": order}), "error.field_empty", "name"),
        (json!({"name": "New"}), "error.field_empty", "order"),
        (json!({"name": "New", "order": order, "content": {"lines": []}}), "error.template.twice", "content"),
        (json!({"name": "New", "content": {"lines": []}}), "error.order.no_lines", "lines"),
        (json!({"name": "New", "order": back}), "error.template.order", "order"),
        (json!({"name": "New", "order": dollars}), "error.template.order", "order"),
        (content(json!({"item": 1, "quantity": "0"})), "error.order.quantity_not_positive", "lines[0].quantity"),
        (content(json!({"item": 99, "quantity": "1"})), "error.record_missing", "lines[0].item"),
        (json!({"name": "New", "order": 99}), "error.record_missing", "order"),
    ] {
        let error = desk.error("save-template", wrong.clone());
        assert_eq!((error.key(), error.field()), (key, Some(place)), "{wrong}");
    }
    let missing = desk.error("place-order", json!({"template": 9}));
    assert_eq!((missing.key(), missing.field()), ("error.record_missing", Some("template")));
}

#[test]
fn a_template_lets_nobody_sell_at_a_price_that_may_not_be_given() {
    let (mut desk, order) = shop();
    desk.run("save-template", json!({"name": "Dining", "order": order}));
    let seller = id(&desk.run("save-user", json!({"login": "seller", "role": "sales"})));
    let call = Call::of_user(seller);
    let refused = |desk: &mut Desk, name: &str, arguments: Json| {
        let error = desk.store.run_json(&call, name, arguments).unwrap_err();
        (error.key(), error.field().unwrap_or_default().to_owned())
    };
    let denied = |place: &str| ("error.no_right", place.to_owned());
    assert_eq!(refused(&mut desk, "place-order", json!({"template": 1})), denied("lines[1].price"));
    let content = json!({"lines": [{"item": 1, "quantity": "1", "price": "1"}]});
    assert_eq!(
        refused(&mut desk, "save-template", json!({"name": "Cheap", "content": content})),
        denied("lines[0].price")
    );
}
