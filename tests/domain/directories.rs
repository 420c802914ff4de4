//! The company and its directories, through the gate and on a real store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::domain::company;
use patver::domain::file::keep_file;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

/// A red dot.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 0x0C, 0x49, 0x44, 0x41, 0x54, 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0,
    3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

fn codes(desk: &Desk, query: &str) -> Vec<String> {
    desk.query(query, json!({})).iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

fn one(desk: &Desk, query: &str, column: &str, value: &str) -> Json {
    let rows = desk.query(query, json!({}));
    rows.into_iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("no {value} in {query}"))
}

fn id_of(saved: &Json) -> i64 {
    saved["id"].as_i64().unwrap()
}

#[test]
fn a_new_armenian_company_has_its_zone_currency_taxes_and_names() {
    let desk = Desk::new();
    let company = &desk.query("company", json!({}))[0];
    assert_eq!((&company["time_zone"], &company["currency"]), (&json!("Asia/Yerevan"), &json!("AMD")));
    assert_eq!((&company["tax_rate"], &company["prices_include_tax"]), (&json!("vat-20"), &json!(true)));
    assert_eq!(one(&desk, "tax-rates", "code", "vat-20")["percent"], "20");
    assert_eq!(one(&desk, "tax-rates", "code", "no-vat")["name"], "Առանց ԱԱՀ");
    assert_eq!(one(&desk, "units", "code", "pcs")["name"], "հատ");
    assert_eq!(one(&desk, "currencies", "code", "AMD")["cash_step"], "1.00");
}

#[test]
fn a_new_company_has_the_units_methods_states_and_series_that_scripts_rely_on() {
    let desk = Desk::new();
    assert_eq!(codes(&desk, "units"), ["pcs", "kg", "g", "l", "ml", "m", "m2", "m3", "h", "box"]);
    assert_eq!(codes(&desk, "payment-methods"), ["cash", "card", "transfer"]);
    assert_eq!(codes(&desk, "statuses"), ["draft", "confirmed", "in-work", "ready", "closed", "cancelled"]);
    let series = desk.query("series", json!({}));
    let expected = ["invoice", "order", "payment", "waybill"].map(|name| json!({"name": name, "next": 1}));
    assert_eq!(series, expected);
}

#[test]
fn a_file_holds_one_company_and_only_the_program_sets_it_up() {
    let mut desk = Desk::new();
    let company = json!({"name": "B", "country": "AM", "currency": "AMD", "language": "hy", "owner": "ani"});
    let again = desk.store.run_json(&Call::of_system(), "create-company", company.clone()).unwrap_err();
    assert_eq!(again.key(), "error.company_exists");
    assert_eq!(desk.fails("create-company", company), "error.only_setup");
}

#[test]
fn a_company_elsewhere_takes_the_zone_of_its_country_or_the_one_it_is_given() {
    for (country, given, zone) in [
        ("DE", None, "Europe/Berlin"),
        ("de", Some("Asia/Tokyo"), "Asia/Tokyo"),
        ("am", None, "Asia/Yerevan"),
        ("NZ", None, "UTC"),
    ] {
        let mut company = json!({"name": "B", "country": country, "currency": "EUR", "language": "en", "owner": "ani"});
        if let Some(given) = given {
            company["time_zone"] = json!(given);
        }
        let mut store = Desk::empty();
        store.run_json(&Call::of_system(), "create-company", company).unwrap();
        assert_eq!(company::current(store.db()).unwrap().time_zone, zone);
    }
}

#[test]
fn a_country_that_does_not_exist_is_refused_at_its_field() {
    let company = json!({"name": "B", "country": "XX", "currency": "EUR", "language": "en", "owner": "ani"});
    let refused = Desk::empty().run_json(&Call::of_system(), "create-company", company).unwrap_err();
    assert_eq!((refused.key(), refused.field()), ("error.country_unknown", Some("country")));
}

#[test]
fn requisites_are_changed_field_by_field_and_the_rest_stays() {
    let mut desk = Desk::new();
    desk.run("save-company", json!({"version": 1, "tax_id": "01234567", "bank_name": "Ամերիաբանկ", "director": "Անի"}));
    let saved = desk.run("save-company", json!({"version": 2, "director": "", "rounding": "document"}));
    assert_eq!(saved["version"], 3);
    let company = &desk.query("company", json!({}))[0];
    assert_eq!((&company["tax_id"], &company["director"]), (&json!("01234567"), &json!("")));
    assert_eq!((&company["bank_name"], &company["rounding"]), (&json!("Ամերիաբանկ"), &json!("document")));
    assert_eq!(desk.error("save-company", json!({"version": 1, "name": "X"})).kind(), "conflict");
    assert_eq!(desk.fails("save-company", json!({"version": 3, "name": " "})), "error.field_empty");
    assert_eq!(desk.fails("save-company", json!({"version": 3, "email": "ani"})), "error.email_unreadable");
}

