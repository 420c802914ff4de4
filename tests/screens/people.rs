//! Tasks, messages and the day: written down, done, read and answered by keys alone.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show, undo_newest};

fn shop() -> Desk {
    let desk = company(Lang::EN);
    run(&desk, "save-user", json!({"login": "gor", "name": "Gor", "role": "sales"}));
    desk
}

/// Whether a row has these words.
fn row(screen: &Harness<'_, Stage>, words: &str) -> bool {
    screen.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_task_is_written_down_and_done_by_keys_and_done_is_taken_back() {
    let mut screen = show(shop(), &Place::only("tasks"));
    screen.press(Key::Insert);
    screen.typed("Call Aregak");
    screen.press_with(CTRL, Key::Enter);
    assert!(row(&screen, "Call Aregak"));
    screen.press_with(CTRL, Key::Enter);
    assert!(!row(&screen, "Call Aregak"), "what is done is put away");
    assert_eq!(query(&screen.state().desk, "tasks", json!({"done": true})).len(), 1);
    undo_newest(&mut screen);
    screen.run();
    assert!(row(&screen, "Call Aregak"));
}

#[test]
fn a_message_is_read_by_opening_it_and_answered_from_there() {
    let desk = shop();
    run(&desk, "send-message", json!({"to": 1, "text": "Is it ready?"}));
    let mut screen = show(desk, &Place::only("messages"));
    screen.press(Key::Enter);
    assert!(screen.sees("Is it ready?"));
    assert_eq!(query(&screen.state().desk, "messages", json!({"read": true})).len(), 1);
    screen.press(Key::Escape);
    screen.press(Key::Insert);
    screen.typed("Gor");
    screen.press(Key::Enter);
    screen.typed("Shelf B");
    screen.press_with(CTRL, Key::Enter);
    let told = query(&screen.state().desk, "messages", json!({}));
    assert_eq!((&told[0]["text"], &told[0]["user_name"]), (&json!("Shelf B"), &json!("Gor")));
}

#[test]
fn the_day_shows_what_is_due_and_what_the_person_may_do() {
    let desk = shop();
    run(&desk, "save-task", json!({"name": "Call Aregak", "day": "2026-01-01"}));
    let mut screen = show(desk, &Place::only("day"));
    assert!(row(&screen, "Call Aregak"));
    screen.click(Role::Button, "What I may do");
    assert!(screen.sees("\u{e070} Take payments"));
    screen.press(Key::Escape);
    assert!(!screen.sees("\u{e070} Take payments"));
}
