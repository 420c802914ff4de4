//! `patver report`: a report as a table for people, or as CSV or JSON for programs.

use serde_json::{Map, Value as Json, json};

use crate::base::error::Error;
use crate::base::locale::Lang;
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::table::{self, Align};
use crate::cli::usage::{self, ReportFormat};
use crate::cli::{output, pairs, source};
use crate::reports::paper;
use crate::reports::sheet::{self, Cell, Kind, Row, Sheet};

/// Makes a report and writes it to the file named, else to standard output.
pub(crate) fn report(run: &mut Run, typed: &usage::Report) -> Result<(), Stop> {
    let report = crate::reports::find(&typed.name).map_err(Stop::usage)?;
    let parameters = pairs::read(&typed.pairs, source::object(None)?)?;
    let session = run.sign_in()?;
    let view = session.store.view(&session.call(&run.common))?;
    let sheet = report.make(&view, parameters.clone())?;
    let bytes = match typed.format {
        ReportFormat::Table => text(&sheet, run.lang).into_bytes(),
        ReportFormat::Csv => csv(&sheet)?,
        ReportFormat::Json => json(&sheet, &parameters),
        ReportFormat::Pdf => paper::pdf(&view, &sheet, run.lang)?,
    };
    output::write(run, typed.out.as_deref(), &bytes)
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
    let right = |kind| matches!(kind, Kind::Count | Kind::Money);
    let aligns = sheet.columns.iter().map(|column| if right(column.kind) { Align::Right } else { Align::Left });
    let rows: Vec<_> = sheet.rows.iter().map(|row| sheet::spoken(row, lang)).collect();
    let aligns: Vec<_> = aligns.collect();
    let mut lines = table::lines(&sheet.heads(lang), &aligns, &rows, &sheet.spoken_totals(lang));
    lines.push(String::new());
    lines.join("\n")
}

fn object(sheet: &Sheet, row: &Row) -> Json {
    let cells = sheet.columns.iter().zip(row).filter(|(_, cell)| **cell != Cell::Empty);
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

/// Rows only: whoever reads them can add them up.
fn csv(sheet: &Sheet) -> Result<Vec<u8>, Stop> {
    let failed = |error: csv::Error| Stop::Error(Error::failure("cli.output_failed", error));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(sheet.columns.iter().map(|column| column.name)).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(harmless)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::failure("cli.output_failed", error.error()).into())
}

/// A text that a spreadsheet would take for a formula begins with an apostrophe.
fn harmless(cell: &Cell) -> String {
    let value = cell.plain();
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula && matches!(cell, Cell::Text(_)) { format!("'{value}") } else { value }
}
