//! `patver query`: one JSON object a line.

use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::{pairs, source, usage};
use crate::domain::BUSINESS;

/// Asks, and prints every row of the answer.
pub(crate) fn query(run: &mut Run, typed: &usage::Query) -> Result<(), Stop> {
    BUSINESS.query(&typed.name).map_err(Stop::usage)?;
    let arguments = pairs::read(&typed.pairs, source::object(typed.json.as_deref())?)?;
    let session = run.sign_in()?;
    for row in session.store.query_json(&session.call(&run.common), &typed.name, arguments)? {
        run.out.json(&row)?;
    }
    run.out.flush()
}
