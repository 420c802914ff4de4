//! What each entry of the journal did to the fields of the company's own, by the names of the fields.

use serde_json::Value as Json;

use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::field::value::json_of;
use crate::domain::field::{FieldOf, OwnField, OwnValue};
use crate::domain::history::{self, FieldChange, Happening};
use crate::engine::journal::{self, JournalRow, Kind};
use crate::engine::past;
use crate::engine::query::View;
use crate::engine::table::{Columns, FromRow as _, Row as _};
use crate::engine::value::Value;

/// What happened to a record that has such fields, oldest first.
pub(crate) fn of_record(view: &View<'_>, owner: (FieldOf, i64)) -> Result<Vec<Happening>> {
    let (record, id) = owner;
    let mut history = history::of_record(view, record.table(), id)?;
    tell(view, owner, &mut history)?;
    Ok(history)
}

/// Adds to each entry what it did to the fields of the record. The entry that made the record says so once.
fn tell(view: &View<'_>, owner: (FieldOf, i64), history: &mut [Happening]) -> Result<()> {
    for happening in history.iter_mut().filter(|it| it.fields.iter().all(|change| change.field != "created")) {
        for row in journal::rows_in(view, happening.seq, OwnValue::TABLE)? {
            let of_it = |change: &Change| change.owner == Some(owner);
            let told = change(view, (&row, happening.seq))?.filter(of_it);
            happening.fields.extend(told.map(|change| change.told));
        }
    }
    Ok(())
}

/// What an entry did to one value; nothing where the field is gone.
pub(crate) fn told(view: &View<'_>, row: (&JournalRow, i64)) -> Result<Option<FieldChange>> {
    Ok(change(view, row)?.map(|change| change.told))
}

struct Change {
    owner: Option<(FieldOf, i64)>,
    told: FieldChange,
}

fn change(view: &View<'_>, (row, seq): (&JournalRow, i64)) -> Result<Option<Change>> {
    let table = OwnValue::TABLE;
    let blank = || vec![Value::Null; table.columns.len()];
    let after = past::led_back(view, (table, row.row_id), seq)?;
    let before = match row.kind {
        Kind::Create => None,
        Kind::Delete => Some(past::before(table, blank(), &row.diff)),
        Kind::Update => after.clone().map(|after| past::before(table, after, &row.diff)),
    };
    let read = |values: Option<Vec<Value>>| {
        values.map(|values| OwnValue::from_row(&mut Columns::new(identified(values, row.row_id)))).transpose()
    };
    let (before, after) = (read(before)?, read(after)?);
    let Some(value) = after.as_ref().or(before.as_ref()) else { return Ok(None) };
    let Some(field) = view.find_row::<OwnField>(Id::new(value.field_id.get()))? else { return Ok(None) };
    let side = |value: Option<&OwnValue>| value.map_or(Json::Null, |value| json_of(&field, &value.value));
    let told = FieldChange {
        old: side(before.as_ref()),
        new: side(after.as_ref()),
        part: Some(field.name.clone()),
        ..FieldChange::of((table, row.row_id), field.holds.code())
    };
    Ok(Some(Change { owner: value.owner(), told }))
}

/// A row with its id and some version: the journal keeps neither of a removed one.
fn identified(mut values: Vec<Value>, id: i64) -> Vec<Value> {
    values.iter_mut().zip([id, 0]).for_each(|(place, number)| *place = Value::Int(number));
    values
}
