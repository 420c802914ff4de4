//! Every text and number a person reads, in the person's language: texts by key, plurals, numbers, dates, money.
//! The facts are CLDR's. Numbers arrive as plain decimal text, never as floats.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::date::Date;
use super::error::{Error, Result};
use super::money::Money;
use super::plural;

const NBSP: &str = "\u{A0}";

/// A language the program speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(&'static str);

/// How a language writes numbers.
struct Numbers {
    group: &'static str,
    decimal: char,
    /// Digits a number needs before its first separator, beside the three that the separator cuts off.
    least_before_group: usize,
    /// Whether the currency stands before the amount.
    currency_first: bool,
    percent: &'static str,
}

const EN_NUMBERS: Numbers =
    Numbers { group: ",", decimal: '.', least_before_group: 1, currency_first: true, percent: "%" };
const HY_NUMBERS: Numbers =
    Numbers { group: NBSP, decimal: ',', least_before_group: 2, currency_first: false, percent: "%" };
const RU_NUMBERS: Numbers =
    Numbers { group: NBSP, decimal: ',', least_before_group: 1, currency_first: false, percent: "\u{A0}%" };

/// Symbols by currency: code, English, Armenian, Russian. A currency that is not here is written by its code.
const SYMBOLS: [(&str, &str, &str, &str); 12] = [
    ("AMD", "AMD", "֏", "֏"),
    ("USD", "$", "$", "$"),
    ("EUR", "€", "€", "€"),
    ("RUB", "RUB", "₽", "₽"),
    ("GEL", "GEL", "₾", "₾"),
    ("GBP", "£", "£", "£"),
    ("KZT", "KZT", "₸", "₸"),
    ("UAH", "UAH", "₴", "₴"),
    ("TRY", "TRY", "₺", "₺"),
    ("CNY", "CN¥", "CN¥", "CN¥"),
    ("JPY", "¥", "JP¥", "¥"),
    ("INR", "₹", "₹", "₹"),
];

/// Currencies whose minor unit is out of use: zero minor units are not written.
const WITHOUT_ZERO_MINOR: [&str; 1] = ["AMD"];

impl Lang {
    /// English.
    pub const EN: Lang = Lang("en");
    /// Armenian.
    pub const HY: Lang = Lang("hy");
    /// Russian.
    pub const RU: Lang = Lang("ru");
    /// Every language, in the order they are offered.
    pub const ALL: [Lang; 3] = [Lang::EN, Lang::HY, Lang::RU];

    /// Reads a code such as `hy`, `hy-AM` or `hy_AM.UTF-8`; `Rejected` for a language the program does not speak.
    pub fn parse(code: &str) -> Result<Lang> {
        let primary = code.split(['-', '_', '.', '@']).next().unwrap_or_default();
        let known = Lang::ALL.iter().find(|lang| lang.0.eq_ignore_ascii_case(primary));
        known.copied().ok_or_else(|| Error::rejected("error.language_unknown").arg("code", code))
    }

    /// The two-letter code.
    pub const fn code(self) -> &'static str {
        self.0
    }

    fn numbers(self) -> &'static Numbers {
        match self {
            Lang::HY => &HY_NUMBERS,
            Lang::RU => &RU_NUMBERS,
            _ => &EN_NUMBERS,
        }
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Lang {
    type Err = Error;

    fn from_str(code: &str) -> Result<Lang> {
        Lang::parse(code)
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
        Lang::parse(&String::deserialize(deserializer)?).map_err(Error::into_serde)
    }
}

/// The text under a key, its `%{name}` places filled; the key itself when no language has it.
///
/// With an argument `count` (a plain decimal) the form `key.one`, `key.few`, `key.many` or `key.other` is taken
/// where the key has forms, and `%{count}` is written as the language writes numbers.
pub fn tr(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    find(lang, key, args).unwrap_or_else(|| key.to_owned())
}

