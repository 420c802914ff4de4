//! Dates as typed on Wednesday, 2026-02-25, into a field that shows 2026-03-31.

use patver::base::date::Date;
use patver::base::locale::Lang;
use patver::ui::field::day::{read, show};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The date, `-` where it is refused, empty where there is none.
fn told(lang: Lang, typed: &str) -> String {
    match read(lang, typed, date("2026-02-25"), date("2026-03-31")) {
        Ok(Some(day)) => day.to_string(),
        Ok(None) => String::new(),
        Err(_) => "-".to_owned(),
    }
}

fn check(langs: &[Lang], cases: &[(&str, &str)]) {
    let mut faults = Vec::new();
    for (typed, expected) in cases {
        for lang in langs {
            let found = told(*lang, typed);
            if found != *expected {
                faults.push(format!("{typed:?} in {lang}: {found:?} instead of {expected:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_left_out_comes_from_today() {
    check(
        &Lang::ALL,
        &[
            ("", ""),
            ("  ", ""),
            ("5", "2026-02-05"),
            ("05", "2026-02-05"),
            ("28", "2026-02-28"),
            ("29", "-"),
            ("0", "-"),
            ("5.3", "2026-03-05"),
            ("5/3", "2026-03-05"),
            ("5-3", "2026-03-05"),
            ("5 3", "2026-03-05"),
            ("05.03", "2026-03-05"),
            ("0503", "2026-03-05"),
            ("31.4", "-"),
            ("5.3.26", "2026-03-05"),
            ("5/3/26", "2026-03-05"),
            ("5-3-26", "2026-03-05"),
            ("5. 3. 2026", "2026-03-05"),
            ("050326", "2026-03-05"),
            ("05032026", "2026-03-05"),
            ("20260305", "2026-03-05"),
            ("2026-03-05", "2026-03-05"),
            ("2026/3/5", "2026-03-05"),
            ("5.3.85", "1985-03-05"),
            ("5.3.46", "2046-03-05"),
            ("5.3.47", "1947-03-05"),
            ("29.2.24", "2024-02-29"),
            ("29.2.26", "-"),
            ("5.3.1", "-"),
            ("5.3.026", "-"),
            ("123", "-"),
            ("12345", "-"),
            ("1.2.3.4", "-"),
            ("5_3", "-"),
            ("5.3.0999", "-"),
        ],
    );
    check(&[Lang::HY, Lang::RU], &[("5/25", "-"), ("3/25/26", "-")]);
    check(&[Lang::EN], &[("5/25", "2026-05-25"), ("3/25/26", "2026-03-25"), ("25/13", "-"), ("13/25", "-")]);
}

#[test]
fn signs_count_days_from_the_field_and_words_from_today() {
    check(
        &Lang::ALL,
        &[
            ("+", "2026-04-01"),
            ("-", "2026-03-30"),
            ("++", "2026-04-02"),
            ("---", "2026-03-28"),
            ("+3", "2026-04-03"),
            ("-31", "2026-02-28"),
            ("+99999", "2300-01-13"),
            ("+100000", "-"),
            ("-99999999999999999999", "-"),
            ("+-", "-"),
            ("t", "2026-02-25"),
            ("T", "2026-02-25"),
            ("y", "2026-02-24"),
            ("today", "2026-02-25"),
            ("yesterday", "2026-02-24"),
            ("tomorrow", "2026-02-26"),
            ("someday", "-"),
        ],
    );
    check(&[Lang::HY], &[("այսօր", "2026-02-25"), ("ա", "2026-02-25"), ("Ե", "2026-02-24"), ("վաղը", "2026-02-26")]);
    check(
        &[Lang::RU],
        &[("сегодня", "2026-02-25"), ("с", "2026-02-25"), ("В", "2026-02-24"), ("завтра", "2026-02-26")],
    );
    check(&[Lang::EN], &[("сегодня", "-"), ("այսօր", "-")]);
}

#[test]
fn months_may_be_named_in_the_language_and_in_english() {
    check(
        &Lang::ALL,
        &[
            ("5 mar", "2026-03-05"),
            ("5mar26", "2026-03-05"),
            ("March 5", "2026-03-05"),
            ("Mar 5, 2026", "2026-03-05"),
            ("5 sept", "2026-09-05"),
            ("5 ju", "-"),
            ("5 jux", "-"),
            ("31 april", "-"),
            ("may", "-"),
        ],
    );
    check(
        &[Lang::HY],
        &[
            ("5 մարտի", "2026-03-05"),
            ("5 մարտ", "2026-03-05"),
            ("24 նոյեմբերի, 2026 թ.", "2026-11-24"),
            ("5 հուն", "-"),
            ("5 հունվ", "2026-01-05"),
            ("5 դեկ 25", "2025-12-05"),
        ],
    );
    check(
        &[Lang::RU],
        &[
            ("5 марта", "2026-03-05"),
            ("5 март", "2026-03-05"),
            ("24 ноября 2026 г.", "2026-11-24"),
            ("5 мая", "2026-05-05"),
            ("5 май", "2026-05-05"),
            ("5 ию", "-"),
            ("5 июл 25", "2025-07-05"),
        ],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_and_what_is_shown_is_read_back(
        lang in prop::sample::select(Lang::ALL.to_vec()),
        text in prop_oneof!["[0-9./ +-]{0,12}", "\\PC{0,10}", "[0-9]{1,2} [a-z]{3,9}( [0-9]{2,4})?"],
    ) {
        if let Ok(Some(day)) = read(lang, &text, date("2026-02-25"), date("2026-03-31")) {
            let shown = show(lang, day);
            let again = read(lang, &shown, date("1999-01-31"), date("2001-01-01")).unwrap();
            prop_assert_eq!(again, Some(day), "{} shown as {}", text, shown);
        }
    }

    #[test]
    fn every_date_that_is_shown_is_read_back(
        lang in prop::sample::select(Lang::ALL.to_vec()),
        days in 0_i64..400_000,
    ) {
        let day = date("1900-01-01").add_days(days).unwrap();
        let again = read(lang, &show(lang, day), date("2026-02-25"), date("2026-03-31")).unwrap();
        prop_assert_eq!(again, Some(day));
    }
}
