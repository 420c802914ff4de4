//! Orders, payments and invoices through the gate, on a company in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use serde_json::{Value as Json, json};

/// One object with what another adds.
pub(crate) fn with(mut first: Json, more: Json) -> Json {
    first.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    first
}

/// An order of 1,000 drams and a half-price line of 500, prices with tax.
fn order(desk: &mut Desk) -> Json {
    desk.run(
        "place-order",
        json!({"lines": [
            {"text": "Ծրար", "quantity": "2", "price": "500"},
            {"text": "Թուղթ", "quantity": "1", "price": "1000", "discount_percent": "50"},
        ]}),
    )
}

fn one(desk: &Desk, query: &str, arguments: Json) -> Json {
    desk.query(query, arguments).into_iter().next().unwrap()
}

#[test]
fn an_order_gets_its_number_its_date_and_totals_that_its_lines_sum_to() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    assert_eq!((placed["number"].as_str(), placed["total"].as_str()), (Some("000001"), Some("1500.00")));
    let seen = one(&desk, "order", json!({"id": placed["id"]}));
    assert_eq!(seen["date"], desk.today());
    assert_eq!((&seen["total"], &seen["debt"], &seen["paid"]), (&json!("1500.00"), &json!("1500.00"), &json!("0.00")));
    let lines: Vec<_> = seen["lines"].as_array().unwrap().iter().map(|line| line["total"].as_str().unwrap()).collect();
    assert_eq!(lines, ["1000.00", "500.00"]);
}

#[test]
fn cash_over_the_debt_comes_back_as_change_and_pays_the_order() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let taken =
        desk.run("take-payment", json!({"order": placed["id"], "tenders": [{"method": "cash", "amount": "2000"}]}));
    assert_eq!((&taken["change"], &taken["due"]), (&json!("500.00"), &json!("0.00")));
    let seen = one(&desk, "order", json!({"id": placed["id"]}));
    assert_eq!((&seen["paid"], &seen["debt"]), (&json!("1500.00"), &json!("0.00")));
    assert_eq!(
        desk.fails("take-payment", json!({"order": placed["id"], "tenders": [{"method": "cash", "amount": "1"}]})),
        "error.payment.nothing_due"
    );
}

#[test]
fn several_tenders_pay_in_part_and_a_foreign_one_is_refused_at_its_place() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let tenders = json!([{"method": "card", "amount": "700"}, {"method": "cash", "amount": "300"}]);
    let taken = desk.run("take-payment", json!({"order": placed["id"], "tenders": tenders}));
    assert_eq!(taken["due"], "500.00");
    let foreign = json!([{"method": "cash", "amount": "1", "currency": "USD"}]);
    let error = desk.error("take-payment", json!({"order": placed["id"], "tenders": foreign}));
    assert_eq!((error.key(), error.field()), ("error.payment.foreign_currency", Some("tenders[0].currency")));
}

#[test]
fn a_voided_payment_leaves_two_numbers_and_the_debt_as_it_was() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let taken =
        desk.run("take-payment", json!({"order": placed["id"], "tenders": [{"method": "card", "amount": "1500"}]}));
    let voided = desk.run("void-payment", json!({"payment": taken["id"], "reason": "Սխալ քարտ"}));
    assert_eq!(voided["number"], "000002");
    assert_eq!(one(&desk, "order", json!({"id": placed["id"]}))["debt"], "1500.00");
    assert_eq!(
        desk.fails("void-payment", json!({"payment": taken["id"], "reason": "again"})),
        "error.payment.voided_already"
    );
    assert_eq!(
        desk.fails("void-payment", json!({"payment": voided["id"], "reason": "again"})),
        "error.payment.is_reversal"
    );
}

