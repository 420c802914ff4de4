//! Taking back what lies further back: whatever was posted since, an undo holds to what the commands hold to, and says
//! what to do first.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::undo_scene::Scene;
use serde_json::{Value as Json, json};

const LINES: &str = "[{\"text\": \"Ծրար\", \"quantity\": \"4\", \"price\": \"500\"}]";

fn lines() -> Json {
    serde_json::from_str(LINES).unwrap()
}

/// What can be edited, whether it may be taken back under an invoice and under a payment; as the table of the commands.
fn edits(scene: &mut Scene) -> Vec<(Json, bool, bool)> {
    let other = scene.desk.customer("Արամ");
    vec![
        (json!({"lines": lines()}), false, true),
        (
            json!({"lines": [{"text": "Տուփ", "quantity": "2", "price": "500"}, {"text": "Թուղթ", "quantity": "1", "price": "500"}]}),
            false,
            true,
        ),
        (json!({"prices_include_tax": false}), false, true),
        (json!({"rounding": "document"}), false, true),
        (json!({"counterparty": other}), false, false),
        (json!({"note": "Շտապ"}), true, true),
        (json!({"reference": "A-1"}), true, true),
        (json!({"freight": "10"}), true, true),
        (json!({"due": "2026-05-01T10:00"}), true, true),
        (json!({"priority": 3}), true, true),
    ]
}

#[test]
fn an_edit_is_taken_back_under_an_invoice_only_where_the_order_could_be_edited_under_it() {
    for (at, (change, free, _)) in edits(&mut Scene::new()).into_iter().enumerate() {
        let mut scene = Scene::new();
        edits(&mut scene);
        let before = scene.seen();
        let seq = scene.edit(change.clone());
        let invoice = scene.invoice();
        if !free {
            let error = scene.refused(seq);
            assert_eq!(error.key(), "error.order.edit_invoiced", "{at}: {change}");
            assert!(error.to_string().contains(invoice["number"].as_str().unwrap()), "{error}");
            scene.holds();
            scene.void_invoice(&invoice);
        }
        let undone = scene.undo(seq);
        scene.holds();
        assert_eq!(before["total"], scene.seen()["total"], "{change}");
        assert_eq!(before["lines"], scene.seen()["lines"], "{change}");
        // Doing it again is an edit, too.
        let invoice = if free { invoice } else { scene.invoice() };
        if !free {
            assert_eq!(scene.refused(undone).key(), "error.order.edit_invoiced", "{change}");
            scene.void_invoice(&invoice);
        }
        scene.undo(undone);
        scene.holds();
    }
}

#[test]
fn an_edit_under_a_payment_is_taken_back_only_after_the_payment_is() {
    for (change, ..) in edits(&mut Scene::new()) {
        let mut scene = Scene::new();
        edits(&mut scene);
        let seq = scene.edit(change.clone());
        let payment = scene.pay("100");
        // The payment changed what the order has been paid, so its entry comes first.
        assert_eq!(scene.refused(seq).key(), "error.undo_changed", "{change}");
        scene.void_payment(&payment);
        scene.undo(seq);
        scene.holds();
    }
}

/// Paid and given back: the order's row is as it was, and its customer is still somebody's who paid.
#[test]
fn an_edit_of_the_customer_is_not_taken_back_while_a_payment_and_its_refund_stand() {
    let mut scene = Scene::new();
    let other = scene.desk.customer("Արամ");
    let seq = scene.edit(json!({"counterparty": other, "lines": [{"text": "Ծրար", "quantity": "1", "price": "100"}]}));
    let payment = scene.pay("100");
    let dearer = scene.edit(json!({"lines": [{"text": "Ծրար", "quantity": "1", "price": "60"}]}));
    let tenders = json!([{"method": "card", "amount": "40"}]);
    scene.desk.run("refund-payment", json!({"order": scene.order, "tenders": tenders, "reason": "Թանկ էր"}));
    scene.edit(json!({"lines": [{"text": "Ծրար", "quantity": "1", "price": "0"}]}));
    let tenders = json!([{"method": "card", "amount": "60"}]);
    scene.desk.run("refund-payment", json!({"order": scene.order, "tenders": tenders, "reason": "Թանկ էր"}));
    scene.edit(json!({"lines": [{"text": "Ծրար", "quantity": "1", "price": "100"}]}));
    assert_eq!(scene.refused(dearer).key(), "error.undo_changed");
    let error = scene.refused(seq);
    assert_eq!(error.key(), "error.order.edit_paid", "{error}, after {payment}");
    scene.holds();
}

