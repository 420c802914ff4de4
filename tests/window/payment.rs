//! The payment of an order: parts by several methods, notes for what is still missing, nothing dropped unasked.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::locale::Lang;
use serde_json::json;

use crate::desk::{Shop, Window};

/// The payment of 9 800 is open.
fn at_the_payment(shop: &Shop) -> Window<'static> {
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    for code in ["4850001234562", "4850001234579", "R-1"] {
        window.scan(code);
    }
    window.press(Key::F8);
    window
}

fn tenders(shop: &Shop) -> Vec<(String, String)> {
    let payment = &shop.ask("payment", json!({"id": 1}))[0];
    let text = |tender: &serde_json::Value, field: &str| tender[field].as_str().unwrap().to_owned();
    let given = payment["tenders"].as_array().unwrap().iter().filter(|tender| tender["kind"] == "tender");
    given.map(|tender| (text(tender, "method"), text(tender, "amount"))).collect()
}

fn accept_is_ready(window: &Window<'_>) -> bool {
    !window.harness.get_by_role_and_label(Role::Button, "Accept").accesskit_node().is_disabled()
}

#[test]
fn notes_are_suggested_for_what_a_part_by_card_leaves() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press(Key::F6);
    window.type_into("Card", "6000");
    window.press(Key::F5);
    assert!(window.sees("3,800  Alt+1") && window.sees("4,000  Alt+2"));
    assert!(!window.sees("9,800  Alt"));
    window.press_with(Modifiers::ALT, Key::Num2);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    drop(window);
    let expected = [("card", "6000.00"), ("cash", "4000.00")].map(|(method, amount)| (method.into(), amount.into()));
    assert_eq!(tenders(&shop), expected);
}

#[test]
fn a_note_beside_a_part_by_card_becomes_a_part_in_cash() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press(Key::F6);
    assert!(!window.sees("Alt+1"), "the card covers it all");
    window.type_into("Card", "6000");
    window.press_with(Modifiers::ALT, Key::Num1);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    drop(window);
    let expected = [("card", "6000.00"), ("cash", "3800.00")].map(|(method, amount)| (method.into(), amount.into()));
    assert_eq!(tenders(&shop), expected);
}

#[test]
fn an_empty_part_says_at_its_place_why_nothing_can_be_accepted() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    assert!(accept_is_ready(&window));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press(Key::Delete);
    assert!(!accept_is_ready(&window));
    assert!(window.sees("Type how much was received this way"));
    window.type_text("9800");
    assert!(accept_is_ready(&window) && !window.sees("Type how much was received this way"));
}

