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
