//! What a screen reader finds.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use patver::base::locale::Lang;
use patver::ui::words;

use crate::stage::{Stage, stage, value};

#[test]
fn the_grid_is_one_node_with_its_rows_and_headers_inside() {
    let harness = stage(Stage::new(1_000_000));
    let grid = harness.get_by_role(Role::Grid);
    assert_eq!(grid.accesskit_node().label().as_deref(), Some("Table"));
    let rows: Vec<_> = grid.query_all_by_role(Role::Row).collect();
    assert!(rows.len() > 8 && rows.len() < 20, "{}", rows.len());
    assert!(rows.iter().all(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with("No A-"))));
    assert_eq!(grid.query_all_by_role(Role::Button).count(), 4);
    assert!(grid.query_by_label("Σ 3, 1 840 000").is_some());
}

#[test]
fn the_place_is_said_in_the_language_of_the_window() {
    let mut harness = stage(Stage::new(48_201));
    for (lang, said) in [(Lang::HY, "Տող 1 / 48 201, No A-0, Ready"), (Lang::RU, "Строка 1 из 48 201, No A-0, Ready")]
    {
        words::speak(&harness.ctx, lang);
        harness.run();
        assert_eq!(value(&harness).replace(['\u{a0}', '\u{202f}'], " "), said);
    }
}

#[test]
fn an_empty_list_says_so() {
    let harness = stage(Stage::new(0));
    assert_eq!(value(&harness), "No rows");
}

#[test]
fn everything_that_takes_the_keyboard_or_a_click_has_a_name() {
    let harness = stage(Stage::new(100));
    assert_eq!(harness.unnamed_widgets(), Vec::<String>::new());
}

#[test]
fn rows_with_one_key_are_still_rows_of_their_own() {
    let mut harness = stage(Stage::new(100));
    harness.state_mut().rows.rows.values_mut().for_each(|row| row.key = 0);
    harness.state_mut().rows.late = true;
    harness.run();
    harness.run();
    let rows: Vec<_> = harness.query_all_by_role(Role::Row).map(|row| row.rect().top()).collect();
    assert!(rows.len() > 8 && rows.windows(2).all(|pair| pair[0] != pair[1]));
}