#[test]
fn the_time_zone_of_the_company_decides_the_date() {
    let mut desk = Desk::new();
    assert_eq!(desk.today(), "2026-03-02");
    desk.run("save-company", json!({"version": 1, "time_zone": "Pacific/Pago_Pago"}));
    assert_eq!(desk.today(), "2026-03-01");
    assert_eq!(desk.fails("save-company", json!({"version": 2, "time_zone": "Asia/Nowhere"})), "error.zone_unknown");
}

#[test]
fn a_logo_is_a_kept_png_or_jpeg_and_nothing_else() {
    let mut desk = Desk::new();
    let owner = desk.owner.clone();
    let png = keep_file(&mut desk.store, &owner, PNG).unwrap().to_string();
    desk.run("save-company", json!({"version": 1, "logo": png}));
    assert_eq!(desk.query("company", json!({}))[0]["logo"], png);
    let broken = keep_file(&mut desk.store, &owner, &PNG[..40]).unwrap().to_string();
    let refused = desk.error("save-company", json!({"version": 2, "logo": broken}));
    assert_eq!((refused.key(), refused.field()), ("error.picture_unreadable", Some("logo")));
    assert_eq!(desk.fails("save-company", json!({"version": 2, "logo": "00".repeat(32)})), "error.file_not_kept");
    desk.run("save-company", json!({"version": 2, "logo": ""}));
    assert_eq!(desk.query("company", json!({}))[0]["logo"], Json::Null);
}

#[test]
fn a_next_number_can_only_be_raised() {
    let mut desk = Desk::new();
    desk.run("raise-series", json!({"name": "invoice", "next": "100"}));
    assert_eq!(one(&desk, "series", "name", "invoice")["next"], 100);
    for next in [100, 99, 0, -1] {
        assert_eq!(desk.fails("raise-series", json!({"name": "invoice", "next": next})), "error.series_only_raised");
    }
    let seq = desk.last_seq();
    assert_eq!(desk.fails("undo", json!({"seq": seq})), "error.undo_never");
    assert_eq!(desk.fails("raise-series", json!({"name": "parcel", "next": 2})), "error.unknown_series");
    let far = json!({"name": "order", "next": 1_000_000_000_000_i64});
    assert_eq!(desk.fails("raise-series", far), "error.series_too_large");
}

#[test]
fn a_row_without_a_code_gets_one_made_of_its_name() {
    let mut desk = Desk::new();
    desk.run("save-payment-method", json!({"name": "Idram QR", "kind": "transfer"}));
    assert_eq!(one(&desk, "payment-methods", "code", "idram-qr")["name"], "Idram QR");
    desk.run("save-unit", json!({"name": "Զույգ", "decimals": "0"}));
    assert_eq!(one(&desk, "units", "code", "զույգ")["decimals"], 0);
}

#[test]
fn a_code_is_taken_once() {
    let mut desk = Desk::new();
    desk.run("save-status", json!({"code": "late", "name": "Ուշացող", "state": "ready"}));
    for (command, row) in [
        ("save-unit", json!({"code": "pcs", "name": "X"})),
        ("save-tax-rate", json!({"code": "vat-20", "name": "X", "percent": "5"})),
        ("save-payment-method", json!({"code": "cash", "name": "X", "kind": "card"})),
        ("save-status", json!({"code": "late", "name": "X", "state": "draft"})),
    ] {
        assert_eq!(desk.fails(command, row), "error.duplicate", "{command}");
    }
}

#[test]
fn a_name_of_a_category_or_group_is_taken_once_however_it_is_written() {
    let mut desk = Desk::new();
    for (command, query) in [("save-category", "categories"), ("save-item-group", "item-groups")] {
        let id = id_of(&desk.run(command, json!({"name": "Մշտական"})));
        let twin = desk.error(command, json!({"name": " ՄՇՏԱԿԱՆ "}));
        assert_eq!((twin.key(), twin.field()), ("error.name_taken", Some("name")));
        desk.run(command, json!({"id": id, "version": 1, "name": "մշտական"}));
        assert_eq!(one(&desk, query, "name", "մշտական")["version"], 2);
    }
}

