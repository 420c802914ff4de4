//! The head of an order: who it is for and by when, and the keys of the dialogs over it.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::{Lang, tr};
use patver::ui::screen::Place;
use serde_json::json;

use crate::desk::{Shop, Window};

#[test]
fn an_order_whose_customer_was_emptied_is_for_the_walk_in_and_the_journal_tells_it() {
    let shop = Shop::new();
    let customer = shop.run("save-counterparty", json!({"name": "Zabel"}));
    shop.run("place-order", json!({"counterparty": customer["id"], "lines": [{"item": 1, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.harness.state_mut().visit(&Place::of("order", "1"));
    window.settle();
    window.type_into("Customer", "");
    window.press(Key::Backspace);
    assert_eq!(window.harness.query_all_by_value("Zabel").count(), 0, "the field is empty");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(!window.sees("Order 000001*"), "nothing is left to save");
    drop(window);
    let order = &shop.ask("order", json!({"id": 1}))[0];
    assert_eq!(order["counterparty_name"], json!(tr(Lang::EN, "counterparty.walk_in", &[])));
    let newest = &shop.ask("journal", json!({"limit": 1}))[0];
    assert_eq!((&newest["command"], &newest["undo_of"]), (&json!("edit-order"), &json!(null)));
}

#[test]
fn the_walk_in_is_called_as_the_window_speaks_in_lists_and_pickers() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"item": 1, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.speak(Lang::RU);
    let (stored, called) = (tr(Lang::EN, "counterparty.walk_in", &[]), tr(Lang::RU, "counterparty.walk_in", &[]));
    for kind in ["orders", "customers"] {
        window.harness.state_mut().visit(&Place::only(kind));
        window.settle();
        assert!(window.sees(&called) && !window.sees(&stored), "{kind}");
    }
    window.harness.state_mut().visit(&Place::of("order", "1"));
    window.settle();
    assert!(window.harness.query_all_by_value(&called).next().is_some(), "the card");
}

#[test]
fn a_time_without_a_day_is_refused_in_words() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.type_into("Time", "10:00");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.sees("10:00 is a time without a day"));
    drop(window);
    assert!(shop.ask("orders", json!({})).is_empty());
}

#[test]
fn the_key_that_closes_a_tab_neither_closes_a_dialog_nor_takes_a_word_from_its_fields() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_into("Customer", "Anahit Petrosyan");
    window.press(Key::Insert);
    window.press(Key::Tab);
    window.press_with(Modifiers::COMMAND, Key::W);
    assert!(window.sees("New customer"), "the dialog stays");
    assert!(window.harness.query_all_by_value("Anahit Petrosyan").count() > 0, "and its words");
    window.press(Key::Escape);
    assert!(window.sees("New order"), "the tab stays");
}

#[test]
fn a_scanned_code_is_no_phone_of_a_new_customer() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_into("Customer", "3*4850001234562");
    let typed = |window: &Window<'_>| window.harness.query_all_by_value("3*4850001234562").count();
    let before = typed(&window);
    window.press(Key::Insert);
    assert!(window.sees("New customer"));
    assert_eq!(typed(&window), before, "it stays where it was typed");
}
