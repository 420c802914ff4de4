//! Items: the list of them, the card of one with its picture and barcodes.

mod barcodes;
mod card;
mod list;

pub(crate) use card::ITEM;
pub(crate) use list::ITEMS;
