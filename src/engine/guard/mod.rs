//! Looks at a company file before the database driver may touch it: ours, newer, another's, damaged.
//! Reads bytes only: whatever it finds, not one byte of the file changes.

mod header;
mod wal;

use std::io;
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::engine::value::DAMAGED;
use crate::platform::{self, Access, SharedFile};
use header::{Header, Verdict};
use wal::Wal;

/// Marks a database file as Patver's: "PTVR" in the header's application id.
pub const APPLICATION_ID: u32 = 0x5054_5652;

/// Marks a backup, so that nobody works in it by mistake: "PBKP", many bits from the other.
pub const BACKUP_ID: u32 = 0x5042_4B50;

/// The version of `schema.sql`, kept in the header's user version; a file with a larger one is refused.
pub const SCHEMA_VERSION: u32 = 1;

/// Another process may be writing while we look: only what is seen this often in a row is called damage.
const LOOKS: usize = 3;

/// What lies at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Missing,
    /// A file without a byte.
    Empty,
    /// A company file this program can open, or bring up to date first.
    Ours {
        /// Its schema version, at most `SCHEMA_VERSION`.
        schema: u32,
    },
    /// A company file of a later Patver.
    Newer {
        /// Its schema version.
        schema: u32,
    },
    /// A backup: it is restored, never worked in.
    Backup,
    /// A database of another program.
    Foreign,
    /// Something else altogether.
    NotADatabase,
    /// A company file whose beginning contradicts itself.
    Damaged,
    /// A company file whose end is missing.
    Truncated {
        /// Bytes there.
        found: u64,
        /// Bytes its beginning speaks of.
        expected: u64,
    },
}

/// The refusals of a company file that is ours and no longer whole.
const DAMAGE: [&str; 5] =
    [DAMAGED, "error.file.damaged", "error.file.damaged_inside", "error.file.truncated", "error.schema_differs"];

/// Whether a company file was refused because it is damaged, so that a backup has to take its place.
pub fn is_damage(error: &Error) -> bool {
    DAMAGE.contains(&error.key())
}

/// Tells what lies at `path`; `Rejected` for a link, a second name of a file, a folder, a network disk.
pub fn inspect(path: &Path) -> Result<Found> {
    platform::refuse_shared_place(path)?;
    let mut found = Found::Missing;
    for _ in 0..LOOKS {
        if platform::plain_file(path)?.is_none() {
            return Ok(Found::Missing);
        }
        found = match SharedFile::open_if_there(path)? {
            Some(file) => look(path, &file)?,
            None => Found::Missing,
        };
        if !matches!(found, Found::Damaged | Found::Truncated { .. }) {
            break;
        }
    }
    Ok(found)
}

/// Keeps the file's descriptor open in this process. Whoever opens the database takes this first and lets it go
/// last: on Unix, an `inspect` that closed its own descriptor would drop the database's locks.
pub fn hold(path: &Path) -> Result<SharedFile> {
    SharedFile::open(path)
}

/// The schema version of a company file that may be opened; every other finding is an error that says what to do.
pub fn require_ours(path: &Path) -> Result<u32> {
    let found = inspect(path)?;
    match found {
        Found::Ours { schema } => Ok(schema),
        _ => Err(found.refusal(path)),
    }
}

/// `Rejected` where nobody may write to a file: somebody marked it so, and whoever may write all the same does not.
pub fn require_writable(path: &Path) -> Result<()> {
    let found = std::fs::metadata(path).map_err(|error| platform::io_error(path, &error))?;
    match found.permissions().readonly() {
        true => Err(Error::rejected("error.file.read_only").arg("path", path.display())),
        false => Ok(()),
    }
}

/// `Rejected` unless a new company file may take this name: nothing is there, and nothing is left of an earlier one.
pub fn require_absent(path: &Path) -> Result<()> {
    if inspect(path)? != Found::Missing {
        return Err(Error::rejected("error.file.exists").arg("path", path.display()));
    }
    let leftover = ["-wal", "-journal"].iter().map(|suffix| beside(path, suffix)).find(|file| file.exists());
    match leftover {
        Some(file) => {
            Err(Error::rejected("error.file.leftover").arg("path", path.display()).arg("leftover", file.display()))
        }
        None => Ok(()),
    }
}

