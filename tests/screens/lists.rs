//! Lists: search, filters, menus, and what is done with a row.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::{Lang, tr};
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::{CTRL, Hands as _};
use crate::stage::{company, query, run, show, undo_newest};

const NAMES: [&str; 4] = ["Anna", "Boris", "Gor", "Zara"];

fn customers() -> Desk {
    let desk = company(Lang::EN);
    for name in NAMES {
        run(&desk, "save-counterparty", json!({"kind": "person", "name": name}));
    }
    desk
}

#[test]
fn typing_on_the_rows_searches_and_esc_brings_everything_back() {
    let mut screen = show(customers(), &Place::only("customers"));
    assert!(screen.sees("5 rows"));
    screen.typed("bo");
    assert!(screen.sees("1 row"));
    screen.typed("r");
    assert_eq!(screen.text("Search"), "bor");
    screen.press(Key::Escape);
    assert!(screen.sees("5 rows"));
    screen.press(Key::ArrowDown);
    assert_eq!(screen.focused(), "Anna, Person", "the first row");
    screen.press_with(CTRL, Key::F);
    assert_eq!(screen.focused(), "Search");
}

#[test]
fn a_search_without_hits_says_so_and_its_button_clears_it() {
    let mut screen = show(customers(), &Place::only("customers"));
    screen.typed("nobody");
    assert!(screen.sees("Nothing matches the filter"));
    screen.click(Role::Button, "Clear the filter");
    assert!(screen.sees("5 rows"));
}

#[test]
fn enter_opens_the_row_and_ins_a_new_card() {
    let mut screen = show(customers(), &Place::only("customers"));
    screen.press(Key::Enter);
    screen.press(Key::Insert);
    assert_eq!(screen.state().opened, [Place::of("customer", 2), Place::of("customer", "new")]);
}

#[test]
fn a_row_is_removed_by_del_and_comes_back_by_undo() {
    let mut screen = show(customers(), &Place::only("customers"));
    screen.press(Key::Delete);
    assert!(screen.sees("4 rows"));
    assert_eq!(screen.state().toasts.last().unwrap().title, "Anna is removed");
    undo_newest(&mut screen);
    assert!(screen.sees("5 rows"));
}

#[test]
fn what_is_used_is_switched_off_instead_of_removed() {
    let desk = customers();
    run(&desk, "place-order", json!({"counterparty": 2, "lines": [{"text": "Work", "quantity": "1", "price": "5"}]}));
    let mut screen = show(desk, &Place::only("customers"));
    screen.press(Key::Delete);
    assert!(screen.sees("4 rows"));
    assert_eq!(screen.state().toasts.last().unwrap().title, "Anna is in use and was switched off");
    let off = query(&screen.state().desk, "counterparties", json!({"active": false}));
    assert_eq!(off[0]["name"], "Anna");
    undo_newest(&mut screen);
    assert!(screen.sees("5 rows"));
}

#[test]
fn the_menu_key_offers_what_the_mouse_does() {
    let mut screen = show(customers(), &Place::only("customers"));
    screen.press(Key::Menu);
    for line in ["Open", "New", "Copy the cell", "Switch off", "Remove"] {
        screen.control(Role::MenuItem, line);
    }
    screen.click(Role::MenuItem, "Switch off");
    assert_eq!(screen.state().toasts.last().unwrap().title, "Anna is switched off");
    assert!(screen.sees("4 rows"));
}

#[test]
fn an_invoice_is_voided_with_its_reason_and_only_once() {
    let desk = company(Lang::EN);
    let line = json!([{"text": "Work", "quantity": "1", "price": "5000"}]);
    let order = run(&desk, "place-order", json!({"lines": line, "status": "confirmed"}));
    run(&desk, "issue-invoice", json!({"order": order["id"]}));
    let mut screen = show(desk, &Place::only("invoices"));
    screen.press(Key::Delete);
    assert!(screen.sees("Void invoice 000001"));
    screen.press(Key::Enter);
    assert!(screen.sees("Write the reason"));
    screen.typed("Wrong name");
    screen.press(Key::Enter);
    let voided = query(&screen.state().desk, "invoices", json!({}));
    assert_eq!((&voided[0]["voided"], &voided[0]["reason"]), (&json!(true), &json!("Wrong name")));
    screen.press(Key::Delete);
    assert!(!screen.sees("Void invoice 000001"), "what is voided is not voided again");
}

