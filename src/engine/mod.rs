//! Layer 1, the engine: the only code that knows a database driver. It knows no business.

pub mod backup;
pub mod bare;
pub mod batch;
pub mod business;
pub mod change;
pub mod check;
pub mod clock;
pub mod command;
pub mod db;
pub mod dialect;
pub mod fields;
pub mod guard;
pub mod journal;
pub mod logical;
mod open;
pub mod query;
pub mod rule;
pub mod schema;
pub mod select;
pub mod statement;
pub mod store;
pub mod table;
pub mod ticket;
pub mod tx;
pub mod undo;
pub mod value;
pub mod worker;
