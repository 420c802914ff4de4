//! Invoices: the list of them, the card of one.

mod card;
mod list;

pub(crate) use card::INVOICE;
pub(crate) use list::INVOICES;
