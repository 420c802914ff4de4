//! `patver import`: records out of a file. Cut off at any moment, it goes on where it stopped when it is run again.

use std::ops::ControlFlow;

use crate::base::error::Error;
use crate::base::locale::tr;
use crate::cli::progress::Line;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage;
use crate::domain::import::ImportKind;
use crate::engine::value::damaged;
use crate::exchange::{self, Options, Request, Summary};

/// Brings a file in and tells what became of its rows.
pub(crate) fn import(run: &mut Run, typed: &usage::Import) -> Result<(), Stop> {
    if ImportKind::parse(&typed.kind).is_none() {
        let known = ImportKind::ALL.map(|kind| kind.code()).join(", ");
        return Err(Stop::usage(Error::rejected("cli.usage_kind").arg("kind", &typed.kind).arg("known", known)));
    }
    let mut session = run.sign_in()?;
    let call = session.call(&run.common);
    let request = Request { kind: &typed.kind, path: &typed.source, mapping: typed.mapping.as_deref() };
    let (lang, mut line) = (run.lang, Line::new());
    let mut watch = |summary: &Summary| {
        line.show(|| tr(lang, "cli.import_progress", &[("count", &summary.rows.read.to_string())]));
        ControlFlow::Continue(())
    };
    let options = Options { lang, dry_run: typed.dry_run, rejects: typed.rejects.as_deref(), watch: &mut watch };
    let summary = exchange::import(&mut session.store, &call, &request, options);
    line.clear();
    run.out.json(&serde_json::to_value(summary?).map_err(damaged)?)?;
    run.out.flush()
}
