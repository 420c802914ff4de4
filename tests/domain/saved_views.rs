//! Saved views: one's own until they are shared, with everyone or with a role, by who may share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::engine::store::Call;
use serde_json::{Value as Json, json};

use crate::desk::Desk;

fn hire(desk: &mut Desk, login: &str, role: &str) -> Call {
    Call::of_user(desk.run("save-user", json!({"login": login, "role": role}))["id"].as_i64().unwrap())
}

fn save(desk: &mut Desk, call: &Call, arguments: Json) -> Json {
    desk.store.run_json(call, "save-view", arguments).unwrap().output
}

fn names(desk: &Desk, call: &Call) -> Vec<String> {
    let rows = desk.store.query_json(call, "views", json!({})).unwrap();
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_view_is_its_persons_own_until_it_is_shared_with_a_role_or_with_everyone() {
    let mut desk = Desk::new();
    let (owner, aram, lilit) =
        (desk.owner.clone(), hire(&mut desk, "aram", "sales"), hire(&mut desk, "lilit", "viewer"));
    let view = save(&mut desk, &owner, json!({"list": "orders", "name": "Պարտքեր", "content": {"filter": 1}}));
    let seen = |desk: &Desk| [&owner, &aram, &lilit].map(|call| names(desk, call).len());
    assert_eq!(seen(&desk), [1, 0, 0]);
    save(&mut desk, &owner, json!({"id": view["id"], "version": 1, "shared": true, "role": "sales"}));
    assert_eq!(seen(&desk), [1, 1, 0]);
    save(&mut desk, &owner, json!({"id": view["id"], "version": 2, "role": null}));
    assert_eq!(seen(&desk), [1, 1, 1]);
    let told = desk.store.query_json(&lilit, "views", json!({"list": "orders"})).unwrap();
    assert_eq!((&told[0]["content"], &told[0]["changeable"]), (&json!({"filter": 1}), &json!(false)));
    assert!(desk.store.query_json(&lilit, "views", json!({"list": "items"})).unwrap().is_empty());
    save(&mut desk, &owner, json!({"id": view["id"], "version": 3, "shared": false}));
    assert_eq!(seen(&desk), [1, 0, 0]);
}

#[test]
fn who_may_not_share_keeps_own_views_and_leaves_those_of_others_alone() {
    let mut desk = Desk::new();
    let (owner, aram) = (desk.owner.clone(), hire(&mut desk, "aram", "sales"));
    let fails = |desk: &mut Desk, call: &Call, name: &str, arguments: Json| {
        desk.store.run_json(call, name, arguments).unwrap_err().key()
    };
    let own = save(&mut desk, &aram, json!({"list": "items", "name": "Իմը"}));
    assert_eq!(
        fails(&mut desk, &aram, "save-view", json!({"id": own["id"], "version": 1, "shared": true})),
        "error.no_right"
    );
    let hidden = save(&mut desk, &owner, json!({"list": "items", "name": "Տնօրենի"}));
    let change = json!({"id": hidden["id"], "version": 1, "name": "Աշխատակցի"});
    assert_eq!(fails(&mut desk, &aram, "save-view", change.clone()), "error.record_missing");
    assert_eq!(fails(&mut desk, &owner, "remove-view", json!({"id": own["id"], "version": 1})), "error.record_missing");
    save(&mut desk, &owner, json!({"id": hidden["id"], "version": 1, "shared": true}));
    let change = json!({"id": hidden["id"], "version": 2, "name": "Աշխատակցի"});
    assert_eq!(fails(&mut desk, &aram, "save-view", change), "error.no_right");
    assert_eq!(fails(&mut desk, &aram, "remove-view", json!({"id": hidden["id"], "version": 2})), "error.no_right");
}

#[test]
fn a_view_that_was_changed_or_removed_comes_back_by_undo() {
    let mut desk = Desk::new();
    let view = desk.run("save-view", json!({"list": "orders", "name": "Պարտքեր", "content": {"filter": 1}}));
    desk.run("save-view", json!({"id": view["id"], "version": 1, "name": "Հին", "content": {"filter": 2}}));
    desk.run("undo", json!({"seq": desk.last_seq()}));
    let told = desk.query("views", json!({}));
    assert_eq!((&told[0]["name"], &told[0]["content"]), (&json!("Պարտքեր"), &json!({"filter": 1})));
    desk.run("remove-view", json!({"id": told[0]["id"], "version": told[0]["version"]}));
    assert!(desk.query("views", json!({})).is_empty());
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(desk.query("views", json!({}))[0]["name"], "Պարտքեր");
}

#[test]
fn who_lost_the_right_to_share_does_not_share_anew_by_undo() {
    let mut desk = Desk::new();
    let aram = hire(&mut desk, "aram", "manager");
    let view = save(&mut desk, &aram, json!({"list": "orders", "name": "Պարտքեր", "shared": true}));
    let removed = json!({"id": view["id"], "version": 1});
    let seq = desk.store.run_json(&aram, "remove-view", removed).unwrap().seq;
    let account = desk.query("users", json!({})).into_iter().find(|user| user["login"] == "aram").unwrap();
    desk.run("save-user", json!({"id": account["id"], "version": account["version"], "role": "sales"}));
    let error = desk.store.run_json(&aram, "undo", json!({"seq": seq})).unwrap_err();
    assert_eq!(error.key(), "error.no_right");
    assert!(desk.query("views", json!({})).is_empty());
}

#[test]
fn two_views_of_one_person_and_list_do_not_share_a_name() {
    let mut desk = Desk::new();
    desk.run("save-view", json!({"list": "orders", "name": "Պարտքեր"}));
    assert_eq!(desk.fails("save-view", json!({"list": "orders", "name": "պարտքեր"})), "error.view.name_taken");
    desk.run("save-view", json!({"list": "payments", "name": "Պարտքեր"}));
    let aram = hire(&mut desk, "aram", "sales");
    save(&mut desk, &aram, json!({"list": "orders", "name": "Պարտքեր"}));
}

#[test]
fn a_view_is_of_a_list_that_is_there_and_stays_with_it() {
    let mut desk = Desk::new();
    assert_eq!(desk.fails("save-view", json!({"list": "users", "name": "Ա"})), "error.view.list");
    assert_eq!(desk.fails("save-view", json!({"name": "Ա"})), "error.view.list");
    let view = desk.run("save-view", json!({"list": "orders", "name": "Ա"}));
    let moved = json!({"id": view["id"], "version": 1, "list": "items"});
    assert_eq!(desk.fails("save-view", moved), "error.view.list");
    assert_eq!(desk.fails("save-view", json!({"list": "orders", "name": "Բ", "content": "x"})), "error.view.content");
    let long = json!({"filter": "x".repeat(20_000)});
    assert_eq!(desk.fails("save-view", json!({"list": "orders", "name": "Բ", "content": long})), "error.view.content");
}
