//! Discounts: as much as a role may give, more only with the right to change prices.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::error::Error;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

/// A desk with an item for 1,000 drams, and a seller.
fn shop() -> (Desk, Json, Call) {
    let mut desk = Desk::new();
    let item = desk.run("save-item", json!({"kind": "goods", "name": "Թեյ", "price": "1000"}))["id"].clone();
    let seller = desk.run("save-user", json!({"login": "ara", "role": "sales"}))["id"].as_i64().unwrap();
    (desk, item, Call::of_user(seller))
}

fn with(item: &Json, discount: Json) -> Json {
    let mut line = json!({"item": item, "quantity": "3"});
    line.as_object_mut().unwrap().extend(discount.as_object().unwrap().clone());
    json!({"lines": [line]})
}

fn refused(desk: &mut Desk, call: &Call, (name, arguments): (&str, Json)) -> Error {
    desk.store.run_json(call, name, arguments).unwrap_err()
}

#[test]
fn a_seller_gives_discounts_up_to_the_limit_of_the_role_as_a_share_or_as_an_amount() {
    let (mut desk, item, seller) = shop();
    for discount in [json!({"discount_percent": "15"}), json!({"discount_amount": "450"})] {
        desk.store.run_json(&seller, "place-order", with(&item, discount)).unwrap();
    }
    let beyond = [
        (json!({"discount_percent": "15.0001"}), "lines[0].discount_percent"),
        (json!({"discount_percent": "100"}), "lines[0].discount_percent"),
        (json!({"discount_amount": "450.01"}), "lines[0].discount_amount"),
        (json!({"discount_amount": "3000"}), "lines[0].discount_amount"),
    ];
    for (discount, field) in beyond {
        let error = refused(&mut desk, &seller, ("place-order", with(&item, discount)));
        assert_eq!((error.key(), error.field()), ("error.order.discount_limit", Some(field)));
    }
    desk.run("place-order", with(&item, json!({"discount_percent": "100"})));
}

#[test]
fn the_owner_sets_how_much_a_role_may_give() {
    let (mut desk, item, seller) = shop();
    let roles = desk.query("roles", json!({}));
    let role = roles.iter().find(|role| role["code"] == "sales").unwrap();
    assert_eq!(role["discount_limit"], "15");
    let wish = |limit: &str| json!({"id": role["id"], "version": role["version"], "discount_limit": limit});
    let error = desk.error("save-role", wish("101"));
    assert_eq!((error.key(), error.field()), ("error.order.discount_out_of_range", Some("discount_limit")));
    desk.run("save-role", wish("30"));
    desk.store.run_json(&seller, "place-order", with(&item, json!({"discount_percent": "30"}))).unwrap();
}

#[test]
fn nobody_lets_a_role_give_more_than_the_own_role_may() {
    let (mut desk, _, _) = shop();
    let rights = json!(["role-manage", "user-manage", "order-place"]);
    desk.run("save-role", json!({"code": "lead", "rights": rights, "discount_limit": "20"}));
    let lead = desk.run("save-user", json!({"login": "lia", "role": "lead"}))["id"].as_i64().unwrap();
    let lead = Call::of_user(lead);
    let role = |code: &str, limit: &str| json!({"code": code, "rights": ["order-place"], "discount_limit": limit});
    let error = refused(&mut desk, &lead, ("save-role", role("night", "20.5")));
    assert_eq!((error.key(), error.field()), ("error.no_right", Some("discount_limit")));
    desk.store.run_json(&lead, "save-role", role("night", "20")).unwrap();
}

#[test]
fn a_discount_and_a_price_that_stand_already_may_stay_but_not_grow() {
    let (mut desk, item, seller) = shop();
    let given = json!({"price": "900", "discount_percent": "40"});
    let mut order = with(&item, given.clone());
    order["responsible"] = json!(2);
    let order = desk.run("place-order", order)["id"].clone();
    let edit = |version: i64, lines: Json| json!({"order": order, "version": version, "lines": lines});
    let line = |quantity: &str, percent: &str| json!([{"item": item, "quantity": quantity, "price": "900", "discount_percent": percent}]);
    desk.store.run_json(&seller, "edit-order", edit(1, line("2", "40"))).unwrap();
    let error = refused(&mut desk, &seller, ("edit-order", edit(2, line("2", "41"))));
    assert_eq!((error.key(), error.field()), ("error.order.discount_limit", Some("lines[0].discount_percent")));
    let other = json!([{"item": item, "quantity": "2", "price": "899"}]);
    let error = refused(&mut desk, &seller, ("edit-order", edit(2, other)));
    assert_eq!((error.key(), error.field()), ("error.no_right", Some("lines[0].price")));
    let error = refused(&mut desk, &seller, ("copy-order", json!({"order": order})));
    assert_eq!(error.key(), "error.order.discount_limit", "a copy is a new agreement");
}

#[test]
fn what_was_agreed_for_one_is_not_agreed_for_more_of_it_nor_for_another_line() {
    let (mut desk, item, seller) = shop();
    let user = desk.query("users", json!({})).iter().find(|row| row["login"] == "ara").unwrap()["id"].clone();
    let line = |quantity: &str| json!({"item": item, "quantity": quantity, "discount_percent": "100"});
    let placed = desk.run("place-order", json!({"responsible": user, "lines": [line("2")]}));
    let edit = |lines: Json| json!({"order": placed["id"], "version": 1, "lines": lines});
    let error = refused(&mut desk, &seller, ("edit-order", edit(json!([line("3")]))));
    assert_eq!(error.field(), Some("lines[0].discount_percent"));
    let error = refused(&mut desk, &seller, ("edit-order", edit(json!([line("2"), line("2")]))));
    assert_eq!(error.field(), Some("lines[1].discount_percent"));
    let cheap = json!([{"item": item, "quantity": "5", "price": "1"}]);
    assert_eq!(refused(&mut desk, &seller, ("edit-order", edit(cheap))).field(), Some("lines[0].price"));
    let plain = json!({"item": item, "quantity": "7"});
    desk.store.run_json(&seller, "edit-order", edit(json!([plain, line("1")]))).unwrap();
}

