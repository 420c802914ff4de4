//! One item as its card shows it: prices, barcodes, files, history; its cost only for who may see it.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::UnitPrice;
use crate::base::right::Right;
use crate::domain::attachment::{self, AttachmentRow, Owner};
use crate::domain::directory;
use crate::domain::field::{self, FieldOf, Teller, Told};
use crate::domain::file::FileHash;
use crate::domain::history::Happening;
use crate::domain::item::{Item, ItemKind, barcodes_of, by_barcode, by_code};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// One item, by its id, one of its barcodes or its code.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneItem {
    /// Its id.
    #[serde(default)]
    pub id: Option<Id<Item>>,
    /// One of its barcodes, as a scanner gives it.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub barcode: Option<String>,
    /// The company's own code for it.
    #[serde(default, deserialize_with = "lenient::opt_text")]
    pub code: Option<String>,
}

/// An item's card. Wide: one field for each line of the card.
#[derive(Clone, Debug, Serialize)]
pub struct ItemCard {
    /// Its id.
    pub id: Id<Item>,
    /// Its version, to send with a change.
    pub version: i64,
    /// What it is.
    pub kind: ItemKind,
    /// The company's own code for it.
    pub code: String,
    /// How it is called.
    pub name: String,
    /// More about it.
    pub description: String,
    /// Code of what it is counted in.
    pub unit: String,
    /// The usual price; null while it is not known.
    pub price: Option<UnitPrice>,
    /// What one costs, null while it is not known; only with the right to see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Option<UnitPrice>>,
    /// The currency of both.
    pub currency: Currency,
    /// Code of its tax rate; null for the company's usual one.
    pub tax_rate: Option<String>,
    /// Its group.
    pub group: String,
    /// Its barcodes in their order.
    pub barcodes: Vec<String>,
    /// Hash of its picture, if it has one.
    pub picture: Option<FileHash>,
    /// What it holds in the fields of the company's own, by their codes.
    pub fields: Told,
    /// Whether it is offered.
    pub active: bool,
    /// Its files, oldest first.
    pub attachments: Vec<AttachmentRow>,
    /// What happened to it, oldest first.
    pub history: Vec<Happening>,
}

impl Query for OneItem {
    const NAME: &'static str = "item";
    const NEED: Need = Need::Right(Right::ItemView);
    type Row = ItemCard;

    fn run(&self, view: &View<'_>) -> Result<Vec<ItemCard>> {
        let row = match (self.id, &self.barcode, &self.code) {
            (Some(id), _, _) => Some(view.get(id).map_err(|error| error.at("id"))?),
            (None, Some(scanned), _) => by_barcode(view, scanned)?,
            (None, None, Some(code)) => by_code(view, code)?,
            (None, None, None) => return Err(Error::rejected("error.field_empty").at("id")),
        };
        let typed = self.barcode.as_ref().or(self.code.as_ref());
        let row = row.ok_or_else(|| directory::missing::<Item>(typed.map_or("", String::as_str)))?;
        card(view, row).map(|card| vec![card])
    }
}

fn card(view: &View<'_>, row: Item) -> Result<ItemCard> {
    let rate = row.tax_rate_id.map(|id| view.get(id)).transpose()?;
    let group = row.group_id.map(|id| view.get(id)).transpose()?;
    Ok(ItemCard {
        id: row.id,
        version: row.version,
        kind: row.kind,
        unit: view.get(row.unit_id)?.code,
        price: row.price,
        cost: view.actor().can(Right::CostView).then_some(row.cost),
        currency: row.currency,
        tax_rate: rate.map(|rate| rate.code),
        group: group.map(|group| group.name).unwrap_or_default(),
        barcodes: barcodes_of(view, row.id)?.into_iter().map(|row| row.barcode).collect(),
        attachments: attachment::rows_of(view, Owner::Item, row.id.get())?,
        history: field::history::of_record(view, (FieldOf::Item, row.id.get()))?,
        fields: Teller::of(view, FieldOf::Item)?.tell(view, row.id.get())?,
        code: row.code,
        name: row.name,
        description: row.description,
        picture: row.picture_hash.map(FileHash::from_bytes),
        active: row.active,
    })
}
