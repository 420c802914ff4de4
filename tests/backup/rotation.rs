//! Which backups are kept: the rules by themselves, on made-up years of copies.

use patver::base::date::{Instant, Zone};
use patver::engine::backup::{Copy, Limits, RECENT, Reason, to_prune};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;
/// 2026-11-24 12:00 in UTC, a Tuesday.
const NOON: i64 = 1_795_521_600_000;

fn copy(hours_ago: i64) -> Copy {
    let made_at = Instant::from_millis(NOON - hours_ago * HOUR);
    Copy { made_at, reason: Reason::Schedule, verified: true, size: 1 }
}

fn bytes(bytes: u64) -> Limits {
    Limits { bytes, count: usize::MAX }
}

/// Hours ago of the copies that stay.
fn kept(copies: &[Copy], cap: u64) -> Vec<i64> {
    kept_within(copies, bytes(cap))
}

fn kept_within(copies: &[Copy], limits: Limits) -> Vec<i64> {
    let gone = to_prune(copies, Instant::from_millis(NOON), Zone::UTC, limits);
    let stay = copies.iter().enumerate().filter(|(at, _)| !gone.contains(at));
    stay.map(|(_, copy)| (NOON - copy.made_at.millis()) / HOUR).collect()
}

#[test]
fn an_hourly_year_keeps_a_day_of_hours_then_days_weeks_and_months() {
    let copies: Vec<_> = (0..24 * 365).map(copy).collect();
    let kept = kept(&copies, u64::MAX);
    let between = |from: i64, to: i64| kept.iter().filter(|hours| (from..to).contains(hours)).count();
    assert_eq!(between(0, 25), 25, "all of the last 24 hours");
    assert_eq!(between(25, 14 * 24), 12, "then one of each of 14 days");
    assert!(kept.len() < 65, "{}", kept.len());
    assert!(kept.iter().any(|hours| *hours > 300 * 24), "and something of the months long ago");
}

#[test]
fn the_copies_of_ten_years_are_there_for_the_tax_office() {
    let copies: Vec<_> = (0..12 * 365).map(|days| copy(days * 24)).collect();
    let kept = kept(&copies, u64::MAX);
    let years = kept.iter().filter(|hours| **hours > 2 * 365 * 24).count();
    assert!((7..=9).contains(&years), "{years}");
    assert!(kept.iter().all(|hours| *hours < 10 * 366 * 24));
}

#[test]
fn a_copy_from_before_a_migration_stays_a_year() {
    let mut copies: Vec<_> = (0..400).map(|days| copy(days * 24)).collect();
    for at in [200, 380] {
        copies[at].reason = Reason::BeforeMigration;
        copies[at].made_at = copies[at].made_at.plus_millis(-HOUR);
    }
    let kept = kept(&copies, u64::MAX);
    assert!(kept.contains(&(200 * 24 + 1)) && !kept.contains(&(380 * 24 + 1)));
}

#[test]
fn the_cap_takes_the_oldest_first_but_never_the_last_three() {
    let copies: Vec<_> = (0..20).map(copy).collect();
    assert_eq!(kept(&copies, 5), [0, 1, 2, 3, 4]);
    assert_eq!(kept(&copies, 0), [0, 1, 2]);
}

#[test]
fn a_number_of_copies_takes_the_oldest_first_but_never_the_last_three() {
    let copies: Vec<_> = (0..20).map(copy).collect();
    let at_most = |count| kept_within(&copies, Limits { bytes: u64::MAX, count });
    assert_eq!(at_most(5), [0, 1, 2, 3, 4]);
    assert_eq!(at_most(1), [0, 1, 2]);
}

#[test]
fn nothing_goes_before_a_newer_copy_was_found_whole() {
    let mut copies: Vec<_> = (0..40).map(|days| copy(days * 24)).collect();
    copies.iter_mut().take(30).for_each(|copy| copy.verified = false);
    let kept = kept(&copies, 0);
    assert_eq!(kept, (0..=30).map(|days| days * 24).collect::<Vec<_>>());
}

#[test]
fn a_copy_from_the_future_of_a_wrong_clock_is_kept() {
    let copies = [copy(-48), copy(0), copy(1), copy(2)];
    assert_eq!(kept(&copies, u64::MAX), [-48, 0, 1, 2]);
}

proptest! {
    #[test]
    fn whatever_the_copies_the_last_three_and_the_newest_whole_one_stay_and_twice_is_as_once(
        made in prop::collection::vec((0_i64..12 * 365 * 24, any::<bool>(), 0_u64..100), 0..120),
        cap in 0_u64..5_000,
    ) {
        let copies: Vec<_> =
            made.iter().map(|(hours, verified, size)| Copy { verified: *verified, size: *size, ..copy(*hours) }).collect();
        let now = Instant::from_millis(NOON);
        let gone = to_prune(&copies, now, Zone::UTC, bytes(cap));
        let rest: Vec<_> = (0..copies.len()).filter(|at| !gone.contains(at)).map(|at| copies[at]).collect();
        prop_assert!(rest.len() >= copies.len().min(RECENT));
        let newest = |all: &[Copy]| all.iter().filter(|copy| copy.verified).map(|copy| copy.made_at).max();
        prop_assert_eq!(newest(&copies), newest(&rest));
        prop_assert!(to_prune(&rest, now, Zone::UTC, bytes(cap)).is_empty());
        let total: u64 = rest.iter().map(|copy| copy.size).sum();
        prop_assert!(total <= cap || to_prune(&rest, now, Zone::UTC, bytes(0)).iter().all(|at| rest[*at].size == 0));
    }

    #[test]
    fn the_last_day_stays_whole_without_a_cap(hours in prop::collection::vec(0_i64..1000, 0..80)) {
        let copies: Vec<_> = hours.iter().map(|hours| copy(*hours)).collect();
        let kept = kept(&copies, u64::MAX);
        prop_assert_eq!(kept.iter().filter(|h| **h <= 24).count(), hours.iter().filter(|h| **h <= 24).count());
    }
}
