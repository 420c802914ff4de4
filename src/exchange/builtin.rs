//! The mapping of files whose columns are named like our fields: what our own exports write and people write by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::domain::import::ImportKind;
use crate::exchange::cell::Cell;
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::Sheet;
use crate::exchange::{fields, rejects};

/// How such files are known as a source of keys.
const SOURCE: &str = "csv";

/// Columns that our exports have for the reader and an import passes over.
const FOR_READERS: [&str; 14] = [
    "id",
    "version",
    "number",
    "counterparty_name",
    "item_name",
    "responsible_name",
    "position",
    "order",
    "order_number",
    "net",
    "tax",
    "total",
    "paid",
    "debt",
];

/// What stands between several values of one cell.
pub const BETWEEN: &str = "; ";

/// The mapping of a file without one. Rejected where a column is no field, or nothing tells records apart.
pub(super) fn mapping(kind: ImportKind, sheet: &Sheet) -> Result<Mapping> {
    let known = fields::of(kind);
    let added: Vec<String> = Lang::ALL.iter().flat_map(|lang| rejects::added_columns(*lang)).collect();
    let mut rules = BTreeMap::new();
    for column in sheet.columns.iter().filter(|column| !column.is_empty()) {
        if known.contains(&column.as_str()) {
            rules.insert(column.clone(), cell(kind, column));
        } else if !FOR_READERS.contains(&column.as_str()) && !added.contains(column) {
            return Err(Error::rejected("error.import.no_field").arg("column", column).arg("known", known.join(", ")));
        }
    }
    let keys: &[&str] = match kind {
        ImportKind::Counterparties | ImportKind::Items => &["id", "code", "name"],
        ImportKind::Orders => &["id", "reference"],
        ImportKind::OrderLines => &["order"],
        ImportKind::OpeningBalances => &["counterparty"],
    };
    let key = keys.iter().find(|column| sheet.has(column));
    let key = key.ok_or_else(|| Error::rejected("error.import.no_key").arg("columns", keys.join(", ")))?;
    let more = (kind == ImportKind::OpeningBalances && sheet.has("currency")).then_some("currency");
    Mapping {
        kind,
        source: SOURCE.to_owned(),
        letters: None,
        delimiter: None,
        empty: BTreeSet::new(),
        rows: Vec::new(),
        key: [*key].into_iter().chain(more).map(Cell::of_column).collect(),
        fields: rules,
        lines: BTreeMap::new(),
        along: Vec::new(),
    }
    .checked()
}

fn cell(kind: ImportKind, column: &str) -> Cell {
    match (kind, column) {
        (_, "phones" | "barcodes") => Cell::of_list(column, BETWEEN.trim()),
        (_, "counterparty") => Cell::of_lookup(column, ImportKind::Counterparties),
        (ImportKind::OrderLines, "item") => Cell::of_lookup(column, ImportKind::Items),
        (ImportKind::Orders, "original") => Cell::of_lookup(column, ImportKind::Orders),
        // An empty tax rate of a line says that it is not taxed; left out, the item's would be taken.
        (ImportKind::OrderLines, "tax_rate") => Cell::of_any(column),
        _ => Cell::of_column(column),
    }
}
