//! A report as a picture: which columns are drawn and how, and the points of each currency. Knows no screen.

use std::cmp::Reverse;

use crate::base::currency::Currency;
use crate::base::date::{Date, Period};
use crate::base::locale::{Lang, tr};
use crate::base::money::Money;
use crate::reports::cell::Cell;
use crate::reports::column::Kind;
use crate::reports::sheet::Sheet;
use crate::reports::step::{Span, Step};

/// How many bars fit without names running into each other; all others stand together behind them.
const MOST_BARS: usize = 12;

/// How many steps of time are filled in where nothing happened.
const MOST_STEPS: i64 = 1_000;

/// How a report is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    /// With what.
    pub kind: ChartKind,
    /// The column that names the points.
    pub label: &'static str,
    /// The column whose figures are drawn.
    pub value: &'static str,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each row, longest names included.
    Bars,
    /// A line through the steps of time.
    Line,
}

/// The points of one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The currency; none where no amounts are drawn.
    pub currency: Option<Currency>,
    /// Its points, in the order in which they are drawn.
    pub points: Vec<Point>,
}

/// One point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Things counted or minor units.
    pub figure: i64,
    /// The figure as people read it.
    pub spoken: String,
    /// The row it comes from; none for what is brought together or where nothing happened.
    pub row: Option<usize>,
}

impl Sheet {
    /// The points to draw: for each currency its largest figures first, or step after step in time.
    pub fn series(&self, lang: Lang) -> Vec<Series> {
        let (Some(label), Some(value)) = (self.place(self.chart.label), self.place(self.chart.value)) else {
            return Vec::new();
        };
        let money = self.columns.get(value).is_some_and(|column| column.kind == Kind::Money);
        let mut currencies: Vec<Option<Currency>> = Vec::new();
        for currency in self.rows.iter().map(|row| row.currency().filter(|_| money)) {
            if !currencies.contains(&currency) {
                currencies.push(currency);
            }
        }
        let series = currencies.into_iter().map(|currency| {
            let drawn = self.drawn((label, value), currency);
            let pen = Pen { lang, currency };
            let points = match self.period.zip(step_of(&drawn)) {
                Some((days, step)) => pen.steps(days, step, &drawn),
                None => pen.largest(&drawn),
            };
            Series { currency, points }
        });
        series.filter(|series| series.points.iter().any(|point| point.figure != 0)).collect()
    }

    /// The figures of one currency by name, in the order of the rows; things are counted over all currencies.
    fn drawn(&self, (label, value): (usize, usize), currency: Option<Currency>) -> Vec<Drawn<'_>> {
        let mut drawn: Vec<Drawn<'_>> = Vec::new();
        let rows = self.rows.iter().enumerate().filter(|(_, row)| currency.is_none() || row.currency() == currency);
        for (at, row) in rows {
            let (Some(label), Some(figure)) = (row.cells.get(label), row.cells.get(value).and_then(Cell::figure))
            else {
                continue;
            };
            match drawn.last_mut().filter(|(_, before, _)| currency.is_none() && *before == label) {
                Some((place, _, sum)) => (*place, *sum) = (None, sum.saturating_add(figure)),
                None => drawn.push((Some(at), label, figure)),
            }
        }
        drawn
    }
}

/// A row's place if it is a single one, its name and its figure.
type Drawn<'a> = (Option<usize>, &'a Cell, i64);

