//! The PDF itself, read by the tools that others will read it with.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::process::Command;

use crate::print_support::{ARMENIAN, ENGLISH, RUSSIAN, Words, invoice, logo, run};
use patver::print::pdf::{self, Info};
use patver::print::{Block, Flow, Paper, Picture, Roll, Sheet, Style};

fn write(paper: &Paper, dir: &Path, name: &str) -> Vec<u8> {
    let info =
        Info {
            title: "Հաշիվ A-000123".to_owned(), author: "«Արագած» ՍՊԸ".to_owned(), language: "hy".to_owned()
        };
    let bytes = pdf::write(paper, &info).unwrap();
    std::fs::write(dir.join(name), &bytes).unwrap();
    bytes
}

fn text_of(dir: &Path, name: &str) -> String {
    run("poppler-utils", "pdftotext", &["-layout", "-enc", "UTF-8", name, "-"], dir)
}

/// The text as one line of words: where a line breaks on paper is not what is compared.
fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_in_each_language_copies_out_unchanged_and_is_clean_and_small() {
    let dir = tempfile::tempdir().unwrap();
    for (name, page) in [("hy.pdf", &ARMENIAN), ("ru.pdf", &RUSSIAN), ("en.pdf", &ENGLISH)] {
        let paper = invoice(page, Some(&logo()));
        assert_eq!(paper.pages.len(), 1);
        assert_eq!(paper.missing_glyphs(), Vec::<char>::new());
        let bytes = write(&paper, dir.path(), name);
        assert!(bytes.len() < 100_000, "{name} has {} bytes", bytes.len());
        let check = run("qpdf", "qpdf", &["--check", name], dir.path());
        assert!(check.contains("No syntax or stream encoding errors"), "{check}");
        every_line_of_the_model_is_found(&paper, dir.path(), name);
        the_words_are_found(page, dir.path(), name);
    }
}

fn every_line_of_the_model_is_found(paper: &Paper, dir: &Path, name: &str) {
    let text = words(&text_of(dir, name));
    for line in paper.texts() {
        assert!(text.contains(&words(line)), "{name} lacks {line:?} in:\n{text}");
    }
}

fn the_words_are_found(page: &Words, dir: &Path, name: &str) {
    let text = run("poppler-utils", "pdftotext", &["-raw", "-enc", "UTF-8", name, "-"], dir);
    for wanted in [page.seller.1, page.buyer.1, page.spelled, page.sums[2].1, page.rows[0][6]] {
        assert!(words(&text).contains(&words(wanted)), "{name} lacks {wanted:?} in:\n{text}");
    }
}

#[test]
fn a_no_break_space_in_a_number_stays_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut flow = Flow::new(Sheet::A4);
    flow.text("11\u{a0}930,00\u{a0}֏ և 1\u{202f}000 и 5\u{a0}000\u{a0}₽ − ok", Style::BODY);
    write(&flow.finish(), dir.path(), "nbsp.pdf");
    let text = text_of(dir.path(), "nbsp.pdf");
    assert!(text.contains("11\u{a0}930,00\u{a0}֏ և 1\u{202f}000 и 5\u{a0}000\u{a0}₽ − ok"), "{text:?}");
}

#[test]
fn fonts_are_embedded_as_subsets_with_their_unicode() {
    let dir = tempfile::tempdir().unwrap();
    write(&invoice(&ARMENIAN, None), dir.path(), "a.pdf");
    let fonts = run("poppler-utils", "pdffonts", &["a.pdf"], dir.path());
    let lines: Vec<Vec<&str>> = fonts.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
    assert!(lines.len() >= 4, "{fonts}");
    for line in lines {
        let end = line.len() - 5;
        assert_eq!(line[end..end + 3], ["yes", "yes", "yes"], "{fonts}");
        assert!(line[0].as_bytes()[..6].iter().all(u8::is_ascii_uppercase) && line[0].as_bytes()[6] == b'+', "{fonts}");
    }
}

#[test]
fn the_title_the_author_and_the_language_are_told_and_no_date_is() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = write(&invoice(&ARMENIAN, None), dir.path(), "a.pdf");
    let info = run("poppler-utils", "pdfinfo", &["a.pdf"], dir.path());
    assert!(info.contains("Հաշիվ A-000123") && info.contains("«Արագած» ՍՊԸ"), "{info}");
    assert!(!info.contains("Date"), "{info}");
    assert!(bytes.windows(9).any(|part| part == b"/Lang(hy)"));
}

