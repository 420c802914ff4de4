//! Workbooks as another program reads them: every digit of a number, every letter of a text, days as days.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use patver::base::currency::Currency;
use patver::base::date::Date;
use patver::base::locale::Lang;
use patver::base::money::Money;
use patver::workbook::{Book, Head, Info, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn info() -> Info {
    let date = Date::parse("2026-11-24").unwrap();
    Info {
        title: "Վաճառք, 2026".into(), name: "Վաճառք".into(), author: "Արև".into(), date, lang: Lang::HY
    }
}

fn heads(titles: &[&str]) -> Vec<Head> {
    titles.iter().map(|title| Head { title: (*title).to_owned(), width: 12, figures: false }).collect()
}

fn book(rows: &[Vec<Value<'_>>]) -> Vec<u8> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut book = Book::new(info(), heads(&vec!["x"; width])).unwrap();
    for row in rows {
        book.row(row).unwrap();
    }
    book.into_bytes().unwrap()
}

fn read(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(<[Data]>::to_vec).collect()
}

/// One file inside a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The numbers of a sheet as they are written, digit by digit.
fn written_numbers(bytes: &[u8]) -> Vec<String> {
    let sheet = part(bytes, "xl/worksheets/sheet1.xml");
    let values = sheet.split("<v>").skip(1).map(|rest| rest.split("</v>").next().unwrap().to_owned());
    values.collect()
}

#[test]
fn heads_stay_in_sight_and_the_same_rows_give_the_same_bytes() {
    let rows = vec![vec![Value::Text("Անի"), Value::Count(3), Value::Date(Date::parse("2026-11-24").unwrap())]];
    let bytes = book(&rows);
    assert_eq!(bytes, book(&rows));
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"ySplit="1""#) && sheet.contains(r#"state="frozen""#), "{sheet:.600}");
    assert!(part(&bytes, "xl/workbook.xml").contains(r#"name="Վաճառք""#));
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("Վաճառք, 2026") && core.contains("2026-11-24T00:00:00Z"), "{core}");
    let read = read(&bytes);
    assert_eq!(read[1][..2], [Data::String("Անի".into()), Data::Float(3.0)]);
    assert!(matches!(&read[1][2], Data::DateTime(at) if at.to_ymd_hms_milli() == (2026, 11, 24, 0, 0, 0, 0)));
}

#[test]
fn what_looks_like_a_formula_or_a_number_stays_text() {
    for text in
        ["=1+1", "+374", "-5", "@x", "007", "1e5", "2026-11-24", "'x", " a ", "a\nb\tc", "_x0041_", "<&>\"", "\u{1}"]
    {
        let read = read(&book(&[vec![Value::Text(text)]]));
        assert_eq!(read[1][0], Data::String(text.into()), "{text:?}");
    }
}

#[test]
fn a_sum_with_more_digits_than_a_spreadsheet_keeps_is_written_out_in_full() {
    let money = Money::new(i64::MAX, Currency::AMD);
    let read = read(&book(&[vec![Value::Money(money), Value::Number("12,5"), Value::Empty]]));
    assert_eq!(read[1][..2], [Data::String("92233720368547758.07".into()), Data::String("12,5".into())]);
}

#[test]
fn a_text_too_long_for_a_cell_is_refused_and_its_column_named() {
    let mut book = Book::new(info(), heads(&["Նշում"])).unwrap();
    let refused = book.row(&[Value::Text(&"ա".repeat(32_768))]).unwrap_err();
    assert!(refused.message(Lang::EN).contains("Նշում"), "{refused}");
}

proptest! {
    #[test]
    fn an_amount_is_read_to_the_last_minor_unit(minors in prop::collection::vec(-999_999_999_999_999_i64..=999_999_999_999_999, 1..20), code in "AMD|USD|JPY|KWD|CLF") {
        let currency = Currency::parse(&code).unwrap();
        let rows: Vec<_> = minors.iter().map(|minor| vec![Value::Money(Money::new(*minor, currency))]).collect();
        let bytes = book(&rows);
        let numbers = written_numbers(&bytes);
        prop_assert_eq!(numbers.len(), minors.len());
        for ((minor, written), row) in minors.iter().zip(&numbers).zip(&read(&bytes)[1..]) {
            let exact = Money::new(*minor, currency).to_decimal();
            prop_assert_eq!(written.parse::<Decimal>().unwrap(), exact);
            let Data::Float(number) = &row[0] else { panic!("{row:?}") };
            prop_assert_eq!(number.to_string().parse::<Decimal>().unwrap(), exact);
        }
    }

    #[test]
    fn a_plain_number_is_read_digit_by_digit(whole in 0_i64..=999_999_999, fraction in "[0-9]{1,6}", sign in "-?") {
        let plain = format!("{sign}{whole}.{fraction}");
        let written = written_numbers(&book(&[vec![Value::Number(&plain)]]));
        prop_assert_eq!(written[0].parse::<Decimal>().unwrap(), plain.parse().unwrap());
    }

    #[test]
    fn a_text_is_read_letter_by_letter(text in "\\PC{1,40}") {
        let read = read(&book(&[vec![Value::Text(&text)]]));
        prop_assert_eq!(&read[1][0], &Data::String(text.clone()));
    }
}
