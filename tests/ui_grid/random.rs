//! Any keys, wheels and thumbs in any order: never out of the list, the cursor seen after every key.

use patver::ui::grid::{How, Step, Thumb, Top};
use proptest::prelude::*;

use crate::stage::{Stage, press_with, stage};

fn steps() -> impl Strategy<Value = (Step, How)> {
    let step = prop_oneof![
        Just(Step::Up),
        Just(Step::Down),
        Just(Step::PageUp),
        Just(Step::PageDown),
        Just(Step::First),
        Just(Step::Last)
    ];
    (step, prop_oneof![Just(How::Plain), Just(How::Keep), Just(How::Extend)])
}

#[derive(Clone, Debug)]
enum Doing {
    Step(Step, How),
    Scroll(f64),
    Rows(u64),
}

fn doings() -> impl Strategy<Value = Vec<Doing>> {
    let doing = prop_oneof![
        4 => steps().prop_map(|(step, how)| Doing::Step(step, how)),
        2 => (-1e7..1e7).prop_map(Doing::Scroll),
        2 => (-60.0..60.0).prop_map(Doing::Scroll),
        1 => (0_u64..2_000_000_000).prop_map(Doing::Rows),
        1 => (0_u64..40).prop_map(Doing::Rows),
    ];
    prop::collection::vec(doing, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_grid_stays_within_its_rows_whatever_is_done(doings in doings()) {
        let mut harness = stage(Stage::new(1_000_000));
        for doing in doings {
            let state = harness.state_mut();
            let stepped = match doing {
                Doing::Step(step, how) => {
                    state.grid.step(step, how);
                    true
                }
                Doing::Scroll(by) => {
                    state.grid.scroll(by);
                    false
                }
                Doing::Rows(count) => {
                    state.rows.count = Some(count);
                    state.rows.rows.clear();
                    false
                }
            };
            harness.run();
            let state = harness.state();
            let count = state.rows.count.unwrap();
            let (from, to) = state.rows.wanted;
            prop_assert!(from <= to && to <= count, "{from} {to} of {count}");
            prop_assert!(to > from || count == 0);
            prop_assert!(state.grid.cursor < count.max(1));
            prop_assert!((0.0..1.0).contains(&state.grid.top.frac));
            if stepped && count > 0 {
                prop_assert!((from..to).contains(&state.grid.cursor), "{} in {from}..{to}", state.grid.cursor);
            }
        }
    }

    #[test]
    fn a_row_that_is_shown_is_seen_whole(total in 1_u64..2_000_000_000, place in 0.0..1.0_f64, from in 0.0..1.0_f64, seen in 1.0..60.0_f32) {
        let row = ((total - 1) as f64 * place) as u64;
        let top = Top::at_share(from, total, seen).showing(row, total, seen);
        let above = (row as f64) - (top.first as f64 + f64::from(top.frac));
        prop_assert!(above >= 0.0, "{top:?} {row}");
        prop_assert!(above + 1.0 <= f64::from(seen) + 1e-3, "{top:?} {row}");
    }

    #[test]
    fn every_place_of_the_thumb_is_a_row_and_comes_back(total in 100_u64..2_000_000_000, share in 0.0..1.0_f32, seen in 1.0..60.0_f32) {
        let thumb = Thumb::of(Top::default(), total, seen, 500.0).unwrap();
        let start = (500.0 - thumb.length) * share;
        let top = thumb.top_at(start, total, seen);
        prop_assert!(top.first < total && (0.0..1.0).contains(&top.frac));
        let back = Thumb::of(top, total, seen, 500.0).unwrap();
        prop_assert!((back.start - start).abs() <= 1.0, "{} {}", back.start, start);
    }
}

#[test]
fn keys_pressed_one_after_another_keep_the_cursor_in_sight() {
    use egui::{Key, Modifiers};
    let mut harness = stage(Stage::new(500));
    let keys =
        [Key::PageDown, Key::ArrowDown, Key::End, Key::ArrowUp, Key::PageUp, Key::Home, Key::PageDown, Key::ArrowUp];
    for (at, key) in keys.into_iter().cycle().take(40).enumerate() {
        let held = if at % 3 == 0 { Modifiers::SHIFT } else { Modifiers::NONE };
        press_with(&mut harness, held, key);
        let (state, (from, to)) = (&harness.state().grid, harness.state().rows.wanted);
        assert!((from..to).contains(&state.cursor), "{key:?}");
    }
}
