//! What is done with a line of an order besides typing into it, and the papers of an order made twice.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use crate::desk::{Shop, Window};

fn with_two_lines(shop: &Shop) -> Window<'static> {
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.scan("R-1");
    window
}

fn lines(window: &Window<'_>) -> Vec<String> {
    let rows = window.harness.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label()).collect()
}

fn choose(window: &mut Window<'_>, entry: &str) {
    window.harness.get_by_role_and_label(Role::MenuItem, entry).click();
    window.settle();
}

#[test]
fn the_right_button_on_a_line_offers_what_can_be_done_with_it() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    window.harness.get_by_role_and_label(Role::Row, "Toner").click_secondary();
    window.settle();
    choose(&mut window, "Duplicate");
    assert_eq!(lines(&window), ["Toner", "Toner", "Repair"]);
    window.harness.get_by_role_and_label(Role::Row, "Repair").click_secondary();
    window.settle();
    choose(&mut window, "Remove the line");
    assert_eq!(lines(&window), ["Toner", "Toner"]);
}

#[test]
fn the_menu_key_opens_the_same_menu_and_esc_closes_only_the_menu() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    window.press(Key::ArrowDown);
    window.press(Key::Menu);
    assert!(window.sees("Duplicate"));
    window.press(Key::Escape);
    assert!(!window.sees("Duplicate") && window.sees("New order*"));
    window.press_with(Modifiers::COMMAND, Key::D);
    assert_eq!(lines(&window), ["Toner", "Toner", "Repair"]);
    window.press_with(Modifiers::SHIFT, Key::F10);
    choose(&mut window, "Open the item");
    assert!(window.sees("EAN-13"), "the card of the item is in front");
}

#[test]
fn the_invoice_has_the_same_name_when_it_is_made_again() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.press_with(Modifiers::COMMAND, Key::P);
    assert_eq!(shop.papers(), ["invoice-000001.pdf"]);
    drop(window);
    assert_eq!(shop.ask("invoices", json!({}))[0]["printed"], json!(0), "no printer had it");
}

/// Tables of three kinds, of which no word says which.
fn with_tables(shop: &Shop) -> Window<'static> {
    for name in ["Wooden chair", "Wooden shelf", "Wooden table"] {
        shop.run("save-item", json!({"kind": "goods", "name": name, "unit": "pcs", "price": "9000"}));
    }
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window
}

#[test]
fn enter_on_a_word_that_fits_several_items_marks_the_first_and_the_next_enter_takes_it() {
    let shop = Shop::new();
    let mut window = with_tables(&shop);
    window.type_text("2*wooden");
    window.press(Key::Enter);
    assert!(!window.sees("There is no item") && lines(&window).is_empty());
    assert!(window.harness.query_all_by_value("2*wooden").next().is_some(), "what was typed stays");
    window.press(Key::Enter);
    assert_eq!(lines(&window), ["Wooden chair"]);
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["lines"][0]["quantity"], json!("2"));
}

#[test]
fn enter_and_an_arrow_take_the_second_of_several() {
    let shop = Shop::new();
    let mut window = with_tables(&shop);
    window.type_text("wooden");
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(lines(&window), ["Wooden shelf"]);
}

#[test]
fn what_is_typed_on_after_enter_narrows_the_list() {
    let shop = Shop::new();
    let mut window = with_tables(&shop);
    window.scan("R-1");
    window.type_text("wooden");
    window.press(Key::Enter);
    window.type_text(" t");
    window.press(Key::Enter);
    assert_eq!(lines(&window), ["Repair", "Wooden table"], "what is typed on stands behind what was there");
}

#[test]
fn a_word_that_fits_nothing_is_refused_and_stays() {
    let shop = Shop::new();
    let mut window = with_tables(&shop);
    window.type_text("marble");
    window.press(Key::Enter);
    assert!(window.sees("There is no item “marble”"));
    assert!(window.harness.query_all_by_value("marble").next().is_some());
}

#[test]
fn a_scanner_that_was_never_measured_leaves_half_typed_words_alone() {
    let shop = Shop::new();
    let mut window = with_tables(&shop);
    window.type_text("wood");
    window.harness.run_steps(10);
    window.scan("4850001234562");
    assert_eq!(lines(&window), ["Toner"]);
    assert!(window.harness.query_all_by_value("wood").next().is_some());
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert_eq!(lines(&window), ["Toner", "Wooden chair"]);
}

/// Types into the quantity of the last line and leaves the cell open.
fn half_typed(window: &mut Window<'_>, quantity: &str) {
    window.press(Key::ArrowDown);
    window.press(Key::End);
    window.press(Key::F2);
    window.type_text(quantity);
}

#[test]
fn what_is_typed_in_a_cell_is_paid_and_the_first_esc_closes_the_payment() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    half_typed(&mut window, "4");
    window.press(Key::F8);
    assert!(window.sees("16,700"), "4,700 and four times 3,000 are due");
    window.press(Key::Escape);
    assert!(!window.sees("Accept and print"));
    drop(window);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["lines"][1]["quantity"], json!("4"));
}

#[test]
fn a_cell_that_cannot_be_read_keeps_the_card_open_and_says_why() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    half_typed(&mut window, "four");
    window.press(Key::F8);
    assert!(window.sees("“four” is not a number") && !window.sees("Accept and print"));
    drop(window);
    assert!(shop.ask("orders", json!({})).is_empty());
}

#[test]
fn a_cell_is_mended_after_it_was_refused_and_the_next_key_saves() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    half_typed(&mut window, "four");
    window.press_with(Modifiers::COMMAND, Key::S);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("5");
    assert!(!window.sees("“four” is not a number"));
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["lines"][1]["quantity"], json!("5"));
}

#[test]
fn a_button_pressed_while_a_cell_is_typed_in_takes_the_cell_along() {
    let shop = Shop::new();
    let mut window = with_two_lines(&shop);
    half_typed(&mut window, "6");
    window.click("Save");
    drop(window);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["lines"][1]["quantity"], json!("6"));
}

#[test]
fn a_quantity_that_is_too_large_is_refused_at_its_place_and_makes_no_line() {
    let shop = Shop::new();
    let mut window = with_tables(&shop);
    let typed = "99999999999999999999*Sofa";
    for modifiers in [Modifiers::SHIFT, Modifiers::NONE] {
        window.press_with(Modifiers::COMMAND, Key::A);
        window.type_text(typed);
        window.press_with(modifiers, Key::Enter);
        assert!(window.sees("The number 99999999999999999999 is too large"));
        assert!(window.harness.query_all_by_value(typed).next().is_some(), "it stays to be mended");
        assert!(lines(&window).is_empty());
    }
}
