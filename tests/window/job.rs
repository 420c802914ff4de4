//! The main job at the desk: an order of three lines, paid in cash, its invoice on paper.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use crate::desk::{Shop, Window};

#[test]
fn an_order_of_three_scans_is_paid_and_invoiced_with_at_most_twelve_keys() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.presses = 0;
    window.press_with(Modifiers::COMMAND, Key::N);
    for code in ["4850001234562", "4850001234579", "R-1"] {
        window.scan(code);
    }
    window.press(Key::F8);
    window.press_with(Modifiers::ALT, Key::I);
    window.press_with(Modifiers::ALT, Key::R);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(window.presses <= 12, "{} keys", window.presses);
    assert_eq!(shop.papers(), ["invoice-000001.pdf"]);
    drop(window);
    let orders = shop.ask("orders", json!({}));
    assert_eq!((&orders[0]["total"], &orders[0]["debt"]), (&json!("9800.00"), &json!("0.00")));
    assert_eq!(shop.ask("invoices", json!({})).len(), 1);
}

#[test]
fn the_same_job_is_done_with_the_mouse_alone() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.click("New order");
    for code in ["4850001234562", "4850001234579", "R-1"] {
        window.scan(code);
    }
    window.click("Take payment");
    window.click_any("Invoice  Alt+I");
    window.click_any("Receipt  Alt+R");
    window.click("Accept and print");
    assert_eq!(shop.papers(), ["invoice-000001.pdf"]);
    drop(window);
    assert_eq!(shop.ask("payments", json!({})).len(), 1);
}

#[test]
fn a_customer_is_added_and_chosen_with_the_mouse() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    let pick = |window: &mut Window<'_>, name: &str| {
        window.harness.query_all_by_label_contains(name).last().unwrap().click();
        window.settle();
    };
    window.click("New order");
    window.type_into("Customer", "Zabel");
    pick(&mut window, "New customer “Zabel”");
    window.type_into("Phone", "091 12 34 56");
    window.press(Key::Enter);
    assert!(!window.sees("091 12 34 56"), "Enter behind the last field saves");
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_into("Customer", "Zab");
    pick(&mut window, "Zabel");
    window.scan("4850001234562");
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(shop.ask("orders", json!({}))[0]["counterparty_name"], json!("Zabel"));
}

#[test]
fn a_due_day_that_is_none_is_refused_at_its_place() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.type_into("Due date", "31.02.2027");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(window.sees("“31.02.2027” is not a date"));
    assert!(window.sees("such as Nov 24, 2026"), "the example is written as the language writes dates");
    let field = window.harness.query_all_by_value("31.02.2027").next().unwrap();
    assert!(field.accesskit_node().data().invalid().is_some(), "the field itself is marked");
    drop(window);
    assert!(shop.ask("orders", json!({})).is_empty());
}

#[test]
fn a_note_above_the_sum_gives_change_that_stays_on_the_screen() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("3*4850001234562");
    window.press(Key::F8);
    window.press_with(Modifiers::ALT, Key::Num2);
    window.press(Key::Enter);
    assert!(window.sees("Change 900"), "14,100 are due, 15,000 were given");
    drop(window);
    assert_eq!(shop.ask("payments", json!({}))[0]["change"], json!("900.00"));
}

#[test]
fn an_unknown_code_says_so_and_leaves_the_lines_as_they_are() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.scan("46055555");
    assert!(window.sees("No item has the code 46055555"));
    window.scan("4850001234562");
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    let order = &shop.ask("order", json!({"id": 1}))[0];
    assert_eq!(order["lines"].as_array().unwrap().len(), 1);
    assert_eq!(order["lines"][0]["quantity"], json!("2"));
}
