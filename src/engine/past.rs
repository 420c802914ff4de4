//! The past of single records. The journal keeps what an update changed and what a removal took away, so a row is led
//! back from what it is now; the digest that the journal keeps of it proves what was found.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::date::Instant;
use crate::base::error::Result;
use crate::engine::business::{Business, Slice};
use crate::engine::db::Db;
use crate::engine::journal::{self, FieldDiff, Kind};
use crate::engine::query::View;
use crate::engine::schema;
use crate::engine::table::Table;
use crate::engine::tx::{insert_sql, select_sql};
use crate::engine::value::{Value, damaged};
use crate::{params, statements};

statements! {
    /// What happened to a row after an entry, the latest first.
    LATER = "SELECT kind, diff FROM journal_rows WHERE table_code = ?1 AND row_id = ?2 AND seq > ?3 ORDER BY seq DESC";
    /// What the journal kept of a row at an entry.
    KEPT = "SELECT kind, digest FROM journal_rows WHERE table_code = ?1 AND row_id = ?2 AND seq <= ?3
            ORDER BY seq DESC LIMIT 1";
    /// The rows of a table that were removed after an entry.
    REMOVED = "SELECT row_id, diff FROM journal_rows WHERE seq > ?2 AND table_code = ?1 AND kind = 3 ORDER BY seq";
}

/// What the past asks for.
pub const SLICE: Slice = Slice { commands: &[], queries: &[], tables: &[], statements: STATEMENTS, lists: &[] };

/// Rows that belong to another one and come back with it.
#[derive(Clone, Copy, Debug)]
pub struct Owned {
    /// Whose.
    pub owner: &'static Table,
    /// Their table.
    pub table: &'static Table,
    /// Their column that holds the owner's id.
    pub column: &'static str,
}

/// A row led back to what it was after an entry; none where it was not there. Nothing proves what was found.
pub(crate) fn led_back(db: &Db, (table, id): (&Table, i64), seq: i64) -> Result<Option<Vec<Value>>> {
    let now: Vec<Vec<Value>> = db.rows_of(&select_sql(table, true), params![id])?;
    let mut row = now.into_iter().next();
    let later: Vec<(i64, Vec<u8>)> = db.rows(&LATER, params![table.code, id, seq])?;
    for (kind, diff) in later {
        let diff = journal::decode(&diff)?;
        row = match Kind::parse(kind)? {
            Kind::Create => None,
            Kind::Delete => Some(before(table, vec![Value::Null; table.columns.len()], &diff)),
            Kind::Update => row.map(|row| before(table, row, &diff)),
        };
    }
    Ok(row)
}

/// A row as it was after an entry; none where it was not there. Fails where the journal does not lead back to it.
pub fn row_at(db: &Db, table: &'static Table, id: i64, seq: i64) -> Result<Option<Vec<Value>>> {
    let row = led_back(db, (table, id), seq)?;
    let kept: Option<(i64, Vec<u8>)> = db.row(&KEPT, params![table.code, id, seq])?;
    match (row, kept) {
        (_, None) => Ok(None),
        (None, Some((kind, _))) if Kind::parse(kind)? == Kind::Delete => Ok(None),
        (row, Some((_, digest))) => {
            // The journal keeps no version, but the digest covers it.
            let proven = row.and_then(|row| at_digest(table, row, &digest));
            let lost = || damaged(format!("{} {id} does not lead back to entry {seq}", table.name));
            proven.ok_or_else(lost).map(Some)
        }
    }
}

/// A row before a change of it: with the old values that the journal kept.
pub(crate) fn before(table: &Table, mut row: Vec<Value>, diff: &[FieldDiff]) -> Vec<Value> {
    for field in diff {
        if let Some(place) = table.position(&field.column).and_then(|place| row.get_mut(place)) {
            *place = field.old.clone();
        }
    }
    row
}

/// The row with the version that its digest was made at, the present one or an earlier one; none where the digest is of
/// other values.
pub(crate) fn at_digest(table: &Table, mut row: Vec<Value>, digest: &[u8]) -> Option<Vec<Value>> {
    let Some(Value::Int(latest)) = row.get(1).cloned() else {
        return None;
    };
    for version in (1..=latest).rev() {
        if let Some(place) = row.get_mut(1) {
            *place = Value::Int(version);
        }
        if journal::digest(table, &row) == digest {
            return Some(row);
        }
    }
    None
}

/// A company in memory that holds one record as it was after an entry, what belongs to it, and what that points at.
pub struct Past {
    db: Db,
    moment: Instant,
}

