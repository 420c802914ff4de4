//! Many orders moved at once: the rest is done where some are refused, and one undo takes all of it back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::engine::logical::logical_hash;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

fn order(desk: &mut Desk, status: &str) -> i64 {
    let line = json!([{"text": "Բանալի", "quantity": "1", "price": "500"}]);
    desk.run("place-order", json!({"lines": line, "status": status}))["id"].as_i64().unwrap()
}

fn states(desk: &Desk, orders: &[i64]) -> Vec<String> {
    let state = |id: &i64| desk.query("order", json!({"id": id}))[0]["status"].as_str().unwrap().to_owned();
    orders.iter().map(state).collect()
}

#[test]
fn some_are_refused_by_number_and_reason_and_one_undo_takes_the_rest_back() {
    let mut desk = Desk::new();
    let orders = [order(&mut desk, "confirmed"), order(&mut desk, "draft"), order(&mut desk, "ready")];
    let (before, seq) = (logical_hash(desk.store.db(), &BUSINESS).unwrap(), desk.last_seq());
    let done = desk.run("change-orders-status", json!({"orders": orders, "status": "in-work"}));
    assert_eq!((&done["changed"], done["refused"].as_array().unwrap().len()), (&json!(2), 1));
    let refused = &done["refused"][0];
    assert_eq!((&refused["order"], &refused["number"]), (&json!(orders[1]), &json!("000002")));
    assert!(refused["why"].as_str().unwrap().contains("000002"), "{refused}");
    let told = |desk: &mut Desk, call: &Call| {
        let again = json!({"orders": [orders[0], orders[1]], "status": "ready"});
        let done = desk.store.rehearse(call, |batch| batch.run_json("change-orders-status", again)).unwrap();
        done.output["refused"][0]["why"].as_str().unwrap().to_owned()
    };
    let call = desk.owner.clone();
    let own = told(&mut desk, &call);
    let asked = told(&mut desk, &call.asking_in(Lang::EN));
    assert!(!own.is_ascii(), "the language of the user: {own}");
    assert!(asked.starts_with("To set order 000002"), "the language that was asked for: {asked}");
    assert_eq!(states(&desk, &orders), ["in-work", "draft", "in-work"]);
    assert_eq!(desk.last_seq(), seq + 1, "one entry in the journal");
    desk.run("undo", json!({"seq": seq + 1}));
    assert_eq!(logical_hash(desk.store.db(), &BUSINESS).unwrap(), before);
}

#[test]
fn many_are_cancelled_with_one_reason_but_not_what_is_paid() {
    let mut desk = Desk::new();
    let orders = [order(&mut desk, "confirmed"), order(&mut desk, "confirmed")];
    desk.run("take-payment", json!({"order": orders[0], "tenders": [{"method": "cash", "amount": "500"}]}));
    let cancel = json!({"orders": orders, "status": "cancelled", "reason": "Սխալ"});
    let done = desk.run("change-orders-status", cancel);
    assert_eq!((&done["changed"], &done["refused"][0]["number"]), (&json!(1), &json!("000001")));
    assert_eq!(states(&desk, &orders), ["confirmed", "cancelled"]);
    let ready = desk.run("change-orders-status", json!({"orders": orders, "status": "ready"}));
    let next = ready["refused"][0]["next_step"].as_str();
    assert!(next.is_some_and(|next| !next.is_empty()), "what to do next is told too: {ready}");
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(desk.query("order", json!({"id": orders[1]}))[0]["reason"], "Սխալ");
}

#[test]
fn where_every_one_is_refused_nothing_is_left_in_the_journal() {
    let mut desk = Desk::new();
    let draft = order(&mut desk, "draft");
    let seq = desk.last_seq();
    let ready = json!({"orders": [draft], "status": "ready"});
    assert_eq!(desk.fails("change-orders-status", ready), "error.order.move_first");
    assert_eq!(
        desk.fails("change-orders-status", json!({"orders": [], "status": "ready"})),
        "error.order.too_many_at_once"
    );
    assert_eq!(desk.last_seq(), seq);
}

#[test]
fn a_thousand_are_moved_together_and_one_more_is_too_many() {
    let mut desk = Desk::new();
    let mut orders: Vec<i64> = (0..1001).map(|_| order(&mut desk, "confirmed")).collect();
    let all = json!({"orders": orders, "status": "in-work"});
    assert_eq!(desk.fails("change-orders-status", all), "error.order.too_many_at_once");
    orders.pop();
    let done = desk.run("change-orders-status", json!({"orders": orders, "status": "in-work"}));
    assert_eq!(done["changed"], Json::from(1000));
}
