//! Steps of time by which a report goes: days, weeks, months, quarters, years.

use crate::base::date::{Date, Period};
use crate::base::error::Result;
use crate::base::locale::{self, Lang, tr};

/// How long one step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

/// The days of one step, as many of them as the report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which kind of step.
    pub step: Step,
    /// Its days.
    pub days: Period,
}

impl Step {
    /// The whole step into which a day falls.
    pub fn around(self, date: Date) -> Result<Period> {
        match self {
            Step::Day => Period::new(date, date),
            Step::Week => {
                let monday = date.add_days(1_i64.saturating_sub(i64::from(date.weekday()))).unwrap_or(Date::MIN);
                let sunday = date.add_days(7_i64.saturating_sub(i64::from(date.weekday()))).unwrap_or(Date::MAX);
                Period::new(monday, sunday)
            }
            Step::Month => Period::month(date.year(), date.month()),
            Step::Quarter => Period::quarter(date.year(), quarter(date)),
            Step::Year => Period::year(date.year()),
        }
    }

    /// The step into which a day falls, as much of it as lies within some days.
    pub fn of(self, date: Date, within: Period) -> Result<Span> {
        let whole = self.around(date)?;
        let days = Period::new(whole.from().max(within.from()), whole.to().min(within.to()))?;
        Ok(Span { step: self, days })
    }

    /// A number that grows by one from step to step.
    pub fn place(self, date: Date) -> i64 {
        let months =
            i64::from(date.year()).saturating_mul(12).saturating_add(i64::from(date.month())).saturating_sub(1);
        match self {
            Step::Day => Date::MIN.days_until(date),
            // The first day that can be written is a Monday.
            Step::Week => Date::MIN.days_until(date).div_euclid(7),
            Step::Month => months,
            Step::Quarter => months.div_euclid(3),
            Step::Year => i64::from(date.year()),
        }
    }
}

impl Span {
    /// As programs read it: `2026-11-24`, `2026-W48`, `2026-11`, `2026-Q4`, `2026`.
    pub fn plain(&self) -> String {
        let from = self.days.from();
        match self.step {
            Step::Day => from.to_string(),
            Step::Week => {
                let (year, week) = week(from);
                format!("{year:04}-W{week:02}")
            }
            Step::Month => format!("{:04}-{:02}", from.year(), from.month()),
            Step::Quarter => format!("{:04}-Q{}", from.year(), quarter(from)),
            Step::Year => format!("{:04}", from.year()),
        }
    }

    /// As people who read the language write it.
    pub fn spoken(&self, lang: Lang) -> String {
        let (from, year) = (self.days.from(), self.days.from().year().to_string());
        match self.step {
            Step::Day => locale::date(lang, from),
            Step::Week => {
                let (year, week) = week(from);
                tr(lang, "report.span.week", &[("week", &week.to_string()), ("year", &year.to_string())])
            }
            Step::Month => locale::month(lang, from),
            Step::Quarter => {
                tr(lang, "report.span.quarter", &[("quarter", &quarter(from).to_string()), ("year", &year)])
            }
            Step::Year => year,
        }
    }
}

fn quarter(date: Date) -> u32 {
    date.month().saturating_add(2).div_euclid(3)
}

/// Year and number of a week by ISO 8601: it belongs to the year in which its Thursday lies.
fn week(date: Date) -> (i32, i64) {
    let thursday = date.add_days(4_i64.saturating_sub(i64::from(date.weekday()))).unwrap_or(date);
    let first = Date::new(thursday.year(), 1, 1).unwrap_or(thursday);
    (thursday.year(), first.days_until(thursday).div_euclid(7).saturating_add(1))
}

/// From the first day of the month of `today` to `today`, where nothing else is typed. Rejected at `to` when it ends
/// before it begins.
pub(crate) fn days_of_month(from: Option<Date>, to: Option<Date>, today: Date) -> Result<Period> {
    let to = to.unwrap_or_else(|| from.map_or(today, |from| from.max(today)));
    let from = match from {
        Some(from) => from,
        None => Date::new(to.year(), to.month(), 1)?,
    };
    Period::new(from, to).map_err(|error| error.at("to"))
}

/// The days typed, all days where an end is open; none where nothing is typed. Rejected at `to` when it ends before it
/// begins.
pub(crate) fn days_typed(from: Option<Date>, to: Option<Date>) -> Result<Option<Period>> {
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    Period::new(from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX)).map(Some).map_err(|error| error.at("to"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_step_is_named_as_programs_sort_it() {
        let within = Period::new(Date::MIN, Date::MAX).unwrap();
        let plain = |step: Step, date| step.of(day(date), within).unwrap().plain();
        assert_eq!(plain(Step::Day, "2026-11-24"), "2026-11-24");
        assert_eq!(plain(Step::Week, "2026-11-24"), "2026-W48");
        assert_eq!(plain(Step::Week, "2027-01-03"), "2026-W53");
        assert_eq!(plain(Step::Week, "2024-12-30"), "2025-W01");
        assert_eq!(plain(Step::Month, "2026-11-24"), "2026-11");
        assert_eq!(plain(Step::Quarter, "2026-11-24"), "2026-Q4");
        assert_eq!(plain(Step::Quarter, "2026-03-31"), "2026-Q1");
        assert_eq!(plain(Step::Year, "2026-11-24"), "2026");
    }

    #[test]
    fn a_week_keeps_its_name_when_the_report_begins_in_the_middle_of_it() {
        let within = Period::new(day("2027-01-01"), day("2027-12-31")).unwrap();
        let week = Step::Week.of(day("2027-01-02"), within).unwrap();
        assert_eq!(week.plain(), "2026-W53");
        assert_eq!((week.days.from(), week.days.to()), (day("2027-01-01"), day("2027-01-03")));
    }

    #[test]
    fn places_of_neighbouring_steps_differ_by_one() {
        for step in [Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year] {
            let mut date = day("2023-12-25");
            while date < day("2026-03-01") {
                let next = step.around(date).unwrap().to().add_days(1).unwrap();
                assert_eq!(step.place(next), step.place(date) + 1, "{step:?} {date}");
                assert_eq!(step.place(step.around(date).unwrap().to()), step.place(date), "{step:?} {date}");
                date = next;
            }
        }
    }
}
