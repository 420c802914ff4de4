//! Adding, changing and removing the fields of the company's own, and the list of them.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::base::{lenient, text};
use crate::domain::directory::{self, LONGEST_NAME, Saved};
use crate::domain::field::value::is_used;
use crate::domain::field::{ALL, FieldOf, Holds, OwnField, fields_of};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::query::{Query, View};
use crate::engine::rule::Ruled;
use crate::engine::tx::Tx;
use crate::{params, remove_command};

/// The most fields that records of one kind have.
const MOST_FIELDS: usize = 40;

/// The most choices of one field.
const MOST_CHOICES: usize = 100;

/// Adds a field or changes one. On which records it is, its code and what it holds are fixed once a record has a value.
/// Wide: one field for each line of its card.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveField {
    /// The one to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<OwnField>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// On which records: `order`, `counterparty` or `item`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<FieldOf>,
    /// Its short fixed name; made of the name when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How people call it.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it holds: `text`, `number`, `money`, `date`, `flag` or `choice`; text when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Holds>,
    /// What may be chosen, in their order.
    #[serde(default, deserialize_with = "lenient::opt_texts", skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<String>>,
    /// Whether a new record must have it.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether papers show it.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub printed: Option<bool>,
    /// Its place among the others; last when left out.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// Whether it is shown and filled in.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveField {
    const NAME: &'static str = "save-field";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let new = self.changed(tx, old.as_ref())?;
        if let Some(old) = &old {
            fixed(tx, old, &new)?;
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

impl SaveField {
    /// The field after the save. Rejected at the argument that does not fit.
    fn changed(&self, tx: &Tx<'_>, old: Option<&OwnField>) -> Result<OwnField> {
        let record = self.record.or(old.map(|old| old.record));
        let record = record.ok_or_else(|| Error::rejected("error.field_empty").at("record"))?;
        let others: Vec<OwnField> = fields_of(tx, record)?;
        let others: Vec<&OwnField> = others.iter().filter(|other| old.is_none_or(|old| old.id != other.id)).collect();
        if others.len() >= MOST_FIELDS {
            return Err(Error::rejected("error.field.too_many").arg("most", MOST_FIELDS).at("record"));
        }
        let behind = others.iter().map(|other| other.position).max().unwrap_or(0).saturating_add(1);
        let before = old.cloned().unwrap_or_else(|| OwnField { position: behind, ..OwnField::blank(record) });
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let code = plain(directory::code_or(self.code.as_ref(), &before.code, &name)?)?;
        let holds = self.holds.unwrap_or(before.holds);
        let new = OwnField {
            record,
            choices: choices(holds, self.choices.as_deref(), &before.choices)?,
            holds,
            required: self.required.unwrap_or(before.required),
            printed: self.printed.unwrap_or(before.printed),
            position: self.position.unwrap_or(before.position),
            active: self.active.unwrap_or(before.active),
            code,
            name,
            ..before
        };
        let (key, called) = (text::sort_key(&new.name), |other: &&&OwnField| text::sort_key(&other.name));
        if others.iter().any(|other| called(&other) == key) {
            return Err(Error::rejected("error.name_taken").at("name"));
        }
        match others.iter().find(|other| other.code == new.code) {
            Some(other) => {
                Err(Error::rejected("error.code_taken").arg("text", &new.code).arg("name", &other.name).at("code"))
            }
            None => Ok(new),
        }
    }
}

/// A code that stands behind `fields.` in a file of columns. Rejected at `code` for anything but letters, digits and `-`.
fn plain(code: String) -> Result<String> {
    if code.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_') {
        return Ok(code);
    }
    Err(Error::rejected("error.field.code").arg("text", code).at("code"))
}

/// What may be chosen after a save, one a line. Rejected at `choices` where a choice has none, and for too many.
fn choices(holds: Holds, given: Option<&[String]>, before: &str) -> Result<String> {
    if holds != Holds::Choice {
        return Ok(String::new());
    }
    let mut lines: Vec<String> = Vec::new();
    for typed in given.map_or_else(|| before.lines().map(str::to_owned).collect(), <[String]>::to_vec) {
        let line = directory::line(&typed, "choices", LONGEST_NAME)?;
        if !line.is_empty() && lines.iter().all(|other| text::fold(other) != text::fold(&line)) {
            lines.push(line);
        }
    }
    match lines.len() {
        0 => Err(Error::rejected("error.field.no_choices").at("choices")),
        count if count > MOST_CHOICES => {
            Err(Error::rejected("error.too_many_values").arg("most", MOST_CHOICES).at("choices"))
        }
        _ => Ok(lines.join("\n")),
    }
}

/// Rejected where records have values already and the field would be another one.
fn fixed(tx: &Tx<'_>, old: &OwnField, new: &OwnField) -> Result<()> {
    let differs =
        [(old.record != new.record, "record"), (old.holds != new.holds, "holds"), (old.code != new.code, "code")];
    match differs.into_iter().find(|(differs, _)| *differs) {
        Some((_, place)) if is_used(tx, old.id)? => {
            Err(Error::rejected("error.field.in_use").arg("name", &old.name).at(place))
        }
        _ => Ok(()),
    }
}

remove_command!(
    /// Removes a field in which no record holds anything.
    RemoveField, "remove-field", OwnField, Need::Right(Right::DirectoryEdit), |_, _| Ok(())
);

impl Ruled for OwnField {
    /// Records may have got values since, which the field would not hold.
    fn put_back(tx: &Tx<'_>, before: Option<&OwnField>, now: Option<&OwnField>) -> Result<()> {
        before.zip(now).map_or(Ok(()), |(before, now)| fixed(tx, before, now))
    }
}

/// The fields of the company's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Only those on these records: `order`, `counterparty` or `item`.
    #[serde(default)]
    pub record: Option<FieldOf>,
    /// Only those that are shown, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

/// A field in a list. Wide: one field a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    /// Its id.
    pub id: Id<OwnField>,
    /// Its version.
    pub version: i64,
    /// On which records.
    pub record: FieldOf,
    /// Its short fixed name.
    pub code: String,
    /// How people call it.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Whether a new record must have it.
    pub required: bool,
    /// Whether papers show it.
    pub printed: bool,
    /// Its place among the others.
    pub position: i64,
    /// Whether it is shown and filled in.
    pub active: bool,
}

impl Query for Fields {
    const NAME: &'static str = "fields";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = FieldRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<FieldRow>> {
        let wanted = |field: &OwnField| {
            self.active.is_none_or(|active| field.active == active)
                && self.record.is_none_or(|record| field.record == record)
        };
        let mut fields: Vec<OwnField> = view.rows(&ALL, params![])?;
        fields.sort_by_key(|field| field.record);
        Ok(fields.into_iter().filter(wanted).map(FieldRow::of).collect())
    }
}

impl FieldRow {
    fn of(field: OwnField) -> FieldRow {
        FieldRow {
            choices: field.options().map(str::to_owned).collect(),
            id: field.id,
            version: field.version,
            record: field.record,
            code: field.code,
            name: field.name,
            holds: field.holds,
            required: field.required,
            printed: field.printed,
            position: field.position,
            active: field.active,
        }
    }
}

impl OwnField {
    fn blank(record: FieldOf) -> OwnField {
        OwnField {
            id: Id::new(0),
            version: 0,
            record,
            code: String::new(),
            name: String::new(),
            holds: Holds::Text,
            choices: String::new(),
            required: false,
            printed: false,
            position: 0,
            active: true,
        }
    }
}
