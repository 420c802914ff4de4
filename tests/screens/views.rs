//! Saved views of lists: saved, chosen, changed, removed and opened with, by keys.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::engine::store::Call;
use patver::ui::desk::Desk;
use patver::ui::layout::Layouts;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, open, query, run, show, undo_newest};

const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

type Screen = Harness<'static, Stage>;

fn customers() -> Desk {
    let desk = company(Lang::EN);
    for name in ["Anna", "Boris", "Gor", "Zara"] {
        run(&desk, "save-counterparty", json!({"kind": "person", "name": name}));
    }
    desk
}

fn orders() -> Desk {
    let desk = customers();
    let lines = json!([{"text": "Work", "quantity": "1", "price": "5000"}]);
    run(&desk, "place-order", json!({"counterparty": 2, "lines": lines, "status": "confirmed"}));
    for customer in [3, 2] {
        run(&desk, "place-order", json!({"counterparty": customer, "lines": lines, "status": "draft"}));
    }
    desk
}

fn pick(screen: &mut Screen, line: &str) {
    screen.press_with(ALT, Key::V);
    screen.click(Role::MenuItem, line);
}

fn rows(screen: &Screen) -> usize {
    screen.query_all_by_role(Role::Row).count()
}

fn heads(screen: &Screen, name: &str) -> usize {
    screen.query_all_by_role_and_label(Role::Button, name).count()
}

/// The list of orders is closed and opened again.
fn anew(screen: &mut Screen) {
    screen.state_mut().screen = open(&screen.state().desk, &Place::only("orders"));
    screen.run_steps(4);
}

fn saved(desk: &Desk, list: &str, filter: Json) -> Json {
    let content = json!({"filter": filter, "arrangement": {"sort": [], "columns": []}});
    run(desk, "save-view", json!({"list": list, "name": "Kept", "content": content}))
}

#[test]
fn what_is_shown_is_kept_under_a_name_and_found_again_by_keys() {
    let mut screen = show(customers(), &Place::only("customers"));
    screen.typed("bor");
    screen.press_with(CTRL_SHIFT, Key::S);
    screen.typed("Boris only");
    screen.press(Key::Enter);
    assert_eq!(screen.state().toasts.last().unwrap().title, "View “Boris only” is saved");
    assert!(screen.sees("View: Boris only"));
    screen.press_with(ALT, Key::V);
    screen.press(Key::Enter);
    assert!(screen.sees("5 rows"), "the first line of the menu is to go without a view");
    screen.press_with(ALT, Key::V);
    screen.press(Key::Enter);
    assert!(screen.sees("1 row"));
    assert_eq!(screen.text("Search"), "bor");
}

#[test]
fn a_view_is_renamed_changed_and_removed_and_each_comes_back() {
    let desk = customers();
    let content = json!({"filter": {"text": "bor"}, "arrangement": {"sort": [], "columns": []}});
    run(&desk, "save-view", json!({"list": "counterparties", "name": "One", "content": content}));
    let mut screen = show(desk, &Place::only("customers"));
    pick(&mut screen, "One");
    assert!(screen.sees("1 row"));
    pick(&mut screen, "Rename or share the view");
    screen.typed("Two");
    screen.press(Key::Enter);
    assert!(screen.sees("View: Two"));
    screen.press_with(CTRL, Key::F);
    screen.typed("gor");
    pick(&mut screen, "Save changes to the view");
    assert_eq!(query(&screen.state().desk, "views", json!({}))[0]["content"]["filter"]["text"], "gor");
    pick(&mut screen, "Remove the view");
    assert_eq!(screen.state().toasts.last().unwrap().title, "View “Two” is removed");
    assert!(query(&screen.state().desk, "views", json!({})).is_empty());
    undo_newest(&mut screen);
    assert_eq!(query(&screen.state().desk, "views", json!({}))[0]["name"], "Two");
}

