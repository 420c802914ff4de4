//! Calendar dates, instants, time zones and periods. Nothing here asks what time it is.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::de::Deserializer;
use serde::{Deserialize, Serialize, Serializer};

use super::error::{Error, Result};

/// A calendar date between the years 1900 and 2999, without a time of day: what lies outside is a slip of the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// A moment in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A time zone by its name, such as `Asia/Yerevan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// The days from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Date {
    /// The first day that can be written.
    pub const MIN: Date = Date(match NaiveDate::from_ymd_opt(1900, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    });
    /// The last day that can be written.
    pub const MAX: Date = Date(match NaiveDate::from_ymd_opt(2999, 12, 31) {
        Some(day) => day,
        None => NaiveDate::MAX,
    });

    /// The date of these parts; `Rejected` when the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Date> {
        NaiveDate::from_ymd_opt(year, month, day)
            .ok_or_else(|| Error::rejected("error.date_missing").arg("date", format!("{year:04}-{month:02}-{day:02}")))
            .and_then(Date::in_range)
    }

    /// Reads `YYYY-MM-DD` and nothing else; `Rejected` for another form or a day that does not exist.
    pub fn parse(text: &str) -> Result<Date> {
        let unreadable = || Error::rejected("error.date_unreadable").arg("text", text);
        let form = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
        let (Some(year), Some(month), Some(day), true) = (part(0, 4), part(5, 7), part(8, 10), form) else {
            return Err(unreadable());
        };
        Date::new(i32::try_from(year).map_err(|_| unreadable())?, month, day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u32 {
        self.0.weekday().number_from_monday()
    }

    /// The date so many days later (earlier when negative); `Rejected` outside the years 1900 to 2999.
    pub fn add_days(self, days: i64) -> Result<Date> {
        let count = Days::new(days.unsigned_abs());
        let moved = if days < 0 { self.0.checked_sub_days(count) } else { self.0.checked_add_days(count) };
        moved.ok_or_else(Date::out_of_range).and_then(Date::in_range)
    }

    /// The same day so many months later (earlier when negative), or the month's last day where it is shorter;
    /// `Rejected` outside the years 1900 to 2999.
    pub fn add_months(self, months: i32) -> Result<Date> {
        let count = Months::new(months.unsigned_abs());
        let moved = if months < 0 { self.0.checked_sub_months(count) } else { self.0.checked_add_months(count) };
        moved.ok_or_else(Date::out_of_range).and_then(Date::in_range)
    }

    /// Days from this date to the other; negative when the other is earlier.
    pub fn days_until(self, other: Date) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    fn in_range(day: NaiveDate) -> Result<Date> {
        let date = Date(day);
        if date < Date::MIN || date > Date::MAX { Err(Date::out_of_range()) } else { Ok(date) }
    }

    fn out_of_range() -> Error {
        Error::rejected("error.date_out_of_range")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Date> {
        Date::parse(text)
    }
}

impl Instant {
    /// The moment so many milliseconds after 1970 began in UTC, held inside the years 1 to 9999.
    pub fn from_millis(millis: i64) -> Instant {
        Instant(millis.clamp(-62_135_596_800_000, 253_402_300_799_999))
    }

    /// Milliseconds since 1970 began in UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The moment so many milliseconds later (earlier when negative), held inside the years 1 to 9999.
    pub fn plus_millis(self, millis: i64) -> Instant {
        Instant::from_millis(self.0.saturating_add(millis))
    }

    /// Reads RFC 3339 with its offset; `Rejected` otherwise.
    pub fn parse(text: &str) -> Result<Instant> {
        DateTime::parse_from_rfc3339(text)
            .map(|moment| Instant::from_millis(moment.timestamp_millis()))
            .map_err(|_| Error::rejected("error.instant_unreadable").arg("text", text))
    }

    /// RFC 3339 with the zone's offset at that moment: `2026-11-24T10:30:00.000+04:00`.
    pub fn rfc3339(self, zone: Zone) -> String {
        self.utc().with_timezone(&zone.0).to_rfc3339_opts(SecondsFormat::Millis, false)
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, false))
    }
}

impl FromStr for Instant {
    type Err = Error;

