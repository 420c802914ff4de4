//! From the rows of a record to what is brought in: fields read, keys looked up, each fault at its row and column.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::nested;
use crate::domain::import::record::ImportRecord;
use crate::domain::import::{ImportKind, known};
use crate::engine::db::Db;
use crate::exchange::cell::{Cell, Read};
use crate::exchange::mapping::Along;
use crate::exchange::plan::{Fault, Record, Source, spoken};
use crate::exchange::sheet::SheetRow;

/// Fields that all rows of one order must say alike.
const SHARED: [&str; 4] = ["counterparty", "kind", "currency", "status"];
/// Fields that cannot be cleared: an empty cell leaves them as they are.
const NEVER_CLEARED: [&str; 5] = ["kind", "unit", "currency", "active", "name"];

/// A result whose refusal knows its row and column.
pub(super) type Built<T> = std::result::Result<T, Fault>;

/// Reads records while earlier ones stand in the file already.
pub(super) struct Builder<'a, 'd> {
    pub source: &'a Source<'a>,
    pub db: &'d Db,
}

impl<'a> Builder<'a, '_> {
    /// The record that the rows make.
    pub(super) fn record(&self, record: &Record) -> Built<ImportRecord> {
        let mapping = self.source.mapping;
        let rows = self.rows(record)?;
        let (mut arguments, mut cleared) = (Map::new(), Vec::new());
        if let Some((at, row)) = rows.first() {
            (arguments, cleared) = self.fields(row, *at, &mapping.fields)?;
        }
        if mapping.kind == ImportKind::OrderLines {
            let order = self.look_up(ImportKind::Orders, &record.key).map_err(|error| self.at_key(error))?;
            arguments = Map::from_iter([("order".to_owned(), order)]);
            arguments.insert("lines".to_owned(), self.lines(&rows, &mapping.fields)?);
        } else if !mapping.lines.is_empty() {
            self.say_alike(&rows)?;
            arguments.insert("lines".to_owned(), self.lines(&rows, &mapping.lines)?);
        }
        if !matches!(mapping.kind, ImportKind::Counterparties | ImportKind::Items) {
            cleared.clear();
        }
        Ok(self.import(mapping.kind, record.key.clone(), (arguments, cleared)))
    }

    /// The records that come along with the rows and are not known yet, each with the row and rule that brings it.
    pub(super) fn along(&self, record: &Record) -> Built<Vec<(usize, &'a Along, ImportRecord)>> {
        let rules: &'a [Along] = &self.source.mapping.along;
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, row) in self.rows(record)? {
            for rule in rules {
                let column = rule.key.iter().flat_map(Cell::column_names).next().cloned();
                let key = self.source.key(row, &rule.key);
                let key = key.map_err(|error| Fault { row: at, column: column.clone(), error })?;
                if key.is_empty() || !seen.insert((rule.kind, key.clone())) {
                    continue;
                }
                if self.look_up(rule.kind, &key).is_err() {
                    let (arguments, _) = self.fields(row, at, &rule.fields)?;
                    found.push((at, rule, self.import(rule.kind, key, (arguments, Vec::new()))));
                }
            }
        }
        Ok(found)
    }

    /// What a refusal of the record's command means for its rows: `lines[2].price` is the third row's price column.
    pub(super) fn blame(&self, error: Error) -> Fault {
        let mapping = self.source.mapping;
        let place = error.field().unwrap_or_default().to_owned();
        let line = place.strip_prefix("lines[").and_then(|rest| rest.split_once(']'));
        let (row, name, rules) = match line {
            Some((number, field)) => {
                let rules = if mapping.lines.is_empty() { &mapping.fields } else { &mapping.lines };
                (number.parse().unwrap_or(0), field.trim_start_matches('.'), rules)
            }
            None => (0, place.as_str(), &mapping.fields),
        };
        Fault { row, column: column_of(rules, name), error }
    }

    fn rows(&self, record: &Record) -> Built<Vec<(usize, &SheetRow)>> {
        let rows = record.rows.iter().filter_map(|at| self.source.sheet.rows.get(*at)).enumerate().collect();
        match &record.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(rows),
        }
    }

    fn import(&self, kind: ImportKind, key: String, content: (Map<String, Json>, Vec<String>)) -> ImportRecord {
        let (arguments, cleared) = content;
        let source = self.source.mapping.source.clone();
        ImportRecord { batch: Id::new(0), kind, source, key, arguments: Json::Object(arguments), cleared }
    }

    fn lines(&self, rows: &[(usize, &SheetRow)], rules: &BTreeMap<String, Cell>) -> Built<Json> {
        let lines = rows.iter().map(|(at, row)| self.fields(row, *at, rules).map(|(line, _)| Json::Object(line)));
        lines.collect::<Built<Vec<Json>>>().map(Json::Array)
    }

    /// The fields that a row fills, and those it leaves empty.
    fn fields(
        &self,
        row: &SheetRow,
        at: usize,
        rules: &BTreeMap<String, Cell>,
    ) -> Built<(Map<String, Json>, Vec<String>)> {
        let (mut filled, mut empty) = (Map::new(), Vec::new());
        for (name, cell) in rules {
            let value = self.value(row, cell).map_err(|error| {
                let column = cell.column_names().first().map(|column| (*column).clone());
                Fault { row: at, column, error }
            })?;
            match value {
                Some(value) => {
                    nested::put(&mut filled, name, value);
                }
                None if NEVER_CLEARED.contains(&name.as_str()) => {}
                None => empty.push(name.clone()),
            }
        }
        Ok((filled, empty))
    }

    fn value(&self, row: &SheetRow, cell: &Cell) -> Result<Option<Json>> {
        Ok(match (self.source.read(row, cell)?, cell.lookup()) {
            (Read::Empty, _) => None,
            (Read::Text(text), Some(_)) if text.is_empty() => None,
            (Read::Text(text), Some(kind)) => Some(self.look_up(kind, &text)?),
            (Read::Text(text), None) => Some(json!(text)),
            (Read::List(texts), _) => Some(json!(texts)),
        })
    }

    /// Our row of a record that was imported before. Rejected when there is none.
    fn look_up(&self, kind: ImportKind, key: &str) -> Result<Json> {
        let found = known(self.db, kind, &self.source.mapping.source, key)?;
        match found {
            Some(found) if kind.stands(self.db, found.row_id)? => Ok(json!(found.row_id)),
            _ => Err(Error::rejected("error.import.not_imported")
                .named("what", format!("table.{}", kind.code().replace('-', "_")))
                .arg("key", spoken(key))),
        }
    }

    fn say_alike(&self, rows: &[(usize, &SheetRow)]) -> Built<()> {
        let Some((_, first)) = rows.first() else {
            return Ok(());
        };
        for (name, cell) in self.source.mapping.fields.iter().filter(|(name, _)| SHARED.contains(&name.as_str())) {
            let said = self.source.read(first, cell).ok();
            if let Some((at, _)) = rows.iter().find(|(_, row)| self.source.read(row, cell).ok() != said) {
                let error = Error::rejected("error.import.rows_differ").arg("line", first.line);
                return Err(Fault { row: *at, column: column_of(&self.source.mapping.fields, name), error });
            }
        }
        Ok(())
    }

    fn at_key(&self, error: Error) -> Fault {
        let column = self.source.mapping.key.iter().flat_map(Cell::column_names).next().cloned();
        Fault { row: 0, column, error }
    }
}

/// The column that fills a field, as people know it.
pub(super) fn column_of(rules: &BTreeMap<String, Cell>, field: &str) -> Option<String> {
    let name = field.split(['.', '[']).next().unwrap_or_default();
    rules
        .get(field)
        .or_else(|| rules.get(name))
        .and_then(|cell| cell.column_names().first().map(|column| (*column).clone()))
}
