//! Menus: the same by mouse and by key, walked through by keys, the keyboard given back.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::ui::grid::GridEvent;

use crate::stage::{Stage, events, is_focused, press, press_with, row, stage, type_text};

fn items(harness: &Harness<Stage>) -> Vec<(String, bool)> {
    let nodes = harness.query_all_by_role(Role::MenuItem);
    nodes.map(|node| (node.accesskit_node().label().unwrap(), node.accesskit_node().is_disabled())).collect()
}

fn asked(harness: &mut Harness<Stage>) -> Option<(Option<i64>, &'static str)> {
    events(harness).into_iter().find_map(|event| match event {
        GridEvent::MenuAsked { key, column, .. } => Some((key, column)),
        _ => None,
    })
}

#[test]
fn right_click_shift_f10_and_the_menu_key_give_the_same_menu_of_the_same_row() {
    let mut found = Vec::new();
    for route in 0..3 {
        let mut harness = stage(Stage::new(100));
        press(&mut harness, Key::ArrowDown);
        match route {
            0 => {
                let at = row(&harness, 1).rect().left_center() + egui::vec2(30.0, 0.0);
                harness.hover_at(at);
                for pressed in [true, false] {
                    let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
                    harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
                }
                harness.run();
            }
            1 => press_with(&mut harness, Modifiers::SHIFT, Key::F10),
            _ => press(&mut harness, Key::Menu),
        }
        found.push((asked(&mut harness), items(&harness)));
    }
    assert_eq!(found[0].0, Some((Some(1), "number")));
    assert_eq!(found[0].1, [("Go to".to_owned(), false), ("Undo".to_owned(), true), ("Close".to_owned(), false)]);
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0], found[2]);
}

#[test]
fn a_menu_is_walked_through_by_keys_passing_over_what_cannot_be_done() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::Menu);
    assert!(!is_focused(&harness));
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().chosen, ["close"]);
    assert!(is_focused(&harness), "the keyboard is given back");
    assert_eq!(harness.state().grid.cursor, 0);
    press(&mut harness, Key::Menu);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Space);
    assert_eq!(harness.state().chosen, ["close", "open"]);
    press(&mut harness, Key::Menu);
    type_text(&mut harness, "c");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().chosen, ["close", "open", "close"]);
}

#[test]
fn escape_and_a_click_elsewhere_close_the_menu_without_a_choice() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::Menu);
    press(&mut harness, Key::Escape);
    assert!(harness.state().menu.is_none() && is_focused(&harness));
    press(&mut harness, Key::Menu);
    row(&harness, 7).click();
    harness.run();
    assert!(harness.state().menu.is_none() && is_focused(&harness));
    assert_eq!(harness.state().grid.cursor, 7);
    assert!(harness.state().chosen.is_empty());
}

#[test]
fn a_click_chooses_and_a_disabled_line_does_not() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::Menu);
    harness.get_by_role_and_label(Role::MenuItem, "Undo").click();
    harness.run();
    assert!(harness.state().chosen.is_empty() && harness.state().menu.is_some());
    harness.get_by_role_and_label(Role::MenuItem, "Close").click();
    harness.run();
    assert_eq!(harness.state().chosen, ["close"]);
    assert!(harness.state().menu.is_none() && is_focused(&harness));
}

#[test]
fn the_menu_of_an_empty_place_names_no_row() {
    let mut harness = stage(Stage::new(2));
    let below = row(&harness, 1).rect().center_bottom() + egui::vec2(0.0, 60.0);
    harness.hover_at(below);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        harness.event(egui::Event::PointerButton { pos: below, button, pressed, modifiers });
    }
    harness.run();
    assert_eq!(asked(&mut harness), Some((None, "number")));
}

#[test]
fn columns_are_hidden_shown_and_moved_by_keys() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowRight);
    assert_eq!(harness.state().grid.column(), Some("customer"));
    press_with(&mut harness, Modifiers::ALT, Key::ArrowDown);
    harness.get_by_role_and_label(Role::MenuItemCheckBox, "Close").click();
    harness.run();
    assert!(harness.state().grid.is_hidden("total"));
    assert!(events(&mut harness).contains(&GridEvent::ViewChanged));
    assert!(harness.query_by_role_and_label(Role::Button, "Close").is_none());
    press_with(&mut harness, Modifiers::ALT, Key::ArrowDown);
    type_text(&mut harness, "move l");
    press(&mut harness, Key::Enter);
    let order: Vec<_> = harness.state().grid.view().columns.into_iter().map(|column| column.id).collect();
    assert_eq!(order, ["customer", "number", "status", "total"]);
    press_with(&mut harness, Modifiers::ALT, Key::ArrowDown);
    type_text(&mut harness, "sort d");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().grid.sort, [("customer", true)]);
    assert!(is_focused(&harness));
}
