//! Amounts in words, against expectations written by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::currency::Currency;
use patver::base::locale::Lang;
use patver::base::money::Money;
use patver::base::text::capitalise;
use patver::base::words::{LARGEST, amount, cardinal, money};

fn all_spell(lang: Lang, expected: &[(&str, &str, &str)]) {
    for (plain, code, words) in expected {
        assert_eq!(amount(lang, plain, code).unwrap(), *words, "{plain} {code}");
    }
}

#[test]
fn english_amounts_are_spelt() {
    all_spell(
        Lang::EN,
        &[
            ("11930.00", "AMD", "eleven thousand nine hundred thirty drams"),
            ("0", "AMD", "zero drams"),
            ("0.50", "AMD", "zero drams 50 luma"),
            ("1", "AMD", "one dram"),
            ("2.5", "AMD", "two drams 50 luma"),
            ("1.01", "USD", "one US dollar 01 cent"),
            ("21.21", "USD", "twenty-one US dollars 21 cents"),
            ("100", "USD", "one hundred US dollars 00 cents"),
            ("101.10", "EUR", "one hundred one euros 10 cents"),
            ("1.99", "EUR", "one euro 99 cents"),
            ("12", "RUB", "twelve rubles 00 kopecks"),
            ("1", "RUB", "one ruble 00 kopecks"),
            ("40", "GEL", "forty lari 00 tetri"),
            ("1", "GBP", "one pound sterling 00 pence"),
            ("99.01", "GBP", "ninety-nine pounds sterling 01 penny"),
            ("111", "AMD", "one hundred eleven drams"),
            ("999", "AMD", "nine hundred ninety-nine drams"),
            ("1000", "AMD", "one thousand drams"),
            ("1001", "AMD", "one thousand one drams"),
            ("20013", "AMD", "twenty thousand thirteen drams"),
            ("1000000", "AMD", "one million drams"),
            ("1000001", "AMD", "one million one drams"),
            (
                "2345678.90",
                "AMD",
                "two million three hundred forty-five thousand six hundred seventy-eight drams 90 luma",
            ),
            ("5000000000", "AMD", "five billion drams"),
            ("1000000000000", "AMD", "one trillion drams"),
            (
                "999999999999999.99",
                "AMD",
                "nine hundred ninety-nine trillion nine hundred ninety-nine billion nine hundred ninety-nine million \
                 nine hundred ninety-nine thousand nine hundred ninety-nine drams 99 luma",
            ),
            ("-15.07", "AMD", "minus fifteen drams 07 luma"),
            ("-0.00", "AMD", "zero drams"),
            ("-0.01", "USD", "minus zero US dollars 01 cent"),
            ("10", "JPY", "ten JPY"),
            ("10.250", "KWD", "ten 250/1000 KWD"),
        ],
    );
}

#[test]
fn armenian_amounts_are_spelt() {
    all_spell(
        Lang::HY,
        &[
            ("11930.00", "AMD", "տասնմեկ հազար ինը հարյուր երեսուն դրամ"),
            ("0", "AMD", "զրո դրամ"),
            ("0.50", "AMD", "զրո դրամ 50 լումա"),
            ("1", "AMD", "մեկ դրամ"),
            ("2.5", "AMD", "երկու դրամ 50 լումա"),
            ("7", "AMD", "յոթ դրամ"),
            ("9", "AMD", "ինը դրամ"),
            ("10", "AMD", "տասը դրամ"),
            ("12", "AMD", "տասներկու դրամ"),
            ("13", "AMD", "տասներեք դրամ"),
            ("14", "AMD", "տասնչորս դրամ"),
            ("15", "AMD", "տասնհինգ դրամ"),
            ("16", "AMD", "տասնվեց դրամ"),
            ("17", "AMD", "տասնյոթ դրամ"),
            ("18", "AMD", "տասնութ դրամ"),
            ("19", "AMD", "տասնինը դրամ"),
            ("21.21", "USD", "քսանմեկ ԱՄՆ դոլար 21 ցենտ"),
            ("35", "EUR", "երեսունհինգ եվրո 00 ցենտ"),
            ("44", "RUB", "քառասունչորս ռուբլի 00 կոպեկ"),
            ("58", "GEL", "հիսունութ լարի 00 թեթրի"),
            ("66.05", "GBP", "վաթսունվեց ֆունտ ստերլինգ 05 պենս"),
            ("70", "AMD", "յոթանասուն դրամ"),
            ("83", "AMD", "ութսուներեք դրամ"),
            ("99", "AMD", "իննսունինը դրամ"),
            ("100", "AMD", "հարյուր դրամ"),
            ("101", "AMD", "հարյուր մեկ դրամ"),
            ("200", "AMD", "երկու հարյուր դրամ"),
            ("1000", "AMD", "հազար դրամ"),
            ("1001", "AMD", "հազար մեկ դրամ"),
            ("2000", "AMD", "երկու հազար դրամ"),
            ("100000", "AMD", "հարյուր հազար դրամ"),
            ("1000000", "AMD", "մեկ միլիոն դրամ"),
            ("1001000", "AMD", "մեկ միլիոն մեկ հազար դրամ"),
            (
                "2345678.90",
                "AMD",
                "երկու միլիոն երեք հարյուր քառասունհինգ հազար վեց հարյուր յոթանասունութ դրամ 90 լումա",
            ),
            ("5000000000", "AMD", "հինգ միլիարդ դրամ"),
            ("1000000000000", "AMD", "մեկ տրիլիոն դրամ"),
            ("-15.07", "AMD", "մինուս տասնհինգ դրամ 07 լումա"),
            ("10", "JPY", "տասը JPY"),
        ],
    );
}

