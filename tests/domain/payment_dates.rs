//! The dates of money: not before what it is for, and in the future only when that is meant.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use serde_json::{Value as Json, json};

/// An order of 1,000 drams of February 10, 2026.
fn order(desk: &mut Desk) -> Json {
    let lines = json!([{"text": "Ծրար", "quantity": "2", "price": "500"}]);
    desk.run("place-order", json!({"lines": lines, "date": "2026-02-10"}))["id"].clone()
}

fn take(order: &Json, date: &str) -> Json {
    json!({"order": order, "date": date, "tenders": [{"method": "card", "amount": "100"}]})
}

#[test]
fn a_payment_is_not_dated_before_its_order_and_asks_before_the_future() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let early = desk.error("take-payment", take(&order, "2026-02-09"));
    assert_eq!((early.key(), early.field()), ("error.payment.before_order", Some("date")));
    let late = desk.error("take-payment", take(&order, "2027-02-10"));
    assert_eq!((late.kind(), late.key()), ("needs-confirmation", "error.document_in_future"));
    desk.run_confirmed("take-payment", take(&order, "2027-02-10"));
    assert_eq!(desk.run("take-payment", take(&order, "2026-02-10"))["due"], "800.00");
}

#[test]
fn money_is_not_given_back_before_the_return_it_is_for() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let back = desk.run("return-order", json!({"order": order, "date": "2026-02-12"}));
    let refund = |date: &str| crate::orders::with(take(&back["id"], date), json!({"reason": "Վերադարձ"}));
    let early = desk.error("refund-payment", refund("2026-02-11"));
    assert_eq!((early.key(), early.field()), ("error.payment.before_order", Some("date")));
    assert_eq!(desk.error("refund-payment", refund("2027-02-11")).kind(), "needs-confirmation");
    assert_eq!(desk.run("refund-payment", refund("2026-02-12"))["due"], "-900.00");
}

#[test]
fn a_payment_is_not_voided_before_its_own_date_and_one_of_the_future_is_undone_on_its_own_day() {
    let mut desk = Desk::new();
    let order = order(&mut desk);
    let taken = desk.run("take-payment", take(&order, "2026-02-12"));
    let void = |date: &str| json!({"payment": taken["id"], "reason": "Սխալ", "date": date});
    let early = desk.error("void-payment", void("2026-02-11"));
    assert_eq!((early.key(), early.field()), ("error.payment.before_payment", Some("date")));
    assert_eq!(desk.error("void-payment", void("2027-02-11")).kind(), "needs-confirmation");
    desk.run("void-payment", void("2026-02-12"));
    desk.run_confirmed("take-payment", take(&order, "2027-02-10"));
    let undone = desk.run("undo", json!({"seq": desk.last_seq()}));
    let reversal = desk.query("payment", json!({"id": undone["reversal"]["id"]}));
    assert_eq!(reversal[0]["date"], "2027-02-10");
}

#[test]
fn an_order_or_a_return_of_a_day_that_has_not_come_asks_first_and_stays_as_agreed() {
    let mut desk = Desk::new();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "900"}]);
    let old = order(&mut desk);
    let kept = desk.run("place-order", json!({"lines": lines, "due": "2027-02-10"}))["id"].clone();
    for (name, arguments) in [
        ("place-order", json!({"lines": lines, "date": "2026-03-03"})),
        ("place-order", json!({"lines": lines, "date": "2028-01-01"})),
        ("return-order", json!({"order": old, "date": "2026-03-03"})),
        ("edit-order", json!({"order": kept, "version": 1, "date": "2026-03-03"})),
    ] {
        let error = desk.error(name, arguments.clone());
        let seen = (error.kind(), error.key(), error.field());
        assert_eq!(seen, ("needs-confirmation", "error.document_in_future", Some("date")), "{name} {arguments}");
        desk.run_confirmed(name, arguments);
    }
    desk.run("edit-order", json!({"order": kept, "version": 2, "date": "2026-03-03", "note": "Շտապ"}));
}

#[test]
fn money_and_balances_are_dated_in_the_years_of_documents() {
    let mut desk = Desk::new();
    let customer = desk.customer("Անի");
    let tenders = json!([{"method": "card", "amount": "10"}]);
    let payment =
        desk.error("take-payment", json!({"counterparty": customer, "tenders": tenders, "date": "2999-01-01"}));
    assert_eq!((payment.key(), payment.field()), ("error.document_year", Some("date")));
    let balance = json!({"counterparty": customer, "amount": "10", "date": "1900-01-01"});
    let balance = desk.error("save-opening-balance", balance);
    assert_eq!((balance.key(), balance.field()), ("error.document_year", Some("date")));
    let coin = json!({"counterparty": customer, "tenders": [{"method": "cash", "amount": "0.01"}]});
    let coin = desk.error("take-payment", coin);
    assert_eq!((coin.key(), coin.field()), ("error.payment.no_such_coins", Some("tenders[0].amount")));
}

#[test]
fn what_the_walk_in_pays_over_is_never_another_strangers_money() {
    let mut desk = Desk::new();
    let stranger = order(&mut desk);
    let more =
        |keep: bool| json!({"order": stranger, "tenders": [{"method": "cash", "amount": "1500"}], "keep_excess": keep});
    let kept = desk.error("take-payment", more(true));
    assert_eq!((kept.key(), kept.field()), ("error.payment.advance_of_walk_in", Some("keep_excess")));
    let used = desk.error("apply-advance", json!({"order": stranger}));
    assert_eq!((used.key(), used.field()), ("error.payment.advance_of_walk_in", Some("order")));
    assert_eq!(desk.run("take-payment", more(false))["change"], "500.00");
}

#[test]
fn an_order_and_its_return_are_settled_in_cash_by_whole_coins_and_the_rest_is_a_line_of_its_own() {
    let mut desk = Desk::new();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "10.40"}]);
    let order = desk.run("place-order", json!({"lines": lines}))["id"].clone();
    let cash = |order: &Json, amount: &str| json!({"order": order, "tenders": [{"method": "cash", "amount": amount}]});
    let odd = desk.error("take-payment", cash(&order, "10.70"));
    assert_eq!((odd.key(), odd.field()), ("error.payment.no_such_coins", Some("tenders[0].amount")));
    let taken = desk.run("take-payment", cash(&order, "10.40"));
    assert_eq!((&taken["due"], &taken["change"]), (&json!("0.00"), &json!("0.00")));
    let back = desk.run("return-order", json!({"order": order}))["id"].clone();
    let refund = crate::orders::with(cash(&back, "10.40"), json!({"reason": "Վերադարձ"}));
    let refunded = desk.run("refund-payment", refund);
    assert_eq!(refunded["due"], "0.00");
    for (payment, coins, rounding) in [(&taken["id"], "10.00", "0.40"), (&refunded["id"], "-10.00", "-0.40")] {
        let card = desk.query("payment", json!({"id": payment})).remove(0);
        assert_eq!((&card["received"], &card["rounding"]), (&json!(coins), &json!(rounding)));
    }
}
