//! Lists in groups: opened and closed, summed, selected, copied, kept, by keys and by the mouse.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::chance::Chance;
use patver::base::locale::Lang;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, open, query, run, show};

type Screen = Harness<'static, Stage>;

const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;

/// Three drafts and two confirmed orders of Anna and Boris over 1,000, 2,000 and so on, each of another day.
fn orders() -> Desk {
    let desk = company(Lang::EN);
    for name in ["Anna", "Boris"] {
        run(&desk, "save-counterparty", json!({"kind": "person", "name": name}));
    }
    for number in 0..5 {
        let line = json!([{"text": "Work", "quantity": "1", "price": (1000 * (number + 1)).to_string()}]);
        let status = if number < 3 { "draft" } else { "confirmed" };
        run(
            &desk,
            "place-order",
            json!({"counterparty": 2 + number % 2, "lines": line, "status": status,
                "date": format!("2026-0{}-01", 1 + number / 3)}),
        );
    }
    desk
}

/// The list of orders behind its search window, the cursor in this column, counted from 0.
fn list(desk: Desk, column: usize) -> Screen {
    let mut screen = show(desk, &Place::only("orders"));
    screen.press(Key::Enter);
    for _ in 0..=column {
        screen.press(Key::ArrowRight);
    }
    screen
}

/// What a screen reader finds of the rows, in their order.
fn rows(screen: &Screen) -> Vec<String> {
    let mut rows: Vec<_> = screen.query_all_by_role(Role::Row).collect();
    rows.sort_by(|one, other| one.rect().top().total_cmp(&other.rect().top()));
    rows.iter().map(|row| row.accesskit_node().label().unwrap()).collect()
}

/// The beginnings of what is found: up to the first number of rows or the customer.
fn begins(screen: &Screen, with: &[&str]) {
    let found = rows(screen);
    assert_eq!(found.len(), with.len(), "{found:?}");
    assert!(found.iter().zip(with).all(|(row, begin)| row.starts_with(begin)), "{found:?}");
}

/// What the totals row says.
fn totals(screen: &Screen) -> String {
    let labels = screen.query_all_by_role(Role::Label).filter_map(|node| node.value());
    labels.filter(|text| text.contains(" row")).collect()
}

/// What is copied in the next frames.
fn copied(screen: &mut Screen) -> String {
    screen.event(Event::Copy);
    let commands = (0..6).flat_map(|_| {
        screen.step();
        screen.output().platform_output.commands.clone()
    });
    let texts = commands.filter_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

const STATUS: usize = 3;
const DATE: usize = 1;

#[test]
fn orders_are_brought_together_by_the_column_under_the_cursor_and_each_group_says_its_count_and_sums() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    assert_eq!(
        rows(&screen),
        [
            "Status: Draft, 3 rows, Total 6,000, Paid –, Debt –, closed",
            "Status: Confirmed, 2 rows, Total 9,000, Paid –, Debt 9,000, closed"
        ]
    );
    assert!(totals(&screen).starts_with("5 rows, 15,000"), "the totals row stays");
    screen.press_with(ALT.plus(SHIFT), Key::G);
    assert_eq!(rows(&screen).len(), 5);
}

#[test]
fn a_group_is_opened_and_closed_by_enter_and_by_the_arrows_and_left_leads_back_to_it() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    begins(&screen, &["Status: Draft", "Status: Confirmed", "000005", "000004"]);
    screen.press(Key::Enter);
    begins(&screen, &["Status: Draft", "Status: Confirmed"]);
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowDown);
    for _ in 0..=STATUS {
        screen.press(Key::ArrowLeft);
    }
    screen.press(Key::ArrowLeft);
    begins(&screen, &["Status: Draft", "Status: Confirmed"]);
    assert_eq!(screen.state().opened, [], "Enter on a group opens no order");
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowDown);
    screen.press(Key::Enter);
    assert_eq!(screen.state().opened, [Place::of("order", 5)]);
}

#[test]
fn the_mouse_opens_a_group_at_its_mark_or_by_two_clicks() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    let row = |screen: &Screen| {
        let rows = screen.query_all_by_role(Role::Row);
        rows.map(|row| row.rect()).min_by(|one, other| one.top().total_cmp(&other.top())).unwrap()
    };
    let mark = row(&screen).left_center() + egui::vec2(16.0, 0.0);
    let click = |screen: &mut Screen, at, times: usize| {
        // Within one frame, so that two clicks come as fast as a hand makes them.
        let events = &mut screen.input_mut().events;
        events.push(Event::PointerMoved(at));
        for pressed in [true, false].repeat(times) {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            events.push(Event::PointerButton { pos: at, button, pressed, modifiers });
        }
        screen.run();
    };
    let middle = row(&screen).left_center() + egui::vec2(120.0, 0.0);
    click(&mut screen, middle, 2);
    begins(&screen, &["Status: Draft", "000003", "000002", "000001", "Status: Confirmed"]);
    click(&mut screen, mark, 1);
    begins(&screen, &["Status: Draft", "Status: Confirmed"]);
}