#[test]
fn a_paid_or_invoiced_order_says_what_to_void_before_it_is_cancelled() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let taken =
        desk.run("take-payment", json!({"order": placed["id"], "tenders": [{"method": "card", "amount": "1"}]}));
    let issued = desk.run("issue-invoice", json!({"order": placed["id"]}));
    let cancel = json!({"order": placed["id"], "reason": "Հրաժարվեց"});
    assert_eq!(desk.fails("cancel-order", cancel.clone()), "error.order.cancel_invoiced");
    desk.run("void-invoice", json!({"invoice": issued["id"], "reason": "Հրաժարվեց"}));
    assert_eq!(desk.fails("cancel-order", cancel.clone()), "error.order.cancel_paid");
    desk.run("void-payment", json!({"payment": taken["id"], "reason": "Հրաժարվեց"}));
    desk.run("cancel-order", cancel);
    let seen = one(&desk, "order", json!({"id": placed["id"]}));
    assert_eq!((&seen["status"], &seen["debt"]), (&json!("cancelled"), &json!("0.00")));
}

#[test]
fn invoices_are_numbered_without_gaps_and_a_voided_number_is_never_given_again() {
    let mut desk = Desk::new();
    let (first, second) = (order(&mut desk), order(&mut desk));
    let issued = desk.run("issue-invoice", json!({"order": first["id"]}));
    assert_eq!(desk.fails("issue-invoice", json!({"order": first["id"]})), "error.invoice.issued_already");
    desk.run("void-invoice", json!({"invoice": issued["id"], "reason": "Սխալ"}));
    let again = desk.run("issue-invoice", json!({"order": first["id"]}));
    let other = desk.run("issue-invoice", json!({"order": second["id"]}));
    let numbers = [&issued, &again, &other].map(|invoice| invoice["number"].as_str().unwrap().to_owned());
    assert_eq!(numbers, ["000001", "000002", "000003"]);
}

#[test]
fn an_invoice_keeps_what_was_issued_whatever_becomes_of_the_customer() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let issued = desk.run("issue-invoice", json!({"order": placed["id"]}));
    let before = one(&desk, "invoice", json!({"id": issued["id"]}));
    assert_eq!(before["content"]["lines"][0]["text"], "Ծրար");
    let told = |amounts: &Json| ["discount", "net", "tax", "total"].map(|name| amounts[name].clone());
    assert_eq!(told(&before["content"]["lines"][0]), ["0.00", "833.33", "166.67", "1000.00"]);
    assert_eq!(told(&before["content"]["sums"]), ["500.00", "1250.00", "250.00", "1500.00"]);
    assert_eq!(told(&before["content"]["taxes"][0])[1..], ["1250.00", "250.00", "1500.00"]);
    assert_eq!(before["content"]["sums"]["debt"], "1500.00");
}

#[test]
fn an_invoice_dated_before_the_last_one_asks_first() {
    let mut desk = Desk::new();
    let first = order(&mut desk);
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "500"}]);
    let second = desk.run("place-order", json!({"lines": lines, "date": "2020-01-01"}));
    desk.run("issue-invoice", json!({"order": first["id"]}));
    let earlier = json!({"order": second["id"], "date": "2020-01-01"});
    assert_eq!(desk.error("issue-invoice", earlier.clone()).kind(), "needs-confirmation");
    desk.run_confirmed("issue-invoice", earlier);
}

#[test]
fn a_return_of_everything_is_the_exact_negative_and_cannot_be_made_twice() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    desk.run("take-payment", json!({"order": placed["id"], "tenders": [{"method": "cash", "amount": "1500"}]}));
    let back = desk.run("return-order", json!({"order": placed["id"]}));
    assert_eq!(back["total"], "-1500.00");
    assert_eq!(desk.fails("return-order", json!({"order": placed["id"]})), "error.order.nothing_to_return");
    let refund = |amount: &str| json!({"order": back["id"], "reason": "Վերադարձ", "tenders": [{"method": "cash", "amount": amount}]});
    assert_eq!(desk.fails("refund-payment", refund("1501")), "error.payment.refund_over_due");
    assert_eq!(desk.run("refund-payment", refund("1500"))["due"], "0.00");
}

