//! A record as of any past moment is what the queries gave at that moment.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use crate::crash::{Chance, scaled};
use crate::desk::{Desk, NOW};
use crate::history::World;
use patver::base::date::Instant;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use serde_json::{Value as Json, json};

/// Kinds of records and where their ids stand.
const KINDS: [(&str, &str); 3] = [
    ("order", "SELECT id, version FROM orders ORDER BY id"),
    ("counterparty", "SELECT id, version FROM counterparties ORDER BY id"),
    ("item", "SELECT id, version FROM items ORDER BY id"),
];

/// What a card tells now, without its history.
fn told(desk: &Desk, record: &str, id: i64) -> Vec<Json> {
    let mut rows = desk.query(record, json!({ "id": id }));
    for row in &mut rows {
        row.as_object_mut().unwrap().remove("history");
    }
    rows
}

#[test]
fn a_record_as_of_any_past_moment_is_what_the_queries_gave_then() {
    let mut world = World::new(Chance::seeded());
    let mut seen: Vec<(i64, &str, i64, Vec<Json>)> = Vec::new();
    let commands = scaled(10_000);
    while world.desk.last_seq() < i64::try_from(commands).unwrap() {
        let (_, refused) = world.step();
        if refused.is_some() || world.chance.below(20) > 0 {
            continue;
        }
        for (record, ids) in KINDS {
            if let Some((id, _)) = world.pick(ids) {
                seen.push((world.desk.last_seq(), record, id, told(&world.desk, record, id)));
            }
        }
    }
    assert!(seen.len() > commands / 40, "{}", seen.len());
    let changed = seen.iter().filter(|(_, record, id, then)| {
        let now = world.desk.store.query_json(&world.desk.owner, record, json!({ "id": id }));
        now.is_ok_and(|mut now| {
            now.iter_mut().for_each(|row| drop(row.as_object_mut().unwrap().remove("history")));
            now != *then
        })
    });
    assert!(changed.count() * 4 > seen.len(), "most records went on changing");
    for (seq, record, id, then) in seen {
        let past = world.desk.query("record-at", json!({"record": record, "id": id, "seq": seq}));
        assert_eq!(past, then, "{record} {id} after entry {seq}");
    }
}

#[test]
fn the_past_is_asked_by_entry_or_by_moment_and_two_moments_are_compared() {
    let mut desk = Desk::new();
    let item = desk.run("save-item", json!({"name": "Աթոռ", "price": "100", "barcodes": ["4006381333931"]}));
    let first = desk.last_seq();
    desk.clock.set(Instant::from_millis(NOW + 3_600_000));
    let change = json!({"id": item["id"], "version": 1, "price": "120", "barcodes": [], "name": "Աթոռ «Սևան»"});
    desk.run("save-item", change);
    let past = |desk: &Desk, more: (&str, Json)| {
        let mut asked = json!({"record": "item", "id": item["id"]});
        asked[more.0] = more.1;
        desk.query("record-at", asked).remove(0)
    };
    assert_eq!(past(&desk, ("seq", json!(first)))["price"], "100");
    assert_eq!(past(&desk, ("at", json!("2026-03-02T23:59:59+04:00")))["name"], "Աթոռ «Սևան»");
    let differs = desk.query("record-changes", json!({"record": "item", "id": item["id"], "from_seq": first}));
    let told: Vec<[&str; 3]> =
        differs.iter().map(|row| ["field", "old", "new"].map(|name| row[name].as_str().unwrap())).collect();
    assert_eq!(told, [["barcodes[1]", "4006381333931", ""], ["name", "Աթոռ", "Աթոռ «Սևան»"], ["price", "100", "120"]]);
    let whole = json!({"record": "item", "id": item["id"], "from_seq": first, "same": true});
    let told = desk.query("record-changes", whole);
    assert!(told.iter().any(|row| row["field"] == "unit" && row["old"] == row["new"]), "what is the same is told too");
    let before = json!({"record": "item", "id": item["id"], "from_seq": first - 1, "to_seq": first});
    assert!(desk.query("record-changes", before).iter().all(|row| row["old"] == ""), "it was not there yet");
}

