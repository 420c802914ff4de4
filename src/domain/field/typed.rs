//! A value of a field: as it is typed, as it is kept, and the key it is sorted and found by.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _, Unexpected};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::money::Money;
use crate::base::quantity::Quantity;
use crate::base::text;
use crate::domain::company;
use crate::domain::directory::LONGEST_NAME;
use crate::domain::field::{Holds, OwnField};
use crate::engine::db::Db;

/// What an argument says of the fields of a record, by their codes; an empty text takes a value away.
pub type Said = BTreeMap<String, Typed>;

/// A value as it comes: text, a whole number, or yes and no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub String);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Typed, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Null => Ok(Typed::default()),
            Json::String(text) => Ok(Typed(text)),
            Json::Bool(flag) => Ok(Typed(flag.to_string())),
            Json::Number(number) if number.is_i64() => Ok(Typed(number.to_string())),
            Json::Number(number) => {
                Err(D::Error::invalid_type(Unexpected::Float(number.as_f64().unwrap_or(0.0)), &"a text"))
            }
            Json::Array(_) => Err(D::Error::invalid_type(Unexpected::Seq, &"a text")),
            Json::Object(_) => Err(D::Error::invalid_type(Unexpected::Map, &"a text")),
        }
    }
}

impl Serialize for Typed {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A value as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Exactly, as answers tell it.
    pub value: String,
    /// In the order of the values of its field.
    pub key: String,
}

/// The least key that stands behind every key.
pub(super) const LAST: &str = "\u{10FFFF}";

/// A value as its field keeps it; none for an empty text, and for "no". Rejected at the field where it does not fit.
pub(super) fn read(db: &Db, field: &OwnField, typed: &Typed) -> Result<Option<Kept>> {
    let line = text::clean_line(&typed.0).map_err(|error| error.at(field.place()))?;
    if line.is_empty() {
        return Ok(None);
    }
    kept(db, field, line).map_err(|error| error.at(field.place()))
}

fn kept(db: &Db, field: &OwnField, line: String) -> Result<Option<Kept>> {
    let (value, key) = match field.holds {
        Holds::Text => {
            let value = text::short_enough(line, LONGEST_NAME)?;
            (value.clone(), text::sort_key(&value))
        }
        Holds::Number => {
            let number: Quantity = line.parse()?;
            (number.to_string(), number_key(number.micros()))
        }
        Holds::Money => {
            let amount = Money::parse(&line, company::current(db)?.currency)?;
            (amount.to_string(), number_key(amount.minor()))
        }
        Holds::Date => {
            let day = Date::parse(&line)?.to_string();
            (day.clone(), day)
        }
        Holds::Flag => match line.as_str() {
            "true" | "yes" | "1" => ("true".to_owned(), "1".to_owned()),
            "false" | "no" | "0" => return Ok(None),
            _ => return Err(Error::rejected("error.field.flag").arg("text", line)),
        },
        Holds::Choice => {
            let value = choice(field, &line)?.to_owned();
            (value.clone(), text::sort_key(&value))
        }
    };
    Ok(Some(Kept { value, key }))
}

/// The option that is meant, however it is written. Rejected where there is none.
fn choice<'a>(field: &'a OwnField, typed: &str) -> Result<&'a str> {
    let folded = text::fold(typed);
    let found = field.options().find(|option| text::fold(option) == folded);
    let known = || field.options().collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| Error::rejected("error.choice_unknown").arg("text", typed).arg("known", known()))
}

/// A number as text that stands in the order of numbers: above zero behind below zero, always as many digits.
fn number_key(number: i64) -> String {
    format!("{:020}", i128::from(number) - i128::from(i64::MIN))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_numbers_stand_in_the_order_of_the_numbers() {
        let numbers = [i64::MIN, -1_000_000, -1, 0, 1, 9, 10, 2_500_000, i64::MAX];
        let keys: Vec<String> = numbers.iter().map(|number| number_key(*number)).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
        assert!(keys.iter().all(|key| key.as_str() < LAST && key.len() == 20));
    }
}
