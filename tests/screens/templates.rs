//! Templates of orders on the screen: kept from an order, chosen from the menu, replaced, renamed and removed.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show, undo_newest};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// Items over 48,000 and 5,000, and an order of two chairs for Anna.
fn shop() -> Desk {
    let desk = company(Lang::EN);
    run(&desk, "save-counterparty", json!({"kind": "person", "name": "Anna"}));
    run(&desk, "save-item", json!({"name": "Chair", "price": "48000"}));
    run(&desk, "save-item", json!({"name": "Oil", "price": "5000"}));
    let lines = json!([{"item": 1, "quantity": "2"}, {"item": 2, "quantity": "1"}]);
    run(&desk, "place-order", json!({"counterparty": 2, "lines": lines}));
    desk
}

fn kept() -> Desk {
    let desk = shop();
    run(&desk, "save-template", json!({"name": "Two chairs", "order": 1}));
    desk
}

fn templates(screen: &Harness<'static, Stage>) -> Vec<Json> {
    query(&screen.state().desk, "templates", json!({}))
}

/// Whether a text on the screen has these words in it.
fn tells(screen: &Harness<'static, Stage>, words: &str) -> bool {
    screen.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn an_order_of_the_list_is_kept_as_a_template_and_a_name_that_is_there_replaces_it() {
    let mut screen = show(shop(), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press(Key::Home);
    screen.press_with(Modifiers::ALT, Key::T);
    screen.typed("Two chairs");
    screen.press(Key::Enter);
    assert_eq!(templates(&screen)[0]["lines"], 2);
    assert_eq!(screen.state().toasts.last().unwrap().title, "Template “Two chairs” is saved");
    screen.press_with(Modifiers::ALT, Key::T);
    screen.typed("two CHAIRS");
    assert!(screen.sees("Template “Two chairs” will hold this order instead") && screen.sees("Replace"));
    screen.press(Key::Enter);
    assert_eq!((templates(&screen).len(), templates(&screen)[0]["name"].clone()), (1, json!("two CHAIRS")));
    undo_newest(&mut screen);
    assert_eq!(templates(&screen)[0]["name"], "Two chairs");
}

#[test]
fn the_menu_of_templates_leads_to_a_new_order_and_to_all_of_them() {
    let mut screen = show(kept(), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(CTRL_SHIFT, Key::N);
    assert!(screen.sees("Two chairs · Anna"));
    screen.press(Key::Enter);
    assert_eq!(screen.state().opened, [Place::of("order-template", 1)]);
    screen.press_with(CTRL_SHIFT, Key::N);
    screen.press(Key::End);
    screen.press(Key::Enter);
    assert_eq!(screen.state().opened.last(), Some(&Place::only("order-templates")));
}

#[test]
fn a_new_order_begins_with_what_the_template_holds_and_is_saved_like_any_other() {
    let desk = kept();
    run(&desk, "save-item", json!({"id": 1, "version": 1, "price": "50000"}));
    let mut card = show(desk, &Place::of("order-template", 1));
    assert!(card.sees("105,000"), "at the price of today");
    card.press_with(CTRL, Key::S);
    let orders = query(&card.state().desk, "orders", json!({"sort": "number"}));
    assert_eq!(
        (orders.len(), &orders[1]["counterparty_name"], &orders[1]["total"]),
        (2, &json!("Anna"), &json!("105000.00"))
    );
}

#[test]
fn an_item_that_is_no_longer_offered_is_refused_at_its_line_until_the_line_is_gone() {
    let desk = kept();
    run(&desk, "save-item", json!({"id": 2, "version": 1, "active": false}));
    let mut card = show(desk, &Place::of("order-template", 1));
    assert!(tells(&card, "“Oil” is no longer sold"), "it is named");
    card.press_with(CTRL, Key::S);
    assert_eq!(query(&card.state().desk, "orders", json!({})).len(), 1);
    card.press(Key::ArrowDown);
    card.press(Key::ArrowDown);
    card.press(Key::Delete);
    card.press_with(CTRL, Key::S);
    assert_eq!(query(&card.state().desk, "orders", json!({"sort": "number"}))[1]["total"], "96000.00");
}

#[test]
fn what_stands_on_a_card_is_kept_under_the_name_it_began_with() {
    let mut card = show(kept(), &Place::of("order-template", 1));
    card.press_with(Modifiers::ALT, Key::T);
    assert_eq!(card.text("Name of the template"), "Two chairs");
    card.typed("One more");
    card.press(Key::Enter);
    let names: Vec<Json> = templates(&card).into_iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["One more", "Two chairs"]);
    assert_eq!(query(&card.state().desk, "orders", json!({})).len(), 1, "the order itself is not saved");
}

#[test]
fn a_template_that_is_gone_is_said_on_the_new_card() {
    let card = show(shop(), &Place::of("order-template", 7));
    assert!(tells(&card, "This template is gone"));
}

#[test]
fn the_catalogue_renames_removes_and_begins_orders() {
    let mut screen = show(kept(), &Place::only("order-templates"));
    assert!(tells(&screen, "Two chairs, Anna, 2"));
    screen.press_with(Modifiers::SHIFT, Key::F10);
    screen.click(Role::MenuItem, "New order with it");
    assert_eq!(screen.state().opened, [Place::of("order-template", 1)]);
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::A);
    screen.typed("A pair");
    screen.press_with(CTRL, Key::Enter);
    assert_eq!(templates(&screen)[0]["name"], "A pair");
    screen.press(Key::Delete);
    assert!(templates(&screen).is_empty());
    undo_newest(&mut screen);
    assert_eq!(templates(&screen).len(), 1);
    screen.press(Key::Insert);
    assert!(!screen.state().screen.modal(), "templates are made of orders");
    assert!(screen.control(Role::Grid, "Order templates").rect().width() > 0.0);
}
