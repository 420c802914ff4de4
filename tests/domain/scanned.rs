//! What a scanned code means: a barcode, a GS1 label, a label of the company's own scales, or the company's own code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::barcode::with_check_digit;
use patver::base::error::Error;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn shop() -> Desk {
    let mut desk = Desk::new();
    let cheese = json!({"code": "417", "name": "Լոռի", "unit": "kg", "price": "2350", "barcodes": ["4850001234562"]});
    desk.run("save-item", cheese);
    desk.run("save-item", json!({"code": "9", "name": "Հաց", "price": "300"}));
    desk.run("save-item", json!({"code": "77", "name": "Գաթա", "unit": "kg"}));
    desk
}

fn ask(desk: &Desk, code: &str) -> Result<Vec<Json>, Error> {
    desk.store.query_json(&desk.owner, "find-item", json!({"code": code}))
}

fn refused(desk: &Desk, code: &str) -> &'static str {
    ask(desk, code).unwrap_err().key()
}

fn found(desk: &Desk, code: &str) -> Json {
    let mut rows = ask(desk, code).unwrap();
    assert!(rows.len() < 2, "{rows:?}");
    rows.pop().unwrap_or_default()
}

fn label(body: &str) -> String {
    with_check_digit(body)
}

#[test]
fn a_label_of_the_scales_tells_the_item_and_its_weight() {
    let desk = shop();
    let cheese = found(&desk, &label("210041701234"));
    assert_eq!(
        (&cheese["name"], &cheese["quantity"], &cheese["price"]),
        (&json!("Լոռի"), &json!("1.234"), &json!("2350"))
    );
    assert_eq!(found(&desk, &label("219999901234")), Json::Null, "no such item");
    assert_eq!(found(&desk, &label("230041701234")), Json::Null, "no such prefix");
    let wrong = label("210041701234");
    let wrong = format!("{}{}", &wrong[..12], (wrong[12..].parse::<u8>().unwrap() + 1) % 10);
    assert_eq!(found(&desk, &wrong), Json::Null, "the check digit is wrong");
}

#[test]
fn the_longest_beginning_reads_the_code_and_an_exact_barcode_comes_before_all() {
    let mut desk = shop();
    desk.run(
        "save-scale-code",
        json!({"name": "Գին", "prefix": "2100", "item_digits": 3, "measure": "amount", "decimals": 0}),
    );
    let code = label("210041701234");
    assert_eq!(found(&desk, &code)["quantity"], "0.525", "1,234 drams of cheese at 2,350");
    desk.run("save-item", json!({"name": "Լոռի, գլուխ", "price": "9000", "barcodes": [code.clone()]}));
    assert_eq!((&found(&desk, &code)["name"], &found(&desk, &code)["quantity"]), (&json!("Լոռի, գլուխ"), &Json::Null));
}

#[test]
fn the_code_of_an_item_is_no_barcode_of_another_and_no_barcode_another_s_code() {
    let mut desk = shop();
    let taken = |desk: &mut Desk, card: Json| {
        let error = desk.error("save-item", card);
        (error.key(), error.field().unwrap().to_owned())
    };
    let barcode = json!({"name": "X", "barcodes": ["417"]});
    assert_eq!(taken(&mut desk, barcode), ("error.code_taken", "barcodes[0]".to_owned()));
    let code = json!({"name": "X", "code": "4850001234562"});
    assert_eq!(taken(&mut desk, code), ("error.barcode_taken", "code".to_owned()));
    desk.run("save-item", json!({"name": "X", "code": "5000112637922", "barcodes": ["5000112637922"]}));
}

#[test]
fn a_label_with_an_amount_costs_exactly_that_amount() {
    let mut desk = shop();
    desk.run("save-scale-code", json!({"name": "Գին", "prefix": "22", "measure": "amount", "decimals": 0}));
    let cheese = found(&desk, &label("220041701234"));
    let line = json!({"item": cheese["id"], "quantity": cheese["quantity"], "price": cheese["price"]});
    let order = desk.run("place-order", json!({"lines": [line]}))["id"].clone();
    assert_eq!(desk.query("order", json!({"id": order}))[0]["total"], "1234.00");
    assert_eq!(refused(&desk, &label("220007701234")), "error.scale_no_price");
    assert_eq!(refused(&desk, &label("220041700000")), "error.scale_nothing");
}

#[test]
fn a_weight_that_the_unit_cannot_hold_is_refused() {
    let desk = shop();
    assert_eq!(refused(&desk, &label("210000901234")), "error.quantity_not_whole");
    assert_eq!(found(&desk, &label("210000902000"))["quantity"], "2");
}

#[test]
fn a_gs1_label_tells_item_weight_lot_and_last_day() {
    let desk = shop();
    let read = found(&desk, "010485000123456231030012501728022910L7\u{1d}21S1");
    assert_eq!((&read["name"], &read["quantity"]), (&json!("Լոռի"), &json!("1.25")));
    assert_eq!((&read["lot"], &read["serial"], &read["expires"]), (&json!("L7"), &json!("S1"), &json!("2028-02-29")));
}

#[test]
fn scale_codes_that_cannot_be_read_are_refused_at_their_field() {
    let mut desk = shop();
    for (card, key, field) in [
        (json!({"name": "X", "prefix": "48"}), "error.scale_prefix", "prefix"),
        (json!({"name": "X", "prefix": "2"}), "error.scale_prefix", "prefix"),
        (json!({"name": "X", "prefix": "2a"}), "error.scale_prefix", "prefix"),
        (json!({"name": "X", "prefix": "21"}), "error.scale_prefix_taken", "prefix"),
        (json!({"name": "X", "prefix": "23", "item_digits": 8}), "error.scale_digits", "item_digits"),
        (json!({"name": "X", "prefix": "23", "decimals": 5}), "error.scale_digits", "decimals"),
        (json!({"name": "X", "prefix": "2345", "item_digits": 7}), "error.scale_room", "item_digits"),
        (json!({"prefix": "23"}), "error.field_empty", "name"),
    ] {
        let error = desk.error("save-scale-code", card);
        assert_eq!((error.key(), error.field()), (key, Some(field)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_amount_label_at_every_price_costs_what_is_printed(price in 1_i64..200_000, amount in 1_i64..100_000) {
        let mut desk = Desk::new();
        desk.run("save-scale-code", json!({"name": "Գին", "prefix": "22", "measure": "amount", "decimals": 0}));
        desk.run("save-item", json!({"code": "1", "name": "Լոռի", "unit": "kg", "price": price.to_string()}));
        let code = label(&format!("2200001{amount:05}"));
        let answered = ask(&desk, &code);
        let Ok(rows) = answered else {
            // Less than half a gram is nothing.
            prop_assert!(amount * 2000 < price);
            return Ok(());
        };
        let line = json!({"item": rows[0]["id"], "quantity": rows[0]["quantity"], "price": rows[0]["price"]});
        let order = desk.run("place-order", json!({"lines": [line]}))["id"].clone();
        prop_assert_eq!(&desk.query("order", json!({"id": order}))[0]["total"], &json!(format!("{amount}.00")));
    }
}
