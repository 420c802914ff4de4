//! Every figure of every report is the sum of what its documents show, and the same in every format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use crate::random_documents::{Random, seed};
use crate::report_shop::Shop;
use calamine::{Data, Reader as _, Xlsx};
use patver::base::locale::Lang;
use patver::base::money::Money;
use patver::engine::store::Call;
use patver::print::page::Item;
use patver::reports::behind::{Adds, Behind};
use patver::reports::cell::Cell;
use patver::reports::sheet::{Row, Sheet};
use patver::reports::{self, Report, out, paper};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

impl Shop {
    fn sheet(&self, call: &Call, report: &Report, wish: &Json) -> Sheet {
        let made = report.make(&self.desk.store.view(call).unwrap(), wish.clone());
        made.unwrap_or_else(|error| panic!("{} {wish}: {error} at {:?}", report.name, error.field()))
    }

    /// All rows of a list, page by page.
    fn listed(&self, call: &Call, behind: &Behind) -> Vec<Json> {
        let (mut rows, mut arguments) = (Vec::new(), behind.arguments.clone());
        arguments["limit"] = json!(60);
        loop {
            let asked = self.desk.store.query_json(call, behind.query, arguments.clone());
            let page = asked.unwrap_or_else(|error| panic!("{} {arguments}: {error}", behind.query));
            let Some(last) = page.last() else { return rows };
            arguments["after"] = last.get("after").unwrap_or(&last["id"]).clone();
            rows.extend(page);
        }
    }

    /// What the documents behind a figure add up to: things or minor units.
    fn added_up(&self, call: &Call, row: &Row, behind: &[Behind]) -> i64 {
        let currency = row.currency().unwrap();
        let mut sum = 0;
        for behind in behind {
            for document in self.listed(call, behind) {
                assert_eq!(document["currency"], currency.code(), "{behind:?}");
                let amount = |field: &str| {
                    document
                        .get(field)
                        .map_or(0, |text| Money::parse(text.as_str().unwrap(), currency).unwrap().minor())
                };
                sum += match behind.adds {
                    Adds::Count => 1,
                    Adds::Plus(field) => amount(field),
                    Adds::Minus(field) => -amount(field),
                };
            }
        }
        sum
    }
}

/// Every figure of a report, with where it stands.
fn figures(sheet: &Sheet) -> impl Iterator<Item = (&Row, usize, i64)> {
    let rows = sheet.rows.iter().chain(&sheet.totals);
    let figures = rows.flat_map(|row| row.cells.iter().enumerate().map(move |(at, cell)| (row, at, cell.figure())));
    figures.filter_map(|(row, at, figure)| Some((row, at, figure?)))
}

#[test]
fn every_figure_is_the_sum_of_what_its_documents_show() {
    let seed = seed();
    println!("PATVER_TEST_SEED={seed}");
    let mut random = Random(seed);
    let shop = Shop::new(&mut random, 150).with_late_orders();
    let rounds = if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { 60 } else { 8 };
    let mut told: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for report in reports::ALL {
        for (name, call) in &shop.readers {
            for round in 0..rounds {
                let wish = if round == 0 { Shop::wide(report) } else { shop.wish(&mut random, report) };
                if (report.name, *name) == ("debts", "own") {
                    let refused = report.make(&shop.desk.store.view(call).unwrap(), wish).unwrap_err();
                    assert_eq!(refused.key(), "error.no_right");
                    continue;
                }
                let sheet = shop.sheet(call, report, &wish);
                for (row, at, figure) in figures(&sheet) {
                    let column = &sheet.columns[at];
                    let behind = sheet.behind(row, column).unwrap();
                    let place = format!("{} for {name}, {wish}: {} of {:?}", report.name, column.name, row.cells);
                    assert!(!behind.is_empty(), "{place}");
                    assert_eq!(shop.added_up(call, row, &behind), figure, "{place}\n{behind:?}");
                    *told.entry((report.name, column.name)).or_default() += usize::from(figure != 0);
                }
            }
        }
    }
    let silent: Vec<_> = reports::ALL
        .iter()
        .flat_map(|report| report.columns.iter().map(|column| (report.name, column)))
        .filter(|(report, column)| column.kind.is_summed() && !told.contains_key(&(*report, column.name)))
        .collect();
    assert!(silent.is_empty(), "no figure was ever seen in {silent:?}");
    assert!(told.values().all(|seen| *seen > 0), "{told:?}");
}

