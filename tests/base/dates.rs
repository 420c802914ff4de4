//! Dates, instants, zones and periods: leap days, clock changes and edges.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::date::{Date, Instant, Period, Zone};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

#[test]
fn only_a_full_iso_date_is_read() {
    assert_eq!(date("2026-11-24").to_string(), "2026-11-24");
    for bad in [
        "",
        "2026-1-1",
        "24.11.2026",
        "2026/11/24",
        "20261124",
        "+026-11-24",
        "2026-11-24 ",
        "2026-11-24T00:00",
        "２０２６-11-24",
    ] {
        assert_eq!(Date::parse(bad).unwrap_err().key(), "error.date_unreadable", "{bad}");
    }
    for missing in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1900-02-29"] {
        assert_eq!(Date::parse(missing).unwrap_err().key(), "error.date_missing", "{missing}");
    }
    assert_eq!(Date::parse("0000-01-01").unwrap_err().key(), "error.date_out_of_range");
    assert!(Date::parse("2000-02-29").is_ok());
}

#[test]
fn leap_day_moves_to_the_last_day_of_a_shorter_month() {
    let leap = date("2024-02-29");
    assert_eq!(leap.add_months(12).unwrap(), date("2025-02-28"));
    assert_eq!(leap.add_months(48).unwrap(), date("2028-02-29"));
    assert_eq!(date("2024-01-31").add_months(1).unwrap(), leap);
    assert_eq!(date("2024-03-31").add_months(-1).unwrap(), leap);
    assert_eq!(leap.add_days(1).unwrap(), date("2024-03-01"));
    assert_eq!(leap.add_days(-366).unwrap(), date("2023-02-28"));
}

#[test]
fn dates_stop_at_the_edges_instead_of_wrapping() {
    for refused in [
        Date::MAX.add_days(1),
        Date::MIN.add_days(-1),
        Date::MAX.add_days(i64::MAX),
        Date::MIN.add_days(i64::MIN),
        Date::MAX.add_months(1),
        Date::MIN.add_months(i32::MIN),
    ] {
        assert_eq!(refused.unwrap_err().key(), "error.date_out_of_range");
    }
    for slip in ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"] {
        assert_eq!(Date::parse(slip).unwrap_err().key(), "error.date_out_of_range", "{slip}");
    }
    assert_eq!(Date::MIN.to_string(), "1900-01-01");
    assert_eq!(Date::MAX.to_string(), "2999-12-31");
}

#[test]
fn zone_decides_the_date_of_a_moment() {
    let yerevan = zone("Asia/Yerevan");
    assert_eq!(yerevan.date_of(at("2026-11-24T19:59:59.999Z")), date("2026-11-24"));
    assert_eq!(yerevan.date_of(at("2026-11-24T20:00:00Z")), date("2026-11-25"));
    assert_eq!(yerevan.date_of(at("2024-02-28T20:00:00Z")), date("2024-02-29"));
    // Armenia kept summer time until 2012: the date turned at 19:00 UTC in summer.
    assert_eq!(yerevan.date_of(at("2011-07-01T19:00:00Z")), date("2011-07-02"));
    assert_eq!(yerevan.date_of(at("2012-07-01T19:00:00Z")), date("2012-07-01"));
}

#[test]
fn clock_change_does_not_move_a_date() {
    let new_york = zone("America/New_York");
    // The night of 2026-03-08 has 23 hours, that of 2026-11-01 has 25.
    assert_eq!(new_york.date_of(at("2026-03-08T04:59:59Z")), date("2026-03-07"));
    assert_eq!(new_york.date_of(at("2026-03-08T05:00:00Z")), date("2026-03-08"));
    assert_eq!(new_york.date_of(at("2026-03-09T03:59:59Z")), date("2026-03-08"));
    assert_eq!(new_york.date_of(at("2026-11-02T04:59:59Z")), date("2026-11-01"));
    let length = |day: &str| {
        let start = new_york.start_of(date(day)).millis();
        (new_york.start_of(date(day).add_days(1).unwrap()).millis() - start) / 3_600_000
    };
    assert_eq!((length("2026-03-08"), length("2026-11-01"), length("2026-05-05")), (23, 25, 24));
}

#[test]
fn day_starts_after_a_skipped_midnight_and_a_skipped_day() {
    // Beirut jumps from 00:00 to 01:00; Samoa left out 2011-12-30.
    let beirut = zone("Asia/Beirut");
    assert_eq!(beirut.start_of(date("2024-03-31")).rfc3339(beirut), "2024-03-31T01:00:00.000+03:00");
    let apia = zone("Pacific/Apia");
    assert_eq!(apia.start_of(date("2011-12-30")), apia.start_of(date("2011-12-31")));
}

