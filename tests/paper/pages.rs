//! Where pages end: no row lost, doubled or split, sums carried over, what belongs together kept together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

use crate::print_support::{fixed, long, money, run};
use patver::print::pdf::{self, Info};
use patver::print::{Align, Block, Carry, Cell, Column, Flow, Item, Page, Paper, Row, Sheet, Style, Table, Tone};
use proptest::prelude::*;

/// Nothing on any page leaves its margins or meets the foot.
fn nothing_leaves_the_page(paper: &Paper) {
    for (at, page) in paper.pages.iter().enumerate() {
        for text in page.texts() {
            let right = text.left() + patver::print::font::width(&text.text, text.size, text.weight);
            assert!(text.left() >= Sheet::A4.side - 0.1, "page {}: {text:?}", at + 1);
            assert!(right <= Sheet::A4.width - Sheet::A4.side + 0.1, "page {}: {text:?}", at + 1);
            assert!(text.y <= Sheet::A4.height - Sheet::A4.bottom, "page {}: {text:?}", at + 1);
        }
    }
}

fn words(page: &Page) -> Vec<&str> {
    page.texts().map(|text| text.text.as_str()).collect()
}

/// The numbers in the first column.
fn numbers(page: &Page) -> Vec<usize> {
    let left = page.texts().filter(|text| text.align == Align::Right && text.x < Sheet::A4.side + 40.0);
    left.filter_map(|text| text.text.parse().ok()).collect()
}

/// The figure in the row whose first cell says this.
fn figure_beside(page: &Page, label: &str) -> String {
    let label = page.texts().find(|text| text.text == label).unwrap_or_else(|| panic!("{label} in {:?}", words(page)));
    let beside = page.texts().find(|text| text.y == label.y && text.text != label.text).unwrap();
    beside.text.clone()
}

#[test]
fn five_hundred_rows_stand_once_each_in_order_with_carried_sums() {
    let paper = long(500);
    let pages = paper.pages.len();
    assert!(pages > 8);
    let all: Vec<usize> = paper.pages.iter().flat_map(numbers).collect();
    assert_eq!(all, (1..=500).collect::<Vec<_>>());
    let mut above = 0;
    for (at, page) in paper.pages.iter().enumerate() {
        assert!(words(page).contains(&"Amount"), "the heading stands on page {}", at + 1);
        assert!(words(page).contains(&format!("Page {} of {pages}", at + 1).as_str()));
        assert_eq!(words(page).contains(&"List 7, continued"), at > 0);
        if at > 0 {
            assert_eq!(figure_beside(page, "Brought forward"), money((1..=above).sum()));
        }
        above += numbers(page).len();
        if at + 1 < pages {
            assert_eq!(figure_beside(page, "Carried forward"), money((1..=above).sum()));
        } else {
            assert!(!words(page).contains(&"Carried forward"));
        }
    }
    assert_eq!(figure_beside(paper.pages.last().unwrap(), "Total"), money((1..=500).sum()));
    nothing_leaves_the_page(&paper);
}

#[test]
fn the_same_rows_are_found_in_the_text_of_the_pdf() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.pdf"), pdf::write(&long(500), &Info::default()).unwrap()).unwrap();
    run("qpdf", "qpdf", &["--check", "a.pdf"], dir.path());
    let text = run("poppler-utils", "pdftotext", &["-layout", "-enc", "UTF-8", "a.pdf", "-"], dir.path());
    let numbers: Vec<usize> = text
        .lines()
        .filter(|line| line.contains("Item ") || line.contains("Անուն "))
        .filter_map(|line| line.split_whitespace().next()?.parse().ok())
        .collect();
    assert_eq!(numbers, (1..=500).collect::<Vec<_>>());
    assert!(text.contains(&money((1..=500).sum())));
}

#[test]
fn whatever_the_number_of_rows_the_total_never_stands_without_a_row() {
    for rows in 1..=90 {
        let paper = long(rows);
        let last = paper.pages.last().unwrap();
        assert_eq!(numbers(last).last(), Some(&rows), "{rows} rows");
        assert!(words(last).contains(&"Total"), "{rows} rows");
        let all: Vec<usize> = paper.pages.iter().flat_map(numbers).collect();
        assert_eq!(all, (1..=rows).collect::<Vec<_>>());
        nothing_leaves_the_page(&paper);
    }
}

