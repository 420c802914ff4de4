//! A mapping: which column of a file becomes which field of a record. People write it as JSON beside their files;
//! `Mapping` shows every word of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::Deserializer;

use crate::base::error::{Error, Result};
use crate::domain::import::ImportKind;
use crate::exchange::cell::Cell;
use crate::exchange::fields;
use crate::exchange::letters::Letters;
use crate::exchange::sheet::Sheet;
use crate::platform;

/// How the rows of a file become records.
///
/// ```json
/// { "kind": "orders",                  // counterparties, items, orders, order-lines or opening-balances
///   "source": "shop",                  // the other program: keys of two programs never meet
///   "letters": "windows-1251",         // utf-8, windows-1251, latin-1, utf-16; found out when left out
///   "delimiter": ";",                  // found out from the heading when left out
///   "empty": ["NULL", "-"],            // texts that mean an empty cell
///   "rows": [{ "column": "Country", "is": ["AM"] }, { "column": "Type", "is_not": ["test"] }],
///   "key": "InvoiceNo",                // the column, or list of columns, that tells records apart; of order-lines,
///                                      // the key of the order they belong to
///   "fields": {                        // each field is a column's name, or an object:
///     "reference": "InvoiceNo",
///     "counterparty": { "column": "CustomerID", "whole": true, "lookup": "counterparties" },
///     "date":     { "column": "InvoiceDate", "date": ["%d.%m.%Y", "%Y-%m-%d %H:%M:%S"] },
///     "received": { "column": "InvoiceDate", "moment": ["%Y-%m-%d %H:%M:%S"] },
///     "status":   { "column": "Shipped", "filled": "closed", "otherwise": "confirmed" },
///     "kind":     { "column": "InvoiceNo", "starts": { "C": "return" }, "otherwise": "order" },
///     "note":     { "columns": ["City", "Street"], "join": ", ", "or": "Country" },
///     "fields.color": "Color",         // a field of the company's own, by its code
///     "currency": { "constant": "GBP" } },
///   "lines": {                         // of orders whose lines stand in the same file, one a row
///     "item":     { "column": "StockCode", "upper": true, "lookup": "items" },
///     "price":    { "column": "Price", "decimal": "," },
///     "discount_percent": { "column": "Discount", "fraction": true },
///     "unit":     { "column": "Unit", "values": { "pc": "pcs" } },
///     "quantity": "Quantity" },
///   "along": [                         // records that come along with a row, once a key
///     { "kind": "items", "key": { "column": "StockCode", "upper": true }, "fields": { "name": "Description" } } ] }
/// ```
///
/// A field whose cell is empty is left out, or is `otherwise` where that is given. Of one order all rows come in or
/// none does.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the file holds.
    pub kind: ImportKind,
    /// The other program: keys of two programs never meet.
    pub source: String,
    /// The letters of the file; found out when left out.
    #[serde(default)]
    pub letters: Option<Letters>,
    /// What stands between cells; found out when left out.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// Texts that mean an empty cell.
    #[serde(default)]
    pub empty: BTreeSet<String>,
    /// Which rows count; the others are passed over.
    #[serde(default)]
    pub rows: Vec<Filter>,
    /// What tells records apart; of order lines, the key of their order.
    #[serde(deserialize_with = "one_or_more")]
    pub key: Vec<Cell>,
    /// The fields of a record.
    #[serde(default)]
    pub fields: BTreeMap<String, Cell>,
    /// Of whole orders: the fields of each line.
    #[serde(default)]
    pub lines: BTreeMap<String, Cell>,
    /// Records that come along with a row.
    #[serde(default)]
    pub along: Vec<Along>,
}

/// Which rows count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The column.
    pub column: String,
    /// Only rows where it says one of these.
    #[serde(default)]
    pub is: Vec<String>,
    /// Not rows where it says one of these.
    #[serde(default)]
    pub is_not: Vec<String>,
}

