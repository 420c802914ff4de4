//! News of lists: which rows other people changed since a moment.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::engine::store::Call;
use serde_json::{Value as Json, json};

use crate::desk::{Desk, NOW};

fn changed(desk: &Desk, call: &Call, list: &str, since: i64) -> Vec<i64> {
    let asked = json!({"list": list, "ids": ["1", "2", "3"], "since": since});
    let rows = desk.store.query_json(call, "changed-since", asked).unwrap();
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[test]
fn a_row_is_news_for_everyone_but_who_changed_it_until_the_moment_of_the_change() {
    let mut desk = Desk::new();
    let aram =
        Call::of_user(desk.run("save-user", json!({"login": "aram", "role": "manager"}))["id"].as_i64().unwrap());
    let owner = desk.owner.clone();
    for (name, at) in [("Տոներ", 0), ("Թուղթ", 1_000)] {
        desk.clock.set(patver::base::date::Instant::from_millis(NOW + at));
        desk.run("save-item", json!({"kind": "goods", "name": name, "price": "500"}));
    }
    assert_eq!(changed(&desk, &aram, "items", 0), [1, 2]);
    assert_eq!(changed(&desk, &aram, "items", NOW), [2], "what was changed at that moment was seen");
    assert!(changed(&desk, &aram, "items", NOW + 1_000).is_empty());
    assert!(changed(&desk, &owner, "items", 0).is_empty(), "one's own changes are no news");
    desk.clock.set(patver::base::date::Instant::from_millis(NOW + 2_000));
    desk.store.run_json(&aram, "save-item", json!({"id": 1, "version": 1, "price": "600"})).unwrap();
    assert_eq!(changed(&desk, &owner, "items", 0), [1]);
}

#[test]
fn nothing_is_told_of_rows_that_the_asker_may_not_see() {
    let mut desk = Desk::new();
    let hire = |desk: &mut Desk, login: &str| {
        Call::of_user(desk.run("save-user", json!({"login": login, "role": "sales"}))["id"].as_i64().unwrap())
    };
    let (aram, lilit) = (hire(&mut desk, "aram"), hire(&mut desk, "lilit"));
    let lines: Json = json!([{"text": "Աշխատանք", "quantity": "1", "price": "500"}]);
    for responsible in [2, 3, 2] {
        desk.run("place-order", json!({"responsible": responsible, "lines": lines}));
    }
    assert_eq!((changed(&desk, &aram, "orders", 0), changed(&desk, &lilit, "orders", 0)), (vec![1, 3], vec![2]));
    let role = desk.store.query_json(&aram, "changed-since", json!({"list": "users", "ids": [], "since": 0}));
    assert!(role.is_err(), "there is no such list");
}
