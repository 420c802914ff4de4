//! What stands in front and what lies over it: the keyboard comes back with a tab, and Esc takes one layer away.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::locale::Lang;
use serde_json::json;

use crate::desk::{PASSWORD, Shop, Window};

/// A desk with two orders in its list.
fn with_orders(shop: &Shop) -> Window<'static> {
    for _ in 0..2 {
        shop.run("place-order", json!({"lines": [{"item": 3, "quantity": "1"}]}));
    }
    shop.at_the_desk()
}

/// Whether the second order opens by the arrow and Enter: the keyboard is on the rows.
fn opens_by_keys(window: &mut Window<'_>) -> bool {
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.sees("Close “Order 000001”")
}

#[test]
fn the_keyboard_is_on_the_rows_again_when_a_list_comes_back_by_its_keys() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.press_with(Modifiers::COMMAND, Key::Tab);
    assert!(opens_by_keys(&mut window));
}

#[test]
fn the_keyboard_is_on_the_rows_again_when_a_list_comes_back_by_the_menu() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.click("Orders");
    assert!(opens_by_keys(&mut window));
}

#[test]
fn the_keyboard_is_on_the_rows_again_when_the_card_over_them_is_closed() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.press(Key::Enter);
    assert!(window.sees("Close “Order 000002”"));
    window.press(Key::Escape);
    assert!(!window.sees("Close “Order 000002”") && opens_by_keys(&mut window));
}

/// The tab in front.
fn in_front(window: &Window<'_>) -> String {
    let tabs =
        window.harness.query_all_by_role(Role::Tab).filter(|tab| tab.accesskit_node().toggled() == Some(Toggled::True));
    tabs.filter_map(|tab| tab.accesskit_node().label()).collect()
}

#[test]
fn a_closed_card_gives_way_to_the_tab_it_was_opened_from() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.click("Items");
    window.click("Orders");
    window.press(Key::Enter);
    window.press(Key::Escape);
    assert_eq!(in_front(&window), "Orders");
}

#[test]
fn a_new_order_that_was_saved_still_gives_way_to_the_tab_it_was_opened_from() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.click("Orders");
    window.press_with(Modifiers::COMMAND, Key::N);
    window.scan("R-1");
    window.press_with(Modifiers::COMMAND, Key::S);
    assert_eq!(in_front(&window), "Order 000003");
    window.press(Key::Escape);
    assert_eq!(in_front(&window), "Orders");
}

#[test]
fn where_the_tab_it_was_opened_from_is_closed_the_one_before_that_comes() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.click("Items");
    window.click("Customers");
    window.click("Payments");
    window.click("Close “Customers”");
    window.press_with(Modifiers::COMMAND, Key::W);
    assert_eq!(in_front(&window), "Items");
}

#[test]
fn the_keyboard_is_on_the_rows_after_the_palette_led_there_or_nowhere() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.press_with(Modifiers::COMMAND, Key::K);
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("/orders");
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.press(Key::Escape);
    window.press(Key::F1);
    window.press(Key::Escape);
    assert!(opens_by_keys(&mut window));
}

#[test]
fn esc_closes_the_sheet_of_keys_and_nothing_that_lies_under_it() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.click("Customers");
    window.press(Key::Insert);
    window.press(Key::F1);
    assert!(window.sees("This sheet"));
    window.press(Key::Escape);
    assert!(!window.sees("This sheet") && window.sees("Close “New customer”"));
    window.press(Key::F1);
    window.press(Key::F1);
    assert!(!window.sees("This sheet"), "the key that opens it closes it too");
}

#[test]
fn esc_closes_the_palette_and_not_the_card_under_it() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.click("Customers");
    window.press(Key::Insert);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.press(Key::Escape);
    assert!(window.sees("Close “New customer”"));
}

#[test]
fn the_palette_opens_by_the_mouse_from_the_strip_of_tabs() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.click("Search for anything, do anything");
    window.type_text("currencies");
    window.press(Key::Enter);
    assert!(window.sees("Close “Currencies”"));
}

#[test]
fn of_many_tabs_the_one_in_front_is_seen() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    let names =
        ["Customers", "Items", "Payments", "Invoices", "Units", "Currencies", "Tax rates", "Customer categories"];
    for name in names {
        window.click(name);
    }
    window.harness.set_size(egui::vec2(911.0, 432.0));
    window.settle();
    for _ in 0..=names.len() {
        window.press_with(Modifiers::COMMAND, Key::Tab);
        let tabs = window.harness.query_all_by_role(Role::Tab);
        let front: Vec<_> = tabs.filter(|tab| tab.accesskit_node().toggled() == Some(Toggled::True)).collect();
        let [front] = front.as_slice() else { panic!("{} tabs stand in front", front.len()) };
        let span = front.rect().x_range();
        assert!(span.min >= 44.0 && span.max <= 880.0, "{front:?} {span:?}");
    }
}

#[test]
fn the_menu_of_a_narrow_window_is_icons_until_a_person_says_otherwise() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    assert!(window.sees("Narrow menu"));
    window.harness.set_size(egui::vec2(911.0, 432.0));
    window.settle();
    assert!(window.sees("Wide menu"));
    window.press_with(Modifiers::COMMAND, Key::B);
    assert!(window.sees("Narrow menu"));
    window.press_with(Modifiers::COMMAND, Key::B);
    window.harness.set_size(egui::vec2(1366.0, 688.0));
    window.settle();
    assert!(window.sees("Narrow menu"), "nothing was said for a wide window");
}

