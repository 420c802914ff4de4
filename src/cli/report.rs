//! `patver report`: a report as a table for people, or as CSV, XLSX, JSON or PDF.

use serde_json::{Map, Value as Json, json};

use crate::base::locale::Lang;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::table::{self, Align};
use crate::cli::usage::{self, ReportFormat};
use crate::cli::{output, pairs, source};
use crate::reports::cell::Cell;
use crate::reports::column;
use crate::reports::sheet::{Row, Sheet};
use crate::reports::{out, paper};

/// Makes a report and writes it to the file named, else to standard output.
pub(crate) fn report(run: &mut Run, typed: &usage::Report) -> Result<(), Stop> {
    let report = crate::reports::find(&typed.name).map_err(Stop::usage)?;
    let parameters = pairs::read(&typed.pairs, source::object(None)?)?;
    let session = run.sign_in()?;
    let view = session.store.view(&session.call(&run.common))?;
    let sheet = report.make(&view, parameters.clone())?;
    let mut lacking = None;
    let bytes = match typed.format {
        ReportFormat::Table => text(&sheet, run.lang).into_bytes(),
        ReportFormat::Csv => out::csv(&sheet)?,
        ReportFormat::Json => json(&sheet, &parameters),
        ReportFormat::Xlsx => out::xlsx(&view, &sheet, run.lang)?,
        ReportFormat::Pdf => {
            let printed = paper::printed(&view, &sheet, run.lang)?;
            lacking = printed.lacking(run.lang);
            printed.pdf()?
        }
    };
    output::write(run, typed.out.as_deref(), &bytes)?;
    output::warn(lacking);
    Ok(())
}

/// One object with rows and totals.
fn json(sheet: &Sheet, parameters: &Json) -> Vec<u8> {
    let rows = |rows: &[Row]| rows.iter().map(|row| object(sheet, row)).collect::<Vec<_>>();
    let (rows, totals) = (rows(&sheet.rows), rows(&sheet.totals));
    let made = json!({ "report": sheet.name, "parameters": parameters, "rows": rows, "totals": totals });
    format!("{made}\n").into_bytes()
}

/// A table in the reader's language; totals stand under a rule.
fn text(sheet: &Sheet, lang: Lang) -> String {
    let aligns = sheet.columns.iter().map(|column| match column.kind.align() {
        column::Align::Right => Align::Right,
        column::Align::Left => Align::Left,
    });
    let rows: Vec<_> = sheet.rows.iter().map(|row| row.spoken(lang)).collect();
    let aligns: Vec<_> = aligns.collect();
    let mut lines = table::lines(&sheet.heads(lang), &aligns, &rows, &sheet.spoken_totals(lang));
    lines.push(String::new());
    lines.join("\n")
}

fn object(sheet: &Sheet, row: &Row) -> Json {
    let cells = sheet.columns.iter().zip(&row.cells).filter(|(_, cell)| **cell != Cell::Empty);
    let fields: Map<String, Json> = cells
        .map(|(column, cell)| {
            let value = match cell {
                Cell::Count(count) => Json::from(*count),
                other => Json::from(other.plain()),
            };
            (column.name.to_owned(), value)
        })
        .collect();
    Json::Object(fields)
}