#[test]
fn a_view_of_orders_holds_filter_order_and_columns_and_leaves_ones_own_as_they_were() {
    let desk = orders();
    let filter = json!({"states": ["confirmed"]});
    let columns = json!([{"id": "due", "hidden": true}]);
    let content = json!({"filter": filter, "arrangement": {"sort": [{"by": "total"}], "columns": columns}});
    run(&desk, "save-view", json!({"list": "orders", "name": "To do", "content": content}));
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    assert_eq!((rows(&screen), heads(&screen, "Due date")), (3, 1));
    pick(&mut screen, "To do");
    assert_eq!((rows(&screen), heads(&screen, "Due date")), (1, 0));
    pick(&mut screen, "Without a view");
    assert_eq!((rows(&screen), heads(&screen, "Due date")), (3, 1));
}

#[test]
fn a_list_opens_with_the_view_of_its_person_until_that_view_is_gone() {
    let desk = orders();
    let view = saved(&desk, "orders", json!({"states": ["confirmed"]}));
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    pick(&mut screen, "Kept");
    screen.press_with(ALT, Key::V);
    screen.click(Role::MenuItemCheckBox, "Open the list with this view");
    anew(&mut screen);
    assert_eq!((rows(&screen), heads(&screen, "View: Kept")), (1, 1), "without the search window");
    run(&screen.state().desk, "remove-view", json!({"id": view["id"], "version": 1}));
    anew(&mut screen);
    assert!(screen.sees("The view with which this list opens is gone"));
    screen.click(Role::Button, "Show everything");
    assert_eq!(rows(&screen), 3);
}

#[test]
fn a_view_that_looks_for_what_is_gone_says_so_instead_of_showing_everything() {
    let desk = orders();
    let lost = run(&desk, "save-counterparty", json!({"kind": "person", "name": "Vardan"}));
    saved(&desk, "orders", json!({"customer": [lost["id"], "Vardan"]}));
    run(&desk, "remove-counterparty", json!({"id": lost["id"], "version": 1}));
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    pick(&mut screen, "Kept");
    assert!(screen.sees("View “Kept” looks for “Vardan”, which is gone"));
    screen.click(Role::Button, "Show everything");
    assert_eq!(rows(&screen), 3);
}

#[test]
fn a_view_that_names_a_filter_or_a_value_the_list_no_longer_has_says_so() {
    for (list, place, filter) in [
        ("orders", "orders", json!({"states": ["lost"]})),
        ("orders", "orders", json!({"colour": "red"})),
        ("counterparties", "customers", json!({"chosen": {"kind": "ship"}})),
        ("counterparties", "customers", json!({"chosen": {"colour": "red"}})),
    ] {
        let desk = orders();
        saved(&desk, list, filter.clone());
        let mut screen = show(desk, &Place::only(place));
        screen.press(Key::Enter);
        pick(&mut screen, "Kept");
        assert!(screen.sees("View “Kept” looks for something that this list no longer has"), "{filter}");
    }
    let desk = orders();
    run(&desk, "save-category", json!({"name": "Schools"}));
    saved(&desk, "counterparties", json!({"chosen": {"category": "Shops"}}));
    let mut screen = show(desk, &Place::only("customers"));
    pick(&mut screen, "Kept");
    assert!(screen.sees("View “Kept” looks for “Shops”, which is gone"));
}

#[test]
fn a_view_is_shared_with_everyone_or_a_role_by_who_may() {
    let mut desk = orders();
    saved(&desk, "orders", json!({}));
    desk.person.rights.remove(&Right::ViewShare);
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    pick(&mut screen, "Kept");
    pick(&mut screen, "Rename or share the view");
    assert!(!screen.sees("Who sees it"));
    screen.press(Key::Escape);
    screen.state_mut().desk.person.rights.insert(Right::ViewShare);
    pick(&mut screen, "Rename or share the view");
    screen.press(Key::Tab);
    screen.typed("s");
    screen.press_with(CTRL, Key::Enter);
    let told = query(&screen.state().desk, "views", json!({}));
    assert_eq!((&told[0]["shared"], &told[0]["role"]), (&json!(true), &json!("sales")));
}

