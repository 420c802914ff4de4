//! The days a report is asked for: one of the usual spans, or any from and to.

use egui::{Id, Ui};
use serde_json::{Map, Value as Json};

use crate::base::date::{Date, Period};
use crate::reports::parameter::Usual;
use crate::reports::step::Step;
use crate::ui::desk::Desk;
use crate::ui::field::{Choice, DateInput, Field, choice, date_field};
use crate::ui::words::say;

/// The spans that are offered, each with the key of its name; the last one is whatever is typed.
const SPANS: &[(&str, &str)] = &[
    ("today", "report.days.today"),
    ("week", "report.days.week"),
    ("month", "report.days.month"),
    ("last-month", "report.days.last_month"),
    ("quarter", "report.days.quarter"),
    ("year", "report.days.year"),
    ("last-year", "report.days.last_year"),
    (ALL, "report.days.all"),
    (TYPED, "report.days.typed"),
];

const ALL: &str = "all";
const TYPED: &str = "typed";

/// The days as they are typed.
pub(super) struct Days {
    usual: Usual,
    span: String,
    from: DateInput,
    to: DateInput,
}

impl Days {
    pub(super) fn new(usual: Usual, today: Date) -> Days {
        let span = match usual {
            Usual::Month => "month",
            Usual::All => ALL,
        };
        let mut days = Days { usual, span: span.to_owned(), from: DateInput::default(), to: DateInput::default() };
        days.fill(today);
        days
    }

    /// Puts the days of the chosen span into the fields.
    fn fill(&mut self, today: Date) {
        let around = |step: Step| step.around(today).map(|days| (days.from(), today));
        let before = |step: Step| {
            let first = step.around(today)?.from();
            step.around(first.add_days(-1)?).map(|days: Period| (days.from(), days.to()))
        };
        let days = match self.span.as_str() {
            "today" => Ok((today, today)),
            "week" => around(Step::Week),
            "month" => around(Step::Month),
            "last-month" => before(Step::Month),
            "quarter" => around(Step::Quarter),
            "year" => around(Step::Year),
            "last-year" => before(Step::Year),
            ALL => {
                self.from.set(None);
                self.to.set(None);
                return;
            }
            _ => return,
        };
        if let Ok((from, to)) = days {
            self.from.set(Some(from));
            self.to.set(Some(to));
        }
    }

    /// Puts the days into what is asked; whether they can be read.
    pub(super) fn put(&self, wish: &mut Map<String, Json>) -> bool {
        for (name, input) in [("from", &self.from), ("to", &self.to)] {
            wish.extend(input.date().map(|date| (name.to_owned(), date.to_string().into())));
        }
        self.from.is_settled() && self.to.is_settled()
    }

    /// Draws the fields; `error` tells what is wrong with a field.
    pub(super) fn ui(&mut self, ui: &mut Ui, id: Id, desk: &Desk, error: &dyn Fn(&str) -> Option<String>) {
        let name = say(ui, "report.parameter.days");
        let offered = SPANS.iter().filter(|(span, _)| self.usual == Usual::All || *span != ALL);
        let choices: Vec<Choice> = offered.map(|(span, key)| Choice::new(*span, say(ui, key))).collect();
        let field = Field::new(id.with("span"), &name).width(150.0).without_slot();
        if choice(ui, &field, &choices, &mut self.span).changed {
            self.fill(desk.today());
        }
        for (part, key, input) in [("from", "report.days.from", &mut self.from), ("to", "report.days.to", &mut self.to)]
        {
            let (name, wrong) = (say(ui, key), error(part));
            let field = Field::new(id.with(part), &name).hint(&name).error(wrong.as_deref()).without_slot();
            if date_field(ui, &field, input, desk.today()).changed {
                TYPED.clone_into(&mut self.span);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_today_or_before_its_present_one_begins() {
        let today = Date::parse("2026-11-24").unwrap();
        let mut days = Days::new(Usual::Month, today);
        for (span, from, to) in [
            ("today", "2026-11-24", "2026-11-24"),
            ("week", "2026-11-23", "2026-11-24"),
            ("month", "2026-11-01", "2026-11-24"),
            ("last-month", "2026-10-01", "2026-10-31"),
            ("quarter", "2026-10-01", "2026-11-24"),
            ("year", "2026-01-01", "2026-11-24"),
            ("last-year", "2025-01-01", "2025-12-31"),
        ] {
            days.span = span.to_owned();
            days.fill(today);
            let mut wish = Map::new();
            assert!(days.put(&mut wish));
            assert_eq!((wish["from"].as_str(), wish["to"].as_str()), (Some(from), Some(to)), "{span}");
        }
        days.span = ALL.to_owned();
        days.fill(today);
        let mut wish = Map::new();
        assert!(days.put(&mut wish) && wish.is_empty());
    }
}