#[test]
fn an_amount_that_is_none_or_too_large_says_at_once_what_is_wrong_and_what_to_write() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("abc");
    assert!(!accept_is_ready(&window));
    assert!(window.sees("“abc” is not a number. Write digits"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("999999999999999999999");
    assert!(!accept_is_ready(&window));
    assert!(window.sees("is too large. Check for an extra digit"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("90000000000000000");
    assert!(accept_is_ready(&window));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("6000");
    window.press(Key::F6);
    for part in ["Cash", "Card"] {
        window.type_into(part, "90000000000000000");
    }
    assert!(!accept_is_ready(&window) && window.sees("is too large. Check for an extra digit"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("3800");
    assert!(accept_is_ready(&window) && !window.sees("is too large"));
}

#[test]
fn what_is_printed_is_chosen_without_scrolling_where_everything_is_large() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.harness.set_size(egui::vec2(854.0, 460.0));
    window.settle();
    let footer = window.harness.get_by_role_and_label(Role::Button, "Accept and print").rect().top();
    let boxes: Vec<f32> = window.harness.query_all_by_role(Role::CheckBox).map(|it| it.rect().bottom()).collect();
    assert!(boxes.len() == 2 && boxes.iter().all(|bottom| *bottom <= footer), "{boxes:?} {footer}");
}

#[test]
fn esc_asks_before_typed_parts_are_dropped() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press(Key::F6);
    window.press(Key::Escape);
    assert!(window.sees("The payment is not taken yet"));
    window.press(Key::Enter);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Card").is_some(), "it is all there again");
    window.press(Key::Escape);
    window.click("Leave without taking it");
    assert!(!window.sees("Payment for order"));
    drop(window);
    assert!(shop.ask("payments", json!({})).is_empty());
}

#[test]
fn esc_leaves_an_untouched_payment_at_once() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press(Key::Escape);
    assert!(!window.sees("Payment for order") && !window.sees("The payment is not taken yet"));
}

#[test]
fn methods_are_called_in_the_persons_language_until_somebody_renames_them() {
    let shop = Shop::new();
    let card = shop.ask("payment-methods", json!({})).into_iter().find(|method| method["code"] == "card").unwrap();
    let renamed = json!({"id": card["id"], "version": card["version"], "name": "ArCa"});
    shop.run("save-payment-method", renamed);
    let mut window = shop.at_the_desk();
    window.speak(Lang::RU);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.press(Key::F8);
    assert!(window.sees("Наличные F5") && window.sees("ArCa F6") && window.sees("Банковский перевод F7"));
}

#[test]
fn a_click_on_empty_space_keeps_what_is_typed_and_enter_takes_what_is_seen() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.type_text("9900");
    window.click_beside("Receipt  Alt+R", egui::vec2(250.0, 0.0));
    assert_eq!(window.value("Cash"), "9,900");
    window.type_text("10000");
    assert_eq!(window.value("Cash"), "10000", "the keyboard is still in the field");
    window.click_beside("Receipt  Alt+R", egui::vec2(250.0, 0.0));
    window.press(Key::Enter);
    drop(window);
    assert_eq!(tenders(&shop), [("cash".to_owned(), "10000.00".to_owned())]);
}

#[test]
fn after_a_payment_with_the_mouse_alone_the_keyboard_is_where_it_was() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.press(Key::Enter);
    window.click("Take payment");
    window.click("Accept");
    assert!(!window.sees("Payment for order"));
    let entry = window.harness.query_all_by_label("Item by barcode, code or name").last().unwrap();
    assert!(entry.accesskit_node().is_focused());
}

#[test]
fn the_next_scan_is_heard_after_a_payment_by_keys() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let entry = window.harness.query_all_by_label("Item by barcode, code or name").next();
    assert!(entry.is_some_and(|entry| entry.accesskit_node().is_focused()));
}

#[test]
fn more_than_is_due_by_card_is_refused_before_it_is_accepted() {
    let shop = Shop::new();
    let mut window = at_the_payment(&shop);
    window.press(Key::F6);
    window.type_into("Card", "10000");
    assert!(!accept_is_ready(&window));
    assert!(window.sees("Over what is due") && window.sees("Change is given out of cash only: lower the amount"));
    assert!(!window.sees("as an advance"), "nobody could ever use it");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("9800");
    assert!(accept_is_ready(&window) && !window.sees("Over what is due"));
}

#[test]
fn what_a_customer_with_a_name_pays_too_much_may_stay_as_an_advance() {
    let shop = Shop::new();
    let zabel = shop.run("save-counterparty", json!({"name": "Zabel"}))["id"].clone();
    shop.run("place-order", json!({"counterparty": zabel, "lines": [{"item": 3, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.press(Key::Enter);
    window.press(Key::F8);
    assert!(!window.sees("Keep the excess"), "nothing is over yet");
    window.press(Key::F6);
    window.type_into("Card", "5000");
    assert!(!accept_is_ready(&window) && window.sees("or keep the excess as an advance"));
    window.click_any("Keep the excess as an advance");
    assert!(accept_is_ready(&window) && window.sees("Advance") && !window.sees("Over what is due"));
    window.press_with(Modifiers::COMMAND, Key::Enter);
    drop(window);
    let payment = &shop.ask("payments", json!({}))[0];
    assert_eq!((&payment["amount"], &payment["unused"]), (&json!("5000.00"), &json!("2000.00")));
}
