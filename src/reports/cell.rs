//! Values of reports: as people read them, as programs read them, and how they are added.

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::locale::{self, Lang, tr};
use crate::base::money::{Money, Percent};
use crate::domain::terms;
use crate::reports::step::Span;

/// One value. Small, since a report may have a hundred thousand rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(Box<str>),
    /// A known word.
    Word(&'static Word),
    /// A day, week, month, quarter or year.
    Span(Span),
    /// A number of things.
    Count(i64),
    /// An amount.
    Money(Money),
    /// A share of the whole.
    Percent(Percent),
}

/// One of a few words.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// The key of the text that people read.
    pub key: &'static str,
    /// What programs read.
    pub code: &'static str,
}

impl Cell {
    /// Words.
    pub fn text(words: &str) -> Cell {
        Cell::Text(words.into())
    }

    /// The code of a currency.
    pub fn currency(currency: Currency) -> Cell {
        Cell::text(currency.code())
    }

    /// The value as people who read the language write it.
    pub fn spoken(&self, lang: Lang) -> String {
        match self {
            Cell::Empty => String::new(),
            // Of customers one is shipped: the walk-in.
            Cell::Text(text) => terms::customer(lang, text),
            Cell::Word(word) => tr(lang, word.key, &[]),
            Cell::Span(span) => span.spoken(lang),
            Cell::Count(count) => locale::number(lang, &count.to_string()),
            Cell::Money(money) => locale::amount(lang, *money),
            Cell::Percent(percent) => locale::percent(lang, &percent.to_string()),
        }
    }

    /// The value as programs read it.
    pub fn plain(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.to_string(),
            Cell::Word(word) => word.code.to_owned(),
            Cell::Span(span) => span.plain(),
            Cell::Count(count) => count.to_string(),
            Cell::Money(money) => money.to_string(),
            Cell::Percent(percent) => percent.to_string(),
        }
    }

    /// The figure without its unit: things counted, minor units.
    pub fn figure(&self) -> Option<i64> {
        match self {
            Cell::Count(count) => Some(*count),
            Cell::Money(money) => Some(money.minor()),
            Cell::Empty | Cell::Text(_) | Cell::Word(_) | Cell::Span(_) | Cell::Percent(_) => None,
        }
    }

    /// Adds a figure: things to a count, minor units to an amount. Rejected when the sum is too large.
    pub(crate) fn add(&mut self, figure: i64) -> Result<()> {
        let too_large = || Error::rejected("error.sum_too_large");
        match self {
            Cell::Count(sum) => *sum = sum.checked_add(figure).ok_or_else(too_large)?,
            Cell::Money(sum) => *sum = sum.checked_add(Money::new(figure, sum.currency()))?,
            Cell::Empty | Cell::Text(_) | Cell::Word(_) | Cell::Span(_) | Cell::Percent(_) => {}
        }
        Ok(())
    }
}

/// The share of a part in a whole, to a tenth of a percent, half away from zero; nothing without a whole.
pub(crate) fn share(part: Option<i128>, whole: Option<i128>) -> Cell {
    let tenths = part.zip(whole).and_then(|(part, whole)| {
        let half = if (part < 0) == (whole < 0) { whole } else { whole.saturating_neg() };
        part.checked_mul(2_000)?.checked_add(half)?.checked_div(whole.checked_mul(2)?)
    });
    let ppm = tenths.and_then(|tenths| i64::try_from(tenths).ok()?.checked_mul(1_000));
    ppm.map_or(Cell::Empty, |ppm| Cell::Percent(Percent::from_ppm(ppm)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_takes_no_more_room_than_a_word() {
        assert!(size_of::<Cell>() <= 24, "{}", size_of::<Cell>());
    }

    #[test]
    fn a_share_is_rounded_to_a_tenth_of_a_percent_away_from_zero() {
        let of = |part: i64, whole: i64| share(Some(part.into()), Some(whole.into())).plain();
        assert_eq!(of(1, 3), "33.3");
        assert_eq!(of(2, 3), "66.7");
        assert_eq!(of(1, 2_000), "0.1");
        assert_eq!(of(-1, 2_000), "-0.1");
        assert_eq!(of(-1, -2_000), "0.1");
        assert_eq!(of(-2, 3), "-66.7");
        assert_eq!(of(3, 2), "150");
        assert_eq!(of(i64::MAX, 1), "");
        assert_eq!(of(1, 0), "");
        assert_eq!(of(0, 7), "0");
    }
}
