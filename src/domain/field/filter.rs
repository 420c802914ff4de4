//! Lists filtered and sorted by fields of the company's own. Their declarations have the filters `field` and
//! `without_field`, and the sort `field`.

use crate::base::error::{Error, Result};
use crate::domain::field::typed::{self, LAST, Said, Typed};
use crate::domain::field::{FieldOf, Holds, OwnField, fields_of};
use crate::engine::db::Db;
use crate::engine::select::Ask;
use crate::engine::value::{Column as _, Value};

/// Between the first and the last value of a range.
const TO: &str = "..";

/// Only rows that hold this in their fields: a text that begins so, a number, amount or day, or a range of them
/// (`5..`, `2026-01-01..2026-01-31`), a choice, yes; or nothing, for an empty text and for "no".
///
/// Rejected at `fields.CODE` where there is no such field, and where the value does not fit it.
pub(crate) fn filtered(ask: Ask, db: &Db, (record, said): (FieldOf, &Said)) -> Result<Ask> {
    if said.is_empty() {
        return Ok(ask);
    }
    let fields = fields_of(db, record)?;
    said.iter().try_fold(ask, |ask, (code, typed)| {
        let field = fields.iter().find(|field| field.code == *code);
        let field = field.ok_or_else(|| unknown(code, &fields))?;
        narrowed(ask, db, (field, typed))
    })
}

/// In this order, which may name such fields: `fields.CODE`, `-` before it for the greatest first. Rows that hold nothing
/// there stand behind the others in either direction. Rejected where there is no such sort.
pub(crate) fn sorted(ask: Ask, db: &Db, (record, order): (FieldOf, &str)) -> Result<Ask> {
    let fields = fields_of(db, record)?;
    let named: Vec<_> = fields.iter().map(|field| (field.place(), field.id.to_value())).collect();
    ask.sort_also(order, &named)
}

/// The refusal of a code that no field has.
pub(super) fn unknown(code: &str, fields: &[OwnField]) -> Error {
    let known = fields.iter().map(|field| field.code.as_str()).collect::<Vec<_>>().join(", ");
    Error::rejected("error.field.unknown").arg("code", code).arg("known", known).at(format!("fields.{code}"))
}

fn narrowed(ask: Ask, db: &Db, (field, typed): (&OwnField, &Typed)) -> Result<Ask> {
    let id = field.id.to_value();
    let ranged = matches!(field.holds, Holds::Number | Holds::Money | Holds::Date);
    let (first, last) = match typed.0.split_once(TO).filter(|_| ranged) {
        Some((from, to)) => {
            let key = |end: &str| Ok::<_, Error>(typed::read(db, field, &Typed(end.to_owned()))?.map(|kept| kept.key));
            (key(from)?.unwrap_or_default(), key(to)?.unwrap_or_else(|| LAST.to_owned()))
        }
        None => match typed::read(db, field, typed)? {
            None => return ask.filter("without_field", vec![id]),
            Some(kept) if field.holds == Holds::Text => (kept.key.clone(), format!("{}{LAST}", kept.key)),
            Some(kept) => (kept.key.clone(), kept.key),
        },
    };
    ask.filter("field", vec![id, Value::Text(first), Value::Text(last)])
}
