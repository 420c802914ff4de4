//! One field of a mapping: where its value stands in a row, and how that is read. Knows no kind of record.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};

use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::domain::import::ImportKind;
use crate::exchange::convert;

/// Where a field's value stands and how it is read; in a mapping a column's name alone is enough.
/// Wide: every word that a mapping may use.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    rule: Rule,
}

/// Wide: every word that a mapping may use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Rule {
    column: Option<String>,
    columns: Vec<String>,
    join: Option<String>,
    constant: Option<String>,
    whole: bool,
    decimal: Option<char>,
    fraction: bool,
    date: Vec<String>,
    moment: Vec<String>,
    upper: bool,
    values: BTreeMap<String, String>,
    starts: BTreeMap<String, String>,
    filled: Option<String>,
    otherwise: Option<String>,
    or: Option<Box<Cell>>,
    split: Option<String>,
    lookup: Option<ImportKind>,
}

/// What a cell holds after reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Nothing.
    Empty,
    /// One value.
    Text(String),
    /// Several values of one cell.
    List(Vec<String>),
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cell, D::Error> {
        struct OneOf;
        impl<'de> Visitor<'de> for OneOf {
            type Value = Cell;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("column")
            }
            fn visit_str<E>(self, column: &str) -> Result<Cell, E> {
                Ok(Cell::of_column(column))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cell, A::Error> {
                Rule::deserialize(MapAccessDeserializer::new(map)).map(|rule| Cell { rule })
            }
        }
        deserializer.deserialize_any(OneOf)
    }
}

impl Cell {
    /// What stands in a column, as it is.
    pub fn of_column(column: &str) -> Cell {
        Cell { rule: Rule { column: Some(column.to_owned()), ..Rule::default() } }
    }

    /// The row of ours that a column's key became.
    pub(super) fn of_lookup(column: &str, kind: ImportKind) -> Cell {
        Cell { rule: Rule { column: Some(column.to_owned()), lookup: Some(kind), ..Rule::default() } }
    }

    /// Several values in a column.
    pub(super) fn of_list(column: &str, between: &str) -> Cell {
        Cell { rule: Rule { column: Some(column.to_owned()), split: Some(between.to_owned()), ..Rule::default() } }
    }

    /// What stands in a column, sent also when it is empty.
    pub(super) fn of_any(column: &str) -> Cell {
        Cell { rule: Rule { column: Some(column.to_owned()), otherwise: Some(String::new()), ..Rule::default() } }
    }

    /// The columns it reads.
    pub fn column_names(&self) -> Vec<&String> {
        let own = self.rule.column.iter().chain(&self.rule.columns);
        own.chain(self.rule.or.iter().flat_map(|other| other.column_names())).collect()
    }

    /// The kind of records among which its value is looked up.
    pub fn lookup(&self) -> Option<ImportKind> {
        self.rule.lookup
    }

    /// The value in a row whose cells `cell` gives. Rejected where it cannot be read as the mapping says.
    pub fn read(&self, cell: &dyn Fn(&str) -> String, zone: Zone) -> Result<Read> {
        let rule = &self.rule;
        if let Some(constant) = &rule.constant {
            return Ok(Read::Text(constant.clone()));
        }
        let text = self.joined(cell);
        if text.is_empty() {
            return match (&rule.or, &rule.otherwise) {
                (Some(other), _) => other.read(cell, zone),
                (None, Some(value)) => Ok(Read::Text(value.clone())),
                (None, None) => Ok(Read::Empty),
            };
        }
        if let Some(value) = &rule.filled {
            return Ok(Read::Text(value.clone()));
        }
        let text = self.converted(text, zone)?;
        let text = self.translated(text)?;
        Ok(match &rule.split {
            Some(between) => {
                let parts = text.split(between.as_str()).map(str::trim).filter(|part| !part.is_empty());
                Read::List(parts.map(str::to_owned).collect())
            }
            None => Read::Text(text),
        })
    }

    fn joined(&self, cell: &dyn Fn(&str) -> String) -> String {
        let texts = self.rule.column.iter().chain(&self.rule.columns).map(|column| cell(column));
        let filled: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        filled.join(self.rule.join.as_deref().unwrap_or(" "))
    }

    fn converted(&self, text: String, zone: Zone) -> Result<String> {
        let rule = &self.rule;
        let mut text = if rule.upper { text.to_uppercase() } else { text };
        if let Some(point) = rule.decimal {
            text = convert::number(&text, point)?;
        }
        if rule.whole {
            text = convert::whole(&text)?;
        }
        if rule.fraction {
            text = convert::percents(&text)?;
        }
        if !rule.date.is_empty() {
            text = convert::date(&text, &rule.date)?.to_string();
        }
        if !rule.moment.is_empty() {
            text = convert::moment(&text, &rule.moment, zone)?.rfc3339(zone);
        }
        Ok(text)
    }

    fn translated(&self, text: String) -> Result<String> {
        let rule = &self.rule;
        if rule.values.is_empty() && rule.starts.is_empty() {
            return Ok(text);
        }
        let begins = || rule.starts.iter().find(|(start, _)| text.starts_with(start.as_str())).map(|(_, value)| value);
        match rule.values.get(&text).or_else(begins).or(rule.otherwise.as_ref()) {
            Some(value) => Ok(value.clone()),
            None => {
                let known: Vec<&str> = rule.values.keys().chain(rule.starts.keys()).map(String::as_str).collect();
                Err(Error::rejected("error.choice_unknown").arg("text", text).arg("known", known.join(", ")))
            }
        }
    }
}
