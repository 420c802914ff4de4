//! `patver export`: records out to a file whose ending is the format; the result is one JSON object.

use serde_json::json;

use crate::base::error::Error;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::exchange::{self, EXPORTS};

/// Takes records out and tells how many.
pub(crate) fn export(run: &mut Run, typed: &usage::Export) -> Result<(), Stop> {
    if EXPORTS.iter().all(|export| export.kind != typed.kind) {
        let known = EXPORTS.iter().map(|export| export.kind).collect::<Vec<_>>().join(", ");
        return Err(Stop::usage(Error::rejected("cli.usage_kind").arg("kind", &typed.kind).arg("known", known)));
    }
    let session = run.sign_in()?;
    let view = session.store.view(&session.call(&run.common))?;
    let rows = exchange::export(&view, &typed.kind, &typed.out, run.lang)?;
    run.out.json(&json!({ "kind": typed.kind, "rows": rows, "out": typed.out.display().to_string() }))?;
    run.out.flush()
}