#[test]
fn what_a_reader_may_not_see_is_in_no_format_and_behind_no_figure() {
    let mut random = Random(seed());
    let shop = Shop::new(&mut random, 60);
    let sales = reports::find("sales").unwrap();
    let days = json!({"from": "2025-01-01", "to": "2026-12-31", "by": "responsible"});
    let hidden = ["cost", "profit", "margin", "uncosted"];
    let (owner, viewer, own) = (&shop.readers[0].1, &shop.readers[1].1, &shop.readers[2].1);
    assert!(hidden.iter().all(|name| shop.sheet(owner, sales, &days).place(name).is_some()));
    for call in [viewer, own] {
        let sheet = shop.sheet(call, sales, &days);
        let view = shop.desk.store.view(call).unwrap();
        let head = String::from_utf8(out::csv(&sheet).unwrap()).unwrap();
        let head: Vec<_> = head.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let workbook = workbook(&out::xlsx(&view, &sheet, Lang::EN).unwrap());
        let on_paper = words_on_paper(&sheet, Lang::EN);
        for (name, title) in hidden.iter().zip(["Cost", "Profit", "Margin", "Cost unknown"]) {
            assert!(!head.contains(&(*name).to_owned()), "{head:?}");
            assert!(!workbook[0].contains(&Data::String(title.to_owned())), "{:?}", workbook[0]);
            assert!(!on_paper.iter().any(|word| word == title), "{title}");
        }
        let documents = figures(&sheet).flat_map(|(row, at, _)| sheet.behind(row, &sheet.columns[at]).unwrap());
        for behind in documents {
            let shown = shop.listed(call, &behind);
            assert!(shown.iter().all(|row| row.get("cost").is_none() && row.get("profit").is_none()), "{behind:?}");
        }
    }
    let mine = shop.sheet(own, sales, &days);
    assert!(mine.rows.iter().all(|row| row.narrow.responsible == Some(shop.users[1])), "{:?}", mine.rows);
    let others = json!({"from": "2025-01-01", "to": "2026-12-31", "responsible": [1]});
    assert!(shop.sheet(own, sales, &others).rows.is_empty());
}

/// The cells of a workbook's first sheet.
fn workbook(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(<[Data]>::to_vec).collect()
}

/// Everything that is written on the pages of a report.
fn words_on_paper(sheet: &Sheet, lang: Lang) -> Vec<String> {
    let pages = paper::paper(sheet, "Արագած", "Printed", lang).pages.into_iter();
    let texts = pages.flat_map(|page| page.items).filter_map(|item| match item {
        Item::Text(text) => Some(text.text),
        _ => None,
    });
    texts.collect()
}

/// The number that a cell must show in a spreadsheet.
fn number(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Count(count) => Some(Decimal::from(*count)),
        Cell::Money(money) => Some(money.to_decimal()),
        Cell::Percent(percent) => Some(percent.to_string().parse::<Decimal>().unwrap() / Decimal::ONE_HUNDRED),
        Cell::Empty | Cell::Text(_) | Cell::Word(_) | Cell::Span(_) => None,
    }
}

