//! Typed row identifiers: an order's id cannot be given where an item's is wanted.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use super::error::{Error, Result};

/// The identifier of a row of `T`, given by the database.
pub struct Id<T> {
    value: i64,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The identifier with this number.
    pub const fn new(value: i64) -> Id<T> {
        Id { value, of: PhantomData }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.value
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.value)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// Digits only, with an optional minus; anything else is `Rejected`.
impl<T> FromStr for Id<T> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Id<T>> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let parsed = if plain { text.parse().ok() } else { None };
        parsed.map(Id::new).ok_or_else(|| Error::rejected("error.id_unreadable").arg("text", text))
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.value)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id<T>, D::Error> {
        deserializer.deserialize_any(IdVisitor(PhantomData))
    }
}

struct IdVisitor<T>(PhantomData<fn() -> T>);

impl<T> Visitor<'_> for IdVisitor<T> {
    type Value = Id<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Id<T>, E> {
        Ok(Id::new(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Id<T>, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id<T>, E> {
        text.parse().map_err(Error::into_serde)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    struct Order;

    #[test]
    fn id_is_written_as_an_integer_and_read_from_both_forms() {
        let id: Id<Order> = Id::new(12);
        assert_eq!(serde_json::to_string(&id).unwrap(), "12");
        assert_eq!(serde_json::from_str::<Id<Order>>("12").unwrap(), id);
        assert_eq!(serde_json::from_str::<Id<Order>>("\"12\"").unwrap(), id);
    }

    #[test]
    fn id_refuses_fractions_signs_and_words() {
        for bad in ["1.0", "\"1.0\"", "\"+1\"", "\"\"", "\"-\"", "\" 1\"", "null", "9223372036854775808"] {
            assert!(serde_json::from_str::<Id<Order>>(bad).is_err(), "{bad}");
        }
    }
}
