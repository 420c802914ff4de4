//! `patver import`: records out of a file. Cut off at any moment, it goes on where it stopped when it is run again.

use std::ops::ControlFlow;
use std::path::Path;

use crate::base::error::Error;
use crate::base::locale::tr;
use crate::cli::output;
use crate::cli::progress::Line;
use crate::cli::session::{Run, Session};
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::domain::company;
use crate::domain::import::ImportKind;
use crate::engine::backup::{self, Reason, When};
use crate::engine::store::Call;
use crate::engine::ticket::Watch;
use crate::engine::value::damaged;
use crate::exchange::{self, Options, Refusal, Request, Summary};
use crate::platform::Workplace;
use crate::settings::keeping;

/// How many reasons of refusal are told at once.
const TOLD: usize = 5;

/// Brings a file in and tells what became of its rows.
pub(crate) fn import(run: &mut Run, typed: &usage::Import) -> Result<(), Stop> {
    if ImportKind::parse(&typed.kind).is_none() {
        let known = ImportKind::ALL.map(|kind| kind.code()).join(", ");
        return Err(Stop::usage(Error::rejected("cli.usage_kind").arg("kind", &typed.kind).arg("known", known)));
    }
    let mut session = run.sign_in()?;
    let call = session.call(&run.common);
    if !typed.dry_run {
        keep(run, &session)?;
    }
    let request = Request { kind: &typed.kind, path: &typed.source, mapping: typed.mapping.as_deref() };
    let (lang, mut line) = (run.lang, Line::new());
    let mut watch = |summary: &Summary| {
        line.show(|| tr(lang, "cli.import_progress", &[("count", &summary.rows.read.to_string())]));
        ControlFlow::Continue(())
    };
    let options = Options { lang, dry_run: typed.dry_run, rejects: typed.rejects.as_deref(), watch: &mut watch };
    let brought = exchange::import(&mut session.store, &call, &request, options);
    line.clear();
    let (summary, refused) = brought?;
    run.out.json(&serde_json::to_value(&summary).map_err(damaged)?)?;
    run.out.flush()?;
    if !refused.is_empty() && !run.common.json_errors {
        output::warn(Some(reasons(run, &refused, typed.rejects.as_deref())));
    }
    let rows = summary.rows;
    match rows.added + rows.changed + rows.unchanged {
        0 if rows.rejected > 0 => Err(Error::rejected("cli.import_nothing").arg("count", rows.rejected).into()),
        _ => Ok(()),
    }
}

/// Makes a backup where anything changed since the last one, as the window does, unless that was switched off there.
fn keep(run: &Run, session: &Session) -> Result<(), Stop> {
    let (workplace, company) = (Workplace::of_account(), run.file()?);
    let view = session.store.view(&Call::of_system())?;
    if !keeping::scheduled(&workplace) || company::unreal(&view)?.is_some() {
        return Ok(());
    }
    let keeping = keeping::keeping(&workplace, &company);
    let when = When::Changed(Reason::BeforeBulkWork);
    let kept = backup::keep(&view, &company, (&keeping, when), &Watch::default())?;
    if let Some(Err(error)) = kept.outside {
        output::warn(Some(error.message(run.lang)));
    }
    Ok(())
}

/// The first reasons of refusal, a line each, and where all of them are.
fn reasons(run: &Run, refused: &[Refusal], rejects: Option<&Path>) -> String {
    let line = |refusal: &Refusal| {
        let (number, message) = (refusal.line.to_string(), refusal.reason(run.lang));
        tr(run.lang, "cli.line_refused", &[("line", &number), ("message", &message)])
    };
    let all = match rejects {
        Some(path) => tr(run.lang, "cli.import_rejects", &[("path", &path.display().to_string())]),
        None => tr(run.lang, "cli.import_no_rejects", &[]),
    };
    refused.iter().take(TOLD).map(line).chain([all]).collect::<Vec<_>>().join("\n")
}
