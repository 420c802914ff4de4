//! The themes as their files say them: every text is read on its ground, every state is told from the others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

mod color;

use egui::Color32;
use patver::base::locale::Lang;
use patver::ui::icon;
use patver::ui::legible::{self, GROUNDS, INKS, contrast};
use patver::ui::tokens::{Pair, SHIPPED, Theme};

use serde_json::{Value as Json, json};

use crate::color::{EYES, ciede2000, distance};

fn themes() -> Vec<Theme> {
    SHIPPED.iter().map(|(_, text)| Theme::parse(text).unwrap()).collect()
}

/// The colours of these names.
fn named(theme: &Theme, names: &[&'static str]) -> Vec<(&'static str, Color32)> {
    let all = theme.colors.all();
    let one = |name: &&'static str| *all.iter().find(|(known, _)| known == name).unwrap();
    names.iter().map(one).collect()
}

fn grounds(theme: &Theme) -> Vec<(&'static str, Color32)> {
    named(theme, GROUNDS)
}

fn inks(theme: &Theme) -> Vec<(&'static str, Color32)> {
    named(theme, INKS)
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
fn every_theme_of_the_program_is_read() {
    for theme in themes() {
        legible::check(&theme).unwrap();
    }
}

/// The light theme under another name, with one colour changed.
fn own(change: impl FnOnce(&mut Json)) -> Result<Theme, String> {
    let mut file: Json = serde_json::from_str(SHIPPED[0].1).unwrap();
    file["name"] = json!("mine");
    change(&mut file);
    Theme::own(&file.to_string()).map_err(|error| error.message(Lang::EN))
}

#[test]
fn a_theme_that_a_person_wrote_is_taken_where_it_is_read() {
    assert_eq!(own(|file| file["colors"]["accent"] = json!("#0B4F9E")).unwrap().name, "mine");
}

#[test]
fn a_theme_that_is_hard_to_read_is_refused_with_the_pair_that_is_too_close() {
    let told = |place: &'static str, color: &'static str| {
        let refused = own(|file| *file.pointer_mut(place).unwrap() = json!(color)).unwrap_err();
        refused.split(" has a contrast").next().unwrap().replace("In the theme “mine” ", "")
    };
    assert_eq!(told("/colors/text", "#C0C0C0"), "text on panel");
    assert_eq!(told("/colors/hover", "#777777"), "text on hover");
    assert_eq!(told("/colors/on_accent", "#2266CC"), "on_accent on accent");
    assert_eq!(told("/colors/focus", "#DDE6F5"), "focus on panel");
    assert_eq!(told("/colors/border_strong", "#E8E8E8"), "border_strong on panel");
    assert_eq!(told("/colors/disabled", "#EEEEEE"), "disabled on panel");
    assert_eq!(told("/statuses/ready/tint", "#101010"), "text2 on statuses.ready.tint");
    assert_eq!(told("/statuses/new/bar", "#FAFAFA"), "statuses.new.bar on panel");
}

#[test]
fn a_theme_is_called_by_a_name_of_its_own_and_its_icons_are_known() {
    assert_eq!(own(|file| file["name"] = json!("dark")).unwrap_err(), "There is already a theme called “dark”");
    let refused = own(|file| file["statuses"]["done"]["icon"] = json!("smile")).unwrap_err();
    assert_eq!(refused, "“smile” in the theme “mine” is no icon of the program");
    assert!(own(|file| file["colors"]["text"] = json!("black")).unwrap_err().contains("colors.text"));
}

#[test]
fn the_theme_of_high_contrast_reads_far_better_than_others_have_to() {
    let theme = Theme::shipped("contrast").unwrap();
    apart(&theme, &inks(&theme), &grounds(&theme), 7.0);
    assert_eq!(theme.colors.border_strong, theme.colors.text, "edges are as strong as letters");
    assert!(theme.statuses.all().iter().all(|(_, pair)| pair.tint == theme.colors.panel), "rows are not tinted");
}

#[test]
fn states_are_told_apart_by_any_eye() {
    for theme in themes() {
        let (bars, tints) = match theme.name.as_str() {
            "light" => (13.8, 7.7),
            "dark" => (16.1, 9.4),
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