/// What the past is of, and what belongs to what.
pub struct Wanted<'a> {
    /// The record.
    pub record: (&'static Table, i64),
    /// The entry after which it is looked at.
    pub seq: i64,
    /// What comes back with its owner.
    pub owned: &'a [Owned],
    /// Tables that are small and needed whole, such as the company itself.
    pub whole: &'a [&'static Table],
}

impl Past {
    /// Rebuilds it. Fails where the journal does not lead back.
    pub fn of(view: &View<'_>, business: &Business, wanted: &Wanted<'_>) -> Result<Past> {
        let db = Db::memory()?;
        db.execute_all(schema::SCHEMA)?;
        // Rows come in any order, and files stay where they are.
        db.execute_all("PRAGMA foreign_keys = OFF")?;
        let moment = journal::moment(view, wanted.seq)?;
        let mut building =
            Building { now: view, business, wanted, past: &db, done: BTreeSet::new(), removed: BTreeMap::new() };
        for table in wanted.whole {
            let ids: Vec<(i64,)> = view.rows_of(&format!("SELECT id FROM {} ORDER BY id", table.name), &[])?;
            ids.into_iter().try_for_each(|(id,)| building.bring(table, id, false))?;
        }
        let (table, id) = wanted.record;
        building.bring(table, id, true)?;
        Ok(Past { db, moment })
    }

    /// What a query sees who asks with the rights of now.
    pub fn view<'a>(&'a self, now: &View<'_>, business: &Business) -> Result<View<'a>> {
        let zone = (business.zone)(&self.db)?;
        Ok(View { db: &self.db, actor: now.actor().clone(), now: self.moment, zone })
    }
}

struct Building<'a> {
    now: &'a View<'a>,
    business: &'a Business,
    wanted: &'a Wanted<'a>,
    past: &'a Db,
    done: BTreeSet<(i64, i64)>,
    /// By table, what was removed since; the rest of the journal is walked once for each.
    removed: BTreeMap<i64, Vec<(i64, Vec<FieldDiff>)>>,
}

impl Building<'_> {
    /// A row, what it points at, and, for an owner, what belongs to it.
    fn bring(&mut self, table: &'static Table, id: i64, owner: bool) -> Result<()> {
        if table.secret || !self.done.insert((table.code, id)) {
            return Ok(());
        }
        let Some(row) = row_at(self.now, table, id, self.wanted.seq)? else {
            return Ok(());
        };
        self.past.execute_sql(insert_sql(table, true).trim_end_matches(" RETURNING id"), &row)?;
        for (column, parent) in self.parents(table)? {
            if let Some(Value::Int(id)) = table.position(&column).and_then(|place| row.get(place)) {
                self.bring(parent, *id, parent.code != self.wanted.record.0.code)?;
            }
        }
        let owned = self.wanted.owned.iter().filter(|owned| owner && owned.owner.code == table.code);
        for owned in owned {
            for child in self.children(owned, id)? {
                self.bring(owned.table, child, true)?;
            }
        }
        Ok(())
    }

    /// The columns of a table that point at another one of ours.
    fn parents(&self, table: &Table) -> Result<Vec<(String, &'static Table)>> {
        let sql = "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)";
        let points: Vec<(String, String)> = self.past.rows_of(sql, params![table.name.to_owned()])?;
        let known = |name: &str| self.business.tables().find(|table| table.name == name);
        Ok(points.into_iter().filter_map(|(column, name)| Some((column, known(&name)?))).collect())
    }

    /// The ids of rows that belonged to an owner: of those that are there now, and of those removed since.
    fn children(&mut self, owned: &Owned, id: i64) -> Result<Vec<i64>> {
        let sql = format!("SELECT id FROM {} WHERE {} = ?1 ORDER BY id", owned.table.name, owned.column);
        let now: Vec<(i64,)> = self.now.rows_of(&sql, params![id])?;
        let was_of =
            |diff: &[FieldDiff]| diff.iter().any(|field| field.column == owned.column && field.old == Value::Int(id));
        let removed = self.removed_from(owned.table)?.iter().filter(|(_, diff)| was_of(diff));
        Ok(now.into_iter().map(|(id,)| id).chain(removed.map(|(id, _)| *id)).collect())
    }

    fn removed_from(&mut self, table: &Table) -> Result<&[(i64, Vec<FieldDiff>)]> {
        match self.removed.entry(table.code) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                let found: Vec<(i64, Vec<u8>)> = self.now.rows(&REMOVED, params![table.code, self.wanted.seq])?;
                let read = found.into_iter().map(|(id, diff)| Ok((id, journal::decode(&diff)?)));
                Ok(unknown.insert(read.collect::<Result<_>>()?))
            }
        }
    }
}
