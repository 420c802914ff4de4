//! Names of records that the program shipped, in the reader's language whatever the company's is. A name that a person
//! wrote stays as it is.

use crate::base::locale::{Lang, find};

/// Codes of what is shipped.
const UNITS: [&str; 10] = ["pcs", "kg", "g", "l", "ml", "m", "m2", "m3", "h", "box"];
const METHODS: [&str; 3] = ["cash", "card", "transfer"];
const TAX_RATES: [&str; 3] = ["vat-20", "vat-0", "no-vat"];
const STATUSES: [&str; 6] = ["draft", "confirmed", "in-work", "ready", "closed", "cancelled"];

/// A unit's name.
pub fn unit(lang: Lang, name: &str) -> String {
    translated(lang, name, UNITS.iter().map(|code| format!("unit.{code}")))
}

/// A payment method's name.
pub fn method(lang: Lang, name: &str) -> String {
    translated(lang, name, METHODS.iter().map(|code| format!("payment_method.{code}")))
}

/// A tax rate's name.
pub fn tax_rate(lang: Lang, name: &str) -> String {
    translated(lang, name, TAX_RATES.iter().map(|code| format!("tax_rate.{code}")))
}

/// An order status's name.
pub fn status(lang: Lang, name: &str) -> String {
    translated(lang, name, STATUSES.iter().map(|code| format!("status.{code}")))
}

/// The name of a customer, who may be the walk-in.
pub fn customer(lang: Lang, name: &str) -> String {
    translated(lang, name, ["counterparty.walk_in".to_owned()].into_iter())
}

fn translated(lang: Lang, name: &str, mut keys: impl Iterator<Item = String>) -> String {
    let shipped = |key: &String| Lang::ALL.iter().any(|known| find(*known, key, &[]).is_some_and(|text| text == name));
    let key = keys.find(shipped);
    key.and_then(|key| find(lang, &key, &[])).unwrap_or_else(|| name.to_owned())
}
