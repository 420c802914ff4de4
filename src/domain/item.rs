//! Items: what is sold, made or done for money.

use crate::base::currency::Currency;
use crate::base::id::Id;
use crate::base::money::UnitPrice;
use crate::domain::item_group::ItemGroup;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::{code_column, table};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// Something that lies on a shelf.
    Goods,
    /// Work done.
    Service,
    /// Something made for one order.
    MadeToOrder,
}

impl ItemKind {
    /// The fixed text.
    pub fn code(self) -> &'static str {
        match self {
            ItemKind::Goods => "goods",
            ItemKind::Service => "service",
            ItemKind::MadeToOrder => "made-to-order",
        }
    }

    /// The kind with this text, if there is one.
    pub fn parse(text: &str) -> Option<ItemKind> {
        [ItemKind::Goods, ItemKind::Service, ItemKind::MadeToOrder].into_iter().find(|kind| kind.code() == text)
    }
}

code_column!(ItemKind);

table! {
    /// An item.
    pub struct Item in "items" code 23 search "items_search" {
        /// What it is.
        kind: ItemKind,
        /// The company's own code for it.
        code: String,
        /// How it is called.
        name: String,
        /// The name's sort key.
        name_key: String,
        /// More about it.
        description: String,
        /// What it is counted in.
        unit_id: Id<Unit>,
        /// The usual price; unknown is not zero.
        price: Option<UnitPrice>,
        /// What one costs the company; unknown is not zero.
        cost: Option<UnitPrice>,
        /// The currency of price and cost.
        currency: Currency,
        /// Its tax rate; the company's usual one when there is none.
        tax_rate_id: Option<Id<TaxRate>>,
        /// Its group, if any.
        group_id: Option<Id<ItemGroup>>,
        /// Its picture, by the hash of the kept file.
        picture_hash: Option<Vec<u8>>,
        /// What it is found by: folded name, code, barcodes.
        search: String,
        /// Whether it is offered.
        active: bool,
    }
}

table! {
    /// A barcode of an item.
    pub struct ItemBarcode in "item_barcodes" code 24 {
        /// Whose.
        item_id: Id<Item>,
        /// Its place on the card, from 1.
        position: i64,
        /// The code as a scanner reads it.
        barcode: String,
    }
}

/// Items as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[], tables: &[Item::TABLE, ItemBarcode::TABLE], statements: &[], lists: &[] };
