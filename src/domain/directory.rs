//! What the directories share: the answer of a save, the checks of codes and names, finding by code, removal.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::text;
use crate::engine::db::Db;
use crate::engine::statement::Statement;
use crate::engine::table::Row;
use crate::engine::tx::Tx;
use crate::params;

/// The longest name, in letters.
pub(crate) const LONGEST_NAME: usize = 300;

/// The longest code, in letters.
pub(crate) const LONGEST_CODE: usize = 40;

/// What every save answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The row's id.
    pub id: i64,
    /// Its version after the save.
    pub version: i64,
}

/// What every removal answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The id of the row that was removed.
    pub id: i64,
}

/// The row that a save changes, as its sender saw it; none when the save adds one.
///
/// `Conflict` when it was changed meanwhile, Rejected when the sender does not say which version was seen.
pub(crate) fn opened<R: Row>(tx: &Tx<'_>, id: Option<Id<R>>, version: Option<i64>) -> Result<Option<R>> {
    match (id, version) {
        (None, _) => Ok(None),
        (Some(_), None) => Err(Error::rejected("error.version_missing").at("version")),
        (Some(id), Some(version)) => tx.seen(id, version).map(Some),
    }
}

/// Adds a row, or stores what changed of one.
pub(crate) fn stored<R: Row>(tx: &mut Tx<'_>, old: Option<&R>, new: &R) -> Result<Saved> {
    match old {
        None => Ok(Saved { id: tx.insert(new)?.get(), version: 1 }),
        Some(old) => Ok(Saved { id: old.id().get(), version: tx.update(old, new)? }),
    }
}

/// The same where what belongs to the row may change too: whoever saw it otherwise saw another row.
pub(crate) fn stored_with<R: Row>(tx: &mut Tx<'_>, (old, new): (Option<&R>, &R), more: bool) -> Result<Saved> {
    match old.filter(|_| more) {
        Some(old) => Ok(Saved { id: old.id().get(), version: tx.store(old, new)? }),
        None => stored(tx, old, new),
    }
}

/// Removes a row that nothing refers to. Rejected otherwise: it can be switched off.
pub(crate) fn removed<R: Row>(tx: &mut Tx<'_>, row: &R) -> Result<Removed> {
    match tx.delete(row) {
        Ok(()) => Ok(Removed { id: row.id().get() }),
        Err(error) if error.key() == "error.still_used" => Err(Error::rejected("error.used_elsewhere")),
        Err(error) => Err(error),
    }
}

/// The row of a directory that a person names by its code, or by its id where no code reads so.
///
/// Rejected at the field when the directory holds neither.
pub(crate) fn find<R: Row>(db: &Db, directory: &Directory, typed: &str, field: &'static str) -> Result<R> {
    let typed = typed.trim();
    if let Some(row) = db.row(directory.by_key, params![(directory.key)(typed)])? {
        return Ok(row);
    }
    let by_id = typed.parse::<Id<R>>().ok().map(|id| db.find_row(id)).transpose()?.flatten();
    by_id.ok_or_else(|| missing::<R>(typed).at(field))
}

/// The row itself. Rejected when it is switched off: what stands with it keeps it, nothing new gets it.
pub(crate) fn offered<R>(row: R, state: fn(&R) -> (bool, &str)) -> Result<R> {
    match state(&row) {
        (true, _) => Ok(row),
        (false, name) => Err(Error::rejected("error.switched_off").arg("name", name)),
    }
}

/// The refusal of what a person typed to name a row that is not there.
pub(crate) fn missing<R: Row>(typed: &str) -> Error {
    let record = format!("table.{}", R::TABLE.name);
    Error::rejected("error.not_in_directory").arg("text", typed).named("record", record)
}

/// A directory in which people name rows by a code or a name.
pub(crate) struct Directory {
    /// The statement that finds a row by what identifies it.
    pub by_key: &'static Statement,
    /// Makes of what was typed what identifies the row.
    pub key: fn(&str) -> String,
}

/// Rejected at `name` when another row of the directory already has the name's sort key.
pub(crate) fn free_name<R: Row>(db: &Db, by_key: &Statement, name_key: &str, own: Option<&R>) -> Result<()> {
    let taken: Option<R> = db.row(by_key, params![name_key.to_owned()])?;
    match taken {
        Some(other) if own.is_none_or(|own| own.id() != other.id()) => {
            Err(Error::rejected("error.name_taken").at("name"))
        }
        _ => Ok(()),
    }
}

/// A name as it is kept. Rejected at `name` when it is empty or too long.
pub fn name(typed: &str) -> Result<String> {
    line(typed, "name", LONGEST_NAME).and_then(|name| filled(name, "name"))
}

