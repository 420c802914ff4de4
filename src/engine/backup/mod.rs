//! Backups: copies of a company file that were opened and checked before they are called so.
//! Attachments stand once beside the dated copies; a manifest, written last, makes a copy a backup.

mod attachments;
mod drill;
mod keep;
mod manifest;
mod mark;
mod note;
mod restore;
mod rotation;
mod scratch;
mod second;
mod training;
mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::date::{Instant, Zone};
use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::guard::{self, BACKUP_ID};
use crate::engine::journal;
use crate::engine::query::View;
use crate::engine::store::{Call, Slice, Store};
use crate::engine::ticket::Watch;
use crate::engine::under_way::{self, UnderWay};
use crate::{platform, statements};

pub use drill::Drill;
pub use keep::{Keeping, Kept, When, days_without_outside, keep, newest_whole};
pub use manifest::{Attachments, Manifest, Reason};
pub use mark::{Mark, check};
pub use note::NoteRestore;
pub use restore::{Over, Permit, Restored, restore};
pub use rotation::{Copy, Limits, RECENT, to_prune};
pub use second::also;
pub use training::{is_training, practise, real_file, training_file};
use verify::Reading;
pub use verify::{COPYING, READING_BACK, verify};

statements! {
    /// Every kept file's hash and size.
    HASHES = "SELECT hash, size FROM blobs ORDER BY hash";
    /// One kept file's content.
    CONTENT = "SELECT content FROM blobs WHERE hash = ?1";
    /// Puts one file's content back.
    PUT_BACK = "UPDATE blobs SET content = ?2 WHERE hash = ?1";
    /// Who this file is.
    FILE_ID = "SELECT file_id FROM instance WHERE id = 1";
    /// Whether this company is one to practise on.
    TRAINING = "SELECT training FROM instance WHERE id = 1";
    /// Makes a copy a company to practise on, with an identity of its own.
    MARK_TRAINING = "UPDATE instance SET training = 1, file_id = ?1 WHERE id = 1";
    /// How a user signs in.
    LOGIN = "SELECT login FROM users WHERE id = ?1";
    /// When it was made.
    BEGAN = "SELECT created_at FROM instance WHERE id = 1";
    /// The sender's id of the last command.
    LAST_COMMAND_ID = "SELECT COALESCE(command_id, ?1) FROM journal ORDER BY seq DESC LIMIT 1";
}

/// What backups and restores ask for and leave behind.
pub static SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<NoteRestore>()],
    queries: &[],
    tables: &[],
    statements: STATEMENTS,
    lists: &[],
};

/// What the names of backups end with: no company file is called so, none is opened by mistake.
pub const EXTENSION: &str = "patver-backup";

/// A verified backup.
#[derive(Clone, Debug)]
pub struct Backup {
    /// The copy; its manifest stands beside it with `.json` added.
    pub path: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
    /// What its last check found.
    pub mark: Mark,
}

/// What is to be copied, where to, and why.
struct Job<'a> {
    company: &'a Path,
    folder: &'a Path,
    now: Instant,
    reason: Reason,
    watch: &'a Watch,
}

/// The folder where backups of a company file go unless another is named.
pub fn default_folder(company: &Path) -> PathBuf {
    let mut name = company.file_stem().unwrap_or_default().to_os_string();
    name.push("-backups");
    company.with_file_name(name)
}

/// Makes a backup while others go on working. Rejected without the right or for a company in memory;
/// fails, leaving nothing behind, when the copy does not stand every check.
pub fn make(store: &Store, call: &Call, folder: &Path, reason: Reason) -> Result<Backup> {
    let company = store.path().ok_or_else(|| Error::rejected("error.backup.no_file"))?;
    make_of(&store.view(call)?, company, (folder, reason), &Watch::default())
}

/// The same where only a view of the file is at hand: it names the company file. Tells the pages that were copied, then
/// the bytes that were read back; rejected, leaving nothing behind, once it is called off.
pub fn make_of(view: &View<'_>, company: &Path, (folder, reason): (&Path, Reason), watch: &Watch) -> Result<Backup> {
    view.actor().require(Right::BackupMake)?;
    copy(&Job { company, folder, now: view.now(), reason, watch }, *view.zone())
}

/// The copy made before a file's schema is brought up; nobody is signed in yet.
pub(crate) fn before_migration(company: &Path, now: Instant) -> Result<Backup> {
    let folder = default_folder(company);
    let watch = &Watch::default();
    copy(&Job { company, folder: &folder, now, reason: Reason::BeforeMigration, watch }, Zone::UTC)
}

