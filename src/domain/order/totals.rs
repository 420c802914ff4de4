//! Turns a document's lines into its amounts. The only place that computes them; orders and invoices copy the result.
//! Pure: no rows, no rights, no clock. Inside, an amount is a whole number of parts of a minor unit, never rounded early.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::decimal::ten_to;
use crate::base::error::{Error, Result};
use crate::base::money::{Money, Percent, UnitPrice, round_half_up};
use crate::base::quantity::Quantity;

/// A hundred percents in parts per million.
const WHOLE: i128 = 1_000_000;

/// Where amounts are rounded to minor units; stands in the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Each line's amount, then each line's tax.
    #[default]
    Line,
    /// The exact sums of each tax rate, once; the lines share the result.
    Document,
}

/// What is taken off a line's price times quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Discount {
    /// Nothing.
    #[default]
    None,
    /// A part of it, 0 to 100 percents.
    Percent(Percent),
    /// An amount that makes the line smaller, whatever its sign: not below zero, not above the line's amount.
    Amount(Money),
}

/// The tax rate of a line: which one, and how much it was on the document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineTax {
    /// Tells rates apart that have the same percent; lines of one key and percent are taxed together.
    pub key: i64,
    /// The tax in percents of the net amount, not below zero.
    pub percent: Percent,
}

/// One line as it was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// How much; negative for what comes back.
    pub quantity: Quantity,
    /// The price of one unit, with tax where the document says so.
    pub price: UnitPrice,
    /// What is taken off.
    pub discount: Discount,
    /// The tax rate; none for what lies outside the tax.
    pub tax: Option<LineTax>,
    /// A person's own amount instead of the computed one, with tax where the document says so.
    pub corrected: Option<Money>,
}

/// What is to be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The currency of every amount.
    pub currency: Currency,
    /// Whether prices, discounts and corrections contain the tax.
    pub prices_include_tax: bool,
    /// Where amounts are rounded.
    pub rounding: Place,
    /// The lines, in their order.
    pub lines: Vec<Line>,
}

/// The amounts of one line: `before_discount - discount + correction` is `gross` where prices include tax, else `net`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineTotals {
    /// Price times quantity.
    pub before_discount: Money,
    /// What was taken off.
    pub discount: Money,
    /// What a person added to the computed amount (took off it, when negative).
    pub correction: Money,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// With tax.
    pub gross: Money,
}

/// The amounts of all lines of one tax rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxTotals {
    /// The rate.
    pub rate: LineTax,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// With tax.
    pub gross: Money,
}

/// A document's amounts; lines sum to it exactly, and so do the tax rates together with the untaxed lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// In the order of the document's lines.
    pub lines: Vec<LineTotals>,
    /// The highest rate first; lines without a rate are in none.
    pub taxes: Vec<TaxTotals>,
    /// What was taken off all lines.
    pub discount: Money,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// With tax: what is to be paid.
    pub gross: Money,
}

impl Place {
    /// Both places.
    pub const ALL: [Place; 2] = [Place::Line, Place::Document];

    /// `line` or `document`.
    pub const fn code(self) -> &'static str {
        match self {
            Place::Line => "line",
            Place::Document => "document",
        }
    }

    /// The place with this code, if there is one.
    pub fn parse(code: &str) -> Option<Place> {
        Place::ALL.into_iter().find(|place| place.code() == code)
    }
}

impl Document {
    /// The document that takes this one back: every amount is the exact opposite. `Rejected` when one is too large.
    pub fn reversed(&self) -> Result<Document> {
        let mut reversed = self.clone();
        for line in &mut reversed.lines {
            line.quantity = line.quantity.checked_neg()?;
            line.corrected = line.corrected.map(Money::checked_neg).transpose()?;
        }
        Ok(reversed)
    }
}

/// Computes a document.
///
/// `Rejected`, with the line at fault, when a discount is below zero or above the line, an amount is in another
/// currency, a tax is below zero, or an amount does not fit.
pub fn totals(document: &Document) -> Result<Totals> {
    let mut exact = Vec::with_capacity(document.lines.len());
    for (index, line) in document.lines.iter().enumerate() {
        check_line(document, index, line)?;
        exact.push(Exact::of(document, index, line)?);
    }
    let shares = match document.rounding {
        Place::Line => per_line(document, &exact)?,
        Place::Document => per_document(document, &exact)?,
    };
    let mut lines = Vec::with_capacity(document.lines.len());
    for (index, ((line, exact), share)) in document.lines.iter().zip(&exact).zip(&shares).enumerate() {
        lines.push(line_totals(document, line, exact, share).ok_or_else(|| too_large(index))?);
    }
    let sum = |part: fn(&LineTotals) -> Money| Money::sum(document.currency, lines.iter().map(part));
    Ok(Totals {
        taxes: tax_totals(document, &lines)?,
        discount: sum(|line| line.discount)?,
        net: sum(|line| line.net)?,
        tax: sum(|line| line.tax)?,
        gross: sum(|line| line.gross)?,
        lines,
    })
}

