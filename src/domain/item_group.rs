//! Groups of items: a tree.

use crate::base::id::Id;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::table;

table! {
    /// A group of items.
    pub struct ItemGroup in "item_groups" code 20 {
        /// How people call it.
        name: String,
        /// The name's sort key; no two groups share it.
        name_key: String,
        /// The group it stands in, if any.
        parent_id: Option<Id<ItemGroup>>,
        /// Whether it is offered.
        active: bool,
    }
}

/// Item groups as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[], tables: &[ItemGroup::TABLE], statements: &[], lists: &[] };
