//! Random documents on paper: the page model shows exactly the totals of the program, at their places, and so does the PDF.
//! PATVER_TEST_SCALE=full looks at 100,000 documents and 200 PDFs, else a tenth; PATVER_TEST_SEED repeats a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

use std::path::Path;
use std::thread;

use crate::forms_support::{confirmed, content, receipt, run, standing};
use crate::random_documents::{Random, documents_to_check, seed};
use patver::base::currency::Currency;
use patver::base::locale::{self, Lang};
use patver::base::money::Money;
use patver::domain::document::DocumentContent;
use patver::domain::order::totals::{Document, LineTotals, Totals, totals};
use patver::forms::{invoice, order, receipt as receipt_form};
use patver::print::Printed;
use patver::print::page::Text;
use patver::print::{Align, Ink, Page, Paper, Sheet};

const NAMES: [&str; 4] = [
    "Թուղթ",
    "Кресло офисное «Севан», чёрная кожа, с регулируемыми подлокотниками и колёсами",
    "Office chair",
    "Գրասենյակային աթոռ «Սևան», սև կաշվից, կարգավորվող հենակներով և անիվներով, հավաքված վիճակում",
];

/// A random document, its totals and its paper's content.
struct Case {
    context: String,
    document: Document,
    totals: Totals,
    content: DocumentContent,
    lang: Lang,
}

impl Case {
    fn new(seed: u64, number: usize, random: &mut Random) -> Case {
        let document = random.document();
        let units = ["հատ", "kg", ""];
        let unit = units[number % 3];
        let content = content(&document, |at| (NAMES[(at + number) % 4].to_owned(), unit.to_owned()));
        let context = format!("PATVER_TEST_SEED={seed}, document {number}: {document:#?}");
        Case { context, totals: totals(&document).unwrap(), document, content, lang: Lang::ALL[number % 3] }
    }

    /// The invoice and the order form by turns.
    fn printed(&self, number: usize) -> Printed {
        let printed = if number.is_multiple_of(2) {
            invoice::draw(&self.content, standing(self.lang))
        } else {
            order::draw(&self.content, confirmed(self.lang))
        };
        printed.unwrap_or_else(|refusal| panic!("{refusal}; {}", self.context))
    }

    /// The amount of a line as the document counts it.
    fn amount(&self, line: &LineTotals) -> Money {
        if self.document.prices_include_tax { line.gross } else { line.net }
    }

    fn amounts(&self) -> Vec<Money> {
        self.totals.lines.iter().map(|line| self.amount(line)).collect()
    }

    /// Whether the table leaves zero minor units out: in drams, where every figure is whole.
    fn whole(&self) -> bool {
        let whole = |amount: Money| amount.minor() % 100 == 0;
        let sums = self.totals.lines.iter().flat_map(|line| [line.discount, line.net, line.tax, line.gross]);
        self.document.currency == Currency::AMD
            && sums.into_iter().all(whole)
            && self.document.lines.iter().all(|line| line.price.micros() % 1_000_000 == 0)
    }

