//! Text as people type it: cleaned, folded, sorted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::locale::Lang;
use patver::base::text::{clean_line, clean_lines, digits, fold, hex, natural_cmp, short_enough, sort_key, unhex};
use proptest::prelude::*;

#[test]
fn folding_forgets_case_accents_ligatures_and_quotes() {
    for (typed, folded) in [
        ("Սևան", "սեւան"),
        ("ՍԵՎԱՆ", "սեւան"),
        ("ՍԵՒԱՆ", "սեւան"),
        ("«Անի» ՍՊԸ", "անի սպը"),
        ("Ի՞նչ", "ինչ"),
        ("Ёлка", "елка"),
        ("Йод", "иод"),
        ("ООО «Ромашка»", "ооо ромашка"),
        ("Frédérique Citeaux", "frederique citeaux"),
        ("Blondel père et fils", "blondel pere et fils"),
        ("Queen Cozinha São Paulo", "queen cozinha sao paulo"),
        ("Wolski Łódź", "wolski lodz"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("İSTANBUL", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("O’Brien", "obrien"),
        ("A–12", "a-12"),
        ("№ 5", "no 5"),
        ("  two \t lines\n ", "two lines"),
        ("１２ ٣", "12 3"),
        ("ﬁne", "fine"),
    ] {
        assert_eq!(fold(typed), folded, "{typed}");
    }
}

#[test]
fn vowel_signs_that_make_another_word_are_kept() {
    assert_ne!(fold("कि"), fold("का"));
    assert_ne!(fold("が"), fold("か"));
}

#[test]
fn numbers_inside_names_sort_by_value() {
    let mut names = vec!["A-10", "A-2", "a-1", "B-1", "A-2b", "A-1000000000000", "A-002c"];
    names.sort_by(|left, right| natural_cmp(left, right));
    assert_eq!(names, ["a-1", "A-2", "A-2b", "A-002c", "A-10", "A-1000000000000", "B-1"]);
}

#[test]
fn armenian_names_sort_in_the_order_of_the_alphabet() {
    let order = [
        "Արամ",
        "բանկ",
        "Գագիկ",
        "Դավիթ",
        "Եղիա",
        "Զարեհ",
        "էդգար",
        "Ըմպելիք",
        "Թամար",
        "Ժիրայր",
        "Իշխան",
        "Լիլիթ",
        "Խաչիկ",
        "Ծովինար",
        "Կարեն",
        "Հայկ",
        "Ձորակ",
        "Ղազար",
        "Ճամփա",
        "Մարիամ",
        "Յուրի",
        "Նարե",
        "Շանթ",
        "Որմիզդ",
        "Չալաբյան",
        "Պետրոս",
        "Ջեմմա",
        "Ռուբեն",
        "Սոս",
        "Վահե",
        "Տիգրան",
        "Րաֆֆի",
        "Ցոլակ",
        "Փառանձեմ",
        "Քնարիկ",
        "Օհան",
        "Ֆելիքս",
    ];
    let mut sorted = order.to_vec();
    sorted.reverse();
    sorted.sort_by_key(|name| sort_key(name));
    assert_eq!(sorted, order);
}

#[test]
fn ligature_sorts_after_qe_and_before_o() {
    let mut words = vec!["այօ", "այև", "այքք", "այփ"];
    words.sort_by_key(|word| sort_key(word));
    assert_eq!(words, ["այփ", "այքք", "այև", "այօ"]);
}

#[test]
fn quotes_and_case_do_not_decide_the_order() {
    let mut names = vec!["«Ջրվեժ»", "Արարատ", "«անի»", "ԱՆԻ 2"];
    names.sort_by_key(|name| sort_key(name));
    assert_eq!(names, ["«անի»", "ԱՆԻ 2", "Արարատ", "«Ջրվեժ»"]);
    let mut russian = vec!["Юг", "Йод", "Ива", "ёж", "еда", "Ель"];
    russian.sort_by_key(|name| sort_key(name));
    assert_eq!(russian, ["еда", "ёж", "Ель", "Ива", "Йод", "Юг"]);
}

#[test]
fn one_line_is_kept_clean() {
    assert_eq!(clean_line("  Արամ \t Պետրոսյան\n").unwrap(), "Արամ Պետրոսյան");
    assert_eq!(clean_line("e\u{301}").unwrap(), "é");
    assert_eq!(clean_line("a\u{200B}b\u{FEFF}\u{202E}c").unwrap(), "abc");
    assert_eq!(clean_line("").unwrap(), "");
    for bad in ["a\0b", "\u{1B}[31m", "a\u{7}", "x\u{9F}"] {
        assert_eq!(clean_line(bad).unwrap_err().key(), "error.control_character", "{bad:?}");
    }
}

#[test]
fn text_that_is_too_long_is_refused_with_its_limit() {
    assert_eq!(short_enough("ԱԲԳ".into(), 3).unwrap(), "ԱԲԳ");
    let error = short_enough("ԱԲԳԴ".into(), 3).unwrap_err();
    assert_eq!(error.message(Lang::EN), "The text is longer than 3 characters");
    assert_eq!(error.message(Lang::RU), "Текст длиннее 3 символов");
    assert_eq!(short_enough("аб".into(), 1).unwrap_err().message(Lang::RU), "Текст длиннее 1 символа");
    assert!(error.next_step(Lang::HY).is_some());
}

#[test]
fn several_lines_keep_their_breaks() {
    assert_eq!(clean_lines("\r\n first  line \r\n\r\nsecond\rthird\n\n").unwrap(), "first line\n\nsecond\nthird");
    assert!(clean_lines("a\n\0").is_err());
}

#[test]
fn digits_of_every_script_are_digits() {
    assert_eq!(digits("+374 (91) ١٢-۳۴-５६"), "3749112345६".replace('६', "6"));
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in any::<String>()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn folding_forgets_case(text in "[a-zA-Zա-ֆԱ-Ֆևа-яА-ЯёЁ0-9 «»-]{0,40}") {
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
    }

    #[test]
    fn cleaning_twice_changes_nothing(text in any::<String>()) {
        if let Ok(clean) = clean_lines(&text) {
            prop_assert_eq!(clean_lines(&clean).unwrap(), clean);
        }
    }

    #[test]
    fn sort_key_orders_numbers_like_numbers(left in any::<u64>(), right in any::<u64>()) {
        let (a, b) = (sort_key(&format!("A-{left}")), sort_key(&format!("A-{right}")));
        prop_assert_eq!(a.cmp(&b), left.cmp(&right));
    }

    #[test]
    fn sort_key_is_the_same_for_texts_that_fold_to_one(text in any::<String>()) {
        prop_assert_eq!(sort_key(&text), sort_key(&text.to_lowercase().to_lowercase()));
    }
}

#[test]
fn hexadecimal_digits_and_bytes_are_the_same_thing_both_ways() {
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(unhex(&hex(&all)), Some(all));
    assert_eq!(unhex("00fF"), Some(vec![0, 255]));
    assert_eq!(unhex(""), Some(Vec::new()));
    for wrong in ["0", "+f", "0x", "g0", "00 ", "ֆֆ", "0\u{661}"] {
        assert_eq!(unhex(wrong), None, "{wrong}");
    }
}
