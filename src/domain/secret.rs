//! A password or a code on its way through the program: wiped after use, never printed, never written down.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::base::error::Error;

/// Something that must not be seen. The journal keeps nothing of it; read back from there it is withheld.
#[derive(Clone)]
pub struct Secret(Option<Zeroizing<String>>);

impl Secret {
    /// A secret with this content, exactly as typed.
    pub fn new(content: impl Into<String>) -> Secret {
        Secret(Some(Zeroizing::new(content.into())))
    }

    /// Whether the content is gone: the command stands in the journal and is run again from there.
    pub fn is_withheld(&self) -> bool {
        self.0.is_none()
    }

    /// The content; empty when withheld.
    pub fn expose(&self) -> &str {
        self.0.as_ref().map_or("", |content| content.as_str())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Writes nothing, whatever the content.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

/// Reads text from JSON; only the journal, which is binary, may leave the content out.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Typed)
        } else {
            deserializer.deserialize_option(Kept)
        }
    }
}

/// What may be said of a wrong value without repeating it.
fn not_text<E: de::Error>() -> E {
    Error::rejected("error.secret_form").into_serde()
}

struct Typed;

impl Visitor<'_> for Typed {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: de::Error>(self, content: &str) -> Result<Secret, E> {
        Ok(Secret::new(content))
    }

    fn visit_string<E: de::Error>(self, content: String) -> Result<Secret, E> {
        Ok(Secret::new(content))
    }

    fn visit_i64<E: de::Error>(self, _number: i64) -> Result<Secret, E> {
        Err(not_text())
    }

    fn visit_u64<E: de::Error>(self, _number: u64) -> Result<Secret, E> {
        Err(not_text())
    }
}

struct Kept;

impl<'de> Visitor<'de> for Kept {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing")
    }

    fn visit_none<E: de::Error>(self) -> Result<Secret, E> {
        Ok(Secret(None))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Secret, E> {
        Ok(Secret(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Secret, D::Error> {
        deserializer.deserialize_str(Typed)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_neither_printed_nor_written() {
        let secret = Secret::new("canary-8471");
        assert!(!format!("{secret:?}").contains("canary"));
        assert_eq!(serde_json::to_string(&secret).unwrap(), "null");
    }

    #[test]
    fn out_of_the_journal_it_comes_withheld_and_json_cannot_withhold_it() {
        let mut bytes = Vec::new();
        ciborium::into_writer(&Secret::new("canary-8471"), &mut bytes).unwrap();
        assert!(ciborium::from_reader::<Secret, _>(bytes.as_slice()).unwrap().is_withheld());
        assert!(serde_json::from_str::<Secret>("null").is_err());
    }

    #[test]
    fn a_number_in_place_of_a_password_is_refused_without_repeating_it() {
        let error = serde_json::from_str::<Secret>("84713377").unwrap_err();
        assert!(!error.to_string().contains("84713377"), "{error}");
    }

    #[test]
    fn every_letter_counts_and_none_is_trimmed() {
        let secret: Secret = serde_json::from_str("\"  գաղտնի \\u0000x \"").unwrap();
        assert_eq!(secret.expose(), "  գաղտնի \0x ");
    }
}