#[test]
fn csv_workbook_and_paper_show_the_same_figures() {
    let mut random = Random(seed());
    let shop = Shop::new(&mut random, 100);
    let owner = &shop.readers[0].1;
    for report in reports::ALL {
        for lang in Lang::ALL.into_iter().chain([Lang::HY, Lang::RU]) {
            let wish = shop.wish(&mut random, report);
            let sheet = shop.sheet(owner, report, &wish);
            let mut csv = csv::Reader::from_reader(Cursor::new(out::csv(&sheet).unwrap()));
            let written: Vec<_> = csv.records().map(Result::unwrap).collect();
            assert_eq!(written.len(), sheet.rows.len());
            for (row, record) in sheet.rows.iter().zip(&written) {
                let plain = row.cells.iter().map(Cell::plain);
                assert!(plain.zip(record).all(|(cell, text)| cell == text.trim_start_matches('\'')), "{record:?}");
            }
            let bytes = out::xlsx(&shop.desk.store.view(owner).unwrap(), &sheet, lang).unwrap();
            assert_eq!(bytes, out::xlsx(&shop.desk.store.view(owner).unwrap(), &sheet, lang).unwrap());
            let book = workbook(&bytes);
            assert_eq!(book.len(), 1 + sheet.rows.len() + sheet.totals.len(), "{wish}");
            let heads: Vec<_> = sheet.heads(lang).into_iter().map(Data::String).collect();
            assert_eq!(book[0], heads);
            let mut on_paper = words_on_paper(&sheet, lang);
            for (row, cells) in sheet.rows.iter().chain(&sheet.totals).zip(&book[1..]) {
                for ((cell, spoken), data) in row.cells.iter().zip(row.spoken(lang)).zip(cells) {
                    if let Some(number) = number(cell) {
                        let Data::Float(shown) = data else { panic!("{cell:?} is {data:?}") };
                        assert_eq!(shown.to_string().parse::<Decimal>().unwrap(), number);
                        let at = on_paper.iter().position(|word| *word == spoken);
                        on_paper.swap_remove(
                            at.unwrap_or_else(|| panic!("{spoken} is not on the paper of {}", report.name)),
                        );
                    }
                }
            }
        }
    }
}

/// Reports as LibreOffice and `pdftotext` read them.
#[test]
fn libreoffice_and_pdftotext_read_the_same_figures() {
    let mut random = Random(seed());
    let shop = Shop::new(&mut random, 40);
    let owner = &shop.readers[0].1;
    let view = shop.desk.store.view(owner).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut sheets = Vec::new();
    for report in reports::ALL {
        let sheet = shop.sheet(owner, report, &Shop::wide(report));
        std::fs::write(
            folder.path().join(format!("{}.xlsx", report.name)),
            out::xlsx(&view, &sheet, Lang::HY).unwrap(),
        )
        .unwrap();
        std::fs::write(
            folder.path().join(format!("{}.pdf", report.name)),
            paper::printed(&view, &sheet, Lang::HY).unwrap().pdf().unwrap(),
        )
        .unwrap();
        sheets.push(sheet);
    }
    convert(folder.path());
    for sheet in &sheets {
        let text = printed(folder.path(), sheet.name);
        let converted = csv::ReaderBuilder::new().from_path(folder.path().join(format!("{}.csv", sheet.name)));
        let lines: Vec<_> = converted.unwrap().records().map(Result::unwrap).collect();
        assert_eq!(lines.len(), sheet.rows.len() + sheet.totals.len(), "{}", sheet.name);
        for (row, line) in sheet.rows.iter().chain(&sheet.totals).zip(&lines) {
            for ((cell, shown), spoken) in row.cells.iter().zip(line).zip(row.spoken(Lang::HY)) {
                if let Some(number) = number(cell) {
                    let plain = shown.trim_end_matches('%').parse::<Decimal>();
                    let plain = plain.unwrap_or_else(|_| panic!("{shown} for {cell:?} in {line:?}"));
                    let read = if shown.ends_with('%') { plain / Decimal::ONE_HUNDRED } else { plain };
                    assert_eq!(read, number, "{} {line:?}", sheet.name);
                    assert!(text.contains(&spoken.replace('\u{a0}', " ")), "{spoken} is not in\n{text}");
                }
            }
        }
    }
}

/// Every workbook of a folder becomes a CSV file with raw numbers.
fn convert(folder: &Path) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false";
    let mut office = Command::new("soffice");
    office.args([profile.as_str(), "--headless", "--convert-to", filter, "--outdir"]).arg(folder);
    office.args(reports::ALL.iter().map(|report| folder.join(format!("{}.xlsx", report.name))));
    let ran = office.output().expect("soffice is missing: apt-get install libreoffice-calc");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn printed(folder: &Path, name: &str) -> String {
    let mut tool = Command::new("pdftotext");
    let ran = tool.args(["-layout", &format!("{name}.pdf"), "-"]).current_dir(folder).output();
    let ran = ran.expect("pdftotext is missing: apt-get install poppler-utils");
    String::from_utf8(ran.stdout).unwrap().replace('\u{a0}', " ")
}
