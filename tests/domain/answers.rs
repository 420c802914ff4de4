//! Amounts, prices, quantities, shares and moments in answers: decimals and RFC 3339, as the contract says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::domain::BUSINESS;
use patver::domain::figure;
use patver::engine::value::Counts;
use serde_json::{Value as Json, json};

/// Columns whose whole number is nothing but that: ids, places, counts, sizes and flags.
const WHOLE: &[&str] = &[
    "id",
    "version",
    "position",
    "priority",
    "printed",
    "form_version",
    "size",
    "decimals",
    "item_digits",
    "next_row",
    "rows_read",
    "added",
    "changed",
    "unchanged",
    "rejected",
    "number",
];

#[test]
fn every_number_of_a_table_is_an_amount_of_money_or_only_a_number() {
    let desk = Desk::new();
    for table in BUSINESS.tables().filter(|table| !table.secret) {
        let columns = table.columns.iter().filter(|info| info.counts == Counts::Plain);
        for column in columns.map(|info| info.name) {
            let sql = format!("SELECT type FROM pragma_table_info('{}') WHERE name = '{column}'", table.name);
            let statement = patver::engine::statement::Statement { name: "type", sql: sql.leak() };
            let declared: Vec<(String,)> = desk.store.db().rows(&statement, &[]).unwrap();
            let number = declared[0].0 == "INTEGER";
            let flag = [
                "active",
                "walk_in",
                "voided",
                "demo",
                "prices_include_tax",
                "done",
                "read",
                "shared",
                "required",
                "below_zero",
                "under_way",
            ]
            .contains(&column);
            let plain = WHOLE.contains(&column) || column.ends_with("_id") || flag;
            assert_eq!(figure::is_money(table, column), number && !plain, "{}.{column}", table.name);
        }
    }
}

/// What an entry of the journal says of a field, before and after.
fn change(entry: &Json, field: &str) -> (Json, Json) {
    let fields = entry["fields"].as_array().unwrap();
    let found = fields.iter().find(|change| change["field"] == field);
    let found = found.unwrap_or_else(|| panic!("no {field} in {fields:?}"));
    (found["old"].clone(), found["new"].clone())
}

#[test]
fn the_journal_tells_amounts_prices_shares_and_moments_as_every_answer_does() {
    let mut desk = Desk::new();
    let line = |quantity: &str, price: &str| json!([{"text": "Թուղթ", "quantity": quantity, "price": price}]);
    let order = desk.run("place-order", json!({"lines": line("1", "1000")}));
    let lines = json!([{"text": "Թուղթ", "quantity": "1.5", "price": "800.25", "discount_percent": "12.5"}]);
    desk.run("edit-order", json!({"order": order["id"], "version": 1, "lines": lines}));
    let entry = desk.query("journal", json!({"limit": 1})).remove(0);
    assert_eq!(change(&entry, "quantity"), (json!("1"), json!("1.5")));
    assert_eq!(change(&entry, "price"), (json!("1000"), json!("800.25")));
    assert_eq!(change(&entry, "discount_percent"), (json!("0"), json!("12.5")));
    assert_eq!(change(&entry, "debt"), (json!("1000.00"), json!("1050.33")), "and the lines' own too");
    desk.run("change-order-status", json!({"order": order["id"], "status": "closed"}));
    let entry = desk.query("journal", json!({"limit": 1})).remove(0);
    assert_eq!(change(&entry, "closed_at"), (Json::Null, json!("2026-03-02T10:00:00.000+04:00")));
}

#[test]
fn the_journal_counts_each_record_in_its_own_currency() {
    let mut desk = Desk::new();
    desk.run("save-currency", json!({"code": "JPY", "active": true}));
    let lines = |price: &str| json!([{"text": "Paper", "quantity": "1", "price": price}]);
    let order = desk.run("place-order", json!({"currency": "JPY", "lines": lines("1500")}));
    desk.run("edit-order", json!({"order": order["id"], "version": 1, "lines": lines("1800")}));
    let entry = desk.query("journal", json!({"limit": 1})).remove(0);
    assert_eq!(change(&entry, "total"), (json!("1500"), json!("1800")));
    let of_order = desk.query("order", json!({"id": order["id"]})).remove(0)["history"][1].clone();
    assert_eq!(change(&of_order, "total"), (json!("1500"), json!("1800")));
}

/// Where an answer tells an amount of money as a whole number.
fn whole_amounts(answer: &Json, at: &str, found: &mut Vec<String>) {
    let kept = |name: &str| figure::MONEY.iter().any(|(_, columns)| columns.contains(&name));
    let amount = |name: &str| kept(name) || ["came_in", "went_out", "balance", "due", "sum"].contains(&name);
    match answer {
        Json::Object(fields) => {
            for (name, value) in fields {
                let at = format!("{at}.{name}");
                if value.is_number() && amount(name) {
                    found.push(at);
                } else {
                    whole_amounts(value, &at, found);
                }
            }
        }
        Json::Array(values) => values.iter().for_each(|value| whole_amounts(value, at, found)),
        _ => {}
    }
}

#[test]
fn no_answer_tells_an_amount_in_minor_units() {
    let mut desk = Desk::new();
    let customer = desk.customer("Արամ");
    let item =
        desk.run("save-item", json!({"name": "Թեյ", "price": "500", "cost": "300", "barcodes": ["A-1"]}))["id"].clone();
    let lines = json!([{"item": item, "quantity": "3", "discount_amount": "100"}]);
    let order =
        desk.run("place-order", json!({"counterparty": customer, "freight": "50", "lines": lines}))["id"].clone();
    let tenders = json!([{"method": "cash", "amount": "2000"}]);
    desk.run("take-payment", json!({"order": order, "tenders": tenders}));
    desk.run("issue-invoice", json!({"order": order}));
    desk.run("save-opening-balance", json!({"counterparty": customer, "amount": "700"}));
    let mut answered = 0;
    let mut found = Vec::new();
    for query in BUSINESS.queries() {
        let wishes = [
            json!({}),
            json!({"id": 1}),
            json!({"order": 1}),
            json!({"counterparty": customer}),
            json!({"list": "orders", "only": [1]}),
            json!({"code": "A-1"}),
            json!({"table": "orders", "id": 1, "at": 99}),
            json!({"lines": lines}),
        ];
        for wish in wishes {
            let rows = desk.store.query_json(&desk.owner, query.name, wish).unwrap_or_default();
            answered += usize::from(!rows.is_empty());
            rows.iter().for_each(|row| whole_amounts(row, query.name, &mut found));
        }
    }
    assert!(answered > 40 && found.is_empty(), "{answered} answers: {found:?}");
}
