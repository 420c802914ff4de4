//! Payments: the list of them, the card of one.

mod card;
mod list;

pub(crate) use card::PAYMENT;
pub(crate) use list::PAYMENTS;
