//! `patver print`: a document on paper, as a PDF file.

use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::{output, pairs, source, usage};
use crate::forms::{self, Request};

/// Fills in a form and writes it to the file named, whole or not at all.
pub(crate) fn print(run: &mut Run, typed: &usage::Print) -> Result<(), Stop> {
    forms::by_name(&typed.form).map_err(Stop::usage)?;
    let keys = pairs::read(&typed.pairs, source::object(None)?)?;
    let session = run.sign_in()?;
    let view = session.store.view(&session.call(&run.common))?;
    let request = Request { form: typed.form.clone(), keys, language: typed.language, copy: typed.copy };
    let printed = forms::fill(&view, &request)?;
    output::write(run, Some(&typed.out), &printed.pdf()?)?;
    output::warn(printed.lacking(run.lang));
    Ok(())
}
