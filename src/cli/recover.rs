//! `patver recover`: an owner who forgot the password gets back in by the recovery code, and gets a new one.

use serde_json::json;

use crate::cli::secret;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::domain::credential;
use crate::platform::NEW_PASSWORD_VARIABLE;

/// Uses the recovery code up and prints, once, the next one.
pub(crate) fn recover(run: &mut Run) -> Result<(), Stop> {
    let mut store = run.open()?;
    let login = secret::login(run.lang, run.common.user.as_deref())?;
    let code = secret::recovery_code(run.lang, &login)?;
    let password = secret::new_password(run.lang, &login, NEW_PASSWORD_VARIABLE)?;
    let next = credential::recover(&mut store, &login, code, password)?;
    run.out.json(&json!({ "user": login, "recovery_code": next.expose() }))?;
    run.out.flush()
}
