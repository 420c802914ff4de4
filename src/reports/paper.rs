//! A report on paper: whose it is, what it tells of which days, its table with totals.

use crate::base::error::Result;
use crate::base::locale::{self, Lang, tr};
use crate::base::unreal::Unreal;
use crate::domain::company;
use crate::engine::query::View;
use crate::print::pdf::Info;
use crate::print::{Block, Column, Flow, Paper, Printed, Row, Sheet as Page, Style, Table, Tone, style};
use crate::reports::column::Kind;
use crate::reports::sheet::Sheet;

/// How many columns an upright page holds in readable type.
const MOST_UPRIGHT: usize = 7;

/// The report as the asker's company prints it today, the same figures the same; a made-up company says so on each page.
pub fn printed(view: &View<'_>, made: &Sheet, lang: Lang) -> Result<Printed> {
    let company::Company { name, .. } = company::current(view)?;
    let printed = tr(lang, "report.printed", &[("date", &locale::date(lang, view.today()))]);
    let paper = paper(made, &name, &printed, lang);
    let paper = match unreal(view, lang)? {
        Some(words) => paper.marked(&words),
        None => paper,
    };
    Ok(Printed { paper, info: Info { title: made.title(lang), author: name, language: lang.code().to_owned() } })
}

/// The words that nothing in the company is real, where that is so.
pub(super) fn unreal(view: &View<'_>, lang: Lang) -> Result<Option<String>> {
    let key = |unreal| match unreal {
        Unreal::Demo => "report.demo",
        Unreal::Training => "report.training",
    };
    Ok(company::unreal(view)?.map(|unreal| tr(lang, key(unreal), &[])))
}

/// The report's pages, under the company's name and the words of when it was printed.
pub fn paper(made: &Sheet, company: &str, printed: &str, lang: Lang) -> Paper {
    let mut flow = Flow::new(if made.columns.len() > MOST_UPRIGHT { Page::A4_ACROSS } else { Page::A4 });
    let width = flow.width();
    flow.foot(printed, move |page, pages| {
        tr(lang, "report.page", &[("page", &page.to_string()), ("pages", &pages.to_string())])
    });
    flow.running_head(Block::text(&made.title(lang), Style::SMALL, width).padded(style::gap::SMALL));
    flow.text(company, Style::SMALL);
    flow.text(&made.title(lang), Style::TITLE);
    if let Some(days) = made.days(lang) {
        flow.text(&days, Style::BODY);
    }
    flow.gap(style::gap::LARGE);
    flow.table(&table(made, lang));
    flow.finish()
}

fn table(made: &Sheet, lang: Lang) -> Table<'static> {
    let heads = made.heads(lang);
    let column = |(head, kind): (&String, Kind)| match kind {
        Kind::Text => Column::words(head, 1.0),
        Kind::Word | Kind::Span | Kind::Currency => Column::short(head),
        Kind::Count | Kind::Money | Kind::Percent => Column::figures(head),
    };
    let columns = heads.iter().zip(made.columns.iter().map(|column| column.kind)).map(column).collect();
    let rows = made.rows.iter().map(|row| Row::new(row.spoken(lang)));
    let totals = made.spoken_totals(lang).into_iter().map(|row| Row::new(row).tone(Tone::Total));
    Table { columns, rows: rows.chain(totals).collect(), carry: None, tail: None }
}
