//! `patver new`: a company file with its owner.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::{secret, usage};
use crate::domain::company::CreateCompany;
use crate::domain::{BUSINESS, credential};
use crate::engine::clock::SystemClock;
use crate::engine::guard;
use crate::engine::store::Store;
use crate::platform::{PASSWORD_VARIABLE, Workplace};

/// Makes a company file and prints, once, the owner's recovery code.
pub(crate) fn new(run: &mut Run, typed: &usage::New) -> Result<(), Stop> {
    guard::require_absent(&typed.path)?;
    let password = secret::new_password(run.lang, &typed.owner, PASSWORD_VARIABLE)?;
    let command = CreateCompany {
        name: typed.company.clone(),
        country: typed.country.clone(),
        currency: typed.currency.parse()?,
        language: typed.language,
        owner: typed.owner.clone(),
        owner_name: typed.owner_name.clone(),
        time_zone: typed.time_zone.as_deref().map(str::parse).transpose()?,
        demo: false,
    };
    let code = Store::found(&typed.path, &BUSINESS, Arc::new(SystemClock), |store| {
        credential::found_company(store, &command, password)
    })?;
    Workplace::of_account().remember_file(&typed.path);
    run.out.json(&told(typed, code.expose()))?;
    run.out.flush()
}

fn told(typed: &usage::New, recovery_code: &str) -> Json {
    json!({ "file": typed.path.display().to_string(), "owner": typed.owner, "recovery_code": recovery_code })
}
