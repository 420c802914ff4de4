//! Customers: the list of them.

mod list;

pub(crate) use list::{ACTIVE, CUSTOMERS, off};
