//! `patver import`: records out of a file. Cut off at any moment, it goes on where it stopped when it is run again.

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;

use crate::base::error::Error;
use crate::base::locale::{Lang, tr};
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
    let mut progress = Progress::new(run.lang);
    let mut watch = |summary: &Summary| progress.show(summary);
    let options =
        Options { lang: run.lang, dry_run: typed.dry_run, rejects: typed.rejects.as_deref(), watch: &mut watch };
    let summary = exchange::import(&mut session.store, &call, &request, options);
    progress.clear();
    run.out.json(&serde_json::to_value(summary?).map_err(damaged)?)?;
    run.out.flush()
}

/// How far it is, on a line of a terminal; nothing where errors go to a file.
struct Progress {
    lang: Lang,
    shown: bool,
    visible: bool,
}

impl Progress {
    fn new(lang: Lang) -> Progress {
        Progress { lang, shown: false, visible: std::io::stderr().is_terminal() }
    }

    fn show(&mut self, summary: &Summary) -> ControlFlow<()> {
        if self.visible {
            let words = tr(self.lang, "cli.import_progress", &[("count", &summary.rows.read.to_string())]);
            // Who cannot be shown how far it is still gets the result.
            drop(write!(std::io::stderr(), "\r{words} "));
            self.shown = true;
        }
        ControlFlow::Continue(())
    }

    fn clear(&self) {
        if self.shown {
            drop(write!(std::io::stderr(), "\r\u{1b}[K"));
        }
    }
}
