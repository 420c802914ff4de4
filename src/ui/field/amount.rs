//! Numbers as people type them, and what they mean exactly. A typed number is taken as it is or not at all; only
//! the result of a sum (`1000/3`) is rounded, halves away from zero, and is then shown as rounded.

use crate::base::currency::Currency;
use crate::base::decimal::{format_scaled, parse_scaled, too_large, unreadable};
use crate::base::error::{Error, Result};
use crate::base::locale::{self, Lang};
use crate::base::money::{Percent, UnitPrice};
use crate::base::quantity::Quantity;
use crate::ui::field::compute::{self, Ratio, Token, is_gap, is_mark};

/// Longer texts are no numbers.
const LONGEST: usize = 100;

/// What kind of number a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many decimals it keeps at most.
    pub decimals: u32,
    /// How many it is written with at least.
    pub least: u32,
    /// Whether it may be below zero.
    pub signed: bool,
    /// What may be typed behind or before it and is shown beside it.
    pub unit: Unit,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing that is written.
    Bare,
    /// Hundredths.
    Percent,
    /// A currency.
    Money(Currency),
}

/// What a typed number means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing was typed.
    Nothing,
    /// This plain decimal, exactly.
    Exact(String),
    /// The rounded result of a sum, as a plain decimal.
    Rounded(String),
    /// One of these plain decimals; only who typed it knows which.
    Unsure(Vec<String>),
    /// No number of this kind.
    Refused(Error),
}

impl Figures {
    /// An amount in a currency.
    pub fn money(currency: Currency) -> Figures {
        Figures {
            decimals: currency.decimals(),
            least: currency.decimals(),
            signed: false,
            unit: Unit::Money(currency),
        }
    }

    /// The price of one unit, which may have more decimals than its currency.
    pub fn price(currency: Currency) -> Figures {
        Figures { decimals: UnitPrice::DECIMALS, ..Figures::money(currency) }
    }

    /// How much of something, in a unit with so many decimals.
    pub fn quantity(decimals: u32) -> Figures {
        Figures { decimals: decimals.min(Quantity::DECIMALS), least: 0, signed: false, unit: Unit::Bare }
    }

    /// Percents.
    pub fn percent() -> Figures {
        Figures { decimals: Percent::DECIMALS, least: 0, signed: false, unit: Unit::Percent }
    }

    /// A whole number.
    pub fn whole() -> Figures {
        Figures { decimals: 0, least: 0, signed: false, unit: Unit::Bare }
    }

    /// The same, below zero as well.
    pub fn signed(self) -> Figures {
        Figures { signed: true, ..self }
    }

    /// The same number as a plain decimal of this kind; Rejected where it is none.
    pub fn plain(&self, plain: &str) -> Result<String> {
        self.write(parse_scaled(plain, self.decimals)?)
    }

    fn write(&self, parts: i64) -> Result<String> {
        if parts < 0 && !self.signed {
            return Err(Error::rejected("error.number_negative"));
        }
        Ok(format_scaled(parts, self.decimals, self.least))
    }
}

/// A plain decimal as the language writes it in a field: without its unit. Anything else comes back as it is.
pub fn show(lang: Lang, plain: &str, figures: &Figures) -> String {
    let full = figures.plain(plain).unwrap_or_else(|_| plain.to_owned());
    let whole = full.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|digit| digit == b'0'));
    match (figures.unit, whole) {
        (Unit::Money(currency), Some((whole, _))) if !locale::writes_zero_minor(currency.code()) => {
            locale::number(lang, whole)
        }
        _ => locale::number(lang, &full),
    }
}

/// What is written beside the field: the sign of the currency or of percents.
pub fn unit(lang: Lang, figures: &Figures) -> String {
    match figures.unit {
        Unit::Bare => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::Money(currency) => locale::symbol(lang, currency.code()).to_owned(),
    }
}

/// What was typed. Both a point and a comma may be the decimal sign; spaces and apostrophes group digits by three,
/// as does a point or a comma that stands several times or before the other one. A single sign before exactly three
/// digits is read as the language writes it; where the language does not use the sign, or the number would have more
/// decimals than it can, the reader asks.
pub fn read(lang: Lang, text: &str, figures: &Figures) -> Reading {
    let typed = without_unit(text.trim().trim_end_matches('=').trim(), figures);
    if typed.is_empty() {
        return if text.trim().is_empty() { Reading::Nothing } else { Reading::Refused(unreadable(text)) };
    }
    let tokens = if text.chars().count() > LONGEST { None } else { compute::tokens(typed) };
    let Some(tokens) = tokens else {
        return Reading::Refused(unreadable(text));
    };
    let read = match tokens.as_slice() {
        [Token::Number(number)] => single(lang, "", number, figures),
        [Token::Sign('-'), Token::Number(number)] => single(lang, "-", number, figures),
        [Token::Sign('+'), Token::Number(number)] => single(lang, "", number, figures),
        [.., Token::Sign('%')] if tokens.len() <= 3 && numbers(&tokens) == 1 => None,
        _ => computed(lang, typed, &tokens, figures),
    };
    read.unwrap_or_else(|| Reading::Refused(unreadable(text)))
}

/// Whether a text is a sum to be computed, and not one number.
pub fn is_sum(text: &str) -> bool {
    let tokens = compute::tokens(text).unwrap_or_default();
    numbers(&tokens) > 1 || tokens.iter().any(|token| matches!(token, Token::Sign('(' | '*' | '/')))
}

fn numbers(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| matches!(token, Token::Number(_))).count()
}

fn one_number(typed: &str) -> bool {
    let digits = typed.trim_start_matches(['+', '-', '\u{2212}', '\u{2013}']);
    digits.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter) || is_gap(letter))
}

