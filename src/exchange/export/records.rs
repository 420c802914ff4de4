//! Counterparties and items as rows of an export: every field of their cards.

use crate::base::error::Result;
use crate::domain::category::Category;
use crate::domain::counterparty::{self, Counterparty};
use crate::domain::export::walk;
use crate::domain::item::{self, Item};
use crate::domain::item_group::ItemGroup;
use crate::domain::tax_rate::TaxRate;
use crate::domain::unit::Unit;
use crate::engine::query::View;
use crate::exchange::builtin::BETWEEN;
use crate::exchange::export::{Column, Take, id, number, text};

/// The columns of counterparties.
pub(super) const COUNTERPARTY_COLUMNS: &[Column] = &[
    id("id"),
    text("kind"),
    text("name"),
    text("legal_name"),
    text("code"),
    text("tax_id"),
    text("phones"),
    text("email"),
    text("address"),
    text("delivery_address"),
    text("bank_name"),
    text("bank_account"),
    text("contact"),
    text("language"),
    text("category"),
    text("note"),
    text("active"),
];

/// Every counterparty but the walk-in.
pub(super) fn counterparties(view: &View<'_>, take: Take<'_>) -> Result<()> {
    walk(view, |row: Counterparty| {
        let phones = counterparty::phones_of(view, row.id)?.into_iter().map(|phone| phone.phone);
        let phones = phones.collect::<Vec<_>>().join(BETWEEN);
        let category = row.category_id.map(|id| view.get::<Category>(id)).transpose()?;
        take(vec![
            row.id.to_string(),
            row.kind.code().to_owned(),
            row.name,
            row.legal_name,
            row.code,
            row.tax_id,
            phones,
            row.email,
            row.address,
            row.delivery_address,
            row.bank_name,
            row.bank_account,
            row.contact,
            row.language,
            category.map(|category| category.name).unwrap_or_default(),
            row.note,
            row.active.to_string(),
        ])
    })
}

/// The columns of items.
pub(super) const ITEM_COLUMNS: &[Column] = &[
    id("id"),
    text("kind"),
    text("code"),
    text("name"),
    text("description"),
    text("unit"),
    number("price"),
    number("cost"),
    text("currency"),
    text("tax_rate"),
    text("group"),
    text("barcodes"),
    text("active"),
];

/// Every item.
pub(super) fn items(view: &View<'_>, take: Take<'_>) -> Result<()> {
    walk(view, |row: Item| {
        let barcodes = item::barcodes_of(view, row.id)?.into_iter().map(|barcode| barcode.barcode);
        let barcodes = barcodes.collect::<Vec<_>>().join(BETWEEN);
        let tax_rate = row.tax_rate_id.map(|id| view.get::<TaxRate>(id)).transpose()?;
        let group = row.group_id.map(|id| view.get::<ItemGroup>(id)).transpose()?;
        take(vec![
            row.id.to_string(),
            row.kind.code().to_owned(),
            row.code,
            row.name,
            row.description,
            view.get::<Unit>(row.unit_id)?.code,
            row.price.map(|price| price.to_string()).unwrap_or_default(),
            row.cost.map(|cost| cost.to_string()).unwrap_or_default(),
            row.currency.code().to_owned(),
            tax_rate.map(|rate| rate.code).unwrap_or_default(),
            group.map(|group| group.name).unwrap_or_default(),
            barcodes,
            row.active.to_string(),
        ])
    })
}