#[test]
fn an_advance_is_used_oldest_first_and_never_beyond_the_debt() {
    let mut desk = Desk::new();
    let customer = desk.customer("Անի");
    for amount in ["600", "600"] {
        desk.run(
            "take-payment",
            json!({"counterparty": customer, "tenders": [{"method": "transfer", "amount": amount}]}),
        );
    }
    let line = json!([{"text": "Ծրար", "quantity": "1", "price": "1000"}]);
    let placed = desk.run("place-order", json!({"counterparty": customer, "lines": line}));
    let applied = desk.run("apply-advance", json!({"order": placed["id"]}));
    assert_eq!((&applied["applied"], &applied["due"]), (&json!("1000.00"), &json!("0.00")));
    let first = one(&desk, "payment", json!({"id": 1}));
    let second = one(&desk, "payment", json!({"id": 2}));
    assert_eq!(first["allocations"][0]["amount"], "600.00");
    assert_eq!(second["allocations"][0]["amount"], "400.00");
}

#[test]
fn an_edit_replaces_the_lines_and_keeps_debt_and_journal_in_step() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let lines = json!([{"text": "Ծրար", "quantity": "3", "price": "500"}]);
    desk.run("edit-order", json!({"order": placed["id"], "version": 1, "lines": lines, "note": "Շտապ"}));
    let seen = one(&desk, "order", json!({"id": placed["id"]}));
    assert_eq!((&seen["total"], &seen["debt"], &seen["note"]), (&json!("1500.00"), &json!("1500.00"), &json!("Շտապ")));
    assert_eq!(seen["lines"].as_array().unwrap().len(), 1);
    assert_eq!(desk.error("edit-order", json!({"order": placed["id"], "version": 1, "note": "x"})).kind(), "conflict");
    for version in [1, 999, -3] {
        let same = json!({"order": placed["id"], "version": version});
        assert_eq!(desk.error("edit-order", same).kind(), "conflict", "{version}: also where nothing would change");
    }
    assert_eq!(changes(&seen["history"][1]), ["note", "Ծրար quantity", "Թուղթ removed"]);
}

