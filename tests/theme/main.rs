//! The themes as their files say them: every text is read on its ground, every state is told from the others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

mod color;

use egui::Color32;
use patver::ui::icon;
use patver::ui::tokens::{Pair, SHIPPED, Theme};

use crate::color::{EYES, ciede2000, contrast, distance};

/// What a text needs, what the edge of a control needs (WCAG 2, AA).
const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;

fn themes() -> Vec<Theme> {
    SHIPPED.iter().map(|(_, text)| Theme::parse(text).unwrap()).collect()
}

/// The colours of these names.
fn named(theme: &Theme, names: &[&'static str]) -> Vec<(&'static str, Color32)> {
    let all = theme.colors.all();
    let one = |name: &&'static str| *all.iter().find(|(known, _)| known == name).unwrap();
    names.iter().map(one).collect()
}

/// What text is written on, everything a row, a menu or a dialog may be filled with.
fn grounds(theme: &Theme) -> Vec<(&'static str, Color32)> {
    named(theme, &["panel", "bg", "raised", "sunken", "stripe", "hover", "sel", "sel_inactive"])
}

/// Every colour text is written in.
fn inks(theme: &Theme) -> Vec<(&'static str, Color32)> {
    named(theme, &["text", "text2", "text3", "accent", "danger", "warn", "ok", "info"])
}

/// Checks every colour of the first list on every one of the second.
fn apart(theme: &Theme, over: &[(&'static str, Color32)], under: &[(&'static str, Color32)], least: f64) {
    for (over_name, over) in over {
        for (under_name, under) in under {
            let found = contrast(*over, *under);
            assert!(found >= least, "{}: {over_name} on {under_name} has {found:.2}, needs {least}", theme.name);
        }
    }
}

/// The pair of states that lies closest in one part of their look, for every kind of eye.
fn closest(theme: &Theme, part: fn(&Pair) -> Color32) -> f64 {
    let all = theme.statuses.all();
    let mut least = f64::MAX;
    for (_, eye) in &EYES {
        for (at, (_, one)) in all.iter().enumerate() {
            for (_, other) in &all[at + 1..] {
                least = least.min(distance(part(one), part(other), eye));
            }
        }
    }
    least
}

#[test]
fn the_themes_know_no_colour_that_is_neither_text_nor_ground_nor_edge() {
    let rest = ["border", "border_strong", "disabled", "accent_hover", "on_accent", "focus"];
    for theme in themes() {
        let known = grounds(&theme).len() + inks(&theme).len() + rest.len();
        assert_eq!(theme.colors.all().len(), known, "a new colour needs its contrast checked here");
    }
}

#[test]
fn text_is_read_on_every_ground() {
    for theme in themes() {
        apart(&theme, &inks(&theme), &grounds(&theme), TEXT);
    }
}

#[test]
fn the_theme_of_high_contrast_reads_far_better_than_others_have_to() {
    let theme = Theme::shipped("contrast").unwrap();
    apart(&theme, &inks(&theme), &grounds(&theme), 7.0);
    assert_eq!(theme.colors.border_strong, theme.colors.text, "edges are as strong as letters");
    assert!(theme.statuses.all().iter().all(|(_, pair)| pair.tint == theme.colors.panel), "rows are not tinted");
}

#[test]
fn text_on_the_primary_button_is_read_also_under_the_mouse() {
    for theme in themes() {
        apart(&theme, &named(&theme, &["on_accent"]), &named(&theme, &["accent", "accent_hover"]), TEXT);
    }
}

#[test]
fn the_ring_of_the_focus_is_seen_on_every_ground() {
    for theme in themes() {
        apart(&theme, &named(&theme, &["focus"]), &grounds(&theme), EDGE);
    }
}

#[test]
fn an_input_is_seen_by_its_outline_on_every_ground() {
    for theme in themes() {
        apart(&theme, &named(&theme, &["border_strong"]), &grounds(&theme), EDGE);
    }
}

#[test]
fn what_is_off_is_still_seen() {
    for theme in themes() {
        let places = named(&theme, &["panel", "bg", "raised", "sunken"]);
        apart(&theme, &named(&theme, &["disabled"]), &places, EDGE);
    }
}

#[test]
fn every_text_is_read_on_a_row_tinted_softly() {
    for theme in themes() {
        for (name, pair) in theme.statuses.all() {
            apart(&theme, &inks(&theme), &[(name, theme.soft(pair))], TEXT);
        }
    }
}

#[test]
fn running_text_is_read_on_a_full_tint() {
    for theme in themes() {
        let tints = theme.statuses.all().map(|(name, pair)| (name, pair.tint));
        apart(&theme, &named(&theme, &["text"]), &tints, 7.0);
    }
}

#[test]
fn the_bar_of_a_state_is_seen_on_its_strip_whatever_its_row_is_filled_with() {
    // That the strip has the colour of the panel in every row is held where the grid is looked at.
    for theme in themes() {
        let bars = theme.statuses.all().map(|(name, pair)| (name, pair.bar));
        apart(&theme, &bars, &named(&theme, &["panel"]), EDGE);
    }
}

#[test]
fn states_are_told_apart_by_any_eye() {
    for theme in themes() {
        let (bars, tints) = match theme.name.as_str() {
            "light" => (13.7, 7.6),
            "dark" => (16.0, 9.3),
            // Its rows are not tinted: bars, icons and words tell states apart.
            "contrast" => (14.0, 0.0),
            other => panic!("{other} is not known here"),
        };
        let (bar, tint) = (closest(&theme, |pair| pair.bar), closest(&theme, |pair| pair.tint));
        assert!(bar >= bars, "{}: bars are {bar:.2} apart, need {bars}", theme.name);
        assert!(tint >= tints, "{}: tints are {tint:.2} apart, need {tints}", theme.name);
    }
}

#[test]
fn states_are_told_apart_without_colour_by_their_icons() {
    for theme in themes() {
        let icons: Vec<_> = theme.statuses.all().map(|(_, pair)| icon::named(&pair.icon)).into();
        assert!(icons.iter().all(Option::is_some));
        let different: std::collections::BTreeSet<_> = icons.iter().collect();
        assert_eq!(different.len(), icons.len());
    }
}

#[test]
fn the_measures_agree_with_what_their_authors_published() {
    let whole = contrast(Color32::BLACK, Color32::WHITE);
    assert!((whole - 21.0).abs() < 0.01, "{whole}");
    // Pairs 1, 7, 13, 17 and 25 of the test data of Sharma, Wu and Dalal.
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, -0.001, 2.49], [50.0, 0.0011, -2.49], 4.7461),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ];
    for (one, other, published) in pairs {
        let found = ciede2000(one, other);
        assert!((found - published).abs() < 0.0001, "{one:?} {other:?}: {found}");
    }
}