#[test]
fn the_files_of_the_order_under_the_cursor_are_seen_below_the_list() {
    let desk = company(Lang::EN);
    let line = json!([{"text": "Work", "quantity": "1", "price": "5000"}]);
    run(&desk, "place-order", json!({"lines": line}));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawing.txt");
    std::fs::write(&path, "as agreed").unwrap();
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(egui::Modifiers::ALT, Key::Num4);
    assert!(screen.sees("No files yet. Drop them here or add them"));
    screen.input_mut().dropped_files.push(std::sync::Arc::new(crate::cards::Fallen(path)));
    screen.run();
    let files = query(&screen.state().desk, "attachments", json!({"owner": "order", "owner_id": 1}));
    assert_eq!(files[0]["name"], "drawing.txt");
    assert!(screen.sees("drawing.txt, text/plain, 9 B"));
    screen.press(Key::Enter);
    assert_eq!(screen.state().opened, [Place::of("order", 1)], "the keys stay with the orders");
}

/// Two orders in drams and one in dollars, of which the company calls the newest one its own way.
fn orders() -> Desk {
    let desk = company(Lang::EN);
    run(&desk, "save-currency", json!({"code": "USD"}));
    let own =
        json!({"name": "At the tailor", "code": "tailor", "state": "in-work", "color": "#FFE45C", "icon": "truck"});
    run(&desk, "save-status", own);
    for (price, currency) in [("1000", "AMD"), ("350", "USD"), ("2000", "AMD")] {
        let lines = json!([{"text": "Work", "quantity": "1", "price": price}]);
        run(&desk, "place-order", json!({"lines": lines, "currency": currency, "status": "confirmed"}));
    }
    run(&desk, "change-order-status", json!({"order": 3, "status": "tailor"}));
    desk
}

#[test]
fn an_order_names_who_answers_for_it_and_the_status_the_company_calls_its_own() {
    let mut screen = show(orders(), &Place::only("orders"));
    screen.press(Key::Enter);
    assert_eq!(screen.focused(), "000003, Mar 2, 2026, Walk-in customer, At the tailor, 2,000, –, 2,000, ani");
}

#[test]
fn the_totals_have_a_line_for_each_currency_the_company_s_own_first() {
    let mut screen = show(orders(), &Place::only("orders"));
    screen.press(Key::Enter);
    assert!(screen.sees("3 rows, 3,000, –, 3,000, $350.00, –, $350.00"));
}

#[test]
fn the_status_menu_offers_the_statuses_the_company_calls_its_own() {
    let mut screen = show(orders(), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(Modifiers::ALT, Key::S);
    screen.click(Role::MenuItem, "In work");
    assert_eq!(query(&screen.state().desk, "orders", json!({}))[0].get("substatus_name"), None);
    screen.press_with(Modifiers::ALT, Key::S);
    screen.click(Role::MenuItem, "At the tailor");
    assert_eq!(query(&screen.state().desk, "orders", json!({}))[0]["substatus_name"], "At the tailor");
}

#[test]
fn the_sign_that_lets_all_rows_through_never_stands_alone_below_a_line_of_filters() {
    let mut screen = show(company(Lang::HY), &Place::only("items"));
    let clear = tr(Lang::HY, "browse.clear", &[]);
    let mut beside = 0;
    for width in (800..1300).step_by(6) {
        screen.set_size(egui::vec2(width as f32, 700.0));
        screen.run();
        let top = |role| screen.query_all_by_role(role).map(|it| it.rect().center().y).collect::<Vec<_>>();
        let (lines, sign) = (top(Role::ComboBox), screen.get_by_role_and_label(Role::Link, &clear).rect().center().y);
        if lines.iter().all(|line| (line - top(Role::TextInput)[0]).abs() < 4.0) {
            beside += 1;
            assert!((lines[0] - sign).abs() < 8.0, "{width}: {lines:?} {sign}");
        }
    }
    assert!(beside > 10);
}
