//! A measured scanner at the desk: heard on every screen, and nothing of it reaches a field or a button.

use egui::{Event, Key, Modifiers};
use serde_json::json;

use crate::desk::{PASSWORD, Shop, Window};

const TONER: &str = "4850001234562";
const PAPER: &str = "4850001234579";

/// A shop whose scanner was measured before.
fn shop() -> Shop {
    let shop = Shop::new();
    let settings = shop.folder.path().join("settings");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("scanner"), r#"{"wedge":{"prefix":null,"ending":"enter"}}"#).unwrap();
    shop
}

/// The keys of a scanner, on a layout on which they write other letters.
fn strokes(code: &str) -> Vec<Vec<Event>> {
    let key = |key: Key, text: bool| {
        let event =
            |pressed| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers: Modifiers::NONE };
        let text = text.then(|| Event::Text("ա".to_owned()));
        [Some(event(true)), text, Some(event(false))].into_iter().flatten().collect::<Vec<_>>()
    };
    let letters =
        code.chars().map(|letter| key(Key::from_name(&letter.to_ascii_uppercase().to_string()).unwrap(), true));
    letters.chain([key(Key::Enter, false)]).collect()
}

impl Window<'_> {
    /// A key in each frame, as a scanner at 16 ms; then the window comes to rest.
    fn wedge(&mut self, code: &str) {
        for events in strokes(code) {
            self.frame(&events);
        }
        for _ in 0..8 {
            self.frame(&[]);
        }
        self.settle();
    }
}

fn lines(shop: &Shop, order: i64) -> Vec<(String, String)> {
    let order = &shop.ask("order", json!({"id": order}))[0];
    let text = |line: &serde_json::Value, field: &str| line[field].as_str().unwrap().to_owned();
    order["lines"].as_array().unwrap().iter().map(|line| (text(line, "text"), text(line, "quantity"))).collect()
}

#[test]
fn a_scan_on_the_list_begins_an_order_that_two_keys_pay() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.presses = 0;
    window.wedge(TONER);
    window.press(Key::F8);
    window.press(Key::Enter);
    assert_eq!(window.presses, 2);
    drop(window);
    assert_eq!(shop.ask("payments", json!({}))[0]["amount"], json!("4700.00"));
    assert_eq!(lines(&shop, 1), [("Toner".to_owned(), "1".to_owned())]);
}

#[test]
fn a_scan_adds_a_line_whatever_field_is_typed_in() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_into("Note", "Bring it up");
    window.wedge(TONER);
    window.wedge(PAPER);
    window.wedge(TONER);
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    let expected = [("Toner".to_owned(), "2".to_owned()), ("Paper".to_owned(), "1".to_owned())];
    assert_eq!(lines(&shop, 1), expected);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["note"], json!("Bring it up"));
}

#[test]
fn a_count_and_a_star_before_a_scan_say_how_many() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_text("3*");
    window.wedge(TONER);
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(lines(&shop, 1), [("Toner".to_owned(), "3".to_owned())]);
}

#[test]
fn a_scan_over_the_payment_types_nothing_and_accepts_nothing() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.wedge(TONER);
    window.press(Key::F8);
    window.wedge(PAPER);
    assert!(window.sees("was not added while a question is open"));
    drop(window);
    assert!(shop.ask("payments", json!({})).is_empty());
    assert_eq!(lines(&shop, 1), [("Toner".to_owned(), "1".to_owned())]);
}

#[test]
fn the_label_of_an_order_opens_it_and_an_unknown_code_says_so() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.wedge(TONER);
    window.press_with(Modifiers::COMMAND, Key::Enter);
    let number = shop.ask("orders", json!({}))[0]["number"].as_str().unwrap().to_owned();
    window.wedge(&number);
    assert_eq!(window.harness.state().place().unwrap().key, "1");
    window.press(Key::Escape);
    window.wedge("9999999");
    assert!(window.sees("Nothing is known under the code “9999999”"));
}

#[test]
fn goods_scanned_among_the_items_open_their_card() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.harness.state_mut().visit(&patver::ui::screen::Place::only("items"));
    window.settle();
    window.wedge(PAPER);
    assert_eq!(window.harness.state().place().unwrap().kind, "item");
}

#[test]
fn a_locked_desk_hears_no_scan() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::L);
    window.wedge(TONER);
    window.type_into("Password", PASSWORD);
    window.press(Key::Enter);
    window.settle();
    assert_eq!(window.harness.state().place().unwrap().kind, "orders");
}

#[test]
fn three_scans_on_its_page_measure_the_scanner_for_this_and_the_next_run() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.harness.state_mut().visit(&patver::ui::screen::Place::only("scanner"));
    window.settle();
    window.click("Measure…");
    for _ in 0..3 {
        window.wedge(TONER);
    }
    assert!(window.sees("Measured. A code ends with Enter"));
    window.wedge(PAPER);
    assert!(window.sees(PAPER), "what is scanned to try it is shown");
    drop(window);
    let mut window = shop.at_the_desk();
    window.wedge(TONER);
    assert_eq!(window.harness.state().place().unwrap().kind, "order");
}
