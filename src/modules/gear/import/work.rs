//! What an import does away from the screen: reads the file, rehearses it, brings it in, keeps what was refused.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use crate::base::error::Result;
use crate::base::right::Right;
use crate::domain::import::ImportKind;
use crate::engine::backup::{self, Kept, Reason, When};
use crate::engine::change::Changes;
use crate::engine::query::View;
use crate::engine::store::Call;
use crate::engine::ticket::Ticket;
use crate::engine::worker::Lane;
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::Sheet;
use crate::exchange::{Import, Refusal, Summary, builtin, shipped};
use crate::settings::keeping;
use crate::ui::desk::Desk;

/// How a file's columns become fields.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// Matched by a person: each column with its field, and the column that tells records apart.
    Hand(Vec<(String, &'static str)>, String),
    /// By a mapping that is shipped.
    Shipped(&'static str),
    /// By a mapping in a file.
    File(PathBuf),
}

/// A file as it is to be brought in.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// What it holds.
    pub kind: ImportKind,
    /// Where it is.
    pub path: PathBuf,
    /// How its columns become fields.
    pub by: By,
}

/// An import that was begun.
pub(super) struct Bringing {
    wanted: Wanted,
    /// What it came to; none where it was stopped before its file was read.
    pub import: Option<Import>,
}

impl By {
    fn mapping(&self, kind: ImportKind) -> Result<Mapping> {
        match self {
            By::Hand(matched, key) => {
                let matched: Vec<(&str, &str)> =
                    matched.iter().map(|(column, field)| (column.as_str(), *field)).collect();
                builtin::matched(kind, &matched, key)
            }
            By::Shipped(name) => {
                let found = shipped::SHIPPED.iter().find(|shipped| shipped.name == *name);
                Mapping::parse(found.map_or("", |shipped| shipped.text))
            }
            By::File(path) => Mapping::read(path),
        }
    }
}

/// Reads a file to show its first rows. Rejected where it is no table.
pub(super) fn read(desk: &Desk, path: PathBuf) -> Ticket<Sheet> {
    desk.handle.read(Lane::Background, &desk.call, move |view, _| {
        view.actor().require(Right::Import)?;
        Sheet::read(&path, None, None)
    })
}

/// What would become of the file.
pub(super) fn rehearse(desk: &Desk, wanted: Wanted) -> Ticket<(Summary, Vec<Refusal>)> {
    let call = desk.call.clone();
    desk.handle.write(move |store, watch| {
        let import = open(&store.view(&call)?, &wanted)?;
        let rows = steps(import.rows());
        let mut see = |summary: &Summary| {
            watch.tell(u64::try_from(summary.rows.read).unwrap_or_default(), rows);
            if watch.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let rehearsed = import.rehearse(store, &call, &mut see)?;
        watch.still_wanted()?;
        Ok((rehearsed, Changes::default()))
    })
}

/// Makes a backup where anything changed since the last one; none where nothing makes them by itself, and for a company
/// that is made up or only in memory.
pub(super) fn keep(desk: &Desk) -> Option<Ticket<Kept>> {
    let company =
        desk.handle.path().filter(|_| desk.house.unreal.is_none() && keeping::scheduled(&desk.workplace))?.to_owned();
    let keeping = keeping::keeping(&desk.workplace, &company);
    let job = move |view: &View<'_>, watch: &_| {
        backup::keep(view, &company, (&keeping, When::Changed(Reason::BeforeBulkWork)), watch)
    };
    Some(desk.handle.read_apart(&Call::of_system(), job))
}

/// Brings it in, or goes on where an earlier import of it stopped; commands that are sent meanwhile do not wait.
pub(super) fn bring(desk: &Desk, wanted: Wanted) -> Ticket<Bringing> {
    let call = desk.call.clone();
    desk.handle.write_by_steps(Bringing { wanted, import: None }, move |bringing, store, watch| {
        let Some(import) = &mut bringing.import else {
            let import = open(&store.view(&call)?, &bringing.wanted)?;
            let more = !import.is_done();
            bringing.import = Some(import);
            return Ok((more, Changes::default()));
        };
        let changes = import.step(store, &call)?;
        watch.tell(u64::try_from(import.summary().rows.read).unwrap_or_default(), steps(import.rows()));
        Ok((!import.is_done(), changes))
    })
}

/// Keeps the refused rows in a file of their own.
pub(super) fn save_refused(desk: &Desk, import: Arc<Import>, source: PathBuf, path: PathBuf) -> Ticket<PathBuf> {
    let lang = desk.lang;
    desk.handle.read(Lane::Background, &desk.call, move |_, _| {
        import.save_rejects(&source, &path, lang)?;
        Ok(path)
    })
}

fn open(view: &crate::engine::query::View<'_>, wanted: &Wanted) -> Result<Import> {
    Import::open(view, wanted.kind, &wanted.path, Some(wanted.by.mapping(wanted.kind)?))
}

fn steps(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}
