//! When an order must be ready: a date, or a date with a time, by the company's own clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::engine::value::{Column, Value, damaged};

/// The date after which everything is later than never.
const NEVER: &str = "9999-12-31";

/// A due date with an optional time, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; or none, which sorts last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due(String);

impl Due {
    /// No due date.
    pub fn none() -> Due {
        Due(NEVER.to_owned())
    }

    /// What sorts behind everything due up to a day; without one, behind those that are never due, too.
    pub(crate) fn after(last: Option<Date>) -> Value {
        Value::Text(format!("{}T99", last.map_or_else(|| NEVER.to_owned(), |day| day.to_string())))
    }

    /// A whole day.
    pub fn on(date: Date) -> Due {
        Due(date.to_string())
    }

    /// The day; none without a due date.
    pub fn date(&self) -> Option<Date> {
        if self.0 == NEVER { None } else { self.0.get(..10).and_then(|day| Date::parse(day).ok()) }
    }

    /// The same time on another day.
    pub fn moved_to(&self, date: Date) -> Due {
        Due(format!("{date}{}", self.0.get(10..).unwrap_or_default()))
    }

    /// Whether the moment `now`, as `YYYY-MM-DDTHH:MM` on the company's clock, is past it.
    pub fn is_past(&self, now: &str) -> bool {
        if self.0.len() > 10 { self.0.as_str() < now } else { self.0.as_str() < now.get(..10).unwrap_or(now) }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == NEVER { Ok(()) } else { f.write_str(&self.0) }
    }
}

impl FromStr for Due {
    type Err = Error;

    fn from_str(text: &str) -> Result<Due> {
        if text.is_empty() {
            return Ok(Due::none());
        }
        let unreadable = || Error::rejected("error.date_unreadable").arg("text", text);
        let (day, time) = (text.get(..10).ok_or_else(unreadable)?, text.get(10..).unwrap_or_default());
        Date::parse(day)?;
        match time.as_bytes() {
            [] => {}
            [b'T', h1 @ b'0'..=b'2', h2 @ b'0'..=b'9', b':', b'0'..=b'5', b'0'..=b'9']
                if (*h1, *h2) <= (b'2', b'3') => {}
            _ => return Err(unreadable()),
        }
        Ok(Due(text.to_owned()))
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Due, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(Error::into_serde)
    }
}

impl Column for Due {
    fn to_value(&self) -> Value {
        Value::Text(self.0.clone())
    }
    fn from_value(value: Value) -> Result<Due> {
        let text = String::from_value(value)?;
        if text == NEVER {
            return Ok(Due::none());
        }
        text.parse().map_err(|_| damaged(format!("not a due date: {text}")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_day_is_past_only_when_it_is_over_and_a_time_when_it_has_struck() {
        let day: Due = "2026-11-24".parse().unwrap();
        let hour: Due = "2026-11-24T15:30".parse().unwrap();
        assert!(!day.is_past("2026-11-24T23:59"));
        assert!(day.is_past("2026-11-25T00:00"));
        assert!(!hour.is_past("2026-11-24T15:30"));
        assert!(hour.is_past("2026-11-24T15:31"));
        assert!(!Due::none().is_past("2026-11-24T15:31"));
    }

    #[test]
    fn only_a_real_day_and_a_real_time_are_read() {
        for text in [NEVER, "2026-02-29", "2026-11-24T24:00", "2026-11-24 10:00", "24.11.2026", "2026-11-24T1:00"] {
            assert!(text.parse::<Due>().is_err(), "{text}");
        }
        assert_eq!("".parse::<Due>().unwrap(), Due::none());
    }
}
