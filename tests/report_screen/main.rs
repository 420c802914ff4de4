//! Reports on the screen: made at once, asked anew by their fields, led back to their documents, taken out as files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

#[path = "../desk/mod.rs"]
mod desk;
#[path = "../fields/stage.rs"]
mod hands;
#[path = "../random_documents/mod.rs"]
mod random_documents;
#[path = "../report_shop/mod.rs"]
mod report_shop;
mod stage;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use hands::{CTRL, Hands as _};
use patver::base::locale::Lang;
use patver::modules::report;
use patver::reports;
use patver::ui::screen::Place;
use stage::{Stage, follow, show};

fn place(name: &'static str) -> Place {
    Place::only(name)
}

/// The words of the rows in sight.
fn rows(screen: &Harness<'_, Stage>) -> Vec<String> {
    let nodes = screen.root().children_recursive().filter(|node| node.accesskit_node().role() == Role::Row);
    nodes.filter_map(|node| node.accesskit_node().label()).collect()
}

fn names(screen: &Harness<'_, Stage>, role: Role) -> Vec<String> {
    let nodes = screen.root().children_recursive().filter(|node| node.accesskit_node().role() == role);
    nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect()
}

#[test]
fn the_menu_has_every_report_in_its_order() {
    let menu: Vec<_> = report::MENU.iter().map(|opener| (opener.kind, opener.title)).collect();
    let all: Vec<_> = reports::ALL.iter().map(|report| (report.name, report.title)).collect();
    assert_eq!(menu, all);
}

#[test]
fn a_report_is_there_at_once_with_rows_totals_and_picture_in_every_language() {
    for lang in Lang::ALL {
        for opener in report::MENU {
            let screen = show(lang, 1166.0, &place(opener.kind));
            let (rows, pictures) = (rows(&screen), names(&screen, Role::Image));
            assert!(!rows.is_empty(), "{} {lang}", opener.kind);
            assert_eq!(pictures.len(), 1, "{} {lang}", opener.kind);
            assert!(pictures[0].len() > 10, "{pictures:?}");
        }
    }
}

#[test]
fn every_control_has_a_name() {
    for opener in report::MENU {
        let screen = show(Lang::EN, 1166.0, &place(opener.kind));
        let named = [Role::Button, Role::TextInput, Role::ComboBox, Role::EditableComboBox, Role::Grid, Role::Image];
        for role in named {
            assert!(names(&screen, role).iter().all(|name| !name.is_empty()), "{role:?} of {}", opener.kind);
        }
    }
}

#[test]
fn another_grouping_asks_again_and_the_chosen_days_are_those_typed() {
    let mut screen = show(Lang::EN, 1166.0, &place("sales"));
    let days = rows(&screen);
    let (sums, days): (Vec<_>, Vec<_>) = days.iter().partition(|row| row.starts_with("Total, "));
    assert!(!days.is_empty() && days.iter().all(|row| row.starts_with("Mar ")), "{days:?} {sums:?}");
    screen.control(Role::ComboBox, "Period").focus();
    screen.run();
    // This month, last month, this quarter, this year.
    for _ in 0..3 {
        screen.press(Key::ArrowDown);
    }
    screen.control(Role::ComboBox, "Group by").focus();
    screen.run();
    for _ in 0..2 {
        screen.press(Key::ArrowDown);
    }
    wait(&mut screen);
    let months = rows(&screen);
    assert!(months[0].starts_with("January 2026"), "{months:?}");
    assert_eq!(screen.text("From"), "Jan 1, 2026");
}

/// Lets the time pass in which a question is still being typed.
fn wait(screen: &mut Harness<'_, Stage>) {
    for _ in 0..60 {
        screen.step();
    }
    screen.run();
}

#[test]
fn days_in_the_wrong_order_are_refused_at_their_field_and_the_old_figures_stay() {
    let mut screen = show(Lang::EN, 1166.0, &place("sales"));
    let before = rows(&screen);
    screen.line("From").focus();
    screen.run();
    screen.typed("31.12.2026");
    screen.press(Key::Enter);
    wait(&mut screen);
    assert_eq!(rows(&screen), before);
    assert_eq!(screen.state().screen.title(&screen.state().desk), "Sales");
    let said = names(&screen, Role::Label);
    let values = screen.root().children_recursive().filter_map(|node| node.value()).collect::<Vec<_>>();
    assert!(values.iter().any(|words| words.contains("Dec 31, 2026")), "{said:?} {values:?}");
}

