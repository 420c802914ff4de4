//! Cards: a new record by keys alone, changes, two who meet, what is unsaved, files and history.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show, undo_newest};

const ALT: egui::Modifiers = egui::Modifiers::ALT;

fn shop() -> Desk {
    let desk = company(Lang::EN);
    run(&desk, "save-counterparty", json!({"kind": "company", "name": "Aregak", "phone": "091 111111"}));
    run(&desk, "save-item", json!({"kind": "goods", "name": "Toner", "price": "4700", "cost": "3100"}));
    desk
}

#[test]
fn a_new_customer_is_typed_saved_and_becomes_the_card_of_that_customer() {
    let mut card = show(shop(), &Place::of("customer", "new"));
    assert_eq!(card.focused(), "Name");
    card.typed("Anahit");
    card.press(Key::Enter);
    card.press(Key::Enter);
    card.press(Key::Space);
    card.typed("094 222222");
    card.press_with(CTRL, Key::S);
    let found = query(&card.state().desk, "counterparties", json!({"text": "anahit"}));
    assert_eq!((&found[0]["name"], &found[0]["phone"]), (&json!("Anahit"), &json!("094 222222")));
    assert_eq!(card.state().screen.place(), Place::of("customer", &found[0]["id"]));
    assert!(!card.state().screen.unsaved());
    assert_eq!(card.state().toasts.last().unwrap().title, "Anahit is saved");
    undo_newest(&mut card);
    assert!(query(&card.state().desk, "counterparties", json!({"text": "anahit"})).is_empty());
}

#[test]
fn a_card_opened_with_a_name_begins_with_it() {
    let card = show(shop(), &Place::of("item", "new:Paper"));
    assert_eq!(card.text("Name"), "Paper");
}

#[test]
fn what_is_missing_is_said_at_its_field_and_nothing_is_sent() {
    let mut card = show(shop(), &Place::of("item", "new"));
    card.typed(" ");
    card.press_with(CTRL, Key::S);
    assert_eq!(card.focused(), "Name");
    assert_eq!(query(&card.state().desk, "items", json!({})).len(), 1);
}

#[test]
fn a_change_is_saved_and_the_tab_closes() {
    let mut card = show(shop(), &Place::of("item", 1));
    card.control(Role::TextInput, "Price").focus();
    card.run();
    card.typed("5000");
    card.press_with(CTRL, Key::Enter);
    assert_eq!(query(&card.state().desk, "item", json!({"id": 1}))[0]["price"], "5000");
    assert_eq!(card.state().opened, [Place::only("closed")]);
}

/// The card of the customer with another name typed, while somebody else renamed it.
fn met() -> Harness<'static, Stage> {
    let mut card = show(shop(), &Place::of("customer", 2));
    card.typed("Mine");
    run(&card.state().desk, "save-counterparty", json!({"id": 2, "version": 1, "name": "Theirs", "code": "C-7"}));
    card.press_with(CTRL, Key::S);
    assert!(card.sees("Somebody else changed this") && card.sees("Mine") && card.sees("Theirs"));
    card
}

#[test]
fn where_two_meet_mine_is_kept_and_what_only_they_changed_stays() {
    let mut card = met();
    card.click(Role::Button, "Keep mine");
    let now = &query(&card.state().desk, "counterparty", json!({"id": 2}))[0];
    assert_eq!((&now["name"], &now["code"]), (&json!("Mine"), &json!("C-7")));
    assert_eq!(card.text("Code"), "C-7");
}

#[test]
fn where_two_meet_theirs_is_taken() {
    let mut card = met();
    card.click(Role::Button, "Take theirs");
    assert_eq!(card.text("Name"), "Theirs");
    assert!(!card.state().screen.unsaved());
}

#[test]
fn esc_asks_only_where_something_is_unsaved() {
    let mut card = show(shop(), &Place::of("customer", 2));
    card.press(Key::Escape);
    assert_eq!(card.state().opened, [Place::only("closed")]);
    card.typed("Other");
    card.press(Key::Escape);
    assert!(card.sees("Unsaved changes"));
    card.press(Key::Escape);
    assert!(!card.sees("Unsaved changes"));
    assert_eq!(card.text("Name"), "Other");
    card.press(Key::Escape);
    card.click(Role::Button, "Discard");
    assert_eq!(card.state().opened.len(), 2);
    assert_eq!(query(&card.state().desk, "counterparty", json!({"id": 2}))[0]["name"], "Aregak");
}