/// A record that comes along with a row, unless it is known already.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Along {
    /// What it is.
    pub kind: ImportKind,
    /// What tells such records apart; a row where it is empty brings none.
    #[serde(deserialize_with = "one_or_more")]
    pub key: Vec<Cell>,
    /// Its fields.
    pub fields: BTreeMap<String, Cell>,
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Cell>, D::Error> {
    struct Visitor;
    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = Vec<Cell>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("columns")
        }
        fn visit_str<E>(self, column: &str) -> Result<Vec<Cell>, E> {
            Ok(vec![Cell::of_column(column)])
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Vec<Cell>, A::Error> {
            Ok(vec![Cell::deserialize(serde::de::value::MapAccessDeserializer::new(map))?])
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Cell>, A::Error> {
            let mut cells = Vec::new();
            while let Some(cell) = list.next_element()? {
                cells.push(cell);
            }
            Ok(cells)
        }
    }
    deserializer.deserialize_any(Visitor)
}

impl Mapping {
    /// Reads a mapping. Rejected, naming the place, where it is none.
    pub fn read(path: &Path) -> Result<Mapping> {
        let text = std::fs::read_to_string(path).map_err(|error| platform::io_error(path, &error))?;
        Mapping::parse(&text)
    }

    /// Reads a mapping from its text. Rejected, naming the place, where it is none.
    pub fn parse(text: &str) -> Result<Mapping> {
        let mut json = serde_json::Deserializer::from_str(text);
        let mapping: Mapping = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let inner = error.inner();
            if inner.is_syntax() || inner.is_eof() {
                return Error::rejected("error.import.mapping_json")
                    .arg("line", inner.line())
                    .arg("column", inner.column());
            }
            let said = inner.to_string();
            let said = said.rsplit_once(" at ").map_or(said.as_str(), |(said, _)| said);
            Error::from_serde(said, &error.path().to_string())
        })?;
        json.end().map_err(|error| {
            Error::rejected("error.import.mapping_json").arg("line", error.line()).arg("column", error.column())
        })?;
        mapping.checked()
    }

    /// Rejected where a mapping cannot mean anything, whatever the file.
    pub(super) fn checked(self) -> Result<Mapping> {
        if self.source.trim().is_empty() {
            return Err(Error::rejected("error.field_empty").at("source"));
        }
        if self.key.is_empty() {
            return Err(Error::rejected("error.field_missing").arg("field", "key").at("key"));
        }
        if self.kind != ImportKind::Orders && !self.lines.is_empty() {
            return Err(Error::rejected("error.import.lines_of_orders").at("lines"));
        }
        known_names("fields", &self.fields, self.kind)?;
        known_names("lines", &self.lines, ImportKind::OrderLines)?;
        for (at, along) in self.along.iter().enumerate() {
            if matches!(along.kind, ImportKind::Orders | ImportKind::OrderLines) {
                return Err(Error::rejected("error.import.along_kind").at(format!("along[{at}].kind")));
            }
            known_names(&format!("along[{at}].fields"), &along.fields, along.kind)?;
        }
        Ok(self)
    }

    /// Whether several rows make one record.
    pub fn groups_rows(&self) -> bool {
        self.kind == ImportKind::OrderLines || !self.lines.is_empty()
    }

    /// Rejected when the file lacks a column that the mapping names.
    pub fn fits(&self, sheet: &Sheet) -> Result<()> {
        let along = self.along.iter().flat_map(|along| along.key.iter().chain(along.fields.values()));
        let own = self.key.iter().chain(self.fields.values()).chain(self.lines.values());
        let columns = own.chain(along).flat_map(Cell::column_names).chain(self.rows.iter().map(|rule| &rule.column));
        for column in columns {
            if !sheet.has(column) {
                return Err(Error::rejected("error.import.no_column")
                    .arg("column", column)
                    .arg("columns", sheet.columns.join(", ")));
            }
        }
        Ok(())
    }
}

fn known_names(place: &str, named: &BTreeMap<String, Cell>, kind: ImportKind) -> Result<()> {
    let known = fields::of(kind);
    match named.keys().find(|name| !known.contains(&name.as_str()) && !fields::is_own(kind, name)) {
        Some(name) => Err(Error::rejected("error.field_unknown")
            .arg("field", name)
            .arg("known", known.join(", "))
            .at(format!("{place}.{name}"))),
        None => Ok(()),
    }
}
