//! `patver list`: what there is to run, to ask, to print, with parameters and rights.

use serde_json::{Value as Json, json};

use crate::base::locale::{Lang, tr};
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::table::{self, Align};
use crate::cli::usage::{self, Registry};
use crate::domain::BUSINESS;
use crate::engine::command::Undo;
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
                name: command.name,
                takes: (command.fields)(),
                rights: command.need.codes(),
                undo: Some(command.undo),
            })
            .collect(),
        Registry::Queries => BUSINESS
            .queries()
            .map(|query| Entry { name: query.name, takes: (query.fields)(), rights: query.need.codes(), undo: None })
            .collect(),
        Registry::Reports => reports::ALL
            .iter()
            .map(|report| Entry {
                name: report.name,
                takes: (report.fields)(),
                rights: report.need.codes(),
                undo: None,
            })
            .collect(),
        Registry::Forms => forms::ALL
            .iter()
            .map(|form| Entry {
                name: form.name,
                takes: (form.keys)(),
                rights: form.rights.iter().map(|right| right.code()).collect(),
                undo: None,
            })
            .collect(),
        Registry::Imports | Registry::Exports => Vec::new(),
    }
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