fn check_line(document: &Document, index: usize, line: &Line) -> Result<()> {
    let own = Money::zero(document.currency);
    let at = |part: &str| format!("lines[{index}].{part}");
    match line.discount {
        Discount::Percent(percent) if percent.is_negative() || percent > Percent::HUNDRED => {
            return Err(Error::rejected("error.discount_percent")
                .arg_number("percent", percent)
                .at(at("discount_percent")));
        }
        Discount::Amount(amount) => {
            own.same_currency(amount).map_err(|error| error.at(at("discount_amount")))?;
            if amount.is_negative() {
                return Err(Error::rejected("error.discount_negative").at(at("discount_amount")));
            }
        }
        _ => {}
    }
    if let Some(corrected) = line.corrected {
        own.same_currency(corrected).map_err(|error| error.at(at("corrected")))?;
    }
    if line.tax.is_some_and(|tax| tax.percent.is_negative()) {
        return Err(Error::rejected("error.tax_negative").at(at("tax_rate")));
    }
    Ok(())
}

/// A line's amounts in parts of a minor unit, not rounded.
struct Exact {
    /// How many parts a minor unit has.
    parts: i128,
    /// Price times quantity.
    plain: i128,
    /// Less the discount.
    computed: i128,
    /// The correction, else the computed amount.
    amount: i128,
}

impl Exact {
    fn of(document: &Document, index: usize, line: &Line) -> Result<Exact> {
        // A millionth of a price at a millionth of a unit, less a part per million, is a whole number of these parts.
        let scale = 18_u32.checked_sub(document.currency.decimals());
        let parts = scale.and_then(ten_to).ok_or_else(|| too_large(index))?;
        let product = i128::from(line.quantity.micros()).checked_mul(i128::from(line.price.micros()));
        let times =
            |factor: i128| product.and_then(|product| product.checked_mul(factor)).ok_or_else(|| too_large(index));
        let plain = times(WHOLE)?;
        let computed = match line.discount {
            Discount::None => plain,
            Discount::Percent(percent) => times(WHOLE.saturating_sub(i128::from(percent.ppm())))?,
            Discount::Amount(amount) => less_amount(plain, amount, parts, index)?,
        };
        let amount = match line.corrected {
            Some(own) => i128::from(own.minor()).checked_mul(parts).ok_or_else(|| too_large(index))?,
            None => computed,
        };
        Ok(Exact { parts, plain, computed, amount })
    }
}

/// The line's exact amount made smaller, never past zero: what is left of a part of a minor unit goes with it.
fn less_amount(plain: i128, discount: Money, parts: i128, index: usize) -> Result<i128> {
    let room = round_half_up(plain, parts).ok_or_else(|| too_large(index))?;
    let wanted = i128::from(discount.minor());
    if wanted.unsigned_abs() > room.unsigned_abs() {
        let refusal = Error::rejected("error.discount_above_line").arg_money("discount", discount);
        return Err(refusal.arg("line", index.saturating_add(1)).at(format!("lines[{index}].discount_amount")));
    }
    let left = wanted
        .checked_mul(parts)
        .and_then(|off| off.checked_mul(plain.signum()))
        .and_then(|off| plain.checked_sub(off))
        .ok_or_else(|| too_large(index))?;
    Ok(if left.signum() == plain.signum() { left } else { 0 })
}

/// A line's rounded amount, in the document's way of prices, and its tax; minor units.
#[derive(Clone, Copy, Default)]
struct Share {
    amount: i128,
    tax: i128,
}

/// The tax of an amount as a fraction of it: numerator and denominator.
fn tax_fraction(document: &Document, tax: Option<LineTax>) -> (i128, i128) {
    let rate = tax.map_or(0, |tax| i128::from(tax.percent.ppm()));
    (rate, if document.prices_include_tax { WHOLE.saturating_add(rate) } else { WHOLE })
}

fn per_line(document: &Document, exact: &[Exact]) -> Result<Vec<Share>> {
    let share = |line: &Line, exact: &Exact| {
        let (rate, whole) = tax_fraction(document, line.tax);
        let amount = round_half_up(exact.amount, exact.parts)?;
        let tax = round_half_up(amount.checked_mul(rate)?, whole)?;
        Some(Share { amount, tax })
    };
    let lines = document.lines.iter().zip(exact).enumerate();
    lines.map(|(index, (line, exact))| share(line, exact).ok_or_else(|| too_large(index))).collect()
}

fn per_document(document: &Document, exact: &[Exact]) -> Result<Vec<Share>> {
    let mut groups: BTreeMap<Option<TaxKey>, Vec<usize>> = BTreeMap::new();
    for (index, line) in document.lines.iter().enumerate() {
        groups.entry(line.tax.map(tax_key)).or_default().push(index);
    }
    let mut shares = vec![Share::default(); document.lines.len()];
    for indexes in groups.values() {
        share_group(document, exact, indexes, &mut shares).ok_or_else(|| too_large(largest(exact, indexes)))?;
    }
    Ok(shares)
}

