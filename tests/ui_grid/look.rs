//! What was drawn: how many rows fit, that nothing leaves its place, that deep rows lie still.

use egui::accesskit::Role;
use egui::epaint::{ClippedShape, Shape};
use egui::{Color32, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::ui::grid::{Column, Grid, GridState, grid_ui};
use patver::ui::tokens::{Density, Theme, Tokens};
use patver::ui::{fonts, grid};

use crate::stage::{Made, Stage, columns, grid_id, row, sized};

#[test]
fn twenty_whole_rows_fit_into_a_small_window() {
    // 768 without the system's bars, without tabs, chips and status line.
    let height = 768.0 - 48.0 - 32.0 - 36.0 - 34.0 - 24.0;
    for (density, least) in [(Density::Compact, 24), (Density::Standard, 20)] {
        let columns = columns();
        let (mut state, mut rows) = (GridState::default(), Made::new(1_000_000));
        let footer = [grid::FooterCell::left("Σ")];
        let setup = move |ctx: &egui::Context| {
            fonts::install(ctx);
            Tokens { theme: Theme::shipped("light").unwrap(), density }.apply(ctx);
        };
        let builder = Harness::builder().with_size(egui::vec2(1366.0 - 200.0, height)).with_context_setup(setup);
        let mut harness = builder.build_ui(|ui| {
            let room = ui.ctx().content_rect();
            ui.scope_builder(egui::UiBuilder::new().max_rect(room), |ui| {
                grid_ui(ui, &Grid::new(grid_id(), &columns).footer(&footer), &mut state, &mut rows);
            });
        });
        harness.run();
        harness.run();
        let tall = Tokens { theme: Theme::shipped("light").unwrap(), density }.row_height();
        let whole = harness.query_all_by_role(Role::Row).filter(|row| row.rect().height() >= tall - 0.1).count();
        assert!(whole >= least, "{density:?}: {whole}");
    }
}

fn texts(shapes: &[ClippedShape]) -> Vec<(Rect, Rect, String)> {
    fn into(shape: &Shape, clip: Rect, found: &mut Vec<(Rect, Rect, String)>) {
        match shape {
            Shape::Text(text) => {
                found.push((text.galley.rect.translate(text.pos.to_vec2()), clip, text.galley.text().to_owned()));
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| into(shape, clip, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    shapes.iter().for_each(|clipped| into(&clipped.shape, clipped.clip_rect, &mut found));
    found
}

/// Everything that is filled, in the order in which it was painted.
fn fills(shapes: &[ClippedShape]) -> Vec<(Rect, Color32)> {
    fn into(shape: &Shape, found: &mut Vec<(Rect, Color32)>) {
        match shape {
            Shape::Rect(rect) if rect.fill.a() == 255 => found.push((rect.rect, rect.fill)),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| into(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    shapes.iter().for_each(|clipped| into(&clipped.shape, &mut found));
    found
}

#[test]
fn the_bar_of_a_state_stands_on_the_colour_of_the_panel_also_in_the_row_that_is_lit() {
    let harness = sized(Stage::new(1000), (700.0, 400.0), 1.0);
    let theme = Theme::shipped("light").unwrap();
    let found = fills(&harness.output().shapes);
    assert!(found.iter().any(|(_, fill)| *fill == theme.colors.sel), "one row is lit");
    let bars: Vec<_> = found.iter().filter(|(_, fill)| *fill == theme.statuses.ready.bar).collect();
    assert!(bars.len() > 5, "{}", bars.len());
    for (bar, _) in bars {
        for x in [bar.left() - 1.0, bar.right() + 1.0] {
            let ground = found.iter().rfind(|(rect, _)| rect.contains(egui::pos2(x, bar.center().y)));
            assert_eq!(ground.unwrap().1, theme.colors.panel);
        }
    }
}

#[test]
fn a_rule_colours_row_and_cell_over_the_state_and_a_dot_says_that_another_person_changed_it() {
    let mut rows = Stage::new(1000);
    rows.rows.painted = Some(4);
    let harness = sized(rows, (700.0, 400.0), 1.0);
    let theme = Theme::shipped("light").unwrap();
    let found = fills(&harness.output().shapes);
    let (ruled, state) = (&theme.statuses.overdue, &theme.statuses.ready);
    let line = harness.get_by_role_and_label(Role::Row, "No A-4, Ready, changed since you last looked").rect();
    let at = |x: f32| {
        let place = egui::pos2(x, line.center().y);
        found.iter().rfind(|(rect, _)| rect.contains(place)).unwrap().1
    };
    let whole: Vec<_> = found.iter().filter(|(_, fill)| *fill == theme.soft(ruled)).collect();
    assert!(whole.len() == 1 && (whole[0].0.top() - line.top()).abs() < 0.5, "{whole:?}");
    assert!(found.iter().any(|(rect, fill)| *fill == ruled.bar && line.contains(rect.center())), "the bar");
    assert_eq!(at(line.right() - 30.0), theme.statuses.done.tint, "the cell of the rule");
    assert!(found.iter().any(|(rect, fill)| *fill == state.tint && line.contains(rect.center())), "the state stays");
    let dots = harness.output().shapes.iter().filter(|shape| matches!(&shape.shape, Shape::Circle(_)));
    assert_eq!(dots.filter(|dot| line.contains(dot.shape.visual_bounding_rect().center())).count(), 1);
}

#[test]
fn no_text_is_wider_than_its_place_and_none_overlaps_another() {
    for pixels in [1.0, 1.5] {
        let harness = sized(Stage::new(1000), (700.0, 400.0), pixels);
        let grid = harness.get_by_role(Role::Grid).rect();
        let found = texts(&harness.output().shapes);
        let mut inside: Vec<_> =
            found.iter().filter(|(rect, _, text)| grid.contains_rect(*rect) && !text.is_empty()).collect();
        assert!(inside.len() > 40);
        inside.sort_by(|one, other| one.0.min.y.total_cmp(&other.0.min.y));
        for (at, (one, _, text)) in inside.iter().enumerate() {
            for (other, _, other_text) in &inside[at + 1..] {
                let shared = one.shrink(1.0).intersect(other.shrink(1.0));
                assert!(!shared.is_positive(), "“{text}” {one:?} and “{other_text}” {other:?}");
            }
        }
    }
}

#[test]
fn the_millionth_row_lies_on_whole_pixels_and_moves_like_the_first() {
    for pixels in [1.0, 1.25, 1.5] {
        let mut steps = Vec::new();
        for first in [0_u64, 999_000, 999_999_000] {
            let mut harness = sized(Stage::new(1_000_000_000), (900.0, 400.0), pixels);
            let mut tops = Vec::new();
            for part in 0..8 {
                harness.state_mut().grid.top = grid::Top { first, frac: part as f32 / 8.0 };
                harness.run();
                harness.run();
                let key = i64::try_from(first).unwrap() + 3;
                let top = row(&harness, key).rect().top();
                let whole = top * pixels;
                assert!((whole - whole.round()).abs() < 0.01, "{pixels} {top}");
                tops.push(top);
            }
            steps.push(tops);
        }
        assert_eq!(steps[0], steps[1]);
        assert_eq!(steps[0], steps[2]);
    }
}

#[test]
fn columns_wider_than_the_room_are_reached_sideways() {
    let mut harness = sized(Stage::new(100), (200.0, 400.0), 1.0);
    let grid = harness.get_by_role(Role::Grid).rect();
    assert!(harness.query_by_role_and_label(Role::Button, "Close").is_none());
    for _ in 0..4 {
        harness.key_press(egui::Key::ArrowRight);
        harness.run();
    }
    let last = harness.get_by_role_and_label(Role::Button, "Close").rect();
    assert!(grid.contains_rect(last), "{last:?}");
    let first = harness.get_by_role_and_label(Role::Button, "Table").rect();
    assert!((first.left() - grid.left()).abs() < 9.0, "the first column stands still");
    for _ in 0..2 {
        harness.key_press(egui::Key::ArrowLeft);
        harness.run();
    }
    let customer = harness.get_by_role_and_label(Role::Button, "Menu").rect();
    assert!(customer.left() >= first.right() - 0.5, "{customer:?}");
}

#[test]
fn what_has_no_room_is_said_below_the_list_and_comes_back_when_it_is_kept() {
    let mut stage = Stage::new(100);
    stage.columns[2].yields = 1;
    let mut harness = sized(stage, (330.0, 400.0), 1.0);
    assert!(harness.query_by_role_and_label(Role::Button, "Go to").is_none(), "the status has no room");
    let told = |harness: &Harness<'_, Stage>| harness.query_all_by_label_contains("Go to ").count();
    assert_eq!(told(&harness), 1, "but it is said below");
    harness.get_by_role_and_label(Role::Button, "Table").click_secondary();
    harness.run();
    harness.get_by_role_and_label(Role::MenuItemCheckBox, "Go to – no room now").click();
    harness.run();
    harness.run();
    assert!(harness.query_by_role_and_label(Role::Button, "Go to").is_some());
    assert_eq!(told(&harness), 0);
}

#[test]
fn a_text_stands_whole_before_columns_keep_room_that_nothing_stands_in() {
    let mut stage = Stage::new(30);
    stage.columns[1].width = 150.0;
    for id in ["author", "note"] {
        stage.columns.push(Column { id, width: 200.0, title: "ui.menu", grow: false, free: true, ..stage.columns[0] });
    }
    let long = |harness: &Harness<'_, Stage>| {
        let found = texts(&harness.output().shapes);
        found.iter().filter(|(_, _, text)| text.ends_with("no column holds it")).count()
    };
    let mut harness = sized(stage, (1000.0, 400.0), 1.0);
    harness.run();
    assert!(long(&harness) >= 10, "the names are cut beside two empty columns");
}

#[test]
fn the_sum_of_a_column_that_has_no_room_is_said_behind_it() {
    let mut stage = Stage::new(100);
    stage.columns[3].yields = 1;
    let harness = sized(stage, (330.0, 400.0), 1.0);
    assert!(harness.query_by_role_and_label(Role::Button, "Close").is_none(), "the column has no room");
    let told = harness.query_all_by_label_contains("Close ").count();
    assert_eq!((told, harness.query_all_by_label_contains("Total 1 840 000").count()), (1, 1));
}