#[test]
fn a_question_about_the_past_without_a_moment_is_told_what_is_missing() {
    let mut desk = Desk::new();
    let item = desk.run("save-item", json!({"name": "Աթոռ", "price": "100"}))["id"].clone();
    let call = Call::of_user(1);
    let refused = |more: Json| {
        let mut asked = json!({"record": "item", "id": item});
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let error = desk.store.query_json(&call, "record-changes", asked).unwrap_err();
        (error.key().to_owned(), error.field().map(str::to_owned))
    };
    let at = |field: &str| Some(field.to_owned());
    assert_eq!(refused(json!({})), ("error.past.no_moment".to_owned(), at("from_seq")));
    let both = json!({"from_seq": 1, "from": "2026-03-02T23:59:59+04:00"});
    assert_eq!(refused(both), ("error.past.moment".to_owned(), at("from")));
}

#[test]
fn the_past_shows_nobody_more_than_the_present_does() {
    let mut desk = Desk::new();
    let item = desk.run("save-item", json!({"name": "Աթոռ", "price": "100", "cost": "60"}))["id"].clone();
    let seq = desk.last_seq();
    let role = json!({"code": "auditor", "name": "Ստուգող", "rights": ["journal-view", "item-view"]});
    desk.run("save-role", role);
    let user = desk.run("save-user", json!({"login": "aud", "role": "auditor"}))["id"].as_i64().unwrap();
    let call = Call::of_user(user);
    let ask = |call: &Call, record: &str| {
        desk.store.query_json(call, "record-at", json!({"record": record, "id": item, "seq": seq}))
    };
    assert_eq!(ask(&desk.owner, "item").unwrap()[0]["cost"], "60");
    assert!(ask(&call, "item").unwrap()[0].get("cost").is_none());
    assert_eq!(ask(&call, "order").unwrap_err().key(), "error.no_right");
    assert_eq!(ask(&call, "user").unwrap_err().key(), "error.past.record");
}

#[test]
fn a_moment_after_the_end_of_the_journal_is_refused_at_the_argument_that_tells_it() {
    let mut desk = Desk::new();
    let item = desk.run("save-item", json!({"name": "Աթոռ", "price": "100"}))["id"].clone();
    let last = desk.last_seq();
    let refused = |name: &str, more: Json| {
        let mut asked = json!({"record": "item", "id": item});
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let error = desk.store.query_json(&desk.owner, name, asked).unwrap_err();
        (error.message(Lang::EN), error.field().unwrap_or_default().to_owned())
    };
    let ends = format!("The journal ends at entry {last}");
    let nothing = "There was nothing yet at that moment".to_owned();
    assert_eq!(refused("record-at", json!({"seq": last + 1})), (ends.clone(), "seq".to_owned()));
    assert_eq!(refused("record-at", json!({"seq": 0})), (nothing.clone(), "seq".to_owned()));
    assert_eq!(refused("record-at", json!({"at": "2020-01-01T00:00:00Z"})), (nothing, "at".to_owned()));
    let changes = |more: Json| refused("record-changes", more);
    assert_eq!(changes(json!({"from_seq": 1, "to_seq": last + 9})), (ends.clone(), "to_seq".to_owned()));
    assert_eq!(changes(json!({"from_seq": last + 9})), (ends, "from_seq".to_owned()));
}

#[test]
fn a_past_that_the_journal_does_not_prove_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.patver");
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let mut desk = Desk::over(Store::create(&path, &BUSINESS, clock.clone()).unwrap(), clock);
    let item = desk.run("save-item", json!({"name": "Աթոռ", "price": "100"}))["id"].clone();
    let seq = desk.last_seq();
    desk.run("save-item", json!({"id": item, "version": 1, "price": "120"}));
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute("UPDATE items SET description = 'Սեղան'", []).unwrap();
    let asked = desk.store.query_json(&desk.owner, "record-at", json!({"record": "item", "id": item, "seq": seq}));
    assert_eq!(asked.unwrap_err().kind(), "failure");
}
