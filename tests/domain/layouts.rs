//! Layouts: each user's own, found again as they were left, and part of no document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::domain::BUSINESS;
use patver::engine::logical::logical_hash;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

fn keep(desk: &mut Desk, call: &Call, part: &str, content: Json) -> Json {
    let arguments = json!({"parts": [{"part": part, "content": content}]});
    desk.store.run_json(call, "keep-layout", arguments).unwrap().output
}

fn of(desk: &Desk, call: &Call) -> Vec<Json> {
    desk.store.query_json(call, "layout", json!({})).unwrap()
}

#[test]
fn a_layout_is_its_users_own_and_a_part_that_is_nothing_is_forgotten() {
    let mut desk = Desk::new();
    let aram = Call::of_user(desk.run("save-user", json!({"login": "aram", "role": "sales"}))["id"].as_i64().unwrap());
    let owner = desk.owner.clone();
    keep(&mut desk, &owner, "list.orders", json!({"sort": [{"by": "total", "descending": true}]}));
    keep(&mut desk, &aram, "list.orders", json!({"columns": [{"id": "due", "hidden": true}]}));
    assert_eq!(of(&desk, &owner)[0]["content"]["sort"][0]["by"], "total");
    assert_eq!(of(&desk, &aram)[0]["content"]["columns"][0]["id"], "due");
    keep(&mut desk, &owner, "list.orders", Json::Null);
    assert_eq!((of(&desk, &owner).len(), of(&desk, &aram).len()), (0, 1));
}

#[test]
fn a_layout_leaves_no_entry_in_the_journal_and_nothing_in_what_the_company_knows() {
    let mut desk = Desk::new();
    let hash = |desk: &Desk| logical_hash(desk.store.db(), &BUSINESS).unwrap();
    let before = (desk.last_seq(), hash(&desk));
    let owner = desk.owner.clone();
    keep(&mut desk, &owner, "look", json!({"theme": "dark"}));
    assert_eq!((desk.last_seq(), hash(&desk)), before);
}

#[test]
fn a_layout_without_end_is_refused_and_nothing_of_it_is_kept() {
    let mut desk = Desk::new();
    let long = json!({"parts": [{"part": "a", "content": 1}, {"part": "b", "content": "x".repeat(70_000)}]});
    assert_eq!(desk.fails("keep-layout", long), "error.layout_too_long");
    assert_eq!(desk.fails("keep-layout", json!({"parts": [{"part": " ", "content": 1}]})), "error.field_empty");
    assert!(of(&desk, &desk.owner).is_empty());
}
