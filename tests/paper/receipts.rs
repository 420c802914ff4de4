//! Receipts of a real company file: how an order was paid, on 80 mm paper, and that no receipt passes for a fiscal one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

use crate::forms_shop::{CUSTOMER, ISSUER, Shop, says, scanned, text_of, texts};
use serde_json::json;

#[test]
fn a_receipt_shows_tenders_change_and_rounding_and_that_it_is_not_fiscal() {
    let mut shop = Shop::new();
    let taken = shop.pay(json!([{"method": "card", "amount": "99150"}, {"method": "cash", "amount": "250000"}]));
    let printed = shop.fill("receipt", json!({"payment": taken["id"]}));
    assert!((printed.paper.pages[0].width - 226.77).abs() < 0.1, "80 mm");
    let dir = tempfile::tempdir().unwrap();
    let text = text_of(&printed, dir.path());
    for wanted in [
        ISSUER,
        "Անդորրագիր № 000001",
        "02.03.2026 10:00",
        CUSTOMER,
        "12 հատ × 24\u{a0}500,00 294\u{a0}000,00",
        "Զեղչ 294,50",
        "ԱԱՀ 20% 49\u{a0}858,42\u{a0}֏",
        "Ընդամենը 299\u{a0}150,50\u{a0}֏",
        "Քարտ 99\u{a0}150\u{a0}֏",
        "Կանխիկ 250\u{a0}000\u{a0}֏",
        "Մանր 49\u{a0}999\u{a0}֏",
        "Կանխիկի կլորացում -0,50\u{a0}֏",
        "Վճարված է 299\u{a0}150,50\u{a0}֏",
        "Մնում է վճարել 0\u{a0}֏",
        "Սա ֆիսկալ կտրոն չէ",
        "Ֆիսկալ կտրոնի համար",
    ] {
        assert!(text.contains(wanted), "{wanted:?} in: {text}");
    }
    let scanned = scanned(dir.path());
    assert!(scanned.contains("CODE-128:000001\n") && scanned.contains("299150.50\nAMD"), "{scanned}");
    assert_eq!(shop.fill("receipt", json!({"order": shop.order["id"]})).pdf().unwrap(), printed.pdf().unwrap());
}

#[test]
fn a_receipt_of_an_order_is_that_of_its_last_standing_payment() {
    let mut shop = Shop::new();
    let by_order = json!({"order": shop.order["id"]});
    assert_eq!(shop.refused("receipt", by_order.clone()), ("error.form.no_payment", Some("order".to_owned())));
    assert_eq!(shop.refused("receipt", json!({})).0, "error.form.which_payment");
    shop.pay(json!([{"method": "card", "amount": "1000"}]));
    let second = shop.pay(json!([{"method": "card", "amount": "2000"}]));
    let printed = shop.fill("receipt", by_order.clone());
    assert!(says(&printed, "Անդորրագիր № 000002") && says(&printed, "Պատվերի համար վճարված է ընդհանուր 3000\u{a0}֏"));
    let void = shop.desk.run("void-payment", json!({"payment": second["id"], "reason": "Սխալ քարտ"}));
    assert!(says(&shop.fill("receipt", by_order), "Անդորրագիր № 000001"));
    assert!(texts(&shop.fill("receipt", json!({"payment": second["id"]}))).contains(&"Չեղյալ է"));
    let reversal = shop.fill("receipt", json!({"payment": void["id"]}));
    assert!(says(&reversal, "Վճարման չեղարկում № 000003") && says(&reversal, "Սխալ քարտ"));
    assert!(texts(&reversal).contains(&"-2000\u{a0}֏"));
}

#[test]
fn a_receipt_of_an_advance_has_no_order_and_says_what_is_kept() {
    let mut shop = Shop::new();
    let tenders = json!([{"method": "transfer", "amount": "5000"}]);
    let taken = shop.desk.run("take-payment", json!({"counterparty": shop.customer["id"], "tenders": tenders}));
    let printed = shop.fill("receipt", json!({"payment": taken["id"]}));
    assert!(says(&printed, "Բանկային փոխանցում 5000\u{a0}֏ Վճարված է 5000\u{a0}֏ Մնում է որպես կանխավճար 5000\u{a0}֏"));
    assert!(!says(&printed, "Պատվեր"));
}

#[test]
fn a_receipt_of_money_given_back_says_refunded_and_why() {
    let mut shop = Shop::new();
    shop.pay(json!([{"method": "card", "amount": "299150.50"}]));
    let back = shop.desk.run("return-order", json!({"order": shop.order["id"]}));
    let tenders = json!([{"method": "card", "amount": "299150.50"}]);
    let refund = json!({"order": back["id"], "tenders": tenders, "reason": "Վերադարձված ապրանք"});
    let refund = shop.desk.run("refund-payment", refund);
    let printed = shop.fill("receipt", json!({"payment": refund["id"]}));
    for wanted in [
        "Գումարի վերադարձ № 000002",
        "Վերադարձված ապրանք",
        "Ընդամենը -299\u{a0}150,50\u{a0}֏",
        "Վերադարձված է -299\u{a0}150,50\u{a0}֏",
        "Մնում է վճարել 0\u{a0}֏",
    ] {
        assert!(says(&printed, wanted), "{wanted} in {:?}", texts(&printed));
    }
}
