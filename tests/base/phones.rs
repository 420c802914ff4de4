//! Phones as people write them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::phone::{Phone, search_digits};

#[test]
fn one_number_written_in_many_ways_is_the_same_number() {
    for typed in [
        "091 123456",
        "091123456",
        "91 12 34 56",
        "(091) 12-34-56",
        "091/12-34-56",
        "+374 91 12-34-56",
        "+374 (0)91 123456",
        "+374 (91) 123456",
        "(+374) 91 12 34 56",
        "374 91 123456",
        "00374 91 123456",
        "tel:+374-91-123456",
        "٠٩١ ١٢٣٤٥٦",
        "０９１ １２３４５６",
    ] {
        let phone = Phone::read(typed, "AM");
        assert_eq!(phone.e164(), Some("+37491123456"), "{typed}");
        assert_eq!(phone.shown(), "+374 91 123456", "{typed}");
        assert_eq!(phone.digits(), "37491123456", "{typed}");
        assert_eq!(phone.typed(), typed);
    }
}

#[test]
fn numbers_of_other_countries_are_understood_from_armenia() {
    for (typed, e164) in [
        ("8 (495) 123-45-67", "+74951234567"),
        ("8 701 123 45 67", "+77011234567"),
        ("+7 495 123-45-67", "+74951234567"),
        ("+995 32 2 12 34 56", "+995322123456"),
        ("+1 206 555 9857", "+12065559857"),
        ("0044 20 7946 0958", "+442079460958"),
    ] {
        assert_eq!(Phone::read(typed, "AM").e164(), Some(e164), "{typed}");
    }
}

#[test]
fn country_of_the_customer_decides_what_a_local_number_means() {
    assert_eq!(Phone::read("(206) 555-9857", "US").e164(), Some("+12065559857"));
    assert_eq!(Phone::read("030-0074321", "DE").e164(), Some("+49300074321"));
    assert_eq!(Phone::read("8 (495) 123-45-67", "RU").e164(), Some("+74951234567"));
    assert_eq!(Phone::read("010 52-10-10", "AM").e164(), Some("+37410521010"));
}

#[test]
fn what_is_no_known_number_is_kept_as_typed() {
    for (typed, digits) in [
        ("(5) 555-4729", "55554729"),
        ("112", "112"),
        ("call Anna", ""),
        ("091123456, 093 111222", "091123456093111222"),
    ] {
        let phone = Phone::read(typed, "AM");
        assert_eq!((phone.e164(), phone.shown(), phone.digits().as_str()), (None, typed, digits), "{typed}");
    }
}

#[test]
fn unknown_country_still_reads_numbers_with_their_code() {
    assert_eq!(Phone::read("+37491123456", "??").e164(), Some("+37491123456"));
    assert_eq!(Phone::read("091123456", "").e164(), None);
}

#[test]
fn search_finds_the_kept_digits_from_what_is_dialled() {
    let kept = Phone::read("+374 91 123456", "AM").digits();
    for typed in ["091 12", "91-123", "+374 91", "00374 91", "3456"] {
        assert!(kept.contains(&search_digits(typed)), "{typed}");
    }
    assert!(Phone::read("+7 495 123-45-67", "AM").digits().contains(&search_digits("8 495 123-45-67")));
}
