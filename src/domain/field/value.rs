//! What records hold in the fields of the company's own: told, and stored by the commands of the records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::field::filter::unknown;
use crate::domain::field::typed::{self, Kept, Said, Typed};
use crate::domain::field::{FieldOf, Holds, IN_USE, OwnField, OwnValue, fields_of, values_of};
use crate::engine::db::Db;
use crate::engine::rule::Ruled;
use crate::engine::tx::Tx;
use crate::params;

/// What a record holds, by the codes of its fields: yes as a flag, everything else as text.
pub(crate) type Told = BTreeMap<String, Json>;

/// Tells what records of one kind hold in the fields that are shown.
pub(crate) struct Teller {
    record: FieldOf,
    fields: Vec<OwnField>,
}

impl Teller {
    /// Of this kind of records.
    pub(crate) fn of(db: &Db, record: FieldOf) -> Result<Teller> {
        let fields = fields_of(db, record)?.into_iter().filter(|field| field.active).collect();
        Ok(Teller { record, fields })
    }

    /// The fields that are shown, in their order.
    pub(crate) fn fields(&self) -> &[OwnField] {
        &self.fields
    }

    /// What is said of a record that is not there yet, as that of one that is; only of the fields that are shown.
    pub(crate) fn told(&self, said: Said) -> Told {
        let told = |(code, typed): (String, Typed)| {
            let field = self.fields.iter().find(|field| field.code == code)?;
            Some((code, json_of(field, &typed.0)))
        };
        said.into_iter().filter_map(told).collect()
    }

    /// What the record with this id holds.
    pub(crate) fn tell(&self, db: &Db, id: i64) -> Result<Told> {
        if self.fields.is_empty() {
            return Ok(Told::new());
        }
        let told = |value: OwnValue| {
            let field = self.fields.iter().find(|field| field.id == value.field_id)?;
            Some((field.code.clone(), json_of(field, &value.value)))
        };
        Ok(values_of(db, self.record, id)?.into_iter().filter_map(told).collect())
    }
}

/// A kept value as an answer tells it.
pub(super) fn json_of(field: &OwnField, value: &str) -> Json {
    if field.holds == Holds::Flag { Json::from(true) } else { Json::from(value) }
}

/// What a record holds in one field, as its paper says it: still to be written in the language of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperField {
    /// The name of the field.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// The value as answers tell it.
    pub value: String,
}

/// What papers show of a record, in the order of the fields.
pub(crate) fn printed(db: &Db, (record, id): (FieldOf, i64)) -> Result<Vec<PaperField>> {
    let fields = fields_of(db, record)?.into_iter().filter(|field| field.active && field.printed);
    let fields: Vec<OwnField> = fields.collect();
    let values = if fields.is_empty() { Vec::new() } else { values_of(db, record, id)? };
    let told = |field: OwnField| {
        let value = values.iter().find(|value| value.field_id == field.id)?.value.clone();
        Some(PaperField { name: field.name, holds: field.holds, value })
    };
    Ok(fields.into_iter().filter_map(told).collect())
}

/// What a save makes of the fields of a record, found right before anything is stored.
pub(crate) struct Given {
    record: FieldOf,
    changes: Vec<(Id<OwnField>, Option<OwnValue>, Option<Kept>)>,
}

impl Given {
    /// What these arguments change; of a record that is not there yet, all that it is to hold.
    ///
    /// Rejected at `fields.CODE` for a field that is not there or switched off, a value that does not fit, and where a
    /// required one would be empty. A value that stays is never looked at again.
    pub(crate) fn read(tx: &Tx<'_>, owner: (FieldOf, Option<i64>), said: &Said) -> Result<Given> {
        Given::found(tx, owner, said, missing)
    }

    /// The same of a record that is still being filled in: what is required may be missing.
    pub(crate) fn unfinished(tx: &Tx<'_>, record: FieldOf, said: &Said) -> Result<Given> {
        Given::found(tx, (record, None), said, |_, _| Ok(()))
    }

