//! Names of records that the program shipped, in the reader's language whatever the company's is. A name that a person
//! wrote stays as it is.

use crate::base::locale::Lang;
use crate::base::shipped::named;

/// A unit's name.
pub fn unit(lang: Lang, name: &str) -> String {
    named(lang, "units", name)
}

/// A payment method's name.
pub fn method(lang: Lang, name: &str) -> String {
    named(lang, "payment-methods", name)
}

/// A tax rate's name.
pub fn tax_rate(lang: Lang, name: &str) -> String {
    named(lang, "tax-rates", name)
}

/// An order status's name.
pub fn status(lang: Lang, name: &str) -> String {
    named(lang, "statuses", name)
}

/// The name of a customer, who may be the walk-in.
pub fn customer(lang: Lang, name: &str) -> String {
    named(lang, "counterparties", name)
}
