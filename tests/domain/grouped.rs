//! Lists brought together in groups: whatever the rows and filters are, the groups are the list, part by part.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use crate::crash::Chance;
use crate::desk::Desk;
use patver::engine::store::Call;

/// A list with the ways in which it is grouped and what is summed.
const LISTS: &[(&str, &[&str], &[&str])] = &[
    ("orders", &["status", "customer", "responsible", "payment", "day", "month", "due"], &["total", "paid", "debt"]),
    ("payments", &["day", "month", "kind", "customer", "user"], &["amount"]),
    ("invoices", &["day", "month", "customer"], &["net", "tax", "total"]),
];

const STATES: &[&str] = &["draft", "confirmed", "in-work", "ready"];

const PAYMENTS: &[&str] = &["owing", "unpaid", "part-paid", "paid", "overpaid"];

/// Orders of every kind in two currencies, paid, overpaid and not paid, with invoices, called off and taken back.
fn shop(chance: &mut Chance) -> Desk {
    let mut desk = Desk::new();
    desk.run("save-currency", json!({"code": "USD"}));
    for login in ["aram", "gayane"] {
        desk.run("save-user", json!({"login": login, "role": "sales"}));
    }
    for state in STATES {
        desk.run("save-status", json!({"name": format!("Own {state}"), "state": state}));
    }
    let customers: Vec<i64> = ["Zeta", "Արեգակ", "Иван", "Alpha"].map(|name| desk.customer(name)).into();
    for _ in 0..60 {
        let customer = customers[chance.below(customers.len())];
        order(&mut desk, chance, customer);
    }
    desk
}

fn order(desk: &mut Desk, chance: &mut Chance, customer: i64) {
    let state = STATES[chance.below(STATES.len())];
    let own = desk.query("statuses", json!({})).into_iter().find(|row| row["name"] == format!("Own {state}")).unwrap();
    let status = if chance.below(3) == 0 { own["code"].clone() } else { json!(state) };
    let due = ["", "2026-03-01", "2026-03-02T09:00", "2026-03-02T18:00", "2026-04-01"][chance.below(5)];
    let date = format!("2026-0{}-{:02}", 1 + chance.below(2), 1 + chance.below(9));
    let (kind, currency) = (["order", "order", "return"][chance.below(3)], ["AMD", "AMD", "USD"][chance.below(3)]);
    let lines = json!([{"text": "Work", "quantity": "1", "price": (100 * (1 + chance.below(9))).to_string()}]);
    let placed = desk.run_confirmed(
        "place-order",
        json!({"kind": kind, "counterparty": customer, "date": date, "due": due, "responsible": 1 + chance.below(3),
            "status": status, "lines": lines, "currency": currency}),
    );
    let tries = |desk: &mut Desk, command: &str, arguments: Json| {
        // What the state of the order does not allow is refused, and the order stays as it is.
        desk.store.run_json(&Call::of_user(1).confirmed(), command, arguments).map(|done| done.output)
    };
    let id = &placed["id"];
    if chance.below(2) == 0 {
        let tenders = json!([{"method": "card", "amount": (50 * (1 + chance.below(30))).to_string()}]);
        let pay = json!({"order": id, "tenders": tenders, "keep_excess": true, "date": date});
        let paid = tries(desk, "take-payment", pay);
        if let (Ok(paid), 0) = (paid, chance.below(4)) {
            drop(tries(desk, "void-payment", json!({"payment": paid["id"], "reason": "Wrong", "date": date})));
        }
    }
    if chance.below(2) == 0 {
        let issued = tries(desk, "issue-invoice", json!({"order": id, "date": date}));
        if let (Ok(issued), 0) = (issued, chance.below(4)) {
            drop(tries(desk, "void-invoice", json!({"invoice": issued["id"], "reason": "Wrong"})));
        }
    }
    match chance.below(6) {
        0 => drop(tries(desk, "cancel-order", json!({"order": id, "reason": "No"}))),
        1 => drop(tries(desk, "change-order-status", json!({"order": id, "status": "closed"}))),
        _ => {}
    }
}