    fn found(
        tx: &Tx<'_>,
        (record, id): (FieldOf, Option<i64>),
        said: &Said,
        missing: fn(&OwnField, bool) -> Result<()>,
    ) -> Result<Given> {
        let fields = fields_of(tx, record)?;
        let known = |code: &String| fields.iter().any(|field| field.code == *code);
        if let Some(code) = said.keys().find(|code| !known(code)) {
            return Err(unknown(code, &fields));
        }
        let mut kept = id.map_or_else(|| Ok(Vec::new()), |id| values_of(tx, record, id))?;
        let mut changes = Vec::new();
        for field in &fields {
            let at = kept.iter().position(|value| value.field_id == field.id);
            let before = at.map(|at| kept.swap_remove(at));
            let wanted = said.get(&field.code);
            if wanted.map(|typed| typed.0.as_str()) == before.as_ref().map(|before| before.value.as_str()) {
                missing(field, id.is_none() && wanted.is_none())?;
                continue;
            }
            let Some(wanted) = wanted else { continue };
            let now = typed::read(tx, field, wanted)?;
            missing(field, now.is_none())?;
            if !field.active && now.is_some() {
                return Err(Error::rejected("error.switched_off").arg("name", &field.name).at(field.place()));
            }
            if now.as_ref().map(|now| &now.value) != before.as_ref().map(|before| &before.value) {
                changes.push((field.id, before, now));
            }
        }
        Ok(Given { record, changes })
    }

    /// What a copy of a record is to hold: all that is shown of the other one.
    pub(crate) fn copied(tx: &Tx<'_>, (record, from): (FieldOf, i64)) -> Result<Given> {
        let shown = Teller::of(tx, record)?;
        let of = |value: &OwnValue| shown.fields.iter().any(|field| field.id == value.field_id);
        let values = values_of(tx, record, from)?.into_iter().filter(of);
        let change = |value: OwnValue| (value.field_id, None, Some(Kept { value: value.value, key: value.value_key }));
        Ok(Given { record, changes: values.map(change).collect() })
    }

    /// Whether the record comes to hold anything else.
    pub(crate) fn changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Stores it for the record with this id.
    pub(crate) fn store(self, tx: &mut Tx<'_>, id: i64) -> Result<()> {
        let record = self.record;
        for (field, before, now) in self.changes {
            match (before, now) {
                (Some(before), Some(now)) => {
                    tx.update(&before, &OwnValue { value: now.value, value_key: now.key, ..before.clone() })?;
                }
                (None, Some(now)) => drop(tx.insert(&OwnValue::of((record, id), field, now))?),
                (Some(before), None) => tx.delete(&before)?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}

/// Rejected where a field must hold something and would not.
fn missing(field: &OwnField, empty: bool) -> Result<()> {
    if empty && field.required && field.active {
        return Err(Error::rejected("error.field.required").arg("name", &field.name).at(field.place()));
    }
    Ok(())
}

/// Removes all that a record holds, so that the record can go.
pub(crate) fn clear(tx: &mut Tx<'_>, record: FieldOf, id: i64) -> Result<()> {
    values_of(tx, record, id)?.iter().try_for_each(|value| tx.delete(value))
}

/// Whether any record holds something in a field.
pub(super) fn is_used(db: &Db, field: Id<OwnField>) -> Result<bool> {
    let found: Option<(i64,)> = db.row(&IN_USE, params![field])?;
    Ok(found.is_some())
}

impl OwnValue {
    fn of((record, id): (FieldOf, i64), field_id: Id<OwnField>, kept: Kept) -> OwnValue {
        OwnValue {
            id: Id::new(0),
            version: 0,
            field_id,
            order_id: (record == FieldOf::Order).then_some(Id::new(id)),
            counterparty_id: (record == FieldOf::Counterparty).then_some(Id::new(id)),
            item_id: (record == FieldOf::Item).then_some(Id::new(id)),
            value: kept.value,
            value_key: kept.key,
        }
    }

    /// Whose it is.
    pub(super) fn owner(&self) -> Option<(FieldOf, i64)> {
        let order = self.order_id.map(|id| (FieldOf::Order, id.get()));
        let counterparty = self.counterparty_id.map(|id| (FieldOf::Counterparty, id.get()));
        order.or(counterparty).or(self.item_id.map(|id| (FieldOf::Item, id.get())))
    }
}

impl Ruled for OwnValue {
    /// Its field may hold another kind of values by now.
    fn put_back(tx: &Tx<'_>, _before: Option<&OwnValue>, now: Option<&OwnValue>) -> Result<()> {
        let Some(value) = now else { return Ok(()) };
        let field: OwnField = tx.get(value.field_id)?;
        // An option that is no longer offered stays with whoever has it.
        if field.holds == Holds::Choice {
            return Ok(());
        }
        typed::read(tx, &field, &typed::Typed(value.value.clone())).map(drop)
    }
}
