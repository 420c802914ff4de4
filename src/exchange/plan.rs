//! Which rows of a file make which record, decided before anything is written, so that a stopped import can go on.

use std::collections::BTreeMap;

use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::exchange::cell::{Cell, Read};
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::{Sheet, SheetRow};

/// Between the parts of a key of several columns; no cell that is kept contains it.
const BETWEEN: char = '\u{1f}';

/// A file with the mapping it is read by.
pub(super) struct Source<'a> {
    pub sheet: &'a Sheet,
    pub mapping: &'a Mapping,
    pub zone: Zone,
}

/// The rows of one record.
#[derive(Debug)]
pub(super) struct Record {
    /// Its key in the other program.
    pub key: String,
    /// Its rows, as places in the sheet.
    pub rows: Vec<usize>,
    /// The first of its rows that cannot be read, and why.
    pub fault: Option<Fault>,
}

/// Why a row is refused.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// The row, as a place among its record's rows.
    pub row: usize,
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// The reason.
    pub error: Error,
}

/// Every record of a file, in the order of their first rows.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub records: Vec<Record>,
    /// Rows that the mapping passes over.
    pub passed: usize,
}

impl Source<'_> {
    /// What stands in a column, empty where the mapping calls it so.
    pub(super) fn text(&self, row: &SheetRow, column: &str) -> String {
        let text = self.sheet.cell(row, column);
        if self.mapping.empty.contains(text) { String::new() } else { text.to_owned() }
    }

    /// What a rule of the mapping reads in a row. Rejected where it cannot be read so.
    pub(super) fn read(&self, row: &SheetRow, cell: &Cell) -> Result<Read> {
        cell.read(&|column| self.text(row, column), self.zone)
    }

    /// The key in a row; empty when one of its parts is. Rejected where it cannot be read.
    pub(super) fn key(&self, row: &SheetRow, cells: &[Cell]) -> Result<String> {
        let mut parts = Vec::new();
        for cell in cells {
            match self.read(row, cell)? {
                Read::Text(text) if !text.is_empty() => parts.push(text),
                _ => return Ok(String::new()),
            }
        }
        Ok(parts.join(&BETWEEN.to_string()))
    }

    /// Sorts the rows of the file into records.
    pub(super) fn plan(&self) -> Plan {
        let mut plan = Plan::default();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (at, row) in self.sheet.rows.iter().enumerate() {
            let sound = self.sheet.sound(row);
            if sound.is_ok() && self.passes(row) {
                plan.passed = plan.passed.saturating_add(1);
                continue;
            }
            let key = self.key(row, &self.mapping.key);
            let (key, fault) = match (key, sound) {
                (Ok(key), Err(error)) => (key, Some((None, error))),
                (Ok(key), Ok(())) if key.is_empty() => (key, Some(self.at_key("error.import.key_empty"))),
                (Ok(key), Ok(())) => (key, None),
                (Err(error), _) => (String::new(), Some((self.key_column(), error))),
            };
            let fault = |row| fault.map(|(column, error)| Fault { row, column, error });
            let known = places.get(&key).copied().filter(|_| !key.is_empty());
            match known.and_then(|place| plan.records.get_mut(place)) {
                Some(record) if self.mapping.groups_rows() => {
                    record.fault = record.fault.take().or_else(|| fault(record.rows.len()));
                    record.rows.push(at);
                }
                Some(record) => {
                    let twice = self.key_twice(record);
                    plan.records.push(Record { key, rows: vec![at], fault: fault(0).or(Some(twice)) });
                }
                None => {
                    places.insert(key.clone(), plan.records.len());
                    plan.records.push(Record { key, rows: vec![at], fault: fault(0) });
                }
            }
        }
        plan
    }

    fn passes(&self, row: &SheetRow) -> bool {
        self.mapping.rows.iter().any(|rule| {
            let text = self.text(row, &rule.column);
            rule.is_not.contains(&text) || !(rule.is.is_empty() || rule.is.contains(&text))
        })
    }

    fn key_column(&self) -> Option<String> {
        self.mapping.key.iter().flat_map(Cell::column_names).next().cloned()
    }

    fn at_key(&self, key: &'static str) -> (Option<String>, Error) {
        (self.key_column(), Error::rejected(key))
    }

    fn key_twice(&self, earlier: &Record) -> Fault {
        let line = earlier.rows.first().and_then(|at| self.sheet.rows.get(*at)).map_or(0, |row| row.line);
        let error = Error::rejected("error.import.key_twice").arg("key", spoken(&earlier.key)).arg("line", line);
        Fault { row: 0, column: self.key_column(), error }
    }
}

/// A key as people read it.
pub(super) fn spoken(key: &str) -> String {
    key.replace(BETWEEN, " ")
}
