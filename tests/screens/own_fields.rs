//! Fields that a company added: on cards under their names, refused at their place, columns of lists once they are wanted.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::grid::{ColumnView, ViewConfig};
use patver::ui::list::Arrangement;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show};

/// A company with one customer, and fields on customers and orders.
fn shop() -> Desk {
    let desk = company(Lang::EN);
    for field in [
        json!({"record": "counterparty", "name": "Nickname", "code": "nick"}),
        json!({"record": "counterparty", "name": "Rating", "code": "rating", "holds": "number"}),
        json!({"record": "order", "name": "Vehicle", "code": "vehicle"}),
        json!({"record": "order", "name": "Checked", "code": "checked", "holds": "flag"}),
    ] {
        run(&desk, "save-field", field);
    }
    run(&desk, "save-counterparty", json!({"kind": "company", "name": "Aregak", "fields": {"nick": "Sun"}}));
    desk
}

fn fields(desk: &Desk, name: &str, id: i64) -> Json {
    query(desk, name, json!({"id": id}))[0]["fields"].clone()
}

#[test]
fn a_card_shows_them_under_their_names_and_saves_what_was_changed() {
    let mut card = show(shop(), &Place::of("customer", 2));
    assert_eq!(card.text("Nickname"), "Sun");
    card.control(Role::TextInput, "Rating").focus();
    card.run();
    card.typed("-2,5");
    card.press(Key::Tab);
    card.press_with(CTRL, Key::S);
    assert_eq!(fields(&card.state().desk, "counterparty", 2), json!({"nick": "Sun", "rating": "-2.5"}));
    assert!(!card.state().screen.unsaved());
    card.control(Role::TextInput, "Nickname").focus();
    card.run();
    card.press_with(CTRL, Key::A);
    card.press(Key::Delete);
    card.press_with(CTRL, Key::S);
    assert_eq!(fields(&card.state().desk, "counterparty", 2), json!({"rating": "-2.5"}));
}

#[test]
fn what_is_required_is_said_at_its_field_before_anything_is_sent() {
    let desk = shop();
    run(&desk, "save-field", json!({"id": 1, "version": 1, "required": true}));
    let mut card = show(desk, &Place::of("customer", "new"));
    card.typed("Nairi");
    card.press_with(CTRL, Key::S);
    assert_eq!(card.focused(), "Nickname");
    assert!(query(&card.state().desk, "counterparties", json!({"text": "nairi"})).is_empty());
    card.typed("N");
    card.press_with(CTRL, Key::S);
    assert_eq!(
        query(&card.state().desk, "counterparties", json!({"text": "nairi"}))[0]["fields"],
        json!({"nick": "N"})
    );
}

#[test]
fn the_card_of_an_order_saves_them_with_the_order() {
    let desk = shop();
    let lines = json!([{"text": "Work", "quantity": "1", "price": "5"}]);
    run(&desk, "place-order", json!({"lines": lines, "fields": {"vehicle": "34 AB 123"}}));
    let mut card = show(desk, &Place::of("order", 1));
    assert_eq!(card.text("Vehicle"), "34 AB 123");
    card.control(Role::TextInput, "Vehicle").focus();
    card.run();
    card.press_with(CTRL, Key::A);
    card.typed("77 XX 001");
    card.click(Role::CheckBox, "Checked");
    card.press_with(CTRL, Key::S);
    assert_eq!(fields(&card.state().desk, "order", 1), json!({"vehicle": "77 XX 001", "checked": true}));
    card.click(Role::CheckBox, "Checked");
    card.press_with(CTRL, Key::S);
    assert_eq!(fields(&card.state().desk, "order", 1), json!({"vehicle": "77 XX 001"}));
}

#[test]
fn sums_of_a_new_order_are_shown_before_what_is_required_is_filled_in() {
    let desk = shop();
    run(&desk, "save-field", json!({"id": 3, "version": 1, "required": true}));
    run(&desk, "save-item", json!({"name": "Chair", "price": "48000", "barcodes": ["2000000000015"]}));
    let mut card = show(desk, &Place::of("order", "new"));
    card.typed("2000000000015");
    card.press(Key::Enter);
    assert!(card.sees("48,000"), "the sum stands on the card");
    assert!(!card.sees("Fill in"), "nothing is refused while it is filled in");
    card.press_with(CTRL, Key::S);
    assert!(query(&card.state().desk, "orders", json!({})).is_empty());
    assert_eq!(card.focused(), "Vehicle");
    card.typed("34 AB 123");
    card.press_with(CTRL, Key::S);
    assert_eq!(fields(&card.state().desk, "order", 1), json!({"vehicle": "34 AB 123"}));
}

