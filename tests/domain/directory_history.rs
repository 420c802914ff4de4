//! What directories, cards and files go through is taken back and done again exactly, from the journal alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::date::Instant;
use patver::domain::file::keep_file;
use patver::engine::journal;
use serde_json::{Value as Json, json};

/// Everything that can be told, without versions, histories and keys of pages.
fn told(desk: &Desk) -> Json {
    let lists = [
        "company",
        "currencies",
        "units",
        "tax-rates",
        "scale-codes",
        "fields",
        "payment-methods",
        "statuses",
        "categories",
    ];
    let more = ["item-groups", "counterparties", "items", "opening-balances"];
    let mut all: Vec<Json> = lists.iter().chain(&more).map(|name| json!(desk.query(name, json!({})))).collect();
    for (list, card) in [("counterparties", "counterparty"), ("items", "item")] {
        let ids: Vec<Json> = desk.query(list, json!({})).into_iter().map(|row| row["id"].clone()).collect();
        all.extend(ids.into_iter().map(|id| json!(desk.query(card, json!({"id": id})))));
    }
    let mut all = json!(all);
    strip(&mut all);
    all
}

fn strip(value: &mut Json) {
    match value {
        Json::Array(rows) => rows.iter_mut().for_each(strip),
        Json::Object(fields) => {
            fields.retain(|name, _| !["version", "history", "after"].contains(&name.as_str()));
            fields.values_mut().for_each(strip);
        }
        _ => {}
    }
}

/// One command of every kind, each on what the ones before left. `$` stands for a kept file.
fn story() -> Vec<(&'static str, Json)> {
    vec![
        ("save-company", json!({"version": 1, "tax_id": "01234567", "rounding": "document", "tax_rate": "no-vat"})),
        ("save-currency", json!({"code": "USD"})),
        ("save-currency", json!({"code": "AMD", "version": 1, "cash_step": "10"})),
        ("save-unit", json!({"name": "Զույգ"})),
        ("save-unit", json!({"id": 1, "version": 1, "active": false})),
        ("remove-unit", json!({"id": 10, "version": 1})),
        ("save-tax-rate", json!({"name": "ԱԱՀ 5 %", "percent": "5"})),
        ("remove-tax-rate", json!({"id": 2, "version": 1})),
        ("save-scale-code", json!({"name": "Պանիր", "prefix": "22", "measure": "amount", "decimals": 0})),
        ("save-scale-code", json!({"id": 1, "version": 1, "item_digits": 6})),
        ("remove-scale-code", json!({"id": 1, "version": 2})),
        ("save-field", json!({"name": "Գույն", "record": "counterparty", "code": "color"})),
        ("save-field", json!({"id": 1, "version": 1, "holds": "choice", "choices": ["Կարմիր", "Կապույտ"]})),
        ("save-field", json!({"name": "Զանգված", "record": "item", "code": "mass", "holds": "number"})),
        ("remove-field", json!({"id": 2, "version": 1})),
        ("save-field", json!({"name": "Չափ", "record": "item", "code": "size", "holds": "number"})),
        ("save-payment-method", json!({"name": "Idram", "kind": "transfer"})),
        ("remove-payment-method", json!({"id": 2, "version": 1})),
        ("save-status", json!({"name": "Կտրում", "state": "in-work"})),
        ("remove-status", json!({"id": 3, "version": 1})),
        ("save-category", json!({"name": "VIP"})),
        ("save-category", json!({"name": "Մեծածախ"})),
        ("remove-category", json!({"id": 2, "version": 1})),
        ("save-item-group", json!({"name": "Կահույք"})),
        ("save-item-group", json!({"name": "Աթոռ", "parent": "Կահույք"})),
        ("save-counterparty", json!({"name": "Անի", "phones": ["091123456", "010 523344"], "category": "vip"})),
        ("save-counterparty", json!({"id": 2, "version": 1, "phones": ["010 523344", "077112233"], "category": ""})),
        ("save-counterparty", json!({"id": 2, "version": 2, "fields": {"color": "կարմիր"}})),
        ("save-counterparty", json!({"id": 2, "version": 3, "fields": {"color": "Կապույտ"}})),
        ("save-field", json!({"id": 1, "version": 2, "active": false})),
        ("save-counterparty", json!({"id": 2, "version": 4, "fields": {"color": ""}, "name": "Անի Գ"})),
        ("save-counterparty", json!({"name": "Բ", "phone": "055 667788"})),
        ("remove-counterparty", json!({"id": 3, "version": 1})),
        ("save-opening-balance", json!({"counterparty": 2, "amount": "-12.5", "currency": "USD"})),
        ("save-opening-balance", json!({"id": 1, "version": 1, "amount": "7"})),
        (
            "save-item",
            json!({"name": "Աթոռ", "unit": "զույգ", "group": "աթոռ", "barcodes": ["A", "B"], "price": "5", "fields": {"size": "2.50"}}),
        ),
        ("save-item", json!({"id": 1, "version": 1, "barcodes": ["C", "A"], "price": null, "group": ""})),
        ("save-item", json!({"name": "Սեղան", "unit": "m", "barcodes": ["B"]})),
        ("remove-item", json!({"id": 2, "version": 1})),
        ("remove-item-group", json!({"id": 2, "version": 1})),
        ("attach-file", json!({"owner": "item", "owner_id": 1, "name": "a.txt", "hash": "$"})),
        ("attach-file", json!({"owner": "counterparty", "owner_id": 2, "name": "b.txt", "hash": "$"})),
        ("remove-attachment", json!({"id": 1, "version": 1})),
        ("remove-opening-balance", json!({"id": 1, "version": 2})),
    ]
}

