//! Rows that are selected: counted, summed, copied, and shown alone by what stands in a cell.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show, undo_newest};

const SHIFT: Modifiers = Modifiers::SHIFT;

fn customers() -> Desk {
    let desk = company(Lang::EN);
    for name in ["Anna", "Boris"] {
        run(&desk, "save-counterparty", json!({"kind": "person", "name": name}));
    }
    desk
}

/// Orders over 5,000, 6,000 and so on, the first of them for Anna.
fn orders(count: u32) -> Desk {
    let desk = customers();
    for number in 0..count {
        let line = json!([{"text": "Work", "quantity": "1", "price": (5000 + 1000 * number).to_string()}]);
        let customer = if number == 0 { 2 } else { 3 };
        run(&desk, "place-order", json!({"counterparty": customer, "lines": line, "status": "confirmed"}));
    }
    desk
}

fn copied(screen: &Harness<'static, Stage>) -> String {
    let commands = &screen.output().platform_output.commands;
    let texts = commands.iter().filter_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

/// What is copied in the next frames.
fn soon_copied(screen: &mut Harness<'static, Stage>) -> String {
    (0..6)
        .map(|_| {
            screen.step();
            copied(screen)
        })
        .collect()
}

/// What the totals row says.
fn totals(screen: &Harness<'static, Stage>) -> String {
    let labels = screen.query_all_by_role(Role::Label).filter_map(|node| node.value());
    labels.filter(|text| text.contains(" row")).collect()
}

#[test]
fn what_is_selected_is_counted_and_summed_below_the_totals() {
    let mut screen = show(orders(3), &Place::only("orders"));
    screen.press(Key::Enter);
    assert!(totals(&screen).contains("18,000") && !totals(&screen).contains("selected"), "{}", totals(&screen));
    screen.press_with(SHIFT, Key::ArrowDown);
    assert!(totals(&screen).contains("2 rows selected, 13,000"), "{}", totals(&screen));
    screen.press_with(CTRL, Key::A);
    screen.press(Key::Space);
    assert!(totals(&screen).contains("2 rows selected, 12,000"), "{}", totals(&screen));
    screen.press(Key::Escape);
    assert!(!totals(&screen).contains("selected"));
}

#[test]
fn selected_rows_are_copied_as_a_table_with_headings_and_the_cell_alone() {
    let mut screen = show(orders(2), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.event(Event::Copy);
    let table = soon_copied(&mut screen);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].starts_with("No\tDate\tCustomer\tStatus"), "{table}");
    assert!(lines[1].starts_with("000002\t") && lines[2].contains("\tAnna\tConfirmed\t"), "{table}");
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowRight);
    let (key, modifiers) = (Key::C, CTRL.plus(SHIFT));
    screen.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    assert_eq!(soon_copied(&mut screen), "Anna");
}

#[test]
fn a_whole_list_is_copied_though_only_a_page_of_it_is_loaded() {
    let mut screen = show(orders(130), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::A);
    screen.event(Event::Copy);
    let table = soon_copied(&mut screen);
    assert_eq!(table.lines().count(), 131);
    assert!(table.lines().nth(130).unwrap().starts_with("000001\t"));
}

#[test]
fn rows_like_this_one_are_shown_by_a_key_and_from_the_menu_of_the_row() {
    let mut screen = show(orders(3), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press(Key::End);
    for _ in 0..3 {
        screen.press(Key::ArrowRight);
    }
    screen.press_with(Modifiers::ALT, Key::F);
    assert!(totals(&screen).starts_with("1 row,") && screen.sees("Remove the filter “Anna”"), "{}", totals(&screen));
    screen.press_with(CTRL.plus(SHIFT), Key::F);
    screen.press_with(SHIFT, Key::F10);
    screen.click(Role::MenuItem, "Filter by this value");
    assert!(totals(&screen).starts_with("2 rows,") && screen.sees("Remove the filter “Boris”"), "{}", totals(&screen));
}

#[test]
fn customers_of_one_category_are_shown_by_its_cell() {
    let mut screen = show(customers(), &Place::only("customers"));
    screen.press_with(Modifiers::ALT, Key::F);
    assert_eq!(screen.text("Search"), "Anna", "a column without a filter is searched for");
}

/// The states of all orders, the newest first.
fn states(screen: &Harness<'static, Stage>) -> Vec<String> {
    let rows = query(&screen.state().desk, "orders", json!({}));
    rows.iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn selected_orders_are_moved_together_and_come_back_by_one_undo() {
    let desk = orders(3);
    run(&desk, "cancel-order", json!({"order": 2, "reason": "Wrong"}));
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::A);
    screen.press_with(Modifiers::ALT, Key::S);
    screen.click(Role::MenuItem, "In work");
    assert_eq!(states(&screen), ["in-work", "cancelled", "in-work"]);
    assert!(screen.sees("1 order stayed as it was"));
    let labels = screen.query_all_by_role(Role::Label).filter_map(|node| node.value());
    assert_eq!(labels.filter(|text| text.contains("000002")).count(), 1, "why, with its number");
    screen.press(Key::Enter);
    assert!(!screen.sees("1 order stayed as it was"));
    assert_eq!(screen.state().toasts.last().unwrap().title, "2 orders changed");
    undo_newest(&mut screen);
    assert_eq!(states(&screen), ["confirmed", "cancelled", "confirmed"]);
}

#[test]
fn the_click_that_opens_the_menu_of_statuses_chooses_nothing_in_it() {
    let mut screen = show(orders(2), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::A);
    screen.press_with(SHIFT, Key::F10);
    screen.click(Role::MenuItem, "Status…");
    screen.click(Role::MenuItem, "Ready");
    assert_eq!(states(&screen), ["ready", "ready"]);
}

#[test]
fn selected_orders_are_cancelled_with_one_reason() {
    let mut screen = show(orders(3), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.press_with(Modifiers::ALT, Key::S);
    screen.click(Role::MenuItem, "Cancel the order…");
    assert!(screen.sees("Cancel 2 orders"));
    screen.typed("Wrong");
    screen.press(Key::Enter);
    assert_eq!(states(&screen), ["cancelled", "cancelled", "confirmed"]);
}

#[test]
fn papers_of_selected_orders_are_made_together() {
    let mut screen = show(orders(3), &Place::only("orders"));
    screen.press(Key::Enter);
    screen.press_with(SHIFT, Key::ArrowDown);
    screen.press_with(CTRL.plus(SHIFT), Key::P);
    assert_eq!(screen.state().toasts.last().unwrap().title, "2 papers made");
    let folder = screen.state().desk.workplace.documents();
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["order-000002.pdf", "order-000003.pdf"]);
}
