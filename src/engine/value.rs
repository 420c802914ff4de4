//! A value as a column holds it, and how the types of `base` become one.

use rusqlite::types::{ToSqlOutput, Value as DriverValue, ValueRef};

use crate::base::currency::Currency;
use crate::base::date::{Date, Instant};
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::{Percent, UnitPrice};
use crate::base::quantity::Quantity;

/// What one column of one row holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number: money, quantity, id, flag, instant.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Value {
    /// The value as the driver handed it out; real numbers and broken text are damage.
    pub(crate) fn from_driver(value: ValueRef<'_>) -> Result<Value> {
        match value {
            ValueRef::Null => Ok(Value::Null),
            ValueRef::Integer(number) => Ok(Value::Int(number)),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Value::Text(text.to_owned())),
                Err(error) => Err(damaged(error)),
            },
            ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
            ValueRef::Real(_) => Err(damaged("a real number in a column")),
        }
    }

    /// Whether this is what a column holds when nothing was ever entered: such values stay out of digests,
    /// so that a later version may add a column without touching the journal.
    pub(crate) fn is_blank(&self, nullable: bool) -> bool {
        match self {
            Value::Null => true,
            Value::Int(0) => !nullable,
            Value::Text(text) => !nullable && text.is_empty(),
            Value::Int(_) | Value::Blob(_) => false,
        }
    }
}

/// The key of the error of a file that holds what the program never writes.
pub(crate) const DAMAGED: &str = "error.file_damaged";

/// The file holds what the program never writes.
pub(crate) fn damaged(details: impl ToString) -> Error {
    Error::failure(DAMAGED, details)
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Owned(DriverValue::Null),
            Value::Int(number) => ToSqlOutput::Owned(DriverValue::Integer(*number)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// What a whole number in a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Itself, or minor units: the type does not tell.
    Plain,
    /// UTC milliseconds.
    Moment,
    /// Parts per million.
    Percent,
    /// Millionths of a unit.
    Quantity,
    /// Millionths of an amount for one unit.
    Price,
}

/// A type that one column can hold.
pub trait Column: Sized {
    /// Whether the column may be NULL.
    const NULLABLE: bool = false;
    /// What its number counts.
    const COUNTS: Counts = Counts::Plain;
    /// The value to store.
    fn to_value(&self) -> Value;
    /// The value read back; anything else than what `to_value` gives is damage.
    fn from_value(value: Value) -> Result<Self>;
}

impl Column for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
    fn from_value(value: Value) -> Result<Self> {
        Ok(value)
    }
}

impl Column for i64 {
    fn to_value(&self) -> Value {
        Value::Int(*self)
    }
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Int(number) => Ok(number),
            other => Err(damaged(format!("expected a whole number, found {other:?}"))),
        }
    }
}

impl Column for bool {
    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }
    fn from_value(value: Value) -> Result<Self> {
        Ok(i64::from_value(value)? != 0)
    }
}

impl Column for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(damaged(format!("expected text, found {other:?}"))),
        }
    }
}

impl Column for Vec<u8> {
    fn to_value(&self) -> Value {
        Value::Blob(self.clone())
    }
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Blob(bytes) => Ok(bytes),
            other => Err(damaged(format!("expected bytes, found {other:?}"))),
        }
    }
}

impl<T: Column> Column for Option<T> {
    const NULLABLE: bool = true;
    const COUNTS: Counts = T::COUNTS;
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            some => T::from_value(some).map(Some),
        }
    }
}

/// Types that are one whole number inside.
macro_rules! whole_number_column {
    ($($type:ty: $counts:ident, $read:ident, $make:expr;)*) => {$(
        impl Column for $type {
            const COUNTS: Counts = Counts::$counts;
            fn to_value(&self) -> Value {
                Value::Int(self.$read())
            }
            fn from_value(value: Value) -> Result<Self> {
                Ok(($make)(i64::from_value(value)?))
            }
        }
    )*};
}

whole_number_column! {
    Instant: Moment, millis, Instant::from_millis;
    Percent: Percent, ppm, Percent::from_ppm;
    Quantity: Quantity, micros, Quantity::from_micros;
    UnitPrice: Price, micros, UnitPrice::from_micros;
}

impl<T> Column for Id<T> {
    fn to_value(&self) -> Value {
        Value::Int(self.get())
    }
    fn from_value(value: Value) -> Result<Self> {
        Ok(Id::new(i64::from_value(value)?))
    }
}

impl Column for Date {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
    fn from_value(value: Value) -> Result<Self> {
        let text = String::from_value(value)?;
        text.parse().map_err(|_| damaged(format!("not a date: {text}")))
    }
}

impl Column for Currency {
    fn to_value(&self) -> Value {
        Value::Text(self.code().to_owned())
    }
    fn from_value(value: Value) -> Result<Self> {
        let code = String::from_value(value)?;
        Currency::parse(&code).map_err(|_| damaged(format!("not a currency: {code}")))
    }
}

/// Makes a column of an enum that has `code()` and `parse(&str) -> Option<Self>`.
#[macro_export]
macro_rules! code_column {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::engine::value::Column for $type {
            fn to_value(&self) -> $crate::engine::value::Value {
                $crate::engine::value::Value::Text(self.code().to_owned())
            }
            fn from_value(value: $crate::engine::value::Value) -> $crate::base::error::Result<Self> {
                let text = <String as $crate::engine::value::Column>::from_value(value)?;
                <$type>::parse(&text).ok_or_else(|| {
                    $crate::base::error::Error::failure($crate::engine::value::DAMAGED, text)
                })
            }
        }
    )*};
}

/// Parameters of a statement, in the order of `?1`, `?2`, …
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::engine::value::Column::to_value(&$value)),*] as &[$crate::engine::value::Value]
    };
}
