//! Invoices and order forms of a real company file: what stands on them, who may see them, and that tools read them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

use std::sync::Arc;

use crate::desk::{Desk, NOW};
use crate::forms_shop::{CUSTOMER, ISSUER, Shop, fill, request, says, scanned, text_of, texts};
use crate::forms_support::{LONG, line, words};
use patver::base::currency::Currency;
use patver::base::date::Instant;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::domain::file::keep_file;
use patver::domain::order::totals::{Document, Place};
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use patver::forms::{self, Request, invoice};
use patver::print::Item;
use serde_json::{Value as Json, json};

#[test]
fn an_invoice_copies_out_with_every_name_and_the_exact_totals_and_its_codes_are_read() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    let printed = shop.fill("invoice", json!({"id": id}));
    let dir = tempfile::tempdir().unwrap();
    let text = text_of(&printed, dir.path());
    for wanted in [
        "Հաշիվ № 000001",
        "2 մարտի, 2026 թ.",
        ISSUER,
        CUSTOMER,
        "01234567/1",
        "07654321",
        "1570012345678901",
        "Աթոռ «Սևան»",
        "Թուղթ «Снегурочка»",
        "Գումարն ուղղված է՝ Ընկերոջ համար",
        "294\u{a0}000,00",
        "2650,50",
        "2500,00",
        "249\u{a0}292,08\u{a0}֏",
        "49\u{a0}858,42\u{a0}֏",
        "299\u{a0}150,50\u{a0}֏",
        "Երկու հարյուր իննսունինը հազար հարյուր հիսուն դրամ 50 լումա",
        "Վ. Ծատուրյան",
        "Մ. Եղիազարյան",
        "Էջ 1 / 1",
    ] {
        assert!(text.contains(&words(wanted)), "{wanted:?} in: {text}");
    }
    let scanned = scanned(dir.path());
    assert!(scanned.contains("CODE-128:000001\n"), "{scanned}");
    let about = format!("QR-Code:{ISSUER}\n000001\n2026-03-02\n299150.50\nAMD\n");
    assert!(scanned.contains(&about), "{scanned}");
}

#[test]
fn two_makes_are_the_same_bytes_whatever_was_done_in_between() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    let make = |shop: &Shop| shop.fill("invoice", json!({"id": id})).pdf().unwrap();
    let first = make(&shop);
    assert_eq!(first, make(&shop));
    shop.desk.clock.set(Instant::from_millis(NOW + 40 * 24 * 3_600_000));
    let renamed = json!({"id": shop.customer["id"], "version": shop.customer["version"], "name": "Ուրիշ անուն"});
    shop.desk.run("save-counterparty", renamed);
    shop.pay(json!([{"method": "card", "amount": "1000"}]));
    shop.desk.run("mark-invoice-printed", json!({"invoice": id}));
    assert_eq!(first, make(&shop), "an invoice is what was issued");
}

#[test]
fn an_invoice_is_found_by_id_by_number_and_by_its_order() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    let by_id = shop.fill("invoice", json!({"id": id})).pdf().unwrap();
    for keys in [json!({"number": "000001"}), json!({"number": "1"}), json!({"order": shop.order["id"]})] {
        assert_eq!(shop.fill("invoice", keys).pdf().unwrap(), by_id);
    }
    assert_eq!(shop.refused("invoice", json!({})).0, "error.invoice.which");
    assert_eq!(shop.refused("invoice", json!({"number": "77"})).1.as_deref(), Some("number"));
    assert_eq!(shop.refused("invoice", json!({"colour": "red"})).0, "error.field_unknown");
    assert_eq!(shop.refused("poster", json!({})).0, "error.form.unknown");
}

#[test]
fn a_damaged_invoice_is_refused_and_so_is_one_of_a_newer_form() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("shop.patver");
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let store = Store::create(&path, &BUSINESS, clock.clone()).unwrap();
    let mut shop = Shop::at(Desk::over(store, clock));
    let id = shop.invoice();
    let change = |sql: &str| rusqlite::Connection::open(&path).unwrap().execute(sql, []).unwrap();
    for (sql, wanted) in [
        ("UPDATE invoices SET form_version = 99", "error.form.newer"),
        ("UPDATE invoices SET form_version = 1, total = total + 1", "error.form.damaged"),
        (
            "UPDATE invoices SET total = total - 1, content = replace(content, '29400000', '29400001')",
            "error.form.damaged",
        ),
    ] {
        assert_eq!(change(sql), 1);
        assert_eq!(shop.refused("invoice", json!({"id": id})).0, wanted, "{sql}");
    }
    change("UPDATE invoices SET content = replace(content, '29400001', '29400000')");
    assert!(says(&shop.fill("invoice", json!({"id": id})), CUSTOMER));
}

