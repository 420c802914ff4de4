//! Texts, plurals, numbers, dates and money as each language writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::currency::Currency;
use patver::base::date::{Date, Instant, Zone};
use patver::base::error::Error;
use patver::base::locale::{self, Lang, number, parse_number, percent, tr};
use patver::base::money::Money;
use patver::base::plural::category;
use patver::base::right::Right;
use patver::domain::BUSINESS;
use proptest::prelude::*;

/// No-break space.
const N: char = '\u{A0}';

#[test]
fn language_is_read_from_a_code_or_a_system_locale() {
    for (code, lang) in
        [("hy", Lang::HY), ("hy-AM", Lang::HY), ("ru_RU.UTF-8", Lang::RU), ("EN", Lang::EN), ("en_GB@euro", Lang::EN)]
    {
        assert_eq!(Lang::parse(code).unwrap(), lang, "{code}");
    }
    for bad in ["", "C", "de", "hyx", "C.UTF-8"] {
        assert_eq!(Lang::parse(bad).unwrap_err().key(), "error.language_unknown", "{bad}");
    }
    assert_eq!(serde_json::to_string(&Lang::HY).unwrap(), "\"hy\"");
    assert_eq!(serde_json::from_str::<Lang>("\"ru\"").unwrap(), Lang::RU);
}

#[test]
fn plural_form_follows_cldr() {
    for (lang, count, form) in [
        (Lang::EN, "1", "one"),
        (Lang::EN, "0", "other"),
        (Lang::EN, "21", "other"),
        (Lang::HY, "0", "one"),
        (Lang::HY, "1", "one"),
        (Lang::HY, "2", "other"),
        (Lang::RU, "1", "one"),
        (Lang::RU, "21", "one"),
        (Lang::RU, "101", "one"),
        (Lang::RU, "2", "few"),
        (Lang::RU, "24", "few"),
        (Lang::RU, "0", "many"),
        (Lang::RU, "5", "many"),
        (Lang::RU, "11", "many"),
        (Lang::RU, "12", "many"),
        (Lang::RU, "112", "many"),
        (Lang::RU, "1.5", "other"),
        (Lang::RU, "-2", "few"),
        (Lang::EN, "many", "other"),
    ] {
        assert_eq!(category(lang, count), form, "{lang} {count}");
    }
}

#[test]
fn text_takes_the_form_of_its_count_and_writes_the_count_in_the_language() {
    let longer = |lang, count| tr(lang, "error.text_too_long", &[("count", count)]);
    assert_eq!(longer(Lang::EN, "1"), "The text is longer than 1 character");
    assert_eq!(longer(Lang::EN, "12345"), "The text is longer than 12,345 characters");
    assert_eq!(longer(Lang::HY, "12345"), format!("Տեքստն ավելի երկար է, քան 12{N}345 նիշ"));
    assert_eq!(longer(Lang::RU, "21"), "Текст длиннее 21 символа");
    assert_eq!(longer(Lang::RU, "12345"), format!("Текст длиннее 12{N}345 символов"));
}

#[test]
fn missing_key_shows_itself_and_missing_place_stays_visible() {
    assert_eq!(tr(Lang::HY, "no.such.key", &[("a", "b")]), "no.such.key");
    assert_eq!(locale::find(Lang::HY, "no.such.key", &[]), None);
    assert!(tr(Lang::EN, "error.date_unreadable", &[]).contains("%{text}"));
    let tricky = tr(Lang::EN, "error.date_unreadable", &[("text", "%{text} %{")]);
    assert!(tricky.contains("%{text} %{"), "{tricky}");
}

#[test]
fn numbers_are_grouped_as_the_language_groups_them() {
    for (plain, en, hy, ru) in [
        ("0", "0", "0".into(), "0".into()),
        ("999", "999", "999".into(), "999".into()),
        ("1234", "1,234", "1234".into(), format!("1{N}234")),
        ("1234.5", "1,234.5", "1234,5".into(), format!("1{N}234,5")),
        ("12345", "12,345", format!("12{N}345"), format!("12{N}345")),
        ("-1234567.089", "-1,234,567.089", format!("-1{N}234{N}567,089"), format!("-1{N}234{N}567,089")),
        ("100000", "100,000", format!("100{N}000"), format!("100{N}000")),
    ] {
        assert_eq!(number(Lang::EN, plain), en);
        assert_eq!(number(Lang::HY, plain), hy);
        assert_eq!(number(Lang::RU, plain), ru);
    }
    for text in ["", "-", "1.", ".5", "1e5", "n/a", "1,5"] {
        assert_eq!(number(Lang::HY, text), text);
    }
    assert_eq!(percent(Lang::EN, "20"), "20%");
    assert_eq!(percent(Lang::HY, "16.67"), "16,67%");
    assert_eq!(percent(Lang::RU, "20"), format!("20{N}%"));
}

