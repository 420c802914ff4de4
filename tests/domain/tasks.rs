//! Tasks and messages: whose they are, when they are due, what comes after them, who is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::date::Instant;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

use crate::desk::{Desk, NOW};

const HOUR: i64 = 3_600_000;

/// A company with a second person, who sells.
fn shop() -> (Desk, i64) {
    let mut desk = Desk::new();
    let user = desk.run("save-user", json!({"login": "gor", "name": "Գոռ", "role": "sales"}))["id"].as_i64().unwrap();
    (desk, user)
}

fn names(rows: &[Json], field: &str) -> Vec<String> {
    rows.iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_task_is_told_when_its_time_has_come_and_not_before() {
    let mut desk = Desk::new();
    desk.clock.set(Instant::from_millis(NOW));
    let today = desk.query("tasks", json!({}));
    assert!(today.is_empty());
    desk.run("save-task", json!({"name": "Զանգել", "time": "23:30"}));
    desk.run("save-task", json!({"name": "Պատվիրել թուղթ"}));
    assert_eq!(names(&desk.query("notices", json!({})), "text"), ["Պատվիրել թուղթ"], "the whole day has begun");
    desk.clock.set(Instant::from_millis(NOW + 24 * HOUR));
    assert_eq!(names(&desk.query("notices", json!({})), "text"), ["Պատվիրել թուղթ", "Զանգել"], "missed while off");
    assert!(desk.query("tasks", json!({})).iter().all(|task| task["late"] == true));
}

#[test]
fn a_task_that_repeats_is_written_down_anew_once_when_it_is_done() {
    let mut desk = Desk::new();
    desk.clock.set(Instant::from_millis(NOW));
    let task = desk.run("save-task", json!({"name": "Հաշվարկ", "time": "9:00", "repeats": "daily"}));
    desk.clock.set(Instant::from_millis(NOW + 10 * 24 * HOUR));
    let done = desk.run("finish-task", json!({"id": task["id"], "version": 1}));
    let open = desk.query("tasks", json!({"done": false}));
    assert_eq!(names(&open, "day"), [done["next"].as_str().unwrap()], "ten missed days are one");
    assert_eq!(names(&open, "time"), ["09:00"]);
    assert_eq!(desk.query("tasks", json!({"done": true})).len(), 1);
    let again = desk.error("finish-task", json!({"id": task["id"], "version": 2}));
    assert_eq!((again.key(), again.field()), ("error.task.done", Some("id")));
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(desk.query("tasks", json!({})).len(), 1, "the next one goes when its beginning is taken back");
}

#[test]
fn a_time_that_is_none_and_a_person_who_is_gone_are_refused_at_their_fields() {
    let (mut desk, gor) = shop();
    let error = desk.error("save-task", json!({"name": "Զանգել", "time": "25:00"}));
    assert_eq!((error.key(), error.field()), ("error.task.time", Some("time")));
    desk.run("save-user", json!({"id": gor, "version": 1, "active": false}));
    let error = desk.error("save-task", json!({"name": "Զանգել", "user": gor}));
    assert_eq!((error.key(), error.field()), ("error.user_inactive", Some("user")));
    let error = desk.error("send-message", json!({"text": "Բարև"}));
    assert_eq!((error.key(), error.field()), ("error.message.nobody", Some("to")));
}

#[test]
fn a_message_to_everyone_is_read_by_each_alone() {
    let (mut desk, gor) = shop();
    let order = desk
        .run("place-order", json!({"responsible": gor, "lines": [{"text": "Ծրար", "quantity": "1", "price": "5"}]}));
    desk.run("send-message", json!({"text": "Պատվերը պատրաստ է", "order": order["id"]}));
    let told = desk.store.query_json(&Call::of_user(gor), "notices", json!({})).unwrap();
    assert_eq!((told.len(), &told[0]["order"]), (1, &order["id"]), "the message leads to its order");
    assert!(desk.query("notices", json!({})).is_empty(), "who writes is not told");
    let error = desk.error("read-message", json!({"id": told[0]["id"]}));
    assert_eq!(error.key(), "error.record_missing", "nobody reads in the name of another");
    desk.store.run_json(&Call::of_user(gor), "read-message", json!({"id": told[0]["id"]})).unwrap();
    assert!(desk.store.query_json(&Call::of_user(gor), "notices", json!({})).unwrap().is_empty());
    assert_eq!(desk.query("messages", json!({}))[0]["read"], true, "the author sees that it was read");
}

#[test]
fn who_does_a_task_comments_and_finishes_it_and_who_gave_it_says_what_it_is() {
    let (mut desk, gor) = shop();
    let task = desk.run("save-task", json!({"name": "Զանգել", "user": gor}))["id"].clone();
    let doer = Call::of_user(gor);
    let save = |version: i64, field: &str, value: &str| json!({"id": task, "version": version, field: value});
    for (field, value) in [("name", "Գրել"), ("day", "2026-03-09"), ("time", "12:00"), ("repeats", "daily")] {
        let error = desk.store.run_json(&doer, "save-task", save(1, field, value)).unwrap_err();
        assert_eq!(error.key(), "error.task.given", "{field}");
    }
    let removed = desk.store.run_json(&doer, "remove-task", json!({"id": task, "version": 1})).unwrap_err();
    assert_eq!(removed.key(), "error.task.given");
    desk.store.run_json(&doer, "save-task", save(1, "note", "Չի պատասխանում")).unwrap();
    desk.store.run_json(&doer, "finish-task", json!({"id": task, "version": 2})).unwrap();
    desk.run("save-task", save(3, "name", "Գրել"));
    let own = desk.store.run_json(&doer, "save-task", json!({"name": "Մաքրել"})).unwrap().output["id"].clone();
    desk.store.run_json(&doer, "remove-task", json!({"id": own, "version": 1})).unwrap();
}
