//! What happened to an order, as it stands below the list: who, when, and each value before and after.

use egui::{Key, Modifiers};
use patver::base::locale::Lang;
use serde_json::json;

use crate::desk::Shop;

#[test]
fn the_history_of_an_order_tells_values_before_and_after_as_the_screen_writes_them() {
    let shop = Shop::new();
    shop.run("save-counterparty", json!({"kind": "person", "name": "Zabel"}));
    shop.run("place-order", json!({"due": "2026-11-25", "lines": [{"item": 3, "quantity": "1"}]}));
    let lines = json!([{"item": 3, "quantity": "2"}]);
    let edit = json!({"order": 1, "version": 1, "counterparty": 2, "due": "2026-11-30T18:00", "lines": lines});
    shop.run("edit-order", edit);
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::ALT, Key::Num5);
    for words in ["Walk-in customer", "Zabel", "Nov 25, 2026", "Nov 30, 2026 18:00", "3,000"] {
        assert!(window.sees(words), "{words}");
    }
    assert!(window.sees("Repair · Quantity"), "a line is called by its words");
    assert!(!window.sees("counterparty_id"), "no column is called as the program calls it");
    window.speak(Lang::RU);
    for words in ["Покупатель", "Розничный покупатель", "25.11.2026", "3\u{a0}000"] {
        assert!(window.sees(words), "{words}");
    }
}

#[test]
fn an_order_is_seen_as_it_was_beside_what_it_is_line_by_line() {
    let shop = Shop::new();
    let line = |quantity: &str| json!({"item": 3, "quantity": quantity});
    shop.run("place-order", json!({"lines": [line("1"), line("7")]}));
    let edit = json!({"order": 1, "version": 1, "lines": [{"item": 3, "quantity": "7", "discount_percent": "10"}]});
    shop.run("edit-order", edit);
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::ALT, Key::Num5);
    window.click_last("As it was after");
    window.click_any("Only what differs");
    for words in ["Quantity", "Discount", "Total"] {
        assert!(window.sees(words), "{words}");
    }
    window.press(Key::Escape);
    assert!(!window.sees("Only what differs"));
}

#[test]
fn fields_of_the_company_s_own_stand_among_what_an_order_was_and_is() {
    let shop = Shop::new();
    for field in [
        json!({"record": "order", "name": "Vehicle", "code": "vehicle"}),
        json!({"record": "order", "name": "Deposit", "code": "deposit", "holds": "money"}),
        json!({"record": "order", "name": "Measured on", "code": "measured", "holds": "date"}),
    ] {
        shop.run("save-field", field);
    }
    let fields = json!({"vehicle": "34 AB 123", "deposit": "12500"});
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}], "fields": fields}));
    let fields = json!({"vehicle": "77 XX 001", "measured": "2026-11-30"});
    shop.run("edit-order", json!({"order": 1, "version": 1, "fields": fields}));
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::ALT, Key::Num5);
    window.click_last("As it was after");
    for words in ["Vehicle", "34 AB 123", "77 XX 001", "Deposit", "12,500", "Measured on", "Nov 30, 2026"] {
        assert!(window.sees(words), "{words}");
    }
    window.click_last("Only what differs");
    assert!(window.sees("34 AB 123"));
    assert!(!window.sees("Deposit"), "it is the same at both moments");
}

#[test]
fn the_preview_of_a_paper_is_called_in_the_language_of_the_window() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    window.press(Key::Enter);
    window.press_with(Modifiers::ALT, Key::P);
    assert!(window.sees("Close “Order 000001”"));
    window.speak(Lang::HY);
    assert!(window.sees("Պատվեր № 000001"));
}
