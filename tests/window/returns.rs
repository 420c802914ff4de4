//! Goods that come back: from the list of orders, by a key and by the menu.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::json;

use crate::desk::{Shop, Window};

/// A desk before one order of two repairs.
fn with_an_order(shop: &Shop) -> Window<'static> {
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "2"}]}));
    shop.at_the_desk()
}

#[test]
fn shift_f9_registers_what_comes_back_and_opens_it() {
    let shop = Shop::new();
    let mut window = with_an_order(&shop);
    window.press_with(Modifiers::SHIFT, Key::F9);
    assert!(window.sees("Close “Order 000002”"), "the return is in front");
    drop(window);
    let back = &shop.ask("order", json!({"id": 2}))[0];
    assert_eq!(back["kind"], json!("return"));
    assert_eq!(back["lines"][0]["quantity"], json!("-2"));
}

#[test]
fn the_menu_of_an_order_offers_its_return_and_that_of_a_return_does_not() {
    let shop = Shop::new();
    let mut window = with_an_order(&shop);
    window.press(Key::Menu);
    window.harness.get_by_role_and_label(Role::MenuItem, "Return the goods").click();
    window.settle();
    assert!(window.sees("Close “Order 000002”"));
    window.press(Key::Escape);
    // The return stands above the order it belongs to.
    window.press(Key::Home);
    window.press_with(Modifiers::SHIFT, Key::F9);
    drop(window);
    assert_eq!(shop.ask("orders", json!({})).len(), 2, "a return is not returned");
}

#[test]
fn a_return_is_undone_from_its_message() {
    let shop = Shop::new();
    let mut window = with_an_order(&shop);
    window.press_with(Modifiers::SHIFT, Key::F9);
    window.harness.get_by_label("Undo").click();
    window.settle();
    drop(window);
    let states: Vec<_> = shop.ask("orders", json!({})).into_iter().map(|order| order["status"].clone()).collect();
    assert!(states.contains(&json!("cancelled")), "{states:?}");
}
