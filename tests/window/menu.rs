//! The menu: every directory opens from it in a tab of its own, with its rows or a word that there are none.

use egui::{Key, Modifiers};
use patver::base::locale::{Lang, tr};
use patver::directories;

use crate::desk::Shop;
use serde_json::json;

#[test]
fn every_directory_opens_from_the_menu_and_offers_a_new_row() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    for directory in directories::ALL {
        let say = |key: &str| tr(Lang::EN, key, &[]);
        window.click(&say(directory.title));
        assert!(window.sees(&format!("Close “{}”", say(directory.title))), "{} has a tab", directory.kind);
        window.press(Key::Insert);
        assert!(window.sees(&say(directory.new)), "{}", directory.kind);
        window.press(Key::Escape);
        assert!(!window.sees(&say(directory.new)), "{}", directory.kind);
        window.press_with(Modifiers::COMMAND, Key::W);
    }
}

#[test]
fn digits_typed_on_the_orders_stand_in_the_search_in_their_order() {
    let shop = Shop::new();
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    let mut window = shop.at_the_desk();
    for digit in ["4", "0", "4"] {
        window.type_text(digit);
    }
    window.press(Key::Enter);
    assert!(window.sees("“404”"), "what was typed is what is searched for");
}

#[test]
fn esc_closes_what_stands_behind_the_gear_and_nothing_else() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.click("Settings");
    assert!(window.sees("Users"));
    window.press(Key::Escape);
    assert!(!window.sees("Users") && window.sees("Close “New order”"));
    window.press(Key::Escape);
    assert!(!window.sees("Close “New order”"));
}
