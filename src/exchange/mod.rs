//! Import and export: files of other programs in, our records out. Every write is a command, every read a query.

mod bring;
mod build;
pub mod builtin;
pub mod cell;
mod convert;
pub mod export;
pub mod fields;
pub mod formula;
pub mod import;
pub mod letters;
pub mod mapping;
mod own;
mod plan;
pub mod rejects;
pub mod sheet;
pub mod shipped;

use crate::domain::import::ImportKind;

/// Every kind that can be brought in.
pub const IMPORTS: [ImportKind; 5] = ImportKind::ALL;

pub use bring::Import;
pub use export::{EXPORTS, Export, export};
pub use import::{Options, Refusal, Request, Summary, import};
