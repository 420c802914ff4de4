//! Putting a backup back: the copy is completed beside its place, checked again, and only then takes the name.
//! A file that has the name is set aside with its log, never removed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::date::{Instant, Zone};
use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::engine::backup::note::Author;
use crate::engine::backup::training::is_training_file;
use crate::engine::backup::verify::Reading;
use crate::engine::backup::{Manifest, attachments, note, verify};
use crate::engine::clock::Clock;
use crate::engine::db::Db;
use crate::engine::guard::{self, Found};
use crate::engine::journal;
use crate::engine::query::View;
use crate::engine::store::{Business, Call, Store};
use crate::engine::ticket::Watch;
use crate::engine::under_way::UnderWay;
use crate::platform;

/// What may follow a company file under its name.
const BESIDE: &[&str] = &["-wal", "-shm", "-journal"];

/// Proof that somebody with the right agreed to put a backup over a sound company, or that nobody could be asked.
#[derive(Clone, Debug)]
pub struct Permit(Option<Author>);

impl Permit {
    /// Rejected when the caller lacks the right to restore backups.
    pub fn ask(store: &Store, call: &Call) -> Result<Permit> {
        Permit::of(&store.view(call)?)
    }

    /// The same where only a view of the file is at hand.
    pub fn of(view: &View<'_>) -> Result<Permit> {
        view.actor().require(Right::BackupRestore)?;
        Author::of(view).map(Permit)
    }

    /// For a file that is damaged: nobody can sign in to it to be asked. Rejected where it does open.
    pub fn of_damaged(path: &Path, business: &'static Business, clock: Arc<dyn Clock>) -> Result<Permit> {
        match Store::open(path, business, clock) {
            Ok(store) => {
                store.close()?;
                Err(Error::rejected("error.backup.over_sound").arg("path", path.display()))
            }
            Err(error) if guard::is_damage(&error) => Ok(Permit(None)),
            Err(error) => Err(error),
        }
    }
}

/// What is allowed about a file that stands where the backup goes.
#[derive(Clone, Debug, Default)]
pub struct Over {
    /// Somebody was told what goes away and said yes.
    pub confirmed: bool,
    /// Needed only where the file there is sound: in a damaged one nobody can sign in.
    pub permit: Option<Permit>,
    /// By its clocks the file that is set aside is named.
    pub zone: Zone,
}

/// A finished restore.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The backup it came from.
    pub manifest: Manifest,
    /// Where the file that had the name stands now.
    pub set_aside: Option<PathBuf>,
}

/// Restores a backup as the company file `into`. Asks for confirmation where a file is there; rejected where that
/// file is not ours, still in use, or sound while no permit is given; fails when the backup is not whole.
pub fn restore(backup: &Path, into: &Path, over: Over, now: Instant) -> Result<Restored> {
    let watch = &Watch::default();
    let manifest = verify::verify(backup, watch)?;
    if manifest.schema > guard::SCHEMA_VERSION {
        return Err(Found::Newer { schema: manifest.schema }.refusal(backup));
    }
    let there = guard::inspect(into)?;
    admit(&there, &manifest, into, &over)?;
    let begun = UnderWay::begin_alone(into)?;
    complete(backup, &manifest, (&begun.part, watch))?;
    refuse_training(&begun.part, (&there, into))?;
    let author = over.permit.as_ref().and_then(|permit| permit.0.as_ref());
    note::write(&begun.part, (backup, &manifest), author, now)?;
    let set_aside = set_aside(&there, into, (now, over.zone))?;
    // Nothing of the earlier file may lie beside the new one: its log would be taken for the new one's.
    guard::require_absent(into)?;
    begun.publish()?;
    Ok(Restored { manifest, set_aside })
}

/// Rejected where a company to practise on would take the place of any other one, whole or not.
fn refuse_training(part: &Path, (there, into): (&Found, &Path)) -> Result<()> {
    let other = match there {
        Found::Missing | Found::Empty => false,
        Found::Ours { .. } => !is_training_file(into)?,
        _ => true,
    };
    if other && is_training_file(part)? {
        return Err(Error::rejected("error.training.over_real").arg("path", into.display()));
    }
    Ok(())
}