#[test]
fn a_change_without_the_version_that_was_seen_is_refused() {
    let mut desk = Desk::new();
    let refused = desk.error("save-unit", json!({"id": 1, "name": "X"}));
    assert_eq!((refused.key(), refused.field()), ("error.version_missing", Some("version")));
    desk.run("save-unit", json!({"id": "1", "version": "1", "name": "կտոր"}));
    assert_eq!(desk.error("save-unit", json!({"id": 1, "version": 1, "name": "X"})).kind(), "conflict");
    assert_eq!(desk.error("remove-unit", json!({"id": 1, "version": 1})).kind(), "conflict");
}

#[test]
fn what_is_used_is_switched_off_and_only_what_is_not_is_removed() {
    let mut desk = Desk::new();
    desk.run("save-item", json!({"name": "Հաց"}));
    assert_eq!(desk.fails("remove-unit", json!({"id": 1, "version": 1})), "error.used_elsewhere");
    desk.run("save-unit", json!({"id": 1, "version": 1, "active": "no"}));
    assert!(desk.query("units", json!({"active": "true"})).iter().all(|row| row["code"] != "pcs"));
    assert_eq!(desk.query("units", json!({"active": false})).len(), 1);
    desk.run("remove-unit", json!({"id": 10, "version": 1}));
    assert!(!codes(&desk, "units").contains(&"box".to_owned()));
    let seq = desk.last_seq();
    desk.run("undo", json!({"seq": seq}));
    assert!(codes(&desk, "units").contains(&"box".to_owned()));
}

#[test]
fn the_usual_tax_rate_and_the_home_currency_stay_in_use() {
    let mut desk = Desk::new();
    let off = json!({"id": 1, "version": 1, "active": false});
    assert_eq!(desk.fails("save-tax-rate", off.clone()), "error.tax_rate_usual");
    assert_eq!(desk.fails("remove-tax-rate", json!({"id": 1, "version": 1})), "error.tax_rate_usual");
    desk.run("save-company", json!({"version": 1, "tax_rate": "no-vat"}));
    desk.run("save-tax-rate", off);
    assert_eq!(desk.fails("save-company", json!({"version": 2, "tax_rate": "vat-20"})), "error.switched_off");
    let home = json!({"code": "AMD", "version": 1, "active": false});
    assert_eq!(desk.fails("save-currency", home), "error.currency_home");
}

#[test]
fn a_cash_step_is_a_whole_number_of_minor_units_above_zero() {
    let mut desk = Desk::new();
    desk.run("save-currency", json!({"code": "AMD", "version": 1, "cash_step": "10"}));
    assert_eq!(one(&desk, "currencies", "code", "AMD")["cash_step"], "10.00");
    let step = |step: &str| json!({"code": "AMD", "version": 2, "cash_step": step});
    assert_eq!(desk.fails("save-currency", step("0")), "error.step_not_positive");
    assert_eq!(desk.fails("save-currency", step("0.001")), "error.number_too_precise");
    for odd in ["0.03", "0.75", "15", "1.01"] {
        assert_eq!(desk.fails("save-currency", step(odd)), "error.step_of_no_coins", "{odd}");
    }
    for (version, usual) in (2..).zip(["0.25", "0.01", "0.20", "50", "1000"]) {
        desk.run("save-currency", json!({"code": "AMD", "version": version, "cash_step": usual}));
    }
    desk.run("save-currency", json!({"code": "CHF"}));
    assert_eq!(one(&desk, "currencies", "code", "CHF")["cash_step"], "0.05");
    assert_eq!(desk.fails("save-currency", json!({"code": "CHF", "cash_step": "1"})), "error.version_missing");
}

#[test]
fn kinds_of_methods_and_states_of_statuses_stay_as_they_are() {
    let mut desk = Desk::new();
    let method = json!({"id": 1, "version": 1, "kind": "card"});
    assert_eq!(desk.fails("save-payment-method", method), "error.method_kind_fixed");
    let status = json!({"id": 1, "version": 1, "state": "ready"});
    assert_eq!(desk.fails("save-status", status), "error.status_state_fixed");
    let own = json!({"name": "Սպասում է կտորի", "state": "in-work", "color": "#ff8800", "icon": "scissors"});
    desk.run("save-status", own);
    let row = one(&desk, "statuses", "name", "Սպասում է կտորի");
    assert_eq!((&row["color"], &row["position"]), (&json!("#FF8800"), &json!(7)));
}