/// The text under a key as [`tr`] gives it, or nothing when no language has the key.
pub fn find(lang: Lang, key: &str, args: &[(&str, &str)]) -> Option<String> {
    let count = args.iter().find(|(name, _)| *name == "count").map(|(_, value)| *value);
    let text = match count {
        Some(count) => plural_text(lang, key, count).or_else(|| lookup(lang, key)),
        None => lookup(lang, key),
    }?;
    Some(fill(lang, &text, args))
}

fn plural_text(lang: Lang, key: &str, count: &str) -> Option<Cow<'static, str>> {
    let form = format!("{key}.{}", plural::category(lang, count));
    lookup(lang, &form).or_else(|| lookup(lang, &format!("{key}.other")))
}

fn lookup(lang: Lang, key: &str) -> Option<Cow<'static, str>> {
    let text = crate::_rust_i18n_try_translate(lang.code(), key)?;
    Some(match LENS.get() {
        Some(lens) => Cow::Owned(lens(&text)),
        None => text,
    })
}

thread_local! {
    static LENS: Cell<Option<Lens>> = const { Cell::new(None) };
}

/// Turns a text of the locale, its places not yet filled, into another one.
pub type Lens = fn(&str) -> String;

/// Lets this thread see every text through a lens from now on: a language that is made of another one, such as one whose
/// words are longer, by which it is seen whether they still have room.
pub fn see_through(lens: Lens) {
    LENS.set(Some(lens));
}

fn fill(lang: Lang, text: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, place)) = rest.split_once("%{") {
        out.push_str(before);
        let Some((name, after)) = place.split_once('}') else {
            out.push_str("%{");
            rest = place;
            continue;
        };
        match args.iter().find(|(known, _)| *known == name) {
            Some(("count", value)) => out.push_str(&number(lang, value)),
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&format!("%{{{name}}}")),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A plain decimal such as `-1234.50` as the language writes it; anything else comes back as it is.
pub fn number(lang: Lang, plain: &str) -> String {
    let Some(parts) = Plain::parse(plain) else {
        return plain.to_owned();
    };
    format!("{}{}", parts.sign, parts.unsigned(lang))
}

/// A plain number of percents such as `20` as the language writes it: `20%`, in Russian `20 %`.
pub fn percent(lang: Lang, plain: &str) -> String {
    format!("{}{}", number(lang, plain), lang.numbers().percent)
}

/// A plain amount with its currency: `11930.00`, `AMD` gives `11 930 ֏` in Armenian and `AMD 11,930` in English.
///
/// The fraction is filled up to `decimals`; digits beyond them (unit prices) stay.
pub fn money(lang: Lang, plain: &str, currency_code: &str, decimals: u32) -> String {
    let Some(mut parts) = Plain::parse(plain) else {
        return format!("{plain}{NBSP}{currency_code}");
    };
    parts.pad_fraction(decimals);
    if !writes_zero_minor(currency_code) && parts.fraction.bytes().all(|b| b == b'0') {
        parts.fraction.clear();
    }
    let amount = parts.unsigned(lang);
    let symbol = symbol(lang, currency_code);
    if !lang.numbers().currency_first {
        return format!("{}{amount}{NBSP}{symbol}", parts.sign);
    }
    let gap = if symbol.ends_with(char::is_alphabetic) { NBSP } else { "" };
    format!("{}{symbol}{gap}{amount}", parts.sign)
}

/// Whether an amount of the currency that has no minor units is written with their zeros.
pub fn writes_zero_minor(currency_code: &str) -> bool {
    !WITHOUT_ZERO_MINOR.contains(&currency_code)
}

/// An amount as the language writes it, see [`money`].
pub fn amount(lang: Lang, amount: Money) -> String {
    money(lang, &amount.to_string(), amount.currency().code(), amount.currency().decimals())
}

/// The symbol by which people who read the language know the currency, else its code.
pub fn symbol(lang: Lang, currency_code: &str) -> &str {
    let row = SYMBOLS.iter().find(|(code, ..)| *code == currency_code);
    match (row, lang) {
        (Some((_, _, hy, _)), Lang::HY) => hy,
        (Some((_, _, _, ru)), Lang::RU) => ru,
        (Some((_, en, _, _)), _) => en,
        (None, _) => currency_code,
    }
}

/// Reads a number as people who use the language type it and gives it as a plain decimal.
///
/// Spaces may group thousands in every language; a comma is the decimal sign except in English, where it may only
/// group; a point is always the decimal sign. `Rejected` for anything that could mean two things.
pub fn parse_number(lang: Lang, text: &str) -> Result<String> {
    let unreadable = || Error::rejected("error.number_unreadable").arg("text", text);
    let typed = text.trim().replace(['\u{2212}', '\u{2013}'], "-");
    let (sign, unsigned) = match typed.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", typed.strip_prefix('+').unwrap_or(&typed)),
    };
    let english = lang.numbers().decimal == '.';
    let (whole, fraction) = match unsigned.split_once(if english { &['.'][..] } else { &['.', ','][..] }) {
        Some((_, "")) => return Err(unreadable()),
        Some(parts) => parts,
        None => (unsigned, ""),
    };
    let whole = ungrouped(whole, english).ok_or_else(unreadable)?;
    let plain = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    Plain::parse(&plain).map(|_| plain).ok_or_else(unreadable)
}

