//! A report as a file for other programs: CSV in plain figures, XLSX with real numbers and days. Both show what is on
//! the screen and nothing that the asker may not see.

use crate::base::error::{Error, Result};
use crate::base::locale::{Lang, tr};
use crate::domain::company;
use crate::engine::query::View;
use crate::reports::cell::Cell;
use crate::reports::column::Align;
use crate::reports::paper;
use crate::reports::sheet::{Row, Sheet};
use crate::reports::step::Step;
use crate::workbook::{Book, Head, Info, Value};

/// Rows only, under the names that scripts know: whoever reads them can add them up.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>> {
    let failed = |error: csv::Error| Error::failure("report.not_written", error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(sheet.columns.iter().map(|column| column.name)).map_err(failed)?;
    for row in &sheet.rows {
        writer.write_record(row.cells.iter().map(harmless)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::failure("report.not_written", error.error()))
}

/// A text that a spreadsheet would take for a formula begins with an apostrophe.
fn harmless(cell: &Cell) -> String {
    let value = cell.plain();
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula && matches!(cell, Cell::Text(_)) { format!("'{value}") } else { value }
}

/// A workbook with heads in the reader's language and totals; the same figures give the same bytes on one day.
pub fn xlsx(view: &View<'_>, sheet: &Sheet, lang: Lang) -> Result<Vec<u8>> {
    let title = sheet.title(lang);
    let title = sheet.days(lang).map_or(title.clone(), |days| format!("{title}, {days}"));
    let company::Company { name: author, .. } = company::current(view)?;
    let title = match paper::unreal(view, lang)? {
        Some(words) => format!("{title} · {words}"),
        None => title,
    };
    let info = Info { title, name: sheet.title(lang), author, date: sheet.made_on, lang };
    let head = |column: &crate::reports::column::Column| Head {
        title: column.title(lang),
        width: column.width,
        figures: column.kind.align() == Align::Right,
    };
    let mut book = Book::new(info, sheet.columns.iter().map(head).collect())?;
    for row in &sheet.rows {
        let words = words(row, lang);
        book.row(&values(row, &words))?;
    }
    let total = tr(lang, "report.total", &[]);
    for row in &sheet.totals {
        let mut words = words(row, lang);
        if let (Some(Cell::Empty), Some(first)) = (row.cells.first(), words.first_mut()) {
            first.clone_from(&total);
        }
        book.total(&values(row, &words))?;
    }
    book.into_bytes()
}

/// What stands as words in a workbook; empty for what stands as a number or a day.
fn words(row: &Row, lang: Lang) -> Vec<String> {
    let words = row.cells.iter().map(|cell| match cell {
        Cell::Text(_) | Cell::Word(_) => cell.spoken(lang),
        Cell::Span(span) if span.step != Step::Day => span.spoken(lang),
        _ => String::new(),
    });
    words.collect()
}

fn values<'a>(row: &Row, words: &'a [String]) -> Vec<Value<'a>> {
    let value = |(cell, words): (&Cell, &'a String)| match cell {
        Cell::Count(count) => Value::Count(*count),
        Cell::Money(money) => Value::Money(*money),
        Cell::Percent(percent) => Value::Share(percent.ppm()),
        Cell::Span(span) if words.is_empty() => Value::Date(span.days.from()),
        Cell::Empty | Cell::Text(_) | Cell::Word(_) | Cell::Span(_) if words.is_empty() => Value::Empty,
        Cell::Empty | Cell::Text(_) | Cell::Word(_) | Cell::Span(_) => Value::Text(words),
    };
    row.cells.iter().zip(words).map(value).collect()
}
