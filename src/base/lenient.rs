//! Reading arguments that a command line hands over as text: whole numbers, flags, lists, values to clear.
//! Used as `#[serde(default, deserialize_with = "lenient::int")]`; every form reads back what serde writes.

use std::fmt;
use std::marker::PhantomData;
use std::num::{IntErrorKind, ParseIntError};

use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, SeqAccess, Visitor};

use super::decimal::too_large;

/// A whole number, also as text (`"3"`).
pub fn int<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    deserializer.deserialize_any(IntVisitor)
}

/// A whole number, also as text; nothing for null or an empty text.
pub fn opt_int<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(Maybe::<Int>::deserialize(deserializer)?.0.map(|int| int.0))
}

/// Yes or no, also as text: `true`, `yes`, `1`, `false`, `no`, `0`.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    deserializer.deserialize_any(FlagVisitor)
}

/// Yes or no, also as text; nothing for null or an empty text.
pub fn opt_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(Maybe::<Flag>::deserialize(deserializer)?.0.map(|flag| flag.0))
}

/// Text, also where a whole number stands.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Text::deserialize(deserializer).map(|text| text.0)
}

/// Text, also where a whole number stands; nothing for null. An empty text stays.
pub fn opt_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Text>::deserialize(deserializer)?.map(|text| text.0))
}

/// A list of texts, also a single text or a whole number in place of a list of one; nothing for null.
pub fn opt_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    Ok(Option::<Texts>::deserialize(deserializer)?.map(|texts| texts.0))
}

/// A value that may be taken away: left out keeps what is there (`None`), null or an empty text clears it
/// (`Some(None)`), anything else sets it.
pub fn clearable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Ok(Some(Maybe::deserialize(deserializer)?.0))
}

/// The value, or nothing for null and for an empty text.
struct Maybe<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Maybe<T>, D::Error> {
        deserializer.deserialize_any(MaybeVisitor(PhantomData))
    }
}

struct MaybeVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MaybeVisitor<T> {
    type Value = Maybe<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, or an empty text for none")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Maybe<T>, E> {
        Ok(Maybe(None))
    }

    fn visit_none<E: de::Error>(self) -> Result<Maybe<T>, E> {
        Ok(Maybe(None))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Maybe<T>, E> {
        if text.is_empty() { Ok(Maybe(None)) } else { read(text.into_deserializer()) }
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Maybe<T>, E> {
        read(value.into_deserializer())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Maybe<T>, E> {
        read(value.into_deserializer())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Maybe<T>, E> {
        read(value.into_deserializer())
    }
}

fn read<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Maybe<T>, D::Error> {
    T::deserialize(deserializer).map(|value| Maybe(Some(value)))
}

struct Int(i64);

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Int, D::Error> {
        int(deserializer).map(Int)
    }
}

struct IntVisitor;

impl Visitor<'_> for IntVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| too_large(&value.to_string()).into_serde())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<i64, E> {
        text.parse().map_err(|error: ParseIntError| match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => too_large(text).into_serde(),
            _ => E::invalid_value(de::Unexpected::Str(text), &self),
        })
    }
}

struct Flag(bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Flag, D::Error> {
        flag(deserializer).map(Flag)
    }
}

struct FlagVisitor;

impl Visitor<'_> for FlagVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<bool, E> {
        match text {
            "true" | "yes" | "1" => Ok(true),
            "false" | "no" | "0" => Ok(false),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<bool, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<bool, E> {
        self.visit_str(&value.to_string())
    }
}

struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(Text)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }
}

struct Texts(Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Texts, D::Error> {
        deserializer.deserialize_any(TextsVisitor).map(Texts)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<String>, E> {
        Ok(if text.is_empty() { Vec::new() } else { vec![text.to_owned()] })
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Vec<String>, E> {
        Ok(vec![value.to_string()])
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Vec<String>, E> {
        Ok(vec![value.to_string()])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<String>, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = seq.next_element::<Text>()? {
            texts.push(text.0);
        }
        Ok(texts)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Arguments {
        #[serde(deserialize_with = "int")]
        version: i64,
        #[serde(deserialize_with = "flag")]
        active: bool,
        #[serde(deserialize_with = "opt_int", skip_serializing_if = "Option::is_none")]
        decimals: Option<i64>,
        #[serde(deserialize_with = "opt_flag", skip_serializing_if = "Option::is_none")]
        open: Option<bool>,
        #[serde(deserialize_with = "opt_text", skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        #[serde(deserialize_with = "opt_texts", skip_serializing_if = "Option::is_none")]
        barcodes: Option<Vec<String>>,
        #[serde(deserialize_with = "clearable", skip_serializing_if = "Option::is_none")]
        price: Option<Option<i64>>,
    }

    fn read(json: &str) -> Arguments {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn values_typed_as_text_read_like_the_values_themselves() {
        let typed = read(r#"{"version":"3","active":"yes","decimals":"2","open":"0","unit":7,"barcodes":"123"}"#);
        let plain = read(r#"{"version":3,"active":true,"decimals":2,"open":false,"unit":"7","barcodes":["123"]}"#);
        assert_eq!(typed, plain);
        assert_eq!(read(r#"{"barcodes":[1,"2"]}"#).barcodes.unwrap(), ["1", "2"]);
        assert_eq!(read(r#"{"barcodes":""}"#).barcodes.unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_value_left_out_is_kept_and_an_empty_one_clears() {
        assert_eq!(read("{}").price, None);
        assert_eq!(read(r#"{"price":null}"#).price, Some(None));
        assert_eq!(read(r#"{"price":""}"#).price, Some(None));
        assert_eq!(read(r#"{"price":5}"#).price, Some(Some(5)));
    }

    #[test]
    fn other_words_and_fractions_are_refused() {
        for bad in [r#"{"version":"x"}"#, r#"{"version":1.5}"#, r#"{"active":"maybe"}"#, r#"{"open":2}"#] {
            assert!(serde_json::from_str::<Arguments>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_the_journal_keeps_reads_back_the_same() {
        let all = Arguments {
            version: 3,
            active: true,
            decimals: Some(2),
            open: Some(false),
            unit: Some("pcs".into()),
            barcodes: Some(vec!["1".into()]),
            price: Some(None),
        };
        let mut bytes = Vec::new();
        ciborium::into_writer(&all, &mut bytes).unwrap();
        assert_eq!(ciborium::from_reader::<Arguments, _>(bytes.as_slice()).unwrap(), all);
        bytes.clear();
        let blank = Arguments::default();
        ciborium::into_writer(&blank, &mut bytes).unwrap();
        assert_eq!(ciborium::from_reader::<Arguments, _>(bytes.as_slice()).unwrap(), blank);
    }
}
