//! Sums as people type them into a field: `1200*3-5%`. Exact fractions of whole numbers, never floats.

use crate::base::decimal::{round_half_up, ten_to};

/// A piece of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits with their separators, as typed.
    Number(String),
    /// `+`, `-`, `*`, `/`, `%`, `(` or `)`.
    Sign(char),
}

/// Cuts a typed sum into pieces; nothing where a letter stands in it that no sum has.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter.is_ascii_digit() || is_mark(letter) {
            let mut number = String::from(letter);
            while let Some(next) = rest.peek().copied() {
                let mut after = rest.clone();
                after.next();
                let groups = is_gap(next) && after.next().is_some_and(|digit| digit.is_ascii_digit());
                if !next.is_ascii_digit() && !is_mark(next) && !groups {
                    break;
                }
                number.push(next);
                rest.next();
            }
            found.push(Token::Number(number));
        } else if let Some(sign) = sign(letter) {
            found.push(Token::Sign(sign));
        } else if !letter.is_whitespace() {
            return None;
        }
    }
    Some(found)
}

/// What may stand for a decimal sign or between groups.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '.' | ',')
}

/// What may only stand between groups of three digits.
pub(super) fn is_gap(letter: char) -> bool {
    matches!(letter, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '\u{2019}' | '\u{2BC}')
}

fn sign(letter: char) -> Option<char> {
    match letter {
        '+' | '-' | '*' | '/' | '%' | '(' | ')' => Some(letter),
        '\u{2212}' | '\u{2013}' | '\u{2014}' => Some('-'),
        '\u{D7}' | '\u{B7}' | 'x' | 'X' | '\u{445}' | '\u{425}' => Some('*'),
        '\u{F7}' => Some('/'),
        _ => None,
    }
}

/// An exact fraction in lowest terms; what is under the line is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    /// The value of a plain decimal such as `-12.50`; nothing where it is none or too long.
    pub(super) fn of_plain(plain: &str) -> Option<Ratio> {
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let over = format!("{whole}{fraction}").parse().ok()?;
        Ratio::new(over, ten_to(u32::try_from(fraction.len()).ok()?)?)
    }

    fn new(over: i128, under: i128) -> Option<Ratio> {
        let common = common_divisor(over, under)?;
        let (over, under) = (over.checked_div(common)?, under.checked_div(common)?);
        if under < 0 {
            return Some(Ratio { over: over.checked_neg()?, under: under.checked_neg()? });
        }
        Some(Ratio { over, under })
    }

    fn plus(self, other: Ratio) -> Option<Ratio> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Ratio::new(left.checked_add(right)?, self.under.checked_mul(other.under)?)
    }

    fn negated(self) -> Option<Ratio> {
        Some(Ratio { over: self.over.checked_neg()?, under: self.under })
    }

    fn times(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    fn divided_by(self, other: Ratio) -> Option<Ratio> {
        if other.over == 0 {
            return None;
        }
        Ratio::new(self.over.checked_mul(other.under)?, self.under.checked_mul(other.over)?)
    }

    /// In parts of `10^-decimals`, halves away from zero, and whether a digit was lost by it; nothing where it does
    /// not fit.
    pub(super) fn rounded(self, decimals: u32) -> Option<(i64, bool)> {
        let parts = self.over.checked_mul(ten_to(decimals)?)?;
        let rounded = i64::try_from(round_half_up(parts, self.under)?).ok()?;
        Some((rounded, parts.checked_rem(self.under)? != 0))
    }
}

fn common_divisor(left: i128, right: i128) -> Option<i128> {
    let (mut greater, mut smaller) = (left.checked_abs()?, right.checked_abs()?);
    while smaller != 0 {
        (greater, smaller) = (smaller, greater.checked_rem(smaller)?);
    }
    (greater != 0).then_some(greater)
}

/// The value of a typed sum; `number` tells what one number in it means. Nothing where it is not a sum, divides by
/// zero or does not fit.
///
/// A percentage that is added or taken away is one of what stands before it: `200-5%` is 190; elsewhere it is a
/// hundredth: `200*5%` is 10.
pub(super) fn value(tokens: &[Token], number: &dyn Fn(&str) -> Option<String>) -> Option<Ratio> {
    let mut reader = Reader { tokens, number };
    let value = reader.sum()?;
    reader.tokens.is_empty().then_some(value)
}

struct Reader<'a> {
    tokens: &'a [Token],
    number: &'a dyn Fn(&str) -> Option<String>,
}

/// A part of a sum, and whether it is nothing but a percentage.
struct Part {
    value: Ratio,
    percentage: bool,
}

impl Reader<'_> {
    fn sum(&mut self) -> Option<Ratio> {
        let mut sum = self.product()?.value;
        while let Some(sign) = self.take(&['+', '-']) {
            let part = self.product()?;
            let value = if part.percentage { sum.times(part.value)? } else { part.value };
            sum = sum.plus(if sign == '-' { value.negated()? } else { value })?;
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<Part> {
        let mut product = self.factor()?;
        while let Some(sign) = self.take(&['*', '/']) {
            let other = self.factor()?.value;
            let value = if sign == '*' { product.value.times(other)? } else { product.value.divided_by(other)? };
            product = Part { value, percentage: false };
        }
        Some(product)
    }

    fn factor(&mut self) -> Option<Part> {
        if let Some(sign) = self.take(&['+', '-']) {
            let part = self.factor()?;
            let value = if sign == '-' { part.value.negated()? } else { part.value };
            return Some(Part { value, ..part });
        }
        let value = self.atom()?;
        match self.take(&['%']) {
            Some(_) => Some(Part { value: value.divided_by(Ratio::new(100, 1)?)?, percentage: true }),
            None => Some(Part { value, percentage: false }),
        }
    }

    fn atom(&mut self) -> Option<Ratio> {
        if self.take(&['(']).is_some() {
            let inner = self.sum()?;
            self.take(&[')'])?;
            return Some(inner);
        }
        let (Token::Number(typed), rest) = self.tokens.split_first()? else {
            return None;
        };
        self.tokens = rest;
        Ratio::of_plain(&(self.number)(typed)?)
    }

    fn take(&mut self, signs: &[char]) -> Option<char> {
        let (Token::Sign(sign), rest) = self.tokens.split_first()? else {
            return None;
        };
        let found = signs.iter().find(|wanted| *wanted == sign)?;
        self.tokens = rest;
        Some(*found)
    }
}
