//! Numbers of documents: taken from a series inside the posting transaction, never given twice.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::base::error::{Error, Result};
use crate::base::lenient;
use crate::engine::value::{Column, Value};

/// A document's number, written with at least six digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

impl Number {
    /// The number as the series counted it.
    pub fn new(number: i64) -> Number {
        Number(number)
    }

    /// The bare number.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let text = lenient::text(deserializer)?;
        let unreadable = || Error::rejected("error.number_of_paper").arg("text", &text).into_serde();
        text.parse().map(Number).map_err(|_| unreadable())
    }
}

impl Column for Number {
    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }
    fn from_value(value: Value) -> Result<Number> {
        i64::from_value(value).map(Number)
    }
}