/// Rounds the amount and the tax of the lines of one rate, and gives each line its part.
fn share_group(document: &Document, exact: &[Exact], indexes: &[usize], shares: &mut [Share]) -> Option<()> {
    let first = *indexes.first()?;
    let (rate, whole) = tax_fraction(document, document.lines.get(first)?.tax);
    let parts = exact.get(first)?.parts;
    let amounts: Vec<i128> = indexes.iter().filter_map(|index| exact.get(*index)).map(|exact| exact.amount).collect();
    let taxes = amounts.iter().map(|amount| amount.checked_mul(rate)).collect::<Option<Vec<i128>>>()?;
    let amounts = share_out(&amounts, parts)?;
    let taxes = share_out(&taxes, parts.checked_mul(whole)?)?;
    for ((index, amount), tax) in indexes.iter().zip(amounts).zip(taxes) {
        *shares.get_mut(*index)? = Share { amount, tax };
    }
    Some(())
}

/// Rounds the sum of fractions with one denominator, and shares it by the largest remainder: each gets its whole part,
/// and the units still missing go to those whose rest is largest in their direction, the earlier one of equals.
///
/// The shares of the opposite fractions are the exact opposite. Nothing when a number does not fit.
pub fn share_out(numerators: &[i128], denominator: i128) -> Option<Vec<i128>> {
    let sum = numerators.iter().try_fold(0_i128, |sum, numerator| sum.checked_add(*numerator))?;
    let whole = |numerator: &i128| numerator.checked_div(denominator);
    let mut shares = numerators.iter().map(whole).collect::<Option<Vec<i128>>>()?;
    let given = shares.iter().try_fold(0_i128, |given, share| given.checked_add(*share))?;
    let missing = round_half_up(sum, denominator)?.checked_sub(given)?;
    let unit = missing.signum();
    let rest = |numerator: &i128| numerator.checked_rem(denominator)?.checked_mul(unit);
    let mut rests = numerators.iter().map(rest).zip(&mut shares).collect::<Vec<_>>();
    rests.sort_by_key(|(rest, _)| Reverse(*rest));
    let count = usize::try_from(missing.unsigned_abs()).ok()?;
    for (_, share) in rests.into_iter().take(count) {
        *share = share.checked_add(unit)?;
    }
    Some(shares)
}

fn line_totals(document: &Document, line: &Line, exact: &Exact, share: &Share) -> Option<LineTotals> {
    let money = |minor: i128| i64::try_from(minor).ok().map(|minor| Money::new(minor, document.currency));
    let computed = if line.corrected.is_some() { round_half_up(exact.computed, exact.parts)? } else { share.amount };
    let before_discount = match line.discount {
        Discount::None => computed,
        Discount::Amount(amount) => {
            computed.checked_add(i128::from(amount.minor()).checked_mul(exact.plain.signum())?)?
        }
        Discount::Percent(_) => {
            // A shared-out unit may lift the amount over the rounded product, which would show a discount below zero.
            let plain = round_half_up(exact.plain, exact.parts)?;
            if plain.unsigned_abs() < computed.unsigned_abs() { computed } else { plain }
        }
    };
    let (net, gross) = if document.prices_include_tax {
        (share.amount.checked_sub(share.tax)?, share.amount)
    } else {
        (share.amount, share.amount.checked_add(share.tax)?)
    };
    Some(LineTotals {
        before_discount: money(before_discount)?,
        discount: money(before_discount.checked_sub(computed)?)?,
        correction: money(share.amount.checked_sub(computed)?)?,
        net: money(net)?,
        tax: money(share.tax)?,
        gross: money(gross)?,
    })
}

/// Orders rates from the highest down.
type TaxKey = (Reverse<Percent>, i64);

fn tax_key(rate: LineTax) -> TaxKey {
    (Reverse(rate.percent), rate.key)
}

fn tax_totals(document: &Document, lines: &[LineTotals]) -> Result<Vec<TaxTotals>> {
    let zero = Money::zero(document.currency);
    let mut taxes: BTreeMap<TaxKey, TaxTotals> = BTreeMap::new();
    for (line, amounts) in document.lines.iter().zip(lines) {
        let Some(rate) = line.tax else { continue };
        let sums = taxes.entry(tax_key(rate)).or_insert(TaxTotals { rate, net: zero, tax: zero, gross: zero });
        sums.net = sums.net.checked_add(amounts.net)?;
        sums.tax = sums.tax.checked_add(amounts.tax)?;
        sums.gross = sums.gross.checked_add(amounts.gross)?;
    }
    Ok(taxes.into_values().collect())
}

fn largest(exact: &[Exact], indexes: &[usize]) -> usize {
    let size = |index: &&usize| exact.get(**index).map_or(0, |exact| exact.amount.unsigned_abs());
    indexes.iter().max_by_key(size).copied().unwrap_or_default()
}

fn too_large(index: usize) -> Error {
    Error::rejected("error.line_too_large").arg("line", index.saturating_add(1)).at(format!("lines[{index}]"))
}