#[test]
fn an_order_that_used_an_advance_keeps_its_customer() {
    let mut scene = Scene::new();
    let advance = scene.advance("400");
    scene.desk.run("apply-advance", json!({"order": scene.order}));
    let other = scene.desk.customer("Արամ");
    let version = scene.seen()["version"].clone();
    let change = json!({"order": scene.order, "version": version, "counterparty": other});
    let error = scene.desk.error("edit-order", change);
    assert_eq!(error.key(), "error.order.edit_paid");
    assert!(error.to_string().contains(advance["number"].as_str().unwrap()), "{error}");
    let error = scene.desk.error("cancel-order", json!({"order": scene.order, "reason": "Սխալ"}));
    assert!(error.to_string().contains(advance["number"].as_str().unwrap()), "{error}");
}

#[test]
fn a_placed_order_is_taken_back_only_without_invoice_and_payment() {
    let mut scene = Scene::new();
    let place = scene.desk.last_seq();
    let invoice = scene.invoice();
    assert_eq!(scene.refused(place).key(), "error.order.cancel_invoiced");
    scene.void_invoice(&invoice);
    let payment = scene.pay("100");
    assert_eq!(scene.refused(place).key(), "error.order.cancel_paid");
    scene.void_payment(&payment);
    scene.undo(place);
    assert_eq!(scene.seen()["status"], "cancelled");
    scene.holds();
}

#[test]
fn a_confirmed_order_does_not_go_back_to_draft_under_an_invoice_or_a_payment() {
    let mut scene = Scene::new();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "500"}]);
    scene.order = scene.desk.run("place-order", json!({"status": "draft", "lines": lines}))["id"].clone();
    let confirmed = scene.status("confirmed");
    let invoice = scene.invoice();
    let error = scene.refused(confirmed);
    assert_eq!(error.key(), "error.order.draft_invoiced");
    assert!(error.to_string().contains(invoice["number"].as_str().unwrap()), "{error}");
    scene.void_invoice(&invoice);
    let payment = scene.pay("100");
    assert_eq!(scene.refused(confirmed).key(), "error.undo_changed");
    scene.void_payment(&payment);
    scene.undo(confirmed);
    assert_eq!(scene.seen()["status"], "draft");
    scene.holds();
}

#[test]
fn a_later_state_is_taken_back_under_an_invoice_and_leaves_the_amounts_alone() {
    let mut scene = Scene::new();
    scene.invoice();
    for status in ["in-work", "ready", "closed"] {
        let before = scene.seen()["status"].clone();
        let seq = scene.status(status);
        scene.undo(seq);
        assert_eq!(scene.seen()["status"], before);
        scene.status(status);
        scene.holds();
    }
}

#[test]
fn an_edit_is_not_taken_back_once_the_order_has_moved_on() {
    let mut scene = Scene::new();
    // Only the words of a line: no amount of the order changes.
    let words =
        json!([{"text": "Տուփ", "quantity": "2", "price": "500"}, {"text": "Թուղթ", "quantity": "1", "price": "500"}]);
    let seq = scene.edit(json!({"lines": words}));
    let closed = scene.status("closed");
    assert_eq!(scene.refused(seq).key(), "error.undo_changed");
    scene.undo(closed);
    scene.undo(seq);
    assert_eq!(scene.seen()["lines"][0]["text"], "Ծրար");
}

#[test]
fn an_edit_of_the_lines_alone_is_a_new_version_of_the_order() {
    let mut scene = Scene::new();
    let version = scene.seen()["version"].as_i64().unwrap();
    let words = |text: &str| json!([{"text": text, "quantity": "2", "price": "500"}, {"text": "Թուղթ", "quantity": "1", "price": "500"}]);
    scene.edit(json!({"lines": words("Տուփ")}));
    assert_eq!(scene.seen()["version"], version + 1);
    let late = json!({"order": scene.order, "version": version, "lines": words("Արկղ")});
    assert_eq!(scene.desk.error("edit-order", late).kind(), "conflict");
    scene.edit(json!({"lines": words("Տուփ")}));
    assert_eq!(scene.seen()["version"], version + 1, "nothing changed");
}