#[test]
fn money_is_written_with_the_symbol_its_readers_know() {
    let money = locale::money;
    assert_eq!(money(Lang::HY, "11930.00", "AMD", 2), format!("11{N}930{N}֏"));
    assert_eq!(money(Lang::HY, "1193.00", "AMD", 2), format!("1193{N}֏"));
    assert_eq!(money(Lang::HY, "11930.50", "AMD", 2), format!("11{N}930,50{N}֏"));
    assert_eq!(money(Lang::RU, "11930.00", "AMD", 2), format!("11{N}930{N}֏"));
    assert_eq!(money(Lang::EN, "11930.00", "AMD", 2), format!("AMD{N}11,930"));
    assert_eq!(money(Lang::EN, "-11930.00", "AMD", 2), format!("-AMD{N}11,930"));
    assert_eq!(money(Lang::EN, "1265793.29", "USD", 2), "$1,265,793.29");
    assert_eq!(money(Lang::EN, "-5", "USD", 2), "-$5.00");
    assert_eq!(money(Lang::HY, "-5.1", "USD", 2), format!("-5,10{N}$"));
    assert_eq!(money(Lang::RU, "1000", "RUB", 2), format!("1{N}000,00{N}₽"));
    assert_eq!(money(Lang::RU, "10.125", "KWD", 3), format!("10,125{N}KWD"));
    assert_eq!(money(Lang::EN, "10", "KWD", 3), format!("KWD{N}10.000"));
    assert_eq!(money(Lang::EN, "10", "JPY", 0), "¥10");
    assert_eq!(money(Lang::EN, "0.123456", "USD", 2), "$0.123456");
    assert_eq!(money(Lang::EN, "?", "USD", 2), format!("?{N}USD"));
}

#[test]
fn dates_are_written_so_that_they_cannot_be_misread() {
    let day = Date::parse("2026-03-04").unwrap();
    let written = |lang| (locale::date(lang, day), locale::date_long(lang, day));
    assert_eq!(written(Lang::EN), ("Mar 4, 2026".into(), "March 4, 2026".into()));
    assert_eq!(written(Lang::HY), ("04.03.2026".into(), "4 մարտի, 2026 թ.".into()));
    assert_eq!(written(Lang::RU), ("04.03.2026".into(), "4 марта 2026 г.".into()));
    for lang in Lang::ALL {
        for month in 1..=12 {
            assert!(!locale::date_long(lang, Date::new(2026, month, 1).unwrap()).contains("month."), "{lang} {month}");
        }
    }
}

#[test]
fn typed_numbers_are_read_in_every_usual_form() {
    for (lang, typed, plain) in [
        (Lang::EN, "1,234.50", "1234.50"),
        (Lang::EN, "1 234.50", "1234.50"),
        (Lang::EN, "1234", "1234"),
        (Lang::HY, "1234,50", "1234.50"),
        (Lang::HY, "1 234.50", "1234.50"),
        (Lang::HY, "12\u{A0}345,5", "12345.5"),
        (Lang::RU, "1\u{202F}234\u{202F}567", "1234567"),
        (Lang::RU, "−5", "-5"),
        (Lang::RU, "+5", "5"),
        (Lang::RU, " 0,1 ", "0.1"),
        (Lang::EN, "1'234'567.8", "1234567.8"),
    ] {
        assert_eq!(parse_number(lang, typed).unwrap(), plain, "{lang} {typed}");
    }
}

#[test]
fn number_that_could_mean_two_things_is_refused() {
    for (lang, typed) in [
        (Lang::EN, "12,34"),
        (Lang::EN, "1,2345"),
        (Lang::EN, "1.234,50"),
        (Lang::HY, "1.234,50"),
        (Lang::HY, "1,234,567"),
        (Lang::RU, "12 34"),
        (Lang::RU, "1 23"),
        (Lang::EN, ""),
        (Lang::EN, "-"),
        (Lang::EN, "."),
        (Lang::EN, "5."),
        (Lang::EN, ".5"),
        (Lang::EN, "1e3"),
        (Lang::EN, "--1"),
        (Lang::EN, "0x10"),
        (Lang::RU, "1 234 "),
    ] {
        let read = parse_number(lang, typed);
        if typed == "1 234 " {
            assert_eq!(read.unwrap(), "1234");
        } else {
            assert_eq!(read.unwrap_err().key(), "error.number_unreadable", "{lang} {typed}");
        }
    }
}

