//! `patver check`: everything kept or chained, computed again; each difference is one line, and no line means none.

use std::path::Path;

use crate::base::error::Error;
use crate::cli::progress;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::domain::{BUSINESS, check as business, day};
use crate::engine::backup;
use crate::engine::check as file;
use crate::engine::db::Db;
use crate::engine::guard;
use crate::engine::structure;
use crate::engine::ticket::Watch;

/// Prints each difference, also from a daily sheet whose code was typed, and ends as a damaged file does. Nobody signs in and nothing is written: who can run this can
/// read the file, the lines name records and tell nothing of what is in them, and a damaged file is checked all the same.
pub(crate) fn check(run: &mut Run, typed: &usage::Check) -> Result<(), Stop> {
    let path = run.file()?;
    guard::require_ours(&path)?;
    let watch = Watch::default();
    progress::stops_by_key(&watch)?;
    let mut db = match Db::open_to_look(&path) {
        Ok(db) => db,
        // Not even what the file says it holds can be read.
        Err(error) => return tell(run, &path, &[structure::unreadable(error)?]),
    };
    db.watch(Some(&watch))?;
    // Before the long work, since what is no code is refused.
    let from_sheet = match typed.code.as_deref().map(|code| day::difference_from_code(&db, code)) {
        Some(Err(error)) if error.kind() == "rejected" => return Err(error.into()),
        asked => asked.transpose().map(Option::flatten),
    };
    let mut found = progress::shown(run.lang, "cli.check_file", &watch, || file::findings(&db, &BUSINESS, &watch))?;
    let sums = progress::shown(run.lang, "cli.check_sums", &watch, || business::differences(&db, &watch));
    for more in [sums, from_sheet.map(|difference| difference.into_iter().collect())] {
        match more {
            Ok(differences) => found.extend(differences),
            Err(error) if found.is_empty() || watch.is_cancelled() => return Err(error.into()),
            // It comes from damage that is named already.
            Err(_) => {}
        }
    }
    tell(run, &path, &found)
}

fn tell(run: &mut Run, path: &Path, found: &[Error]) -> Result<(), Stop> {
    for error in found {
        run.out.line(&error.message(run.lang))?;
    }
    run.out.flush()?;
    match found.len() {
        0 => Ok(()),
        count => {
            let error = Error::failure("error.check.differs", count).arg_number("count", count);
            Err(backup::advised(error, path).into())
        }
    }
}
