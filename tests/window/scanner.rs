//! A measured scanner at the desk: heard on every screen, and nothing of it reaches a field or a button.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::base::barcode::with_check_digit;
use patver::ui::screen::Place;
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
    window.click("Orders");
    window.harness.run_steps(70);
    drop(window);
    let mut window = shop.at_the_desk();
    window.wedge(TONER);
    assert_eq!(window.harness.state().place().unwrap().kind, "order");
}

/// Scans without a pause between them, as a trigger that is pressed twice.
fn at_once(window: &mut Window<'_>, codes: [&str; 2]) {
    for events in codes.into_iter().flat_map(strokes) {
        window.frame(&events);
    }
    for _ in 0..8 {
        window.frame(&[]);
    }
    window.settle();
}

#[test]
fn a_trigger_that_fires_twice_counts_once_unless_the_scanner_is_set_up_otherwise() {
    for (repeats, expected) in [(false, "1"), (true, "2")] {
        let shop = shop();
        let setup = json!({"wedge": {"prefix": null, "ending": "enter"}, "repeats": repeats});
        std::fs::write(shop.folder.path().join("settings/scanner"), setup.to_string()).unwrap();
        let mut window = shop.at_the_desk();
        window.press_with(Modifiers::COMMAND, Key::N);
        at_once(&mut window, [TONER, TONER]);
        window.press_with(Modifiers::COMMAND, Key::S);
        drop(window);
        assert_eq!(lines(&shop, 1)[0], ("Toner".to_owned(), expected.to_owned()));
    }
}

#[test]
fn two_codes_at_once_are_two_scans() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    at_once(&mut window, [TONER, PAPER]);
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(lines(&shop, 1), [("Toner".to_owned(), "1".to_owned()), ("Paper".to_owned(), "1".to_owned())]);
}

/// A number that no item has.
fn unknown(number: u32) -> String {
    with_check_digit(&format!("46{number:010}"))
}

fn said(code: &str) -> String {
    format!("No item has the code {code}")
}

fn with_unknown(shop: &Shop, code: &str) -> Window<'static> {
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.wedge(code);
    assert!(window.sees(&said(code)));
    window
}

#[test]
fn unknown_codes_wait_one_behind_the_other_while_scanning_goes_on() {
    let shop = shop();
    let mut window = with_unknown(&shop, &unknown(1));
    window.wedge(TONER);
    window.wedge(&unknown(2));
    assert!(window.sees(&said(&unknown(1))) && window.sees("1 more waiting"));
    window.press_with(Modifiers::ALT, Key::Num3);
    assert!(window.sees(&said(&unknown(2))) && !window.sees("more waiting"));
    window.click("Ignore");
    assert!(!window.sees("No item has the code"));
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(lines(&shop, 1), [("Toner".to_owned(), "1".to_owned())]);
}

#[test]
fn esc_leaves_the_unknown_code_before_it_closes_the_card() {
    let shop = shop();
    let mut window = with_unknown(&shop, &unknown(1));
    window.press(Key::Escape);
    assert!(!window.sees("No item has the code") && window.sees("New order"));
}

#[test]
fn an_unknown_code_is_linked_to_an_item_and_its_line_added() {
    let shop = shop();
    let code = unknown(1);
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_text("3*");
    window.wedge(&code);
    window.press_with(Modifiers::ALT, Key::Num1);
    window.type_text("Pap");
    window.press(Key::Enter);
    window.wedge(TONER);
    window.click("Link");
    assert!(!window.sees("No item has the code"));
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(shop.ask("item", json!({"id": 2}))[0]["barcodes"], json!([PAPER, code]));
    let mut added = lines(&shop, 1);
    added.sort();
    assert_eq!(added, [("Paper".to_owned(), "3".to_owned()), ("Toner".to_owned(), "1".to_owned())]);
}

#[test]
fn an_item_is_made_with_an_unknown_code_and_its_line_added() {
    let shop = shop();
    let code = unknown(1);
    let mut window = with_unknown(&shop, &code);
    window.press_with(Modifiers::ALT, Key::Num2);
    assert_eq!(window.harness.state().place().unwrap().kind, "item");
    window.type_text("Glue");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.harness.state().place().unwrap().kind, "order");
    assert!(!window.sees("No item has the code"));
    assert!(window.harness.query_by_role_and_label(Role::Row, "Glue").is_some(), "its line is there");
    drop(window);
    assert_eq!(shop.ask("item", json!({"barcode": code}))[0]["name"], json!("Glue"));
}

/// A label of the toner with its last day.
fn toner_until(day: &str) -> String {
    format!("010{TONER}17{day}")
}

#[test]
fn goods_whose_last_day_is_past_are_taken_only_after_somebody_agreed() {
    let shop = shop();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.wedge(&toner_until("261124"));
    assert!(!window.sees("The last day of Toner"), "today it may still be used");
    window.wedge(&toner_until("261123"));
    assert!(window.sees("The last day of Toner was Nov 23, 2026"));
    window.click("Leave it out");
    window.wedge(&toner_until("261101"));
    window.press_with(Modifiers::ALT, Key::Num1);
    assert!(!window.sees("The last day of Toner"));
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(lines(&shop, 1), [("Toner".to_owned(), "2".to_owned())]);
}

#[test]
fn a_label_of_the_scales_gives_its_weight_so_many_times_as_was_typed() {
    let shop = shop();
    shop.run("save-item", json!({"code": "417", "name": "Cheese", "unit": "kg", "price": "2350"}));
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_text("3*");
    window.wedge(&with_check_digit("210041701234"));
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(lines(&shop, 1), [("Cheese".to_owned(), "3.702".to_owned())]);
}

#[test]
fn a_label_with_an_amount_costs_exactly_that() {
    let shop = shop();
    shop.run("save-item", json!({"code": "417", "name": "Cheese", "unit": "kg", "price": "2350"}));
    let scale = json!({"name": "Sum", "prefix": "2100", "item_digits": 3, "measure": "amount", "decimals": 0});
    shop.run("save-scale-code", scale);
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.wedge(&with_check_digit("210041701234"));
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    assert_eq!(shop.ask("order", json!({"id": 1}))[0]["total"], json!("1234.00"));
}

#[test]
fn a_code_scanned_on_the_card_of_an_item_becomes_its_barcode_unless_another_item_has_it() {
    let shop = shop();
    let code = unknown(1);
    let mut window = shop.at_the_desk();
    window.harness.state_mut().visit(&Place::of("item", 3));
    window.settle();
    window.wedge(&code);
    window.wedge(PAPER);
    assert!(window.sees(&format!("The barcode {PAPER} belongs to “Paper”")), "the other item is named");
    window.wedge(&code);
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    let item = &shop.ask("item", json!({"id": 3}))[0];
    assert_eq!((&item["barcodes"], &item["name"]), (&json!([code]), &json!("Repair")));
}