#[test]
fn a_field_added_meanwhile_appears_on_the_card_that_is_open() {
    let mut card = show(shop(), &Place::of("customer", 2));
    assert!(!card.sees("Shoe size"));
    let field = json!({"record": "counterparty", "name": "Shoe size", "holds": "number"});
    run(&card.state().desk, "save-field", field);
    card.run();
    card.run();
    assert!(card.sees("Shoe size"));
}

#[test]
fn a_list_has_them_as_columns_that_wait_until_they_are_wanted() {
    let screen = show(shop(), &Place::only("customers"));
    assert!(!screen.sees("Nickname"));
    let desk = shop();
    let wanted = ColumnView { id: "fields.nick".to_owned(), kept: true, ..ColumnView::default() };
    let view = ViewConfig { columns: vec![wanted], ..ViewConfig::default() };
    desk.layouts.keep("list.counterparties", &Arrangement { view, ..Arrangement::default() });
    let screen = show(desk, &Place::only("customers"));
    assert!(screen.sees("Nickname"));
}

#[test]
fn a_click_on_the_header_of_one_sorts_by_it() {
    let desk = shop();
    for (name, nick) in [("Bagrat", "Bear"), ("Gor", "Zebra")] {
        run(&desk, "save-counterparty", json!({"kind": "person", "name": name, "fields": {"nick": nick}}));
    }
    let wanted = ColumnView { id: "fields.nick".to_owned(), kept: true, ..ColumnView::default() };
    let view = ViewConfig { columns: vec![wanted], ..ViewConfig::default() };
    desk.layouts.keep("list.counterparties", &Arrangement { view, ..Arrangement::default() });
    let mut screen = show(desk, &Place::only("customers"));
    let names = |screen: &Harness<'static, Stage>| {
        let mut rows: Vec<_> = screen.query_all_by_role(Role::Row).collect();
        rows.sort_by(|one, other| one.rect().top().total_cmp(&other.rect().top()));
        let label = |row: &egui_kittest::Node<'_>| row.accesskit_node().label().unwrap();
        let first = |label: String| label.split(',').next().unwrap().to_owned();
        rows.iter().map(|row| first(label(row))).collect::<Vec<_>>()
    };
    screen.click(Role::Button, "Nickname");
    assert_eq!(names(&screen)[..3], ["Bagrat", "Aregak", "Gor"]);
    screen.click(Role::Button, "Nickname");
    assert_eq!(names(&screen)[..3], ["Gor", "Aregak", "Bagrat"]);
}

#[test]
fn a_list_is_filtered_by_what_they_hold() {
    let desk = shop();
    run(&desk, "save-counterparty", json!({"kind": "company", "name": "Nairi", "fields": {"rating": "7"}}));
    let mut screen = show(desk, &Place::only("customers"));
    assert!(screen.sees("3 rows"));
    choose(&mut screen, "Custom fields", "Rating");
    screen.control(Role::TextInput, "Rating").focus();
    screen.run();
    screen.typed("5,5..10");
    assert!(screen.sees("1 row"));
    screen.press_with(CTRL, Key::A);
    screen.typed("8..");
    assert!(screen.sees("Nothing matches the filter"));
    choose(&mut screen, "Custom fields", "Any custom field");
    assert!(screen.sees("3 rows"));
}

#[test]
fn the_search_of_orders_asks_for_them_and_says_so_in_a_chip() {
    let desk = shop();
    for vehicle in ["34 AB 123", "77 XX 001"] {
        let lines = json!([{"text": "Work", "quantity": "1", "price": "5"}]);
        run(&desk, "place-order", json!({"lines": lines, "fields": {"vehicle": vehicle}}));
    }
    let mut screen = show(desk, &Place::only("orders"));
    choose(&mut screen, "Custom fields", "Vehicle");
    screen.control(Role::TextInput, "Vehicle").focus();
    screen.run();
    screen.typed("34");
    assert!(screen.sees("1 order fits"));
    screen.click(Role::Button, "Show");
    screen.run();
    assert!(screen.query_all_by_label_contains("Vehicle: 34").next().is_some());
    assert!(screen.query_all_by_label_contains("1 row").next().is_some());
}

/// Goes down the choices of this name to this one.
fn choose(screen: &mut Harness<'static, Stage>, name: &str, wanted: &str) {
    screen.control(Role::ComboBox, name).focus();
    screen.run();
    for key in [Key::ArrowDown; 8].into_iter().chain([Key::ArrowUp; 8]) {
        if screen.control(Role::ComboBox, name).value().as_deref() == Some(wanted) {
            return;
        }
        screen.press(key);
    }
    panic!("{wanted:?} is no choice of {name:?}");
}
