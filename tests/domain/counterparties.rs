//! Counterparties: saved exactly, found by any fragment, never twice by mistake.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::{phone, text};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn save(desk: &mut Desk, card: Json) -> i64 {
    desk.run("save-counterparty", card)["id"].as_i64().unwrap()
}

fn card(desk: &Desk, id: i64) -> Json {
    desk.query("counterparty", json!({"id": id})).remove(0)
}

fn found(desk: &Desk, typed: &str) -> Vec<String> {
    let rows = desk.query("counterparties", json!({"text": typed, "limit": 500}));
    rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

fn shop() -> Desk {
    let mut desk = Desk::new();
    for card in [
        json!({"name": "«Արև» ՍՊԸ", "tax_id": "00 987 321", "phones": ["(010) 52-33-44", "+374 91 12 34 56"]}),
        json!({"name": "Сергеев Пётр", "phone": "8 (916) 123-45-67", "email": "petr@example.ru"}),
        json!({"name": "Café Zoë", "code": "Z-17", "contact": "Լևոն"}),
    ] {
        save(&mut desk, card);
    }
    desk
}

#[test]
fn a_card_gives_back_what_was_saved() {
    let mut desk = Desk::new();
    desk.run("save-category", json!({"name": "Մշտական"}));
    let saved = json!({
        "kind": "company", "name": "Արև", "legal_name": "«Արև» ՍՊԸ", "code": "A1", "tax_id": "01234567",
        "email": "info@arev.am", "address": "Երևան\nԱբովյան 1", "delivery_address": "Գյումրի", "bank_name": "Ինեկոբանկ",
        "bank_account": "2050012345678901", "contact": "Անի", "language": "ru", "category": "Մշտական", "note": "a\nb",
    });
    let id = save(&mut desk, saved.clone());
    let card = card(&desk, id);
    for (field, value) in saved.as_object().unwrap() {
        assert_eq!(&card[field], value, "{field}");
    }
    assert_eq!((&card["version"], &card["active"], &card["walk_in"]), (&json!(1), &json!(true), &json!(false)));
    assert_eq!(desk.query("counterparty", json!({"code": "A1"}))[0]["id"], id);
}

#[test]
fn a_change_touches_only_the_fields_it_names() {
    let mut desk = shop();
    let before = card(&desk, 2);
    let saved = desk.run("save-counterparty", json!({"id": "2", "version": "1", "note": "Վճարում է կանխիկ"}));
    assert_eq!(saved, json!({"id": 2, "version": 2}));
    let after = card(&desk, 2);
    for field in ["name", "tax_id", "phones", "kind", "category"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(after["history"].as_array().unwrap().len(), 2);
    desk.run("save-counterparty", json!({"id": 2, "version": 2, "note": ""}));
    assert_eq!(card(&desk, 2)["note"], "");
}

#[test]
fn a_change_of_a_card_that_somebody_changed_first_is_a_conflict() {
    let mut desk = shop();
    desk.run("save-counterparty", json!({"id": 2, "version": 1, "note": "a"}));
    let late = desk.error("save-counterparty", json!({"id": 2, "version": 1, "phone": "077 112233"}));
    assert_eq!(late.kind(), "conflict");
}

#[test]
fn one_with_a_taxpayer_number_is_a_company_unless_it_says_otherwise() {
    let mut desk = Desk::new();
    let company = save(&mut desk, json!({"name": "Ա", "tax_id": "1"}));
    let person = save(&mut desk, json!({"name": "Բ", "tax_id": "2", "kind": "person"}));
    let plain = save(&mut desk, json!({"name": "Գ"}));
    let kinds = [company, person, plain].map(|id| card(&desk, id)["kind"].as_str().unwrap().to_owned());
    assert_eq!(kinds, ["company", "person", "person"]);
}

#[test]
fn phones_are_kept_as_typed_and_known_by_their_digits() {
    let desk = shop();
    let phones = card(&desk, 2)["phones"].clone();
    assert_eq!(phones[0]["phone"], "(010) 52-33-44");
    assert_eq!((&phones[0]["digits"], &phones[1]["digits"]), (&json!("37410523344"), &json!("37491123456")));
    assert_eq!(card(&desk, 3)["phones"][0]["digits"], "79161234567");
}

#[test]
fn the_first_phone_is_replaced_alone_and_the_whole_list_at_once() {
    let mut desk = shop();
    let phones = |desk: &Desk| {
        let phones = card(desk, 2)["phones"].clone();
        phones.as_array().unwrap().iter().map(|row| row["phone"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    desk.run("save-counterparty", json!({"id": 2, "version": 1, "phone": "077 112233"}));
    assert_eq!(phones(&desk), ["077 112233", "+374 91 12 34 56"]);
    desk.run(
        "save-counterparty",
        json!({"id": 2, "version": 2, "phones": ["091123456", "077 112233", "091 12-34-56"]}),
    );
    assert_eq!(phones(&desk), ["091123456", "077 112233"]);
    desk.run("save-counterparty", json!({"id": 2, "version": 3, "phone": ""}));
    assert_eq!(phones(&desk), ["077 112233"]);
    desk.run("save-counterparty", json!({"id": 2, "version": 4, "phones": []}));
    assert!(phones(&desk).is_empty());
}

#[test]
fn several_phones_in_one_field_are_several_phones() {
    let mut desk = Desk::new();
    let id = save(&mut desk, json!({"name": "Ա", "phone": "010 523344, 091-123456; 077 112233"}));
    assert_eq!(card(&desk, id)["phones"].as_array().unwrap().len(), 3);
    let one = save(&mut desk, json!({"name": "Բ", "phone": "010 523355, ներքին 12"}));
    assert_eq!(card(&desk, one)["phones"][0]["phone"], "010 523355, ներքին 12");
}

#[test]
fn one_who_is_known_already_is_saved_only_after_a_yes() {
    let mut desk = shop();
    for (card, key) in [
        (json!({"name": "X", "phone": "37491123456"}), "error.twin_phone"),
        (json!({"name": "X", "tax_id": "00987321"}), "error.twin_tax_id"),
        (json!({"name": "X", "tax_id": "00987321", "phone": "+7 916 1234567"}), "error.twin_both"),
    ] {
        let question = desk.error("save-counterparty", card.clone());
        assert_eq!((question.kind(), question.key()), ("needs-confirmation", key));
        assert!(question.to_string().contains("«Արև» ՍՊԸ"), "{question}");
        desk.run_confirmed("save-counterparty", card);
        desk.run("undo", json!({"seq": desk.last_seq()}));
    }
}

#[test]
fn nobody_is_asked_twice_nor_about_those_switched_off_or_about_extensions() {
    let mut desk = shop();
    let twin = json!({"name": "X", "phone": "091123456", "tax_id": "00987321"});
    let id = desk.run_confirmed("save-counterparty", twin)["id"].as_i64().unwrap();
    desk.run("save-counterparty", json!({"id": id, "version": 1, "note": "a", "phone": "091-12-34-56"}));
    desk.run("save-counterparty", json!({"id": id, "version": 2, "active": false}));
    desk.run("save-counterparty", json!({"id": 2, "version": 1, "active": false}));
    desk.run("save-counterparty", json!({"id": id, "version": 3, "active": true}));
    assert_eq!(desk.fails("save-counterparty", json!({"id": 2, "version": 2, "active": true})), "error.twin_both");
    save(&mut desk, json!({"name": "Y", "phone": "12"}));
    save(&mut desk, json!({"name": "Z", "phone": "12"}));
}

#[test]
fn a_code_belongs_to_one() {
    let mut desk = shop();
    let taken = desk.error("save-counterparty", json!({"name": "X", "code": "Z-17"}));
    assert_eq!((taken.key(), taken.field()), ("error.code_taken", Some("code")));
    assert!(taken.to_string().contains("Café Zoë"));
    desk.run("save-counterparty", json!({"id": 4, "version": 1, "code": "Z-17", "note": "same"}));
}

#[test]
fn the_walk_in_stays_nobody_in_particular() {
    let mut desk = Desk::new();
    for card in [
        json!({"id": 1, "version": 1, "phone": "091123456"}),
        json!({"id": 1, "version": 1, "tax_id": "1"}),
        json!({"id": 1, "version": 1, "kind": "company"}),
        json!({"id": 1, "version": 1, "active": false}),
    ] {
        assert_eq!(desk.fails("save-counterparty", card), "error.walk_in_fixed");
    }
    assert_eq!(desk.fails("remove-counterparty", json!({"id": 1, "version": 1})), "error.walk_in_stays");
    desk.run("save-counterparty", json!({"id": 1, "version": 1, "name": "Խանութ", "phone": "", "kind": "person"}));
    assert_eq!(found(&desk, "խանութ"), ["Խանութ"]);
    assert_eq!(desk.query("counterparties", json!({"walk_in": true})).len(), 1);
}

#[test]
fn cards_refuse_what_makes_no_sense_at_its_field() {
    let mut desk = Desk::new();
    for (card, key, field) in [
        (json!({}), "error.field_empty", "name"),
        (json!({"name": "  "}), "error.field_empty", "name"),
        (json!({"name": "X\u{7}"}), "error.control_character", "name"),
        (json!({"name": "X", "email": "ani"}), "error.email_unreadable", "email"),
        (json!({"name": "X", "phone": "none"}), "error.phone_without_digits", "phone"),
        (json!({"name": "X", "phone": "3*4850001234562"}), "error.phone_is_scan", "phone"),
        (json!({"name": "X", "phones": ["091123456", "?"]}), "error.phone_without_digits", "phones[1]"),
        (json!({"name": "X", "category": "VIP"}), "error.not_in_directory", "category"),
        (json!({"name": "X", "language": "fr"}), "error.language_unknown", "language"),
        (json!({"name": "X", "kind": "robot"}), "error.choice_unknown", "kind"),
        (json!({"name": "X", "colour": "red"}), "error.field_unknown", "colour"),
        (json!({"name": "X", "note": "x".repeat(10_001)}), "error.text_too_long", "note"),
    ] {
        let refused = desk.error("save-counterparty", card.clone());
        assert_eq!((refused.key(), refused.field()), (key, Some(field)), "{card}");
    }
}

#[test]
fn any_word_in_any_script_finds_the_card() {
    let desk = shop();
    for typed in ["արև", "ԱՐԵՎ", "00987321", "873", "52 33 44", "(010)52", "091 12-34-56", "+37491", "սպը"] {
        assert_eq!(found(&desk, typed), ["«Արև» ՍՊԸ"], "{typed}");
    }
    for typed in ["петр", "ПЁТР", "сергеев п", "пе сергеев", "89161234567", "example.ru", "7 916"]
    {
        assert_eq!(found(&desk, typed), ["Сергеев Пётр"], "{typed}");
    }
    for typed in ["cafe", "zoe", "ZOË caf", "z-17", "լևոն", "Ca"] {
        assert_eq!(found(&desk, typed), ["Café Zoë"], "{typed}");
    }
    for nobody in ["արև петр", "9161234568", "100%", "_"] {
        assert!(found(&desk, nobody).is_empty(), "{nobody}");
    }
    assert_eq!(found(&desk, " ").len(), 4);
}

#[test]
fn pages_follow_the_alphabet_and_lose_nobody() {
    let mut desk = Desk::new();
    for number in 1..=25 {
        save(&mut desk, json!({"name": format!("Խանութ {number}")}));
    }
    let (mut names, mut after) = (Vec::new(), Json::Null);
    loop {
        let page = desk.query("counterparties", json!({"walk_in": false, "limit": 7, "after": after}));
        let Some(last) = page.last() else { break };
        after = last["after"].clone();
        names.extend(page.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
    }
    let expected: Vec<_> = (1..=25).map(|number| format!("Խանութ {number}")).collect();
    assert_eq!(names, expected);
}

#[test]
fn lists_are_narrowed_by_category_kind_and_activity() {
    let mut desk = shop();
    desk.run("save-category", json!({"name": "VIP"}));
    desk.run("save-counterparty", json!({"id": 2, "version": 1, "category": "vip"}));
    desk.run("save-counterparty", json!({"id": 3, "version": 1, "active": false}));
    let count = |filter: Json| desk.query("counterparties", filter).len();
    assert_eq!(count(json!({"category": "VIP"})), 1);
    assert_eq!(count(json!({"kind": "company"})), 1);
    assert_eq!(count(json!({"active": "false"})), 1);
    assert_eq!(count(json!({"active": true})), 3);
}

#[test]
fn only_one_without_orders_files_or_balances_is_removed_and_undo_brings_all_of_it_back() {
    let mut desk = shop();
    let before = card(&desk, 2);
    desk.run("remove-counterparty", json!({"id": 2, "version": 1}));
    assert!(found(&desk, "արև").is_empty());
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(card(&desk, 2)["phones"], before["phones"]);
    assert_eq!(found(&desk, "52 33 44"), ["«Արև» ՍՊԸ"]);
    desk.run("save-opening-balance", json!({"counterparty": 3, "amount": "5"}));
    assert_eq!(desk.fails("remove-counterparty", json!({"id": 3, "version": 1})), "error.used_elsewhere");
    desk.run("place-order", json!({"counterparty": 4, "lines": [{"text": "x", "quantity": "1", "price": "1"}]}));
    assert_eq!(desk.fails("remove-counterparty", json!({"id": 4, "version": 1})), "error.used_elsewhere");
}

/// Names of up to three words in one of the three scripts, with marks and capitals that people mix in.
fn names() -> impl Strategy<Value = String> {
    prop_oneof!["[Ա-Ֆա-և «»՛]{3,24}", "[А-Яа-яЁё \"-]{3,24}", "[A-Za-zÀ-ÿ '.&]{3,24}"]
}

fn phones() -> impl Strategy<Value = String> {
    prop_oneof![
        "0(10|91|93|77)[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}",
        "\\+7 \\(9[0-9]{2}\\) [0-9]{3}-[0-9]{2}-[0-9]{2}",
        "[0-9]{1,12}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Several cards at a time, so that a find is also a choice.
    #[test]
    fn a_saved_counterparty_is_found_by_each_phone_and_by_any_three_letters_of_its_name(
        cards in prop::collection::vec((names(), prop::collection::vec(phones(), 1..3)), 1..6),
        place in any::<prop::sample::Index>(),
    ) {
        let mut desk = Desk::new();
        for (name, phones) in cards {
            let card = json!({"name": name, "phones": phones});
            let Ok(saved) = desk.store.run_json(&desk.owner.clone().confirmed(), "save-counterparty", card) else {
                prop_assume!(!text::clean_line(&name).unwrap().is_empty());
                panic!("{name} was refused");
            };
            let kept = text::clean_line(&name).unwrap();
            for phone in &phones {
                let digits = text::digits(phone);
                prop_assert!(has(&desk, phone, &saved.output), "{phone}");
                prop_assert!(has(&desk, &digits, &saved.output), "{digits}");
                prop_assert!(!phone::search_digits(phone).is_empty() || digits.trim_matches('0').is_empty());
            }
            for word in text::fold(&kept).split(' ') {
                let letters: Vec<char> = word.chars().collect();
                if letters.len() >= 3 {
                    let at = place.index(letters.len() - 2);
                    let fragment: String = letters[at..at + 3].iter().collect();
                    prop_assert!(has(&desk, &fragment, &saved.output), "{fragment} of {kept}");
                }
            }
        }
    }
}

fn has(desk: &Desk, typed: &str, saved: &Json) -> bool {
    desk.query("counterparties", json!({"text": typed, "limit": 500})).iter().any(|row| row["id"] == saved["id"])
}
