//! The record under the cursor beside its list: it follows the cursor and opens nothing.

use egui::Key;
use egui::accesskit::Role;
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::{CTRL, Hands as _};
use crate::stage::{company, run, show};

fn shop() -> Desk {
    let desk = company(Lang::EN);
    for (name, phone) in [("Anna", "091 123456"), ("Boris", "093 555111")] {
        run(
            &desk,
            "save-counterparty",
            json!({"kind": "person", "name": name, "phone": phone, "note": format!("Of {name}")}),
        );
    }
    for (customer, work) in [(2, "Sewing of a coat"), (3, "Repair of a zip")] {
        let lines = json!([{"text": work, "quantity": "1", "price": "5000"}]);
        run(&desk, "place-order", json!({"counterparty": customer, "lines": lines, "status": "confirmed"}));
    }
    desk
}

#[test]
fn what_is_looked_at_follows_the_cursor_and_opens_nothing() {
    let mut screen = show(shop(), &Place::only("customers"));
    screen.press(Key::ArrowDown);
    assert!(!screen.sees("Of Boris"));
    screen.press_with(CTRL, Key::Space);
    assert!(screen.sees("Of Boris"));
    screen.press(Key::ArrowUp);
    assert!(screen.sees("Of Anna") && !screen.sees("Of Boris"));
    assert!(screen.state().opened.is_empty());
    screen.click(Role::Button, "Close the look at the row");
    assert!(!screen.sees("Of Anna"));
}

#[test]
fn an_order_is_looked_at_with_its_lines_and_leads_to_its_customer() {
    let mut screen = show(shop(), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::Space);
    assert!(screen.sees("Order 000002"));
    screen.click(Role::Link, "Boris");
    assert_eq!(screen.state().opened, [Place::of("customer", 3)]);
    screen.press_with(CTRL, Key::Space);
    assert!(!screen.sees("Order 000002"));
}

#[test]
fn what_is_open_beside_one_list_is_open_beside_the_next_and_after_a_change_it_is_told_anew() {
    let desk = shop();
    desk.layouts.keep("peek", &true);
    run(&desk, "save-item", json!({"kind": "goods", "name": "Toner", "code": "T-7", "price": "4700"}));
    let mut screen = show(desk, &Place::only("items"));
    assert!(screen.sees("Toner") && screen.sees("4,700"));
    let item = json!({"id": 1, "version": 1, "description": "Black, for the copier"});
    run(&screen.state().desk, "save-item", item);
    screen.run();
    assert!(screen.sees("Black, for the copier"));
}
