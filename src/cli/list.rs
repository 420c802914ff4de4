//! `patver list`: what there is to run, to ask, to print, with parameters and rights.

use serde_json::{Value as Json, json};

use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::table::{self, Align};
use crate::cli::usage::{self, Registry};
use crate::domain::BUSINESS;
use crate::domain::import::ImportKind;
use crate::engine::command::Undo;
use crate::exchange;
use crate::forms;
use crate::reports;

/// One thing that can be named.
struct Entry {
    name: &'static str,
    takes: Vec<&'static str>,
    rights: Vec<&'static str>,
    undo: Option<Undo>,
}

/// Prints a registry: a table, or one JSON object a line.
pub(crate) fn list(run: &mut Run, typed: &usage::List) -> Result<(), Stop> {
    let entries = entries(typed.what);
    if typed.json {
        for entry in &entries {
            run.out.json(&object(entry))?;
        }
    } else {
        let rows: Vec<Vec<String>> = entries.iter().map(|entry| row(entry, run.lang)).collect();
        let heads = ["name", "rights", "takes"].map(|head| tr(run.lang, &format!("cli.list.{head}"), &[]));
        for line in table::lines(&heads, &[Align::Left; 3], &rows, &[]) {
            run.out.line(&line)?;
        }
    }
    run.out.flush()
}

fn entries(what: Registry) -> Vec<Entry> {
    match what {
        Registry::Commands => BUSINESS
            .commands()
            .map(|command| Entry {
                undo: Some(command.undo),
                ..entry(command.name, (command.fields)(), command.need.codes())
            })
            .collect(),
        Registry::Queries => {
            BUSINESS.queries().map(|query| entry(query.name, (query.fields)(), query.need.codes())).collect()
        }
        Registry::Reports => {
            reports::ALL.iter().map(|report| entry(report.name, (report.fields)(), report.need.codes())).collect()
        }
        Registry::Forms => {
            let codes = |rights: &[Right]| rights.iter().map(|right| right.code()).collect();
            forms::ALL.iter().map(|form| entry(form.name, (form.keys)(), codes(form.rights))).collect()
        }
        Registry::Imports => {
            let of = |kind: &ImportKind| entry(kind.code(), exchange::fields::of(*kind), vec![Right::Import.code()]);
            ImportKind::ALL.iter().map(of).collect()
        }
        Registry::Exports => {
            let columns = |export: &exchange::Export| export.columns.iter().map(|column| column.name).collect();
            exchange::EXPORTS.iter().map(|export| entry(export.kind, columns(export), export.rights())).collect()
        }
    }
}

fn entry(name: &'static str, takes: Vec<&'static str>, rights: Vec<&'static str>) -> Entry {
    Entry { name, takes, rights, undo: None }
}

fn object(entry: &Entry) -> Json {
    let mut object = json!({ "name": entry.name, "takes": entry.takes, "rights": entry.rights });
    if let (Some(undo), Json::Object(fields)) = (entry.undo, &mut object) {
        let undo = match undo {
            Undo::Generic => "inverse",
            Undo::Reversal => "reversal",
            Undo::Never => "never",
        };
        fields.insert("undo".to_owned(), undo.into());
    }
    object
}

fn row(entry: &Entry, lang: Lang) -> Vec<String> {
    let rights = entry.rights.iter().map(|code| match *code {
        "system" | "signed-in" => tr(lang, &format!("cli.need.{code}"), &[]),
        right => tr(lang, &format!("right.{right}"), &[]),
    });
    vec![entry.name.to_owned(), rights.collect::<Vec<_>>().join(", "), entry.takes.join(" ")]
}
