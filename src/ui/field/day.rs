//! Dates as people type them: `5`, `5.3`, `050326`, `5 mar`, `+3`, `t`. The day stands before the month; only where
//! that is no date, English may have it the other way round.

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::locale::{self, Lang};

/// Longer texts are no dates.
const LONGEST: usize = 40;

/// How many days the years typed with two digits reach ahead of today.
const YEARS_AHEAD: i32 = 20;

/// The date that was typed, or nothing where nothing was; Rejected where it is no date.
///
/// What is left out is taken from `today`; `+` and `-` count days from `from`, the date that stands in the field.
pub fn read(lang: Lang, text: &str, today: Date, from: Date) -> Result<Option<Date>> {
    let typed = text.trim().to_lowercase();
    if typed.is_empty() {
        return Ok(None);
    }
    let unreadable = || Error::rejected("error.day_unreadable").arg("text", text);
    if typed.chars().count() > LONGEST {
        return Err(unreadable());
    }
    if let Some(days) = steps(&typed) {
        return from.add_days(days).map(Some);
    }
    if let Some(days) = near_day(lang, &typed) {
        return today.add_days(days).map(Some);
    }
    let parts = parts(&typed).ok_or_else(unreadable)?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    written(lang, &parts, today).ok_or_else(unreadable)?.map(Some)
}

/// The date as the language writes it in a field; [`read`] reads it back as the same date.
pub fn show(lang: Lang, date: Date) -> String {
    locale::date(lang, date)
}

/// Days to go: `+`, `--`, `+3`.
fn steps(typed: &str) -> Option<i64> {
    let sign = typed.chars().next().filter(|sign| matches!(sign, '+' | '-' | '\u{2212}'))?;
    let direction = if sign == '+' { 1 } else { -1 };
    let rest = typed.trim_start_matches(sign);
    let signs = typed.chars().count().checked_sub(rest.chars().count())?;
    if rest.is_empty() {
        return i64::try_from(signs).ok()?.checked_mul(direction);
    }
    let digits = signs == 1 && rest.len() <= 5 && rest.bytes().all(|digit| digit.is_ascii_digit());
    rest.parse::<i64>().ok().filter(|_| digits)?.checked_mul(direction)
}

/// Days from today of a day that has a word or a letter.
fn near_day(lang: Lang, typed: &str) -> Option<i64> {
    let days = [(0, "field.words.today"), (-1, "field.words.yesterday"), (1, "field.words.tomorrow")];
    let spoken = |language, key: &str| locale::tr(language, key, &[]).split_whitespace().any(|word| word == typed);
    days.into_iter().find(|(_, key)| spoken(lang, key) || spoken(Lang::EN, key)).map(|(days, _)| days)
}

/// The numbers and words between points, strokes, lines, commas and spaces; nothing for other signs. A single letter
/// at the end stands for the word "year" and says nothing.
fn parts(typed: &str) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    let mut last_kind = None;
    for letter in typed.chars() {
        let kind = if letter.is_ascii_digit() {
            Some(true)
        } else if letter.is_alphabetic() {
            Some(false)
        } else if letter.is_whitespace() || matches!(letter, '.' | '/' | '-' | ',' | '\u{2024}') {
            None
        } else {
            return None;
        };
        match (kind, found.last_mut()) {
            (Some(_), Some(part)) if kind == last_kind => part.push(letter),
            (Some(_), _) => found.push(String::from(letter)),
            (None, _) => {}
        }
        last_kind = kind;
    }
    if found.len() == 4 && found.last().is_some_and(|word| is_word(word) && word.chars().count() == 1) {
        found.pop();
    }
    Some(found)
}

