//! Codes that carry more than a number: GS1 element strings, by the General Specifications, sections 3 and 7.

use crate::base::barcode;
use crate::base::date::Date;
use crate::base::quantity::Quantity;

/// What ends an element of open length; a scanner gives it for FNC1.
const SEPARATOR: char = '\u{1d}';

/// What a label says about the thing it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The number of the item, fourteen digits with a right check digit (01).
    pub gtin: String,
    /// Its lot (10).
    pub lot: Option<String>,
    /// The day it was made (11).
    pub made: Option<Date>,
    /// The last day it is at its best (15).
    pub best_before: Option<Date>,
    /// The last day it may be used (17).
    pub expires: Option<Date>,
    /// The number of this one piece (21).
    pub serial: Option<String>,
    /// Its net weight in kilograms (310n).
    pub kilograms: Option<Quantity>,
}

/// Reads an element string that names an item; none where it is none, or breaks off, or says one thing in two ways.
///
/// `today` tells the century of two-digit years: from 49 years back to 50 years on. Day 00 is the month's last.
pub fn read(scanned: &str, today: Date) -> Option<Label> {
    let bare = without_brackets(scanned);
    let mut rest = bare.trim_start_matches(SEPARATOR);
    let mut label = Label {
        gtin: String::new(),
        lot: None,
        made: None,
        best_before: None,
        expires: None,
        serial: None,
        kilograms: None,
    };
    while !rest.is_empty() {
        let (identifier, value, after) = element(rest)?;
        take(&mut label, identifier, value, today)?;
        rest = after;
    }
    (!label.gtin.is_empty()).then_some(label)
}

/// As people read it, `(01)04850001234562(10)A7`, with the brackets turned into what a scanner gives.
fn without_brackets(scanned: &str) -> String {
    let Some(rest) = scanned.strip_prefix('(') else { return scanned.to_owned() };
    rest.replacen(')', "", 1).replace('(', "\u{1d}").replace(')', "")
}

/// The first element: its identifier, its value, and what follows.
fn element(text: &str) -> Option<(&str, &str, &str)> {
    let identifier = text.get(..identifier_length(text)?)?;
    let value = text.get(identifier.len()..)?;
    let (value, rest) = match fixed_length(identifier) {
        Some(length) => (value.get(..length)?, value.get(length..)?),
        None => value.split_once(SEPARATOR).unwrap_or((value, "")),
    };
    let known = !value.is_empty() && value.chars().all(|c| c.is_ascii_graphic());
    known.then_some((identifier, value, rest.trim_start_matches(SEPARATOR)))
}

