//! Customer and item of an order are chosen from what fits; what is typed and not chosen is never dropped in silence.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::{Value as Json, json};

use crate::desk::{Shop, Window};

/// A new order of one line, in a shop with these customers.
fn with_customers(shop: &Shop, names: &[&str]) -> Window<'static> {
    for name in names {
        shop.run("save-counterparty", json!({"name": name}));
    }
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window
}

fn customers(shop: &Shop) -> Vec<Json> {
    shop.ask("orders", json!({})).iter().map(|order| order["counterparty_name"].clone()).collect()
}

fn holds(window: &Window<'_>, text: &str) -> bool {
    window.harness.query_all_by_value(text).next().is_some()
}

#[test]
fn the_only_customer_that_fits_what_is_typed_is_taken_and_named_in_the_payment() {
    let shop = Shop::new();
    let mut window = with_customers(&shop, &["Sevan LLC", "Zabel"]);
    window.type_into("Customer", "Sevan");
    window.press(Key::F8);
    assert!(window.sees("Payment for order"));
    assert!(window.harness.query_all_by_label_contains("Sevan LLC").count() > 0, "the payment names who pays");
    drop(window);
    assert_eq!(customers(&shop), [json!("Sevan LLC")]);
}

#[test]
fn a_customer_who_fits_nothing_or_several_keeps_the_card_open_and_stays_in_the_field() {
    let shop = Shop::new();
    let mut window = with_customers(&shop, &["Sevan LLC", "Sevan Trade"]);
    window.type_into("Customer", "Sevan");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.sees("Several customers fit “Sevan”") && holds(&window, "Sevan"));
    window.press(Key::F8);
    assert!(!window.sees("Payment for order"));
    window.type_text(" Ltd");
    assert!(!window.sees("Several customers fit"));
    window.press(Key::F8);
    assert!(window.sees("There is no customer “Sevan Ltd”") && holds(&window, "Sevan Ltd"));
    drop(window);
    assert_eq!(customers(&shop), [] as [Json; 0]);
}

#[test]
fn a_button_pressed_while_a_customer_is_typed_takes_the_customer_along() {
    let shop = Shop::new();
    let mut window = with_customers(&shop, &["Sevan LLC"]);
    window.type_into("Customer", "Sev");
    window.type_into("Note", "Ring twice");
    assert!(holds(&window, "Sevan LLC"), "leaving the field takes the only one that fits");
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(customers(&shop), [json!("Sevan LLC")]);
}

#[test]
fn f4_lists_customers_before_a_letter_is_typed_and_arrows_choose() {
    let shop = Shop::new();
    let mut window = with_customers(&shop, &["Abel", "Aram"]);
    window.type_into("Customer", "");
    window.press(Key::F4);
    assert!(window.sees("Abel") && window.sees("Aram"));
    window.press(Key::Escape);
    assert!(!window.sees("Abel") && window.sees("New order*"), "Esc closes only the list");
    window.click("Open the list of customers (F4)");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let chosen = ["Abel", "Aram"].map(|name| holds(&window, name));
    assert_eq!(chosen, [false, true], "{chosen:?}");
}

#[test]
fn f4_lists_items_before_a_letter_is_typed_and_arrows_choose() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.press(Key::F4);
    assert!(["Toner", "Paper", "Repair"].iter().all(|name| window.sees(name)));
    window.press(Key::Escape);
    assert!(!window.sees("Toner") && window.sees("New order"), "Esc closes only the list");
    window.click("Open the list of items (F4)");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    let lines = shop.ask("order", json!({"id": 1}))[0]["lines"].clone();
    assert_eq!(lines.as_array().unwrap().len(), 1);
}

/// What the list below a field shows of these many names, such as `Bolt 07`.
fn listed(window: &Window<'_>, word: &str) -> Vec<usize> {
    (1..=60).filter(|at| window.sees(&format!("{word} {at:02}"))).collect()
}

/// Turns the wheel over the list below a field.
fn turn(window: &mut Window<'_>, over: &str) {
    let place = window.harness.query_all_by_label_contains(over).next().unwrap().rect().center();
    for _ in 0..60 {
        window.harness.hover_at(place);
        let (unit, delta) = (egui::MouseWheelUnit::Point, egui::vec2(0.0, -120.0));
        let source = egui::MouseWheelSource::Wheel;
        let (phase, modifiers) = (egui::TouchPhase::Move, Modifiers::NONE);
        window.harness.event(egui::Event::MouseWheel { unit, delta, phase, modifiers, source });
        window.settle();
    }
}

#[test]
fn the_wheel_reaches_every_item_that_fits_and_a_click_takes_the_last() {
    let shop = Shop::new();
    for at in 1..=50 {
        shop.run("save-item", json!({"kind": "goods", "name": format!("Bolt {at:02}"), "unit": "pcs", "price": "10"}));
    }
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_text("Bolt");
    assert_eq!(listed(&window, "Bolt"), (1..=20).collect::<Vec<_>>(), "a page is asked for, not the whole list");
    turn(&mut window, "Bolt 03");
    assert_eq!(listed(&window, "Bolt"), (1..=50).collect::<Vec<_>>());
    window.click("Bolt 50");
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["lines"][0]["text"], "Bolt 50");
}

#[test]
fn page_down_walks_to_the_last_customer_who_fits_and_to_the_row_that_adds_one() {
    let shop = Shop::new();
    let names: Vec<String> = (1..=45).map(|at| format!("Sevan {at:02}")).collect();
    let mut window = with_customers(&shop, &names.iter().map(String::as_str).collect::<Vec<_>>());
    window.type_into("Customer", "Sevan");
    assert_eq!(listed(&window, "Sevan").len(), 20);
    for _ in 0..8 {
        window.press(Key::PageDown);
    }
    window.press(Key::ArrowUp);
    window.press(Key::Enter);
    assert!(holds(&window, "Sevan 45"));
}