#[test]
fn a_voided_invoice_says_so_across_and_asks_for_no_money() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    assert!(says(&shop.fill("invoice", json!({"id": id})), "Մնում է վճարել"));
    shop.desk.run("void-invoice", json!({"invoice": id, "reason": "Սխալ հաճախորդ"}));
    let printed = shop.fill("invoice", json!({"id": id}));
    let across = printed.paper.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Mark(mark) => Some(mark.text.text.as_str()),
        _ => None,
    });
    assert_eq!(across.collect::<Vec<_>>(), ["Չեղյալ է"]);
    assert!(says(&printed, "Չեղարկման պատճառ Սխալ հաճախորդ"));
    assert!(!says(&printed, "Մնում է վճարել"));
    let dir = tempfile::tempdir().unwrap();
    assert!(text_of(&printed, dir.path()).contains(CUSTOMER), "the words across hide nothing");
}

#[test]
fn a_copy_says_that_it_is_one_and_a_fiscal_number_is_shown_once_it_is_known() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    let copy = Request { copy: true, ..request("invoice", json!({"id": id})) };
    assert!(!texts(&shop.fill("invoice", json!({"id": id}))).contains(&"Պատճեն"));
    assert!(texts(&fill(&shop.desk, &copy).unwrap()).contains(&"Պատճեն"));
    shop.desk.run("set-fiscal-number", json!({"invoice": id, "fiscal_number": "00451234"}));
    assert!(says(&shop.fill("invoice", json!({"id": id})), "Ֆիսկալ կտրոնի համար 00451234"));
}

#[test]
fn the_language_is_the_customers_or_the_one_asked_for_and_shipped_names_follow_it() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    let wanted = [
        (None, ["Հաշիվ № 000001", "հատ", "299\u{a0}150,50\u{a0}֏"]),
        (Some(Lang::RU), ["Счёт № 000001", "шт", "299\u{a0}150,50\u{a0}֏"]),
        (Some(Lang::EN), ["Invoice 000001", "pcs", "AMD\u{a0}299,150.50"]),
    ];
    for (language, wanted) in wanted {
        let printed = fill(&shop.desk, &Request { language, ..request("invoice", json!({"id": id})) }).unwrap();
        let texts = texts(&printed);
        assert!(wanted.iter().all(|wanted| texts.contains(wanted)), "{wanted:?} in {texts:?}");
        assert!(texts.contains(&CUSTOMER), "names stay as they are");
    }
}

#[test]
fn an_invoice_of_a_return_is_a_credit_note_of_the_exact_opposite() {
    let mut shop = Shop::new();
    let back = shop.desk.run("return-order", json!({"order": shop.order["id"]}));
    let credit = shop.desk.run("issue-invoice", json!({"order": back["id"]}));
    let printed = shop.fill("invoice", json!({"id": credit["id"]}));
    assert!(says(&printed, "Վերադարձի հաշիվ № 000001"));
    let texts = texts(&printed);
    for wanted in ["-294\u{a0}000,00", "-299\u{a0}150,50\u{a0}֏", "Ենթակա է վերադարձման", "299\u{a0}150,50\u{a0}֏"]
    {
        assert!(texts.contains(&wanted), "{wanted} in {texts:?}");
    }
    assert!(says(&printed, "Մինուս երկու հարյուր իննսունինը հազար"));
    assert!(says(&shop.fill("order", json!({"id": back["id"]})), "Վերադարձ № 000002"));
}

#[test]
fn an_order_form_says_when_it_is_due_who_answers_for_it_and_what_is_left_to_pay() {
    let mut shop = Shop::new();
    shop.pay(json!([{"method": "card", "amount": "100000"}]));
    let printed = shop.fill("order", json!({"number": shop.order["number"]}));
    let dir = tempfile::tempdir().unwrap();
    let text = text_of(&printed, dir.path());
    for wanted in [
        "Պատվեր № 000001",
        "9 մարտի, 2026 թ. 18:00",
        "Պատասխանատու ani",
        CUSTOMER,
        "Զանգահարել առաքումից առաջ",
        "Վճարված է 100\u{a0}000\u{a0}֏",
        "Մնում է վճարել 199\u{a0}150,50\u{a0}֏",
    ] {
        assert!(text.contains(wanted), "{wanted:?} in: {text}");
    }
    assert!(scanned(dir.path()).contains("CODE-128:000001\n"));
    let invoice = shop.invoice();
    let invoice = shop.fill("invoice", json!({"id": invoice}));
    assert!(!says(&invoice, "Զանգահարել"), "a note for the desk stands on no invoice");
}