#[test]
fn russian_amounts_are_spelt() {
    all_spell(
        Lang::RU,
        &[
            ("11930.00", "AMD", "одиннадцать тысяч девятьсот тридцать драмов"),
            ("0", "AMD", "ноль драмов"),
            ("0.01", "AMD", "ноль драмов 01 лума"),
            ("1", "AMD", "один драм"),
            ("2.02", "AMD", "два драма 02 лумы"),
            ("5.05", "AMD", "пять драмов 05 лум"),
            ("1.01", "RUB", "один рубль 01 копейка"),
            ("2.22", "RUB", "два рубля 22 копейки"),
            ("11.11", "RUB", "одиннадцать рублей 11 копеек"),
            ("12.12", "RUB", "двенадцать рублей 12 копеек"),
            ("14", "RUB", "четырнадцать рублей 00 копеек"),
            ("21.21", "RUB", "двадцать один рубль 21 копейка"),
            ("104", "RUB", "сто четыре рубля 00 копеек"),
            ("111", "RUB", "сто одиннадцать рублей 00 копеек"),
            ("1000", "RUB", "одна тысяча рублей 00 копеек"),
            ("1001", "RUB", "одна тысяча один рубль 00 копеек"),
            ("2000", "RUB", "две тысячи рублей 00 копеек"),
            ("5000", "RUB", "пять тысяч рублей 00 копеек"),
            ("21000", "RUB", "двадцать одна тысяча рублей 00 копеек"),
            ("22002", "RUB", "двадцать две тысячи два рубля 00 копеек"),
            ("112000", "RUB", "сто двенадцать тысяч рублей 00 копеек"),
            ("1000000", "RUB", "один миллион рублей 00 копеек"),
            ("2000000", "RUB", "два миллиона рублей 00 копеек"),
            ("5001002", "RUB", "пять миллионов одна тысяча два рубля 00 копеек"),
            ("3000000000", "USD", "три миллиарда долларов США 00 центов"),
            ("7000000000000", "USD", "семь триллионов долларов США 00 центов"),
            ("1.01", "USD", "один доллар США 01 цент"),
            ("343.03", "EUR", "триста сорок три евро 03 цента"),
            ("2", "GEL", "два лари 00 тетри"),
            ("4.04", "GBP", "четыре фунта стерлингов 04 пенса"),
            ("690", "AMD", "шестьсот девяносто драмов"),
            ("-15.07", "AMD", "минус пятнадцать драмов 07 лум"),
            ("10.250", "KWD", "десять 250/1000 KWD"),
        ],
    );
}

#[test]
fn first_letter_is_made_large_in_every_alphabet() {
    assert_eq!(capitalise("eleven"), "Eleven");
    assert_eq!(capitalise("տասնմեկ"), "Տասնմեկ");
    assert_eq!(capitalise("և այլն"), "Եվ այլն");
    assert_eq!(capitalise("одна"), "Одна");
    assert_eq!(capitalise(""), "");
}

#[test]
fn amount_of_a_document_begins_with_a_large_letter() {
    let total = Money::new(1_193_000, Currency::parse("AMD").unwrap());
    assert_eq!(money(Lang::EN, total).unwrap(), "Eleven thousand nine hundred thirty drams");
    assert_eq!(money(Lang::HY, total).unwrap(), "Տասնմեկ հազար ինը հարյուր երեսուն դրամ");
    let yen = Money::new(-12, Currency::parse("JPY").unwrap());
    assert_eq!(money(Lang::RU, yen).unwrap(), "Минус двенадцать JPY");
}

#[test]
fn amount_that_cannot_be_spelt_is_refused() {
    for (bad, key) in [
        ("", "error.number_unreadable"),
        ("1,5", "error.number_unreadable"),
        ("1.", "error.number_unreadable"),
        (".5", "error.number_unreadable"),
        ("--1", "error.number_unreadable"),
        ("1.005", "error.number_too_precise"),
        ("1000000000000000", "error.words_too_large"),
        ("99999999999999999999999", "error.words_too_large"),
    ] {
        assert_eq!(amount(Lang::EN, bad, "AMD").unwrap_err().key(), key, "{bad}");
    }
    assert!(cardinal(Lang::HY, LARGEST).is_ok());
    assert!(cardinal(Lang::HY, LARGEST + 1).is_err());
}
