//! What becomes of money handed over: how much pays the debt, cash rounding, change, advance; and who shares a sum.
//! Pure: numbers in, numbers out.

use crate::base::error::{Error, Result};
use crate::base::money::Money;
use crate::domain::payment_method::MethodKind;

/// One part of a payment as it was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tender {
    /// What kind of money it is.
    pub kind: MethodKind,
    /// How much, in the currency of what is due.
    pub amount: Money,
}

/// What became of the tenders: their sum less `change` plus `rounding` is `applied` plus `advance`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What pays the debt.
    pub applied: Money,
    /// What the missing small coins add to the money kept: below zero where the customer paid more than was due.
    pub rounding: Money,
    /// What is given back, out of cash.
    pub change: Money,
    /// What the customer leaves for later.
    pub advance: Money,
}

/// A part of a sum, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share<K> {
    /// Whose.
    pub key: K,
    /// How much, never zero.
    pub amount: Money,
}

/// Settles a debt with tenders; both are below zero where money is given back.
///
/// Cash pays what other tenders leave of the debt. Cash that reaches the rest rounded half up to `cash_step` minor units
/// settles it; cash beyond that is change. With `keep_excess` whatever exceeds the debt is an advance and nothing is
/// rounded. `Rejected` when cash is not made of coins in use, when other tenders than cash exceed the debt and the excess
/// is not kept, when nothing is due and nothing is to be kept, when more would be given back than is due, or when a tender is zero, of
/// the other sign, or in another currency.
pub fn settle(due: Money, tenders: &[Tender], cash_step: i64, keep_excess: bool) -> Result<Settlement> {
    let back = due.is_negative();
    check_tenders(due, tenders)?;
    if tenders.is_empty() || (due.is_zero() && !keep_excess) {
        return Err(Error::rejected("error.payment.nothing_to_settle").at("tenders"));
    }
    let handed = |cash: bool| {
        let of_kind = tenders.iter().filter(|tender| (tender.kind == MethodKind::Cash) == cash);
        turned(Money::sum(due.currency(), of_kind.map(|tender| tender.amount))?, back)
    };
    let over_due = if back { "error.payment.refund_over_due" } else { "error.payment.over_due" };
    let payment = Payment { due: turned(due, back)?, other: handed(false)?, cash: handed(true)?, over_due };
    in_coins(tenders, cash_step)?;
    let settled = payment.settle(cash_step, keep_excess && !back)?;
    if back && !settled.change.is_zero() {
        return Err(payment.refused());
    }
    let parts = [settled.applied, settled.rounding, settled.change, settled.advance];
    let [applied, rounding, change, advance] = parts.map(|part| turned(part, back));
    Ok(Settlement { applied: applied?, rounding: rounding?, change: change?, advance: advance? })
}

fn check_tenders(due: Money, tenders: &[Tender]) -> Result<()> {
    for (index, tender) in tenders.iter().enumerate() {
        let at = |error: Error| error.at(format!("tenders[{index}].amount"));
        due.same_currency(tender.amount).map_err(at)?;
        if tender.amount.is_zero() || tender.amount.is_negative() != due.is_negative() {
            return Err(at(Error::rejected("error.payment.tender_sign")));
        }
    }
    Ok(())
}

/// The tenders as coins make them: cash that is exactly what the others leave becomes that rest rounded to `cash_step`.
pub fn as_coins_make(due: Money, tenders: &[Tender], cash_step: i64) -> Result<Vec<Tender>> {
    let mut made = tenders.to_vec();
    let mut rest = due;
    let mut cash = Vec::new();
    for tender in &mut made {
        if tender.kind == MethodKind::Cash { cash.push(tender) } else { rest = rest.checked_sub(tender.amount)? }
    }
    if let [only] = cash.as_mut_slice() {
        let coins = turned(turned(rest, due.is_negative())?.rounded_to(cash_step)?, due.is_negative())?;
        if only.amount == rest && !coins.is_zero() {
            only.amount = coins;
        }
    }
    Ok(made)
}

/// Rejected at cash that no coins add up to.
pub(crate) fn in_coins(tenders: &[Tender], cash_step: i64) -> Result<()> {
    if cash_step <= 0 {
        return Err(Error::rejected("error.step_not_positive"));
    }
    for (index, tender) in tenders.iter().enumerate() {
        let left = tender.amount.minor().checked_rem(cash_step);
        if tender.kind == MethodKind::Cash && left != Some(0) {
            let step = Money::new(cash_step, tender.amount.currency());
            let error = Error::rejected("error.payment.no_such_coins").arg_money("step", step);
            return Err(error.at(format!("tenders[{index}].amount")));
        }
    }
    Ok(())
}

fn turned(amount: Money, turn: bool) -> Result<Money> {
    if turn { amount.checked_neg() } else { Ok(amount) }
}

/// What is due and what is handed over, none of it below zero.
struct Payment {
    due: Money,
    other: Money,
    cash: Money,
    /// The refusal of more than is due.
    over_due: &'static str,
}

impl Payment {
    fn settle(&self, cash_step: i64, keep_excess: bool) -> Result<Settlement> {
        let zero = Money::zero(self.due.currency());
        if self.other > self.due && !keep_excess {
            return Err(self.refused());
        }
        let rest = self.due.checked_sub(self.other)?;
        let received = self.other.checked_add(self.cash)?;
        let full = |rounding: Money, change: Money, advance: Money| Settlement {
            applied: self.due,
            rounding,
            change,
            advance,
        };
        let payable = rest.rounded_to(cash_step)?;
        if keep_excess && received > self.due && (self.cash != payable || self.cash.is_zero()) {
            return Ok(full(zero, zero, received.checked_sub(self.due)?));
        }
        if self.cash == rest {
            return Ok(full(zero, zero, zero));
        }
        if self.cash >= payable && !self.cash.is_zero() {
            return Ok(full(rest.checked_sub(payable)?, self.cash.checked_sub(payable)?, zero));
        }
        Ok(Settlement { applied: received, rounding: zero, change: zero, advance: zero })
    }

    fn refused(&self) -> Error {
        Error::rejected(self.over_due).arg_money("due", self.due).at("tenders")
    }
}

/// Shares an amount among what is open, the first first, each no more than its own; what nothing is open for stays
/// unshared. A negative amount goes to negative dues. `Rejected` for amounts of two currencies.
pub fn allocate<K: Copy>(amount: Money, open: &[(K, Money)]) -> Result<Vec<Share<K>>> {
    let mut left = amount;
    let mut shares = Vec::new();
    for (key, due) in open {
        left.same_currency(*due)?;
        if left.is_zero() || due.is_zero() || due.is_negative() != amount.is_negative() {
            continue;
        }
        let larger = if amount.is_negative() { left < *due } else { left > *due };
        let part = if larger { *due } else { left };
        left = left.checked_sub(part)?;
        shares.push(Share { key: *key, amount: part });
    }
    Ok(shares)
}