#[test]
fn a_draft_and_a_cancelled_order_say_so_across() {
    let mut shop = Shop::new();
    let draft = shop
        .desk
        .run("place-order", json!({"status": "draft", "lines": [{"text": "Ծրար", "quantity": "1", "price": "100"}]}));
    let printed = shop.fill("order", json!({"id": draft["id"]}));
    assert!(texts(&printed).contains(&"Սևագիր") && !says(&printed, "Մնում է վճարել"));
    shop.desk.run("cancel-order", json!({"order": shop.order["id"], "version": 1, "reason": "Հրաժարվեց"}));
    assert!(texts(&shop.fill("order", json!({"id": shop.order["id"]}))).contains(&"Չեղարկված է"));
    assert_eq!(shop.refused("order", json!({})).0, "error.form.which");
    assert_eq!(shop.refused("order", json!({"number": "99"})), ("error.record_missing", Some("number".to_owned())));
}

#[test]
fn nobody_prints_what_he_may_not_see() {
    let mut shop = Shop::new();
    let id = shop.invoice();
    let payment = shop.pay(json!([{"method": "card", "amount": "1000"}]))["id"].clone();
    let mut hire = |login: &str, rights: Json| {
        shop.desk.run("save-role", json!({"code": login, "name": login, "rights": rights}));
        let user = shop.desk.run("save-user", json!({"login": login, "role": login}))["id"].as_i64().unwrap();
        let own = json!({"responsible": user, "lines": [{"text": "Ծրար", "quantity": "1", "price": "100"}]});
        (Call::of_user(user), shop.desk.run("place-order", own)["id"].clone())
    };
    let (nobody, _) = hire("nobody", json!(["item-view"]));
    let (seller, own) = hire("seller", json!(["order-view-own", "invoice-view", "payment-view"]));
    let (clerk, _) = hire("clerk", json!(["order-view-all", "invoice-view", "payment-view"]));
    let try_to = |call: &Call, form: &str, keys: Json| {
        let made = forms::fill(&shop.desk.store.view(call).unwrap(), &request(form, keys));
        made.map(drop).map_err(|error| error.key())
    };
    let other = shop.order["id"].clone();
    let all =
        [("invoice", json!({"id": id})), ("order", json!({"id": other})), ("receipt", json!({"payment": payment}))];
    for (form, keys) in all {
        assert_eq!(try_to(&nobody, form, keys.clone()), Err("error.no_right"), "{form}");
        assert_eq!(try_to(&seller, form, keys.clone()), Err("error.no_right"), "{form} of another's order");
        assert_eq!(try_to(&clerk, form, keys), Ok(()), "{form}");
    }
    assert_eq!(try_to(&seller, "order", json!({"id": own})), Ok(()));
    assert_eq!(try_to(&nobody, "order", json!({"id": own})), Err("error.no_right"));
}

#[test]
fn a_logo_stands_on_every_form() {
    let mut shop = Shop::new();
    let hash = keep_file(&mut shop.desk.store, &shop.desk.owner, &crate::forms_support::logo()).unwrap().to_string();
    let version = shop.desk.query("company", json!({}))[0]["version"].clone();
    shop.desk.run("save-company", json!({"version": version, "logo": hash}));
    let id = shop.invoice();
    let payment = shop.pay(json!([{"method": "card", "amount": "1000"}]))["id"].clone();
    let keys = [
        ("invoice", json!({"id": id})),
        ("order", json!({"id": shop.order["id"]})),
        ("receipt", json!({"payment": payment})),
    ];
    for (form, keys) in keys {
        let printed = shop.fill(form, keys);
        assert!(printed.paper.pages[0].items.iter().any(|item| matches!(item, Item::Image(_))), "{form}");
    }
}

#[test]
fn an_order_of_five_thousand_lines_carries_its_sums_from_page_to_page() {
    let lines = (0..5_000).map(|at| line("1", &format!("{}.50", at % 90), "0", Some("20"))).collect();
    let document = Document { currency: Currency::AMD, prices_include_tax: true, rounding: Place::Line, lines };
    let content = crate::forms_support::content(&document, |at| (format!("Ապրանք {at}"), "հատ".to_owned()));
    let printed = invoice::draw(&content, crate::forms_support::standing(Lang::HY)).unwrap();
    let pages = printed.paper.pages.len();
    assert!((100..200).contains(&pages), "{pages} pages");
    let count = |words: &str| texts(&printed).into_iter().filter(|text| *text == words).count();
    assert_eq!((count("Տեղափոխվում է հաջորդ էջ"), count("Տեղափոխված է նախորդ էջից")), (pages - 1, pages - 1));
    assert_eq!(count("Անվանում"), pages, "the heading stands on each page");
    let dir = tempfile::tempdir().unwrap();
    let text = text_of(&printed, dir.path());
    assert!(text.contains("4999 Ապրանք 4998 հատ 1 48,50 20% 48,50"));
    assert!(text.contains(&format!("Էջ {pages} / {pages}")));
}