#[test]
fn a_rule_made_by_keys_is_kept_with_the_list_and_goes_into_its_views() {
    let mut screen = show(orders(), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(ALT, Key::C);
    assert!(screen.sees("Colour rules") && screen.focused() == "Field");
    screen.typed("t");
    screen.press(Key::Enter);
    for _ in 0..3 {
        screen.press(Key::ArrowDown);
    }
    screen.press(Key::Enter);
    screen.typed("4 000");
    screen.press(Key::Enter);
    screen.press(Key::ArrowDown);
    screen.press_with(CTRL, Key::Enter);
    let rule = json!({"field": "total", "is": "more", "value": "4 000", "paints": "cell", "color": "yellow"});
    let kept: Json = screen.state().desk.layouts.kept("list.orders").unwrap();
    assert_eq!(kept["colors"], json!([rule]));
    screen.press_with(CTRL_SHIFT, Key::S);
    screen.typed("Coloured");
    screen.press(Key::Enter);
    assert_eq!(query(&screen.state().desk, "views", json!({}))[0]["content"]["arrangement"]["colors"], json!([rule]));
}

#[test]
fn a_rule_without_its_value_is_not_saved_and_rules_are_moved_and_removed() {
    let mut screen = show(orders(), &Place::only("orders"));
    screen.press(Key::Enter);
    let rule = |field: &str, color: &str| json!({"field": field, "is": "filled", "color": color});
    let kept = json!({"colors": [rule("due", "red"), rule("total", "blue")]});
    screen.state_mut().desk.layouts = Layouts::of([("list.orders".to_owned(), kept)]);
    screen.state_mut().screen = open(&screen.state().desk, &Place::only("orders"));
    screen.run_steps(4);
    screen.press(Key::Enter);
    screen.press_with(ALT, Key::C);
    screen.click(Role::Button, "Move rule 2 up");
    screen.click(Role::Button, "Remove rule 2");
    screen.click(Role::Button, "Add a rule");
    assert!(screen.control(Role::Button, "Save").accesskit_node().is_disabled(), "the new one has no value yet");
    screen.click(Role::Button, "Remove rule 2");
    screen.press_with(CTRL, Key::Enter);
    let kept: Json = screen.state().desk.layouts.kept("list.orders").unwrap();
    let fields: Vec<&Json> = kept["colors"].as_array().unwrap().iter().map(|rule| &rule["field"]).collect();
    assert_eq!(fields, ["total"]);
}

#[test]
fn what_another_person_changed_since_the_list_was_looked_at_is_marked_until_it_is_seen() {
    let mut desk = orders();
    run(&desk, "save-user", json!({"login": "gor", "role": "manager"}));
    let line = json!([{"text": "More", "quantity": "1", "price": "10"}]);
    let order = json!({"counterparty": 4, "lines": line, "status": "draft"});
    desk.handle.send_json(&Call::of_user(2), "place-order", order).wait().unwrap();
    let rule = json!({"colors": [{"is": "changed", "paints": "row", "color": "violet"}]});
    let before = desk.now().millis() - 1;
    let parts = [("list.orders".to_owned(), rule), ("looked.orders".to_owned(), json!(before))];
    desk.layouts = Layouts::of(parts);
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    screen.run_steps(4);
    let marked = |screen: &Screen| {
        let rows = screen.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
        rows.filter(|label| label.ends_with("changed since you last looked")).collect::<Vec<_>>()
    };
    let found = marked(&screen);
    assert!(found.len() == 1 && found[0].contains("Gor"), "{found:?}");
    pick(&mut screen, "Mark all changes as seen");
    screen.run_steps(4);
    assert!(marked(&screen).is_empty());
}
