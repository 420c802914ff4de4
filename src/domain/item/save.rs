//! Adding, changing and removing items.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::UnitPrice;
use crate::base::right::Right;
use crate::base::text;
use crate::domain::attachment::{self, Owner};
use crate::domain::directory::{self, Saved};
use crate::domain::field::{self, FieldOf, Given, Said};
use crate::domain::file::{self, FileHash};
use crate::domain::item::{Item, ItemKind, WITH_CODE, barcodes, barcodes_of, with_barcode};
use crate::domain::order::template;
use crate::domain::{company, currency, item_group, tax_rate, unit};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::db::Db;
use crate::engine::tx::Tx;
use crate::{params, remove_command};

/// The longest description, in letters.
const LONGEST_DESCRIPTION: usize = 10_000;

/// The unit of an item of which nothing else is said.
const USUAL_UNIT: &str = "pcs";

/// Adds an item or changes one. Wide: one field for each line of the card.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveItem {
    /// The item to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Item>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// What it is; goods when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ItemKind>,
    /// The company's own code for it; no two share one.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How it is called.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// More about it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Code of what it is counted in; pieces when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The usual price; an empty text while it is not known.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub price: Option<Option<UnitPrice>>,
    /// What one costs the company; an empty text while it is not known.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub cost: Option<Option<UnitPrice>>,
    /// The currency of both; the home currency when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Code of its tax rate; an empty text for the company's usual one.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<String>,
    /// Its group, by name; an empty text for none.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// All its barcodes, in their order.
    #[serde(default, deserialize_with = "lenient::opt_texts", skip_serializing_if = "Option::is_none")]
    pub barcodes: Option<Vec<String>>,
    /// Hash of a kept PNG or JPEG; an empty text for none.
    #[serde(default, deserialize_with = "lenient::clearable", skip_serializing_if = "Option::is_none")]
    pub picture: Option<Option<FileHash>>,
    /// What it holds in the fields of the company's own, by their codes; an empty text for nothing.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub fields: Said,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveItem {
    const NAME: &'static str = "save-item";
    const NEED: Need = Need::Right(Right::ItemEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let kept = old.as_ref().map_or_else(|| Ok(Vec::new()), |old| barcodes_of(tx, old.id))?;
        let mut new = match &old {
            Some(old) => old.clone(),
            None => Item::blank(company::current(tx)?.currency),
        };
        self.put_texts(&mut new)?;
        self.put_prices(tx, &mut new)?;
        self.put_references(tx, &mut new)?;
        let wanted = barcodes::wanted(tx, self.barcodes.as_deref(), new.id, &kept)?;
        new.search = search_text(&new, &wanted);
        free_code(tx, &new)?;
        let fields = Given::read(tx, (FieldOf::Item, old.as_ref().map(|old| old.id.get())), &self.fields)?;
        let saved = directory::stored_with(tx, (old.as_ref(), &new), fields.changes())?;
        fields.store(tx, saved.id)?;
        barcodes::store(tx, Id::new(saved.id), &kept, &wanted)?;
        Ok(saved)
    }
}

impl SaveItem {
    fn put_texts(&self, new: &mut Item) -> Result<()> {
        new.kind = self.kind.unwrap_or(new.kind);
        new.active = self.active.unwrap_or(new.active);
        new.name = directory::name_or(self.name.as_ref(), &new.name)?;
        new.name_key = text::sort_key(&new.name);
        new.code = directory::typed_code_or(self.code.as_ref(), &new.code)?;
        new.description =
            directory::lines_or(self.description.as_ref(), &new.description, "description", LONGEST_DESCRIPTION)?;
        Ok(())
    }

    /// What a person may not see that person may not set.
    fn put_prices(&self, tx: &Tx<'_>, new: &mut Item) -> Result<()> {
        if let Some(price) = self.price {
            new.price = not_negative(price, "price")?;
        }
        if let Some(cost) = self.cost {
            tx.actor().require(Right::CostView).map_err(|error| error.at("cost"))?;
            new.cost = not_negative(cost, "cost")?;
        }
        if let Some(code) = self.currency.filter(|code| *code != new.currency) {
            new.currency = currency::in_use(tx, code)?.code;
        }
        Ok(())
    }

    fn put_references(&self, tx: &Tx<'_>, new: &mut Item) -> Result<()> {
        let usual = (new.unit_id.get() == 0).then_some(USUAL_UNIT);
        if let Some(typed) = self.unit.as_deref().or(usual) {
            let unit = unit::find(tx, typed)?;
            offered(unit.active || unit.id == new.unit_id, &unit.name, "unit")?;
            new.unit_id = unit.id;
        }
        match self.tax_rate.as_deref() {
            None => (),
            Some("") => new.tax_rate_id = None,
            Some(typed) => {
                let rate = tax_rate::find(tx, typed)?;
                offered(rate.active || new.tax_rate_id == Some(rate.id), &rate.name, "tax_rate")?;
                new.tax_rate_id = Some(rate.id);
            }
        }
        match self.group.as_deref() {
            None => (),
            Some("") => new.group_id = None,
            Some(typed) => new.group_id = Some(item_group::find(tx, typed)?.id),
        }
        if let Some(picture) = &self.picture {
            new.picture_hash = picture.as_ref().map(|hash| file::picture(tx, hash, "picture")).transpose()?;
        }
        Ok(())
    }
}

fn not_negative(price: Option<UnitPrice>, field: &'static str) -> Result<Option<UnitPrice>> {
    match price {
        Some(price) if price < UnitPrice::ZERO => Err(Error::rejected("error.price_negative").at(field)),
        other => Ok(other),
    }
}

fn offered(offered: bool, name: &str, field: &'static str) -> Result<()> {
    if offered { Ok(()) } else { Err(Error::rejected("error.switched_off").arg("name", name).at(field)) }
}

/// What an item is found by, one thing a line, so that no fragment spans two of them.
fn search_text(row: &Item, barcodes: &[String]) -> String {
    let digits = text::digits(&row.code);
    let texts = [&row.name, &row.code, &digits].into_iter().chain(barcodes);
    let mut found: Vec<String> = Vec::new();
    for part in texts.map(|text| text::fold(text)) {
        if !part.is_empty() && !found.contains(&part) {
            found.push(part);
        }
    }
    found.join("\n")
}

/// Rejected at `code` where another item has the code, as its own or as a barcode: a scan would find that one.
fn free_code(db: &Db, new: &Item) -> Result<()> {
    let other = |found: Option<(Id<Item>, String)>| found.filter(|(other, _)| *other != new.id);
    if let Some((_, name)) = other(db.row(&WITH_CODE, params![new.code])?) {
        return Err(Error::rejected("error.code_taken").arg("text", &new.code).arg("name", name).at("code"));
    }
    if let Some((_, name)) = other(with_barcode(db, &new.code)?) {
        return Err(Error::rejected("error.barcode_taken").arg("text", &new.code).arg("name", name).at("code"));
    }
    Ok(())
}

remove_command!(
    /// Removes an item that nothing refers to, with its barcodes.
    RemoveItem, "remove-item", Item, Need::Right(Right::ItemEdit), clear_for_removal
);

fn clear_for_removal(tx: &mut Tx<'_>, row: &Item) -> Result<()> {
    attachment::none_attached(tx, Owner::Item, row.id.get())?;
    template::none_with(tx, row.id)?;
    field::clear(tx, FieldOf::Item, row.id.get())?;
    for barcode in barcodes_of(tx, row.id)? {
        tx.delete(&barcode)?;
    }
    Ok(())
}
