//! `patver backup` and `patver restore`: a verified copy of the company, and a company out of one.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::base::error::Error;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::domain::BUSINESS;
use crate::engine::backup::{self, Manifest, Over, Permit, Reason};
use crate::engine::clock::{Clock as _, SystemClock};
use crate::engine::guard::{self, Found};
use crate::engine::store::Store;
use crate::platform;

/// Makes a backup, lets old ones go that the rules of keeping no longer need, and tells of both.
pub(crate) fn backup(run: &mut Run, typed: &usage::Backup) -> Result<(), Stop> {
    let file = run.file()?;
    let session = run.sign_in()?;
    let folder = typed.to.clone().unwrap_or_else(|| backup::default_folder(&file));
    let (store, call) = (&session.store, session.call(&run.common));
    let made = backup::make(store, &call, &folder, Reason::Asked)?;
    // The new backup stands, whatever becomes of the old ones.
    let removed = backup::prune(store, &call, &folder, backup::USUAL_CAP);
    let mut told = told("backup", &made.path, &made.manifest);
    if let (Ok(removed), Json::Object(fields)) = (&removed, &mut told) {
        let removed: Vec<_> = removed.iter().map(|path| path.display().to_string()).collect();
        fields.insert("removed".to_owned(), removed.into());
    }
    run.out.json(&told)?;
    run.out.flush()?;
    Ok(removed.map(drop)?)
}

/// Puts a backup in a file's place. Over a sound company only somebody with the right may do so, by signing in to it.
pub(crate) fn restore(run: &mut Run, typed: &usage::Restore) -> Result<(), Stop> {
    let permit = match guard::inspect(&typed.into)? {
        Found::Ours { .. } => Some(permit(run, &typed.into)?),
        _ => None,
    };
    let over = Over { confirmed: run.common.confirm, permit, zone: platform::local_zone() };
    let restored = backup::restore(&typed.backup, &typed.into, over, SystemClock.now())?;
    let mut told = told("file", &typed.into, &restored.manifest);
    if let (Some(aside), Json::Object(fields)) = (&restored.set_aside, &mut told) {
        fields.insert("set_aside".to_owned(), aside.display().to_string().into());
    }
    run.out.json(&told)?;
    run.out.flush()
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