fn with_file() -> (Desk, String) {
    let mut desk = Desk::new();
    let owner = desk.owner.clone();
    let hash = keep_file(&mut desk.store, &owner, "նշում".as_bytes()).unwrap().to_string();
    (desk, hash)
}

fn arguments(step: &Json, hash: &str) -> Json {
    serde_json::from_str(&step.to_string().replace('$', hash)).unwrap()
}

#[test]
fn every_command_of_the_story_is_taken_back_to_what_was_told_before_and_then_done_again() {
    let story = story();
    for (place, (command, step)) in story.iter().enumerate() {
        let (mut desk, hash) = with_file();
        for (earlier, arguments_of) in &story[..place] {
            desk.run(earlier, arguments(arguments_of, &hash));
        }
        let before = told(&desk);
        desk.run(command, arguments(step, &hash));
        let after = told(&desk);
        assert_ne!(before, after, "{command} {step}");
        let seq = desk.last_seq();
        desk.run("undo", json!({"seq": seq}));
        assert_eq!(told(&desk), before, "{command} {step}");
        desk.run("undo", json!({"seq": seq + 1}));
        assert_eq!(told(&desk), after, "{command} {step}");
    }
}

#[test]
fn the_story_told_again_from_the_journal_gives_the_same_company() {
    let (mut desk, hash) = with_file();
    for (command, step) in story() {
        desk.run(command, arguments(&step, &hash));
    }
    desk.run("raise-series", json!({"name": "order", "next": 50}));
    let mut copy = Desk { store: Desk::empty(), clock: desk.clock.clone(), owner: desk.owner.clone() };
    let entries = journal::entries(desk.store.db(), 0).unwrap();
    let (first, rest) = entries.split_first().unwrap();
    copy.store.replay(first).unwrap();
    let owner = copy.owner.clone();
    keep_file(&mut copy.store, &owner, "նշում".as_bytes()).unwrap();
    for entry in rest {
        desk.clock.set(Instant::from_millis(entry.at));
        copy.store.replay(entry).unwrap();
    }
    assert_eq!(told(&copy), told(&desk));
    assert_eq!(copy.query("series", json!({})), desk.query("series", json!({})));
}
