//! Finding rows of directories by what people type: a code, a barcode. Rejected with what to do when there is none.

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::counterparty::{self, Counterparty, CounterpartyPhone};
use crate::domain::currency;
use crate::domain::item::{self, Item};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::status::OrderStatus;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::engine::db::Db;
use crate::engine::store::Slice;
use crate::{params, statements};

statements! {
    /// The unit with a code.
    UNIT = "SELECT id FROM units WHERE code = ?1 AND active = 1";
    /// The tax rate with a code.
    TAX_RATE = "SELECT id FROM tax_rates WHERE code = ?1 AND active = 1";
    /// The payment method with a code.
    PAYMENT_METHOD = "SELECT id FROM payment_methods WHERE code = ?1 AND active = 1";
    /// The status with a code.
    STATUS = "SELECT id FROM statuses WHERE code = ?1 AND active = 1";
}

/// The statements of looking up.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// The unit with a code. Rejected when there is none.
pub fn unit(db: &Db, code: &str) -> Result<Unit> {
    let found: Option<(Id<Unit>,)> = db.row(&UNIT, params![code.to_owned()])?;
    db.get(found.ok_or_else(|| Error::rejected("error.lookup.unit").arg("code", code))?.0)
}

/// The tax rate with a code. Rejected when there is none.
pub fn tax_rate(db: &Db, code: &str) -> Result<TaxRate> {
    let found: Option<(Id<TaxRate>,)> = db.row(&TAX_RATE, params![code.to_owned()])?;
    db.get(found.ok_or_else(|| Error::rejected("error.lookup.tax_rate").arg("code", code))?.0)
}

/// The payment method with a code. Rejected when there is none.
pub fn payment_method(db: &Db, code: &str) -> Result<PaymentMethod> {
    let found: Option<(Id<PaymentMethod>,)> = db.row(&PAYMENT_METHOD, params![code.to_owned()])?;
    db.get(found.ok_or_else(|| Error::rejected("error.lookup.payment_method").arg("code", code))?.0)
}

/// The status of the company's own with a code. Rejected when there is none.
pub fn status(db: &Db, code: &str) -> Result<OrderStatus> {
    let found: Option<(Id<OrderStatus>,)> = db.row(&STATUS, params![code.to_owned()])?;
    db.get(found.ok_or_else(|| Error::rejected("error.lookup.status").arg("code", code))?.0)
}

/// The item with a barcode, or else with a code.
pub fn item(db: &Db, code: &str) -> Result<Option<Item>> {
    match item::by_barcode(db, code)? {
        Some(found) => Ok(Some(found)),
        None => item::by_code(db, code),
    }
}

/// The smallest amount that can be paid in cash, in minor units: the company's own, else the currency's.
pub fn cash_step(db: &Db, code: Currency) -> Result<i64> {
    Ok(currency::cash_step(db, code)?.minor())
}

/// The phones of a counterparty, in order.
pub fn phones_of(db: &Db, counterparty: Id<Counterparty>) -> Result<Vec<CounterpartyPhone>> {
    counterparty::phones_of(db, counterparty)
}
