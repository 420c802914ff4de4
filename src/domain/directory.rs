//! What the directories share: the answer of a save, and the checks of codes and names.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::text;
use crate::engine::table::Row;

/// The longest name, in letters.
const LONGEST_NAME: usize = 300;

/// The longest code, in letters.
const LONGEST_CODE: usize = 40;

/// What every save answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The row's id.
    pub id: i64,
    /// Its version after the save.
    pub version: i64,
}

impl Saved {
    /// The answer for a row and its version.
    pub fn of<R: Row>(id: Id<R>, version: i64) -> Saved {
        Saved { id: id.get(), version }
    }
}

/// A name as it is kept. Rejected at `name` when it is empty or too long.
pub fn name(typed: &str) -> Result<String> {
    line(typed, "name", LONGEST_NAME).and_then(|name| filled(name, "name"))
}

/// A code as it is kept. Rejected at `code` when it is empty or too long.
pub fn code(typed: &str) -> Result<String> {
    line(typed, "code", LONGEST_CODE).and_then(|code| filled(code, "code"))
}

/// One line of text as it is kept. Rejected at its field when it is longer than `most` letters.
pub fn line(typed: &str, field: &'static str, most: usize) -> Result<String> {
    short_enough(text::clean_line(typed).map_err(|error| error.at(field))?, field, most)
}

/// Lines of text as they are kept. Rejected at their field when they are longer than `most` letters.
pub fn lines(typed: &str, field: &'static str, most: usize) -> Result<String> {
    short_enough(text::clean_lines(typed).map_err(|error| error.at(field))?, field, most)
}

fn short_enough(text: String, field: &'static str, most: usize) -> Result<String> {
    text::short_enough(text, most).map_err(|error| error.at(field))
}

fn filled(text: String, field: &'static str) -> Result<String> {
    if text.is_empty() { Err(Error::rejected("error.field_empty").at(field)) } else { Ok(text) }
}
