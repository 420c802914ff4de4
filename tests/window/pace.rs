//! Keys that come faster than the window draws are neither lost nor do they land in the wrong field.

use egui::{Event, Key, Modifiers};
use patver::base::locale::Lang;

use crate::desk::{PASSWORD, Shop, Window};

/// One key, as a keyboard sends it.
fn key(key: Key) -> [Event; 2] {
    [true, false].map(|pressed| Event::Key {
        key,
        physical_key: Some(key),
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    })
}

fn letters(text: &str) -> impl Iterator<Item = Event> {
    text.chars().map(|letter| Event::Text(letter.to_string()))
}

impl Window<'_> {
    /// As many frames as what was typed needs to arrive.
    fn rest(&mut self) {
        for _ in 0..24 {
            self.frame(&[]);
        }
    }
}

#[test]
fn who_types_faster_than_the_window_draws_signs_in_at_any_pace() {
    let shop = Shop::new();
    let mut typed: Vec<Event> = letters("ani").chain(key(Key::Tab)).chain(letters(PASSWORD)).collect();
    typed.extend(key(Key::Enter));
    let cuts = [0, 4, 5, 9, typed.len() - 1, typed.len()];
    let mut lost = Vec::new();
    for (at, first) in cuts.into_iter().enumerate() {
        for second in &cuts[at..] {
            // The workplace remembers who signed in last, and then asks for the password at once.
            drop(std::fs::remove_dir_all(shop.folder.path().join("settings")));
            let mut window = shop.window(Lang::EN);
            for part in [&typed[..first], &typed[first..*second], &typed[*second..]] {
                window.frame(part);
            }
            window.rest();
            if !window.sees("Find orders") {
                lost.push((first, *second));
            }
        }
    }
    assert!(lost.is_empty(), "the sign-in was lost where frames ended at {lost:?}");
}

#[test]
fn after_a_wrong_password_the_right_one_is_typed_at_once() {
    let shop = Shop::new();
    let mut window = shop.window(Lang::EN);
    let wrong: Vec<Event> =
        letters("ani").chain(key(Key::Tab)).chain(letters("walnut-2469")).chain(key(Key::Enter)).collect();
    window.frame(&wrong);
    window.rest();
    assert!(!window.sees("Find orders"));
    let right: Vec<Event> = letters(PASSWORD).chain(key(Key::Enter)).collect();
    window.frame(&right);
    window.rest();
    assert!(window.sees("Find orders"));
}

#[test]
fn scans_faster_than_the_window_draws_each_give_their_line() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    let scan = |code: &'static str| letters(code).chain(key(Key::Enter));
    let burst: Vec<Event> = scan("4850001234562").chain(scan("4850001234579")).chain(scan("4850001234562")).collect();
    window.frame(&burst);
    window.rest();
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    let order = &shop.ask("order", serde_json::json!({"id": 1}))[0];
    let lines: Vec<_> = order["lines"].as_array().unwrap().iter().map(|line| line["quantity"].as_str()).collect();
    assert_eq!(lines, [Some("2"), Some("1")]);
}

#[test]
fn arrows_and_digits_faster_than_the_window_draws_reach_the_cell_they_were_meant_for() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.scan("4850001234579");
    let arrows = [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight, Key::ArrowRight].into_iter().flat_map(key);
    let burst: Vec<Event> = arrows.chain(letters("10")).chain(key(Key::Enter)).collect();
    window.frame(&burst);
    window.rest();
    window.press_with(Modifiers::COMMAND, Key::S);
    drop(window);
    let order = &shop.ask("order", serde_json::json!({"id": 1}))[0];
    let discounts: Vec<_> = order["lines"].as_array().unwrap().iter().map(|line| &line["discount"]).collect();
    assert_eq!(discounts, ["0.00", "210.00"]);
}
