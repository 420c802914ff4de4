//! Finding counterparties and items by what a person types: fragments of names, codes, phones, barcodes.
//! Their lists declare the filters `text`, `part` and `short_text`, which are filled here.

use crate::base::error::Result;
use crate::base::{phone, text};
use crate::engine::db::Db;
use crate::engine::select::Ask;
use crate::engine::value::Value;

/// From so many letters on a fragment is looked for anywhere; below that names begin with it.
const FRAGMENT: usize = 3;

/// The most words that are looked for; what follows hardly narrows.
const MOST_WORDS: usize = 8;

/// Only rows in which every word that was typed occurs. Rejected for control characters.
pub(crate) fn by_text(ask: Ask, db: &Db, typed: Option<&str>) -> Result<Ask> {
    let typed = text::clean_line(typed.unwrap_or_default()).map_err(|error| error.at("text"))?;
    let words = words(&typed);
    match words.as_slice() {
        [] => Ok(ask),
        [short] if short.chars().count() < FRAGMENT => begins_with(ask, &typed),
        words => words.iter().try_fold(ask, |ask, word| occurs(ask, db, word)),
    }
}

/// The fragments to look for: the digits of a number however it is written, else the folded words.
fn words(typed: &str) -> Vec<String> {
    if typed.chars().all(|letter| letter.is_numeric() || " +-()./".contains(letter)) {
        let (dialled, plain) = (phone::search_digits(typed), text::digits(typed));
        let digits = if dialled.chars().count() < FRAGMENT { plain } else { dialled };
        return if digits.is_empty() { Vec::new() } else { vec![digits] };
    }
    text::fold(typed).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(str::to_owned).collect()
}

fn occurs(ask: Ask, db: &Db, word: &str) -> Result<Ask> {
    if word.chars().count() >= FRAGMENT {
        return ask.filter("text", vec![Value::Text(db.dialect().search_argument(word))]);
    }
    let plain = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    ask.filter("part", vec![Value::Text(format!("%{plain}%"))])
}

fn begins_with(ask: Ask, typed: &str) -> Result<Ask> {
    let first = text::sort_key(typed);
    let last = format!("{first}\u{10FFFF}");
    ask.filter("short_text", vec![Value::Text(first), Value::Text(last), Value::Text(typed.to_owned())])
}
