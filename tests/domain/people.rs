//! Users and roles: who may give what to whom, and that somebody can always do everything.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::right::Right;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

fn id(answer: &Json) -> i64 {
    answer["id"].as_i64().unwrap()
}

fn role(desk: &Desk, code: &str) -> Json {
    desk.query("roles", json!({})).into_iter().find(|role| role["code"] == code).unwrap()
}

/// A user in a new role with these rights.
fn holder(desk: &mut Desk, code: &str, rights: &[Right]) -> Call {
    let codes: Vec<_> = rights.iter().map(|right| right.code()).collect();
    desk.run("save-role", json!({"code": code, "name": code, "rights": codes}));
    Call::of_user(id(&desk.run("save-user", json!({"login": format!("{code}.1"), "role": code}))))
}

fn refusal(desk: &mut Desk, call: &Call, name: &str, arguments: Json) -> &'static str {
    desk.store.run_json(call, name, arguments).unwrap_err().key()
}

#[test]
fn a_new_company_has_the_six_positions_under_names_in_its_language() {
    let desk = Desk::new();
    let roles = desk.query("roles", json!({}));
    let codes: Vec<_> = roles.iter().map(|role| role["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["owner", "manager", "sales", "warehouse", "bookkeeper", "viewer"]);
    assert_eq!((&roles[0]["name"], &roles[4]["name"]), (&json!("Սեփականատեր"), &json!("Հաշվապահ")));
    assert_eq!(roles[0]["rights"].as_array().unwrap().len(), Right::ALL.len());
    assert!(roles[1..].iter().all(|role| role["rights"].as_array().unwrap().len() < Right::ALL.len()));
}

#[test]
fn a_user_is_added_changed_and_listed_with_what_was_left_out_unchanged() {
    let mut desk = Desk::new();
    let user = id(&desk.run("save-user", json!({"login": "Gor.P", "name": "Գոռ", "role": "sales"})));
    let saved =
        desk.run("save-user", json!({"id": user.to_string(), "version": "1", "role": "viewer", "language": "ru"}));
    assert_eq!(saved["version"], 2);
    let users = desk.query("users", json!({}));
    let gor = json!({"id": user, "version": 2, "login": "gor.p", "name": "Գոռ", "role": "viewer", "role_name": "Դիտորդ", "language": "ru", "active": true, "has_pin": false});
    assert_eq!(users[1], gor);
    let own = &desk.store.query_json(&Call::of_user(user), "own-account", json!({})).unwrap()[0];
    assert_eq!((&own["login"], &own["must_change"]), (&json!("gor.p"), &json!(false)));
    assert!(own["rights"].as_array().unwrap().contains(&json!("order-view-all")));
}

#[test]
fn a_login_is_taken_once_whatever_its_case_and_has_no_spaces() {
    let mut desk = Desk::new();
    desk.run("save-user", json!({"login": "gor", "role": "sales"}));
    assert_eq!(desk.fails("save-user", json!({"login": "GOR", "role": "sales"})), "error.duplicate");
    for bad in ["", "two words", "a,b", "x\u{202e}y/z"] {
        assert_eq!(desk.fails("save-user", json!({"login": bad, "role": "sales"})), "error.login_form", "{bad}");
    }
    assert_eq!(desk.fails("save-user", json!({"login": "x", "role": "boss"})), "error.role_unknown");
    assert_eq!(desk.fails("save-user", json!({"login": "x"})), "error.field_empty");
}

#[test]
fn nobody_changes_the_own_role_or_switches_off_the_own_account() {
    let mut desk = Desk::new();
    assert_eq!(desk.fails("save-user", json!({"id": 1, "version": 1, "role": "viewer"})), "error.own_role");
    assert_eq!(desk.fails("save-user", json!({"id": 1, "version": 1, "active": false})), "error.own_account");
    desk.run("save-user", json!({"id": 1, "version": 1, "name": "Անի"}));
    let chief = holder(&mut desk, "chief", Right::ALL);
    let own = role(&desk, "chief");
    let more = json!({"id": own["id"], "version": own["version"], "name": "Boss"});
    assert_eq!(refusal(&mut desk, &chief, "save-role", more), "error.own_role");
}

#[test]
fn somebody_can_always_do_everything() {
    let mut desk = Desk::new();
    let second = id(&desk.run("save-user", json!({"login": "second", "role": "owner"})));
    let chief = holder(&mut desk, "chief", Right::ALL);
    let fire = |user: i64| json!({"id": user, "version": 1, "active": false});
    desk.store.run_json(&chief, "save-user", fire(1)).unwrap();
    assert_eq!(refusal(&mut desk, &chief, "save-user", fire(second)), "error.last_owner");
    let demote = json!({"id": second, "version": 1, "role": "viewer"});
    assert_eq!(refusal(&mut desk, &chief, "save-user", demote), "error.last_owner");
    let owner = role_of_owner(&desk, &chief);
    let fewer = json!({"id": owner["id"], "version": 1, "rights": ["item-view"]});
    assert_eq!(refusal(&mut desk, &chief, "save-role", fewer), "error.owner_role");
}

fn role_of_owner(desk: &Desk, call: &Call) -> Json {
    desk.store.query_json(call, "roles", json!({})).unwrap().remove(0)
}

#[test]
fn nobody_gives_takes_or_touches_more_than_they_hold() {
    let mut desk = Desk::new();
    let clerk = holder(&mut desk, "clerk", &[Right::UserManage, Right::RoleManage, Right::ItemView]);
    let reader = id(&desk.run("save-role", json!({"code": "reader", "rights": ["item-view"]})));
    let sales = role(&desk, "sales");
    let tries = [
        ("save-user", json!({"login": "friend", "role": "owner"})),
        ("save-user", json!({"login": "friend", "role": "sales"})),
        ("save-user", json!({"id": 1, "version": 1, "login": "mine"})),
        ("reset-password", json!({"user": 1})),
        ("save-role", json!({"code": "more", "rights": ["item-view", "export"]})),
        ("save-role", json!({"id": reader, "version": 1, "rights": ["export"]})),
        ("save-role", json!({"id": sales["id"], "version": 1, "rights": []})),
    ];
    for (name, arguments) in tries {
        assert_eq!(refusal(&mut desk, &clerk, name, arguments.clone()), "error.no_right", "{name} {arguments}");
    }
    let run =
        |desk: &mut Desk, name: &str, arguments: Json| desk.store.run_json(&clerk, name, arguments).unwrap().output;
    let friend = id(&run(&mut desk, "save-user", json!({"login": "friend", "role": "reader"})));
    assert!(run(&mut desk, "reset-password", json!({"user": friend}))["code"].is_string());
    run(&mut desk, "save-role", json!({"id": reader, "version": 1, "rights": []}));
}

#[test]
fn a_role_takes_only_known_rights_and_a_plain_code_that_stays() {
    let mut desk = Desk::new();
    let unknown = desk.error("save-role", json!({"code": "night", "rights": ["item-view", "fly"]}));
    assert_eq!((unknown.key(), unknown.field()), ("error.right_unknown", Some("rights[1]")));
    for bad in ["", "Night", "night shift", "ночь"] {
        assert_eq!(desk.fails("save-role", json!({"code": bad})), "error.role_code", "{bad}");
    }
    let night = id(&desk.run("save-role", json!({"code": "night", "name": "Գիշեր", "rights": "item-view"})));
    assert_eq!(desk.fails("save-role", json!({"id": night, "version": 1, "code": "day"})), "error.role_code_fixed");
    assert_eq!(role(&desk, "night")["rights"], json!(["item-view"]));
    assert_eq!(desk.fails("save-role", json!({"code": "night"})), "error.duplicate");
}

#[test]
fn rights_and_passwords_are_never_undone() {
    let mut desk = Desk::new();
    let user = id(&desk.run("save-user", json!({"login": "gor", "role": "sales"})));
    desk.run("reset-password", json!({"user": user}));
    for seq in [desk.last_seq(), desk.last_seq() - 1] {
        assert_eq!(desk.fails("undo", json!({"seq": seq})), "error.undo_never");
    }
}

#[test]
fn a_code_is_answered_once_and_a_repeated_command_does_not_tell_it_again() {
    let mut desk = Desk::new();
    let user = id(&desk.run("save-user", json!({"login": "gor", "role": "sales"})));
    let call = desk.owner.clone().with_id(uuid::Uuid::from_u128(9));
    let reset = |desk: &mut Desk| desk.store.run_json(&call, "reset-password", json!({"user": user})).unwrap().output;
    let (first, again) = (reset(&mut desk), reset(&mut desk));
    assert!(first["code"].is_string() && again.get("code").is_none(), "{again}");
    assert_eq!(first["valid_until"], again["valid_until"]);
}

#[test]
fn setting_up_an_owner_happens_once_and_only_by_the_program() {
    let mut desk = Desk::new();
    let first = json!({"user": 1, "password": "seven brown doors"});
    assert_eq!(desk.fails("set-first-password", first.clone()), "error.only_setup");
    desk.store.run_json(&Call::of_system(), "set-first-password", first.clone()).unwrap();
    assert_eq!(refusal(&mut desk, &Call::of_system(), "set-first-password", first), "error.only_setup");
}

#[test]
fn a_person_who_is_nobody_may_do_nothing() {
    let desk = Desk::new();
    for stranger in [-1, 999, i64::MAX] {
        let refused = desk.store.query_json(&Call::of_user(stranger), "company", json!({})).unwrap_err();
        assert_eq!(refused.key(), "error.user_inactive");
    }
}