/// Every backup in a folder with a readable manifest, newest first. What is no backup is passed over.
pub fn list(folder: &Path) -> Result<Vec<Backup>> {
    let entries = std::fs::read_dir(folder).map_err(|error| platform::io_error(folder, &error))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| platform::io_error(folder, &error))?.path();
        let copy = path.extension().is_some_and(|extension| extension == EXTENSION);
        if copy && let Ok(manifest) = Manifest::read(&path) {
            found.push(Backup { mark: Mark::read(&path, &manifest), manifest, path });
        }
    }
    found.sort_by_key(|backup| std::cmp::Reverse((backup.manifest.made_at, backup.manifest.seq, backup.path.clone())));
    Ok(found)
}

/// The newest backup of a company file in some folders whose last check found it whole. Nothing of the file itself is
/// asked, so that a damaged one can be helped.
pub fn newest_of(company: &Path, folders: &[&Path]) -> Option<Backup> {
    let stem = format!("{} ", company.file_stem()?.to_string_lossy());
    let named = |backup: &Backup| backup.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&stem));
    let all = folders.iter().filter_map(|folder| list(folder).ok()).flatten();
    all.filter(|backup| backup.mark.whole && named(backup)).max_by_key(|backup| backup.manifest.made_at)
}

/// An error of a damaged company file, with the backup that is to be restored next.
pub fn advised(error: Error, company: &Path) -> Error {
    match newest_of(company, &[&default_folder(company)]) {
        Some(backup) => error.arg("backup", format!("“{}”", backup.path.display())),
        None => error.named("backup", "backup.last_verified"),
    }
}

/// Removes those backups of the company that the rules of keeping let go; gives what it removed. No more stay than the
/// limits allow, unless the protected ones alone are more. Rejected without the right.
pub fn prune(store: &Store, call: &Call, folder: &Path, limits: Limits) -> Result<Vec<PathBuf>> {
    prune_of(&store.view(call)?, folder, limits)
}

/// The backups of the company of a view in a folder, newest first; several companies may share one. None where there
/// is no folder. Rejected for who may neither make nor restore backups.
pub fn list_of(view: &View<'_>, folder: &Path) -> Result<Vec<Backup>> {
    if !view.actor().can(Right::BackupRestore) {
        view.actor().require(Right::BackupMake)?;
    }
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let ours = verify::file_id(view)?;
    Ok(list(folder)?.into_iter().filter(|backup| backup.manifest.file_id == ours).collect())
}

/// Whether a backup is of the company of a view.
pub fn is_of(view: &View<'_>, manifest: &Manifest) -> Result<bool> {
    Ok(verify::file_id(view)? == manifest.file_id)
}

/// The company file's own id, in hex, and when the company began.
pub fn identity(view: &View<'_>) -> Result<(String, Instant)> {
    let began: Option<(Instant,)> = view.row(&BEGAN, &[])?;
    Ok((verify::file_id(view)?, began.map_or(Instant::from_millis(0), |(began,)| began)))
}

/// How many journal entries of the company of a view came after a backup of it: what a restore would leave out.
pub fn entries_since(view: &View<'_>, manifest: &Manifest) -> Result<i64> {
    let (last, _) = journal::head(view)?;
    Ok(last.saturating_sub(manifest.seq).max(0))
}

/// [`prune`] where only a view of the file is at hand.
pub fn prune_of(view: &View<'_>, folder: &Path, limits: Limits) -> Result<Vec<PathBuf>> {
    view.actor().require(Right::BackupMake)?;
    let backups = list_of(view, folder)?;
    let copies: Vec<_> = backups.iter().map(Copy::of).collect();
    let mut removed = Vec::new();
    for position in to_prune(&copies, view.now(), *view.zone(), limits) {
        if let Some(backup) = backups.get(position) {
            // The manifest goes first: without it the rest is no backup any more.
            let mark = Some(mark::beside(&backup.path)).filter(|mark| mark.exists());
            for file in [Some(manifest::beside(&backup.path)), mark, Some(backup.path.clone())].into_iter().flatten() {
                std::fs::remove_file(&file).map_err(|error| platform::io_error(&file, &error))?;
            }
            removed.push(backup.path.clone());
        }
    }
    platform::sync_folder(folder)?;
    Ok(removed)
}

fn copy(job: &Job, zone: Zone) -> Result<Backup> {
    guard::require_ours(job.company)?;
    platform::private_folder(job.folder)?;
    under_way::clear(job.folder)?;
    let (target, begun) = reserve(job, zone)?;
    let manifest = fill(job, &begun.part)?;
    // The manifest first: whatever stands under the final name is a backup.
    manifest.write(&target)?;
    begun.publish()?;
    Ok(Backup { mark: Mark::read(&target, &manifest), manifest, path: target })
}

