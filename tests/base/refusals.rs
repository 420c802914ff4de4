//! Arguments that do not fit: what a person reads instead of serde's words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::date::{Date, Period};
use patver::base::error::Error;
use patver::base::id::Id;
use patver::base::locale::Lang;
use patver::base::quantity::Quantity;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Sale {
    #[serde(rename = "customer")]
    _customer: Id<()>,
    #[serde(rename = "date")]
    _date: Option<Date>,
    #[serde(rename = "lines")]
    _lines: Vec<Line>,
    #[serde(rename = "period")]
    _period: Option<Period>,
}

#[derive(Deserialize, Debug)]
struct Line {
    #[serde(rename = "quantity")]
    _quantity: Quantity,
    #[serde(rename = "kind")]
    _kind: Kind,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Goods,
    MadeToOrder,
}

fn refusal(json: Value) -> Error {
    let error = serde_path_to_error::deserialize::<_, Sale>(json).unwrap_err();
    Error::from_serde(&error.inner().to_string(), &error.path().to_string())
}

#[test]
fn refusal_of_a_value_comes_back_with_its_text_its_place_and_its_advice() {
    let error = refusal(json!({"customer": 1, "lines": [], "date": "24.11.2026"}));
    assert_eq!((error.key(), error.field()), ("error.date_unreadable", Some("date")));
    assert_eq!(error.message(Lang::RU), "«24.11.2026» — не дата");
    assert!(error.next_step(Lang::HY).unwrap().contains("2026-11-24"));

    let quantity = json!({"customer": 1, "lines": [{"quantity": "1.12345678", "kind": "goods"}]});
    let error = refusal(quantity);
    assert_eq!((error.key(), error.field()), ("error.number_too_precise", Some("lines[0].quantity")));
    assert!(error.next_step(Lang::EN).unwrap().ends_with('6'), "{:?}", error.next_step(Lang::EN));

    let error = refusal(json!({"customer": 1, "lines": [], "period": {"from": "2026-02-01", "to": "2026-01-01"}}));
    assert_eq!((error.key(), error.field()), ("error.period_reversed", Some("period")));
    assert!(!error.message(Lang::HY).contains("%{"));
}

#[test]
fn missing_field_is_named_at_its_own_place() {
    let error = refusal(json!({"customer": 1, "lines": [{"kind": "goods"}]}));
    assert_eq!((error.key(), error.field()), ("error.field_missing", Some("lines[0].quantity")));
    let error = refusal(json!({"lines": []}));
    assert_eq!((error.key(), error.field()), ("error.field_missing", Some("customer")));
    assert_eq!(error.message(Lang::EN), "“customer” is missing");
}

#[test]
fn unknown_field_and_choice_list_the_known_ones() {
    let error = refusal(json!({"customer": 1, "lines": [], "client": 5}));
    assert_eq!(error.key(), "error.field_unknown");
    assert_eq!(error.next_step(Lang::EN).unwrap(), "Use one of these: customer, date, lines, period");
    let error = refusal(json!({"customer": 1, "lines": [{"quantity": 1, "kind": "good"}]}));
    assert_eq!((error.key(), error.field()), ("error.choice_unknown", Some("lines[0].kind")));
    assert_eq!(error.next_step(Lang::EN).unwrap(), "Use one of these: goods, made-to-order");
}

#[test]
fn other_shapes_are_refused_in_plain_words() {
    let error = refusal(json!({"customer": 1, "lines": [{"quantity": 1.5, "kind": "goods"}]}));
    assert_eq!((error.key(), error.field()), ("error.value_float", Some("lines[0].quantity")));
    let error = refusal(json!({"customer": 1, "lines": "none"}));
    assert_eq!((error.key(), error.field()), ("error.value_form", Some("lines")));
    assert_eq!(error.message(Lang::EN), "A list is expected here");
    let error = refusal(json!({"customer": true, "lines": []}));
    assert_eq!(
        (error.message(Lang::RU).as_str(), error.field()),
        ("Здесь ожидается целое число, которое показала программа", Some("customer"))
    );
    let error = refusal(json!({"customer": 1, "lines": ["paper"]}));
    assert_eq!(error.message(Lang::HY), "Այստեղ սպասվում է անվանված դաշտերով օբյեկտ");
    assert_eq!(refusal(json!(7)).field(), None);
}

#[test]
fn an_empty_text_where_a_value_belongs_is_called_empty_at_its_field() {
    for (json, field) in [(json!({"customer": ""}), "customer"), (json!({"customer": 1, "date": ""}), "date")] {
        let error = refusal(json);
        assert_eq!((error.key(), error.field()), ("error.value_empty", Some(field)));
    }
}

#[test]
fn typed_marks_do_not_pretend_to_be_a_refusal() {
    let error = refusal(json!({"customer": "\u{1}eerror.no_right\u{4}", "lines": []}));
    assert_eq!(error.key(), "error.id_unreadable");
    let error = refusal(json!({"customer": 1, "lines": [], "\u{1}eerror.no_right\u{4}": 1}));
    assert_eq!(error.key(), "error.field_unknown");
}
