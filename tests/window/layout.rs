//! How a person left the window is how it stands at the next sign-in, and another person has it otherwise.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::Lang;
use patver::domain::credential::ChangeOwnPassword;
use patver::domain::secret::Secret;
use patver::engine::store::Call;
use patver::ui::tokens::Tokens;
use serde_json::{Value as Json, json};

use crate::desk::{PASSWORD, Shop, Window};

const ALT_SHIFT: Modifiers = Modifiers { alt: true, shift: true, ..Modifiers::NONE };
const CTRL_SHIFT: Modifiers = Modifiers { command: true, ctrl: true, shift: true, ..Modifiers::NONE };

/// The place and width of a heading.
fn heading(window: &Window<'_>, title: &str) -> egui::Rect {
    window.harness.query_all_by_role_and_label(Role::Button, title).last().unwrap().rect()
}

fn orders(shop: &Shop) -> Window<'static> {
    shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    shop.at_the_desk()
}

fn part(shop: &Shop, name: &str) -> Json {
    let parts = shop.ask("layout", json!({}));
    parts.into_iter().find(|part| part["part"] == name).map_or(Json::Null, |part| part["content"].clone())
}

/// Somebody else who sits down at this desk.
fn aram(shop: &Shop, window: &mut Window<'_>) {
    window.press_with(Modifiers::COMMAND, Key::L);
    window.click_any("Switch user");
    window.type_into("User", "aram");
    window.type_into("Password", PASSWORD);
    window.press(Key::Enter);
    if window.sees("Find orders") {
        window.press(Key::Enter);
    }
    assert!(window.sees("Customer"), "{}", shop.file.display());
}

fn hire_aram(shop: &Shop) {
    let id = shop.run("save-user", json!({"login": "aram", "role": "manager"}))["id"].as_i64().unwrap();
    let mut store = shop.store();
    let change = ChangeOwnPassword { password: Secret::new(PASSWORD) };
    store.run(&Call::of_user(id), &change).unwrap();
}

#[test]
fn columns_are_arranged_by_keys_and_found_again_at_the_next_sign_in() {
    let shop = Shop::new();
    let mut window = orders(&shop);
    let (number, date) = (heading(&window, "No"), heading(&window, "Date"));
    assert!(number.left() < date.left());
    window.press(Key::ArrowRight);
    window.press_with(ALT_SHIFT, Key::ArrowRight);
    window.press_with(ALT_SHIFT, Key::ArrowRight);
    assert_eq!(heading(&window, "No").width(), number.width() + 32.0);
    window.press_with(CTRL_SHIFT, Key::ArrowRight);
    assert!(heading(&window, "No").left() > heading(&window, "Date").left());
    assert_eq!(part(&shop, "list.orders"), Json::Null, "nothing is written while it changes");
    window.harness.run_steps(70);
    assert_eq!(part(&shop, "list.orders")["columns"][1]["id"], "number");
    drop(window);
    let window = shop.at_the_desk();
    assert_eq!(heading(&window, "No").width(), number.width() + 32.0);
    assert!(heading(&window, "No").left() > heading(&window, "Date").left());
}

#[test]
fn another_person_has_the_lists_and_the_look_as_the_program_has_them() {
    let shop = Shop::new();
    hire_aram(&shop);
    let mut window = orders(&shop);
    let number = heading(&window, "No").width();
    window.press_with(ALT_SHIFT, Key::ArrowRight);
    window.click("Dark theme");
    assert!(Tokens::of_ctx(&window.harness.ctx).theme.dark);
    aram(&shop, &mut window);
    assert!(!Tokens::of_ctx(&window.harness.ctx).theme.dark);
    assert_eq!(heading(&window, "No").width(), number);
    drop(window);
    let mut window = shop.window(Lang::EN);
    window.type_into("User", "");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("ani");
    window.type_into("Password", PASSWORD);
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(Tokens::of_ctx(&window.harness.ctx).theme.dark);
    assert_eq!(heading(&window, "No").width(), number + 16.0);
}