#[test]
fn a_table_that_begins_at_the_end_of_a_page_takes_its_heading_to_the_next() {
    let mut flow = Flow::new(Sheet::A4);
    flow.foot("", |page, pages| format!("{page}/{pages}"));
    flow.put(Block::space(Sheet::A4.height - Sheet::A4.top - Sheet::A4.bottom - 60.0));
    let rows = (1..=3).map(|n| Row::new([n.to_string()])).collect();
    flow.table(&Table { columns: vec![Column::words("Heading", 1.0)], rows, ..Table::default() });
    let paper = flow.finish();
    assert_eq!(words(&paper.pages[0]), ["1/2"]);
    assert_eq!(words(&paper.pages[1]), ["Heading", "1", "2", "3", "2/2"]);
}

#[test]
fn a_row_higher_than_a_page_is_cut_between_lines_and_loses_none() {
    let lines: Vec<String> = (1..=150).map(|n| format!("line {n}")).collect();
    let mut flow = Flow::new(Sheet::A4);
    let carried = |above: usize| Row::new([format!("sum of {above}"), String::new()]).tone(Tone::Carried);
    let table = Table {
        columns: vec![fixed("Key", 60.0), Column::words("Text", 1.0)],
        rows: vec![Row::new(["first", "x"]), Row::new(["second", lines.join("\n").as_str()]), Row::new(["third", "y"])],
        carry: Some(Carry { forward: Box::new(carried), brought: Box::new(carried) }),
        tail: None,
    };
    flow.table(&table);
    let paper = flow.finish();
    assert!(paper.pages.len() >= 3);
    let found: Vec<&str> = paper.texts().filter(|text| text.starts_with("line ")).collect();
    assert_eq!(found, lines);
    let sums: Vec<&str> = paper.texts().filter(|text| text.starts_with("sum of ")).collect();
    assert!(sums.iter().all(|sum| *sum == "sum of 1" || *sum == "sum of 2"), "{sums:?}");
    assert!(words(paper.pages.last().unwrap()).contains(&"third"));
    nothing_leaves_the_page(&paper);
}

#[test]
fn blocks_that_belong_together_move_to_the_next_page_together() {
    let mut flow = Flow::new(Sheet::A4);
    flow.put(Block::space(700.0));
    flow.keep([Block::text("one\n".repeat(5).trim(), Style::BODY, 100.0), Block::text("two", Style::BODY, 100.0)], 4.0);
    let paper = flow.finish();
    assert!(paper.pages[0].items.is_empty());
    assert_eq!(words(&paper.pages[1]), ["one", "one", "one", "one", "one", "two"]);
}

#[test]
fn a_long_text_goes_on_over_pages_and_keeps_every_word() {
    let text: Vec<String> = (1..=3000).map(|n| format!("բառ{n}")).collect();
    let mut flow = Flow::new(Sheet::A4);
    flow.foot("", |_, _| "foot".to_owned());
    flow.text(&text.join(" "), Style::BODY);
    let paper = flow.finish();
    assert!(paper.pages.len() > 2);
    let found: Vec<&str> = paper.texts().filter(|line| *line != "foot").flat_map(|line| line.split(' ')).collect();
    assert_eq!(found, text);
    nothing_leaves_the_page(&paper);
}

#[test]
fn a_table_without_rows_prints_its_heading_and_its_tail() {
    let mut flow = Flow::new(Sheet::A4);
    let tail = Some(Block::text("Nothing", Style::BODY, 100.0));
    flow.table(&Table { columns: vec![Column::words("Heading", 1.0)], tail, ..Table::default() });
    assert_eq!(flow.finish().texts().collect::<Vec<_>>(), ["Heading", "Nothing"]);
}

