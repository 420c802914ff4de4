//! A company to practise on: a copy made and checked like any backup, in a file of its own beside the real one. It has
//! its own identity and says of itself what it is, so nothing of it ever takes the place of the real company.

use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::engine::backup::restore::{alone, complete};
use crate::engine::backup::scratch::Scratch;
use crate::engine::backup::{MARK_TRAINING, Reason, TRAINING, make_of};
use crate::engine::db::Db;
use crate::engine::guard::{self, Found};
use crate::engine::query::View;
use crate::engine::ticket::Watch;
use crate::engine::under_way::UnderWay;
use crate::params;
use crate::platform;

/// What the name of a company to practise on ends with.
const SUFFIX: &str = "-training";

/// Where the company to practise on stands: `shop-training.patver` beside `shop.patver`.
pub fn training_file(company: &Path) -> PathBuf {
    let mut name = company.file_stem().unwrap_or_default().to_os_string();
    name.push(SUFFIX);
    if let Some(extension) = company.extension() {
        name.push(".");
        name.push(extension);
    }
    company.with_file_name(name)
}

/// Where the real company of one to practise on stands; none where it is called or kept otherwise by now.
pub fn real_file(training: &Path) -> Option<PathBuf> {
    let stem = training.file_stem()?.to_str()?.strip_suffix(SUFFIX)?;
    let name = match training.extension() {
        Some(extension) => format!("{stem}.{}", extension.to_str()?),
        None => stem.to_owned(),
    };
    Some(training.with_file_name(name)).filter(|real| real.is_file())
}

/// Whether a company is one to practise on.
pub fn is_training(db: &Db) -> Result<bool> {
    let found: Option<(bool,)> = db.row(&TRAINING, &[])?;
    Ok(found.is_some_and(|(training,)| training))
}

/// Makes the company to practise on out of the one of a view, in the place of an earlier one; gives its file. Rejected
/// without the right to make backups, for a company that is one to practise on itself, and where something else has the
/// name or somebody has the earlier one open; asks for confirmation where there is an earlier one; fails, leaving what
/// was there, when the copy does not stand every check.
pub fn practise(view: &View<'_>, (company, confirmed): (&Path, bool), watch: &Watch) -> Result<PathBuf> {
    view.actor().require(Right::BackupMake)?;
    if is_training(view)? {
        return Err(Error::rejected("error.training.of_training"));
    }
    let into = training_file(company);
    let earlier = gives_way(&into)?;
    if earlier && !confirmed {
        return Err(Error::needs_confirmation("error.training.again").arg("path", into.display()));
    }
    let scratch = Scratch::beside(company, "training")?;
    let copy = make_of(view, company, (&scratch.folder, Reason::Asked), watch)?;
    let begun = UnderWay::begin_alone(&into)?;
    complete(&copy.path, &copy.manifest, (&begun.part, watch))?;
    mark(&begun.part)?;
    if earlier {
        remove(&into)?;
    }
    guard::require_absent(&into)?;
    begun.publish()?;
    Ok(into)
}

/// Whether an earlier company to practise on stands there and gives way. Rejected where it is anything else.
fn gives_way(into: &Path) -> Result<bool> {
    match guard::inspect(into)? {
        Found::Missing => guard::require_absent(into).map(|()| false),
        Found::Ours { .. } if is_training_file(into)? => taken(into).map(|()| true),
        _ => Err(Error::rejected("error.training.in_the_way").arg("path", into.display())),
    }
}

/// Moves the log of an earlier company to practise on into its file. Rejected while somebody has it open.
fn taken(into: &Path) -> Result<()> {
    alone(into).and_then(Db::close).map_err(|error| match error.key() {
        "error.backup.in_use" => Error::rejected("error.training.open").arg("path", into.display()),
        _ => error,
    })
}

/// Whether a company file is one to practise on.
pub(super) fn is_training_file(path: &Path) -> Result<bool> {
    let db = Db::open_reader(path)?;
    is_training(&db)
}

/// Gives a copy that nobody has seen yet an identity of its own, and says in it what it is.
fn mark(part: &Path) -> Result<()> {
    let mut file_id = [0_u8; 16];
    getrandom::fill(&mut file_id).map_err(|error| Error::failure("error.no_randomness", error))?;
    let db = Db::open_single(part)?;
    db.execute_all("BEGIN IMMEDIATE")?;
    db.execute_sql(MARK_TRAINING.sql, params![file_id.to_vec()])?;
    db.execute_all("COMMIT")?;
    db.close()
}

/// Removes an earlier company to practise on, its log moved into it before. Rejected while somebody has it open.
fn remove(into: &Path) -> Result<()> {
    taken(into)?;
    std::fs::remove_file(into).map_err(|error| platform::io_error(into, &error))
}
