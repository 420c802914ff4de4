//! Colour rules: what is compared how, and which rule decides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::color_rule::{Color, ColorRule, ColorRules, Comparison, Painted, Paints, Seen};
use patver::base::date::Date;
use serde_json::{Value as Json, json};

fn rule(field: &str, is: Comparison, value: &str) -> ColorRule {
    ColorRule { field: field.to_owned(), is, value: value.to_owned(), ..ColorRule::default() }
}

fn holds(rule: &ColorRule, told: &Json) -> bool {
    let today = Date::parse("2026-03-02").unwrap();
    let shown = |field: &str| if field == "status" { Some("Պատրաստ") } else { None };
    let seen = Seen { told, shown: &shown, changed: false };
    ColorRules::of(std::slice::from_ref(rule), today).paint(&seen).row.is_some()
}

#[test]
fn numbers_are_compared_as_numbers_however_they_are_written() {
    let row = json!({"total": "100000.50", "count": 7});
    for (is, value, wanted) in [
        (Comparison::More, "100000", true),
        (Comparison::More, "100 000,5", false),
        (Comparison::Less, "99 999.99", false),
        (Comparison::Less, "100001", true),
        (Comparison::Is, "100000,50", true),
        (Comparison::IsNot, "100000.5", false),
        (Comparison::More, "9", true),
    ] {
        assert_eq!(holds(&rule("total", is, value), &row), wanted, "{is:?} {value}");
    }
    assert!(holds(&rule("count", Comparison::Is, "7"), &row));
    assert!(!holds(&rule("gone", Comparison::More, "0"), &row) && !holds(&rule("gone", Comparison::Less, "0"), &row));
}

#[test]
fn days_are_counted_from_today_and_what_has_no_day_is_never_due() {
    let due = |due: &str, is, value: &str| holds(&rule("due", is, value), &json!({"due": due}));
    assert!(due("2026-03-03T18:00", Comparison::DueWithin, "2"));
    assert!(!due("2026-03-04", Comparison::DueWithin, "2"), "in two days is not in less than two");
    assert!(due("2026-02-01", Comparison::DueWithin, "2"), "what is past is due");
    assert!(!due("", Comparison::DueWithin, "2") && !due("soon", Comparison::DueWithin, "2"));
    assert!(due("2026-02-20", Comparison::PastBy, "9") && !due("2026-02-21", Comparison::PastBy, "9"));
    assert!(due("2026-03-02", Comparison::More, "2026-03-01") && !due("2026-03-02", Comparison::Less, "2026-03-02"));
}

#[test]
fn texts_are_compared_without_case_by_what_is_kept_and_by_what_is_shown() {
    let row = json!({"status": "ready", "customer": "Արագած ՍՊԸ", "note": null});
    assert!(holds(&rule("customer", Comparison::Is, "արագած սպը"), &row));
    assert!(holds(&rule("customer", Comparison::Contains, "արագ"), &row));
    assert!(!holds(&rule("customer", Comparison::IsNot, "Արագած ՍՊԸ"), &row));
    assert!(
        holds(&rule("status", Comparison::Is, "ready"), &row)
            && holds(&rule("status", Comparison::Is, "պատրաստ"), &row)
    );
    assert!(holds(&rule("note", Comparison::Empty, ""), &row) && !holds(&rule("note", Comparison::Filled, ""), &row));
    assert!(holds(&rule("status", Comparison::Filled, ""), &row));
}

#[test]
fn the_first_rule_that_holds_decides_for_the_row_and_for_each_cell() {
    let color = |rule: ColorRule, paints, color| ColorRule { paints, color, ..rule };
    let more = |field: &str, value: &str| rule(field, Comparison::More, value);
    let rules = [
        color(more("debt", "100"), Paints::Row, Color::Red),
        color(more("total", "10"), Paints::Row, Color::Green),
        color(more("total", "500"), Paints::Cell, Color::Red),
        color(more("total", "100"), Paints::Cell, Color::Blue),
        color(rule("debt", Comparison::Changed, ""), Paints::Cell, Color::Violet),
        color(more("debt", "0"), Paints::Cell, Color::Teal),
    ];
    let rules = ColorRules::of(&rules, Date::MIN);
    let paint = |total: &str, debt: &str, changed| {
        let told = json!({"total": total, "debt": debt});
        rules.paint(&Seen { told: &told, shown: &|_| None, changed })
    };
    let cells =
        |cells: &[(&str, Color)]| cells.iter().map(|(field, color)| ((*field).to_owned(), *color)).collect::<Vec<_>>();
    let painted = |row, cells| Painted { row, cells };
    assert_eq!(
        paint("200", "150", false),
        painted(Some(Color::Red), cells(&[("total", Color::Blue), ("debt", Color::Teal)]))
    );
    assert_eq!(
        paint("600", "0", true),
        painted(Some(Color::Green), cells(&[("total", Color::Red), ("debt", Color::Violet)]))
    );
    assert_eq!(paint("5", "0", false), Painted::default());
}

#[test]
fn a_rule_whose_value_does_not_fit_colours_nothing() {
    for (is, value) in [
        (Comparison::More, "much"),
        (Comparison::DueWithin, "soon"),
        (Comparison::DueWithin, "-1"),
        (Comparison::Is, " "),
        (Comparison::Contains, ""),
    ] {
        let rule = rule("total", is, value);
        assert!(!rule.is_whole() && !holds(&rule, &json!({"total": "5"})), "{is:?} {value}");
    }
    assert!(rule("", Comparison::Changed, "").is_whole());
}

#[test]
fn a_rule_reaches_into_the_fields_of_the_companys_own() {
    let row = json!({"name": "Ani", "fields": {"rating": "-2.5", "loyal": true}});
    assert!(holds(&rule("fields.rating", Comparison::Less, "0"), &row));
    assert!(holds(&rule("fields.loyal", Comparison::Filled, ""), &row));
    assert!(holds(&rule("fields.nick", Comparison::Empty, ""), &row));
}