fn ungrouped(whole: &str, comma_groups: bool) -> Option<String> {
    let is_separator = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\'' | '’') || (comma_groups && c == ',');
    let mut groups = whole.split(is_separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    grouped.then(|| format!("{first}{}", rest.concat()))
}

/// The date in figures as the language writes it: `24.11.2026`, in English `Nov 24, 2026`, which cannot be misread.
pub fn date(lang: Lang, date: Date) -> String {
    dated(lang, "date.short", "month.short", date)
}

/// The date in words: `24 նոյեմբերի, 2026 թ.`, `24 ноября 2026 г.`, `November 24, 2026`.
pub fn date_long(lang: Lang, date: Date) -> String {
    dated(lang, "date.long", "month.of", date)
}

/// The month of a date with its year: `Նոյեմբեր 2026`, `November 2026`.
pub fn month(lang: Lang, date: Date) -> String {
    dated(lang, "date.month", "month.name", date)
}

fn dated(lang: Lang, pattern: &str, months: &str, date: Date) -> String {
    let month = tr(lang, &format!("{months}.m{}", date.month()), &[]);
    let parts = [
        ("day", date.day().to_string()),
        ("dd", format!("{:02}", date.day())),
        ("mm", format!("{:02}", date.month())),
        ("month", month),
        ("year", date.year().to_string()),
    ];
    let args: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    tr(lang, pattern, &args)
}

/// A plain decimal taken apart.
struct Plain {
    sign: &'static str,
    whole: String,
    fraction: String,
}

impl Plain {
    fn parse(text: &str) -> Option<Plain> {
        let (sign, unsigned) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text),
        };
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (unsigned, ""),
        };
        let figures = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        (!whole.is_empty() && figures(whole) && figures(fraction)).then(|| Plain {
            sign,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    fn pad_fraction(&mut self, decimals: u32) {
        let wanted = usize::try_from(decimals).unwrap_or(0);
        let missing = wanted.saturating_sub(self.fraction.len());
        self.fraction.push_str(&"0".repeat(missing));
    }

    fn unsigned(&self, lang: Lang) -> String {
        let facts = lang.numbers();
        let digits = self.whole.len();
        let grouped = digits >= facts.least_before_group.saturating_add(3);
        let mut out = String::with_capacity(digits.saturating_mul(2));
        for (at, digit) in self.whole.chars().enumerate() {
            if grouped && at > 0 && digits.saturating_sub(at).is_multiple_of(3) {
                out.push_str(facts.group);
            }
            out.push(digit);
        }
        if !self.fraction.is_empty() {
            out.push(facts.decimal);
            out.push_str(&self.fraction);
        }
        out
    }
}