#[test]
fn another_person_types_the_own_name_first() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.press_with(Modifiers::COMMAND, Key::L);
    window.click_any("Switch user");
    let user = window.harness.get_by_role_and_label(Role::TextInput, "User");
    let node = user.accesskit_node();
    assert_eq!((node.value().unwrap_or_default().as_str(), node.is_focused()), ("", true));
}

#[test]
fn a_language_chosen_at_the_desk_is_the_persons_at_the_next_sign_in_and_the_door_keeps_its_own() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.speak(Lang::RU);
    assert!(window.sees("Заказы"));
    drop(window);
    let mut window = shop.window(Lang::EN);
    assert!(window.sees("Password") && !window.sees("Пароль"));
    window.type_into("Password", PASSWORD);
    window.press(Key::Enter);
    assert!(window.sees("Заказы"));
}

#[test]
fn the_door_speaks_as_the_desk_did_until_the_next_person_signs_in() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    window.speak(Lang::RU);
    window.press_with(Modifiers::COMMAND, Key::L);
    window.click_any("Сменить");
    assert!(window.sees("Пароль") && !window.sees("Password"));
    window.type_into("Пользователь", "ani");
    window.type_into("Пароль", PASSWORD);
    window.press(Key::Enter);
    assert!(window.sees("Заказы"));
}

#[test]
fn the_seat_is_left_from_a_dialog_which_is_there_again_as_it_was() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.press(Key::F8);
    window.type_text("5000");
    window.press_with(Modifiers::COMMAND, Key::L);
    assert!(window.sees("The window is locked") && !window.sees("Payment for order"));
    window.type_into("Password", PASSWORD);
    window.press(Key::Enter);
    assert!(window.sees("Payment for order"));
    assert_eq!(window.value("Cash"), "5000");
}

#[test]
fn the_sheet_of_keys_lies_over_a_dialog_and_takes_every_key_for_itself() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.press(Key::F8);
    window.press(Key::F1);
    assert!(window.sees("This sheet"));
    window.press(Key::F6);
    window.type_text("77");
    window.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(!window.sees("This sheet") && window.sees("Payment for order"));
    assert_eq!(window.value("Cash"), "3,000");
    window.type_text("4000");
    assert_eq!(window.value("Cash"), "4000", "the keyboard is in its field again");
}

#[test]
fn the_sheet_of_keys_is_read_to_its_end_by_keys_and_says_those_of_the_payment() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.press(Key::Enter);
    window.press(Key::F8);
    window.press(Key::F1);
    assert!(window.sees("Alt+P"));
    let top = |window: &Window<'_>| window.harness.get_by_label("This sheet").rect().top();
    let first = top(&window);
    window.press(Key::PageDown);
    let page = top(&window);
    window.press(Key::ArrowDown);
    let line = top(&window);
    window.press(Key::End);
    let last = top(&window);
    assert!(first > page && page > line && line > last && last < 688.0, "{first} {page} {line} {last}");
    window.press(Key::Home);
    assert_eq!(top(&window), first);
}

#[test]
fn tabs_that_the_strip_has_no_room_for_are_found_by_letters_and_closed_in_a_list() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    assert!(!window.has_button("List of open tabs"));
    for name in ["Customers", "Items", "Payments", "Invoices", "Units", "Currencies", "Tax rates", "Warehouses"] {
        if window.has_button(name) {
            window.click(name);
        }
    }
    window.harness.set_size(egui::vec2(911.0, 500.0));
    window.settle();
    window.click("List of open tabs");
    window.type_text("paym");
    assert_eq!(window.harness.query_all_by_role(Role::ListBoxOption).count(), 1);
    window.press(Key::Enter);
    assert_eq!(in_front(&window), "Payments");
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    window.press(Key::ArrowDown);
    window.press_with(Modifiers::COMMAND, Key::W);
    window.click("Close “Items”");
    window.press(Key::Escape);
    let tabs = window.harness.query_all_by_role(Role::Tab).filter_map(|tab| tab.accesskit_node().label());
    assert_eq!(tabs.collect::<Vec<_>>(), ["Orders", "Payments", "Invoices", "Units", "Currencies", "Tax rates"]);
    assert_eq!(in_front(&window), "Payments");
}

#[test]
fn a_letter_with_alt_that_no_action_has_writes_nothing_and_one_of_the_third_level_does() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.click("Customers");
    window.press_with(Modifiers::COMMAND, Key::F);
    let key = |key: Key, modifiers: Modifiers| egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    let third = Modifiers { ctrl: true, ..Modifiers::ALT };
    window.frame(&[key(Key::X, Modifiers::ALT), egui::Event::Text("x".to_owned())]);
    window.frame(&[key(Key::Q, third), egui::Event::Text("@".to_owned())]);
    window.frame(&[key(Key::Y, Modifiers::NONE), egui::Event::Text("y".to_owned())]);
    (0..4).for_each(|_| window.frame(&[]));
    window.settle();
    let node = window.harness.get_by(|node| node.is_focused());
    assert_eq!(node.accesskit_node().value().as_deref(), Some("@y"));
}

#[test]
fn under_a_dialog_there_is_no_palette() {
    let shop = Shop::new();
    let mut window = with_orders(&shop);
    window.press(Key::F8);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("4000");
    assert_eq!(window.value("Cash"), "4000");
}
