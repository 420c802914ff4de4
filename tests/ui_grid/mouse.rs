//! Everything on a grid by the mouse alone.

use egui::accesskit::Role;
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::ui::grid::{Chosen, GridEvent};

use crate::stage::{Stage, events, is_focused, row, sized, stage};

fn drag(harness: &mut Harness<Stage>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    for part in 1..=4 {
        harness.hover_at(from + (to - from) * (part as f32 / 4.0));
        harness.run();
    }
    harness.drop_at(to);
    harness.run();
}

fn wheel(harness: &mut Harness<Stage>, delta: Vec2) {
    let (unit, phase, source) = (MouseWheelUnit::Line, TouchPhase::Move, MouseWheelSource::Wheel);
    harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE });
    harness.run();
}

fn widths(harness: &Harness<Stage>) -> Vec<(String, Option<f32>)> {
    harness.state().grid.view().columns.into_iter().map(|column| (column.id, column.width)).collect()
}

#[test]
fn a_click_puts_the_cursor_and_brings_the_keyboard() {
    let mut harness = stage(Stage::new(100));
    harness.get_all_by_role(Role::TextInput).next().unwrap().click();
    harness.run();
    assert!(!is_focused(&harness));
    row(&harness, 3).click();
    harness.run();
    assert!(is_focused(&harness));
    assert_eq!(harness.state().grid.cursor_key(), Some(3));
    assert!(events(&mut harness).contains(&GridEvent::CursorMoved(Some(3))));
}

#[test]
fn ctrl_and_shift_clicks_select() {
    let mut harness = stage(Stage::new(100));
    row(&harness, 1).click();
    harness.run();
    row(&harness, 3).click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(harness.state().grid.selection.chosen(), Some(Chosen::Only([1, 3].into())));
    row(&harness, 5).click_modifiers(Modifiers::SHIFT);
    harness.run();
    assert_eq!(harness.state().grid.selection.chosen(), Some(Chosen::Only([1, 3, 4, 5].into())));
    row(&harness, 2).click();
    harness.run();
    assert!(harness.state().grid.selection.is_empty());
}

#[test]
fn a_double_click_opens() {
    let mut harness = stage(Stage::new(100));
    row(&harness, 2).click();
    row(&harness, 2).click();
    harness.run();
    assert!(events(&mut harness).contains(&GridEvent::Opened(2)));
}

#[test]
fn the_wheel_scrolls_and_stops_at_the_ends() {
    let mut harness = stage(Stage::new(1_000_000));
    harness.hover_at(pos2(300.0, 200.0));
    wheel(&mut harness, vec2(0.0, -3.0));
    let top = harness.state().grid.top;
    assert!(top.first >= 1 && harness.state().grid.cursor == 0, "{top:?}");
    wheel(&mut harness, vec2(0.0, 50.0));
    assert_eq!(harness.state().grid.top, patver::ui::grid::Top::default());
}

#[test]
fn the_thumb_goes_to_the_end_of_a_million_rows_and_back() {
    let mut harness = stage(Stage::new(1_000_000));
    let grid = harness.get_by_role(Role::Grid).rect();
    let at = |y: f32| pos2(grid.right() - 5.0, y);
    drag(&mut harness, at(grid.top() + 30.0), at(grid.bottom() + 50.0));
    assert_eq!(harness.state().rows.wanted.1, 1_000_000);
    row(&harness, 999_999);
    drag(&mut harness, at(grid.bottom() - 40.0), at(grid.top() - 50.0));
    assert_eq!(harness.state().grid.top, patver::ui::grid::Top::default());
}

#[test]
fn headers_sort_and_say_so() {
    let mut harness = stage(Stage::new(100));
    harness.get_by_role_and_label(Role::Button, "Close").click();
    harness.run();
    assert_eq!(harness.state().grid.sort, [("total", false)]);
    harness.get_by_role_and_label(Role::Button, "Close").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Table").click_modifiers(Modifiers::SHIFT);
    harness.run();
    assert_eq!(harness.state().grid.sort, [("total", true), ("number", false)]);
    let sorted = events(&mut harness).into_iter().filter(|event| *event == GridEvent::Sorted).count();
    assert_eq!(sorted, 3);
}

#[test]
fn edges_of_headers_are_dragged_and_fit_on_a_double_click() {
    let mut harness = stage(Stage::new(100));
    let number = harness.get_by_role_and_label(Role::Button, "Table").rect();
    drag(&mut harness, number.right_center(), number.right_center() + vec2(40.0, 0.0));
    assert_eq!(widths(&harness)[0], ("number".to_owned(), Some(120.0)));
    assert!(events(&mut harness).contains(&GridEvent::ViewChanged));
    let edge = harness.get_by_role_and_label(Role::Button, "Table").rect().right_center();
    for _ in 0..2 {
        harness.hover_at(edge);
        harness.drag_at(edge);
        harness.drop_at(edge);
    }
    harness.run();
    let fitted = widths(&harness)[0].1.unwrap();
    assert!(fitted < 100.0, "{fitted}");
}

#[test]
fn headers_change_places_when_dragged() {
    let mut harness = stage(Stage::new(100));
    let from = harness.get_by_role_and_label(Role::Button, "Close").rect().center();
    let to = harness.get_by_role_and_label(Role::Button, "Table").rect().left_center() + vec2(5.0, 0.0);
    drag(&mut harness, from, to);
    let order: Vec<_> = widths(&harness).into_iter().map(|(id, _)| id).collect();
    assert_eq!(order, ["total", "number", "customer", "status"]);
    assert!(harness.state().grid.sort.is_empty(), "a drag is no click");
}

#[test]
fn a_text_that_is_cut_is_told_in_full_after_a_while() {
    let mut harness = sized(Stage::new(100), (600.0, 400.0), 1.0);
    let cell = row(&harness, 2).rect().left_center() + vec2(120.0, 0.0);
    harness.hover_at(cell);
    harness.run();
    harness.run_steps(40);
    let tip = "Customer\t2 with a name so long that no column holds it";
    assert!(harness.query_by_label(tip).is_some());
}
