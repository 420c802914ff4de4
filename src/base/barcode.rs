//! Barcodes as a scanner reads them: check digits where the length tells there is one, and the spellings of one number.

use crate::base::error::{Error, Result};
use crate::base::text;

/// The longest barcode, in characters: more than any linear code in a shop.
const LONGEST: usize = 80;

/// A barcode as it is kept. Rejected when it is empty, too long, or its check digit is wrong.
///
/// Eight, twelve, thirteen and fourteen digits are GTINs and must check; anything else is the shop's own text.
pub fn read(typed: &str) -> Result<String> {
    let line = text::clean_line(typed)?;
    let bare: String = text::ascii_digits(&line).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    if !number {
        return own_text(line);
    }
    if !matches!(bare.len(), 8 | 12 | 13 | 14) {
        return own_text(bare);
    }
    let (body, given) = bare.split_at(bare.len().saturating_sub(1));
    let expected = check_digit(body);
    if given == expected.to_string() || (bare.len() == 8 && checks_as_upc_e(&bare)) {
        return Ok(bare);
    }
    Err(Error::rejected("error.barcode_check").arg("text", &bare).arg("expected", expected))
}

fn own_text(text: String) -> Result<String> {
    if text.is_empty() {
        return Err(Error::rejected("error.barcode_empty"));
    }
    text::short_enough(text, LONGEST)
}

/// The code without the three signs by which some scanners tell its kind, such as `]E0` (ISO/IEC 15424).
pub fn without_symbology(scanned: &str) -> &str {
    let mut signs = scanned.chars();
    let kind = (signs.next(), signs.next(), signs.next());
    match kind {
        (Some(']'), Some(letter), Some(digit)) if letter.is_ascii_alphabetic() && digit.is_ascii_alphanumeric() => {
            signs.as_str()
        }
        _ => scanned,
    }
}

/// Whether this is a GTIN as a scanner gives it: its length has a check digit, and it is right.
pub fn checks(scanned: &str) -> bool {
    matches!(scanned.len(), 8 | 12 | 13 | 14)
        && scanned.bytes().all(|byte| byte.is_ascii_digit())
        && read(scanned).is_ok()
}

/// A number of twelve digits, or seven, eleven, thirteen, with the digit that makes it a GTIN.
pub fn with_check_digit(body: &str) -> String {
    format!("{body}{}", check_digit(body))
}

/// The digit that ends a GTIN: weights 3 and 1 from the right, up to the next ten.
fn check_digit(body: &str) -> u32 {
    let digits = body.chars().rev().filter_map(|c| c.to_digit(10));
    let weighted = digits.zip([3, 1].into_iter().cycle()).map(|(digit, weight)| digit.saturating_mul(weight));
    let sum: u32 = weighted.fold(0, u32::saturating_add);
    sum.next_multiple_of(10).saturating_sub(sum)
}

fn checks_as_upc_e(bare: &str) -> bool {
    upc_a_of(bare).is_some_and(|long| {
        let (body, given) = long.split_at(11);
        given == check_digit(body).to_string()
    })
}

/// The twelve digits that an eight-digit UPC-E is short for.
fn upc_a_of(short: &str) -> Option<String> {
    let system = short.get(..1).filter(|system| matches!(*system, "0" | "1"))?;
    let (six, check) = (short.get(1..7)?, short.get(7..8)?);
    let (maker, last) = (six.get(..5)?, six.get(5..6)?);
    let middle = match last {
        "0" | "1" | "2" => format!("{}{last}0000{}", maker.get(..2)?, maker.get(2..)?),
        "3" => format!("{}00000{}", maker.get(..3)?, maker.get(3..)?),
        "4" => format!("{}00000{}", maker.get(..4)?, maker.get(4..)?),
        _ => format!("{maker}0000{last}"),
    };
    Some(format!("{system}{middle}{check}"))
}

/// The three spellings under which one number may be kept: as read, and with or without leading zeros.
///
/// A scanner may give a UPC-A as twelve digits or as thirteen; both must find the same item.
pub fn spellings(scanned: &str) -> [String; 3] {
    let bare: String = text::ascii_digits(scanned.trim()).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let number = bare.bytes().all(|byte| byte.is_ascii_digit());
    if !number || !matches!(bare.len(), 12..=14) {
        let own = if number && !bare.is_empty() { bare } else { text::clean_line(scanned).unwrap_or_default() };
        return [own.clone(), own.clone(), own];
    }
    let long = format!("{bare:0>14}");
    let shorter = |zeros: usize| long.get(zeros..).filter(|_| long.bytes().take(zeros).all(|byte| byte == b'0'));
    [long.clone(), shorter(1).unwrap_or(&bare).to_owned(), shorter(2).unwrap_or(&bare).to_owned()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_verified_where_the_length_says_there_is_one() {
        for good in ["4006381333931", "96385074", "036000291452", "14006381333938", "04252614", "01234565"] {
            assert_eq!(read(good).unwrap(), good);
        }
        for (bad, expected) in [("4006381333932", "1"), ("96385073", "4"), ("036000291453", "2")] {
            let error = read(bad).unwrap_err();
            assert_eq!(error.key(), "error.barcode_check");
            let Error::Rejected(problem) = error else { panic!("{bad}") };
            assert!(problem.args.contains(&("expected", expected.to_owned())), "{bad}");
        }
    }

    #[test]
    fn other_codes_are_the_shops_own_text() {
        for own in ["A-17/б", "123", "1234567890", "ՀԱՑ-1"] {
            assert_eq!(read(own).unwrap(), own);
        }
        assert_eq!(read(" 4006381 333931 ").unwrap(), "4006381333931");
        assert_eq!(read("  ").unwrap_err().key(), "error.barcode_empty");
        assert_eq!(read(&"x".repeat(81)).unwrap_err().key(), "error.text_too_long");
    }

    #[test]
    fn one_number_is_found_however_many_zeros_the_scanner_gives() {
        for scanned in ["036000291452", "0036000291452", "00036000291452"] {
            let spellings = spellings(scanned);
            for kept in ["036000291452", "0036000291452", "00036000291452"] {
                assert!(spellings.contains(&kept.to_owned()), "{scanned} {kept}");
            }
        }
        assert_eq!(spellings("4006381333931"), ["04006381333931", "4006381333931", "4006381333931"]);
        assert_eq!(spellings("A-1"), ["A-1", "A-1", "A-1"]);
        assert_eq!(spellings("96385074")[0], "96385074");
    }
}
