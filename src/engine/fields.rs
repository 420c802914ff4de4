//! The arguments of commands and queries as data: their names, and reading them from JSON with errors at their place.

use serde::de::value::Error as ValueError;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde_json::Value as Json;

use crate::base::error::{Error, Result};

/// The names of a struct's fields.
pub(crate) fn of<T: DeserializeOwned>() -> Vec<&'static str> {
    let mut names = Vec::new();
    // Always fails on purpose: it only listens to which fields the struct asks for.
    let _asked: std::result::Result<T, ValueError> = T::deserialize(Asking { names: &mut names });
    names
}

struct Asking<'a> {
    names: &'a mut Vec<&'static str>,
}

impl<'de> Deserializer<'de> for Asking<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> std::result::Result<V::Value, ValueError> {
        Err(ValueError::custom("only the names are wanted"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> std::result::Result<V::Value, ValueError> {
        self.names.extend(fields);
        Err(ValueError::custom("only the names are wanted"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Reads arguments. Rejected at the field that does not fit, with what was expected there.
pub(crate) fn read<T: DeserializeOwned>(json: Json) -> Result<T> {
    serde_path_to_error::deserialize(json)
        .map_err(|error| Error::from_serde(&error.inner().to_string(), &error.path().to_string()))
}
