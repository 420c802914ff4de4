//! The states of an order, each move and each field group in each standing, against tables written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use serde_json::json;

use crate::desk::Desk;
use patver::base::currency::Currency;
use patver::base::date::Date;
use patver::base::locale::Lang;
use patver::base::money::Money;
use patver::domain::order::states::{
    FieldGroup, PaymentState, Standing, Status, TRANSITIONS, days_late, require_editable, require_move,
};

/// Rows from, columns to, in the order of life. `=` stays, `+` at once; else the move to make first, `.` for never.
const MOVES: [(&str, [&str; 6]); 6] = [
    ("draft", ["=", "+", "confirmed", "confirmed", "confirmed", "+"]),
    ("confirmed", [".", "=", "+", "+", "+", "+"]),
    ("in-work", [".", "+", "=", "+", "+", "+"]),
    ("ready", [".", "in-work", "+", "=", "+", "+"]),
    ("closed", [".", "ready", "ready", "+", "=", "ready"]),
    ("cancelled", [".", ".", ".", ".", ".", "="]),
];

#[test]
fn each_move_is_allowed_or_refused_with_the_move_to_make_first() {
    for (from, row) in MOVES {
        for (to, expected) in Status::ALL.into_iter().zip(row) {
            let moved = require_move(Status::parse(from).unwrap(), to).map_err(|refusal| refusal.arg("order", 12));
            let Err(refusal) = moved else {
                assert!(["=", "+"].contains(&expected), "{from} to {to:?}");
                continue;
            };
            match expected {
                "=" | "+" => panic!("{from} to {to:?}: {refusal}"),
                "." => assert_eq!(refusal.key(), "error.order.move_never", "{from} to {to:?}"),
                first => {
                    assert_eq!(refusal.key(), "error.order.move_first", "{from} to {to:?}");
                    let name = patver::base::locale::tr(Lang::EN, &format!("status.{first}"), &[]);
                    assert!(refusal.to_string().ends_with(&format!("set it to “{name}” first")), "{refusal}");
                }
            }
        }
    }
}

#[test]
fn the_table_of_moves_has_each_state_once_and_no_move_twice() {
    assert_eq!(TRANSITIONS.map(|(from, _)| from), Status::ALL);
    for (from, to) in TRANSITIONS {
        assert_eq!(from.next(), to);
        assert!(!to.contains(&from));
        assert!(to.iter().all(|status| to.iter().filter(|other| *other == status).count() == 1));
    }
    for status in Status::ALL {
        assert_eq!(Status::parse(status.code()), Some(status));
        assert_eq!(serde_json::to_value(status).unwrap(), status.code());
    }
    assert_eq!(Status::parse("Draft"), None);
}

/// For each group and state, in the order of life, what stands in the way when there is: nothing, a payment, an
/// invoice, both. `+` nothing, `p` the payment, `i` the invoice, `s` the state, `x` the state, for good.
const CELLS: [(FieldGroup, [&str; 6]); 8] = [
    (FieldGroup::Counterparty, ["+pii", "+pii", "+pii", "+pii", "ssss", "xxxx"]),
    (FieldGroup::Dates, ["++++", "++++", "++++", "++++", "ssss", "xxxx"]),
    (FieldGroup::Responsible, ["++++", "++++", "++++", "++++", "ssss", "xxxx"]),
    (FieldGroup::Priority, ["++++", "++++", "++++", "++++", "ssss", "xxxx"]),
    (FieldGroup::Note, ["++++", "++++", "++++", "++++", "++++", "++++"]),
    (FieldGroup::Lines, ["++ii", "++ii", "++ii", "ssss", "ssss", "xxxx"]),
    (FieldGroup::Prices, ["++ii", "++ii", "++ii", "++ii", "ssss", "xxxx"]),
    (FieldGroup::Currency, ["+pii", "+pii", "+pii", "+pii", "ssss", "xxxx"]),
];

fn standing(state: Status, paid: bool, invoiced: bool) -> Standing {
    let number = |stands: bool, number: &str| stands.then(|| number.to_owned());
    Standing { order: "12".into(), state, payment: number(paid, "7"), invoice: number(invoiced, "5") }
}

#[test]
fn each_field_group_may_change_exactly_where_the_table_says() {
    assert_eq!(CELLS.map(|(group, _)| group), FieldGroup::ALL);
    let mut walked = 0;
    for (group, row) in CELLS {
        for (state, cells) in Status::ALL.into_iter().zip(row) {
            for ((paid, invoiced), expected) in
                [(false, false), (true, false), (false, true), (true, true)].into_iter().zip(cells.chars())
            {
                let key = require_editable(group, &standing(state, paid, invoiced)).map_err(|refusal| refusal.key());
                let wanted = match expected {
                    '+' => Ok(()),
                    'p' => Err("error.order.edit_paid"),
                    'i' => Err("error.order.edit_invoiced"),
                    's' => Err("error.order.edit_state"),
                    _ => Err("error.order.edit_never"),
                };
                assert_eq!(key, wanted, "{group:?} {state:?} paid {paid} invoiced {invoiced}");
                walked += 1;
            }
        }
    }
    assert_eq!(walked, 8 * 6 * 4);
}

