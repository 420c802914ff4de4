//! The lists of invoices, payments, customers and items against a plain look at every record.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::text;
use serde_json::{Map, Value as Json, json};

const CUSTOMERS: &[&str] = &["Անահիտ Պետրոսյան", "Արեգակ ՍՊԸ", "Иван Петров", "Alpha Trading", "Zeta"];

/// Forty invoices of five customers over ten days, in two currencies, some of them voided.
fn shop() -> Desk {
    let mut desk = Desk::new();
    desk.run("save-currency", json!({"code": "USD"}));
    let customers: Vec<i64> = CUSTOMERS.iter().map(|name| desk.customer(name)).collect();
    for round in 0..40 {
        let line =
            json!([{"text": "Ծառայություն", "quantity": "1", "price": (100 * (1 + round * 7 % 11)).to_string()}]);
        let order = desk.run(
            "place-order",
            json!({"counterparty": customers[round % 5], "lines": line, "status": "confirmed",
                "date": format!("2026-02-{:02}", 1 + round / 4), "currency": if round % 6 == 0 { "USD" } else { "AMD" }}),
        );
        let date = format!("2026-02-{:02}", 1 + round / 4);
        let invoice = desk.run("issue-invoice", json!({"order": order["id"], "date": date}));
        let tenders = json!([{"method": if round % 3 == 0 { "cash" } else { "card" }, "amount": "50"}]);
        let payment = desk.run("take-payment", json!({"order": order["id"], "tenders": tenders, "date": date}));
        if round % 7 == 3 {
            desk.run("void-invoice", json!({"invoice": invoice["id"], "reason": "Սխալ"}));
            desk.run("void-payment", json!({"payment": payment["id"], "reason": "Սխալ", "date": date}));
        }
    }
    desk
}

fn minor(row: &Json, field: &str) -> i64 {
    row[field].as_str().unwrap().replace('.', "").parse().unwrap()
}

fn number(row: &Json, field: &str) -> i64 {
    row[field].as_str().map_or_else(|| row[field].as_i64().unwrap(), |text| text.parse().unwrap())
}

/// A filter as the query takes it, and as it is meant.
type Meaning = (Json, fn(&Json) -> bool);

fn meanings() -> Vec<Meaning> {
    vec![
        (json!({}), |_| true),
        (json!({"from": "2026-02-04", "to": "2026-02-06"}), |row| {
            ("2026-02-04"..="2026-02-06").contains(&row["date"].as_str().unwrap())
        }),
        (json!({"counterparty": [3]}), |row| row["counterparty"] == 3),
        (json!({"currency": "USD"}), |row| row["currency"] == "USD"),
        (json!({"voided": true}), |row| row["voided"] == true),
        (json!({"voided": false, "text": "պետրոսյան"}), |row| {
            row["voided"] == false && row["counterparty_name"] == CUSTOMERS[0]
        }),
        (json!({"text": "Al"}), |row| row["counterparty_name"] == CUSTOMERS[3]),
        (json!({"text": "17"}), |row| number(row, "number") == 17 || number(row, "order_number") == 17),
        (json!({"order": 5}), |row| row["order"] == 5),
    ]
}

fn with(arguments: &Json, more: &Json) -> Json {
    let mut all: Map<String, Json> = arguments.as_object().unwrap().clone();
    all.extend(more.as_object().unwrap().clone());
    Json::Object(all)
}

#[test]
fn invoices_are_found_sorted_and_summed_as_by_looking_at_each() {
    let desk = shop();
    let all = desk.query("invoices", json!({"limit": 500}));
    assert_eq!(all.len(), 40);
    compare(&desk, "invoices", &all, (&["net", "tax", "total"], meanings()));
}

#[test]
fn payments_are_found_sorted_and_summed_as_by_looking_at_each() {
    let desk = shop();
    let all = desk.query("payments", json!({"limit": 500}));
    assert_eq!(all.len(), 46, "forty, and six that take one back");
    let mut meanings = meanings();
    meanings.push((json!({"kind": ["reversal"]}), |row| row["kind"] == "reversal"));
    meanings
        .push((json!({"kind": "payment", "voided": false}), |row| row["kind"] == "payment" && row["voided"] == false));
    let stands: fn(&Json) -> bool = |row| row["voided"] == false && row["kind"] != "reversal";
    meanings.push((json!({"stands": true}), stands));
    meanings.push((json!({"stands": false}), |row| row["voided"] == true || row["kind"] == "reversal"));
    compare(&desk, "payments", &all, (&["amount"], meanings));
    let all_in_all = |asked: Json| desk.query("payments-totals", asked);
    assert_eq!(all_in_all(json!({}))[0]["amount"], all_in_all(json!({"stands": true}))[0]["amount"]);
    assert!(all.iter().all(|row| row["user_name"] != "" && row["method"] != "" && row["order_number"].is_string()));
}

