//! Arguments that do not fit, in words a person understands: brings our own errors through serde unharmed
//! and translates what serde itself says. Knows no command and no format.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::Bound;
use std::sync::OnceLock;

use serde::de;

use super::error::{Error, MARK};
use super::locale::Lang;

/// Between the parts of a carried error; values never contain control characters of their own.
const ARG: char = '\u{2}';
const VALUE: char = '\u{3}';
const END: char = '\u{4}';

/// An error on its way through serde, which only passes on text.
struct Carried(Error);

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MARK}e{}", self.0.key())?;
        for (name, value) in self.0.args() {
            write!(f, "{ARG}{name}{VALUE}{value}")?;
        }
        f.write_char(END)
    }
}

impl Error {
    /// The error as serde's own, to be brought back by [`Error::from_serde`]; for `map_err` inside `Deserialize`.
    pub fn into_serde<E: de::Error>(self) -> E {
        E::custom(Carried(self))
    }

    /// The refusal behind what serde said, at the input it stumbled over (`lines[2].price`, empty for the whole).
    pub fn from_serde(said: &str, place: &str) -> Error {
        if let Some(error) = carried(said) {
            let empty = error.args().iter().any(|(name, value)| *name == "text" && value.is_empty());
            return at(if empty { Error::rejected("error.value_empty") } else { error }, place);
        }
        let quoted = |after: &str| said.strip_prefix(after).and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
        if let Some(name) = quoted("missing field `") {
            return at(Error::rejected("error.field_missing").arg("field", name), &joined(place, name));
        }
        if let Some(name) = quoted("unknown field `") {
            return at(Error::rejected("error.field_unknown").arg("field", name).arg("known", choices(said)), place);
        }
        if let Some(name) = quoted("unknown variant `") {
            return at(Error::rejected("error.choice_unknown").arg("text", name).arg("known", choices(said)), place);
        }
        if said.starts_with("invalid type: floating point") {
            return at(Error::rejected("error.value_float"), place);
        }
        if said.starts_with("invalid type: sequence") {
            return at(Error::rejected("error.value_repeated"), place);
        }
        at(Error::rejected("error.value_form").named("expected", expected(said)), place)
    }
}

/// What serde may say is expected, with the key of its name; the beginning decides.
const EXPECTED: &[(&str, &str)] = &[
    ("a whole number", "value.number"),
    ("an integer", "value.number"),
    ("i64", "value.number"),
    ("i32", "value.number"),
    ("u64", "value.number"),
    ("u32", "value.number"),
    ("usize", "value.number"),
    ("true or false", "value.flag"),
    ("a boolean", "value.flag"),
    ("a decimal", "value.decimal"),
    ("an id", "value.id"),
    ("a sequence", "value.list"),
    ("a list", "value.list"),
    ("struct", "value.object"),
    ("a map", "value.object"),
    ("a text", "value.text"),
    ("text", "value.text"),
    ("a character", "value.letter"),
    ("a string", "value.text"),
    ("string or map", "value.text"),
    ("a value", "value.single"),
];

fn expected(said: &str) -> &'static str {
    let wanted = said.rsplit_once("expected ").map(|(_, rest)| rest).unwrap_or_default();
    EXPECTED.iter().find(|(start, _)| wanted.starts_with(start)).map_or("value.another", |(_, key)| *key)
}

fn at(error: Error, place: &str) -> Error {
    if place.is_empty() || place == "." { error } else { error.at(place) }
}

fn joined(place: &str, name: &str) -> String {
    if place.is_empty() || place == "." { name.to_owned() } else { format!("{place}.{name}") }
}

/// The names that serde lists after `expected`, separated by commas.
fn choices(said: &str) -> String {
    let listed = said.rsplit_once("expected").map(|(_, rest)| rest).unwrap_or_default();
    let names: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    names.join(", ")
}

fn carried(said: &str) -> Option<Error> {
    let (body, _) = said.strip_prefix(MARK)?.strip_prefix('e')?.split_once(END)?;
    let mut parts = body.split(ARG);
    let (key, texts) = texts_of(parts.next()?)?;
    let mut error = Error::rejected(key);
    for part in parts {
        let (name, value) = part.split_once(VALUE)?;
        if let Some(name) = texts.iter().find_map(|text| place_named(text, name)) {
            error = error.put(name, value.to_owned());
        }
    }
    Some(error)
}

/// The fixed spelling of a key, with the texts that may show its arguments.
fn texts_of(key: &str) -> Option<(&'static str, Vec<&'static str>)> {
    let all = english();
    let forms =
        all.range::<str, _>((Bound::Included(key), Bound::Unbounded)).take_while(|(found, _)| found.starts_with(key));
    let mut fixed = None;
    let mut texts = Vec::new();
    for (found, text) in forms {
        if matches!(found.get(key.len()..), Some("" | "_next")) || found.get(key.len()..=key.len()) == Some(".") {
            fixed = found.get(..key.len());
            texts.push(*text);
        }
    }
    Some((fixed?, texts))
}

fn place_named(text: &'static str, name: &str) -> Option<&'static str> {
    text.split("%{")
        .skip(1)
        .filter_map(|place| place.split_once('}'))
        .map(|(found, _)| found)
        .find(|found| *found == name)
}

fn english() -> &'static BTreeMap<&'static str, &'static str> {
    static TEXTS: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let messages = crate::_rust_i18n_backend().messages_for_locale(Lang::EN.code()).unwrap_or_default();
        messages.into_iter().map(|(key, text)| (fixed(key), fixed(text))).collect()
    })
}

fn fixed(text: Cow<'static, str>) -> &'static str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => Box::leak(text.into_boxed_str()),
    }
}