/// The date of these parts, refused where the calendar has none; nothing where they are not the parts of a date.
fn written(lang: Lang, parts: &[&str], today: Date) -> Option<Result<Date>> {
    match parts {
        [digits] => run_together(lang, digits, today),
        [day, month] if !is_word(day) && !is_word(month) => {
            Some(dated(lang, number(day)?, number(month)?, today.year()))
        }
        [day, month] if !is_word(day) => Some(Date::new(today.year(), month_named(lang, month)?, number(day)?)),
        [month, day] if !is_word(day) => Some(Date::new(today.year(), month_named(lang, month)?, number(day)?)),
        [year, month, day] if year.len() == 4 && !is_word(year) && !is_word(day) => {
            let month = if is_word(month) { month_named(lang, month)? } else { number(month)? };
            Some(Date::new(full_year(year, today)?, month, number(day)?))
        }
        [day, month, year] if !is_word(day) && !is_word(year) => {
            let year = full_year(year, today)?;
            if is_word(month) {
                return Some(Date::new(year, month_named(lang, month)?, number(day)?));
            }
            Some(dated(lang, number(day)?, number(month)?, year))
        }
        [month, day, year] if !is_word(day) && !is_word(year) => {
            Some(Date::new(full_year(year, today)?, month_named(lang, month)?, number(day)?))
        }
        _ => None,
    }
}

/// `5`, `0503`, `050326`, `05032026`, `20260305`.
fn run_together(lang: Lang, digits: &str, today: Date) -> Option<Result<Date>> {
    if is_word(digits) {
        return None;
    }
    let cut = |from: usize, to: usize| digits.get(from..to);
    match digits.len() {
        1 | 2 => Some(Date::new(today.year(), today.month(), number(digits)?)),
        4 => Some(dated(lang, number(cut(0, 2)?)?, number(cut(2, 4)?)?, today.year())),
        6 => Some(dated(lang, number(cut(0, 2)?)?, number(cut(2, 4)?)?, full_year(cut(4, 6)?, today)?)),
        8 => {
            let year_first = |year| Some(Date::new(year, number(cut(4, 6)?)?, number(cut(6, 8)?)?));
            let day_first = |year| Some(dated(lang, number(cut(0, 2)?)?, number(cut(2, 4)?)?, year));
            let year = |from, to| full_year(cut(from, to)?, today).filter(|year| (1900..2200).contains(year));
            let first = year(4, 8).and_then(day_first);
            let second = year(0, 4).and_then(year_first);
            if second.as_ref().is_some_and(Result::is_ok) && !first.as_ref().is_some_and(Result::is_ok) {
                return second;
            }
            first.or(second)
        }
        _ => None,
    }
}

fn dated(lang: Lang, day: u32, month: u32, year: i32) -> Result<Date> {
    if lang == Lang::EN && month > 12 && day <= 12 { Date::new(year, day, month) } else { Date::new(year, month, day) }
}

fn is_word(part: &str) -> bool {
    !part.bytes().all(|digit| digit.is_ascii_digit())
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|_| digits.len() <= 2)
}

/// A year of four digits, or the one of two digits that lies between 80 years ago and 20 years ahead.
fn full_year(digits: &str, today: Date) -> Option<i32> {
    let typed: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(typed).filter(|year| *year >= 1000),
        2 => {
            let century = today.year().checked_div(100)?.checked_mul(100)?;
            let year = century.checked_add(typed)?;
            let latest = today.year().checked_add(YEARS_AHEAD)?;
            Some(if year > latest { year.checked_sub(100)? } else { year })
        }
        _ => None,
    }
}

/// The month whose name begins so, in this language or in English; at least three letters, and only one month.
fn month_named(lang: Lang, word: &str) -> Option<u32> {
    let named = |language, month: u32| {
        let short = locale::tr(language, &format!("month.short.m{month}"), &[]).to_lowercase();
        let of = locale::tr(language, &format!("month.of.m{month}"), &[]).to_lowercase();
        let alone = locale::tr(language, &format!("field.month.m{month}"), &[]).to_lowercase();
        short == word || of.starts_with(word) || alone.starts_with(word)
    };
    let found = |language| {
        let mut months = (1..=12).filter(|month| named(language, *month));
        months.next().filter(|_| months.next().is_none())
    };
    (word.chars().count() >= 3).then(|| found(lang).or_else(|| found(Lang::EN)))?
}