#[test]
fn a_refusal_says_in_each_language_what_to_do_first() {
    let invoiced = require_editable(FieldGroup::Lines, &standing(Status::Confirmed, true, true)).unwrap_err();
    assert_eq!(invoiced.message(Lang::EN), "To change the lines of order 12, void invoice 5 first");
    assert_eq!(invoiced.message(Lang::RU), "Чтобы изменить строки в заказе 12, сначала аннулируйте счёт 5");
    assert_eq!(invoiced.message(Lang::HY), "12 պատվերի տողերը փոխելու համար նախ չեղարկեք 5 հաշիվը");
    let paid = require_editable(FieldGroup::Counterparty, &standing(Status::Ready, true, false)).unwrap_err();
    assert_eq!(paid.message(Lang::EN), "To change the customer of order 12, void payment 7 first");
    let ready = require_editable(FieldGroup::Lines, &standing(Status::Ready, false, false)).unwrap_err();
    assert_eq!(ready.message(Lang::EN), "To change the lines of order 12, set it to “In work” first");
    let closed = require_editable(FieldGroup::Lines, &standing(Status::Closed, false, false)).unwrap_err();
    assert_eq!(closed.message(Lang::EN), "To change the lines of order 12, set it to “Ready” first");
    let moved = require_move(Status::Draft, Status::Closed).unwrap_err().arg("order", 12);
    assert_eq!(moved.message(Lang::EN), "To set order 12 to “Closed”, set it to “Confirmed” first");
}

#[test]
fn the_payment_state_follows_from_total_and_paid_alone() {
    for (total, paid, expected) in [
        (1_000, 0, "unpaid"),
        (1_000, -1, "unpaid"),
        (1_000, 1, "part-paid"),
        (1_000, 999, "part-paid"),
        (1_000, 1_000, "paid"),
        (1_000, 1_001, "overpaid"),
        (0, 0, "paid"),
        (0, 1, "overpaid"),
        (0, -1, "unpaid"),
        (-1_000, 0, "unpaid"),
        (-1_000, -1, "part-paid"),
        (-1_000, -1_000, "paid"),
        (-1_000, -1_001, "overpaid"),
        (i64::MIN, i64::MIN, "paid"),
        (i64::MIN, 0, "unpaid"),
    ] {
        let dram = |minor| Money::new(minor, Currency::AMD);
        assert_eq!(PaymentState::of(dram(total), dram(paid)).unwrap().code(), expected, "{total} {paid}");
    }
    let mixed = PaymentState::of(Money::new(1, Currency::AMD), Money::new(1, Currency::USD));
    assert_eq!(mixed.unwrap_err().key(), "error.currency_mismatch");
    assert!(PaymentState::ALL.iter().all(|state| PaymentState::parse(state.code()) == Some(*state)));
}

#[test]
fn only_what_was_agreed_and_is_past_its_date_is_late() {
    let date = |day| Date::new(2026, 11, day).unwrap();
    for (status, on, days) in [
        (Status::Confirmed, 24, 0),
        (Status::Confirmed, 25, 1),
        (Status::InWork, 30, 6),
        (Status::Ready, 25, 1),
        (Status::Closed, 26, 2),
        (Status::Closed, 20, 0),
        (Status::Draft, 30, 0),
        (Status::Cancelled, 30, 0),
    ] {
        assert_eq!(days_late(status, date(24), date(on)), days, "{status:?} on {on}");
    }
    assert_eq!(days_late(Status::Confirmed, Date::MAX, date(30)), 0);
}

#[test]
fn a_cancelled_order_is_not_cancelled_again_and_keeps_its_reason() {
    let mut desk = Desk::new();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "500"}]);
    let placed = desk.run("place-order", json!({"lines": lines}));
    desk.run("cancel-order", json!({"order": placed["id"], "reason": "Հրաժարվեց"}));
    let again = desk.error("cancel-order", json!({"order": placed["id"], "reason": "x"}));
    assert_eq!((again.key(), again.field()), ("error.order.cancelled_already", Some("order")));
    assert_eq!(desk.query("order", json!({"id": placed["id"]}))[0]["reason"], "Հրաժարվեց");
}

#[test]
fn an_order_without_a_customer_is_for_the_walk_in_also_when_it_is_emptied_later_and_undone() {
    let mut desk = Desk::new();
    let customer = desk.run("save-counterparty", json!({"name": "Zabel"}));
    let lines = json!([{"text": "Work", "quantity": "1", "price": "100"}]);
    let placed = desk.run("place-order", json!({"counterparty": customer["id"], "lines": lines}));
    let named = |desk: &Desk| desk.query("order", json!({"id": placed["id"]}))[0]["counterparty_name"].clone();
    let walk_in = desk.query("counterparties", json!({"walk_in": true}))[0]["name"].clone();
    desk.run("edit-order", json!({"order": placed["id"], "version": 1, "note": "soon"}));
    assert_eq!(named(&desk), json!("Zabel"), "left out it stays");
    desk.run("edit-order", json!({"order": placed["id"], "version": 2, "counterparty": ""}));
    assert_eq!(named(&desk), walk_in);
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(named(&desk), json!("Zabel"));
}
