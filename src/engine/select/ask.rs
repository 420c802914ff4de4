//! A question to a list: filters, sort, page; answered by the way that fits how many rows match.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::error::{Error, Result};
use crate::base::text;
use crate::engine::db::Db;
use crate::engine::select::compose::{self, Given, Matching, Way};
use crate::engine::select::order::{Order, Sorted};
use crate::engine::select::page::{Page, Start};
use crate::engine::select::{List, MOST_ROWS, MOST_VALUES, Sort, USUAL_ROWS, page_size};
use crate::engine::table::{Columns, FromRow};
use crate::engine::value::{Value, damaged};

/// A row of a list with the key that asks for what comes after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed<T> {
    /// The row.
    #[serde(flatten)]
    pub row: T,
    /// What stands beside the row and is no column of its list, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// Given back as `after`, it asks for the rows behind this one.
    pub after: String,
}

impl<T> Listed<T> {
    /// A row with nothing beside it.
    pub fn of(row: T, after: String) -> Listed<T> {
        Listed { row, fields: BTreeMap::new(), after }
    }
}

/// Count and sums of one group of everything that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTotals {
    /// The group, such as a currency.
    pub group: String,
    /// How many rows.
    pub count: i64,
    /// The sums, in the order of the declaration.
    pub sums: Vec<i64>,
}

/// What is wanted of a list.
#[derive(Clone, Debug)]
pub struct Ask {
    pub(super) list: &'static List,
    pub(super) given: Vec<Given>,
    pub(super) order: Order,
    after: Option<After>,
    limit: i64,
    skip: i64,
}

/// Behind which row a page begins.
#[derive(Clone, Debug)]
enum After {
    Key(Vec<Value>),
    Row(i64),
}

impl Ask {
    pub(crate) fn new(list: &'static List) -> Ask {
        let order = Order::of(list.sorts.first().map(|sort| Sorted::by(sort, false)).into_iter().collect());
        Ask { list, given: Vec::new(), order, after: None, limit: MOST_ROWS, skip: 0 }
    }

    /// Only rows that match one of these values; none given is no filter. Rejected over eight.
    pub fn filter(mut self, name: &'static str, values: Vec<Value>) -> Result<Ask> {
        let filter = self.list.filter(name);
        let filter = filter.ok_or_else(|| Error::failure("error.list_broken", format!("no filter {name}")))?;
        if values.len() > MOST_VALUES {
            return Err(Error::rejected("error.too_many_values").arg("most", MOST_VALUES).at(name));
        }
        if !values.is_empty() {
            self.given.push((filter, values));
        }
        Ok(self)
    }

    /// In this order: one sort or several with commas between them, each reversed with `-` before its name. Rejected
    /// where the list has no such sort.
    pub fn sort(self, text: &str) -> Result<Ask> {
        self.sort_also(text, &[])
    }

    /// The same, where these names are known, too: each asks with its value for the sort that takes one.
    pub fn sort_also(self, text: &str, named: &[(String, Value)]) -> Result<Ask> {
        Ok(Ask { order: Order::read(self.list, text, named)?, ..self })
    }

    /// At most so many rows; a usual page when left out. Rejected below 1 and above 500: more are never given at once.
    pub fn limit(mut self, rows: Option<i64>) -> Result<Ask> {
        self.limit = page_size(rows, USUAL_ROWS)?;
        Ok(self)
    }

    /// Only what comes after the row with this key or this id, in the order set before; from the first row on when left
    /// out. Rejected where the key is of another order. A key goes on even when its row is gone or has moved.
    pub fn after(mut self, key: Option<&str>) -> Result<Ask> {
        let Some(key) = key else { return Ok(self) };
        if let Ok(id) = key.parse() {
            self.after = Some(After::Row(id));
            return Ok(self);
        }
        let (sort, values) = read_key(key).ok_or_else(|| Error::rejected("error.foreign_key").at("after"))?;
        if sort != self.order.text() || values.len() != self.order.columns.len() {
            return Err(Error::rejected("error.foreign_key").at("after"));
        }
        self.after = Some(After::Key(values));
        Ok(self)
    }

    /// Leaves out so many rows first: for a jump to the middle, not for going on.
    pub fn skip(mut self, rows: i64) -> Ask {
        self.skip = rows.max(0);
        self
    }