/// What an entry tells: the field, behind the words of the line where it is one's.
fn changes(happening: &Json) -> Vec<String> {
    let told = |change: &Json| {
        let field = change["field"].as_str().unwrap();
        change["part"].as_str().map_or_else(|| field.to_owned(), |part| format!("{part} {field}"))
    };
    happening["fields"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn the_history_tells_which_line_was_changed_added_and_removed() {
    let mut desk = Desk::new();
    let line = |text: &str, quantity: &str, price: &str| json!({"text": text, "quantity": quantity, "price": price});
    let lines = json!([line("Ink", "1", "100"), line("Paper", "2", "50"), line("Glue", "1", "30")]);
    let placed = desk.run("place-order", json!({"lines": lines}));
    let lines = json!([line("Paper", "5", "45"), line("Glue", "1", "30")]);
    desk.run("edit-order", json!({"order": placed["id"], "version": 1, "lines": lines}));
    let lines = json!([line("Paper", "5", "45"), line("Glue", "1", "30"), line("Tape", "3", "10")]);
    desk.run("edit-order", json!({"order": placed["id"], "version": 2, "lines": lines}));
    let seen = one(&desk, "order", json!({"id": placed["id"]}));
    let history = seen["history"].as_array().unwrap();
    assert!(!changes(&history[0]).iter().any(|change| change.contains("Ink")), "a new order is told as one");
    let of_lines = |at: usize| {
        let all = history[at]["fields"].as_array().unwrap().iter();
        all.filter(|change| change["table"] == "order_lines").cloned().collect::<Vec<_>>()
    };
    let told = |change: &Json| {
        let number = |side: &str| change[side].as_str().map(str::to_owned);
        (
            format!("{} {}", change["part"].as_str().unwrap(), change["field"].as_str().unwrap()),
            number("old"),
            number("new"),
        )
    };
    let second: Vec<_> = of_lines(1).iter().map(told).collect();
    let expected = [
        ("Ink removed".to_owned(), Some("1".to_owned()), None),
        ("Paper quantity".to_owned(), Some("2".to_owned()), Some("5".to_owned())),
        ("Paper price".to_owned(), Some("50".to_owned()), Some("45".to_owned())),
    ];
    assert_eq!(second, expected, "lines that moved up were not changed");
    let third: Vec<_> = of_lines(2).iter().map(told).collect();
    assert_eq!(third, [("Tape created".to_owned(), None, Some("3".to_owned()))]);
}

#[test]
fn of_very_many_changed_lines_the_first_are_told_and_the_rest_counted() {
    let mut desk = Desk::new();
    let lines = |price: usize| -> Vec<Json> {
        (0..300).map(|at| json!({"text": format!("Part {at}"), "quantity": "1", "price": price.to_string()})).collect()
    };
    let placed = desk.run("place-order", json!({"lines": lines(10)}));
    desk.run("edit-order", json!({"order": placed["id"], "version": 1, "lines": lines(11)}));
    let seen = one(&desk, "order", json!({"id": placed["id"]}));
    let told = changes(&seen["history"][1]);
    assert_eq!(told.iter().filter(|change| change.ends_with("price")).count(), 100);
    assert_eq!(seen["history"][1]["fields"].as_array().unwrap().last().unwrap()["new"], json!(200));
}

#[test]
fn a_copy_has_a_new_number_the_same_lines_and_no_payment() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    desk.run("take-payment", json!({"order": placed["id"], "tenders": [{"method": "cash", "amount": "1500"}]}));
    let copy = desk.run("copy-order", json!({"order": placed["id"]}));
    let seen = one(&desk, "order", json!({"id": copy["id"]}));
    assert_eq!((copy["number"].as_str(), seen["debt"].as_str()), (Some("000002"), Some("1500.00")));
    assert_eq!(seen["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn undo_of_a_posted_command_makes_the_reversing_document() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let seq = desk.last_seq();
    desk.run("take-payment", json!({"order": placed["id"], "tenders": [{"method": "cash", "amount": "1500"}]}));
    let undone = desk.run("undo", json!({"seq": seq + 1}));
    assert_eq!(undone["reversal"]["number"], "000002");
    assert_eq!(one(&desk, "order", json!({"id": placed["id"]}))["debt"], "1500.00");
    desk.run("undo", json!({"seq": seq}));
    assert_eq!(one(&desk, "order", json!({"id": placed["id"]}))["status"], "cancelled");
}

#[test]
fn a_line_that_does_not_fit_is_refused_at_its_place() {
    let mut desk = Desk::new();
    let place = |line: Json| json!({"lines": [{"text": "ok", "quantity": "1", "price": "1"}, line]});
    for (line, key, field) in [
        (json!({"text": "x", "quantity": "0", "price": "1"}), "error.order.quantity_not_positive", "lines[1].quantity"),
        (json!({"text": "x", "quantity": "1"}), "error.order.no_price", "lines[1].price"),
        (json!({"quantity": "1", "price": "1"}), "error.order.line_without_item", "lines[1].item"),
        (json!({"barcode": "nope", "quantity": "1"}), "error.order.unknown_barcode", "lines[1].barcode"),
        (json!({"text": "x", "quantity": "1", "price": "-1"}), "error.order.price_negative", "lines[1].price"),
        (
            json!({"text": "x", "quantity": "1", "price": "1", "corrected": "5"}),
            "error.order.correction_without_reason",
            "lines[1].correction_reason",
        ),
    ] {
        let error = desk.error("place-order", place(line));
        assert_eq!((error.key(), error.field()), (key, Some(field)));
    }
    assert_eq!(order(&mut desk)["number"], "000001");
}

#[test]
fn what_is_switched_off_stands_where_it_stood_and_gets_into_nothing_new() {
    let mut desk = Desk::new();
    let mut made = Vec::new();
    for (save, values) in [
        ("save-unit", json!({"code": "pair", "name": "Զույգ"})),
        ("save-tax-rate", json!({"code": "half", "name": "Կես", "percent": "10"})),
        ("save-payment-method", json!({"code": "gift", "name": "Նվեր քարտ", "kind": "card"})),
        ("save-status", json!({"code": "sewn", "name": "Կարված", "state": "in-work"})),
    ] {
        made.push((save, desk.run(save, values)));
    }
    let line =
        |field: &str, code: &str| json!({"lines": [{"text": "Ծրար", "quantity": "1", "price": "100", field: code}]});
    let placed = desk.run("place-order", line("unit", "pair"));
    desk.run("change-order-status", json!({"order": placed["id"], "status": "sewn"}));
    for (save, saved) in made {
        desk.run(save, json!({"id": saved["id"], "version": saved["version"], "active": false}));
    }
    let tenders = json!([{"method": "gift", "amount": "100"}]);
    for (command, arguments, field) in [
        ("place-order", line("unit", "pair"), "lines[0].unit"),
        ("place-order", line("tax_rate", "half"), "lines[0].tax_rate"),
        ("take-payment", json!({"order": placed["id"], "tenders": tenders}), "tenders[0].method"),
        ("place-order", json!({"status": "sewn", "lines": line("unit", "pcs")["lines"]}), "status"),
    ] {
        let error = desk.error(command, arguments);
        assert_eq!((error.key(), error.field()), ("error.switched_off", Some(field)));
    }
    assert_eq!(desk.fails("place-order", line("unit", "dozen")), "error.not_in_directory");
    assert_eq!(desk.query("orders", json!({"status": ["sewn"]})).len(), 1);
}

#[test]
fn a_head_that_nobody_means_is_refused_at_its_field() {
    let mut desk = Desk::new();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "500"}]);
    for (field, value, key) in [
        ("freight", json!("-1"), "error.order.freight_negative"),
        ("priority", json!(10), "error.order.priority"),
        ("priority", json!(-1), "error.order.priority"),
        ("date", json!("1900-01-01"), "error.document_year"),
        ("date", json!("2999-12-31"), "error.document_year"),
        ("date", json!("0001-01-01"), "error.date_out_of_range"),
        ("due", json!("9999-12-31"), "error.date_out_of_range"),
        ("due", json!("2026-03-01"), "error.order.due_before_date"),
        ("due", json!("2199-03-01"), "error.document_year"),
        ("received", json!("9998-01-01T00:00:00+04:00"), "error.document_year"),
        ("received", json!("2026-03-04T10:00:00+04:00"), "error.order.received_in_future"),
    ] {
        let placed = desk.error("place-order", with(json!({"lines": lines}), json!({field: value})));
        assert_eq!((placed.key(), placed.field()), (key, Some(field)), "{value}");
        let order = order(&mut desk);
        let edit = with(json!({"order": order["id"], "version": 1}), json!({field: value}));
        let edited = desk.error("edit-order", edit);
        assert_eq!((edited.key(), edited.field()), (key, Some(field)), "{value}");
    }
    let kept = json!({"lines": lines, "freight": "0", "priority": 9, "due": "2026-03-02T09:00", "date": "1990-01-01"});
    desk.run("place-order", kept);
}

