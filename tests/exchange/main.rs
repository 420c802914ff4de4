//! Import and export: real data of others, bad rows, workbooks.

mod bad_rows;
#[path = "../exchange_support/mod.rs"]
mod exchange_support;
mod exports;
mod imports;
mod shell;
#[path = "../support/mod.rs"]
mod support;
mod workbooks;