#[test]
fn directories_refuse_what_makes_no_sense_at_its_field() {
    let mut desk = Desk::new();
    for (command, row, key, field) in [
        ("save-unit", json!({"name": "X", "decimals": 7}), "error.unit_decimals", "decimals"),
        ("save-unit", json!({"name": "x".repeat(301)}), "error.text_too_long", "name"),
        ("save-unit", json!({}), "error.field_empty", "name"),
        ("save-unit", json!({"name": "X", "code": "a\nb"}), "error.control_character", "code"),
        ("save-item", json!({"name": "X", "code": "A\t1"}), "error.control_character", "code"),
        ("save-tax-rate", json!({"name": "X", "percent": "100.01"}), "error.percent_range", "percent"),
        ("save-tax-rate", json!({"name": "X", "percent": "-1"}), "error.percent_range", "percent"),
        ("save-tax-rate", json!({"name": "X"}), "error.field_empty", "percent"),
        ("save-status", json!({"name": "X", "state": "lost"}), "error.state_unknown", "state"),
        ("save-status", json!({"name": "X"}), "error.field_empty", "state"),
        ("save-status", json!({"name": "X", "state": "ready", "color": "red"}), "error.color_unreadable", "color"),
        ("save-status", json!({"name": "X", "state": "ready", "icon": "A b"}), "error.icon_unreadable", "icon"),
        ("save-status", json!({"name": "In work", "state": "ready"}), "error.status_code_of_state", "code"),
        ("save-status", json!({"id": 2, "version": 1, "code": "closed"}), "error.status_code_of_state", "code"),
        ("save-payment-method", json!({"name": "X"}), "error.field_empty", "kind"),
        ("save-payment-method", json!({"name": "X", "kind": "barter"}), "error.choice_unknown", "kind"),
    ] {
        let refused = desk.error(command, row.clone());
        assert_eq!((refused.key(), refused.field()), (key, Some(field)), "{command} {row}");
    }
}

#[test]
fn a_group_never_stands_inside_itself() {
    let mut desk = Desk::new();
    let outer = id_of(&desk.run("save-item-group", json!({"name": "Կահույք"})));
    let inner = id_of(&desk.run("save-item-group", json!({"name": "Աթոռ", "parent": "կահույք"})));
    assert_eq!(one(&desk, "item-groups", "name", "Աթոռ")["parent"], "Կահույք");
    for parent in ["Կահույք", "Աթոռ"] {
        let refused = desk.error("save-item-group", json!({"id": outer, "version": 1, "parent": parent}));
        assert_eq!((refused.key(), refused.field()), ("error.group_in_itself", Some("parent")));
    }
    assert_eq!(desk.fails("remove-item-group", json!({"id": outer, "version": 1})), "error.used_elsewhere");
    desk.run("save-item-group", json!({"id": inner, "version": 1, "parent": ""}));
    desk.run("remove-item-group", json!({"id": outer, "version": 1}));
}

#[test]
fn an_opening_balance_stands_once_for_each_counterparty_and_currency() {
    let mut desk = Desk::new();
    let ani = desk.customer("Անի");
    let balance = json!({"counterparty": ani, "amount": "-1500.50", "date": "2026-01-01"});
    let id = id_of(&desk.run("save-opening-balance", balance.clone()));
    assert_eq!(desk.fails("save-opening-balance", balance), "error.opening_exists");
    let row = &desk.query("opening-balances", json!({"counterparty": ani}))[0];
    assert_eq!((&row["amount"], &row["counterparty_name"]), (&json!("-1500.50"), &json!("Անի")));
    desk.run("save-opening-balance", json!({"id": id, "version": 1, "amount": "0"}));
    assert_eq!(desk.query("opening-balances", json!({}))[0]["amount"], "0.00");
    desk.run("remove-opening-balance", json!({"id": id, "version": 2}));
    assert!(desk.query("opening-balances", json!({})).is_empty());
}

#[test]
fn an_opening_balance_is_refused_where_nobody_can_owe() {
    let mut desk = Desk::new();
    let ani = desk.customer("Անի");
    for (row, key, field) in [
        (json!({"counterparty": 1, "amount": "5"}), "error.opening_of_walk_in", "counterparty"),
        (json!({"counterparty": 99, "amount": "5"}), "error.record_missing", "counterparty"),
        (json!({"counterparty": ani}), "error.field_empty", "amount"),
        (json!({"counterparty": ani, "amount": "0.001"}), "error.number_too_precise", "amount"),
        (json!({"counterparty": ani, "amount": "5", "date": "2026-03-03"}), "error.opening_in_future", "date"),
        (json!({"counterparty": ani, "amount": "5", "currency": "USD"}), "error.currency_not_used", "currency"),
    ] {
        let refused = desk.error("save-opening-balance", row.clone());
        assert_eq!((refused.key(), refused.field()), (key, Some(field)), "{row}");
    }
}