/// `Rejected` where a paper, a report or another file made on demand would take the name of a company file, a backup, any
/// other database, or of what a database keeps beside itself.
pub fn require_replaceable(path: &Path) -> Result<()> {
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = place.to_string_lossy();
    let whose = ["-wal", "-shm", "-journal"].iter().find_map(|suffix| name.strip_suffix(suffix)).map(PathBuf::from);
    for file in [Some(place.clone()), whose].into_iter().flatten() {
        // What cannot be looked into, such as a file on another computer, is no company file that could be open here.
        match inspect(&file) {
            Ok(Found::Missing | Found::Empty | Found::NotADatabase) | Err(_) => {}
            Ok(_) => return Err(Error::rejected("error.file.not_replaced").arg("path", path.display())),
        }
    }
    Ok(())
}

/// Writes a file made on demand, whole or not at all; refused as [`require_replaceable`].
pub fn write_over(path: &Path, bytes: &[u8], access: Access) -> Result<()> {
    require_replaceable(path)?;
    platform::write_atomic(path, bytes, access)
}

/// The name of a file the database keeps beside its own, such as `shop.patver-wal`.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(suffix);
    PathBuf::from(name)
}

impl Found {
    /// Why a file found like this cannot be opened, and what to do; a company file of ours is refused as damaged.
    pub fn refusal(&self, path: &Path) -> Error {
        let error = match self {
            Found::Missing => Error::rejected("error.file.missing"),
            Found::Empty => Error::rejected("error.file.empty"),
            Found::Backup => Error::rejected("error.file.backup"),
            Found::Foreign => Error::rejected("error.file.foreign"),
            Found::NotADatabase => Error::rejected("error.file.not_a_database"),
            Found::Newer { schema } => {
                Error::rejected("error.file.newer").arg("found", schema).arg("known", SCHEMA_VERSION)
            }
            Found::Truncated { found, expected } => {
                Error::failure("error.file.truncated", "file shorter than its header")
                    .arg("found", found)
                    .arg("expected", expected)
            }
            Found::Damaged | Found::Ours { .. } => Error::failure("error.file.damaged", "header contradicts itself"),
        };
        error.arg("path", path.display())
    }
}

/// One look at the bytes: the header first, then the log beside it, the length last, so that a file that
/// grows meanwhile is never called short.
fn look(path: &Path, file: &SharedFile) -> Result<Found> {
    let failed = |error: io::Error| platform::io_error(path, &error);
    let mut start = [0; header::LENGTH];
    let there = file.read_at(&mut start, 0).map_err(failed)?;
    if there == 0 {
        return Ok(Found::Empty);
    }
    let log = read_log(path)?;
    let first_page = log.as_ref().and_then(|log| log.first_page);
    let cut = first_page.is_none() && there < header::LENGTH;
    let header = match header::judge(first_page.as_ref().unwrap_or(&start), APPLICATION_ID, BACKUP_ID) {
        Verdict::Ours(header) => header,
        Verdict::Backup => return Ok(Found::Backup),
        Verdict::Foreign if cut => return Ok(Found::Damaged),
        Verdict::Foreign => return Ok(Found::Foreign),
        Verdict::Damaged => return Ok(Found::Damaged),
        Verdict::NotADatabase => return Ok(Found::NotADatabase),
    };
    if header.schema > SCHEMA_VERSION {
        return Ok(Found::Newer { schema: header.schema });
    }
    let length = file.len().map_err(failed)?;
    Ok(match missing_end(&header, log.as_ref(), length) {
        Some(expected) => Found::Truncated { found: length, expected },
        None => Found::Ours { schema: header.schema },
    })
}

fn read_log(path: &Path) -> Result<Option<Wal>> {
    let beside = beside(path, "-wal");
    match SharedFile::open_if_there(&beside)? {
        Some(file) => Wal::read(&file).map_err(|error| platform::io_error(&beside, &error)),
        None => Ok(None),
    }
}

/// The length the file should have, when neither it nor the log holds the pages up to there.
fn missing_end(header: &Header, log: Option<&Wal>, length: u64) -> Option<u64> {
    let page_size = u64::from(header.page_size);
    let pages = log.map_or(header.pages, |log| log.pages);
    let whole = length.checked_div(page_size)?;
    let in_log = |page: u64| u32::try_from(page).is_ok_and(|page| log.is_some_and(|log| log.holds(page)));
    let complete = (whole..u64::from(pages)).all(|before| in_log(before + 1));
    if complete { None } else { u64::from(pages).checked_mul(page_size) }
}
