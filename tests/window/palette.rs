//! The palette: anything is found by its name, number or sound, and Enter does it.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::{Lang, tr};
use serde_json::json;

use crate::desk::{Shop, Window};

fn reach(window: &mut Window<'_>, typed: &str) {
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text(typed);
    window.press(Key::Enter);
}

#[test]
fn a_screen_opens_by_its_name_with_a_slip_of_the_finger() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    reach(&mut window, "tax ratse");
    assert!(window.sees("Close “Tax rates”"));
    reach(&mut window, "/custome");
    assert!(window.sees("Close “Customers”"));
}

#[test]
fn an_armenian_screen_opens_from_latin_letters_and_by_its_english_name() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.click(&tr(Lang::HY, "window.language_name", &[]));
    let title = tr(Lang::HY, "payments.title", &[]);
    let tab = tr(Lang::HY, "window.close_tab", &[("name", &title)]);
    for typed in ["vcharumner", "payments", "վճար"] {
        reach(&mut window, typed);
        assert!(window.sees(&tab), "{typed}");
        window.press_with(Modifiers::COMMAND, Key::W);
        assert!(!window.sees(&tab));
    }
}

#[test]
fn a_customer_an_item_and_an_order_open_by_what_is_typed() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    for (typed, heading) in [("!1", "Order 000001"), ("#R-1", "Repair")] {
        reach(&mut window, typed);
        assert!(window.sees(&format!("Close “{heading}”")), "{typed}");
    }
}

#[test]
fn what_the_open_screen_offers_is_done_and_its_keys_are_shown() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("new order");
    assert!(window.sees("New order Ins") || window.sees("New order Ctrl+N"));
    window.press(Key::Enter);
    assert!(window.sees("Close “New order”"));
}

#[test]
fn escape_goes_back_and_nothing_is_done() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("lock");
    assert!(window.sees("Lock the window Ctrl+L"));
    window.press(Key::Escape);
    assert!(!window.sees("Lock the window Ctrl+L"));
    reach(&mut window, "nothing is called like this");
    window.press(Key::Escape);
    assert!(window.sees("Close “Orders”"));
}

#[test]
fn places_where_one_was_come_first() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    reach(&mut window, "units");
    reach(&mut window, "currencies");
    reach(&mut window, "");
    window.press_with(Modifiers::COMMAND, Key::W);
    assert!(!window.sees("Close “Units”"), "the place before this one was chosen");
    assert!(window.sees("Close “Currencies”"));
}

#[test]
fn places_where_one_was_are_called_in_the_language_of_the_window() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    reach(&mut window, "units");
    reach(&mut window, "currencies");
    window.speak(Lang::RU);
    window.press_with(Modifiers::COMMAND, Key::K);
    assert!(window.harness.query_all_by_label("Единицы измерения").count() > 1, "in the menu and in the palette");
    assert!(!window.sees("Units"));
}

#[test]
fn a_record_that_begins_like_what_is_typed_stands_before_a_command_that_only_resembles_it() {
    let shop = Shop::new();
    shop.run("save-counterparty", json!({"kind": "person", "name": "Nairi Hotel"}));
    let mut window = shop.at_the_desk();
    reach(&mut window, "nair");
    assert!(window.sees("Close “Nairi Hotel”"));
}

#[test]
fn lists_and_window_become_as_at_first_only_when_that_is_agreed_to() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    reach(&mut window, "lists and window as");
    assert!(window.sees("are lost"));
    window.press(Key::Escape);
    assert!(!window.sees("are lost") && !window.sees("Lists and window are as at first"));
    reach(&mut window, "lists and window as");
    window.click("Continue");
    assert!(window.sees("Lists and window are as at first"));
}

#[test]
fn a_saved_view_is_found_by_its_name_and_its_list_opens_with_it() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"text": "Paper", "quantity": "1", "price": "700"}]}));
    let content = json!({"filter": {"states": ["cancelled"]}, "arrangement": {"sort": [], "columns": []}});
    shop.run("save-view", json!({"list": "orders", "name": "Lost and found", "content": content}));
    let items = json!({"filter": {"text": "toner"}, "arrangement": {"sort": [], "columns": []}});
    shop.run("save-view", json!({"list": "items", "name": "Only toner", "content": items}));
    let mut window = shop.at_the_desk();
    reach(&mut window, "lost and");
    assert!(window.sees("View: Lost and found"));
    reach(&mut window, "only toner");
    assert!(window.sees("Toner") && !window.sees("Repair"), "the list was not open before");
    reach(&mut window, "lost and");
    assert!(window.sees("View: Lost and found"));
}
