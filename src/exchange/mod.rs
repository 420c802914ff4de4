//! Import and export: files of other programs in, our records out. Every write is a command, every read a query.

mod build;
mod builtin;
pub mod cell;
mod convert;
pub mod fields;
pub mod formula;
pub mod import;
pub mod letters;
pub mod mapping;
mod plan;
pub mod rejects;
pub mod sheet;

pub use import::{Options, Request, Summary, import};
