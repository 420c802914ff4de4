//! What a question to a list says, as the values of the list's filters: days, ids, closed choices, words of documents.

use serde::Serialize;

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::{phone, text};
use crate::engine::db::Db;
use crate::engine::select::Ask;
use crate::engine::value::{Column as _, Value};

/// How many rows of a list match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// So many.
    pub count: i64,
}

/// From so many letters on a fragment is looked for inside names and phones, below that names begin with it.
const FRAGMENT: usize = 3;

/// Only documents with this number, or of customers in whose name, code, tax id, e-mail or phone the text stands:
/// the filters `text` and `short_text` of the list. Rejected for control characters.
pub(crate) fn by_number_or_customer(ask: Ask, db: &Db, typed: Option<&str>) -> Result<Ask> {
    let typed = text::clean_line(typed.unwrap_or_default())?;
    if typed.is_empty() {
        return Ok(ask);
    }
    let as_number = typed.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let number = Value::Int(text::ascii_digits(as_number).parse().unwrap_or(-1));
    let dialled = typed.chars().all(|letter| letter.is_numeric() || " +-()./".contains(letter));
    let fragment = if dialled { phone::search_digits(&typed) } else { text::fold(&typed) };
    if fragment.chars().count() >= FRAGMENT {
        return ask.filter("text", vec![Value::Text(db.dialect().search_argument(&fragment)), number]);
    }
    let first = text::sort_key(&typed);
    let last = format!("{first}\u{10FFFF}");
    ask.filter("short_text", vec![Value::Text(first), Value::Text(last), number])
}

/// The ids of rows. Rejected at `ids` where one is none.
pub(crate) fn row_ids(texts: &[String]) -> Result<Vec<i64>> {
    let read = |text: &String| text.parse::<Id<()>>().map(Id::get).map_err(|error| error.at("ids"));
    texts.iter().map(read).collect()
}

/// From the first to the last day; open ends reach to the ends of time.
pub(crate) fn period(from: Option<Date>, to: Option<Date>) -> Option<(Date, Date)> {
    (from.is_some() || to.is_some()).then(|| (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX)))
}

/// The same as the two values of a filter; none where no day is given.
pub(crate) fn days(from: Option<Date>, to: Option<Date>) -> Vec<Value> {
    period(from, to).map(|(from, to)| vec![from.to_value(), to.to_value()]).unwrap_or_default()
}

/// The values as they are, each one of a closed list. Rejected at the field where one is not.
pub(crate) fn one_of(texts: Option<&[String]>, known: &[&str], field: &str) -> Result<Vec<Value>> {
    let read = |text: &String| {
        let unknown = || Error::rejected("error.choice_unknown").arg("text", text).arg("known", known.join(", "));
        known.contains(&text.as_str()).then(|| Value::Text(text.clone())).ok_or_else(|| unknown().at(field))
    };
    texts.unwrap_or_default().iter().map(read).collect()
}

/// Ids of records. Rejected at the field where one is none.
pub(crate) fn ids(texts: Option<&[String]>, field: &str) -> Result<Vec<Value>> {
    let read = |text: &String| text.parse::<Id<()>>().map(|id| id.to_value()).map_err(|error| error.at(field));
    texts.unwrap_or_default().iter().map(read).collect()
}

/// Currencies. Rejected at `currency` where one is none.
pub(crate) fn currencies(codes: Option<&[String]>) -> Result<Vec<Value>> {
    let read = |code: &String| Ok(Currency::parse(code).map_err(|error| error.at("currency"))?.to_value());
    codes.unwrap_or_default().iter().map(read).collect()
}

/// A flag, where it is given.
pub(crate) fn flag(given: Option<bool>) -> Vec<Value> {
    given.iter().map(|flag| flag.to_value()).collect()
}
