//! What stands under a document's lines: the tax by rate, the sums, what is paid and left to pay, the total in words.

use crate::base::locale::tr;
use crate::base::money::Percent;
use crate::base::words;
use crate::domain::document::{DocumentContent, DocumentLine};
use crate::forms::figures::{Figures, NONE};
use crate::print::style::gap;
use crate::print::{Block, Column, Part, Row, Style, Table};

/// Tax by rate at the left, the sums at the right; with what is paid and left to pay where the document is one to be paid.
pub(super) fn part(content: &DocumentContent, figures: Figures, payable: bool) -> Part<'_> {
    Box::new(move |width| {
        let right: Part<'_> = Box::new(move |width| {
            let sums = totals(content, figures)(width);
            let paid = if payable { settled(content, figures)(width) } else { Block::default() };
            Block::stack([sums, paid], gap::MEDIUM)
        });
        Block::in_columns(width, gap::WIDE, &[taxes(content, figures), right])
    })
}

/// The total in words, in the document's language; in figures where it is too large to be spelt.
pub(super) fn in_words(content: &DocumentContent, figures: Figures) -> String {
    let total = content.sums.total;
    words::money(figures.lang, content.money(total)).unwrap_or_else(|_| figures.money(total))
}

/// What is left to pay, or to be given back: label and amount.
pub(super) fn left(debt: i64, figures: &Figures) -> (String, String) {
    let key = if debt < 0 { "form.give_back" } else { "form.left" };
    (tr(figures.lang, key, &[]), figures.money(debt.checked_abs().unwrap_or(i64::MAX)))
}

/// Labels and figures of the sums, the total last; without any tax there is nothing but the total.
pub(super) fn rows(content: &DocumentContent, figures: &Figures) -> Vec<(String, String)> {
    let word = |key: &str| tr(figures.lang, key, &[]);
    let sums = &content.sums;
    let mut rows = Vec::new();
    if sums.discount != 0 {
        rows.push((word("form.sum.discount"), figures.money(sums.discount)));
    }
    if !content.taxes.is_empty() {
        rows.push((word("form.sum.net"), figures.money(sums.net)));
        rows.push((tax_label(content, figures), figures.money(sums.tax)));
    }
    rows.push((word("form.sum.total"), figures.money(sums.total)));
    rows
}

/// The rate that every line has; none where they differ or a line lies outside the tax.
pub(super) fn one_rate(content: &DocumentContent) -> Option<Percent> {
    let mut rates = content.lines.iter().map(|line| line.tax_percent);
    let first = rates.next().flatten();
    first.filter(|_| rates.all(|rate| rate == first))
}

/// The name of the tax, with its rate where everything has the same.
fn tax_label(content: &DocumentContent, figures: &Figures) -> String {
    let name = tr(figures.lang, "form.sum.tax", &[]);
    one_rate(content).map_or(name.clone(), |rate| format!("{name} {}", figures.percent(Some(rate))))
}

fn totals(content: &DocumentContent, figures: Figures) -> Part<'_> {
    Box::new(move |width| {
        let rows = rows(content, &figures);
        let rows: Vec<(&str, &str)> = rows.iter().map(|(label, figure)| (label.as_str(), figure.as_str())).collect();
        Block::sums(&rows, Style::BODY, width)
    })
}

fn settled(content: &DocumentContent, figures: Figures) -> Part<'_> {
    Box::new(move |width| {
        let muted = Style::BODY.muted();
        let paid = (tr(figures.lang, "form.paid", &[]), figures.money(content.sums.paid));
        let (label, amount) = left(content.sums.debt, &figures);
        let bold = Style::BODY.bold();
        Block::stack(
            [
                Block::spread((&paid.0, muted), (&paid.1, Style::BODY), width),
                Block::spread((&label, bold), (&amount, bold), width),
            ],
            gap::TIGHT,
        )
    })
}

fn taxes(content: &DocumentContent, figures: Figures) -> Part<'_> {
    Box::new(move |width| {
        if content.taxes.is_empty() {
            return Block::default();
        }
        let column = |key: &str| Column::figures(&tr(figures.lang, key, &[]));
        let rate = Column::short(&tr(figures.lang, "form.tax.rate", &[]));
        let columns = vec![rate, column("form.tax.net"), column("form.tax.tax"), column("form.tax.total")];
        let rates = content.taxes.iter().map(|tax| {
            let sums = [tax.net, tax.tax, tax.total].map(|minor| figures.plain(minor));
            Row::new([figures.percent(Some(tax.percent))].into_iter().chain(sums))
        });
        Table { columns, rows: rates.chain(untaxed(content, figures)).collect(), ..Table::default() }.whole(width)
    })
}

/// The row of what lies outside the tax, so that the rates and it come to the total.
fn untaxed(content: &DocumentContent, figures: Figures) -> Option<Row> {
    let lines: Vec<&DocumentLine> = content.lines.iter().filter(|line| line.tax_percent.is_none()).collect();
    let sum = |of: fn(&DocumentLine) -> i64| lines.iter().map(|line| of(line)).fold(0, i64::saturating_add);
    let cells = [figures.plain(sum(|line| line.net)), NONE.to_owned(), figures.plain(sum(|line| line.total))];
    (!lines.is_empty()).then(|| Row::new([NONE.to_owned()].into_iter().chain(cells)))
}