/// The name after a save: the given one, else the one before.
pub(crate) fn name_or(given: Option<&String>, before: &str) -> Result<String> {
    name(given.map_or(before, String::as_str))
}

/// The code after a save: the given one, else the one before, else one made of the name.
pub(crate) fn code_or(given: Option<&String>, before: &str, name: &str) -> Result<String> {
    let code = typed_code_or(given, before)?;
    Ok(if code.is_empty() { code_of(name) } else { code })
}

/// The code after a save: the given one, else the one before. Rejected at `code` for what is none.
pub(crate) fn typed_code_or(given: Option<&String>, before: &str) -> Result<String> {
    given.map_or_else(|| Ok(before.to_owned()), |typed| code(typed, "code", LONGEST_CODE))
}

/// A code made of a name: small letters and digits joined by hyphens.
fn code_of(name: &str) -> String {
    let folded = text::fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let code: String = words.join("-").chars().take(LONGEST_CODE).collect();
    if code.is_empty() { name.chars().take(LONGEST_CODE).collect() } else { code }
}

/// The line of text after a save: the given one, else the one before. Rejected at its field when it is too long.
pub(crate) fn line_or(given: Option<&String>, before: &str, field: &'static str, most: usize) -> Result<String> {
    given.map_or_else(|| Ok(before.to_owned()), |typed| line(typed, field, most))
}

/// The lines of text after a save: the given ones, else those before. Rejected at their field when they are too long.
pub(crate) fn lines_or(given: Option<&String>, before: &str, field: &'static str, most: usize) -> Result<String> {
    given.map_or_else(|| Ok(before.to_owned()), |typed| lines(typed, field, most))
}

/// One line of text as it is kept. Rejected at its field when it is longer than `most` letters.
pub fn line(typed: &str, field: &'static str, most: usize) -> Result<String> {
    short_enough(text::clean_line(typed).map_err(|error| error.at(field))?, field, most)
}

/// A code as it is kept. Rejected at its field when it is longer than `most` letters, or holds a tab or a line break.
pub fn code(typed: &str, field: &'static str, most: usize) -> Result<String> {
    short_enough(text::clean_code(typed).map_err(|error| error.at(field))?, field, most)
}

/// Lines of text as they are kept. Rejected at their field when they are longer than `most` letters.
pub fn lines(typed: &str, field: &'static str, most: usize) -> Result<String> {
    short_enough(text::clean_lines(typed).map_err(|error| error.at(field))?, field, most)
}

fn short_enough(text: String, field: &'static str, most: usize) -> Result<String> {
    text::short_enough(text, most).map_err(|error| error.at(field))
}

/// The same text. Rejected at its field when it is empty.
pub(crate) fn filled(text: String, field: &'static str) -> Result<String> {
    if text.is_empty() { Err(Error::rejected("error.field_empty").at(field)) } else { Ok(text) }
}

/// An e-mail address as it is kept, or an empty text. Rejected when it is not one.
pub(crate) fn email(typed: &str) -> Result<String> {
    let email = line(typed, "email", LONGEST_NAME)?;
    let parts = email.split_once('@');
    let whole = parts.is_some_and(|(before, after)| !before.is_empty() && after.contains('.') && !after.contains('@'));
    let tidy = !email.contains([' ', ',', ';', '<', '>']) && !email.ends_with('.');
    if email.is_empty() || (whole && tidy) {
        Ok(email)
    } else {
        Err(Error::rejected("error.email_unreadable").arg("text", email).at("email"))
    }
}

/// Declares the command that removes a row of a directory while nothing refers to it.
#[macro_export]
macro_rules! remove_command {
    ($(#[$doc:meta])* $name:ident, $text:literal, $row:ty, $need:expr, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Which row.
            pub id: $crate::base::id::Id<$row>,
            /// Its version as it was seen.
            #[serde(deserialize_with = "crate::base::lenient::int")]
            pub version: i64,
        }

        impl $crate::engine::command::Command for $name {
            const NAME: &'static str = $text;
            const NEED: $crate::engine::command::Need = $need;
            const UNDO: $crate::engine::command::Undo = $crate::engine::command::Undo::Generic;
            type Output = $crate::domain::directory::Removed;

            fn run(
                &self,
                tx: &mut $crate::engine::tx::Tx<'_>,
            ) -> $crate::base::error::Result<$crate::domain::directory::Removed> {
                let row = tx.seen(self.id, self.version)?;
                let check: fn(
                    &mut $crate::engine::tx::Tx<'_>,
                    &$row,
                ) -> $crate::base::error::Result<()> = $check;
                check(tx, &row)?;
                $crate::domain::directory::removed(tx, &row)
            }
        }
    };
}