    /// The page.
    pub fn page<T: FromRow>(&self, db: &Db) -> Result<Vec<Listed<T>>> {
        let order = &self.order;
        let way = self.way(db, Some(order.first()?))?;
        let after = self.after.as_ref().map(|after| self.behind(db, after)).transpose()?;
        let rows = Matching { list: self.list, given: &self.given, way };
        let page = Page { rows, order, start: Start::Top, limit: self.limit, skip: self.skip };
        let mut found: Vec<Listed<T>> = Vec::new();
        for start in starts(after.as_deref(), order, matches!(way, Way::Walk) && self.skip == 0) {
            let limit = self.limit.saturating_sub(i64::try_from(found.len()).unwrap_or(i64::MAX));
            if limit > 0 {
                let text = Page { start, limit, ..page }.text(db.dialect());
                let rows: Vec<Vec<Value>> = db.rows_of(&text.sql, &text.values)?;
                for values in rows {
                    found.push(self.listed(values, order.columns.len())?);
                }
            }
        }
        Ok(found)
    }

    /// The rows with these ids, in the order of the ids and whatever the filters are; ids of no row are passed over.
    /// Rejected for more than a page.
    pub fn rows_at<T: FromRow>(&self, db: &Db, ids: &[i64]) -> Result<Vec<Listed<T>>> {
        if i64::try_from(ids.len()).map_or(true, |count| count > MOST_ROWS) {
            return Err(Error::rejected("error.too_many_values").arg("most", MOST_ROWS).at("ids"));
        }
        let text = compose::rows_at(db.dialect(), self.list, ids);
        let rows: Vec<Vec<Value>> = db.rows_of(&text.sql, &text.values)?;
        let mut known: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
        for mut values in rows {
            match values.pop() {
                Some(Value::Int(id)) => known.insert(id, values),
                other => return Err(damaged(format!("an id is {other:?}"))),
            };
        }
        let found = ids.iter().filter_map(|id| known.remove(id).map(|values| (id, values)));
        let listed =
            |(id, values): (&i64, Vec<Value>)| Ok(Listed::of(T::from_row(&mut Columns::new(values))?, id.to_string()));
        found.map(listed).collect()
    }

    /// Count and sums, first of this group, then of the others that are there.
    pub fn totals(&self, db: &Db, group: &str) -> Result<Vec<GroupTotals>> {
        let rows = Matching { list: self.list, given: &self.given, way: self.way(db, None)? };
        let first = Value::Text(group.to_owned());
        let text = |but| {
            let text = compose::totals(db.dialect(), rows, but);
            text.ok_or_else(|| Error::failure("error.list_broken", "nothing to sum"))
        };
        // Two plain passes cost less than one that looks at the group of each row for every sum.
        let (all, others) = (text(None)?, text(Some(&first))?);
        let counted: Vec<Vec<Value>> = db.rows_of(&all.sql, &all.values)?;
        let others: Vec<GroupTotals> = db.rows_of(&others.sql, &others.values)?;
        let mut numbers = integers(counted.into_iter().next().unwrap_or_default())?.into_iter();
        let mut own =
            GroupTotals { group: group.to_owned(), count: numbers.next().unwrap_or(0), sums: numbers.collect() };
        others.iter().try_for_each(|other| own.take_away(other))?;
        Ok([own].into_iter().chain(others).collect())
    }

    /// How many rows match; pages do not matter.
    pub fn count(&self, db: &Db) -> Result<i64> {
        let rows = Matching { list: self.list, given: &self.given, way: self.way(db, None)? };
        let text = compose::count(db.dialect(), rows);
        let counted: Vec<(i64,)> = db.rows_of(&text.sql, &text.values)?;
        Ok(counted.first().map_or(0, |row| row.0))
    }

    /// The fewest matches lead, if they are few; else an index that gives the order; else the list is walked.
    pub(super) fn way(&self, db: &Db, sort: Option<&Sort>) -> Result<Way> {
        let mut fewest: Option<(i64, Way)> = None;
        for given in &self.given {
            if let Some(text) = compose::probe(db.dialect(), self.list, given) {
                let counted: Vec<(i64,)> = db.rows_of(&text.sql, &text.values)?;
                let count = counted.first().map_or(0, |row| row.0);
                let few = given.0.lead.most().is_some_and(|most| count <= most);
                if few && fewest.is_none_or(|(best, _)| count < best) {
                    fewest = Some((count, Way::Lead(given.0)));
                }
            }
        }
        let ordered = |sort| self.given.iter().find(|given| compose::leads(given) && compose::in_order(given.0, sort));
        Ok(match (fewest, sort.and_then(ordered)) {
            (Some((_, way)), _) => way,
            (None, Some(given)) => Way::Lead(given.0),
            (None, None) if sort.is_some() && self.order.is_several() && self.list.totals.is_some() => Way::Scan,
            (None, None) => Way::Walk,
        })
    }