#[test]
fn enter_opens_the_documents_behind_a_figure_and_one_of_them() {
    let mut screen = show(Lang::EN, 1166.0, &place("sales"));
    let first = rows(&screen).remove(0);
    screen.press(Key::Enter);
    assert_eq!(screen.state().opened[0].kind, "behind");
    follow(&mut screen);
    let documents = rows(&screen);
    let day = first.split(", ").take(2).collect::<Vec<_>>().join(", ");
    assert!(!documents.is_empty() && documents.iter().all(|row| row.contains(&day)), "{day}: {documents:?}");
    screen.press(Key::Enter);
    assert_eq!(screen.state().opened[0].kind, "order");
}

#[test]
fn behind_a_balance_stand_orders_payments_and_what_was_owed_before() {
    let mut screen = show(Lang::EN, 1166.0, &place("debts"));
    screen.press_with(CTRL, Key::O);
    follow(&mut screen);
    assert!(!rows(&screen).is_empty());
    let seen = |screen: &Harness<'_, Stage>| screen.control(Role::ComboBox, "Documents").value();
    let mut lists = vec![seen(&screen)];
    screen.control(Role::ComboBox, "Documents").focus();
    screen.run();
    for _ in 0..3 {
        screen.press(Key::ArrowDown);
        lists.push(seen(&screen));
    }
    let lists: Vec<_> = lists.into_iter().flatten().collect();
    assert_eq!(lists, ["Orders", "Orders overpaid or returned", "Payments", "Opening balances"]);
}

#[test]
fn a_payment_behind_a_balance_opens_its_card_even_where_it_is_for_no_order() {
    let mut screen = show(Lang::EN, 1166.0, &place("debts"));
    for customer in 0.. {
        for _ in 0..customer {
            screen.press(Key::ArrowDown);
        }
        screen.press_with(CTRL, Key::O);
        follow(&mut screen);
        screen.control(Role::ComboBox, "Documents").focus();
        screen.run();
        screen.press(Key::ArrowDown);
        screen.press(Key::ArrowDown);
        screen.run_steps(6);
        if !rows(&screen).is_empty() {
            break;
        }
        screen.state_mut().opened.push(place("debts"));
        follow(&mut screen);
    }
    screen.press_with(CTRL, Key::O);
    assert_eq!(screen.state().opened[0].kind, "payment");
}

#[test]
fn a_report_becomes_a_file_of_each_kind_under_a_name_that_says_what_it_tells() {
    let mut screen = show(Lang::EN, 1166.0, &place("orders-by-status"));
    for (name, ending) in [("CSV", "csv"), ("Excel workbook", "xlsx"), ("PDF", "pdf"), ("Print", "pdf")] {
        screen.click(Role::Button, name);
        screen.run();
        if name != "Print" {
            screen.press(Key::Enter);
        }
        let toast = screen.state().toasts.last().unwrap();
        assert!(toast.line.ends_with(&format!("Orders by status 2026-03-02.{ending}")), "{toast:?}");
        assert!(std::fs::metadata(&toast.line).unwrap().len() > 100, "{toast:?}");
        assert!(toast.line.starts_with(screen.state().folder.path().to_str().unwrap()));
    }
    assert_eq!(screen.state().toasts.len(), 4);
}

#[test]
fn the_name_of_a_file_tells_the_days_of_the_report_and_another_one_may_be_typed() {
    let mut screen = show(Lang::RU, 1166.0, &place("sales"));
    screen.press_with(CTRL | egui::Modifiers::SHIFT, Key::E);
    let proposed = screen.control(Role::TextInput, "Путь").value().unwrap();
    let days = proposed.split_once("2026-").map(|(_, days)| days.to_owned());
    assert!(days.is_some_and(|days| days.contains(" \u{2013} 2026-") && days.ends_with(".xlsx")), "{proposed}");
    let other = screen.state().folder.path().join("mine");
    screen.press_with(CTRL, Key::A);
    screen.event(egui::Event::Text(other.display().to_string()));
    screen.run();
    screen.press(Key::Enter);
    assert!(other.with_extension("xlsx").is_file());
}

