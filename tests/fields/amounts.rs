//! Numbers as typed. An expectation is written so: `5.00` exactly, `~5.00` rounded, `?1|2` asked, `-` refused,
//! empty where nothing was typed.

use patver::base::currency::Currency;
use patver::base::locale::Lang;
use patver::ui::field::amount::{Figures, Reading, read, show};
use proptest::prelude::*;

fn told(reading: &Reading) -> String {
    match reading {
        Reading::Nothing => String::new(),
        Reading::Exact(plain) => plain.clone(),
        Reading::Rounded(plain) => format!("~{plain}"),
        Reading::Unsure(options) => format!("?{}", options.join("|")),
        Reading::Refused(_) => "-".to_owned(),
    }
}

fn check(figures: Figures, cases: &[(&str, &str, &str, &str)]) {
    let mut faults = Vec::new();
    for (typed, en, hy, ru) in cases {
        for (lang, expected) in [(Lang::EN, en), (Lang::HY, hy), (Lang::RU, ru)] {
            let found = told(&read(lang, typed, &figures));
            if found != *expected {
                faults.push(format!("{typed:?} in {lang}: {found:?} instead of {expected:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The same in every language.
fn same(figures: Figures, cases: &[(&str, &str)]) {
    let rows: Vec<_> = cases.iter().map(|(typed, expected)| (*typed, *expected, *expected, *expected)).collect();
    check(figures, &rows);
}

#[test]
fn amounts_are_read_with_either_decimal_sign_and_any_grouping() {
    same(
        Figures::money(Currency::USD),
        &[
            ("", ""),
            ("   ", ""),
            ("0", "0.00"),
            ("5", "5.00"),
            ("007", "7.00"),
            ("12.5", "12.50"),
            ("12,5", "12.50"),
            ("12.50", "12.50"),
            ("12,50", "12.50"),
            (".5", "0.50"),
            (",5", "0.50"),
            ("5.", "5.00"),
            ("5,", "5.00"),
            ("12 400", "12400.00"),
            ("12\u{A0}400,50", "12400.50"),
            ("12\u{202F}400.50", "12400.50"),
            ("1'234'567.89", "1234567.89"),
            ("1\u{2019}234", "1234.00"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1,234,567", "1234567.00"),
            ("1.234.567", "1234567.00"),
            ("1,234,567.8", "1234567.80"),
            ("1.234.567,8", "1234567.80"),
            ("+5", "5.00"),
            ("12.5000", "12.50"),
            ("12 400 $", "12400.00"),
            ("$12.50", "12.50"),
            ("12.50 USD", "12.50"),
            ("1234.567", "-"),
            ("12.345678", "-"),
            ("0.234", "-"),
            ("1 234.567", "-"),
            ("12 34", "-"),
            ("1234 567", "-"),
            ("1,23,456", "-"),
            ("1.2.3", "-"),
            ("1.2,3", "-"),
            ("1,234.567", "-"),
            ("1 234,567,890", "-"),
            (".", "-"),
            (",", "-"),
            ("-5", "-"),
            ("abc", "-"),
            ("12 400 EUR", "-"),
            ("5%", "-"),
            ("1e3", "-"),
            ("NaN", "-"),
            ("\u{661}", "-"),
            ("99999999999999999999", "-"),
        ],
    );
}

#[test]
fn three_digits_after_a_single_sign_are_asked_about_where_they_could_mean_two_things() {
    check(
        Figures::money(Currency::AMD),
        &[
            ("1.234", "?1234.00", "?1234.00", "?1234.00"),
            ("1,234", "1234.00", "?1234.00", "?1234.00"),
            ("1.500", "1.50", "?1500.00|1.50", "?1500.00|1.50"),
            ("1,500", "1500.00", "1.50", "1.50"),
            ("999.999", "?999999.00", "?999999.00", "?999999.00"),
            ("12 400 \u{58F}", "12400.00", "12400.00", "12400.00"),
        ],
    );
    check(
        Figures::quantity(3),
        &[
            ("1.234", "1.234", "?1234|1.234", "?1234|1.234"),
            ("1,234", "1234", "1.234", "1.234"),
            ("0,234", "0.234", "0.234", "0.234"),
            ("1234,567", "1234.567", "1234.567", "1234.567"),
            ("1.234,5", "1234.5", "1234.5", "1234.5"),
            ("1.2345", "-", "-", "-"),
        ],
    );
    same(
        Figures::whole(),
        &[("1.234", "?1234"), ("2.0", "2"), ("2,5", "-"), ("12 000", "12000"), ("1.234.567", "1234567")],
    );
}

#[test]
fn sums_are_computed_exactly_and_rounded_once() {
    same(
        Figures::money(Currency::USD),
        &[
            ("1200*3-5%", "3420.00"),
            ("1200 * 3 - 5 %", "3420.00"),
            ("1200\u{D7}3", "3600.00"),
            ("1200x3", "3600.00"),
            ("10/4", "2.50"),
            ("10\u{F7}4", "2.50"),
            ("10/3", "~3.33"),
            ("20/3", "~6.67"),
            ("0.005*1", "~0.01"),
            ("1/3*3", "1.00"),
            ("1/3+1/3+1/3", "1.00"),
            ("100+20%", "120.00"),
            ("100+20%+20%", "144.00"),
            ("200*5%", "10.00"),
            ("50%*200", "100.00"),
            ("(2+3)*4", "20.00"),
            ("2+3*4", "14.00"),
            ("-2+5", "3.00"),
            ("5--2", "7.00"),
            ("12 400+600", "13000.00"),
            ("1,5+1.5", "3.00"),
            ("1200*3=", "3600.00"),
            ("100-5%=", "95.00"),
            ("2-5", "-"),
            ("5/0", "-"),
            ("5/(2-2)", "-"),
            ("5+", "-"),
            ("*5", "-"),
            ("(5", "-"),
            ("5)", "-"),
            ("5 5 5+1", "-"),
            ("99999999999999*99999999999999", "-"),
            ("1/99999999999999999999999999999999999999", "~0.00"),
        ],
    );
    check(
        Figures::money(Currency::USD),
        &[
            ("1.234*2", "~2.47", "?2468.00|2.47", "?2468.00|2.47"),
            ("1,234*2", "2468.00", "~2.47", "~2.47"),
            ("1.234-1.234", "0.00", "0.00", "0.00"),
        ],
    );
}

#[test]
fn percents_may_carry_their_sign_and_signed_fields_a_minus() {
    same(
        Figures::percent(),
        &[("5%", "5"), ("5 %", "5"), ("7,5", "7.5"), ("10+5%", "10.5"), ("-5%", "-"), ("%", "-"), ("5%%", "-")],
    );
    same(
        Figures::money(Currency::USD).signed(),
        &[("-5", "-5.00"), ("\u{2212}5,5", "-5.50"), ("\u{2013}1 000", "-1000.00"), ("2-5", "-3.00"), ("-0", "0.00")],
    );
    same(Figures::price(Currency::AMD), &[("0,125", "0.125"), ("3000", "3000.00"), ("10/3", "~3.333333")]);
}

#[test]
fn amounts_are_shown_as_the_language_writes_them() {
    let amd = Figures::money(Currency::AMD);
    assert_eq!(show(Lang::HY, "12400.00", &amd), "12\u{A0}400");
    assert_eq!(show(Lang::HY, "12400.5", &amd), "12\u{A0}400,50");
    assert_eq!(show(Lang::EN, "12400.00", &amd), "12,400");
    assert_eq!(show(Lang::RU, "1234.5", &Figures::money(Currency::USD)), "1\u{A0}234,50");
    assert_eq!(show(Lang::EN, "1234.5", &Figures::quantity(3)), "1,234.5");
    assert_eq!(show(Lang::HY, "not a number", &amd), "not a number");
}

fn kinds() -> impl Strategy<Value = Figures> {
    prop::sample::select(vec![
        Figures::money(Currency::AMD),
        Figures::money(Currency::USD).signed(),
        Figures::price(Currency::RUB),
        Figures::quantity(0),
        Figures::quantity(3),
        Figures::quantity(6).signed(),
        Figures::percent(),
        Figures::whole(),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_a_value_other_than_the_one_shown(
        lang in prop::sample::select(Lang::ALL.to_vec()),
        figures in kinds(),
        text in prop_oneof!["[0-9.,' +*/%()x-]{0,14}", "\\PC{0,12}", "[0-9]{1,4}([., ][0-9]{1,4}){0,3}"],
    ) {
        let reading = read(lang, &text, &figures);
        let options = match &reading {
            Reading::Exact(plain) | Reading::Rounded(plain) => vec![plain.clone()],
            Reading::Unsure(options) => options.clone(),
            Reading::Nothing | Reading::Refused(_) => Vec::new(),
        };
        for plain in options {
            prop_assert_eq!(figures.plain(&plain).unwrap(), plain.clone());
            let shown = show(lang, &plain, &figures);
            prop_assert_eq!(read(lang, &shown, &figures), Reading::Exact(plain), "{} shown as {}", text, shown);
        }
    }
}