#[test]
fn a_category_is_made_inside_the_card() {
    let mut card = show(shop(), &Place::of("customer", 2));
    card.control(Role::EditableComboBox, "Category").focus();
    card.run();
    card.typed("Regular");
    card.press(Key::Insert);
    card.press_with(CTRL, Key::S);
    assert_eq!(query(&card.state().desk, "counterparty", json!({"id": 2}))[0]["category"], "Regular");
}

#[test]
fn a_barcode_of_the_shops_own_has_a_digit_that_fits() {
    let mut card = show(shop(), &Place::of("item", 1));
    card.click(Role::Button, "Own barcode");
    card.press_with(CTRL, Key::S);
    let codes = query(&card.state().desk, "item", json!({"id": 1}))[0]["barcodes"].clone();
    let code = codes[0].as_str().unwrap().to_owned();
    assert!(code.len() == 13 && code.starts_with("200"), "{code}");
    assert!(card.sees(&format!("\u{e538} EAN-13 {code}, check digit fits")));
}

#[derive(Debug)]
pub(crate) struct Fallen(pub(crate) PathBuf);

impl egui::DroppedFile for Fallen {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        unreachable!("files are read by their paths")
    }
}

#[test]
fn a_file_let_fall_on_the_card_is_attached_and_removed_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contract.txt");
    std::fs::write(&path, "agreed").unwrap();
    let mut card = show(shop(), &Place::of("customer", 2));
    card.press_with(ALT, Key::Num6);
    assert!(card.sees("No files yet. Drop them here or add them"));
    card.input_mut().dropped_files.push(Arc::new(Fallen(path)));
    card.run();
    let files = |card: &Harness<'_, Stage>| {
        query(&card.state().desk, "attachments", json!({"owner": "counterparty", "owner_id": 2}))
    };
    assert_eq!(files(&card)[0]["name"], "contract.txt");
    card.click(Role::Button, "Remove");
    assert!(files(&card).is_empty());
    undo_newest(&mut card);
    assert_eq!(files(&card).len(), 1);
}

#[test]
fn the_history_tells_values_before_and_after() {
    let desk = shop();
    run(&desk, "save-item", json!({"id": 1, "version": 1, "name": "Toner black", "price": "5000"}));
    let mut card = show(desk, &Place::of("item", 1));
    card.press_with(ALT, Key::Num3);
    for words in ["Name", "Toner", "Toner black", "4,700", "5,000"] {
        assert!(card.sees(words), "{words}");
    }
}

#[test]
fn a_card_is_seen_as_it_was_beside_what_it_is() {
    let desk = shop();
    run(&desk, "save-item", json!({"id": 1, "version": 1, "name": "Toner black", "price": "5000"}));
    run(&desk, "save-item", json!({"id": 1, "version": 2, "price": "5500"}));
    let mut card = show(desk, &Place::of("item", 1));
    card.press_with(ALT, Key::Num3);
    card.click_last("As it was after");
    for words in ["Toner black", "5,000", "5,500", "Unit"] {
        assert!(card.sees(words), "{words}");
    }
    card.click(Role::CheckBox, "Only what differs");
    assert!(card.sees("5,500") && !card.sees("Unit"), "what is the same is left out");
    card.press(Key::Escape);
    assert!(!card.sees("Only what differs"));
}

#[test]
fn the_balance_adds_opening_debt_and_takes_advances_away() {
    let desk = shop();
    run(&desk, "save-opening-balance", json!({"counterparty": 2, "amount": "1000", "date": "2026-01-01"}));
    let lines = json!([{"text": "Work", "quantity": "1", "price": "5000"}]);
    run(&desk, "place-order", json!({"counterparty": 2, "lines": lines, "status": "confirmed"}));
    let mut card = show(desk, &Place::of("customer", 2));
    card.press_with(ALT, Key::Num5);
    assert!(card.sees("6,000"));
}