    /// The sort columns of the row behind which a page begins. Rejected where there is no such row.
    fn behind(&self, db: &Db, after: &After) -> Result<Vec<Value>> {
        let id = match after {
            After::Key(values) => return Ok(values.clone()),
            After::Row(id) => *id,
        };
        let text = compose::position(db.dialect(), self.list, &self.order, id);
        let found: Vec<Vec<Value>> = db.rows_of(&text.sql, &text.values)?;
        found.into_iter().next().ok_or_else(|| Error::rejected("error.not_found").arg("id", id).at("after"))
    }

    fn listed<T: FromRow>(&self, mut values: Vec<Value>, width: usize) -> Result<Listed<T>> {
        let key = values.split_off(values.len().saturating_sub(width));
        Ok(Listed::of(T::from_row(&mut Columns::new(values))?, write_key(&self.order.text(), &key)?))
    }
}

impl GroupTotals {
    /// Counts another part of the same group in. Rejected where the sums are too large.
    pub(super) fn add(&mut self, other: &GroupTotals) -> Result<()> {
        self.count = self.count.saturating_add(other.count);
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            *sum = sum.checked_add(*other).ok_or_else(|| Error::rejected("error.sum_too_large"))?;
        }
        Ok(())
    }

    /// What is left when another group is taken out. Rejected where the sums are too large.
    pub(super) fn take_away(&mut self, other: &GroupTotals) -> Result<()> {
        self.count = self.count.saturating_sub(other.count);
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            *sum = sum.checked_sub(*other).ok_or_else(|| Error::rejected("error.sum_too_large"))?;
        }
        Ok(())
    }
}

/// Where the parts of a page begin, in order: what is behind a row of a walked index is a range for each column.
fn starts<'a>(after: Option<&'a [Value]>, order: &Order, walked: bool) -> Vec<Start<'a>> {
    match after {
        None => vec![Start::Top],
        Some(row) if walked && order.is_ordered() => {
            (0..order.columns.len()).rev().map(|equal| Start::Within(row, equal)).collect()
        }
        Some(row) => vec![Start::Behind(row)],
    }
}

/// Count and sums behind the group.
impl FromRow for GroupTotals {
    fn from_row(columns: &mut Columns) -> Result<GroupTotals> {
        let (group, count) = (columns.take()?, columns.take()?);
        Ok(GroupTotals { group, count, sums: integers(Vec::from_row(columns)?)? })
    }
}

pub(super) fn integers(values: Vec<Value>) -> Result<Vec<i64>> {
    let read = |value| match value {
        Value::Int(number) => Ok(number),
        other => Err(damaged(format!("a sum is {other:?}"))),
    };
    values.into_iter().map(read).collect()
}

/// A key is the order and the row's values in it, as JSON in hexadecimal: nothing to read, nothing to type.
pub(super) fn write_key(order: &str, values: &[Value]) -> Result<String> {
    let mut parts = vec![serde_json::Value::from(order)];
    for value in values {
        parts.push(match value {
            Value::Int(number) => serde_json::Value::from(*number),
            Value::Text(text) => serde_json::Value::from(text.as_str()),
            other => return Err(damaged(format!("a sorted column holds {other:?}"))),
        });
    }
    let json = serde_json::Value::from(parts).to_string();
    Ok(text::hex(json.as_bytes()))
}

pub(super) fn read_key(key: &str) -> Option<(String, Vec<Value>)> {
    let parts: Vec<serde_json::Value> = serde_json::from_slice(&text::unhex(key)?).ok()?;
    let mut parts = parts.into_iter();
    let order = parts.next()?.as_str()?.to_owned();
    let values = parts.map(|part| match part {
        serde_json::Value::String(text) => Some(Value::Text(text)),
        other => other.as_i64().map(Value::Int),
    });
    Some((order, values.collect::<Option<Vec<_>>>()?))
}
