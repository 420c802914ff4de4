//! What colour rules cost when a page comes: as many rules as a list may have, each looking at every row of ten pages.

use serde_json::{Value as Json, json};

use crate::base::chance::Chance;
use crate::base::color_rule::{Color, ColorRule, ColorRules, Comparison, MOST_RULES, Paints, Seen};
use crate::base::date::Date;
use crate::base::error::Result;
use crate::bench::{Figure, Times};

/// A name in Armenian letters.
const NAME: &str = "\u{531}\u{580}\u{561}\u{563}\u{561}\u{56e}";

/// So many rows, each with a cell for every rule to look at.
const ROWS: i64 = 1_000;

/// Two milliseconds.
const PROMISED: (&str, u128) = ("p95", 2_000);

/// How often it is measured.
const TIMES: usize = 200;

/// Measures the rules on made-up orders.
pub(super) fn measure() -> Result<Figure> {
    let today = Date::new(2026, 3, 2)?;
    let mut chance = Chance::of(11);
    let rows: Vec<Json> = (0..ROWS).map(|at| row(at, &mut chance)).collect();
    let rules: Vec<ColorRule> = (0..MOST_RULES).map(rule).collect();
    let mut taken = Times::default();
    let mut held = 0_usize;
    for _ in 0..TIMES {
        held = taken.measure(|| {
            let rules = ColorRules::of(&rules, today);
            let painted = rows.iter().map(|told| rules.paint(&Seen { told, shown: &|_| None, changed: false }));
            Ok(painted.filter(|painted| painted.row.is_some() || !painted.cells.is_empty()).count())
        })?;
    }
    let (of, micros) = PROMISED;
    let figure = taken.figure(format!("{MOST_RULES} colour rules on {ROWS} cells, {held} rows painted"), None);
    Ok(figure.within(of, micros))
}

fn row(at: i64, chance: &mut Chance) -> Json {
    let amount = |chance: &mut Chance| format!("{}.{:02}", chance.below(2_000_000), chance.below(100));
    json!({
        "id": at,
        "number": format!("{at:06}"),
        "total": amount(chance),
        "debt": amount(chance),
        "due": format!("2026-{:02}-{:02}", chance.between(1, 12), chance.between(1, 28)),
        "counterparty_name": format!("{NAME} {}", chance.below(300)),
        "status": if chance.percent(50) { "ready" } else { "in-work" },
    })
}

/// Every kind of comparison, most of them holding for few rows.
fn rule(at: usize) -> ColorRule {
    let (field, is, value) = match at % 5 {
        0 => ("total", Comparison::More, format!("{}", 1_999_000_usize.saturating_sub(at))),
        1 => ("debt", Comparison::Less, format!("{at}.5")),
        2 => ("due", Comparison::DueWithin, "2".to_owned()),
        3 => ("counterparty_name", Comparison::Is, format!("{NAME} {at}")),
        _ => ("status", Comparison::Contains, format!("closed {at}")),
    };
    let paints = if at.is_multiple_of(2) { Paints::Row } else { Paints::Cell };
    ColorRule { field: field.to_owned(), is, value, paints, color: Color::Red }
}