/// Nothing, or a filter that the list takes.
fn filter(list: &str, own: &[Json], chance: &mut Chance) -> Map<String, Json> {
    let mut filter = Map::new();
    let mut set = |name: &str, value: Json| drop(filter.insert(name.to_owned(), value));
    match chance.below(6) {
        0 => set("from", json!(format!("2026-01-{:02}", 1 + chance.below(9)))),
        1 => set("to", json!(format!("2026-02-{:02}", 1 + chance.below(9)))),
        2 => set("text", json!(["զետա", "alpha", "A", "7", "արեգ"][chance.below(5)])),
        3 => set("counterparty", json!([2 + chance.below(4), 2 + chance.below(4)])),
        4 => set("currency", json!(["USD", "AMD"][chance.below(2)])),
        _ => {}
    }
    if list == "orders" {
        match chance.below(7) {
            0 => set("status", json!([STATES[chance.below(4)], "closed"])),
            1 => set("payment", json!(PAYMENTS[chance.below(PAYMENTS.len())])),
            5 => set("status", own[chance.below(own.len())].clone()),
            2 => set("due_to", json!("2026-03-02")),
            3 => set("late", json!(true)),
            4 => set("responsible", json!([1 + chance.below(3)])),
            _ => {}
        }
    } else if chance.below(3) == 0 {
        set("voided", json!(chance.below(2) == 0));
    }
    filter
}

fn with(filter: &Map<String, Json>, more: Json) -> Json {
    let mut all = filter.clone();
    all.extend(more.as_object().unwrap().clone());
    Json::Object(all)
}

/// Count and sums by currency, in hundredths; what is zero throughout is left out.
type Sums = BTreeMap<String, (i64, Vec<i64>)>;

fn minor(row: &Json, field: &str) -> i64 {
    row[field].as_str().unwrap().replace('.', "").parse().unwrap()
}

fn add(sums: &mut Sums, row: &Json, fields: &[&str], (count, counts): (i64, bool)) {
    let amounts: Vec<i64> = fields.iter().map(|field| if counts { minor(row, field) } else { 0 }).collect();
    let sum = sums.entry(row["currency"].as_str().unwrap().to_owned()).or_insert((0, vec![0; fields.len()]));
    sum.0 += count;
    sum.1.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
}

fn summed(rows: &[Json], fields: &[&str]) -> Sums {
    let mut sums = Sums::new();
    for row in rows {
        add(&mut sums, row, fields, (row["count"].as_i64().unwrap(), true));
    }
    sums.retain(|_, (count, _)| *count != 0);
    sums
}

/// The same by looking at each row: what was voided of invoices counts, but adds nothing.
fn looked_at(list: &str, rows: &[Json], fields: &[&str]) -> Sums {
    let mut sums = Sums::new();
    for row in rows {
        add(&mut sums, row, fields, (1, list != "invoices" || row["voided"] == false));
    }
    sums
}

fn groups(desk: &Desk, asked: &Json, limit: Option<usize>) -> Vec<Json> {
    let (mut found, mut asked): (Vec<Json>, Json) = (Vec::new(), asked.clone());
    loop {
        asked["limit"] = limit.map_or(Json::Null, |limit| json!(limit));
        let page = desk.query("list-groups", asked.clone());
        let more = limit.is_some() && !page.is_empty();
        found.extend(page);
        match found.last() {
            Some(last) if more => asked["after"] = last["after"].clone(),
            _ => return found,
        }
    }
}

