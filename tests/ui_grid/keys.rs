//! Everything on a grid by keys alone.

use egui::{Event, Key, Modifiers};
use patver::ui::grid::{Chosen, GridEvent};

use crate::stage::{Stage, events, is_focused, press, press_with, stage, type_text, value};

const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn arrows_pages_and_ends_move_the_cursor_and_say_where_it_is() {
    let mut harness = stage(Stage::new(48_201));
    assert_eq!(value(&harness), "Row 1 of 48,201, No A-0, Ready");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowUp);
    assert_eq!(value(&harness), "Row 2 of 48,201, No A-1, Ready");
    press(&mut harness, Key::End);
    assert_eq!(value(&harness), "Row 48,201 of 48,201, No A-48200, Ready");
    press(&mut harness, Key::PageUp);
    let page = 48_200 - harness.state().grid.cursor;
    assert!(page > 5, "{page}");
    press_with(&mut harness, CTRL, Key::Home);
    assert_eq!(harness.state().grid.cursor, 0);
    assert!(is_focused(&harness));
}

#[test]
fn the_first_arrow_after_the_keyboard_came_stays_in_the_grid() {
    let mut harness = stage(Stage::new(100));
    harness.state_mut().grid.focus();
    harness.step();
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert!(is_focused(&harness));
    assert_eq!(harness.state().grid.cursor, 1);
}

#[test]
fn tab_leaves_the_grid_in_both_directions() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::Tab);
    assert!(!is_focused(&harness));
    press_with(&mut harness, SHIFT, Key::Tab);
    assert!(is_focused(&harness));
    press_with(&mut harness, SHIFT, Key::Tab);
    type_text(&mut harness, "x");
    assert_eq!(harness.state().before, "x");
}

#[test]
fn space_and_shift_select_and_escape_lets_go() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::Space);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press_with(&mut harness, SHIFT, Key::ArrowDown);
    let chosen = |harness: &egui_kittest::Harness<Stage>| harness.state().grid.selection.chosen();
    assert_eq!(chosen(&harness), Some(Chosen::Only([0, 2, 3].into())));
    assert!(value(&harness).contains("selected"));
    assert!(events(&mut harness).contains(&GridEvent::SelectionChanged));
    press(&mut harness, Key::Escape);
    assert_eq!(chosen(&harness), Some(Chosen::Only([].into())));
    assert!(is_focused(&harness), "the first Esc only lets the selection go");
    press_with(&mut harness, CTRL, Key::A);
    press(&mut harness, Key::Space);
    assert_eq!(chosen(&harness), Some(Chosen::AllBut([3].into())));
}

#[test]
fn enter_opens_the_row_and_letters_begin_a_filter() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::ArrowDown);
    events(&mut harness);
    press(&mut harness, Key::Enter);
    assert_eq!(events(&mut harness), [GridEvent::Opened(1)]);
    type_text(&mut harness, "Ան");
    assert_eq!(events(&mut harness), [GridEvent::Typed("Ան".to_owned())]);
    type_text(&mut harness, " ");
    assert_eq!(events(&mut harness), []);
}

#[test]
fn copying_gives_lines_with_tabs_between_the_columns() {
    let mut harness = stage(Stage::new(100));
    harness.event(Event::Copy);
    harness.run();
    let line = |key: i64| format!("A-{key}\tCustomer {key} with a name so long that no column holds it\tReady\t12 400");
    let heading = "Table\tMenu\tGo to\tClose";
    let moved = |event: &GridEvent| !matches!(event, GridEvent::CursorMoved(_));
    let copied =
        |harness: &mut egui_kittest::Harness<Stage>| events(harness).into_iter().filter(moved).collect::<Vec<_>>();
    assert_eq!(copied(&mut harness), [GridEvent::Copied(format!("{heading}\n{}", line(0)))]);
    press_with(&mut harness, SHIFT, Key::ArrowDown);
    events(&mut harness);
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(copied(&mut harness), [GridEvent::Copied(format!("{heading}\n{}\n{}", line(0), line(1)))]);
    press_with(&mut harness, CTRL, Key::A);
    events(&mut harness);
    harness.event(Event::Copy);
    harness.run();
    assert_eq!(copied(&mut harness), [GridEvent::CopyWanted], "not all rows are loaded");
}

#[test]
fn a_grid_without_the_keyboard_takes_no_keys() {
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::Tab);
    events(&mut harness);
    press(&mut harness, Key::ArrowDown);
    type_text(&mut harness, "x");
    assert_eq!(harness.state().grid.cursor, 0);
    assert_eq!(events(&mut harness), []);
    assert_eq!(harness.state().after, "x");
}

#[test]
fn the_cursor_tells_its_row_once_it_is_loaded() {
    let mut stage_late = Stage::new(100);
    stage_late.rows.late = true;
    let mut harness = stage(stage_late);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(events(&mut harness), []);
    assert_eq!(value(&harness), "Row 2 of 100, loading");
    harness.state_mut().rows.late = false;
    harness.run();
    harness.run();
    assert_eq!(events(&mut harness), [GridEvent::CursorMoved(Some(1))]);
}

#[test]
fn a_list_that_is_still_counted_is_used_as_far_as_it_is_known() {
    let mut uncounted = Stage::new(0);
    uncounted.rows.count = None;
    let mut harness = stage(uncounted);
    let (from, to) = harness.state().rows.wanted;
    assert!(from == 0 && to > 8, "{to}");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::End);
    let cursor = harness.state().grid.cursor;
    assert!(cursor + 1 >= to && cursor < 100, "{cursor}");
    press(&mut harness, Key::PageDown);
    assert!(harness.state().grid.cursor > cursor, "more became known");
    harness.state_mut().rows.count = Some(cursor);
    harness.run();
    assert_eq!(harness.state().grid.cursor, cursor - 1);
}

#[test]
fn columns_are_moved_widened_and_sorted_by_keys() {
    const ALT_SHIFT: Modifiers = Modifiers { alt: true, shift: true, ..Modifiers::NONE };
    let mut harness = stage(Stage::new(100));
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowRight);
    press_with(&mut harness, ALT_SHIFT, Key::ArrowLeft);
    let view = |harness: &egui_kittest::Harness<Stage>| harness.state().grid.view().columns;
    let narrow = view(&harness)[1].width.unwrap();
    press_with(&mut harness, ALT_SHIFT, Key::ArrowRight);
    assert_eq!(view(&harness)[1].width, Some(narrow + 16.0));
    press_with(&mut harness, CTRL.plus(SHIFT), Key::ArrowLeft);
    press_with(&mut harness, CTRL.plus(SHIFT), Key::ArrowLeft);
    assert_eq!(view(&harness)[0].id, "customer", "at the edge it stays");
    for _ in 0..5 {
        press_with(&mut harness, CTRL.plus(SHIFT), Key::ArrowRight);
    }
    assert_eq!(view(&harness)[3].id, "customer");
    assert!(events(&mut harness).contains(&GridEvent::ViewChanged));
    press_with(&mut harness, Modifiers::ALT, Key::ArrowUp);
    press_with(&mut harness, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(harness.state().grid.sort, [("customer", true)]);
    press(&mut harness, Key::ArrowLeft);
    press_with(&mut harness, ALT_SHIFT, Key::ArrowUp);
    assert_eq!(harness.state().grid.sort, [("customer", true), ("total", false)]);
    assert!(events(&mut harness).contains(&GridEvent::Sorted));
}