#[test]
fn all_groups_open_and_close_at_once_and_the_cursor_stays_at_its_group() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press(Key::ArrowDown);
    screen.press_with(ALT, Key::PageDown);
    begins(&screen, &["Status: Draft", "000003", "000002", "000001", "Status: Confirmed", "000005", "000004"]);
    screen.press(Key::ArrowDown);
    screen.press_with(ALT, Key::PageUp);
    begins(&screen, &["Status: Draft", "Status: Confirmed"]);
    screen.press(Key::Enter);
    begins(&screen, &["Status: Draft", "Status: Confirmed", "000005", "000004"]);
}

#[test]
fn days_and_months_stand_in_the_menu_of_their_column_and_follow_its_sort() {
    let mut screen = list(orders(), DATE);
    screen.press_with(ALT, Key::ArrowDown);
    screen.click(Role::MenuItem, "Group by month");
    begins(&screen, &["Date: February 2026, 2 rows", "Date: January 2026, 3 rows"]);
    screen.press_with(ALT, Key::ArrowUp);
    begins(&screen, &["Date: January 2026, 3 rows", "Date: February 2026, 2 rows"]);
    screen.press_with(ALT, Key::ArrowDown);
    screen.click(Role::MenuItem, "No grouping");
    assert_eq!(rows(&screen).len(), 5);
}

#[test]
fn selected_rows_of_several_groups_are_summed() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press_with(ALT, Key::PageDown);
    screen.press(Key::Home);
    for _ in 0..3 {
        screen.press(Key::ArrowDown);
    }
    for _ in 0..2 {
        screen.press_with(SHIFT, Key::ArrowDown);
    }
    assert!(totals(&screen).contains("2 rows selected, 6,000"), "{}", totals(&screen));
    screen.press_with(ALT, Key::PageUp);
    assert!(totals(&screen).contains("2 rows selected, 6,000"), "{}", totals(&screen));
    screen.press(Key::Escape);
    screen.press_with(CTRL, Key::A);
    assert!(totals(&screen).contains("5 rows selected, 15,000"), "{}", totals(&screen));
}

#[test]
fn space_on_a_group_selects_its_rows_and_lets_them_go() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press(Key::Space);
    begins(&screen, &["Status: Draft", "000003", "000002", "000001", "Status: Confirmed"]);
    assert!(totals(&screen).contains("3 rows selected, 6,000"), "{}", totals(&screen));
    screen.press(Key::End);
    screen.press(Key::Space);
    assert!(totals(&screen).contains("5 rows selected, 15,000"), "{}", totals(&screen));
    screen.press(Key::Home);
    screen.press(Key::Space);
    assert!(totals(&screen).contains("2 rows selected, 9,000"), "{}", totals(&screen));
}

#[test]
fn the_orders_of_a_group_are_moved_together_from_its_row() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press(Key::Space);
    screen.press_with(SHIFT, Key::F10);
    screen.click(Role::MenuItem, "Status…");
    screen.click(Role::MenuItem, "Confirmed");
    screen.run_steps(6);
    begins(&screen, &["Status: Confirmed, 5 rows, Total 15,000"]);
    assert_eq!(screen.state().toasts.last().unwrap().title, "3 orders changed");
}

#[test]
fn rows_stand_under_their_groups_whichever_are_open() {
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    println!("seed {seed}");
    let mut chance = Chance::of(seed);
    let mut screen = list(orders(), 2);
    screen.press_with(ALT, Key::G);
    let orders: [(&str, &[&str]); 2] = [
        ("Customer: Anna, 3 rows", &["000005", "000003", "000001"]),
        ("Customer: Boris, 2 rows", &["000004", "000002"]),
    ];
    let mut open = [false, false];
    for _ in 0..20 {
        let group = usize::from(chance.percent(50));
        screen.press(Key::Home);
        let above = if open[0] { orders[0].1.len() } else { 0 };
        for _ in 0..group * (1 + above) {
            screen.press(Key::ArrowDown);
        }
        screen.press(Key::Enter);
        open[group] = !open[group];
        let shown = orders.iter().zip(open).flat_map(|((group, rows), open)| {
            std::iter::once(*group).chain(rows.iter().copied().filter(move |_| open))
        });
        begins(&screen, &shown.collect::<Vec<_>>());
    }
}

