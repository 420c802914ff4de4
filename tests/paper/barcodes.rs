//! Barcodes from paper, read back by a scanner program from a 200 dpi render.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

use crate::print_support::{ARMENIAN, invoice, run};
use patver::print::barcode::{self, MODULE};
use patver::print::pdf::{self, Info};
use patver::print::{Block, Flow, Paper, Roll, Sheet};

fn scanned(paper: &Paper) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.pdf"), pdf::write(paper, &Info::default()).unwrap()).unwrap();
    run("poppler-utils", "pdftoppm", &["-r", "200", "-png", "a.pdf", "p"], dir.path());
    let mut codes = Vec::new();
    for page in std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()) {
        if page.extension().is_some_and(|e| e == "png") {
            let text = run("zbar-tools", "zbarimg", &["-q", page.to_str().unwrap()], dir.path());
            codes.extend(text.lines().map(str::to_owned));
        }
    }
    codes.sort();
    codes
}

fn sheet(code: Block) -> Paper {
    let mut flow = Flow::new(Sheet::A4);
    flow.put(code);
    flow.finish()
}

#[test]
fn code_128_is_read_back_whatever_its_characters() {
    for text in ["A-12", "INV-2026-000123", "0000123456789", "7", "a b~{}|^!\"#$%&'()*+,/:;<=>?@", "12AB3456cd78901"] {
        let paper = sheet(barcode::code128(text, MODULE, 30.0).unwrap());
        assert_eq!(scanned(&paper), [format!("CODE-128:{text}")]);
    }
}

#[test]
fn ean_13_is_read_back_with_its_check_digit() {
    assert_eq!(scanned(&sheet(barcode::ean13("4850001234562", MODULE, 50.0).unwrap())), ["EAN-13:4850001234562"]);
    assert_eq!(scanned(&sheet(barcode::ean13("485000123456", MODULE, 50.0).unwrap())), ["EAN-13:4850001234562"]);
}

#[test]
fn qr_is_read_back_small_and_large_and_in_armenian() {
    for (text, size) in
        [("A-12", 60.0), ("https://example.am/orders/000123?sum=425250.00", 78.0), ("Պատվեր № 123", 78.0)]
    {
        assert_eq!(scanned(&sheet(barcode::qr(text, size).unwrap())), [format!("QR-Code:{text}")]);
    }
}

#[test]
fn a_full_page_gives_back_its_number_and_its_qr() {
    let found = scanned(&invoice(&ARMENIAN, Some(&crate::print_support::logo())));
    assert_eq!(found, ["CODE-128:A-000123", "QR-Code:patver:invoice:A-000123:425250.00"]);
}

#[test]
fn a_receipt_gives_back_its_number() {
    let mut roll = Roll::new();
    let width = roll.width();
    roll.put(barcode::code128("R-000045", MODULE, 34.0).unwrap().aligned(patver::print::Align::Centre, width));
    assert_eq!(scanned(&roll.finish()), ["CODE-128:R-000045"]);
}
