//! Items: what is sold, made or done for money.

use serde::{Deserialize, Serialize};

use crate::base::barcode;
use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::UnitPrice;
use crate::domain::item_group::ItemGroup;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::{code_column, params, statements, table};

mod barcodes;
mod card;
mod find;
mod list;
mod save;

pub use card::{ItemCard, OneItem};
pub use find::{FindItem, FoundItem};
pub use list::{ItemRow, Items, ItemsTotals};
pub use save::{RemoveItem, SaveItem};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

statements! {
    /// The barcodes of an item in their order.
    BARCODES = "
        SELECT id, version, item_id, position, barcode
        FROM item_barcodes
        WHERE item_id = ?1
        ORDER BY position, id";
    /// The item that has a barcode, under any of its three spellings.
    WITH_BARCODE = "
        SELECT i.id, i.name
        FROM item_barcodes b
        JOIN items i ON i.id = b.item_id
        WHERE b.barcode IN (?1, ?2, ?3)
        ORDER BY i.id";
    /// The item with a code.
    WITH_CODE = "SELECT id, name FROM items WHERE code = ?1 AND code <> ''";
}

/// Items as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveItem>(), CommandEntry::of::<RemoveItem>()],
    queries: &[
        QueryEntry::of::<Items>(),
        QueryEntry::of::<ItemsTotals>(),
        QueryEntry::of::<OneItem>(),
        QueryEntry::of::<FindItem>(),
    ],
    tables: &[Item::TABLE, ItemBarcode::TABLE],
    statements: STATEMENTS,
    lists: &[&list::LIST],
};

/// The barcodes of an item in their order.
pub fn barcodes_of(db: &Db, item: Id<Item>) -> Result<Vec<ItemBarcode>> {
    db.rows(&BARCODES, params![item])
}

/// The item with a barcode, however many leading zeros the scanner gives, if there is one.
pub fn by_barcode(db: &Db, scanned: &str) -> Result<Option<Item>> {
    let found: Option<(Id<Item>, String)> = with_barcode(db, scanned)?;
    found.map(|(id, _)| db.get(id)).transpose()
}

/// The item with a code, if there is one.
pub fn by_code(db: &Db, code: &str) -> Result<Option<Item>> {
    let found: Option<(Id<Item>, String)> = db.row(&WITH_CODE, params![code.trim().to_owned()])?;
    found.map(|(id, _)| db.get(id)).transpose()
}

/// The item with a barcode, or else with a code, if there is one.
pub fn scanned(db: &Db, typed: &str) -> Result<Option<Item>> {
    by_barcode(db, typed)?.map_or_else(|| by_code(db, typed), |item| Ok(Some(item)))
}

fn with_barcode(db: &Db, scanned: &str) -> Result<Option<(Id<Item>, String)>> {
    let [long, middle, short] = barcode::spellings(scanned);
    db.row(&WITH_BARCODE, params![long, middle, short])
}

impl Item {
    fn blank(currency: Currency) -> Item {
        Item {
            id: Id::new(0),
            version: 0,
            kind: ItemKind::Goods,
            code: String::new(),
            name: String::new(),
            name_key: String::new(),
            description: String::new(),
            unit_id: Id::new(0),
            price: None,
            cost: None,
            currency,
            tax_rate_id: None,
            group_id: None,
            picture_hash: None,
            search: String::new(),
            active: true,
        }
    }
}
