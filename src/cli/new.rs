//! `patver new`: a company file with its owner. It takes its name only when everything in it stands.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::base::error::Result;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::{last_file, secret, usage};
use crate::domain::company::CreateCompany;
use crate::domain::secret::Secret;
use crate::domain::{BUSINESS, credential};
use crate::engine::clock::SystemClock;
use crate::engine::guard;
use crate::engine::store::{Call, Store};
use crate::platform::{self, PASSWORD_VARIABLE};

/// Makes a company file and prints, once, the owner's recovery code.
pub(crate) fn new(run: &mut Run, typed: &usage::New) -> Result<(), Stop> {
    guard::require_absent(&typed.path)?;
    let password = secret::new_password(run.lang, &typed.owner, PASSWORD_VARIABLE)?;
    if let Some(folder) = typed.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        platform::private_folder(folder)?;
    }
    let work = Work(guard::beside(&typed.path, &format!(".{}.new", std::process::id())));
    let recovery_code = fill(&work.0, typed, password)?;
    run.out.json(&told(typed, recovery_code.expose()))?;
    run.out.flush()?;
    drop(platform::create_private_file(&typed.path)?);
    if let Err(error) = platform::publish(&work.0, &typed.path) {
        // Only the empty file that held the name is there: nothing of the company is lost with it.
        drop(std::fs::remove_file(&typed.path));
        return Err(error.into());
    }
    last_file::remember(&typed.path);
    Ok(())
}

fn told(typed: &usage::New, recovery_code: &str) -> Json {
    json!({ "file": typed.path.display().to_string(), "owner": typed.owner, "recovery_code": recovery_code })
}

fn fill(path: &Path, typed: &usage::New, password: Secret) -> Result<Secret> {
    let mut store = Store::create(path, &BUSINESS, Arc::new(SystemClock))?;
    let command = CreateCompany {
        name: typed.company.clone(),
        country: typed.country.clone(),
        currency: typed.currency.parse()?,
        language: typed.language,
        owner: typed.owner.clone(),
        owner_name: typed.owner_name.clone(),
        time_zone: typed.time_zone.as_deref().map(str::parse).transpose()?,
    };
    let owner = store.run(&Call::of_system(), &command)?.output.owner;
    let code = credential::create_owner(&mut store, owner, password)?;
    store.close()?;
    Ok(code)
}

/// A file under another name; what is left of it goes when the program is done with it.
struct Work(PathBuf);

impl Drop for Work {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            // After success there is nothing under this name any more.
            drop(std::fs::remove_file(guard::beside(&self.0, suffix)));
        }
    }
}
