//! Payments: what was received for orders, and what was given back.

pub mod settle;