fn step_of(drawn: &[Drawn<'_>]) -> Option<Step> {
    match drawn.first() {
        Some((_, Cell::Span(span), _)) => Some(span.step),
        _ => None,
    }
}

/// Writes points in a language and a currency.
struct Pen {
    lang: Lang,
    currency: Option<Currency>,
}

impl Pen {
    fn point(&self, label: String, figure: i64, row: Option<usize>) -> Point {
        let cell = self.currency.map_or(Cell::Count(figure), |currency| Cell::Money(Money::new(figure, currency)));
        Point { label, figure, spoken: cell.spoken(self.lang), row }
    }

    /// Every step between the first and the last day, zero where nothing happened; only those with figures where there
    /// are too many steps.
    fn steps(&self, days: Period, step: Step, drawn: &[Drawn<'_>]) -> Vec<Point> {
        let mut points = Vec::new();
        let first = drawn.first().and_then(|(_, label, _)| start(label)).unwrap_or(days.from());
        let last = drawn.last().and_then(|(_, label, _)| start(label)).unwrap_or(days.to());
        let many = step.place(last).saturating_sub(step.place(first)) > MOST_STEPS;
        let mut next = Some(first);
        for (at, label, figure) in drawn {
            while let Some(date) = next.filter(|date| !many && start(label).is_some_and(|start| *date < start)) {
                let Ok(empty) = step.of(date, days) else { break };
                points.push(self.point(empty.spoken(self.lang), 0, None));
                next = after(&empty);
            }
            points.push(self.point(label.spoken(self.lang), *figure, *at));
            next = if let Cell::Span(span) = label { after(span) } else { None };
        }
        points
    }

    /// The largest figures, all others together as the last point.
    fn largest(&self, drawn: &[Drawn<'_>]) -> Vec<Point> {
        let mut drawn: Vec<_> = drawn.iter().filter(|(.., figure)| *figure != 0).collect();
        // States keep the order of an order's life, names stand by their figures.
        let named = drawn.iter().all(|(_, label, _)| matches!(label, Cell::Text(_)));
        if named || drawn.len() > MOST_BARS {
            drawn.sort_by_key(|(at, _, figure)| (Reverse(*figure), *at));
        }
        let (shown, others) =
            drawn.split_at(if drawn.len() > MOST_BARS { MOST_BARS.saturating_sub(1) } else { drawn.len() });
        let mut points: Vec<Point> =
            shown.iter().map(|(at, label, figure)| self.point(label.spoken(self.lang), *figure, *at)).collect();
        if !others.is_empty() {
            let sum = others.iter().fold(0_i64, |sum, (.., figure)| sum.saturating_add(*figure));
            points.push(self.point(tr(self.lang, "report.others", &[]), sum, None));
        }
        points
    }
}

fn start(label: &Cell) -> Option<Date> {
    if let Cell::Span(span) = label { Some(span.days.from()) } else { None }
}

fn after(span: &Span) -> Option<Date> {
    span.days.to().add_days(1).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn days_without_anything_stand_as_zero_between_the_others() {
        let days = Period::new(Date::parse("2026-11-01").unwrap(), Date::parse("2026-11-30").unwrap()).unwrap();
        let label = |day: &str| Cell::Span(Step::Day.of(Date::parse(day).unwrap(), days).unwrap());
        let (first, last) = (label("2026-11-02"), label("2026-11-05"));
        let pen = Pen { lang: Lang::EN, currency: Some(Currency::AMD) };
        let points = pen.steps(days, Step::Day, &[(Some(0), &first, 500), (Some(1), &last, 100)]);
        let told: Vec<_> = points.iter().map(|point| (point.label.as_str(), point.figure, point.row)).collect();
        let expected = [
            ("Nov 2, 2026", 500, Some(0)),
            ("Nov 3, 2026", 0, None),
            ("Nov 4, 2026", 0, None),
            ("Nov 5, 2026", 100, Some(1)),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn many_bars_are_the_largest_and_one_for_all_others() {
        let names: Vec<Cell> = (0..20).map(|number| Cell::text(&format!("c{number}"))).collect();
        let drawn: Vec<Drawn<'_>> =
            names.iter().enumerate().map(|(at, name)| (Some(at), name, i64::try_from(at).unwrap())).collect();
        let points = Pen { lang: Lang::EN, currency: None }.largest(&drawn);
        assert_eq!(points.len(), MOST_BARS);
        assert_eq!((points[0].label.as_str(), points[0].figure), ("c19", 19));
        assert_eq!(points[11].figure, (1..=8).sum::<i64>());
        assert_eq!(points[11].row, None);
    }
}
