//! Barcodes as rectangles: Code 128, EAN-13 and QR, each with the quiet zone that scanners need.
//! Knows no printer and no page.

use barcoders::sym::code128::Code128;
use barcoders::sym::ean13::EAN13;
use qrcode::{Color, EcLevel, QrCode};

use crate::base::error::{Error, Result};

use super::block::Block;
use super::page::{Bars, Item};

/// The narrowest bar in points: four dots of a 300 dpi printer, 0.34 mm.
pub const MODULE: f32 = 0.96;

/// Empty modules on each side of a bar code, and around a QR code.
const QUIET_128: f32 = 10.0;
const QUIET_EAN: f32 = 11.0;
const QUIET_QR: f32 = 4.0;

/// Code 128 of printable ASCII; height and narrowest bar in points. `Rejected` if the text is empty or has other characters.
pub fn code128(text: &str, module: f32, height: f32) -> Result<Block> {
    let refused = || Error::rejected("error.barcode_text").arg("text", text);
    if text.is_empty() || !text.chars().all(|c| (' '..='~').contains(&c)) {
        return Err(refused());
    }
    let modules = Code128::new(with_sets(text)).map_err(|_| refused())?.encode();
    Ok(bars(text, &modules, (module, height), QUIET_128))
}

/// EAN-13 of 12 digits, or 13 with a right check digit; `Rejected` otherwise.
pub fn ean13(digits: &str, module: f32, height: f32) -> Result<Block> {
    let refused = || Error::rejected("error.barcode_digits").arg("text", digits);
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(refused());
    }
    let modules = EAN13::new(digits).map_err(|_| refused())?.encode();
    Ok(bars(digits, &modules, (module, height), QUIET_EAN))
}

/// A QR code of any text, as wide and as high as `size` points with its quiet zone; `Rejected` if the text is too long.
pub fn qr(text: &str, size: f32) -> Result<Block> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .map_err(|_| Error::rejected("error.barcode_long"))?;
    let side = code.width();
    let module = size / (side as f32 + QUIET_QR * 2.0);
    let mut rects = Vec::new();
    for (row, colors) in code.to_colors().chunks(side.max(1)).enumerate() {
        let dark: Vec<u8> = colors.iter().map(|color| u8::from(*color == Color::Dark)).collect();
        let top = (row as f32 + QUIET_QR) * module;
        rects.extend(runs(&dark).map(|(start, length)| [(start + QUIET_QR) * module, top, length * module, module]));
    }
    let items = vec![Item::Bars(Bars { content: text.to_owned(), bars: rects })];
    Ok(Block { width: size, height: size, items })
}

/// The code with its last bar at its right edge, for a place where the page's margin is the quiet zone.
pub fn flush_right(mut code: Block) -> Block {
    let right = code.items.iter().flat_map(|item| if let Item::Bars(bars) = item { bars.bars.as_slice() } else { &[] });
    code.width = right.map(|[x, _, width, _]| x + width).fold(0.0, f32::max);
    code
}

fn bars(content: &str, modules: &[u8], (module, height): (f32, f32), quiet: f32) -> Block {
    let bars = runs(modules).map(|(start, length)| [(start + quiet) * module, 0.0, length * module, height]).collect();
    let width = (modules.len() as f32 + quiet * 2.0) * module;
    Block { width, height, items: vec![Item::Bars(Bars { content: content.to_owned(), bars })] }
}

/// Start and length of each run of dark modules.
fn runs(modules: &[u8]) -> impl Iterator<Item = (f32, f32)> + '_ {
    let mut at = 0usize;
    modules.chunk_by(|a, b| a == b).filter_map(move |run| {
        let start = at;
        at += run.len();
        run.first().filter(|module| **module == 1).map(|_| (start as f32, run.len() as f32))
    })
}

/// The text with its character sets: digits in pairs where four or more stand together, which makes the code shorter.
fn with_sets(text: &str) -> String {
    const SET_B: char = '\u{181}';
    const SET_C: char = '\u{106}';
    let mut coded = String::new();
    let mut set = None;
    let mut put = |wanted: char, part: &str| {
        if set != Some(wanted) && !part.is_empty() {
            coded.push(wanted);
            set = Some(wanted);
        }
        coded.push_str(part);
    };
    let chars: Vec<char> = text.chars().collect();
    for part in chars.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        let part: String = part.iter().collect();
        if part.len() < 4 || !part.starts_with(|c: char| c.is_ascii_digit()) {
            put(SET_B, &part);
            continue;
        }
        let (single, paired) = part.split_at(part.len() % 2);
        put(SET_B, single);
        put(SET_C, paired);
    }
    coded
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn long_digits_are_coded_in_pairs_and_a_short_number_is_not() {
        assert_eq!(with_sets("A-12"), "\u{181}A-12");
        assert_eq!(with_sets("INV-000123"), "\u{181}INV-\u{106}000123");
        assert_eq!(with_sets("1234567X"), "\u{181}1\u{106}234567\u{181}X");
    }

    #[test]
    fn bars_stay_inside_their_quiet_zone() {
        let block = code128("A-12", MODULE, 30.0).unwrap();
        let Item::Bars(bars) = &block.items[0] else { panic!("bars") };
        assert!(bars.bars.iter().all(|[x, _, w, _]| *x >= 9.59 && x + w <= block.width - 9.59));
    }

    #[test]
    fn what_cannot_be_coded_is_refused_by_name() {
        assert_eq!(code128("Պ-12", MODULE, 30.0).unwrap_err().key(), "error.barcode_text");
        assert_eq!(code128("", MODULE, 30.0).unwrap_err().key(), "error.barcode_text");
        assert_eq!(ean13("4850001234561", MODULE, 30.0).unwrap_err().key(), "error.barcode_digits");
        assert_eq!(ean13("48500012345６", MODULE, 30.0).unwrap_err().key(), "error.barcode_digits");
        assert_eq!(qr(&"x".repeat(5000), 100.0).unwrap_err().key(), "error.barcode_long");
    }
}
