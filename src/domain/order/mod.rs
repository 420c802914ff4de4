//! Orders: what was agreed with a customer, and what it comes to.

pub mod states;
pub mod totals;

crate::code_column!(totals::Place);