/// How long the identifier is that a text begins with, by its first two digits (figure 7.8.5-1 in short).
fn identifier_length(text: &str) -> Option<usize> {
    let first: u32 = text.get(..2).filter(|two| two.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    match first {
        0..=4 | 10..=22 | 30 | 37 | 90..=99 => Some(2),
        23..=25 | 40..=42 | 71 => Some(3),
        31..=36 | 39 | 43 | 70 | 72 | 80..=82 => Some(4),
        _ => None,
    }
}

/// The length of the values that need no separator (figure 7.8.5-2).
fn fixed_length(identifier: &str) -> Option<usize> {
    match identifier.get(..2)? {
        "00" => Some(18),
        "01" | "02" | "03" => Some(14),
        "04" => Some(16),
        "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" => Some(6),
        "20" => Some(2),
        "31" | "32" | "33" | "34" | "35" | "36" => Some(6),
        "41" => Some(13),
        _ => None,
    }
}

fn take(label: &mut Label, identifier: &str, value: &str, today: Date) -> Option<()> {
    let text = |kept: &mut Option<String>| {
        let fits = kept.is_none() && value.len() <= 20;
        fits.then(|| *kept = Some(value.to_owned()))
    };
    let day = |kept: &mut Option<Date>| {
        let read = date(value, today).filter(|_| kept.is_none())?;
        *kept = Some(read);
        Some(())
    };
    match identifier {
        "01" => {
            let fits = label.gtin.is_empty() && barcode::checks(value);
            fits.then(|| value.clone_into(&mut label.gtin))
        }
        "10" => text(&mut label.lot),
        "11" => day(&mut label.made),
        "15" => day(&mut label.best_before),
        "17" => day(&mut label.expires),
        "21" => text(&mut label.serial),
        _ if identifier.starts_with("310") => {
            let decimals: u32 = identifier.get(3..)?.parse().ok().filter(|decimals| *decimals <= 6)?;
            let step = 10_i64.checked_pow(Quantity::DECIMALS.checked_sub(decimals)?)?;
            let figures = value.bytes().all(|byte| byte.is_ascii_digit()).then_some(value)?;
            label.kilograms = Some(Quantity::from_micros(figures.parse::<i64>().ok()?.checked_mul(step)?));
            Some(())
        }
        _ => Some(()),
    }
}

/// `YYMMDD`, the day 00 being the last of the month (sections 3.4 and 7.12).
fn date(value: &str, today: Date) -> Option<Date> {
    let part = |from: usize| {
        let two = value.get(from..from.checked_add(2)?)?;
        two.bytes().all(|byte| byte.is_ascii_digit()).then(|| two.parse::<u32>().ok()).flatten()
    };
    let (short, month, day) = (i32::try_from(part(0)?).ok()?, part(2)?, part(4)?);
    let century = today.year().checked_div(100)?.checked_mul(100)?;
    let away = short.checked_sub(today.year().checked_sub(century)?)?;
    let shift = match away {
        51.. => -100,
        ..=-50 => 100,
        _ => 0,
    };
    let year = century.checked_add(short)?.checked_add(shift)?;
    if day > 0 {
        return Date::new(year, month, day).ok();
    }
    Date::new(year, month, 1).and_then(|first| first.add_months(1)?.add_days(-1)).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn on(text: &str) -> Option<Label> {
        read(text, Date::new(2026, 11, 30).unwrap())
    }

    fn day(text: &str) -> Option<Date> {
        Some(Date::parse(text).unwrap())
    }

    #[test]
    fn a_label_tells_number_lot_days_piece_and_weight() {
        let read = on("01048500012345621126110115270131172702283103001250\u{1d}10LOT-7/a\u{1d}21S0001").unwrap();
        assert_eq!(read.gtin, "04850001234562");
        assert_eq!(
            (read.made, read.best_before, read.expires),
            (day("2026-11-01"), day("2027-01-31"), day("2027-02-28"))
        );
        assert_eq!((read.lot.as_deref(), read.serial.as_deref()), (Some("LOT-7/a"), Some("S0001")));
        assert_eq!(read.kilograms.unwrap().to_string(), "1.25");
        assert_eq!(on("(01)04850001234562(10)A7(17)270200"), on("010485000123456210A7\u{1d}17270200"));
        assert_eq!(on("(01)04850001234562(17)270200").unwrap().expires, day("2027-02-28"));
    }

    #[test]
    fn two_digits_of_a_year_lie_within_fifty_years() {
        assert_eq!(on("010485000123456211760101").unwrap().made, day("2076-01-01"));
        assert_eq!(on("010485000123456211770101").unwrap().made, day("1977-01-01"));
        assert_eq!(on("010485000123456217280229").unwrap().expires, day("2028-02-29"));
    }

    #[test]
    fn what_breaks_off_or_contradicts_itself_is_no_label() {
        for text in [
            "",
            "4850001234562",
            "0104850001234563",                         // check digit
            "010485000123456217270230",                 // no such day
            "01048500012345621727",                     // breaks off
            "0104850001234562310300125",                // weight breaks off
            "010485000123456210A\u{1d}10B",             // two lots
            "0104850001234562101234567890123456789012", // a lot too long
            "10A7",                                     // no number
            "0104850001234562\u{1d}5012",               // no such identifier
        ] {
            assert_eq!(on(text), None, "{text}");
        }
    }

    #[test]
    fn elements_that_are_not_ours_are_passed_over() {
        let read = on("0204850001234562\u{1d}").is_none();
        assert!(read, "the number of what is inside is not the number of the thing");
        assert_eq!(on("01048500012345623712\u{1d}10A7").unwrap().lot.as_deref(), Some("A7"));
        assert_eq!(on("01048500012345623922500\u{1d}10A7").unwrap().lot.as_deref(), Some("A7"));
    }
}