#[test]
fn a_header_sorts_the_rows_and_the_totals_stay_behind() {
    let mut screen = show(Lang::EN, 1166.0, &place("orders-by-status"));
    let before = rows(&screen);
    let totals = before.iter().filter(|row| row.starts_with("Total")).count();
    assert_eq!(totals, 2, "one for each currency: {before:?}");
    screen.click(Role::Button, "Orders");
    let after = rows(&screen);
    assert_ne!(before, after);
    assert!(after[after.len() - 2..].iter().all(|row| row.starts_with("Total")), "{after:?}");
}

#[test]
fn the_documents_behind_a_figure_are_called_in_the_language_of_the_window() {
    let mut screen = show(Lang::EN, 1166.0, &place("sales"));
    screen.press(Key::End);
    screen.press(Key::Enter);
    let english = screen.state().opened[0].clone();
    follow(&mut screen);
    let title = |screen: &mut Harness<'_, Stage>, lang: Lang| {
        screen.state_mut().desk.lang = lang;
        screen.state().screen.title(&screen.state().desk)
    };
    let (en, ru) = (title(&mut screen, Lang::EN), title(&mut screen, Lang::RU));
    assert_ne!(en, ru);
    let mut russian = show(Lang::RU, 1166.0, &place("sales"));
    russian.press(Key::End);
    russian.press(Key::Enter);
    assert_eq!(russian.state().opened[0], english, "it is the same place in every language");
    follow(&mut russian);
    assert_eq!(title(&mut russian, Lang::RU), ru);
}

#[test]
fn in_a_low_window_the_chart_stands_in_the_place_of_the_rows_and_gives_it_back() {
    for opener in report::MENU {
        let mut screen = show(Lang::EN, 1166.0, &place(opener.kind));
        screen.set_size(egui::vec2(700.0, 300.0));
        screen.run();
        assert!(!rows(&screen).is_empty() && names(&screen, Role::Image).is_empty(), "{}", opener.kind);
        screen.press_with(CTRL, Key::G);
        assert!(rows(&screen).is_empty() && names(&screen, Role::Image).len() == 1, "{}", opener.kind);
        screen.press_with(CTRL, Key::G);
        assert!(!rows(&screen).is_empty() && names(&screen, Role::Image).is_empty(), "{}", opener.kind);
    }
}

/// The figure above the documents that were opened, and the words of their totals; where they are of one kind.
fn behind(screen: &Harness<'_, Stage>, title: &str) -> Option<(String, String)> {
    if names(screen, Role::ComboBox).iter().any(|name| name == "Documents") {
        return None;
    }
    let values = screen.root().children_recursive().filter_map(|node| node.accesskit_node().value());
    let values: Vec<String> = values.collect();
    let figure = values.iter().find(|words| words.starts_with(&format!("{title}  ")))?;
    let sum = figure.rsplit(char::is_whitespace).next()?.to_owned();
    Some((sum, values.iter().find(|words| words.contains(" row"))?.clone()))
}

#[test]
fn the_totals_of_the_documents_say_the_figure_that_led_to_them() {
    let mut seen = std::collections::BTreeSet::new();
    for report in ["sales", "debts", "orders-by-status"] {
        for column in 0..12 {
            let mut screen = show(Lang::EN, 1366.0, &place(report));
            for _ in 0..column {
                screen.press(Key::ArrowRight);
            }
            screen.press_with(CTRL, Key::O);
            if !screen.state().opened.is_empty() {
                follow(&mut screen);
                for all in reports::ALL.iter().filter(|all| all.name == report) {
                    for title in all.columns.iter().map(|column| column.title(Lang::EN)) {
                        if let Some((sum, totals)) = behind(&screen, &title) {
                            let nothing = sum == "0" && totals.contains('–');
                            assert!(nothing || totals.contains(&sum), "{report} {title}: {sum} is not in {totals}");
                            seen.insert(title);
                        }
                    }
                }
            }
        }
    }
    for title in ["Without tax", "Tax", "Cost", "Profit", "Opening balance"] {
        assert!(seen.contains(title), "{title} is not in {seen:?}");
    }
}
