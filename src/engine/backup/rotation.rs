//! Which backups stay: dense in the near past, thin in the far, never without the last three. Pure: it removes nothing.

use std::collections::BTreeSet;

use crate::base::date::{Date, Instant, Zone};
use crate::engine::backup::{Backup, Reason};

/// The newest copies that always stay.
pub const RECENT: usize = 3;

/// How much of the copies of a company may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all of them.
    pub bytes: u64,
    /// How many.
    pub count: usize,
}

impl Limits {
    /// Where nobody says otherwise: more copies than the rules of age leave.
    pub const USUAL: Limits = Limits { bytes: 20_000_000_000, count: 200 };
}

const HOUR: i64 = 3_600_000;
const DAYS: usize = 14;
const WEEKS: usize = 8;
const MONTHS: usize = 24;
const YEARS: usize = 10;
const MIGRATION_DAYS: i64 = 366;

/// What the rules need to know of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// When it was made.
    pub made_at: Instant,
    /// Why.
    pub reason: Reason,
    /// Whether its last check found it whole.
    pub verified: bool,
    /// Its bytes, attachments not counted: all copies share them.
    pub size: u64,
}

impl Copy {
    /// What the rules need of a backup.
    pub fn of(backup: &Backup) -> Copy {
        let manifest = &backup.manifest;
        Copy { made_at: manifest.made_at, reason: manifest.reason, verified: backup.mark.whole, size: manifest.size }
    }
}

/// Positions of the copies that may go, oldest first. All of the last 24 hours stay, then the newest of each of
/// 14 days, 8 weeks, 24 months and 10 years; those before a migration stay a year. More goes, from the oldest on,
/// while what stays is beyond the limits. The last three and the newest verified one never go.
pub fn to_prune(copies: &[Copy], now: Instant, zone: Zone, limits: Limits) -> Vec<usize> {
    let mut newest_first: Vec<(usize, &Copy)> = copies.iter().enumerate().collect();
    newest_first.sort_by_key(|(_, copy)| std::cmp::Reverse(copy.made_at));
    let protected = protected(&newest_first);
    let mut kept = kept_by_age(&newest_first, now, zone);
    kept.extend(&protected);
    let mut total: u64 = newest_first.iter().filter(|(at, _)| kept.contains(at)).map(|(_, copy)| copy.size).sum();
    for (at, copy) in newest_first.iter().rev() {
        let beyond = total > limits.bytes || kept.len() > limits.count;
        if beyond && kept.contains(at) && !protected.contains(at) {
            kept.remove(at);
            total = total.saturating_sub(copy.size);
        }
    }
    newest_first.iter().rev().map(|(at, _)| *at).filter(|at| !kept.contains(at)).collect()
}

/// The last three, the newest verified one, and whatever is newer than that: nothing better is known to be whole.
fn protected(newest_first: &[(usize, &Copy)]) -> BTreeSet<usize> {
    let verified = newest_first.iter().position(|(_, copy)| copy.verified);
    let safe = verified.map_or(newest_first.len(), |position| position + 1).max(RECENT);
    newest_first.iter().take(safe).map(|(at, _)| *at).collect()
}

fn kept_by_age(newest_first: &[(usize, &Copy)], now: Instant, zone: Zone) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    for (at, copy) in newest_first {
        let age = now.millis().saturating_sub(copy.made_at.millis());
        let migration = copy.reason == Reason::BeforeMigration && age <= MIGRATION_DAYS * 24 * HOUR;
        if age <= 24 * HOUR || migration {
            kept.insert(*at);
        }
    }
    let date = |copy: &Copy| zone.date_of(copy.made_at);
    // The first day of the calendar was a Monday, so weeks are counted in sevens from there.
    let day = |copy: &Copy| Date::MIN.days_until(date(copy));
    kept.extend(newest_of_each(newest_first, DAYS, day));
    kept.extend(newest_of_each(newest_first, WEEKS, |copy| day(copy).div_euclid(7)));
    kept.extend(newest_of_each(newest_first, MONTHS, |copy| {
        i64::from(date(copy).year()) * 12 + i64::from(date(copy).month())
    }));
    kept.extend(newest_of_each(newest_first, YEARS, |copy| i64::from(date(copy).year())));
    kept
}

/// The newest copy of each of the last `count` spans of time that have one.
fn newest_of_each(newest_first: &[(usize, &Copy)], count: usize, span: impl Fn(&Copy) -> i64) -> Vec<usize> {
    let mut seen = Vec::new();
    for (at, copy) in newest_first {
        let this = span(copy);
        if seen.last().is_none_or(|(last, _)| *last != this) {
            seen.push((this, *at));
        }
    }
    seen.into_iter().take(count).map(|(_, at)| at).collect()
}
