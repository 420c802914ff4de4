//! Drafts: what is written on a card outlives the program, and a card that was saved is never a draft again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::crash::feed::Feed;
use crate::desk::Desk;
use crate::support::Shop;
use patver::domain::BUSINESS;
use patver::engine::logical::logical_hash;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};
use uuid::Uuid;

const CARD: &str = "0192b3a4-1111-4222-8333-444455556666";

fn draft(text: &str) -> Json {
    json!({"kind": "order", "key": CARD, "content": {"customer": text, "lines": [{"quantity": "2"}]}})
}

fn card() -> Uuid {
    CARD.parse().unwrap()
}

#[test]
fn a_draft_is_there_after_the_program_was_killed_the_moment_it_answered() {
    let shop = Shop::new();
    let lines = vec![draft("Ա"), draft("Արամ"), draft("Արամ Պետ")];
    let feed = Feed::start(&shop, "save-draft", Uuid::from_u128(7), lines);
    for _ in 0..3 {
        assert_eq!(feed.answer().unwrap(), json!({"kept": true}));
    }
    feed.kill();
    let rows = shop.query("drafts", json!({}));
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["kind"], &rows[0]["key"]), (&json!("order"), &json!(CARD)));
    assert_eq!(rows[0]["content"], draft("Արամ Պետ")["content"]);
}

#[test]
fn a_card_sent_under_its_key_takes_its_draft_away_in_the_same_transaction() {
    let mut desk = Desk::new();
    desk.run("save-draft", draft("Արամ"));
    let order = json!({"lines": [{"text": "Բանալի", "quantity": "1", "price": "500"}]});
    let call = desk.owner.clone().with_id(card());
    let refused = desk.store.run_json(&call, "place-order", json!({"lines": []})).unwrap_err();
    assert_eq!(refused.key(), "error.order.no_lines");
    assert_eq!(desk.query("drafts", json!({})).len(), 1, "a refused card stays a draft");
    let placed = desk.store.run_json(&call, "place-order", order.clone()).unwrap().output;
    assert!(desk.query("drafts", json!({})).is_empty());
    // A save of the draft that was still on its way, and the same card sent again.
    assert_eq!(desk.run("save-draft", draft("Արամ")), json!({"kept": false}));
    assert!(desk.query("drafts", json!({})).is_empty());
    assert_eq!(desk.store.run_json(&call, "place-order", order).unwrap().output["number"], placed["number"]);
    assert_eq!(desk.query("orders", json!({})).len(), 1);
}

#[test]
fn a_draft_is_its_writers_own() {
    let mut desk = Desk::new();
    let seller =
        Call::of_user(desk.run("save-user", json!({"login": "aram", "role": "sales"}))["id"].as_i64().unwrap());
    desk.run("save-draft", draft("Անի"));
    desk.store.run_json(&seller, "save-draft", draft("Արամ")).unwrap();
    let of = |desk: &Desk, call: &Call| desk.store.query_json(call, "drafts", json!({})).unwrap();
    assert_eq!(of(&desk, &seller)[0]["content"]["customer"], "Արամ");
    assert_eq!(of(&desk, &desk.owner)[0]["content"]["customer"], "Անի");
    desk.store.run_json(&seller, "drop-draft", json!({"key": CARD})).unwrap();
    assert_eq!((of(&desk, &seller).len(), of(&desk, &desk.owner).len()), (0, 1));
    assert_eq!(desk.run("drop-draft", json!({"key": CARD})), json!({"dropped": true}));
    assert_eq!(desk.run("drop-draft", json!({"key": CARD})), json!({"dropped": false}));
}

#[test]
fn drafts_leave_no_entry_in_the_journal_and_nothing_in_what_the_company_knows() {
    let mut desk = Desk::new();
    let hash = |desk: &Desk| logical_hash(desk.store.db(), &BUSINESS).unwrap();
    let (seq, before) = (desk.last_seq(), hash(&desk));
    let call = desk.owner.clone().with_id(Uuid::from_u128(9));
    assert!(desk.store.run_json(&call, "save-draft", draft("Արամ")).unwrap().changes.is_empty());
    desk.run("save-draft", json!({"kind": "customer", "key": Uuid::from_u128(3), "content": {"name": "Ն"}}));
    assert_eq!((desk.last_seq(), hash(&desk)), (seq, before));
    assert_eq!(desk.query("drafts", json!({"kind": "customer"})).len(), 1);
    assert_eq!(desk.query("drafts", json!({})).len(), 2);
}

#[test]
fn what_is_no_card_is_refused_at_its_place() {
    let mut desk = Desk::new();
    let mut refused = |arguments: Json| {
        let error = desk.error("save-draft", arguments);
        (error.key(), error.field().unwrap_or_default().to_owned())
    };
    let long = "ա".repeat(600_000);
    assert_eq!(refused(json!({"kind": " ", "key": CARD, "content": {}})), ("error.field_empty", "kind".to_owned()));
    assert_eq!(
        refused(json!({"kind": "order", "key": CARD, "content": {"note": long}})),
        ("error.draft_too_long", "content".to_owned())
    );
    assert_eq!(refused(json!({"kind": "order", "key": "7", "content": {}})).1, "key");
}
