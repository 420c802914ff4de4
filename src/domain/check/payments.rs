//! Payments: their amounts from how they were made, what orders used of them, and reversals that match what they take back.

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::money::Money;
use crate::domain::check::{Look, REVERSALS};
use crate::domain::payment::row::{Payment, PaymentKind, PaymentTender, TenderKind};
use crate::domain::payment::store;
use crate::engine::db::Db;
use crate::params;

/// Adds every difference; gives the numbers taken.
pub(super) fn check(look: &Look<'_>, found: &mut Vec<Error>) -> Result<Vec<i64>> {
    let mut numbers = Vec::new();
    let db = look.db;
    look.each(|payment: Payment| {
        numbers.push(payment.number.get());
        parts(&payment, &store::tenders_of(db, payment.id)?, found);
        used(db, &payment, found)?;
        reversal(db, &payment, found)
    })?;
    Ok(numbers)
}

/// What was handed over, given back and rounded, each from its rows; and the amount from all three.
fn parts(payment: &Payment, tenders: &[PaymentTender], found: &mut Vec<Error>) {
    let sum = |kind: TenderKind| {
        tenders.iter().filter(|row| row.kind == kind).fold(0_i64, |sum, row| sum.saturating_add(row.amount))
    };
    let (received, change, rounding) = (sum(TenderKind::Tender), sum(TenderKind::Change), sum(TenderKind::Rounding));
    differ(payment, "check.payment_received", (payment.received, received), found);
    differ(payment, "check.payment_change", (payment.change, change.saturating_neg()), found);
    differ(payment, "check.payment_rounding", (payment.rounding, rounding), found);
    let amount = received.saturating_add(change).saturating_add(rounding);
    differ(payment, "check.payment_amount", (payment.amount, amount), found);
}

/// Orders use all of a payment but its advance at once, and never more than all of it.
fn used(db: &Db, payment: &Payment, found: &mut Vec<Error>) -> Result<()> {
    let shares = store::allocations_of(db, payment.id)?;
    let used = shares.iter().fold(0_i64, |sum, share| sum.saturating_add(share.amount));
    let at_once = payment.amount.saturating_sub(payment.advance);
    if used < at_once.min(payment.amount) || used > at_once.max(payment.amount) {
        differ(payment, "check.payment_used", (used, payment.amount), found);
    }
    Ok(())
}

fn reversal(db: &Db, payment: &Payment, found: &mut Vec<Error>) -> Result<()> {
    let reversed: Option<(Id<Payment>,)> = db.row(&REVERSALS, params![payment.id])?;
    if reversed.is_some() != payment.voided {
        found.push(named(payment, "check.payment_voided"));
    }
    if (payment.kind == PaymentKind::Reversal) != payment.reverses_id.is_some() {
        found.push(named(payment, "check.payment_reverses_nothing"));
    }
    let Some(original) = payment.reverses_id else {
        return Ok(());
    };
    let original: Payment = db.get(original)?;
    let sums = |of: &Payment| [of.amount, of.received, of.change, of.rounding, of.advance];
    let opposite = sums(payment).iter().zip(sums(&original)).all(|(back, sum)| back.checked_neg() == Some(sum));
    if !opposite || payment.order_id != original.order_id || shares(db, payment, -1)? != shares(db, &original, 1)? {
        found.push(named(payment, "check.payment_reversal").arg("original", original.number));
    }
    Ok(())
}

/// What each order got of a payment, with a sign, in the order of the orders.
fn shares(db: &Db, payment: &Payment, sign: i64) -> Result<Vec<(i64, i64)>> {
    let shares = store::allocations_of(db, payment.id)?;
    let mut signed: Vec<_> =
        shares.iter().map(|share| (share.order_id.get(), share.amount.saturating_mul(sign))).collect();
    signed.sort_unstable();
    Ok(signed)
}

fn named(payment: &Payment, key: &'static str) -> Error {
    Error::failure(key, format!("payment {}", payment.id)).arg("payment", payment.number)
}

fn differ(payment: &Payment, key: &'static str, (kept, right): (i64, i64), found: &mut Vec<Error>) {
    if kept != right {
        let money = |minor| Money::new(minor, payment.currency);
        found.push(named(payment, key).arg_money("kept", money(kept)).arg_money("right", money(right)));
    }
}
