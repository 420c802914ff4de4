//! `patver report`: a report as a table for people, or as CSV or JSON for programs.

use serde_json::{Map, Value as Json, json};

use crate::base::error::Error;
use crate::base::locale::{self, Lang, tr};
use crate::cli::session::Run;
use crate::cli::stop::Stop;
use crate::cli::table::{self, Align};
use crate::cli::usage::{self, ReportFormat};
use crate::cli::{output, pairs, source};
use crate::reports::sheet::{Cell, Kind, Row, Sheet};

/// Makes a report and writes it to the file named, else to standard output.
pub(crate) fn report(run: &mut Run, typed: &usage::Report) -> Result<(), Stop> {
    let report = crate::reports::find(&typed.name).map_err(Stop::usage)?;
    let parameters = pairs::read(&typed.pairs, source::object(None)?)?;
    let session = run.sign_in()?;
    let view = session.store.view(&session.call(&run.common))?;
    let sheet = report.make(&view, parameters.clone())?;
    let text = match typed.format {
        ReportFormat::Table => text(&sheet, run.lang),
        ReportFormat::Csv => csv(&sheet)?,
        ReportFormat::Json => {
            let rows = |rows: &[Row]| rows.iter().map(|row| object(&sheet, row)).collect::<Vec<_>>();
            let (rows, totals) = (rows(&sheet.rows), rows(&sheet.totals));
            let made = json!({ "report": report.name, "parameters": parameters, "rows": rows, "totals": totals });
            format!("{made}\n")
        }
    };
    output::write(run, typed.out.as_deref(), text.as_bytes())
}

/// A table in the reader's language; totals stand under a rule.
fn text(sheet: &Sheet, lang: Lang) -> String {
    let heads: Vec<String> =
        sheet.columns.iter().map(|column| tr(lang, &format!("report.column.{}", column.name), &[])).collect();
    let aligns: Vec<Align> = sheet
        .columns
        .iter()
        .map(|column| if matches!(column.kind, Kind::Count | Kind::Money) { Align::Right } else { Align::Left })
        .collect();
    let spoken = |row: &Row| row.iter().map(|cell| spoken(cell, lang)).collect::<Vec<_>>();
    let rows: Vec<_> = sheet.rows.iter().map(spoken).collect();
    let mut totals: Vec<_> = sheet.totals.iter().map(spoken).collect();
    for total in &mut totals {
        if let Some(first) = total.first_mut().filter(|first| first.is_empty()) {
            *first = tr(lang, "report.total", &[]);
        }
    }
    let mut lines = table::lines(&heads, &aligns, &rows, &totals);
    lines.push(String::new());
    lines.join("\n")
}

fn spoken(cell: &Cell, lang: Lang) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Word(key, _) => tr(lang, key, &[]),
        Cell::Date(date) => locale::date(lang, *date),
        Cell::Count(count) => locale::number(lang, &count.to_string()),
        Cell::Money(money) => {
            let currency = money.currency();
            locale::money(lang, &money.to_string(), currency.code(), currency.decimals())
        }
    }
}

/// The value as programs read it.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Word(_, text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Money(money) => money.to_string(),
    }
}

fn object(sheet: &Sheet, row: &Row) -> Json {
    let cells = sheet.columns.iter().zip(row).filter(|(_, cell)| **cell != Cell::Empty);
    let fields: Map<String, Json> = cells
        .map(|(column, cell)| {
            let value = match cell {
                Cell::Count(count) => Json::from(*count),
                other => Json::from(plain(other)),
            };
            (column.name.to_owned(), value)
        })
        .collect();
    Json::Object(fields)
}

/// Rows only: whoever reads them can add them up.
fn csv(sheet: &Sheet) -> Result<String, Stop> {
    let failed = |error: csv::Error| Stop::Error(Error::failure("cli.output_failed", error));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(sheet.columns.iter().map(|column| column.name)).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(harmless)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::failure("cli.output_failed", error.error()))?;
    String::from_utf8(bytes).map_err(|error| Error::failure("cli.output_failed", error).into())
}

/// A text that a spreadsheet would take for a formula begins with an apostrophe.
fn harmless(cell: &Cell) -> String {
    let value = plain(cell);
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula && matches!(cell, Cell::Text(_)) { format!("'{value}") } else { value }
}
