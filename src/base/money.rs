//! Money, unit prices, percents and exchange rates: exact, each in its own type. No sum of two currencies exists.
//! Texts for people are the locale's; here amounts are plain decimals.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::currency::Currency;
use super::date::Date;
use super::decimal::{decimal_from_scaled, format_scaled, scaled_decimal, scaled_from_decimal, ten_to, too_large};
use super::error::{Error, Result};

pub use super::decimal::round_half_up;

/// An amount in whole minor units of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// The price of one unit of an item, in millionths of the currency's major unit; the currency is the document's.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPrice(i64);

scaled_decimal!(UnitPrice, 6, from_micros, micros, "millionths of the major unit");

/// A part of a hundred, kept in parts per million: 20 % is 200,000. Written and read as percents, `20` or `7.25`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

scaled_decimal!(Percent, 4, from_ppm, ppm, "parts per million");

/// An amount as it stands in a command, before the document's currency is known; at most six decimals.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

scaled_decimal!(Amount, 6, from_micros, micros, "millionths of the major unit");

/// How much one currency is worth in another on a date: `value` of `to` for `units` of `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What is exchanged.
    pub from: Currency,
    /// What is got for it.
    pub to: Currency,
    /// How much of `to` so many units of `from` give, in major units.
    pub value: Decimal,
    /// How many major units of `from` the value stands for: 1, 10, 100.
    pub units: u32,
    /// The day the rate is for.
    pub date: Date,
    /// Who says so, such as `cba.am`.
    pub source: String,
}

impl Money {
    /// So many minor units of the currency.
    pub const fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in the currency.
    pub const fn zero(currency: Currency) -> Money {
        Money::new(0, currency)
    }

    /// Minor units: 1193000 for 11,930 drams.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The decimal in the currency; `Rejected` when it has more decimals than the currency or is too large.
    pub fn from_decimal(decimal: Decimal, currency: Currency) -> Result<Money> {
        Ok(Money::new(scaled_from_decimal(decimal, currency.decimals())?, currency))
    }

    /// The same amount in major units.
    pub fn to_decimal(self) -> Decimal {
        decimal_from_scaled(self.minor, self.currency.decimals())
    }

    /// Reads a plain decimal such as `11930.00`; `Rejected` when it is not a number, has more decimals than the
    /// currency, or is too large.
    pub fn parse(text: &str, currency: Currency) -> Result<Money> {
        Ok(Money::new(super::decimal::parse_scaled(text, currency.decimals())?, currency))
    }

    /// Whether it is exactly zero.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum; `Rejected` for two currencies or when it is too large.
    pub fn checked_add(self, other: Money) -> Result<Money> {
        self.same_currency(other)?;
        self.minor.checked_add(other.minor).map(|minor| self.with_minor(minor)).ok_or_else(|| self.overflow())
    }

    /// The difference; `Rejected` for two currencies or when it is too large.
    pub fn checked_sub(self, other: Money) -> Result<Money> {
        self.same_currency(other)?;
        self.minor.checked_sub(other.minor).map(|minor| self.with_minor(minor)).ok_or_else(|| self.overflow())
    }

    /// The opposite; `Rejected` when it is too large.
    pub fn checked_neg(self) -> Result<Money> {
        self.minor.checked_neg().map(|minor| self.with_minor(minor)).ok_or_else(|| self.overflow())
    }

