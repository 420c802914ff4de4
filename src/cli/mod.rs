//! The command line: one verb, one file. Knows every layer; nothing knows it.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;

use crate::app;
use crate::base::error::Error;
use crate::base::locale::Lang;
use crate::cli::output::Output;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::usage::{Usage, Verb};

mod backup;
mod bench;
mod check;
mod demo;
mod export;
mod help;
mod import;
mod list;
mod new;
mod output;
mod pairs;
mod print;
mod progress;
mod query;
mod recover;
mod report;
mod run;
mod secret;
mod session;
mod source;
mod stop;
mod table;
mod usage;

/// Does what the arguments of the process say; the exit code is the contract's.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let typed_json_errors = args.iter().any(|arg| arg == "--json-errors");
    let common = usage::Common { json_errors: typed_json_errors, ..usage::Common::default() };
    let known = help::first_language(&args);
    let lang = known.unwrap_or(Lang::EN);
    let mut run = Run { common, lang, lang_known: known.is_some(), out: Output::new() };
    match begin(&mut run, args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            if let Some(text) = stop.text(run.lang, &run.common) {
                eprintln!("{text}");
            }
            ExitCode::from(stop.code())
        }
    }
}

fn begin(run: &mut Run, args: Vec<OsString>) -> Result<(), Stop> {
    let parsed = help::command(run.lang).try_get_matches_from(&args);
    let typed = parsed.and_then(|matches| Usage::from_arg_matches(&matches));
    match typed {
        Ok(usage) => {
            run.common = usage.common;
            run.lang = run.common.lang.unwrap_or(run.lang);
            dispatch(run, usage.verb)
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            run.out.bytes(error.render().to_string().as_bytes())?;
            run.out.flush()
        }
        Err(error) => Err(help::complaint(&error, &args)),
    }
}

fn dispatch(run: &mut Run, verb: Option<Verb>) -> Result<(), Stop> {
    let Some(verb) = verb else {
        return Ok(app::run(app::Start::of_account(run.file().ok(), run.lang))?);
    };
    let id = run.common.command_id.is_some() && !verb.takes_command_id();
    if id || (run.common.confirm && !verb.takes_confirm()) {
        let option = if id { "--command-id" } else { "--confirm" };
        return Err(Stop::usage(Error::rejected("cli.usage_not_here").arg("option", option)));
    }
    match verb {
        Verb::New(typed) => new::new(run, &typed),
        Verb::Demo(typed) => demo::demo(run, &typed),
        Verb::Recover => recover::recover(run),
        Verb::Run(typed) => run::run(run, &typed),
        Verb::Query(typed) => query::query(run, &typed),
        Verb::Report(typed) => report::report(run, &typed),
        Verb::Bench(typed) => bench::bench(run, &typed),
        Verb::Print(typed) => print::print(run, &typed),
        Verb::Import(typed) => import::import(run, &typed),
        Verb::Export(typed) => export::export(run, &typed),
        Verb::Backup(typed) => backup::backup(run, &typed),
        Verb::Restore(typed) => backup::restore(run, &typed),
        Verb::Training => backup::training(run),
        Verb::Check(typed) => check::check(run, &typed),
        Verb::List(typed) => list::list(run, &typed),
        Verb::Help(typed) => {
            let text = help::text(run.lang, typed.verb.as_deref())?;
            run.out.bytes(text.as_bytes())?;
            run.out.flush()
        }
        Verb::Completions(typed) => {
            let mut script = Vec::new();
            clap_complete::generate(typed.shell, &mut help::command(run.lang), "patver", &mut script);
            run.out.bytes(&script)?;
            run.out.flush()
        }
    }
}
