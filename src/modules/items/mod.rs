//! Items: the list of them.

mod list;

pub(crate) use list::ITEMS;
