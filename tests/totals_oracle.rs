//! Documents computed a second time in exact rationals, by code that shares nothing with the program's, and compared.
//! PATVER_TEST_SCALE=full checks 100,000 random documents, else a tenth; PATVER_TEST_SEED repeats a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use patver::base::currency::Currency;
use patver::base::money::{Money, Percent, UnitPrice};
use patver::base::quantity::Quantity;
use patver::domain::order::totals::{Discount, Document, Line, LineTax, Place, Totals, totals};

/// A line's net, tax, gross in minor units.
type Amounts = [i64; 3];

/// The second opinion.
struct Oracle {
    document: Document,
}

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// The nearest integer; exactly between two, the one farther from zero.
fn nearest(number: &BigRational) -> BigInt {
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

/// Hands out the rounded sum one unit after the other, each to the part that still lacks most.
fn hand_out(parts: &[BigRational]) -> Vec<BigInt> {
    let mut given: Vec<BigInt> = parts.iter().map(|part| part.trunc().to_integer()).collect();
    let sum = nearest(&parts.iter().fold(BigRational::zero(), |sum, part| sum + part));
    loop {
        let missing = &sum - given.iter().sum::<BigInt>();
        if missing.is_zero() {
            return given;
        }
        let step = missing.signum();
        let lack = |at: usize| (&parts[at] - BigRational::from_integer(given[at].clone())) * step.clone();
        let mut best = 0;
        for at in 1..parts.len() {
            if lack(at) > lack(best) {
                best = at;
            }
        }
        given[best] += step;
    }
}

impl Oracle {
    /// The line's amount in minor units before any rounding.
    fn exact(&self, line: &Line) -> BigRational {
        let minor = whole(10_i64.pow(self.document.currency.decimals()));
        let full = ratio(line.quantity.micros(), 1_000_000) * ratio(line.price.micros(), 1_000_000) * minor;
        match (line.corrected, line.discount) {
            (Some(own), _) => whole(own.minor()),
            (None, Discount::None) => full,
            (None, Discount::Percent(percent)) => full * (whole(1) - ratio(percent.ppm(), 1_000_000)),
            (None, Discount::Amount(amount)) => {
                let left = full.abs() - whole(amount.minor());
                let left = if left.is_negative() { BigRational::zero() } else { left };
                if full.is_negative() { -left } else { left }
            }
        }
    }

    /// Which part of an amount its tax is.
    fn part(&self, line: &Line) -> BigRational {
        let rate = line.tax.map_or_else(BigRational::zero, |tax| ratio(tax.percent.ppm(), 1_000_000));
        if self.document.prices_include_tax { &rate / (whole(1) + &rate) } else { rate }
    }

    fn lines(&self) -> Vec<Amounts> {
        let count = self.document.lines.len();
        let mut amounts = vec![BigInt::zero(); count];
        let mut taxes = vec![BigInt::zero(); count];
        match self.document.rounding {
            Place::Line => {
                for (at, line) in self.document.lines.iter().enumerate() {
                    amounts[at] = nearest(&self.exact(line));
                    taxes[at] = nearest(&(BigRational::from_integer(amounts[at].clone()) * self.part(line)));
                }
            }
            Place::Document => {
                for members in self.by_rate().values() {
                    let exact: Vec<_> = members.iter().map(|at| self.exact(&self.document.lines[*at])).collect();
                    let part = self.part(&self.document.lines[members[0]]);
                    let tax: Vec<_> = exact.iter().map(|amount| amount * &part).collect();
                    for ((at, amount), tax) in members.iter().zip(hand_out(&exact)).zip(hand_out(&tax)) {
                        amounts[*at] = amount;
                        taxes[*at] = tax;
                    }
                }
            }
        }
        let inclusive = self.document.prices_include_tax;
        let split = |(amount, tax): (BigInt, BigInt)| {
            let (net, gross) = if inclusive { (&amount - &tax, amount) } else { (amount.clone(), &amount + &tax) };
            [net, tax, gross].map(|part| part.to_i64().expect("an amount that fits"))
        };
        amounts.into_iter().zip(taxes).map(split).collect()
    }

    fn by_rate(&self) -> BTreeMap<Option<(i64, i64)>, Vec<usize>> {
        let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, line) in self.document.lines.iter().enumerate() {
            groups.entry(line.tax.map(|tax| (tax.key, tax.percent.ppm()))).or_default().push(at);
        }
        groups
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both possible.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    fn one_in(&mut self, count: i64) -> bool {
        self.between(1, count) == 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.between(0, i64::try_from(from.len()).unwrap() - 1)).unwrap()]
    }

    fn document(&mut self) -> Document {
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

fn seed() -> u64 {
    match std::env::var("PATVER_TEST_SEED") {
        Ok(given) => given.parse().expect("PATVER_TEST_SEED is a whole number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    }
}

fn documents_to_check() -> usize {
    if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { 100_000 } else { 10_000 }
}

fn minor(amounts: [Money; 3]) -> Amounts {
    amounts.map(Money::minor)
}

fn line_amounts(computed: &Totals) -> Vec<Amounts> {
    computed.lines.iter().map(|line| minor([line.net, line.tax, line.gross])).collect()
}

fn document_amounts(computed: &Totals) -> Amounts {
    minor([computed.net, computed.tax, computed.gross])
}

fn summed(amounts: &[Amounts]) -> Amounts {
    amounts.iter().fold([0; 3], |sum, line| [sum[0] + line[0], sum[1] + line[1], sum[2] + line[2]])
}

/// What must hold in every document, whatever the oracle says.
fn assert_sums(document: &Document, computed: &Totals) {
    let lines = line_amounts(computed);
    assert_eq!(summed(&lines), document_amounts(computed), "lines sum to the total");
    for [net, tax, gross] in lines.iter().copied().chain([document_amounts(computed)]) {
        assert_eq!(net + tax, gross, "net and tax are gross");
    }
    let rates: Vec<Amounts> = computed.taxes.iter().map(|rate| minor([rate.net, rate.tax, rate.gross])).collect();
    let untaxed: Vec<Amounts> =
        document.lines.iter().zip(&lines).filter(|(line, _)| line.tax.is_none()).map(|(_, amounts)| *amounts).collect();
    assert_eq!(summed(&[summed(&rates), summed(&untaxed)]), document_amounts(computed), "rates sum to the total");
    assert_eq!(summed(&rates)[1], computed.tax.minor(), "tax parts sum to the tax");
    let discounts: i64 = computed.lines.iter().map(|line| line.discount.minor()).sum();
    assert_eq!(discounts, computed.discount.minor(), "discounts sum to the discount");
    for (line, amounts) in document.lines.iter().zip(&computed.lines) {
        assert_shown(
            document,
            line,
            [amounts.before_discount, amounts.discount, amounts.correction],
            minor([amounts.net, amounts.tax, amounts.gross]),
        );
    }
}

/// The figures a person sees in one line: they explain the amount, and no discount is shown where none was given.
fn assert_shown(document: &Document, line: &Line, shown: [Money; 3], [net, _, gross]: Amounts) {
    let [before, discount, correction] = minor(shown);
    let amount = if document.prices_include_tax { gross } else { net };
    assert_eq!(before - discount + correction, amount, "{line:?}");
    assert!(discount == 0 || discount.signum() == before.signum(), "no discount below zero: {line:?}");
    assert!(discount.abs() <= before.abs(), "no discount above the line: {line:?}");
    match (line.corrected, line.discount) {
        (None, Discount::None) => assert_eq!(discount, 0),
        (None, Discount::Percent(Percent::HUNDRED)) => assert_eq!((amount, discount), (0, before)),
        (None, Discount::Amount(given)) => assert_eq!(discount.abs(), if before == 0 { 0 } else { given.minor() }),
        _ => {}
    }
    if line.corrected.is_none() {
        assert_eq!(correction, 0);
    }
}

fn assert_return_is_the_opposite(document: &Document, computed: &Totals) {
    let returned = totals(&document.reversed().unwrap()).unwrap();
    let opposite = |amounts: Amounts| amounts.map(|amount| -amount);
    let expected: Vec<Amounts> = line_amounts(computed).into_iter().map(opposite).collect();
    assert_eq!(line_amounts(&returned), expected, "a return of everything is the exact opposite");
    assert_eq!(document_amounts(&returned), opposite(document_amounts(computed)));
    let shown = |computed: &Totals| -> Vec<Amounts> {
        computed.lines.iter().map(|line| minor([line.before_discount, line.discount, line.correction])).collect()
    };
    assert_eq!(shown(&returned), shown(computed).into_iter().map(opposite).collect::<Vec<_>>());
}

#[test]
fn random_documents_agree_with_exact_rationals_to_the_last_minor_unit() {
    let seed = seed();
    println!("PATVER_TEST_SEED={seed}");
    let mut random = Random(seed);
    for number in 0..documents_to_check() {
        let document = random.document();
        let context = || format!("PATVER_TEST_SEED={seed}, document {number}: {document:#?}");
        let computed = totals(&document).unwrap_or_else(|refusal| panic!("{refusal}; {}", context()));
        let oracle = Oracle { document: document.clone() };
        assert_eq!(line_amounts(&computed), oracle.lines(), "{}", context());
        assert_sums(&document, &computed);
        assert_return_is_the_opposite(&document, &computed);
    }
}

#[test]
fn a_discount_of_everything_leaves_nothing_in_every_currency() {
    let mut random = Random(7);
    for _ in 0..500 {
        let mut document = random.document();
        for line in &mut document.lines {
            line.discount = Discount::Percent(Percent::HUNDRED);
            line.corrected = None;
        }
        let computed = totals(&document).unwrap();
        assert_eq!(document_amounts(&computed), [0; 3]);
        assert!(line_amounts(&computed).iter().all(|line| *line == [0; 3]));
    }
}
