//! Customers: the list of them, the card of one, what one owes.

mod balance;
mod card;
mod list;

pub(crate) use card::{CUSTOMER, ITS_ORDERS};
pub(crate) use list::{ACTIVE, CUSTOMERS, off};
