//! The mapping of files whose columns are named like our fields: what our own exports write and people write by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::error::{Error, Result};
use crate::base::locale::Lang;
use crate::base::text;
use crate::domain::import::ImportKind;
use crate::exchange::cell::Cell;
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::Sheet;
use crate::exchange::{fields, rejects};

/// How such files are known as a source of keys.
pub(super) const SOURCE: &str = "csv";

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
    let mut named = Vec::new();
    for column in sheet.columns.iter().map(String::as_str).filter(|column| !column.is_empty()) {
        if known.contains(&column) || fields::is_own(kind, column) {
            named.push((column, column));
        } else if !FOR_READERS.contains(&column) && !added.iter().any(|added| added == column) {
            return Err(Error::rejected("error.import.no_field").arg("column", column).arg("known", known.join(", ")));
        }
    }
    let key = KEYS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, keys)| *keys).find(|key| sheet.has(key));
    matched(kind, &named, key.copied().unwrap_or_default())
}

/// The mapping of columns that a person matched: each with the field it fills, and the one that tells records apart; of
/// order lines, their orders. Rejected where nothing does.
pub fn matched(kind: ImportKind, columns: &[(&str, &str)], key: &str) -> Result<Mapping> {
    if key.is_empty() {
        let keys = KEYS.iter().find(|(of, _)| *of == kind).map_or(&[][..], |(_, keys)| *keys);
        return Err(Error::rejected("error.import.no_key").arg("columns", keys.join(", ")).at("key"));
    }
    let rules = columns.iter().map(|(column, field)| ((*field).to_owned(), cell(kind, field, column)));
    // Who owes in two currencies has two balances.
    let currency = columns.iter().find(|(_, field)| kind == ImportKind::OpeningBalances && *field == "currency");
    Mapping {
        kind,
        source: SOURCE.to_owned(),
        letters: None,
        delimiter: None,
        empty: BTreeSet::new(),
        rows: Vec::new(),
        key: [key].into_iter().chain(currency.map(|(column, _)| *column)).map(Cell::of_column).collect(),
        fields: rules.collect(),
        lines: BTreeMap::new(),
        along: Vec::new(),
    }
    .checked()
}

/// The columns that tell records apart, the first one that is there.
const KEYS: &[(ImportKind, &[&str])] = &[
    (ImportKind::Counterparties, &["id", "code", "name"]),
    (ImportKind::Items, &["id", "code", "name"]),
    (ImportKind::Orders, &["id", "reference"]),
    (ImportKind::OrderLines, &["order"]),
    (ImportKind::OpeningBalances, &["counterparty"]),
];

/// What a file's columns most likely are: the field of each, where one is known by that name, and the column that tells
/// records apart; `more` are fields that the company added. `names` gives the names under which people know a field.
pub fn guess(
    kind: ImportKind,
    more: &[&'static str],
    columns: &[String],
    names: impl Fn(&str) -> Vec<String>,
) -> (Vec<Option<&'static str>>, Option<usize>) {
    let known: Vec<(&'static str, Vec<String>)> = fields::of(kind)
        .into_iter()
        .chain(more.iter().copied())
        .map(|field| (field, names(field).iter().chain([&field.to_owned()]).map(|name| text::fold(name)).collect()))
        .collect();
    let mut taken = BTreeSet::new();
    let mut field_of = |column: &String| {
        let folded = text::fold(column);
        let found = known.iter().find(|(field, names)| names.contains(&folded) && !taken.contains(field))?.0;
        taken.insert(found);
        Some(found)
    };
    let matched: Vec<Option<&'static str>> = columns.iter().map(&mut field_of).collect();
    let keys = KEYS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, keys)| *keys);
    let place = |key: &&str| {
        let named = columns.iter().position(|column| text::fold(column) == text::fold(key));
        named.or(matched.iter().position(|field| field.is_some_and(|field| field == *key)))
    };
    let key = keys.clone().find_map(place);
    (matched, key)
}

fn cell(kind: ImportKind, field: &str, column: &str) -> Cell {
    match (kind, field) {
        (_, "phones" | "barcodes") => Cell::of_list(column, BETWEEN.trim()),
        (_, "counterparty") => Cell::of_lookup(column, ImportKind::Counterparties),
        (ImportKind::OrderLines, "item") => Cell::of_lookup(column, ImportKind::Items),
        (ImportKind::Orders, "original") => Cell::of_lookup(column, ImportKind::Orders),
        // An empty tax rate of a line says that it is not taxed; left out, the item's would be taken.
        (ImportKind::OrderLines, "tax_rate") => Cell::of_any(column),
        _ => Cell::of_column(column),
    }
}