#[test]
fn instants_are_written_with_the_offset_of_the_zone() {
    let moment = at("2026-11-24T06:30:00Z");
    assert_eq!(moment.rfc3339(zone("Asia/Yerevan")), "2026-11-24T10:30:00.000+04:00");
    assert_eq!(moment.rfc3339(Zone::UTC), "2026-11-24T06:30:00.000+00:00");
    assert_eq!(zone("Asia/Yerevan").time_of(moment), "10:30");
    assert_eq!(serde_json::to_string(&moment).unwrap(), "\"2026-11-24T06:30:00.000+00:00\"");
    assert_eq!(serde_json::from_str::<Instant>("\"2026-11-24T10:30:00+04:00\"").unwrap(), moment);
    for bad in ["2026-11-24T10:30:00", "2026-11-24", "now", ""] {
        assert_eq!(Instant::parse(bad).unwrap_err().key(), "error.instant_unreadable", "{bad}");
    }
}

#[test]
fn absurd_clocks_are_held_inside_the_calendar() {
    assert_eq!(Zone::UTC.date_of(Instant::from_millis(i64::MAX)), Date::MAX);
    assert_eq!(Zone::UTC.date_of(Instant::from_millis(i64::MIN)), Date::MIN);
    assert_eq!(zone("Asia/Yerevan").date_of(Instant::from_millis(i64::MAX)), Date::MAX);
    assert_eq!(zone("America/New_York").date_of(Instant::from_millis(i64::MIN)), Date::MIN);
}

#[test]
fn periods_hold_whole_months_quarters_and_years() {
    let ends = |period: Period| (period.from().to_string(), period.to().to_string(), period.days());
    assert_eq!(ends(Period::month(2024, 2).unwrap()), ("2024-02-01".into(), "2024-02-29".into(), 29));
    assert_eq!(ends(Period::quarter(2026, 4).unwrap()), ("2026-10-01".into(), "2026-12-31".into(), 92));
    assert_eq!(ends(Period::year(2026).unwrap()), ("2026-01-01".into(), "2026-12-31".into(), 365));
    assert_eq!(ends(Period::year(2999).unwrap()), ("2999-01-01".into(), "2999-12-31".into(), 365));
    for refused in [Period::month(2026, 13), Period::quarter(2026, 0), Period::quarter(2026, 5), Period::year(0)] {
        assert_eq!(refused.unwrap_err().kind(), "rejected");
    }
    let november = Period::month(2026, 11).unwrap();
    assert!(november.contains(date("2026-11-30")) && !november.contains(date("2026-12-01")));
}

#[test]
fn reversed_period_is_refused_also_from_json() {
    let error = Period::new(date("2026-11-24"), date("2026-11-23")).unwrap_err();
    assert_eq!(error.key(), "error.period_reversed");
    assert!(serde_json::from_str::<Period>(r#"{"from":"2026-11-24","to":"2026-11-23"}"#).is_err());
    assert!(serde_json::from_str::<Period>(r#"{"from":"2026-11-24","to":"2026-11-24"}"#).is_ok());
}

const ZONES: [&str; 8] = [
    "Asia/Yerevan",
    "America/New_York",
    "Europe/Moscow",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "UTC",
];

proptest! {
    #[test]
    fn start_of_a_day_belongs_to_it_and_the_moment_before_does_not(millis in 0i64..4_102_444_800_000, at in 0..ZONES.len()) {
        let zone = zone(ZONES[at]);
        let moment = Instant::from_millis(millis);
        let day = zone.date_of(moment);
        let start = zone.start_of(day);
        prop_assert!(start <= moment);
        prop_assert_eq!(zone.date_of(start), day);
        prop_assert!(zone.date_of(start.plus_millis(-1)) < day);
    }

    #[test]
    fn date_survives_writing_and_moving_back(days in -700_000i64..2_900_000, step in -36_000i64..36_000) {
        let start = date("1970-01-01");
        if let Ok(day) = start.add_days(days) {
            prop_assert_eq!(Date::parse(&day.to_string()).unwrap(), day);
            prop_assert_eq!(start.days_until(day), days);
            if let Ok(moved) = day.add_days(step) {
                prop_assert_eq!(moved.add_days(-step).unwrap(), day);
                prop_assert_eq!(day.days_until(moved), step);
            }
        }
    }

    #[test]
    fn instant_survives_every_zone(millis in -62_135_596_800_000i64..253_402_300_799_999, at in 0..ZONES.len()) {
        let moment = Instant::from_millis(millis);
        prop_assert_eq!(Instant::parse(&moment.to_string()).unwrap(), moment);
        let text = moment.rfc3339(zone(ZONES[at]));
        // RFC 3339 has minutes of offset only; zones before their railway time had seconds.
        if millis > -1_000_000_000_000 && millis < 253_402_200_000_000 {
            prop_assert_eq!(Instant::parse(&text).unwrap(), moment);
        }
    }
}
