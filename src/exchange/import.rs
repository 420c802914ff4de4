//! Bringing a file in: at most 500 rows a transaction, each record its own journal entry, whole or not at all. The
//! same file sent again goes on where it stopped, and changes nothing once it is in.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde::Serialize;

use crate::base::error::{Error, Result};
use crate::base::locale::{Lang, tr};
use crate::domain::import::ImportKind;
use crate::domain::import::batch::RowCounts;
use crate::engine::store::{Call, Store};
use crate::exchange::bring::Import;
use crate::exchange::mapping::Mapping;
use crate::exchange::rejects;

/// What to bring in.
pub struct Request<'a> {
    /// The kind, as `patver list imports` names it.
    pub kind: &'a str,
    /// The file.
    pub path: &'a Path,
    /// The mapping; without one the columns are named like our fields.
    pub mapping: Option<&'a Path>,
}

/// How to bring it in.
pub struct Options<'a> {
    /// The language of reasons.
    pub lang: Lang,
    /// Tell what would happen and change nothing.
    pub dry_run: bool,
    /// Where refused rows go.
    pub rejects: Option<&'a Path>,
    /// Sees each step; the import stops after it when told to, and stays open.
    pub watch: &'a mut dyn FnMut(&Summary) -> ControlFlow<()>,
}

/// What became of a file's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many rows became what.
    #[serde(flatten)]
    pub rows: RowCounts,
    /// The batch, to take it back whole; none when nothing was brought.
    pub batch: Option<i64>,
    /// Whether every row was dealt with; a stopped import goes on when the same file is sent again.
    pub done: bool,
    /// Rows that the mapping passes over.
    pub passed: i64,
    /// What the file's orders come to, by currency.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sums: BTreeMap<String, String>,
}

/// A record that was refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The line of the file on which the row at fault begins.
    pub line: u64,
    /// The column at fault, where one is.
    pub column: Option<String>,
    /// Why, and what to do.
    pub error: Error,
    /// How many rows the record has: none of them comes in.
    pub rows: usize,
}

impl Refusal {
    /// Why, as the reader says it: the column, then the reason.
    pub fn reason(&self, lang: Lang) -> String {
        let message = self.error.message(lang);
        match &self.column {
            Some(column) => tr(lang, "import.at_column", &[("column", column), ("reason", &message)]),
            None => message,
        }
    }
}

/// What became of a file's rows, and the records that were refused now.
pub type Brought = (Summary, Vec<Refusal>);

/// Brings a file in. Rejected as a whole where it cannot be read or does not fit its mapping.
pub fn import(store: &mut Store, call: &Call, request: &Request<'_>, options: Options<'_>) -> Result<Brought> {
    let Options { lang, dry_run, rejects, watch } = options;
    let kind = ImportKind::parse(request.kind).ok_or_else(|| unknown_kind(request.kind))?;
    rejects::keep_apart(request.path, rejects)?;
    let mapping = request.mapping.map(Mapping::read).transpose()?;
    let mut import = Import::open(&store.view(call)?, kind, request.path, mapping)?;
    let mut rejects = import.begin_rejects(rejects, lang)?;
    if dry_run {
        return import.rehearse_into(store, call, (&mut rejects, lang), watch);
    }
    let mut written = 0;
    while !import.is_done() {
        import.step(store, call)?;
        written = import.write_rejects(&mut rejects, written, lang)?;
        if watch(&import.summary()).is_break() {
            break;
        }
    }
    Ok((import.summary(), import.refusals()))
}

fn unknown_kind(kind: &str) -> Error {
    let known: Vec<&str> = ImportKind::ALL.iter().map(|kind| kind.code()).collect();
    Error::rejected("error.choice_unknown").arg("text", kind).arg("known", known.join(", ")).at("kind")
}
