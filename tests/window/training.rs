//! A company to practise on, from the window: made, marked, begun again, and left for the real one.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::domain::BUSINESS;
use patver::engine::logical::logical_hash;
use patver::platform::Workplace;
use patver::ui::screen::Place;
use serde_json::json;

use crate::desk::{PASSWORD, Shop, Window};

/// Only the password is missing at the door of the other company.
fn sign_in(window: &mut Window<'_>) {
    window.type_into("Password", PASSWORD);
    window.press(Key::Enter);
    if window.sees("Find orders") {
        window.press(Key::Enter);
    }
}

fn visit(window: &mut Window<'_>, kind: &'static str) {
    window.harness.state_mut().visit(&Place::only(kind));
    window.settle();
}

/// Whether the words of the company to practise on stand on the screen.
fn is_marked(window: &Window<'_>) -> bool {
    window.harness.query_all_by_label("Training").next().is_some()
}

fn hash(shop: &Shop) -> Vec<u8> {
    logical_hash(shop.store().db(), &BUSINESS).unwrap()
}

#[test]
fn what_is_done_in_the_training_company_stays_there_and_every_screen_says_what_it_is() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    visit(&mut window, "training");
    let before = hash(&shop);
    window.click("Make the training company and open it");
    assert!(is_marked(&window) && window.sees("Password"), "the copy is at its door");
    let bytes = std::fs::read(&shop.file).unwrap();
    sign_in(&mut window);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert!(is_marked(&window));
    visit(&mut window, "backups");
    assert!(is_marked(&window) && window.sees("backups are made only by hand"));
    window.press_with(Modifiers::COMMAND, Key::L);
    assert!(is_marked(&window) && window.sees("The window is locked"));
    window.type_text(PASSWORD);
    window.press(Key::Enter);
    assert!(std::fs::read(&shop.file).unwrap() == bytes && hash(&shop) == before);
    visit(&mut window, "training");
    window.click("Return to the real company");
    sign_in(&mut window);
    assert!(!is_marked(&window) && shop.ask("orders", json!({})).is_empty());
    visit(&mut window, "training");
    window.click("Open the training company");
    drop(window);
    let next = Workplace::at(shop.folder.path()).last_file();
    assert_eq!(next, Some(shop.file.clone()), "the next day begins in the real company");
}

#[test]
fn the_training_company_begins_again_only_after_a_question() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    visit(&mut window, "backups");
    window.click_last("Practise on a copy of the company…");
    window.click("Make the training company and open it");
    sign_in(&mut window);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    window.press_with(Modifiers::COMMAND, Key::S);
    visit(&mut window, "training");
    window.click("Return to the real company");
    sign_in(&mut window);
    visit(&mut window, "training");
    window.click("Begin again with a fresh copy");
    assert!(window.sees("is lost"));
    window.press(Key::Escape);
    assert!(window.has_button("Open the training company"));
    window.click("Begin again with a fresh copy");
    window.click("Begin again with a fresh copy");
    sign_in(&mut window);
    assert!(is_marked(&window));
    let training = Shop { file: shop.folder.path().join("shop-training.patver"), ..shop };
    assert!(training.ask("orders", json!({})).is_empty());
}