    /// An amount as the table must write it, by figures of the test's own.
    fn plain(&self, amount: Money) -> String {
        let decimals = if self.whole() { 0 } else { amount.currency().decimals() };
        let scale = 10_i64.pow(amount.currency().decimals());
        let (whole, rest) = (amount.minor().abs() / scale, amount.minor().abs() % scale);
        let (group, point, least) = match self.lang {
            Lang::EN => (",", ".", 4),
            Lang::HY => ("\u{a0}", ",", 5),
            _ => ("\u{a0}", ",", 4),
        };
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 && digits.len() >= least {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        let sign = if amount.is_negative() { "-" } else { "" };
        let fraction =
            if decimals == 0 { String::new() } else { format!("{point}{rest:0>width$}", width = decimals as usize) };
        format!("{sign}{grouped}{fraction}")
    }

    /// The figures that must stand black at the right edge of the paper, from the top.
    fn at_the_edge(&self) -> Vec<String> {
        let sums = &self.totals;
        let money = |amount: Money| locale::amount(self.lang, amount);
        let mut figures: Vec<String> = self.amounts().into_iter().map(|amount| self.plain(amount)).collect();
        figures.extend((!sums.discount.is_zero()).then(|| money(sums.discount)));
        if !sums.taxes.is_empty() {
            figures.extend([money(sums.net), money(sums.tax)]);
        }
        let left = Money::new(sums.gross.minor().abs(), sums.gross.currency());
        figures.extend([money(sums.gross), money(Money::zero(sums.gross.currency())), money(left)]);
        figures
    }

    /// Net, tax and gross of each percent, the highest first, then of what lies outside the tax.
    fn rates(&self) -> Vec<[String; 3]> {
        let mut rates: Vec<_> = self.content.taxes.iter().map(|tax| tax.percent).collect();
        rates.sort_by(|a, b| b.cmp(a));
        let mut rows = Vec::new();
        for percent in rates.into_iter().map(Some).chain([None]) {
            let lines = self.document.lines.iter().zip(&self.totals.lines);
            let of_rate: Vec<_> = lines.filter(|(line, _)| line.tax.map(|tax| tax.percent) == percent).collect();
            let sum = |of: fn(&LineTotals) -> Money| {
                Money::sum(self.document.currency, of_rate.iter().map(|(_, line)| of(line))).unwrap()
            };
            if !of_rate.is_empty() {
                let tax = if percent.is_some() { self.plain(sum(|line| line.tax)) } else { "—".to_owned() };
                rows.push([self.plain(sum(|line| line.net)), tax, self.plain(sum(|line| line.gross))]);
            }
        }
        rows
    }
}

/// What is set against this edge, from the top of the first page.
fn set_right(paper: &Paper, edge: f32) -> impl Iterator<Item = (&Page, &Text)> {
    let texts = paper.pages.iter().flat_map(|page| page.texts().map(move |text| (page, text)));
    texts.filter(move |(_, text)| text.align == Align::Right && (text.x - edge).abs() < 0.05)
}

fn right_edge() -> f32 {
    Sheet::A4.width - Sheet::A4.side
}

fn assert_the_edge(case: &Case, paper: &Paper) {
    let black = set_right(paper, right_edge()).filter(|(_, text)| text.ink == Ink::BLACK);
    let shown: Vec<&str> = black.map(|(_, text)| text.text.as_str()).collect();
    assert_eq!(shown, case.at_the_edge(), "{}", case.context);
}

/// Each line's number stands once, and beside it the line's discount and amount.
fn assert_the_lines(case: &Case, paper: &Paper) {
    let title = |key: &str| locale::tr(case.lang, key, &[]);
    let head = |key: &str| {
        let title = title(key);
        paper.pages[0].texts().find(|text| text.text == title && text.align == Align::Right).map(|text| text.x)
    };
    let numbers = head("form.column.number").unwrap();
    let discounts = head("form.column.discount");
    let rows: Vec<(&Page, &Text)> = set_right(paper, numbers).filter(|(_, text)| text.ink == Ink::BLACK).collect();
    assert_eq!(rows.len(), case.totals.lines.len(), "{}", case.context);
    for (at, ((page, number), line)) in rows.into_iter().zip(&case.totals.lines).enumerate() {
        assert_eq!(number.text, (at + 1).to_string());
        let beside = |edge: f32| {
            let row = page.texts().filter(|text| (text.y - number.y).abs() < 0.05);
            let cell = row.filter(|text| (text.x - edge).abs() < 0.05 && text.align == Align::Right);
            cell.map(|text| text.text.as_str()).collect::<String>()
        };
        assert_eq!(beside(right_edge()), case.plain(case.amount(line)), "line {at}; {}", case.context);
        let discount = if line.discount.is_zero() { "—".to_owned() } else { case.plain(line.discount) };
        if let Some(edge) = discounts {
            assert_eq!(beside(edge), discount, "line {at}; {}", case.context);
        } else {
            assert!(line.discount.is_zero(), "{}", case.context);
        }
    }
}

/// Under the heading of each column of the tax by rate stand its figures.
fn assert_the_taxes(case: &Case, paper: &Paper) {
    let last = paper.pages.last().unwrap();
    if case.totals.taxes.is_empty() {
        return;
    }
    let title = locale::tr(case.lang, "form.tax.rate", &[]);
    let rate = last.texts().filter(|text| text.align == Align::Left && title.ends_with(&text.text)).last().unwrap();
    let beside = last.texts().filter(|text| text.y == rate.y && text.align == Align::Right && text.ink != Ink::BLACK);
    let heads: Vec<&Text> = beside.collect();
    assert_eq!(heads.len(), 3, "{}", case.context);
    for (column, head) in heads.into_iter().enumerate() {
        let under = last.texts().filter(|text| text.align == Align::Right && (text.x - head.x).abs() < 0.05);
        let shown: Vec<&str> = under.filter(|text| text.y > head.y).map(|text| text.text.as_str()).collect();
        let wanted: Vec<String> = case.rates().into_iter().map(|row| row[column].clone()).collect();
        assert_eq!(shown, wanted, "{}; {}", head.text, case.context);
    }
}

/// What is carried over a page end is the sum of the lines above it, on both sides of the end.
fn assert_the_carried_sums(case: &Case, paper: &Paper) {
    let mut lines = case.amounts().into_iter();
    let mut sum = Money::zero(case.document.currency);
    let words = ["form.carried", "form.brought"].map(|key| locale::tr(case.lang, key, &[]));
    for (page, text) in set_right(paper, right_edge()) {
        let row: Vec<&str> = page
            .texts()
            .filter(|other| other.y == text.y && other.x != text.x)
            .map(|other| other.text.as_str())
            .collect();
        if row.iter().any(|other| words.iter().any(|words| words == other)) {
            assert_eq!(text.text, case.plain(sum), "{}", case.context);
        } else if text.ink == Ink::BLACK {
            sum = sum.checked_add(lines.next().unwrap_or(Money::zero(case.document.currency))).unwrap();
        }
    }
}

/// A receipt shows each line's amount and the sums in their order at its right edge.
fn assert_the_receipt(case: &Case) {
    let printed = receipt_form::draw(&receipt(case.content.clone(), case.lang)).unwrap();
    let page = &printed.paper.pages[0];
    let mut shown = page.texts().filter(|text| text.align == Align::Right).map(|text| text.text.as_str());
    let money = |amount: Money| locale::amount(case.lang, amount);
    let lines = case.amounts().into_iter().map(|amount| case.plain(amount));
    let sums = (!case.totals.taxes.is_empty()).then(|| [money(case.totals.net), money(case.totals.tax)]);
    for figure in lines.chain(sums.into_iter().flatten()).chain([money(case.totals.gross)]) {
        assert!(shown.any(|text| text == figure), "{figure} in its turn; {}", case.context);
    }
}

fn check(seed: u64, count: usize) {
    let mut random = Random(seed);
    for number in 0..count {
        let case = Case::new(seed, number, &mut random);
        let paper = case.printed(number).paper;
        assert_the_edge(&case, &paper);
        assert_the_lines(&case, &paper);
        assert_the_taxes(&case, &paper);
        assert_the_carried_sums(&case, &paper);
        if number.is_multiple_of(10) {
            assert_the_receipt(&case);
        }
    }
}

#[test]
fn the_page_model_shows_exactly_the_totals_of_random_documents_at_their_places() {
    let seed = seed();
    println!("PATVER_TEST_SEED={seed}");
    let workers = thread::available_parallelism().unwrap().get();
    thread::scope(|scope| {
        for worker in 0..workers {
            scope.spawn(move || check(seed.wrapping_add(worker as u64), documents_to_check().div_ceil(workers)));
        }
    });
}

/// The PDF's text as its reader gives it, line by line as it stands on paper.
fn assert_the_text(case: &Case, number: usize, dir: &Path) {
    std::fs::write(dir.join("document.pdf"), case.printed(number).pdf().unwrap()).unwrap();
    let args = ["-layout", "-enc", "UTF-8", "document.pdf", "-"];
    let text = run("poppler-utils", "pdftotext", &args, dir);
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split([' ', '\u{c}']).filter(|word| !word.is_empty()).collect()).collect();
    for (at, amount) in case.amounts().into_iter().enumerate() {
        let (number, amount) = ((at + 1).to_string(), case.plain(amount));
        let row = |line: &&Vec<&str>| line.first() == Some(&number.as_str()) && line.last() == Some(&amount.as_str());
        assert!(lines.iter().any(|line| row(&line)), "line {number} {amount} in:\n{text}\n{}", case.context);
    }
    let mut ends = lines.iter().map(|line| line.join(" "));
    for figure in case.at_the_edge().into_iter().skip(case.totals.lines.len()) {
        assert!(ends.any(|line| line.ends_with(&figure)), "{figure} in its turn in:\n{text}\n{}", case.context);
    }
    let words = crate::forms_support::words(&text);
    for row in case.rates().into_iter().filter(|_| !case.totals.taxes.is_empty()) {
        assert!(words.contains(&row.join(" ")), "{row:?} in:\n{text}\n{}", case.context);
    }
}

#[test]
fn the_text_of_the_pdf_shows_the_same_totals() {
    let seed = seed();
    println!("PATVER_TEST_SEED={seed}");
    let dir = tempfile::tempdir().unwrap();
    let mut random = Random(seed);
    for number in 0..documents_to_check() / 500 {
        let case = Case::new(seed, number, &mut random);
        assert_the_text(&case, number, dir.path());
    }
}