/// Takes a free name with the date and time of the company's zone, and begins the copy beside it.
fn reserve(job: &Job, zone: Zone) -> Result<(PathBuf, UnderWay)> {
    let stem = job.company.file_stem().unwrap_or_default().to_string_lossy();
    let moment = format!("{} {}", zone.date_of(job.now), zone.time_of(job.now).replace(':', "-"));
    for count in 1.. {
        let more = if count == 1 { String::new() } else { format!(" ({count})") };
        let path = job.folder.join(format!("{stem} {moment}{more}.{EXTENSION}"));
        if let Some(begun) = UnderWay::begin(&path)?
            && !path.exists()
        {
            return Ok((path, begun));
        }
    }
    Err(Error::rejected("error.file.exists").arg("path", job.folder.display()))
}

/// Writes the copy and reads it back as if it were to be restored.
fn fill(job: &Job, part: &Path) -> Result<Manifest> {
    let mut live = Db::open_reader(job.company)?;
    room_for(&live, job.folder)?;
    let (begun_at, _) = journal::head(&live)?;
    job.watch.enter(COPYING, 0);
    live.vacuum_into(part, job.watch)?;
    let attachments = strip(part, job)?;
    // Looked into and read as it is written, then both once more.
    let reading = Reading::of(part, 4, job.watch)?;
    let found = verify::look(part, BACKUP_ID, &reading)?;
    snapshot_of(&live, &found, begun_at)?;
    let (size, sha256) = verify::digest(part, &reading)?;
    let manifest = Manifest {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: found.schema,
        file_id: found.file_id,
        made_at: job.now,
        reason: job.reason,
        seq: found.seq,
        chain: found.chain,
        command_id: found.command_id,
        tables: found.tables,
        attachments,
        size,
        sha256,
    };
    // What counts is what the disk gives back.
    platform::sync_file(part)?;
    verify::compare(part, &manifest, &reading)?;
    Ok(manifest)
}

/// A copy needs its own size, and once more while it is packed.
fn room_for(live: &Db, folder: &Path) -> Result<()> {
    let pages: u64 = live.setting("page_count")?.parse().unwrap_or_default();
    let page_size: u64 = live.setting("page_size")?.parse().unwrap_or_default();
    let needed = pages.saturating_mul(page_size).saturating_mul(2);
    match platform::free_space(folder)? {
        Some(free) if free < needed => Err(Error::failure("error.backup.no_room", format!("{free} of {needed} bytes"))
            .arg("path", folder.display())
            .arg("megabytes", needed.div_ceil(1_000_000))),
        _ => Ok(()),
    }
}

/// Moves the attachments out to their own files and marks the copy as a backup.
fn strip(part: &Path, job: &Job) -> Result<Attachments> {
    let mut db = Db::open_single(part)?;
    db.watch(Some(job.watch))?;
    let attachments = attachments::take_out(&db, job.folder, job.watch)?;
    db.execute_all(&format!("PRAGMA application_id = {BACKUP_ID}"))?;
    if attachments.count > 0 {
        db.execute_all("UPDATE blobs SET content = x''; VACUUM")?;
    }
    db.close()?;
    Ok(attachments)
}

/// The copy must end at a journal entry of the living file, not before the moment the copying began,
/// and where nothing was written since, every table must have its rows.
fn snapshot_of(live: &Db, copy: &verify::Look, begun_at: i64) -> Result<()> {
    let wrong = |details: String| Err(Error::failure("error.backup.not_verified", details));
    // One snapshot for the end of the journal and the rows: another window may be writing.
    live.execute_all("BEGIN")?;
    let ((last, _), living) = (journal::head(live)?, verify::counts(live)?);
    live.execute_all("COMMIT")?;
    if !(begun_at..=last).contains(&copy.seq) {
        return wrong(format!("the copy ends at entry {}, not in {begun_at}..={last}", copy.seq));
    }
    if copy.seq > 0 && journal::hash_of(live, copy.seq)? != copy.chain_bytes {
        return wrong(format!("entry {} differs in the copy", copy.seq));
    }
    let differs = |name: &str| !verify::UNJOURNALED.contains(&name) && living.get(name) != copy.tables.get(name);
    match living.keys().find(|name| last == copy.seq && differs(name)) {
        Some(name) => wrong(format!("table {name} has another number of rows in the copy")),
        None => Ok(()),
    }
}

/// Rows of each table.
pub(crate) type Counts = BTreeMap<String, i64>;