#[test]
fn a_payment_taken_back_after_the_order_moved_on_is_reversed() {
    let mut scene = Scene::new();
    scene.pay("1500");
    let paid = scene.desk.last_seq();
    scene.status("ready");
    scene.invoice();
    scene.undo(paid);
    assert_eq!(scene.seen()["debt"], "1500.00");
    scene.holds();
}

#[test]
fn a_used_advance_is_taken_back_and_used_again_only_while_the_payment_has_it() {
    let mut scene = Scene::new();
    let advance = scene.advance("400");
    scene.desk.run("apply-advance", json!({"order": scene.order}));
    let applied = scene.desk.last_seq();
    let undone = scene.undo(applied);
    let again = scene.undo(undone);
    let undone = scene.undo(again);
    scene.holds();

    // Used for another order since: there is nothing left of it.
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "400"}]);
    let other = scene.desk.run("place-order", json!({"counterparty": scene.customer, "lines": lines}))["id"].clone();
    let elsewhere = scene.done("apply-advance", json!({"order": other}));
    let error = scene.refused(undone);
    assert_eq!(error.key(), "error.payment.used_since");
    assert!(error.to_string().contains(advance["number"].as_str().unwrap()), "{error}");
    scene.undo(elsewhere);

    // Voided since: there is no money.
    scene.void_payment(&advance);
    assert_eq!(scene.refused(undone).key(), "error.payment.voided_since");
    scene.holds();
}

/// Voided, and as much paid otherwise: the order's row is as it was.
#[test]
fn a_used_advance_that_was_voided_is_not_taken_back() {
    let mut scene = Scene::new();
    let advance = scene.advance("400");
    scene.desk.run("apply-advance", json!({"order": scene.order}));
    let applied = scene.desk.last_seq();
    scene.void_payment(&advance);
    scene.pay("400");
    assert_eq!(scene.refused(applied).key(), "error.payment.voided_since");
    scene.holds();
}

#[test]
fn a_return_does_not_come_to_life_of_what_has_come_back_otherwise() {
    let mut scene = Scene::new();
    let back = scene.desk.run("return-order", json!({"order": scene.order}))["id"].clone();
    let cancelled = scene.done("cancel-order", json!({"order": back, "reason": "Սխալ"}));
    let again = scene.desk.run("return-order", json!({"order": scene.order}))["id"].clone();
    assert_eq!(scene.refused(cancelled).key(), "error.order.came_back");
    scene.desk.run("cancel-order", json!({"order": again, "reason": "Սխալ"}));
    scene.undo(cancelled);
    scene.holds();
}

#[test]
fn a_line_is_never_less_than_what_has_come_back_of_it() {
    let mut scene = Scene::new();
    let quantity = |quantity: &str| json!({"lines": [{"text": "Ծրար", "quantity": quantity, "price": "500"}, {"text": "Թուղթ", "quantity": "1", "price": "500"}]});
    let seq = scene.edit(quantity("5"));
    let line = scene.seen()["lines"][0]["id"].clone();
    let wanted = json!({"order": scene.order, "lines": [{"line": line, "quantity": "4"}]});
    let back = scene.desk.run("return-order", wanted)["id"].clone();
    assert_eq!(scene.refused(seq).key(), "error.order.came_back");
    let mut fewer = quantity("3");
    fewer["order"] = scene.order.clone();
    fewer["version"] = scene.seen()["version"].clone();
    let error = scene.desk.error("edit-order", fewer);
    assert_eq!((error.key(), error.field()), ("error.order.came_back", Some("lines[0].quantity")));
    scene.edit(quantity("4"));
    let four = scene.desk.last_seq();
    scene.undo(four);
    scene.desk.run("cancel-order", json!({"order": back, "reason": "Սխալ"}));
    scene.undo(seq);
    scene.holds();
}