fn without_unit<'a>(typed: &'a str, figures: &Figures) -> &'a str {
    let bare = match figures.unit {
        Unit::Bare => None,
        Unit::Percent => typed.strip_suffix('%').filter(|rest| one_number(rest)),
        Unit::Money(currency) => {
            let code = currency.code();
            let signs = Lang::ALL.into_iter().map(|lang| locale::symbol(lang, code));
            signs.chain([code]).find_map(|name| typed.strip_suffix(name).or_else(|| typed.strip_prefix(name)))
        }
    };
    bare.map_or(typed, str::trim)
}

/// What the digits of one number may mean.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    /// Only this.
    Sure(String),
    /// The first in this language, the second in others.
    Usual(String, String),
    /// Either, and the language does not tell.
    Either(String, String),
}

fn single(lang: Lang, sign: &str, number: &str, figures: &Figures) -> Option<Reading> {
    let keep = |plain: &str| figures.plain(&format!("{sign}{plain}"));
    let exact = |plain: &str| match keep(plain) {
        Ok(plain) => Reading::Exact(plain),
        Err(error) => Reading::Refused(error),
    };
    Some(match meaning(lang, number)? {
        Meaning::Sure(plain) => exact(&plain),
        Meaning::Usual(usual, other) => match (keep(&usual), keep(&other)) {
            (Err(error), Ok(other)) if error.key() == "error.number_too_precise" => Reading::Unsure(vec![other]),
            _ => exact(&usual),
        },
        Meaning::Either(one, two) => match (keep(&one), keep(&two)) {
            (Err(error), Err(_)) => Reading::Refused(error),
            (one, two) => Reading::Unsure(one.into_iter().chain(two).collect()),
        },
    })
}

fn computed(lang: Lang, typed: &str, tokens: &[Token], figures: &Figures) -> Option<Reading> {
    let first = compute::value(tokens, &|number| match meaning(lang, number)? {
        Meaning::Sure(plain) | Meaning::Usual(plain, _) | Meaning::Either(plain, _) => Some(plain),
    });
    let second = compute::value(tokens, &|number| match meaning(lang, number)? {
        Meaning::Sure(plain) | Meaning::Usual(plain, _) | Meaning::Either(_, plain) => Some(plain),
    });
    let (first, second) = (result(first?, typed, figures), result(second?, typed, figures));
    if first == second {
        return Some(first);
    }
    let options: Vec<String> = [first.clone(), second].into_iter().filter_map(Reading::into_plain).collect();
    Some(if options.is_empty() { first } else { Reading::Unsure(options) })
}

fn result(value: Ratio, typed: &str, figures: &Figures) -> Reading {
    let written = match value.rounded(figures.decimals) {
        Some((parts, lost)) => figures.write(parts).map(|plain| (plain, lost)),
        None => Err(too_large(typed)),
    };
    match written {
        Ok((plain, false)) => Reading::Exact(plain),
        Ok((plain, true)) => Reading::Rounded(plain),
        Err(error) => Reading::Refused(error),
    }
}

impl Reading {
    /// The plain decimal, where it is settled.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Reading::Exact(plain) | Reading::Rounded(plain) => Some(plain),
            Reading::Nothing | Reading::Unsure(_) | Reading::Refused(_) => None,
        }
    }

    fn into_plain(self) -> Option<String> {
        match self {
            Reading::Exact(plain) | Reading::Rounded(plain) => Some(plain),
            Reading::Nothing | Reading::Unsure(_) | Reading::Refused(_) => None,
        }
    }
}

/// Takes the separators of one number apart; nothing where they stand as in no number.
fn meaning(lang: Lang, typed: &str) -> Option<Meaning> {
    let marks: Vec<(usize, char)> = typed.char_indices().filter(|(_, letter)| is_mark(*letter)).collect();
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return ungrouped(typed, is_gap).map(Meaning::Sure);
    };
    let (before, after) = (typed.get(..last.0)?, typed.get(last.0.checked_add(1)?..)?);
    let grouping = |letter: char| is_gap(letter) || letter == first.1;
    if marks.len() > 1 && first.1 == last.1 {
        let several = !typed.contains(is_gap) && marks.iter().all(|(_, mark)| mark == &first.1);
        return several.then(|| ungrouped(typed, grouping))?.map(Meaning::Sure);
    }
    if !after.bytes().all(|digit| digit.is_ascii_digit()) || (before.is_empty() && after.is_empty()) {
        return None;
    }
    let decimal = match (before, marks.len()) {
        ("", _) => format!("0.{after}"),
        (_, 1) => join(&ungrouped(before, is_gap)?, after),
        _ => join(&ungrouped(before, |letter| letter == first.1)?, after),
    };
    let could_group = marks.len() == 1 && !before.contains(is_gap) && !before.starts_with('0');
    match ungrouped(typed, grouping).filter(|_| could_group && !before.is_empty()) {
        Some(grouped) => Some(match (last.1, lang) {
            (',', Lang::EN) => Meaning::Usual(grouped, decimal),
            ('.', Lang::EN) | (',', _) => Meaning::Usual(decimal, grouped),
            _ => Meaning::Either(grouped, decimal),
        }),
        None => Some(Meaning::Sure(decimal)),
    }
}

fn join(whole: &str, fraction: &str) -> String {
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// The digits without what groups them by three; nothing where the groups are not of three.
fn ungrouped(typed: &str, separator: impl Fn(char) -> bool) -> Option<String> {
    let mut groups = typed.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let right = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    let digits = format!("{first}{}", rest.concat());
    (right && !first.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}