#[test]
fn every_command_and_table_has_a_name_in_every_language() {
    let commands = BUSINESS.commands().map(|command| format!("command.{}", command.name));
    let tables = BUSINESS.tables().map(|table| format!("table.{}", table.name));
    for key in commands.chain(tables) {
        for lang in Lang::ALL {
            assert!(locale::find(lang, &key, &[]).is_some(), "{key} is missing in locales");
        }
    }
}

#[test]
fn missing_record_is_named_in_the_language_of_the_reader() {
    let error = Error::missing("orders", 12);
    assert_eq!(error.message(Lang::EN), "There is no such record: order 12");
    assert_eq!(error.message(Lang::HY), "Այդպիսի գրառում չկա՝ պատվեր 12");
    assert_eq!(error.message(Lang::RU), "Такой записи нет: заказ 12");
}

#[test]
fn every_right_has_a_name_in_every_language() {
    for lang in Lang::ALL {
        for right in Right::ALL {
            let key = format!("right.{}", right.code());
            assert_ne!(tr(lang, &key, &[]), key, "{lang}");
        }
    }
}

#[test]
fn error_speaks_the_language_of_the_reader_and_says_what_to_do() {
    let error = Error::rejected("error.date_unreadable").arg("text", "vagy").at("date").within("lines[2]");
    assert_eq!(error.kind(), "rejected");
    assert_eq!(error.field(), Some("lines[2].date"));
    assert_eq!(error.message(Lang::RU), "«vagy» — не дата");
    assert_eq!(error.to_string(), "“vagy” is not a date");
    assert!(error.next_step(Lang::HY).unwrap().contains("2026-11-24"));
    assert_eq!(Error::rejected("no.such").next_step(Lang::EN), None);
    let failure = Error::failure("error.disk_full", "ENOSPC").at("ignored");
    assert_eq!((failure.kind(), failure.field()), ("failure", None));
    assert!(!failure.message(Lang::EN).contains("ENOSPC"));
}

#[test]
fn values_of_an_error_are_written_in_the_language_of_the_reader() {
    let error = Error::rejected("error.period_reversed")
        .arg_date("from", Date::parse("2026-03-04").unwrap())
        .arg_money("to", Money::new(1_193_000, Currency::parse("AMD").unwrap()));
    assert_eq!(error.message(Lang::EN), format!("The period ends on AMD{N}11,930, before it begins on Mar 4, 2026"));
    assert!(error.message(Lang::RU).contains("04.03.2026"));
    let named = |key: &str| Error::rejected("error.date_unreadable").named("text", key).message(Lang::EN);
    assert_eq!(named("right.order-place"), "“Register orders” is not a date");
    assert_eq!(named("right.not-known"), "“not-known” is not a date");
    let moment = Instant::parse("2026-11-24T20:30:00Z").unwrap();
    let when =
        Error::rejected("error.date_unreadable").arg_moment("text", moment, Zone::parse("Asia/Yerevan").unwrap());
    assert_eq!(when.message(Lang::RU), "«25.11.2026 00:30» — не дата");
    let number = Error::rejected("error.date_unreadable").arg_number("text", "12345.6");
    assert_eq!(number.message(Lang::HY), format!("«12{N}345,6» արժեքն ամսաթիվ չէ"));
}

#[test]
fn value_cannot_smuggle_marks_or_terminal_commands_into_a_message() {
    let error = Error::rejected("error.date_unreadable").arg("text", "\u{1}kright.order-place\u{1B}[2J\n");
    assert_eq!(error.message(Lang::EN), "“kright.order-place[2J” is not a date");
}

proptest! {
    #[test]
    fn number_written_in_a_language_is_read_back(whole in "0|[1-9][0-9]{0,17}", fraction in "([0-9]{1,6})?", minus in any::<bool>(), at in 0..3usize) {
        let lang = Lang::ALL[at];
        let sign = if minus { "-" } else { "" };
        let plain = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
        prop_assert_eq!(parse_number(lang, &number(lang, &plain)).unwrap(), plain);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in any::<String>(), at in 0..3usize) {
        let lang = Lang::ALL[at];
        let _ = number(lang, &text);
        let _ = locale::money(lang, &text, "AMD", 2);
        if let Ok(plain) = parse_number(lang, &text) {
            prop_assert_eq!(parse_number(Lang::EN, &plain).unwrap(), plain);
        }
    }
}