#[test]
fn a_character_that_no_typeface_has_is_named_and_leaves_a_visible_mark() {
    let dir = tempfile::tempdir().unwrap();
    let mut flow = Flow::new(Sheet::A4);
    flow.text("Թեյ 茶 չինական", Style::BODY);
    let paper = flow.finish();
    assert_eq!(paper.missing_glyphs(), ['茶']);
    write(&paper, dir.path(), "a.pdf");
    assert!(text_of(dir.path(), "a.pdf").contains("Թեյ \u{fffd} չինական"));
}

/// Another process writes the same paper when this names a file for it.
const OTHER_PROCESS: &str = "PATVER_TEST_PRINT_TO";

#[test]
fn the_same_paper_is_the_same_bytes_again_and_in_another_process() {
    let papers = || [invoice(&ARMENIAN, Some(&logo())), crate::print_support::long(120)];
    let bytes = || papers().iter().flat_map(|paper| pdf::write(paper, &Info::default()).unwrap()).collect::<Vec<u8>>();
    if let Some(path) = std::env::var_os(OTHER_PROCESS) {
        std::fs::write(path, bytes()).unwrap();
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other");
    let this = "pdf::the_same_paper_is_the_same_bytes_again_and_in_another_process";
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", this])
        .env(OTHER_PROCESS, &path)
        .env("TZ", "Pacific/Auckland")
        .env("LANG", "ru_RU.UTF-8")
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    let first = bytes();
    assert_eq!(first, bytes(), "the second time in this process");
    assert_eq!(first, std::fs::read(path).unwrap(), "in another process");
}

#[test]
fn a_different_paper_has_a_different_id() {
    let id = |words: &str| {
        let mut flow = Flow::new(Sheet::A4);
        flow.text(words, Style::BODY);
        let bytes = pdf::write(&flow.finish(), &Info::default()).unwrap();
        let at = bytes.windows(4).rposition(|part| part == b"/ID[").unwrap();
        bytes[at..at + 40].to_vec()
    };
    assert_eq!(id("one"), id("one"));
    assert_ne!(id("one"), id("neo"));
}

#[test]
fn a_receipt_is_80_mm_wide_and_as_long_as_its_text() {
    let dir = tempfile::tempdir().unwrap();
    let receipt = |lines: usize| {
        let mut roll = Roll::new();
        roll.put(Block::spread(("Ընդամենը", Style::HEADING), ("11\u{a0}930 ֏", Style::HEADING), roll.width()));
        roll.text(&"Շնորհակալություն\n".repeat(lines), Style::BODY);
        roll.finish()
    };
    let (short, tall) = (receipt(2), receipt(40));
    assert_eq!(short.pages.len(), 1);
    assert!(tall.pages[0].height > short.pages[0].height + 38.0 * Style::BODY.leading() - 1.0);
    write(&tall, dir.path(), "a.pdf");
    let info = run("poppler-utils", "pdfinfo", &["a.pdf"], dir.path());
    assert!(info.contains("226.77 x"), "{info}");
    every_line_of_the_model_is_found(&tall, dir.path(), "a.pdf");
}

#[test]
fn a_photograph_and_a_drawing_come_out_of_the_pdf_as_they_went_in() {
    let dir = tempfile::tempdir().unwrap();
    let photo = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([(x * 4) as u8, (y * 6) as u8, 120]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    photo.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let mut flow = Flow::new(Sheet::A4);
    flow.put(Block::picture(&Picture::read(&jpeg.into_inner()).unwrap(), 45.0, 45.0));
    flow.put(Block::picture(&logo(), 120.0, 42.0));
    flow.put(Block::picture(&logo(), 120.0, 42.0));
    write(&flow.finish(), dir.path(), "a.pdf");
    run("qpdf", "qpdf", &["--check", "a.pdf"], dir.path());
    let list = run("poppler-utils", "pdfimages", &["-list", "a.pdf"], dir.path());
    assert!(list.contains("jpeg"), "{list}");
    run("poppler-utils", "pdfimages", &["-png", "a.pdf", "i"], dir.path());
    let drawing = image::open(dir.path().join("i-001.png")).unwrap().to_rgb8();
    assert_eq!((drawing.dimensions(), drawing.get_pixel(42, 42).0), ((240, 84), [20, 90, 140]));
    let back = image::open(dir.path().join("i-000.png")).unwrap().to_rgb8();
    assert!(back.pixels().zip(photo.pixels()).all(|(a, b)| a.0.iter().zip(b.0).all(|(a, b)| a.abs_diff(b) < 24)));
}
