//! Categories of counterparties: how the company sorts those it deals with.

use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::table;

table! {
    /// A category of counterparties.
    pub struct Category in "categories" code 19 {
        /// How people call it.
        name: String,
        /// The name's sort key; no two categories share it.
        name_key: String,
        /// Whether it is offered.
        active: bool,
    }
}

/// Categories as a slice.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[Category::TABLE], statements: &[], lists: &[] };