#[test]
fn figures_of_any_length_stay_inside_the_page() {
    for digits in [6, 12, 18, 30, 60] {
        let figure = "9".repeat(digits);
        let mut flow = Flow::new(Sheet::A4);
        let columns = vec![
            Column::words("Name", 1.0),
            Column::figures("Price"),
            Column::figures("Tax"),
            Column::figures("Amount"),
        ];
        let rows = vec![Row::new(["A name that may wrap", &figure, &figure, &figure])];
        flow.table(&Table { columns, rows, ..Table::default() });
        let paper = flow.finish();
        nothing_leaves_the_page(&paper);
        let printed: String = paper.texts().filter(|text| text.starts_with('9')).collect();
        assert_eq!(printed.len(), digits * 3);
        assert!(paper.pages[0].items.iter().any(|item| matches!(item, Item::Line(_))));
    }
}

/// Rows of these numbers of lines, under a first block and with a tail of these heights.
fn ragged(lines: &[usize], first: f32, tail: f32) -> Paper {
    let mut flow = Flow::new(Sheet::A4);
    flow.foot("Foot", |page, pages| format!("{page}/{pages}"));
    flow.put(Block::space(first));
    let carried = |above: usize| Row::new([Cell::from("Sum of rows above").over(2), Cell::from(above.to_string())]);
    let row = |(at, lines): (usize, &usize)| {
        let text: Vec<String> = (0..*lines).map(|line| format!("r{at}l{line}")).collect();
        Row::new([at.to_string(), text.join("\n"), String::new()])
    };
    flow.table(&Table {
        columns: vec![Column::figures("No."), Column::words("Text", 1.0), Column::figures("Sum")],
        rows: lines.iter().enumerate().map(row).collect(),
        carry: Some(Carry { forward: Box::new(carried), brought: Box::new(carried) }),
        tail: Some(Block::stack([Block::text("Tail", Style::BODY, 100.0), Block::space(tail)], 0.0)),
    });
    flow.finish()
}

/// Each page but the last ends with the sum that the next begins with, and it counts the rows finished so far.
fn sums_are_carried(paper: &Paper, lines: &[usize]) {
    let mut carried: Option<usize> = None;
    let mut finished = 0;
    for page in &paper.pages {
        let texts: Vec<_> = page.texts().collect();
        let sums: Vec<usize> = texts
            .iter()
            .filter(|text| text.text == "Sum of rows above")
            .map(|label| texts.iter().find(|t| t.y == label.y && t.text != label.text).unwrap().text.parse().unwrap())
            .collect();
        let last_lines = texts.iter().filter_map(|text| text.text.strip_prefix('r')?.split_once('l'));
        let done =
            last_lines.filter(|(row, line)| lines[row.parse::<usize>().unwrap()] == line.parse::<usize>().unwrap() + 1);
        finished += done.count();
        let brought = usize::from(carried.is_some());
        if let Some(carried) = carried {
            assert_eq!(sums.first(), Some(&carried));
        }
        carried = sums.get(brought).copied();
        if let Some(carried) = carried {
            assert_eq!(carried, finished);
        }
    }
    assert_eq!(carried, None, "nothing is carried from the last page");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn rows_of_any_height_stand_once_in_order_inside_the_page_with_carried_sums(
        lines in proptest::collection::vec(prop_oneof![8 => 1usize..5, 1 => 20usize..140], 1..60),
        first in 0f32..760.0,
        tail in 0f32..900.0,
    ) {
        let paper = ragged(&lines, first, tail);
        nothing_leaves_the_page(&paper);
        let wanted: Vec<String> = lines.iter().enumerate().flat_map(|(at, n)| (0..*n).map(move |l| format!("r{at}l{l}"))).collect();
        let found: Vec<&str> = paper.texts().filter(|text| text.starts_with('r')).collect();
        prop_assert_eq!(found, wanted);
        prop_assert_eq!(paper.texts().filter(|text| *text == "Tail").count(), 1);
        sums_are_carried(&paper, &lines);
    }
}

#[test]
fn a_row_higher_than_a_page_does_not_begin_in_a_sliver_at_the_end_of_one() {
    for first in [680.0, 700.0, 728.0, 740.0, 759.0] {
        nothing_leaves_the_page(&ragged(&[59], first, 0.0));
    }
}