#[test]
fn open_tabs_are_open_again_and_the_same_one_stands_in_front() {
    let shop = Shop::new();
    let mut window = orders(&shop);
    window.press(Key::Enter);
    window.click("Customers");
    window.press(Key::Insert);
    window.press_with(Modifiers::COMMAND, Key::Tab);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.harness.run_steps(70);
    drop(window);
    let window = shop.at_the_desk();
    for tab in ["Orders", "Order 000001", "Customers"] {
        assert!(window.sees(&format!("Close “{tab}”")), "{tab}");
    }
    assert!(!window.sees("Close “New customer”"), "a new card without a word is nothing yet");
    assert_eq!(window.harness.state().place().unwrap().kind, "customers");
}

#[test]
fn an_order_that_is_changed_comes_back_once_with_its_changes() {
    let shop = Shop::new();
    let mut window = orders(&shop);
    window.press(Key::Enter);
    window.scan("4850001234562");
    window.harness.run_steps(130);
    drop(window);
    let window = shop.at_the_desk();
    assert_eq!(window.harness.query_all_by_label_contains("Close “Order 000001").count(), 1);
    assert!(window.sees("Close “Order 000001*”"));
}

#[test]
fn everything_is_put_back_by_one_command() {
    let shop = Shop::new();
    let mut window = orders(&shop);
    let number = heading(&window, "No").width();
    window.press_with(ALT_SHIFT, Key::ArrowRight);
    window.click("Dark theme");
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("lists and window");
    window.press(Key::Enter);
    window.click("Continue");
    assert!(window.sees("Lists and window are as at first"));
    assert!(!Tokens::of_ctx(&window.harness.ctx).theme.dark);
    assert_eq!(heading(&window, "No").width(), number);
    window.harness.run_steps(70);
    assert_eq!((part(&shop, "list.orders"), part(&shop, "look")), (Json::Null, Json::Null));
}

#[test]
fn beside_an_order_that_is_looked_at_in_a_small_window_ten_rows_stand() {
    let shop = Shop::new();
    for _ in 0..14 {
        shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    }
    let mut window = shop.at_the_desk();
    // Half as large again on a display of 1366 × 688.
    window.harness.set_size(egui::vec2(910.0, 458.0));
    window.settle();
    window.press_with(Modifiers::COMMAND, Key::Space);
    let heights = window.harness.query_all_by_role(Role::Row).map(|row| row.rect().height());
    assert!(heights.filter(|height| *height > 25.0).count() >= 10);
    window.press_with(Modifiers::ALT, Key::Num1);
    assert!(window.sees("Hide the details"), "they are shown again by who asks for them");
}

#[test]
fn a_tab_nobody_looked_at_since_is_called_in_the_language_of_now() {
    let shop = Shop::new();
    let mut window = orders(&shop);
    window.press(Key::Enter);
    window.click("Customers");
    window.harness.run_steps(70);
    drop(window);
    let mut window = shop.at_the_desk();
    assert!(window.sees("Order 000001"));
    window.speak(Lang::HY);
    assert!(window.sees("Պատվեր 000001") && !window.sees("Order 000001"));
    window.press_with(CTRL_SHIFT, Key::A);
    assert!(!window.sees("Order 000001"), "nor in the list of tabs");
}

#[test]
fn the_keys_of_tabs_go_on_and_back() {
    let shop = Shop::new();
    let mut window = orders(&shop);
    let at = |window: &Window<'_>| window.harness.state().place().unwrap().kind;
    for place in ["Payments", "Customers"] {
        window.click(place);
    }
    assert_eq!(at(&window), "customers");
    window.press_with(CTRL_SHIFT, Key::Tab);
    assert_eq!(at(&window), "payments");
    window.press_with(CTRL_SHIFT, Key::Tab);
    window.press_with(CTRL_SHIFT, Key::Tab);
    assert_eq!(at(&window), "customers", "behind the first comes the last");
    window.press_with(Modifiers::COMMAND, Key::Tab);
    assert_eq!(at(&window), "orders");
}

#[test]
fn what_waits_is_told_once_a_day() {
    let shop = Shop::new();
    shop.run("save-task", json!({"name": "Call the bank", "day": "2026-11-23", "time": "10:00"}));
    let told = |shop: &Shop| {
        let mut window = shop.at_the_desk();
        let told = window.sees("Call the bank");
        window.harness.run_steps(70);
        told
    };
    assert_eq!([told(&shop), told(&shop)], [true, false]);
    shop.days_later(1);
    assert!(told(&shop), "and on the next day again");
}