#[test]
fn currencies_of_none_two_and_three_decimals_are_written_with_theirs() {
    for (code, price, wanted) in [
        ("JPY", "1234.5", ["1,234.5", "1,235", "JP¥1,235"]),
        ("USD", "1234.5", ["1,234.50", "1,234.50", "$1,234.50"]),
        ("KWD", "1234.5", ["1,234.500", "1,234.500", "KWD\u{a0}1,234.500"]),
        ("AMD", "1234", ["1,234", "1,234", "AMD\u{a0}1,234"]),
        ("USD", "0.123456", ["0.123456", "0.12", "$0.12"]),
    ] {
        let currency = Currency::parse(code).unwrap();
        let lines = vec![line("1", price, "0", None)];
        let document = Document { currency, prices_include_tax: true, rounding: Place::Line, lines };
        let content = crate::forms_support::content(&document, |_| ("Thing".to_owned(), String::new()));
        let printed = invoice::draw(&content, crate::forms_support::standing(Lang::EN)).unwrap();
        let texts = texts(&printed);
        let wanted = wanted.map(|wanted| if code == "JPY" { wanted.replace("JP¥", "¥") } else { wanted.to_owned() });
        assert!(wanted.iter().all(|wanted| texts.contains(&wanted.as_str())), "{wanted:?} in {texts:?}");
        assert!(!texts.contains(&"Tax"), "what is not taxed does not speak of tax");
    }
}

#[test]
fn long_names_wrap_and_nothing_leaves_the_paper() {
    for lang in Lang::ALL {
        let mut content = crate::forms_support::usual(lang);
        for party in [&mut content.issuer, &mut content.customer] {
            party.name = LONG.repeat(3);
            party.address = LONG.repeat(3);
            party.bank_account = "12345678901234567890".repeat(5);
        }
        content.lines[0].text = LONG.repeat(8);
        content.lines[1].text = "Ա".repeat(300);
        content.note = LONG.repeat(30);
        let receipt = crate::forms_support::receipt(content.clone(), lang);
        for printed in [
            invoice::draw(&content, crate::forms_support::standing(lang)).unwrap(),
            forms::order::draw(&content, crate::forms_support::confirmed(lang)).unwrap(),
            forms::receipt::draw(&receipt).unwrap(),
        ] {
            for page in &printed.paper.pages {
                for text in page.texts() {
                    let right = text.left() + patver::print::font::width(&text.text, text.size, text.weight);
                    assert!(text.left() > 0.0 && right < page.width, "{text:?}");
                    assert!(text.y > 0.0 && text.y < page.height, "{text:?}");
                }
            }
            let all = texts(&printed).concat().replace(' ', "");
            assert!(all.contains(&"Ա".repeat(300)) && all.contains(LONG.replace(' ', "").as_str()));
        }
    }
}

#[test]
fn fields_of_the_companys_own_stand_on_paper_where_they_are_meant_to_and_stay_on_an_issued_invoice() {
    let mut shop = Shop::new();
    for field in [
        json!({"record": "order", "name": "Մեքենա", "code": "vehicle", "printed": true}),
        json!({"record": "order", "name": "Ներքին", "code": "inside"}),
        json!({"record": "counterparty", "name": "Վարկանիշ", "code": "rating", "holds": "number", "printed": true}),
        json!({"record": "item", "name": "Երկիր", "code": "country", "printed": true}),
    ] {
        shop.desk.run("save-field", field);
    }
    let item = shop.desk.run("save-item", json!({"name": "Սեղան", "price": "5", "fields": {"country": "Իտալիա"}}));
    let card = json!({"id": shop.customer["id"], "version": 1, "fields": {"rating": "1234.5"}});
    shop.desk.run("save-counterparty", card);
    let lines = json!([{"item": item["id"], "quantity": "1"}]);
    let fields = json!({"vehicle": "34 ԱԲ 123", "inside": "գաղտնի"});
    let order = json!({"counterparty": shop.customer["id"], "lines": lines, "fields": fields});
    shop.order = shop.desk.run("place-order", order);
    let invoice = shop.invoice();
    let change = json!({"order": shop.order["id"], "version": 1, "fields": {"vehicle": "77 XX 001"}});
    shop.desk.run("edit-order", change);
    let paper = shop.fill("order", json!({"id": shop.order["id"]}));
    assert!(says(&paper, "Մեքենա") && says(&paper, "77 XX 001") && says(&paper, "Երկիր: Իտալիա"));
    assert!(says(&paper, "Վարկանիշ") && says(&paper, "1234,5") && !says(&paper, "գաղտնի"));
    let frozen = shop.fill("invoice", json!({"id": invoice}));
    assert!(says(&frozen, "34 ԱԲ 123") && !says(&frozen, "77 XX 001"));
}
