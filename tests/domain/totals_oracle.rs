//! Documents computed a second time in exact rationals, by code that shares nothing with the program's, and compared.
//! PATVER_TEST_SCALE=full checks 100,000 random documents, else a tenth; PATVER_TEST_SEED repeats a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use crate::random_documents::{Random, documents_to_check, nearest, ratio, seed, whole};
use patver::base::money::{Money, Percent};
use patver::domain::order::totals::{Discount, Document, Line, Place, Totals, totals};

/// A line's net, tax, gross in minor units.
type Amounts = [i64; 3];

/// The second opinion.
struct Oracle {
    document: Document,
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