/// Each question with each sort, and its sums, against all rows.
fn compare(desk: &Desk, list: &str, all: &[Json], (sums, meanings): (&[&str], Vec<Meaning>)) {
    let amount = *sums.last().unwrap();
    for (arguments, meant) in meanings {
        for sort in ["date", "number", amount, "customer"] {
            let mut expected: Vec<&Json> = all.iter().filter(|row| meant(row)).collect();
            expected.sort_by_key(|row| {
                let (id, date) = (row["id"].as_i64().unwrap(), row["date"].as_str().unwrap().to_owned());
                match sort {
                    "date" => (date, 0, String::new(), id),
                    "number" => (String::new(), number(row, "number"), String::new(), id),
                    "customer" => (text::sort_key(row["counterparty_name"].as_str().unwrap()), 0, date, id),
                    _ => (String::new(), minor(row, amount), String::new(), id),
                }
            });
            let wanted: Vec<&Json> = expected.iter().map(|row| &row["id"]).collect();
            let skipped = desk.query(list, with(&arguments, &json!({"sort": sort, "skip": 2, "limit": 3})));
            let found = desk.query(list, with(&arguments, &json!({"sort": sort, "limit": 500})));
            assert_eq!(found.iter().map(|row| &row["id"]).collect::<Vec<_>>(), wanted, "{arguments} {sort}");
            let third: Vec<&Json> = wanted.iter().skip(2).take(3).copied().collect();
            assert_eq!(skipped.iter().map(|row| &row["id"]).collect::<Vec<_>>(), third, "{arguments} {sort}");
        }
        let rows: Vec<&Json> = all.iter().filter(|row| meant(row)).collect();
        compare_sums(desk, list, &arguments, (sums, &rows));
    }
}

fn compare_sums(desk: &Desk, list: &str, arguments: &Json, (sums, expected): (&[&str], &[&Json])) {
    let groups = desk.query(&format!("{list}-totals"), arguments.clone());
    assert_eq!(groups[0]["currency"], "AMD", "the company's own currency comes first");
    for currency in ["AMD", "USD"] {
        let rows = || expected.iter().filter(|row| row["currency"] == currency);
        let group = groups.iter().find(|group| group["currency"] == currency);
        let count = group.map_or(0, |group| group["count"].as_i64().unwrap());
        assert_eq!(count, i64::try_from(rows().count()).unwrap(), "{arguments}");
        for field in sums {
            // What was voided adds nothing to invoices; of payments its reversal takes it away.
            let standing = rows().filter(|row| list == "payments" || row["voided"] == false);
            let sum = group.map_or(0, |group| minor(group, field));
            assert_eq!(sum, standing.map(|row| minor(row, field)).sum::<i64>(), "{field} {arguments}");
        }
    }
}

#[test]
fn an_old_key_of_an_invoice_still_asks_for_what_comes_after_it() {
    let desk = shop();
    let first = desk.query("invoices", json!({"limit": 10}));
    let by_id = desk.query("invoices", json!({"limit": 10, "after": first[9]["id"]}));
    let by_key = desk.query("invoices", json!({"limit": 10, "after": first[9]["after"]}));
    assert_eq!(by_id, by_key);
    assert_eq!(by_id.len(), 10);
    assert!(!first.contains(&by_id[0]));
}

#[test]
fn customers_and_items_are_counted_and_skipped_by_name_and_by_code() {
    let mut desk = Desk::new();
    for at in 0..25 {
        let (name, code) = (format!("Գնորդ {:02}", 24 - at), format!("C{at:02}"));
        desk.run("save-counterparty", json!({"kind": "person", "name": name, "code": code, "active": at % 5 != 0}));
        desk.run("save-item", json!({"kind": "goods", "name": name, "code": code, "active": at % 5 != 0}));
    }
    for (list, own) in [("counterparties", json!({"walk_in": false})), ("items", json!({}))] {
        let totals = format!("{list}-totals");
        assert_eq!(desk.query(&totals, own.clone())[0]["count"], 25, "{list}");
        assert_eq!(desk.query(&totals, with(&own, &json!({"active": true})))[0]["count"], 20, "{list}");
        let fragment = with(&own, &json!({"text": "գնորդ 1"}));
        assert_eq!(desk.query(&totals, fragment.clone())[0]["count"], desk.query(list, fragment).len(), "{list}");
        let by_code = desk.query(list, with(&own, &json!({"sort": "-code", "skip": 3, "limit": 2})));
        let codes: Vec<&Json> = by_code.iter().map(|row| &row["code"]).collect();
        assert_eq!(codes, [&json!("C21"), &json!("C20")], "{list}");
        let by_name = desk.query(list, with(&own, &json!({"skip": 24})));
        assert_eq!(by_name[0]["code"], "C00", "{list}");
    }
}
