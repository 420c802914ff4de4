//! What an undo must hold to where an order has used an advance: the payment still stands, and no more than all of it
//! is used.

use crate::base::error::{Error, Result};
use crate::domain::payment::row::{Allocation, Payment};
use crate::domain::payment::store;
use crate::engine::rule::Ruled;
use crate::engine::tx::Tx;

impl Ruled for Allocation {
    fn put_back(tx: &Tx<'_>, before: Option<&Allocation>, now: Option<&Allocation>) -> Result<()> {
        let Some(allocation) = now.or(before) else {
            return Ok(());
        };
        let payment: Payment = tx.get(allocation.payment_id)?;
        let refused = |key| Err(Error::rejected(key).arg("payment", payment.number));
        if payment.voided {
            return refused("error.payment.voided_since");
        }
        let used = store::allocations_of(tx, payment.id)?;
        let used = used.iter().map(|row| i128::from(row.amount)).sum::<i128>();
        if used.abs() > i128::from(payment.amount).abs() { refused("error.payment.used_since") } else { Ok(()) }
    }
}
