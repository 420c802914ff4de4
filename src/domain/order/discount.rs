//! How much of a price may be taken off: as much as the role of who acts may give, more only with the right to change
//! prices. Nor does a tax make it less without that right.

use crate::base::decimal::ten_to;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::Percent;
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::order::row::{Order, OrderLine};
use crate::domain::role;
use crate::domain::tax_rate::TaxRate;
use crate::engine::tx::Tx;

/// Rejected at its field where more is taken off a line than may be given. What was taken off the line that stood in its
/// place was given by somebody who could.
pub(crate) fn may_give(tx: &Tx<'_>, (order, line): (&Order, &OrderLine), stood: Option<&OrderLine>) -> Result<()> {
    let taken = share(order, line);
    if taken == Percent::default() || tx.actor().can(Right::PriceOverride) {
        return Ok(());
    }
    let before = stood.map(|old| share(order, old));
    let limit = role::discount_limit(tx)?;
    if taken <= limit.max(before.unwrap_or_default()) {
        return Ok(());
    }
    let field = if line.discount_amount == 0 { "discount_percent" } else { "discount_amount" };
    Err(Right::PriceOverride.lacking("error.order.discount_limit").arg_number("percent", limit).at(field))
}

/// Rejected where the prices of an order hold the tax otherwise than those of the company, and did not before.
pub(crate) fn may_hold_tax(tx: &Tx<'_>, order: &Order, stood: Option<&Order>) -> Result<()> {
    let includes = order.prices_include_tax;
    let agreed = stood.is_some_and(|old| old.prices_include_tax == includes)
        || company::current(tx)?.prices_include_tax == includes;
    if agreed || tx.actor().can(Right::PriceOverride) {
        return Ok(());
    }
    Err(Right::PriceOverride.lacking("error.order.tax_in_prices").at("prices_include_tax"))
}

/// Rejected where an item is sold at another tax rate than its own, and was not before.
pub(crate) fn may_tax(
    tx: &Tx<'_>,
    (given, own): (Option<Id<TaxRate>>, Option<Id<TaxRate>>),
    stood: Option<&OrderLine>,
) -> Result<()> {
    let agreed = given == own || stood.is_some_and(|old| old.tax_rate_id == given);
    if agreed || tx.actor().can(Right::PriceOverride) {
        return Ok(());
    }
    Err(Right::PriceOverride.lacking("error.order.tax_of_item").at("tax_rate"))
}

/// The share of a line that is taken off, rounded up; all of it where no number holds it.
fn share(order: &Order, line: &OrderLine) -> Percent {
    if line.discount_amount == 0 {
        return line.discount_percent;
    }
    let plain = i128::from(line.quantity.micros()).checked_mul(i128::from(line.price.micros()));
    let parts = 12_u32.checked_sub(order.currency.decimals()).and_then(ten_to);
    let off = parts.and_then(|parts| i128::from(line.discount_amount).checked_mul(parts));
    let off = off.and_then(|off| off.checked_mul(i128::from(Percent::HUNDRED.ppm())));
    let share = off
        .zip(plain.filter(|plain| *plain != 0))
        .map(|(off, plain)| off.unsigned_abs().div_ceil(plain.unsigned_abs()));
    share
        .and_then(|share| i64::try_from(share).ok())
        .map_or(Percent::HUNDRED, |ppm| Percent::from_ppm(ppm).min(Percent::HUNDRED))
}