/// Whether the file that is there may give way.
fn admit(there: &Found, manifest: &Manifest, into: &Path, over: &Over) -> Result<()> {
    let question = match there {
        Found::Missing => return guard::require_absent(into),
        Found::Foreign | Found::NotADatabase | Found::Newer { .. } | Found::Backup => return Err(there.refusal(into)),
        Found::Empty | Found::Damaged | Found::Truncated { .. } => {
            Error::needs_confirmation("error.backup.over_damaged")
        }
        Found::Ours { .. } if over.permit.is_none() => {
            return Err(Error::rejected("error.backup.over_sound").arg("path", into.display()));
        }
        Found::Ours { .. } => match loss(manifest, into) {
            Err(Error::Failure(_)) => Error::needs_confirmation("error.backup.over_damaged"),
            told => told?,
        },
    };
    if over.confirmed { Ok(()) } else { Err(question.arg("path", into.display())) }
}

/// What would go away, as a question.
fn loss(manifest: &Manifest, into: &Path) -> Result<Error> {
    let db = Db::open_reader(into)?;
    let (last, _) = journal::head(&db)?;
    if verify::file_id(&db)? != manifest.file_id {
        return Ok(Error::needs_confirmation("error.backup.other_company"));
    }
    let lost = last.saturating_sub(manifest.seq).max(0);
    Ok(Error::needs_confirmation("error.backup.changes_lost").arg("count", lost))
}

/// Makes a whole company file out of the copy and its attachments, and checks it.
pub(super) fn complete(backup: &Path, manifest: &Manifest, (part, watch): (&Path, &Watch)) -> Result<()> {
    std::fs::copy(backup, part).map_err(|error| platform::io_error(part, &error))?;
    platform::make_private(part)?;
    let db = Db::open_single(part)?;
    db.execute_all(&format!("PRAGMA application_id = {}", guard::APPLICATION_ID))?;
    db.execute_all("BEGIN IMMEDIATE")?;
    attachments::put_back(&db, backup.parent().unwrap_or(Path::new(".")))?;
    db.execute_all("COMMIT")?;
    db.close()?;
    let found = verify::look(part, guard::APPLICATION_ID, &Reading::of(part, 1, watch)?)?;
    if (found.seq, &found.chain, &found.tables) == (manifest.seq, &manifest.chain, &manifest.tables) {
        return Ok(());
    }
    Err(Error::failure("error.backup.not_verified", "the completed copy is not what was written down"))
}

/// Renames what is there, log and all, after moving a sound file's log into the file itself.
fn set_aside(there: &Found, into: &Path, now: (Instant, Zone)) -> Result<Option<PathBuf>> {
    if *there == Found::Missing {
        return Ok(None);
    }
    let aside = free_name(into, now)?;
    let in_use = match there {
        Found::Ours { .. } => match alone(into) {
            // What is damaged inside cannot be taken, and is not written to.
            Err(error) if guard::is_damage(&error) => None,
            taken => Some(taken?),
        },
        _ => None,
    };
    // Held while it is renamed, so that nobody opens it in between; Windows lets no open file be renamed.
    if std::fs::rename(into, &aside).is_err() {
        in_use.map(Db::close).transpose()?;
        std::fs::rename(into, &aside).map_err(|error| platform::io_error(into, &error))?;
    } else {
        in_use.map(Db::close).transpose()?;
    }
    for suffix in BESIDE {
        let file = guard::beside(into, suffix);
        if file.exists() {
            std::fs::rename(&file, guard::beside(&aside, suffix)).map_err(|error| platform::io_error(&file, &error))?;
        }
    }
    Ok(Some(aside))
}

/// Takes a sound file for this program alone, its log moved into it. Rejected while another has it open.
pub(super) fn alone(into: &Path) -> Result<Db> {
    let in_use = |error: Error| match error.key() {
        "error.file_busy" | "error.setting_refused" => {
            Error::rejected("error.backup.in_use").arg("path", into.display())
        }
        _ => error,
    };
    let db = Db::open_single(into).map_err(in_use)?;
    db.execute_all("BEGIN EXCLUSIVE").map_err(in_use)?;
    Ok(db)
}

/// `shop (until 2026-11-24 06-30).patver`, beside the file.
fn free_name(into: &Path, (now, zone): (Instant, Zone)) -> Result<PathBuf> {
    let (stem, extension) = (into.file_stem().unwrap_or_default(), into.extension().unwrap_or_default());
    let moment = format!("{} {}", zone.date_of(now), zone.time_of(now).replace(':', "-"));
    for count in 1..1000 {
        let more = if count == 1 { String::new() } else { format!(" {count}") };
        let mut name = stem.to_os_string();
        name.push(format!(" (until {moment}{more})"));
        if !extension.is_empty() {
            name.push(".");
            name.push(extension);
        }
        let path = into.with_file_name(name);
        if guard::require_absent(&path).is_ok() {
            return Ok(path);
        }
    }
    Err(Error::rejected("error.file.exists").arg("path", into.display()))
}