    /// The sum of any number of amounts; `Rejected` when one is in another currency or the sum is too large.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Money> {
        amounts.into_iter().try_fold(Money::zero(currency), Money::checked_add)
    }

    /// The nearest multiple of a step in minor units, halves away from zero; `Rejected` when the step is not above zero
    /// or the result is too large.
    pub fn rounded_to(self, step_minor: i64) -> Result<Money> {
        if step_minor <= 0 {
            return Err(Error::rejected("error.step_not_positive"));
        }
        let step = i128::from(step_minor);
        let multiple = round_half_up(i128::from(self.minor), step).and_then(|count| count.checked_mul(step));
        let minor = multiple.and_then(|minor| i64::try_from(minor).ok());
        minor.map(|minor| self.with_minor(minor)).ok_or_else(|| self.overflow())
    }

    /// Nothing when both are in one currency, else `Rejected`.
    pub fn same_currency(self, other: Money) -> Result<()> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(Error::rejected("error.currency_mismatch").arg("one", self.currency).arg("other", other.currency))
    }

    fn with_minor(self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    /// The same amount; `Rejected` beyond what one document may come to, 10^15 minor units, so that thousands of the largest
    /// still have a sum.
    pub fn of_a_document(self) -> Result<Money> {
        const LARGEST: u64 = 1_000_000_000_000_000;
        if self.minor.unsigned_abs() > LARGEST { Err(self.overflow()) } else { Ok(self) }
    }

    fn overflow(self) -> Error {
        too_large(&self.to_string())
    }
}

/// A plain decimal with all decimals of the currency: `11930.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format_scaled(self.minor, self.currency.decimals(), self.currency.decimals()))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.currency)
    }
}

/// Amounts of two currencies are neither less nor more.
impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Money) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.minor.cmp(&other.minor))
    }
}

/// Written as a plain decimal without its currency, which stands beside it.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Amount {
    /// The amount as money; `Rejected` when it has more decimals than the currency.
    pub fn in_currency(self, currency: Currency) -> Result<Money> {
        Money::from_decimal(self.to_decimal(), currency)
    }
}

impl Percent {
    /// A hundred percents.
    pub const HUNDRED: Percent = Percent(1_000_000);
}

impl Rate {
    /// The amount in the other currency, half up to its minor unit; works from `from` to `to` and back.
    ///
    /// `Rejected` when the amount is in neither currency, the rate is not above zero, or the result is too large.
    pub fn convert(&self, amount: Money) -> Result<Money> {
        let value = self.value.normalize();
        if value <= Decimal::ZERO || self.units == 0 {
            return Err(Error::rejected("error.rate_not_positive").arg("from", self.from).arg("to", self.to));
        }
        let forward = amount.currency() == self.from;
        if !forward && amount.currency() != self.to {
            return Err(Error::rejected("error.currency_mismatch")
                .arg("one", amount.currency())
                .arg("other", self.from));
        }
        let target = if forward { self.to } else { self.from };
        let gain = [Some(value.mantissa()), ten_to(self.to.decimals())];
        let cost = [Some(i128::from(self.units)), ten_to(value.scale()), ten_to(self.from.decimals())];
        let (up, down) = if forward { (&gain[..], &cost[..]) } else { (&cost[..], &gain[..]) };
        let minor = product(up)
            .and_then(|factor| factor.checked_mul(i128::from(amount.minor())))
            .zip(product(down))
            .and_then(|(numerator, denominator)| round_half_up(numerator, denominator))
            .and_then(|minor| i64::try_from(minor).ok());
        minor.map(|minor| Money::new(minor, target)).ok_or_else(|| amount.overflow())
    }
}

