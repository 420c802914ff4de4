//! How often a task is to be done, and on which day next. Pure.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::Result;
use crate::code_column;

/// How often something is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// Once.
    #[default]
    Never,
    /// Every day.
    Daily,
    /// From Monday to Friday.
    Weekdays,
    /// Every week, on the same day of it.
    Weekly,
    /// Every month, on the same day of it; on its last one where it has no such day.
    Monthly,
    /// Every year.
    Yearly,
}

impl Repeats {
    const ALL: [Repeats; 6] =
        [Repeats::Never, Repeats::Daily, Repeats::Weekdays, Repeats::Weekly, Repeats::Monthly, Repeats::Yearly];

    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            Repeats::Never => "never",
            Repeats::Daily => "daily",
            Repeats::Weekdays => "weekdays",
            Repeats::Weekly => "weekly",
            Repeats::Monthly => "monthly",
            Repeats::Yearly => "yearly",
        }
    }

    /// The repetition with this text, if there is one.
    pub fn parse(text: &str) -> Option<Repeats> {
        Repeats::ALL.into_iter().find(|repeats| repeats.code() == text)
    }

    /// The first day after `today` on which something is to be done that began on `since`; none where it is done once.
    /// What was missed meanwhile does not pile up.
    pub fn next(self, since: Date, today: Date) -> Result<Option<Date>> {
        let months = |step: i32| {
            let passed = (today.year() - since.year()) * 12 + month(today) - month(since);
            let begun = since.add_months((passed / step).max(0) * step)?;
            if begun > today { Ok(begun) } else { since.add_months((passed / step).max(0) * step + step) }
        };
        let days = |step: i64| since.add_days((since.days_until(today).max(-1).div_euclid(step) + 1) * step);
        Ok(match self {
            Repeats::Never => None,
            Repeats::Daily => Some(days(1)?),
            Repeats::Weekly => Some(days(7)?),
            Repeats::Weekdays => {
                let next = days(1)?;
                Some(next.add_days(match next.weekday() {
                    6 => 2,
                    7 => 1,
                    _ => 0,
                })?)
            }
            Repeats::Monthly => Some(months(1)?),
            Repeats::Yearly => Some(months(12)?),
        })
    }
}

fn month(date: Date) -> i32 {
    i32::try_from(date.month()).unwrap_or(1)
}

code_column!(Repeats);

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn next(repeats: Repeats, since: &str, today: &str) -> String {
        let [since, today] = [since, today].map(|day| Date::parse(day).unwrap());
        repeats.next(since, today).unwrap().map(|day| day.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_repeats_is_next_due_after_today_and_what_was_missed_does_not_pile_up() {
        assert_eq!(next(Repeats::Never, "2026-11-30", "2026-11-30"), "");
        assert_eq!(next(Repeats::Daily, "2026-11-30", "2026-11-30"), "2026-12-01");
        assert_eq!(next(Repeats::Daily, "2026-11-01", "2026-11-30"), "2026-12-01");
        assert_eq!(next(Repeats::Weekdays, "2026-11-27", "2026-11-27"), "2026-11-30", "from Friday to Monday");
        assert_eq!(next(Repeats::Weekly, "2026-11-03", "2026-11-30"), "2026-12-01", "a Tuesday stays one");
        assert_eq!(next(Repeats::Yearly, "2024-02-29", "2026-03-01"), "2027-02-28");
    }

    #[test]
    fn the_last_day_of_a_month_stays_the_last_one_after_a_short_month() {
        assert_eq!(next(Repeats::Monthly, "2026-01-31", "2026-02-10"), "2026-02-28");
        assert_eq!(next(Repeats::Monthly, "2026-01-31", "2026-02-28"), "2026-03-31");
        assert_eq!(next(Repeats::Monthly, "2026-01-31", "2026-12-31"), "2027-01-31");
    }
}
