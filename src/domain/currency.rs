//! Currencies the company keeps accounts in, and the smallest amount each is paid with in cash.

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::table;

table! {
    /// A currency in use.
    pub struct CurrencyInUse in "currencies" code 14 {
        /// Which one.
        code: Currency,
        /// The smallest amount paid in cash, in minor units.
        cash_step: i64,
        /// Whether it is offered.
        active: bool,
    }
}

/// Currencies as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[], tables: &[CurrencyInUse::TABLE], statements: &[], lists: &[] };

/// Stores the home currency with its customary cash step.
pub(crate) fn ship(tx: &mut Tx<'_>, code: Currency) -> Result<()> {
    tx.insert(&CurrencyInUse { id: Id::new(0), version: 0, code, cash_step: code.cash_step(), active: true })?;
    Ok(())
}