fn ids(rows: &[Json]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[test]
fn groups_are_the_totals_row_and_their_own_rows_whatever_the_rows_and_filters_are() {
    let mut chance = Chance::seeded();
    let desk = shop(&mut chance);
    let statuses = desk.query("statuses", json!({}));
    let named = |row: &&Json| row["name"].as_str().unwrap().starts_with("Own ");
    let own: Vec<Json> = statuses.iter().filter(named).map(|row| row["code"].clone()).collect();
    for (list, ways, fields) in LISTS {
        for _ in 0..25 {
            let filter = filter(list, &own, &mut chance);
            for by in *ways {
                let asked = json!({"list": list, "filter": filter, "by": by});
                let all = groups(&desk, &asked, None);
                let totals = desk.query(&format!("{list}-totals"), Json::Object(filter.clone()));
                assert_eq!(summed(&all, fields), summed(&totals, fields), "{asked}");
                assert_eq!(groups(&desk, &asked, Some(1 + chance.below(5))), all, "{asked}");
                let turned = groups(&desk, &with(asked.as_object().unwrap(), json!({"reversed": true})), Some(3));
                let told = |rows: &[Json]| rows.iter().map(|row| row["group"].clone()).collect::<Vec<_>>();
                assert_eq!(told(&turned).into_iter().rev().collect::<Vec<_>>(), told(&all), "{asked}");
                same_rows(&desk, (list, fields), &filter, &all);
            }
        }
    }
}

/// Each group holds the rows it counts, and every row of the list is in one group.
fn same_rows(desk: &Desk, (list, fields): (&str, &[&str]), filter: &Map<String, Json>, all: &[Json]) {
    let names: BTreeSet<&str> = all.iter().map(|group| group["group"].as_str().unwrap()).collect();
    let mut met: Vec<i64> = Vec::new();
    for name in names {
        let inside = with(filter, json!({"group": name, "limit": 500}));
        let rows = desk.query(list, inside);
        let lines: Vec<Json> = all.iter().filter(|group| group["group"] == name).cloned().collect();
        assert_eq!(summed(&lines, fields), looked_at(list, &rows, fields), "{name} in {filter:?}");
        let totals = desk.query(&format!("{list}-totals"), with(filter, json!({"group": name})));
        assert_eq!(summed(&totals, fields), summed(&lines, fields), "{name} in {filter:?}");
        met.extend(ids(&rows));
    }
    met.sort_unstable();
    let mut rows = ids(&desk.query(list, with(filter, json!({"limit": 500}))));
    rows.sort_unstable();
    assert_eq!(met, rows, "{list} {filter:?}");
}

#[test]
fn a_group_is_told_by_what_its_rows_have_in_common() {
    let mut chance = Chance::of(3);
    let desk = shop(&mut chance);
    for (list, ways, _) in LISTS {
        for by in *ways {
            for group in groups(&desk, &json!({"list": list, "by": by}), None) {
                let rows = desk.query(list, json!({"group": group["group"], "limit": 500}));
                for row in rows {
                    assert!(belongs(by, &group, &row), "{group} {row}");
                }
            }
        }
    }
}

fn belongs(by: &str, group: &Json, row: &Json) -> bool {
    let begins = |field: &str, with: &str| row[field].as_str().unwrap().starts_with(group[with].as_str().unwrap());
    match by {
        "status" => {
            group["status"] == row["status"]
                && group["substatus_name"] == *row.get("substatus_name").unwrap_or(&json!(""))
        }
        "customer" => group["counterparty_name"] == row["counterparty_name"],
        "responsible" => group["responsible_name"] == row["responsible_name"],
        "user" => group["user_name"] == row["user_name"],
        "payment" => group["payment"] == *row.get("payment").unwrap_or(&json!("none")),
        "kind" => group["kind"] == row["kind"] && (group["voided"] == "true") == (row["voided"] == true),
        "month" => begins("date", "month"),
        "day" => group["date"] == row["date"],
        "due" if group["due"] == "" => row["due"] == "",
        "due" => begins("due", "due"),
        other => panic!("{other}"),
    }
}

#[test]
fn groups_of_which_there_are_none_and_ways_that_a_list_does_not_know_are_refused() {
    let desk = Desk::new();
    let refused = |query: &str, arguments: Json| {
        let error = desk.store.query_json(&desk.owner, query, arguments).unwrap_err();
        (error.key(), error.field().unwrap_or_default().to_owned())
    };
    for (group, field) in [("day=2026-02-30", "group"), ("payment=owing", "group"), ("customer=1/2", "group")] {
        assert_eq!(refused("orders", json!({"group": group})), ("error.unknown_group", field.to_owned()), "{group}");
    }
    assert_eq!(refused("invoices", json!({"group": "status=draft/0"})), ("error.unknown_split", "by".to_owned()));
    assert_eq!(
        refused("list-groups", json!({"list": "orders", "by": "colour"})),
        ("error.unknown_split", "by".to_owned())
    );
    let foreign = json!({"list": "orders", "by": "day", "after": "5b5d"});
    assert_eq!(refused("list-groups", foreign), ("error.foreign_key", "after".to_owned()));
}

#[test]
fn groups_of_statuses_stand_as_the_company_lists_its_own_page_by_page() {
    let mut desk = Desk::new();
    for (code, position) in [("sewn", 9), ("cut", 3), ("ironed", 6)] {
        desk.run("save-status", json!({"code": code, "name": code, "state": "in-work", "position": position}));
    }
    for status in ["ready", "sewn", "ironed", "in-work", "cut", "draft"] {
        desk.run("place-order", json!({"status": status, "lines": [{"text": "Coat", "quantity": "1", "price": "10"}]}));
    }
    let told = |reversed: bool| {
        let (mut names, mut after) = (Vec::new(), Json::Null);
        loop {
            let asked = json!({"list": "orders", "by": "status", "limit": 2, "after": after, "reversed": reversed});
            let page = desk.query("list-groups", asked);
            let Some(last) = page.last() else { return names };
            after = last["after"].clone();
            let own = |row: &Json| row["substatus_name"].as_str().filter(|own| !own.is_empty()).map(str::to_owned);
            names.extend(page.iter().map(|row| own(row).unwrap_or_else(|| row["status"].as_str().unwrap().to_owned())));
        }
    };
    let mut wanted = vec!["draft", "in-work", "cut", "ironed", "sewn", "ready"];
    assert_eq!(told(false), wanted);
    wanted.reverse();
    assert_eq!(told(true), wanted);
}