#[test]
fn an_order_and_its_invoice_are_dated_in_their_order() {
    let mut desk = Desk::new();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": "500"}]);
    let placed = desk.run("place-order", json!({"lines": lines, "date": "2026-02-10"}));
    let issue = |date: &str| json!({"order": placed["id"], "date": date});
    let early = desk.error("issue-invoice", issue("2026-02-09"));
    assert_eq!((early.key(), early.field()), ("error.invoice.before_order", Some("date")));
    let edit = |version: i64, date: &str| json!({"order": placed["id"], "version": version, "date": date});
    desk.run("edit-order", edit(1, "2026-02-09"));
    desk.run("issue-invoice", issue("2026-02-09"));
    let late = desk.error("edit-order", edit(2, "2026-02-10"));
    assert_eq!((late.key(), late.field()), ("error.order.date_after_invoice", Some("date")));
    let undone = desk.error("undo", json!({"seq": desk.last_seq() - 1}));
    assert_eq!(undone.key(), "error.order.date_after_invoice");
    desk.run("edit-order", edit(2, "2026-02-08"));
}

#[test]
fn the_invoice_of_an_order_that_is_not_there_is_refused_as_such() {
    let mut desk = Desk::new();
    let placed = order(&mut desk);
    let refused = |desk: &Desk, order: &Json| {
        let error = desk.store.query_json(&desk.owner, "invoice", json!({"order": order})).unwrap_err();
        (error.key(), error.field().unwrap_or_default().to_owned())
    };
    assert_eq!(refused(&desk, &json!(99)), ("error.record_missing", "order".to_owned()));
    assert_eq!(refused(&desk, &placed["id"]), ("error.invoice.order_without", "order".to_owned()));
}