#[test]
fn closed_groups_are_copied_as_a_table_of_their_sums() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press_with(CTRL, Key::A);
    let table = copied(&mut screen);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("No\tDate\tCustomer"), "{table}");
    assert!(lines[1].starts_with("Draft\t3 rows\t") && lines[1].contains("\t6,000\t"), "{table}");
    assert!(lines[2].starts_with("Confirmed\t2 rows\t") && lines.len() == 3, "{table}");
}

#[test]
fn the_grouping_is_kept_with_the_columns_and_in_a_saved_view() {
    let mut screen = list(orders(), STATUS);
    screen.press_with(ALT, Key::G);
    screen.press_with(CTRL.plus(SHIFT), Key::S);
    screen.typed("By status");
    screen.press(Key::Enter);
    let content = query(&screen.state().desk, "views", json!({}))[0]["content"].clone();
    assert_eq!(content["arrangement"]["group"], "status");
    let kept: Json = screen.state().desk.layouts.kept("list.orders").unwrap();
    assert_eq!(kept["group"], "status");
    screen.state_mut().screen = open(&screen.state().desk, &Place::only("orders"));
    screen.run_steps(4);
    screen.press(Key::Enter);
    begins(&screen, &["Status: Draft", "Status: Confirmed"]);
}

#[test]
fn a_group_has_a_line_for_each_currency_and_follows_what_changes() {
    let desk = orders();
    run(&desk, "save-currency", json!({"code": "USD"}));
    let line = json!([{"text": "Work", "quantity": "1", "price": "70"}]);
    run(&desk, "place-order", json!({"counterparty": 2, "lines": line, "status": "draft", "currency": "USD"}));
    let mut screen = list(desk, STATUS);
    screen.press_with(ALT, Key::G);
    begins(
        &screen,
        &["Status: Draft, 4 rows, Total 6,000", "Status: Draft, 4 rows, Total $70.00", "Status: Confirmed"],
    );
    screen.press(Key::ArrowRight);
    assert_eq!(rows(&screen).len(), 7);
    run(&screen.state().desk, "change-order-status", json!({"order": 1, "status": "confirmed"}));
    screen.run_steps(6);
    begins(
        &screen,
        &[
            "Status: Draft, 3 rows, Total 5,000",
            "Status: Draft, 3 rows, Total $",
            "000006",
            "000003",
            "000002",
            "Status: Confirmed, 3 rows, Total 10,000",
        ],
    );
}

#[test]
fn payments_are_brought_together_by_day_and_by_kind() {
    let desk = orders();
    let tenders = json!([{"method": "cash", "amount": "500"}]);
    for order in [4, 5] {
        run(&desk, "take-payment", json!({"order": order, "tenders": tenders}));
    }
    run(&desk, "void-payment", json!({"payment": 1, "reason": "Wrong"}));
    let mut screen = show(desk, &Place::only("payments"));
    screen.press(Key::ArrowRight);
    screen.press(Key::ArrowRight);
    screen.press_with(ALT, Key::G);
    begins(&screen, &["Date: "]);
    screen.press(Key::ArrowRight);
    assert_eq!(rows(&screen).len(), 4);
    screen.press(Key::ArrowRight);
    screen.press_with(ALT, Key::G);
    begins(&screen, &["Kind: Payment, 1 row, Amount 500", "Kind: Reversal, 1 row", "Kind: Voided, 1 row"]);
}

#[test]
fn more_groups_than_a_page_holds_come_as_the_list_is_looked_through() {
    let desk = company(Lang::EN);
    for number in 0..505 {
        run(&desk, "save-counterparty", json!({"kind": "person", "name": format!("C{number:03}")}));
        let line = json!([{"text": "Work", "quantity": "1", "price": "10"}]);
        run(&desk, "place-order", json!({"counterparty": 2 + number, "lines": line}));
    }
    let mut screen = list(desk, 2);
    screen.press_with(ALT, Key::G);
    assert!(rows(&screen)[0].starts_with("Customer: C000, 1 row"));
    for _ in 0..2 {
        screen.press(Key::End);
    }
    assert!(rows(&screen).last().unwrap().starts_with("Customer: C504, 1 row"));
    screen.press_with(ALT, Key::PageDown);
    screen.press(Key::End);
    assert!(rows(&screen).last().unwrap().starts_with("000505, "), "{:?}", rows(&screen));
}
