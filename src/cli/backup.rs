//! `patver backup` and `patver restore`: a verified copy of the company, and a company out of one.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::base::right::Right;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::domain::BUSINESS;
use crate::domain::holdings::{self, Holdings};
use crate::engine::backup::{self, Limits, Manifest, Over, Permit, Reason};
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::db::Db;
use crate::engine::guard::{self, Found};
use crate::engine::store::{Call, Store};
use crate::engine::ticket::Watch;
use crate::platform;

/// Makes a backup, lets old ones go that the rules of keeping no longer need, and tells of both; or tries one out.
pub(crate) fn backup(run: &mut Run, typed: &usage::Backup) -> Result<(), Stop> {
    let file = run.file()?;
    let session = run.sign_in()?;
    let (store, call) = (&session.store, session.call(&run.common));
    if let Some(tried) = &typed.tried {
        return try_out(run, (store, &call), (tried, &file));
    }
    let folder = typed.to.clone().unwrap_or_else(|| backup::default_folder(&file));
    let made = backup::make(store, &call, &folder, Reason::Asked)?;
    // The new backup stands, whatever becomes of the second copy and of the old ones.
    let second = typed.also.as_ref().map(|also| backup::also(&made, also, &Watch::default())).transpose();
    let removed = backup::prune(store, &call, &folder, Limits::USUAL);
    let mut told = told("backup", &made.path, &made.manifest);
    if let Json::Object(fields) = &mut told {
        if let Ok(removed) = &removed {
            let removed: Vec<_> = removed.iter().map(|path| path.display().to_string()).collect();
            fields.insert("removed".to_owned(), removed.into());
        }
        if let Ok(Some(second)) = &second {
            fields.insert("also".to_owned(), second.path.display().to_string().into());
        }
    }
    run.out.json(&told)?;
    run.out.flush()?;
    second?;
    Ok(removed.map(drop)?)
}

/// Makes the company to practise on, and tells its file.
pub(crate) fn training(run: &mut Run) -> Result<(), Stop> {
    let file = run.file()?;
    let session = run.sign_in()?;
    let view = session.store.view(&session.call(&run.common))?;
    let made = backup::practise(&view, (&file, run.common.confirm), &Watch::default())?;
    run.out.json(&json!({ "file": made.display().to_string(), "training": true }))?;
    run.out.flush()
}

/// Restores a backup for practice and tells what it holds.
fn try_out(run: &mut Run, (store, call): (&Store, &Call), (tried, file): (&Path, &Path)) -> Result<(), Stop> {
    let view = store.view(call)?;
    view.actor().require(Right::BackupMake)?;
    let held = holdings::drill(tried, file, view.now(), &Watch::default())?;
    run.out.json(&json!({ "backup": tried.display().to_string(), "holds": held }))?;
    run.out.flush()
}

/// Puts a backup in a file's place. Over a sound company only somebody with the right may do so, by signing in to it.
pub(crate) fn restore(run: &mut Run, typed: &usage::Restore) -> Result<(), Stop> {
    let permit = match guard::inspect(&typed.into)? {
        Found::Ours { .. } => Some(permit(run, &typed.into)?),
        _ => None,
    };
    let over = Over { confirmed: run.common.confirm, permit, zone: platform::local_zone() };
    let restored = backup::restore(&typed.backup, &typed.into, over, SystemClock.now());
    if let Err(Error::NeedsConfirmation(_)) = &restored {
        difference(run, typed)?;
    }
    let restored = restored?;
    let mut told = told("file", &typed.into, &restored.manifest);
    if let (Some(aside), Json::Object(fields)) = (&restored.set_aside, &mut told) {
        fields.insert("set_aside".to_owned(), aside.display().to_string().into());
    }
    run.out.json(&told)?;
    run.out.flush()
}

/// Tells what the backup holds and what the company holds, as far as both can be counted, before anybody says yes.
fn difference(run: &mut Run, typed: &usage::Restore) -> Result<(), Stop> {
    let now = Db::open_to_look(&typed.into).and_then(|db| Holdings::of(&db));
    if let (Ok(then), Ok(now)) = (Holdings::in_backup(&typed.backup), now) {
        run.out.json(&json!({ "backup_holds": then, "company_holds": now }))?;
        run.out.flush()?;
    }
    Ok(())
}

/// A file that does not even open is no sound company: nobody can sign in to it, and the person is told to restore
/// beside it.
fn permit(run: &mut Run, into: &Path) -> Result<Permit, Stop> {
    let store = match Store::open(into, &BUSINESS, Arc::new(SystemClock)) {
        Ok(store) => store,
        Err(Error::Failure(_)) => return Err(Error::rejected("cli.restore_beside").arg("path", into.display()).into()),
        Err(error) => return Err(error.into()),
    };
    let session = run.sign_in_to(store)?;
    let permit = Permit::ask(&session.store, &session.call(&run.common))?;
    session.store.close()?;
    Ok(permit)
}

fn told(name: &str, path: &Path, manifest: &Manifest) -> Json {
    json!({
        name: path.display().to_string(),
        "made_at": manifest.made_at,
        "seq": manifest.seq,
        "size": manifest.size,
        "sha256": manifest.sha256,
        "tables": manifest.tables,
    })
}