fn product(factors: &[Option<i128>]) -> Option<i128> {
    factors.iter().try_fold(1_i128, |product, factor| product.checked_mul((*factor)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn money_is_written_with_all_decimals_of_its_currency() {
        for (minor, code, text) in [
            (1_193_000, "AMD", "11930.00"),
            (-5, "USD", "-0.05"),
            (0, "USD", "0.00"),
            (13_580, "JPY", "13580"),
            (1_234, "KWD", "1.234"),
            (i64::MIN, "USD", "-92233720368547758.08"),
        ] {
            let money = Money::new(minor, currency(code));
            assert_eq!(money.to_string(), text);
            assert_eq!(Money::parse(text, currency(code)).unwrap(), money);
            assert_eq!(Money::from_decimal(money.to_decimal(), currency(code)).unwrap(), money);
            assert_eq!(serde_json::to_string(&money).unwrap(), format!("\"{text}\""));
        }
    }

    #[test]
    fn two_currencies_are_neither_added_nor_compared() {
        let (drams, dollars) = (Money::new(100, Currency::AMD), Money::new(100, Currency::USD));
        for refused in [drams.checked_add(dollars), drams.checked_sub(dollars), Money::sum(Currency::USD, [drams])] {
            assert_eq!(refused.unwrap_err().key(), "error.currency_mismatch");
        }
        assert_eq!(drams.partial_cmp(&dollars), None);
        assert_ne!(drams, dollars);
        assert!(Money::new(99, Currency::AMD) < drams);
    }

    #[test]
    fn money_beyond_its_range_is_refused() {
        let most = Money::new(i64::MAX, Currency::USD);
        let least = Money::new(i64::MIN, Currency::USD);
        let cent = Money::new(1, Currency::USD);
        for refused in
            [most.checked_add(cent), least.checked_sub(cent), least.checked_neg(), most.rounded_to(1_000_000)]
        {
            assert_eq!(refused.unwrap_err().key(), "error.number_too_large");
        }
    }

    #[test]
    fn an_amount_with_more_decimals_than_the_currency_is_refused_and_never_rounded() {
        let amount: Amount = "12.345".parse().unwrap();
        assert_eq!(amount.in_currency(currency("KWD")).unwrap().minor(), 12_345);
        assert_eq!(amount.in_currency(Currency::USD).unwrap_err().key(), "error.number_too_precise");
        assert_eq!(Money::parse("0.5", currency("JPY")).unwrap_err().key(), "error.number_too_precise");
    }

    #[test]
    fn cash_is_rounded_to_its_step_with_halves_away_from_zero() {
        for (minor, step, expected) in [
            (1_234_549, 100, 1_234_500),
            (1_234_550, 100, 1_234_600),
            (-1_234_550, 100, -1_234_600),
            (7, 5, 5),
            (8, 5, 10),
        ] {
            assert_eq!(Money::new(minor, Currency::AMD).rounded_to(step).unwrap().minor(), expected);
        }
        assert!(Money::new(1, Currency::AMD).rounded_to(0).is_err());
    }

    #[test]
    fn percents_are_read_as_people_write_them() {
        let percent: Percent = "7.25".parse().unwrap();
        assert_eq!(percent.ppm(), 72_500);
        assert_eq!(percent.to_string(), "7.25");
        assert_eq!("100".parse::<Percent>().unwrap(), Percent::HUNDRED);
        assert!("0.00001".parse::<Percent>().is_err());
    }

    fn rate(from: &str, to: &str, value: &str, units: u32) -> Rate {
        let date = Date::new(2026, 11, 24).unwrap();
        let value = value.parse().unwrap();
        Rate { from: currency(from), to: currency(to), value, units, date, source: "test".into() }
    }

    #[test]
    fn a_rate_converts_both_ways_half_up_to_the_minor_unit() {
        let dollars = rate("USD", "AMD", "387.26", 1);
        assert_eq!(dollars.convert(Money::new(1_050, Currency::USD)).unwrap().to_string(), "4066.23");
        assert_eq!(dollars.convert(Money::new(406_623, Currency::AMD)).unwrap().to_string(), "10.50");
        let yens = rate("JPY", "AMD", "26.105", 10);
        assert_eq!(yens.convert(Money::new(13_580, currency("JPY"))).unwrap().to_string(), "35450.59");
        assert_eq!(yens.convert(Money::new(-13_580, currency("JPY"))).unwrap().to_string(), "-35450.59");
        assert_eq!(yens.convert(Money::new(3_545_059, Currency::AMD)).unwrap().to_string(), "13580");
    }

    #[test]
    fn a_rate_refuses_other_currencies_and_values_that_are_no_rates() {
        let dollars = rate("USD", "AMD", "387.26", 1);
        assert_eq!(dollars.convert(Money::new(1, Currency::EUR)).unwrap_err().key(), "error.currency_mismatch");
        assert_eq!(dollars.convert(Money::new(i64::MAX, Currency::USD)).unwrap_err().key(), "error.number_too_large");
        for (value, units) in [("0", 1), ("-1", 1), ("387.26", 0)] {
            let refused = rate("USD", "AMD", value, units).convert(Money::new(1, Currency::USD));
            assert_eq!(refused.unwrap_err().key(), "error.rate_not_positive");
        }
    }
}
