//! The locked window: a PIN opens it and changes who sits there, by keys alone and by the mouse alone.

use egui::{Key, Modifiers};
use patver::domain::secret::Secret;
use patver::domain::sign_in;
use patver::engine::store::Call;
use patver::ui::screen::Place;
use serde_json::json;

use crate::desk::{PASSWORD, Shop, Window};

const PIN: &str = "4829";
const OTHER_PIN: &str = "73915";
const OTHER_PASSWORD: &str = "green tea at noon";

/// A shop in which Gor works besides the owner; both have PINs.
fn shop_of_two() -> Shop {
    let shop = Shop::new();
    shop.run("set-own-pin", json!({"pin": PIN}));
    let gor = shop.run("save-user", json!({"login": "gor", "name": "Gor", "role": "manager"}))["id"].as_i64().unwrap();
    shop.run("reset-password", json!({"user": gor}));
    let mut store = shop.store();
    for (command, arguments) in
        [("change-own-password", json!({"password": OTHER_PASSWORD})), ("set-own-pin", json!({"pin": OTHER_PIN}))]
    {
        store.run_json(&Call::of_user(gor), command, arguments).unwrap();
    }
    store.close().unwrap();
    shop
}

fn lock(window: &mut Window<'_>) {
    window.press_with(Modifiers::COMMAND, Key::L);
    assert!(window.sees("The window is locked"));
}

fn is_locked(window: &Window<'_>) -> bool {
    window.sees("The window is locked")
}

/// Gor takes the seat through the door, and the window is locked again.
fn seat_both(window: &mut Window<'_>) {
    lock(window);
    window.click_any("Switch user");
    window.type_into("User", "gor");
    window.type_into("Password", OTHER_PASSWORD);
    window.press(Key::Enter);
    if window.sees("Find orders") {
        window.press(Key::Enter);
    }
    assert!(window.sees("Close “Orders”"));
    lock(window);
}

#[test]
fn the_pin_and_enter_open_the_lock_and_the_tab_stands_as_it_was() {
    let shop = shop_of_two();
    let mut window = shop.at_the_desk();
    window.harness.state_mut().visit(&Place::only("units"));
    window.settle();
    lock(&mut window);
    let before = window.presses;
    window.type_text(PIN);
    window.press(Key::Enter);
    assert_eq!(window.presses - before, 1);
    assert!(!is_locked(&window));
    assert_eq!(window.harness.state().place(), Some(Place::only("units")));
}

#[test]
fn the_pad_opens_the_lock_by_the_mouse_alone() {
    let shop = shop_of_two();
    let mut window = shop.at_the_desk();
    window.click("Lock");
    for wrong in ["7", "7", "Clear"] {
        window.click(wrong);
    }
    for digit in ["4", "8", "2", "9"] {
        window.click(digit);
    }
    window.click("Unlock");
    assert!(!is_locked(&window));
}

#[test]
fn another_person_takes_the_seat_by_pin_and_everyone_finds_their_own_tabs_and_drafts() {
    let shop = shop_of_two();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("4850001234562");
    assert!(window.sees("New order*"));
    seat_both(&mut window);
    window.press(Key::ArrowDown);
    window.type_text(PIN);
    window.press(Key::Enter);
    assert!(!is_locked(&window));
    assert!(window.sees("New order*") && window.sees("Toner"), "the unsaved order is open again");
    window.press_with(Modifiers::COMMAND, Key::L);
    window.click("Gor");
    for digit in OTHER_PIN.chars() {
        window.click(&digit.to_string());
    }
    window.click("Unlock");
    assert!(!is_locked(&window) && !window.sees("New order*"));
    let drafts = |user| shop.store().query_json(&Call::of_user(user), "drafts", json!({})).unwrap().len();
    assert_eq!((drafts(1), drafts(2)), (1, 0));
}

#[test]
fn after_three_wrong_pins_the_password_is_asked() {
    let shop = shop_of_two();
    let mut window = shop.at_the_desk();
    lock(&mut window);
    for left in ["after 2 more wrong tries", "after 1 more wrong try", "only the password unlocks"] {
        window.type_text("0073");
        window.press(Key::Enter);
        assert!(window.sees(left), "{left}");
    }
    assert!(!window.has_button("Clear"), "the pad is gone");
    // The wait after three wrong tries.
    shop.pass(1_000);
    window.type_text(PASSWORD);
    window.press(Key::Enter);
    assert!(!is_locked(&window));
    lock(&mut window);
    assert!(window.has_button("Clear"), "the right password brings the pad back");
}

#[test]
fn a_pin_opens_no_door_and_no_lock_behind_which_its_person_did_not_type_the_password() {
    let shop = shop_of_two();
    let mut window = shop.window(patver::base::locale::Lang::EN);
    assert!(!window.has_button("Clear"), "the door has no pad");
    window.type_into("User", "ani");
    window.type_into("Password", PIN);
    window.press(Key::Enter);
    assert!(window.sees("The login or the password is wrong"));
    drop(window);
    let mut window = shop.at_the_desk();
    lock(&mut window);
    assert!(!window.has_button("Gor"), "Gor has not been here");
}

#[test]
fn a_pin_is_chosen_with_the_password_and_removed_again() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    lock(&mut window);
    assert!(!window.has_button("Clear"));
    window.type_text(PASSWORD);
    window.press(Key::Enter);
    window.click("ani");
    window.type_text(PASSWORD);
    window.press(Key::Enter);
    window.type_text("1987");
    window.press(Key::Enter);
    window.type_text("1987");
    window.press(Key::Enter);
    assert!(window.sees("A year or a date"));
    for (field, typed) in [("Password", PASSWORD), ("New PIN", PIN), ("PIN once more", PIN)] {
        window.type_into(field, typed);
    }
    window.click("Keep this PIN");
    assert!(window.sees("The PIN is kept"));
    lock(&mut window);
    window.type_text(PIN);
    window.press(Key::Enter);
    assert!(!is_locked(&window));
    window.click("ani");
    window.click("Remove the PIN");
    assert!(window.sees("The PIN is removed"));
    lock(&mut window);
    assert!(!window.has_button("Clear"));
    assert!(sign_in::sign_in(&mut shop.store(), "ani", &Secret::new(PIN)).is_err());
}
