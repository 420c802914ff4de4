//! The table of a document's lines: columns that have nothing to say are left out, the sum so far is carried over page ends.

use crate::base::error::{Error, Result};
use crate::base::locale::tr;
use crate::domain::document::{DocumentContent, DocumentLine};
use crate::domain::terms;
use crate::forms::figures::{self, Figures};
use crate::print::{Align, Carry, Cell, Column, Row, Table, Tone};

/// One column: its heading and what a line says in it.
struct Part {
    column: Column,
    cell: fn(&Lines<'_>, usize, &DocumentLine) -> Cell,
}

/// Lines on their way into a table.
struct Lines<'a> {
    content: &'a DocumentContent,
    figures: Figures,
}

/// What a line comes to in the document's own terms: with tax where its prices hold the tax.
pub(super) fn amount(content: &DocumentContent, line: &DocumentLine) -> i64 {
    if content.prices_include_tax { line.total } else { line.net }
}

/// The table of the lines. Rejected when they come to more than can be kept.
pub(super) fn table(content: &DocumentContent, figures: Figures) -> Result<Table<'static>> {
    let lines = Lines { content, figures };
    let parts = lines.parts();
    let row = |(at, line)| Row::new(parts.iter().map(|part| (part.cell)(&lines, at, line)));
    let rows: Vec<Row> = content.lines.iter().enumerate().map(row).collect();
    let carry = lines.carry(parts.len())?;
    Ok(Table { columns: parts.into_iter().map(|part| part.column).collect(), rows, carry: Some(carry), tail: None })
}

impl Lines<'_> {
    fn parts(&self) -> Vec<Part> {
        let title = |key: &str| tr(self.figures.lang, key, &[]);
        let all = &self.content.lines;
        let figures = |key, cell| Part { column: Column::figures(&title(key)), cell };
        let name = Part { column: Column::words(&title("form.column.name"), 1.0), cell: name };
        let mut parts = vec![figures("form.column.number", position), name];
        if all.iter().any(|line| !line.unit.is_empty()) {
            parts.push(Part { column: Column::short(&title("form.column.unit")), cell: unit });
        }
        parts.push(figures("form.column.quantity", |lines, _, line| lines.figures.quantity(line.quantity).into()));
        parts.push(figures("form.column.price", |lines, _, line| lines.figures.price(line.price).into()));
        if all.iter().any(|line| line.discount != 0) {
            let discount =
                |lines: &Lines<'_>, _, line: &DocumentLine| lines.figures.plain_or_none(line.discount).into();
            parts.push(figures("form.column.discount", discount));
        }
        if !self.content.taxes.is_empty() {
            parts.push(figures("form.column.tax", |lines, _, line| lines.figures.percent(line.tax_percent).into()));
        }
        let own = |lines: &Lines<'_>, _, line: &DocumentLine| lines.figures.plain(amount(lines.content, line)).into();
        parts.push(figures("form.column.amount", own));
        parts
    }

    fn carry(&self, columns: usize) -> Result<Carry<'static>> {
        let mut sums = vec![0_i64];
        let mut sum = 0_i64;
        for line in &self.content.lines {
            let too_large = || Error::rejected("error.number_too_large");
            sum = sum.checked_add(amount(self.content, line)).ok_or_else(too_large)?;
            sums.push(sum);
        }
        let figures = self.figures;
        let written: std::rc::Rc<[String]> = sums.into_iter().map(|sum| figures.plain(sum)).collect();
        let row = move |key: &str| {
            let (words, written) = (tr(figures.lang, key, &[]), std::rc::Rc::clone(&written));
            move |above: usize| {
                let sum = written.get(above).map_or("", String::as_str);
                let words = Cell::from(words.as_str()).over(columns.saturating_sub(1)).align(Align::Right);
                Row::new([words, Cell::from(sum)]).tone(Tone::Carried)
            }
        };
        Ok(Carry { forward: Box::new(row("form.carried")), brought: Box::new(row("form.brought")) })
    }
}

fn position(_: &Lines<'_>, at: usize, _: &DocumentLine) -> Cell {
    at.saturating_add(1).to_string().into()
}

fn name(lines: &Lines<'_>, _: usize, line: &DocumentLine) -> Cell {
    let own = figures::own(lines.figures.lang, &line.fields);
    let own = own.into_iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ");
    let notes = [own, correction(&lines.figures, line)].into_iter().filter(|note| !note.is_empty());
    Cell::from(line.text.as_str()).note(notes.collect::<Vec<_>>().join(". "))
}

fn unit(lines: &Lines<'_>, _: usize, line: &DocumentLine) -> Cell {
    terms::unit(lines.figures.lang, &line.unit).into()
}

/// Why an amount was set by hand; empty when it was computed.
pub(super) fn correction(figures: &Figures, line: &DocumentLine) -> String {
    if line.correction_reason.trim().is_empty() {
        return String::new();
    }
    tr(figures.lang, "form.corrected", &[("reason", line.correction_reason.trim())])
}
