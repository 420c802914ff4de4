//! The daily sheet: what was registered, invoiced and paid on a day, and the code of the journal's root, by which the
//! sheet proves the file later.

use serde::Deserialize;

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::locale::{self, Lang, tr};
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::day::{Day, DayQuery, Documents};
use crate::domain::terms;
use crate::engine::fields;
use crate::engine::query::{Query as _, View};
use crate::forms::sheet::page_of;
use crate::forms::{Form, Request, language};
use crate::print::pdf::Info;
use crate::print::style::gap;
use crate::print::{Block, Column, Flow, Part, Printed, Row, Sheet, Style, Table, barcode};

/// The form `daily-sheet`: of a `date`; today's when that is left out.
pub const FORM: Form =
    Form { name: "daily-sheet", rights: &[Right::ReportView], keys: fields::of::<Keys>, make: filled };

/// Which day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    #[serde(default)]
    date: Option<Date>,
}

fn filled(view: &View<'_>, request: &Request) -> Result<Printed> {
    let keys: Keys = fields::read(request.keys.clone())?;
    if let Some(date) = keys.date.filter(|date| *date > view.today()) {
        return Err(Error::rejected("error.day.not_come").arg_date("date", date).at("date"));
    }
    let company = company::current(view)?;
    let lang = language(request, &company.language);
    let mut days = DayQuery { date: keys.date }.run(view)?;
    let day = days.remove(0);
    let title = tr(lang, "form.title.daily", &[("date", &locale::date(lang, day.date))]);
    let info = Info { title: title.clone(), author: company.name.clone(), language: lang.code().to_owned() };
    let mut flow = Flow::new(Sheet::A4);
    let width = flow.width();
    flow.foot(&format!("{title} · {}", company.name), move |page, pages| page_of(lang, page, pages));
    flow.text(&company.name, Style::SMALL);
    flow.text(&title, Style::TITLE);
    flow.gap(gap::LARGE);
    flow.table(&documents(&day, lang));
    flow.gap(gap::LARGE);
    flow.table(&payments(&day, lang)?);
    flow.gap(gap::WIDE);
    flow.put(root(&day, &company.name, lang)?(width));
    Ok(Printed { paper: flow.finish(), info })
}

fn documents(day: &Day, lang: Lang) -> Table<'static> {
    let word = |key: &str| tr(lang, key, &[]);
    let rows = |name: &str, documents: &[Documents]| -> Vec<Row> {
        let row = |one: &Documents| {
            Row::new([word(name), locale::number(lang, &one.count.to_string()), locale::amount(lang, one.total)])
        };
        let none = || vec![Row::new([word(name), locale::number(lang, "0"), String::new()])];
        if documents.is_empty() { none() } else { documents.iter().map(row).collect() }
    };
    let columns = vec![
        Column::words(&word("form.daily.documents"), 1.0),
        Column::figures(&word("form.daily.count")),
        Column::figures(&word("form.daily.total")),
    ];
    let orders = rows("form.daily.orders", &day.orders);
    let rows = orders.into_iter().chain(rows("form.daily.invoices", &day.invoices)).collect();
    Table { columns, rows, carry: None, tail: None }
}

fn payments(day: &Day, lang: Lang) -> Result<Table<'static>> {
    let word = |key: &str| tr(lang, key, &[]);
    let columns = vec![
        Column::words(&word("form.daily.method"), 1.0),
        Column::figures(&word("form.daily.came_in")),
        Column::figures(&word("form.daily.went_out")),
        Column::figures(&word("form.daily.left")),
    ];
    let row = |taken: &crate::domain::day::Taken| {
        let left = taken.came_in.checked_add(taken.went_out)?;
        let amounts = [taken.came_in, taken.went_out, left].map(|amount| locale::amount(lang, amount));
        Ok(Row::new([terms::method(lang, &taken.name)].into_iter().chain(amounts)))
    };
    let mut rows = day.payments.iter().map(row).collect::<Result<Vec<Row>>>()?;
    if rows.is_empty() {
        rows.push(Row::new([word("form.daily.no_payments")]));
    }
    Ok(Table { columns, rows, carry: None, tail: None })
}

/// The code in words and as a QR code of three lines: the company, the day, and the code itself last.
fn root(day: &Day, company: &str, lang: Lang) -> Result<Part<'static>> {
    let scanned = format!("{company}\n{}\n{}", day.date, day.root);
    let code = barcode::qr(&scanned, 96.0)?;
    let entries = tr(lang, "form.daily.entries", &[("count", &locale::number(lang, &day.entries.to_string()))]);
    let (about, root) = (tr(lang, "form.daily.about", &[]), day.root.clone());
    let closed = tr(lang, "form.sign.closed", &[]);
    Ok(Box::new(move |width| {
        Block::with_right(code.clone(), width, |left| {
            let lines = [(&entries, Style::BODY), (&root, Style::HEADING), (&about, Style::SMALL)];
            let lines = lines.map(|(text, style)| Block::text(text, style, left));
            let signature = Block::signature(&closed, "", left);
            Block::stack([Block::stack(lines, gap::SMALL), signature], gap::WIDE)
        })
    }))
}
