//! Random documents for the tests that compare totals: every currency, rounding place, sign, discount and tax there is.
//! PATVER_TEST_SEED repeats a run; PATVER_TEST_SCALE=full asks for ten times as many.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _};

use patver::base::currency::Currency;
use patver::base::money::{Money, Percent, UnitPrice};
use patver::base::quantity::Quantity;
use patver::domain::order::totals::{Discount, Document, Line, LineTax, Place};

/// An exact ratio.
pub fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// A whole number as a ratio.
pub fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// The nearest integer; exactly between two, the one farther from zero.
pub fn nearest(number: &BigRational) -> BigInt {
    let (below, above) = (number.floor(), number.ceil());
    let (down, up) = (number - &below, &above - number);
    let farther = if number.is_negative() { &below } else { &above };
    let chosen = match down.cmp(&up) {
        std::cmp::Ordering::Less => &below,
        std::cmp::Ordering::Greater => &above,
        std::cmp::Ordering::Equal => farther,
    };
    chosen.to_integer()
}

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both possible.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    /// Whether a die of so many sides shows one.
    pub fn one_in(&mut self, count: i64) -> bool {
        self.between(1, count) == 1
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.between(0, i64::try_from(from.len()).unwrap() - 1)).unwrap()]
    }

    /// One of several that are not copied.
    pub fn pick_of<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.between(0, i64::try_from(from.len()).unwrap() - 1)).unwrap()]
    }

    /// A document.
    pub fn document(&mut self) -> Document {
        let currency = Currency::parse(self.pick(&["JPY", "AMD", "USD", "KWD"])).unwrap();
        let rounding = self.pick(&[Place::Line, Place::Document]);
        let count = if self.one_in(40) { self.between(30, 90) } else { self.between(1, 9) };
        let lines = (0..count).map(|_| self.line(currency)).collect();
        Document { currency, prices_include_tax: self.one_in(2), rounding, lines }
    }

    fn line(&mut self, currency: Currency) -> Line {
        let micros = match self.between(0, 3) {
            0 => self.between(1, 5_000),
            1 => self.between(1, 9_999) * 1_000,
            _ => self.between(1, 60) * 1_000_000,
        };
        let quantity = Quantity::from_micros(if self.one_in(5) { -micros } else { micros });
        let price = UnitPrice::from_micros(match self.between(0, 9) {
            0 => 0,
            1 => -self.between(1, 99_999) * 10_000,
            2 => self.between(1, 999_999_999_999),
            3 => self.between(1, 4_000),
            4 => self.between(1, 500) * 500_000,
            _ => self.between(1, 199_999) * 10_000,
        });
        let corrected = self.one_in(15).then(|| Money::new(self.between(-50_000, 50_000), currency));
        Line { quantity, price, discount: self.discount(currency, quantity, price), tax: self.tax(), corrected }
    }

    fn discount(&mut self, currency: Currency, quantity: Quantity, price: UnitPrice) -> Discount {
        let room = ratio(quantity.micros(), 1_000_000) * ratio(price.micros(), 1_000_000);
        let room = nearest(&(room * whole(10_i64.pow(currency.decimals())))).abs().to_i64().unwrap();
        match self.between(0, 9) {
            0 => Discount::Percent(Percent::HUNDRED),
            1 => Discount::Percent(Percent::from_ppm(self.between(0, 1_000_000))),
            2 => Discount::Percent(Percent::from_ppm(self.between(0, 100) * 10_000)),
            3 => Discount::Amount(Money::new(room, currency)),
            4 => Discount::Amount(Money::new(self.between(0, room), currency)),
            _ => Discount::None,
        }
    }

    fn tax(&mut self) -> Option<LineTax> {
        let rates = [(1, 200_000), (2, 100_000), (3, 0), (4, 85_000), (5, 220_000), (6, 220_000), (7, 166_667), (8, 1)];
        let (key, ppm) = self.pick(&rates);
        let percent = Percent::from_ppm(if self.one_in(25) { self.between(0, 3_000_000) } else { ppm });
        (!self.one_in(6)).then_some(LineTax { key, percent })
    }
}

/// The seed of this run.
pub fn seed() -> u64 {
    match std::env::var("PATVER_TEST_SEED") {
        Ok(given) => given.parse().expect("PATVER_TEST_SEED is a whole number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    }
}

/// How many documents a run checks.
pub fn documents_to_check() -> usize {
    if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { 100_000 } else { 10_000 }
}
