//! Every screen of the program on a small display, in every language, theme and scale, checked from what was drawn.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

mod checks;
mod drawn;
#[path = "../handbook/mod.rs"]
mod handbook;
mod keys;
mod reach;
mod shop;
mod tips;
mod walk;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use patver::app::App;
use patver::base::locale::Lang;
use patver::modules::report;
use patver::ui::screen::Place;

use crate::shop::{Shop, Window};
use crate::walk::Report;

fn nothing_wrong(report: &Report) {
    let lines = report.lines();
    assert!(lines.is_empty(), "{} faults:\n{}", lines.len(), lines.join("\n"));
}

fn before_the_desk(shop: &Shop, report: &mut Report) {
    let mut window = shop.window(false);
    walk::look(&mut window, "first run", report);
    for way in ["window.demo_company", "window.new_company", "window.restore", "window.open_file"] {
        window.click(way);
        walk::look(&mut window, way, report);
        window.click("window.back");
    }
    let mut window = shop.window(true);
    walk::look(&mut window, "sign-in", report);
    window.typed("ani");
    window.press(Key::Enter);
    window.typed("wrong");
    window.press(Key::Enter);
    walk::look(&mut window, "sign-in refused", report);
}

fn the_order_card(window: &mut Window, order: &str, report: &mut Report) {
    window.visit(&Place::of("order", "new"));
    for text in ["Work by the hour", "Something else with quite a long name that fills its cell up to the end of it"] {
        window.typed(text);
        window.press(Key::Enter);
        window.press(Key::Escape);
    }
    walk::look(window, "order with lines", report);
    window.press_with(Modifiers::COMMAND, Key::S);
    walk::look(window, "order with errors", report);
    window.visit(&Place::of("order", order));
    window.press(Key::F8);
    walk::look(window, "payment", report);
    window.press(Key::Enter);
    assert!(checks::messages(&window.drawn()).next().is_some(), "no message says that it is paid");
    walk::look(window, "paid", report);
}

/// A file of many columns and rows, one of them refused, through every step of its import.
fn the_import(shop: &Shop, window: &mut Window, report: &mut Report) {
    let heading = (1..=14).map(|number| format!("A column with a long name {number}")).collect::<Vec<_>>().join(";");
    let row = |number: usize| {
        let name = if number == 7 { String::new() } else { format!("A customer with quite a long name {number}") };
        format!("{name}{}\n", ";a cell that is wider than its column".repeat(14))
    };
    let rows: String = (1..=40).map(row).collect();
    let file = shop.file("many columns.csv", &format!("Name;{heading}\n{rows}"));
    window.visit(&Place::only("import"));
    window.typed(&file);
    window.press(Key::Enter);
    for step in ["import columns", "import check", "import result"] {
        walk::look(window, step, report);
        window.press_with(Modifiers::COMMAND, Key::Enter);
    }
    window.press_with(Modifiers::COMMAND, Key::N);
    walk::look(window, "import again", report);
    window.press_with(Modifiers::COMMAND, Key::W);
}

fn every_screen(shop: &Shop) {
    let mut report = Report::default();
    before_the_desk(shop, &mut report);
    let places = walk::places(shop);
    let mut window = shop.window(true);
    window.sign_in();
    // First: on the way through the directories payment methods are switched off.
    the_order_card(&mut window, &shop.owed(), &mut report);
    for place in &places {
        walk::visit(&mut window, place, &mut report);
    }
    the_import(shop, &mut window, &mut report);
    window.press_with(Modifiers::COMMAND, Key::L);
    walk::look(&mut window, "lock", &mut report);
    // What begins with a template is the card of a new order at once.
    report.seen.insert("order-template");
    for kind in App::kinds().into_iter().filter(|kind| !report.seen.contains(kind)).collect::<Vec<_>>() {
        report.note(kind, "any", "nobody has been there".to_owned());
    }
    nothing_wrong(&report);
}

#[test]
fn every_screen_stands_on_a_small_display_in_armenian() {
    every_screen(&Shop::new(Lang::HY));
}

#[test]
fn every_screen_stands_on_a_small_display_in_english() {
    every_screen(&Shop::new(Lang::EN));
}

#[test]
fn every_screen_stands_on_a_small_display_in_russian() {
    every_screen(&Shop::new(Lang::RU));
}

#[test]
fn every_screen_stands_on_a_small_display_in_a_language_whose_words_are_longer() {
    every_screen(&Shop::stretched());
}

fn tab_reaches_everything(lang: Lang) {
    let shop = Shop::new(lang);
    let mut report = Report::default();
    let mut window = shop.window(true);
    walk::tab(&mut window, "sign-in", &mut report);
    let places = walk::places(&shop);
    let mut window = shop.window(true);
    window.sign_in();
    for place in places {
        walk::visit_by_tab(&mut window, &place, &mut report);
    }
    nothing_wrong(&report);
}

#[test]
fn tab_reaches_everything_in_armenian_and_the_focus_is_seen() {
    tab_reaches_everything(Lang::HY);
}

#[test]
fn tab_reaches_everything_in_english_and_the_focus_is_seen() {
    tab_reaches_everything(Lang::EN);
}

#[test]
fn tab_reaches_everything_in_russian_and_the_focus_is_seen() {
    tab_reaches_everything(Lang::RU);
}

#[test]
fn twenty_rows_stand_in_every_list_of_the_menu() {
    let shop = Shop::new(Lang::EN);
    let mut window = shop.window(true);
    window.sign_in();
    window.visit(&Place::only("orders"));
    assert!(window.whole_rows() >= 13, "with the details open: {}", window.whole_rows());
    window.click("details.hide");
    assert!(window.whole_rows() >= 20, "without the details: {}", window.whole_rows());
    // The day has two short lists, one above the other.
    let others: Vec<&str> = report::MENU.iter().map(|opener| opener.kind).chain(["day"]).collect();
    let (mut lists, mut few) = (0, Vec::new());
    for place in walk::places(&shop).iter().filter(|place| place.key.is_empty() && !others.contains(&place.kind)) {
        window.visit(place);
        window.press(Key::Escape);
        // A short list has room for twenty rows and its totals.
        if let Some(grid) = window.harness.query_by_role(Role::Grid) {
            let rows: Vec<_> = grid.query_all_by_role(Role::Row).map(|row| row.rect()).collect();
            let whole = rows.iter().filter(|row| row.height() >= 25.9).count() as f32;
            let end = rows.iter().map(|row| row.bottom()).fold(grid.rect().top() + 26.0, f32::max);
            let free = ((grid.rect().bottom() - end - 26.0) / 26.0).floor().max(0.0);
            if whole + free < 20.0 {
                few.push(format!("{}: {whole} rows and room for {free}", place.kind));
            }
            lists += 1;
        }
    }
    assert!(few.is_empty(), "{}", few.join("\n"));
    assert!(lists >= 5, "{lists}");
}