    fn from_str(text: &str) -> Result<Instant> {
        Instant::parse(text)
    }
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::UTC
    }
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(Tz::UTC);

    /// The zone with this name in the time zone database; `Rejected` when there is none.
    pub fn parse(name: &str) -> Result<Zone> {
        name.parse().map(Zone).map_err(|_| Error::rejected("error.zone_unknown").arg("name", name))
    }

    /// The names of every place of the time zone database, such as `Asia/Yerevan`, and `UTC`.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let place = |name: &&str| name.contains('/') && !name.starts_with("Etc/") || *name == "UTC";
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(place)
    }

    /// The name in the time zone database.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The date that a calendar on the wall shows in this zone at that moment.
    pub fn date_of(self, moment: Instant) -> Date {
        Date(moment.utc().with_timezone(&self.0).date_naive()).clamp(Date::MIN, Date::MAX)
    }

    /// Hour and minute on the wall clock in this zone at that moment, as `HH:MM`.
    pub fn time_of(self, moment: Instant) -> String {
        moment.utc().with_timezone(&self.0).format("%H:%M").to_string()
    }

    /// The first moment of a date in this zone, also where clocks jump over midnight or the whole date.
    pub fn start_of(self, date: Date) -> Instant {
        let midnight = date.0.and_time(NaiveTime::MIN);
        let quarters = (0..=200).map(|count| midnight.checked_add_signed(TimeDelta::minutes(count * 15)));
        let first = quarters.flatten().find_map(|local| self.0.from_local_datetime(&local).earliest());
        Instant::from_millis(first.map_or(midnight.and_utc().timestamp_millis(), |moment| moment.timestamp_millis()))
    }

    /// The moment at which the clocks of this zone show so many seconds past midnight on a date: the earlier one
    /// where they show it twice, the next one they show where they jump over it.
    pub fn at(self, date: Date, seconds: u32) -> Instant {
        let local = date.0.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(i64::from(seconds)));
        let quarters = (0..=200).map(|count| local?.checked_add_signed(TimeDelta::minutes(count * 15)));
        let first = quarters.flatten().find_map(|local| self.0.from_local_datetime(&local).earliest());
        first.map_or_else(|| self.start_of(date), |moment| Instant::from_millis(moment.timestamp_millis()))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = Error;

    fn from_str(name: &str) -> Result<Zone> {
        Zone::parse(name)
    }
}

macro_rules! serde_as_text {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(Error::into_serde)
            }
        }
    )*};
}

serde_as_text!(Date, Instant, Zone);

impl Period {
    /// The days between two dates, both included; `Rejected` when they stand in the wrong order.
    pub fn new(from: Date, to: Date) -> Result<Period> {
        if from > to {
            return Err(Error::rejected("error.period_reversed").arg_date("from", from).arg_date("to", to));
        }
        Ok(Period { from, to })
    }

    /// A whole month; `Rejected` when there is no such month.
    pub fn month(year: i32, month: u32) -> Result<Period> {
        Period::months_from(Date::new(year, month, 1)?, 1)
    }

    /// A whole quarter, 1 to 4; `Rejected` when there is no such quarter.
    pub fn quarter(year: i32, quarter: u32) -> Result<Period> {
        let first = quarter.checked_sub(1).and_then(|before| before.checked_mul(3)).and_then(|m| m.checked_add(1));
        Period::months_from(Date::new(year, first.unwrap_or(0), 1)?, 3)
    }

    /// A whole year; `Rejected` outside the years 1900 to 2999.
    pub fn year(year: i32) -> Result<Period> {
        Period::months_from(Date::new(year, 1, 1)?, 12)
    }

    /// The first day.
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day, included.
    pub fn to(self) -> Date {
        self.to
    }

    /// Whether the date is one of the period's days.
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// How many days the period has, at least 1.
    pub fn days(self) -> i64 {
        self.from.days_until(self.to).saturating_add(1)
    }

    fn months_from(from: Date, months: u32) -> Result<Period> {
        let last_month = from.0.checked_add_months(Months::new(months.saturating_sub(1)));
        let to = last_month.and_then(|day| day.with_day(u32::from(day.num_days_in_month())));
        Period::new(from, Date::in_range(to.ok_or_else(Date::out_of_range)?)?)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        #[derive(Deserialize)]
        struct Ends {
            from: Date,
            to: Date,
        }
        let ends = Ends::deserialize(deserializer)?;
        Period::new(ends.from, ends.to).map_err(Error::into_serde)
    }
}