#[test]
fn a_correction_that_stands_stays_when_somebody_else_changes_the_order() {
    let (mut desk, item, seller) = shop();
    let user = desk.query("users", json!({})).iter().find(|row| row["login"] == "ara").unwrap()["id"].clone();
    let line = json!({"item": item, "quantity": "3", "corrected": "2900", "correction_reason": "Կլորացում"});
    let placed = desk.run("place-order", json!({"responsible": user, "lines": [line]}));
    let kept = json!({"order": placed["id"], "version": 1, "note": "Շտապ", "lines": [line]});
    desk.store.run_json(&seller, "edit-order", kept).unwrap();
    let mut other = line.clone();
    other["corrected"] = json!("1");
    let error =
        refused(&mut desk, &seller, ("edit-order", json!({"order": placed["id"], "version": 2, "lines": [other]})));
    assert_eq!(error.field(), Some("lines[0].corrected"));
}

#[test]
fn what_comes_back_without_its_order_is_priced_by_who_may_change_prices() {
    let (mut desk, item, seller) = shop();
    let unpriced = desk.run("save-item", json!({"kind": "goods", "name": "Սուրճ"}))["id"].clone();
    let back = |line: Json| json!({"kind": "return", "lines": [line]});
    let words = json!({"text": "Փոխհատուցում", "quantity": "1", "price": "90000"});
    let beyond = [
        words.clone(),
        json!({"item": unpriced, "quantity": "1", "price": "90000"}),
        json!({"item": item, "quantity": "1", "price": "90000"}),
    ];
    for line in beyond {
        let error = refused(&mut desk, &seller, ("place-order", back(line)));
        assert_eq!((error.key(), error.field()), ("error.order.return_without_order", Some("lines[0].price")));
    }
    desk.store.run_json(&seller, "place-order", json!({"lines": [words.clone()]})).unwrap();
    desk.store.run_json(&seller, "place-order", back(json!({"item": item, "quantity": "1"}))).unwrap();

    let mut agreed = back(words.clone());
    agreed["responsible"] = json!(2);
    let agreed = desk.run("place-order", agreed)["id"].clone();
    let error = refused(&mut desk, &seller, ("copy-order", json!({"order": agreed})));
    assert_eq!((error.key(), error.field()), ("error.order.return_without_order", Some("lines[0].price")));
    let edit = |version: i64, line: &Json| json!({"order": agreed, "version": version, "lines": [line]});
    desk.store.run_json(&seller, "edit-order", edit(1, &words)).unwrap();
    let dearer = json!({"text": "Փոխհատուցում", "quantity": "1", "price": "90001"});
    let error = refused(&mut desk, &seller, ("edit-order", edit(1, &dearer)));
    assert_eq!((error.key(), error.field()), ("error.order.return_without_order", Some("lines[0].price")));
}

#[test]
fn a_tax_takes_nothing_off_a_price_without_the_right_to_change_prices() {
    let (mut desk, item, seller) = shop();
    let mut outside_prices = with(&item, json!({}));
    outside_prices["prices_include_tax"] = json!(false);
    let other_ways = [
        (outside_prices, "error.order.tax_in_prices", "prices_include_tax"),
        (with(&item, json!({"tax_rate": "vat-0"})), "error.order.tax_of_item", "lines[0].tax_rate"),
        (with(&item, json!({"tax_rate": ""})), "error.order.tax_of_item", "lines[0].tax_rate"),
    ];
    for (order, key, field) in other_ways {
        let error = refused(&mut desk, &seller, ("place-order", order.clone()));
        assert_eq!((error.key(), error.field()), (key, Some(field)));
        desk.run("place-order", order);
    }
    let mut as_usual = with(&item, json!({"tax_rate": "vat-20"}));
    as_usual["prices_include_tax"] = json!(true);
    desk.store.run_json(&seller, "place-order", as_usual).unwrap();
}

#[test]
fn a_tax_that_stands_already_may_stay_when_somebody_else_changes_the_order() {
    let (mut desk, item, seller) = shop();
    let user = desk.query("users", json!({})).iter().find(|row| row["login"] == "ara").unwrap()["id"].clone();
    let line = |rate: &str| json!({"item": item, "quantity": "3", "tax_rate": rate});
    let whole = json!({"responsible": user, "prices_include_tax": false, "lines": [line("vat-0")]});
    let placed = desk.run("place-order", whole);
    let edit = |version: i64, lines: Json| json!({"order": placed["id"], "version": version, "prices_include_tax": false, "lines": lines});
    desk.store.run_json(&seller, "edit-order", edit(1, json!([line("vat-0"), line("vat-20")]))).unwrap();
    let error = refused(&mut desk, &seller, ("edit-order", edit(2, json!([line("vat-0"), line("")]))));
    assert_eq!((error.key(), error.field()), ("error.order.tax_of_item", Some("lines[1].tax_rate")));
    let usual = json!({"order": placed["id"], "version": 2, "prices_include_tax": true});
    desk.store.run_json(&seller, "edit-order", usual).unwrap();
    let back = json!({"order": placed["id"], "version": 3, "prices_include_tax": false});
    let error = refused(&mut desk, &seller, ("edit-order", back));
    assert_eq!((error.key(), error.field()), ("error.order.tax_in_prices", Some("prices_include_tax")));
}
