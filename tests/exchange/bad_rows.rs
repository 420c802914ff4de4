//! Bad files: each bad row is refused by its reason, every other row comes in, and nothing ever panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::exchange_support::{House, counts, mapping, project};
use patver::base::locale::Lang;
use patver::domain::order::{Order, OrderLine};
use patver::exchange::mapping::Mapping;
use patver::exchange::sheet::Sheet;
use proptest::prelude::*;
use serde_json::Value as Json;

fn bad_rows(house: &mut House) -> [i64; 5] {
    let folder = project("tests/fixtures/bad-rows");
    counts(&house.import("orders", &folder.join("orders.csv"), Some(&folder.join("mapping.json"))))
}

#[test]
fn thirty_kinds_of_bad_rows_are_refused_by_their_reasons_and_the_rest_goes_in() {
    let mut house = House::of("AMD");
    assert_eq!(bad_rows(&mut house), [40, 10, 0, 0, 30]);
    let told: Vec<String> = house.rejects().iter().map(|(line, reason)| format!("{line} {reason}")).collect();
    let expected = std::fs::read_to_string(project("tests/fixtures/bad-rows/expected.txt")).unwrap();
    assert_eq!(told, expected.lines().collect::<Vec<_>>());
    let orders: Vec<Order> = house.rows();
    assert!(orders.len() == 10 && orders.iter().all(|order| order.reference.starts_with('G')));
    assert_eq!(bad_rows(&mut house), [40, 0, 0, 10, 30]);
}

#[test]
fn reasons_are_in_the_language_of_the_reader() {
    for (lang, letters) in [(Lang::HY, '\u{531}'..='\u{587}'), (Lang::RU, '\u{400}'..='\u{4FF}')] {
        let mut house = House::of("AMD");
        house.lang = lang;
        assert_eq!(bad_rows(&mut house)[4], 30);
        for (line, reason) in house.rejects() {
            assert!(reason.chars().any(|letter| letters.contains(&letter)), "{lang} {line} {reason}");
        }
    }
}

/// Two orders of two lines each; the second line of the first one is `quantity`.
fn two_orders(quantity: &str) -> String {
    format!(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
         1,A,Tea,2,2010-12-01 08:26:00,2.55,7.0,Armenia\n\
         2,B,=Cup,1,2010-12-01 08:27:00,3,,Armenia\n\
         1,B,=Cup,{quantity},2010-12-01 08:26:00,3,7.0,Armenia\n\
         2,A,Tea,5,2010-12-01 08:27:00,2.55,,Armenia\n"
    )
}

#[test]
fn an_order_comes_in_whole_or_not_at_all_and_its_corrected_rows_can_be_sent_again() {
    let mut house = House::of("GBP");
    let file = house.write("orders.csv", two_orders("many"));
    let summary = house.import("orders", &file, Some(&mapping("online-retail")));
    assert_eq!((counts(&summary), &summary.sums["GBP"]), ([4, 2, 0, 0, 2], &"15.75".to_owned()));
    assert_eq!(
        house.rejects(),
        [
            (2, "Belongs to the same record as line 4, which was refused: Quantity: “many” is not a number".to_owned()),
            (4, "Quantity: “many” is not a number".to_owned()),
        ]
    );
    let refused = std::fs::read_to_string(house.dir.path().join("rejects.csv")).unwrap();
    assert!(refused.contains(",'=Cup,"), "{refused}");
    let corrected = house.write("corrected.csv", refused.replace(",many,", ",4,"));
    let summary = house.import("orders", &corrected, Some(&mapping("online-retail")));
    assert_eq!((counts(&summary), &summary.sums["GBP"]), ([2, 2, 0, 0, 0], &"17.10".to_owned()));
    assert!(house.rows::<OrderLine>().iter().filter(|line| line.text == "=Cup").count() == 2);
}

#[test]
fn the_line_and_the_reason_of_a_row_with_a_cell_too_many_stand_under_their_headings() {
    let mut house = House::of("GBP");
    let file = house.write("orders.csv", two_orders("1,one more"));
    house.import("orders", &file, Some(&mapping("online-retail")));
    assert_eq!(house.rejects().iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
    let refused = std::fs::read_to_string(house.dir.path().join("rejects.csv")).unwrap();
    let last = refused.lines().last().unwrap();
    assert!(last.starts_with("1,B,'=Cup,1,one more,") && last.ends_with(",Armenia"), "{refused}");
}

#[test]
fn a_row_that_changed_outside_changes_its_record_here() {
    let mut house = House::of("GBP");
    let file = house.write("orders.csv", two_orders("1"));
    house.import("orders", &file, Some(&mapping("online-retail")));
    let file = house.write("orders.csv", two_orders("2"));
    let summary = house.import("orders", &file, Some(&mapping("online-retail")));
    assert_eq!(counts(&summary), [4, 0, 2, 2, 0]);
    assert_eq!(
        (house.rows::<Order>().len(), house.rows::<OrderLine>().len(), &summary.sums["GBP"]),
        (2, 4, &"26.85".to_owned())
    );
    let people = house.write("people.csv", "id;name;phone;note\n1;Ani;010 55-44-33;calls at noon\n2;Vahe;;\n");
    assert_eq!(counts(&house.import("counterparties", &people, None)), [2, 2, 0, 0, 0]);
    let people = house.write("people.csv", "id;name;phone;note\n1;Ani;010 55-44-33;\n2;Vahe;;\n");
    assert_eq!(counts(&house.import("counterparties", &people, None)), [2, 0, 1, 1, 0]);
    let ani = house.rows::<patver::domain::counterparty::Counterparty>();
    assert!(ani.iter().any(|row| row.name == "Ani" && row.note.is_empty()));
}

#[test]
fn opening_balances_come_in_by_the_keys_of_their_customers() {
    let mut house = House::of("AMD");
    let people = house.write("people.csv", "code,name\nA1,Անի\nV1,Վահե\n");
    house.import("counterparties", &people, None);
    let file = house
        .write("balances.csv", "counterparty,amount,date\nA1,1500.50,2026-01-01\nV1,-200,2026-01-01\nX,1,2026-01-01\n");
    assert_eq!(counts(&house.import("opening-balances", &file, None)), [3, 2, 0, 0, 1]);
    assert_eq!(house.rejects()[0].1, "counterparty: No customer with the key “X” was imported before");
    assert_eq!(counts(&house.import("opening-balances", &file, None)), [3, 0, 0, 2, 1]);
}

#[test]
fn money_of_ours_on_an_imported_order_keeps_a_later_import_off_it() {
    let mut house = House::of("GBP");
    let file = house.write("orders.csv", two_orders("1"));
    house.import("orders", &file, Some(&mapping("online-retail")));
    house.run("take-payment", serde_json::json!({"order": 1, "tenders": [{"method": "card", "amount": "5"}]}));
    let file = house.write("orders.csv", two_orders("2"));
    let summary = house.import("orders", &file, Some(&mapping("online-retail")));
    assert_eq!(counts(&summary), [4, 0, 0, 2, 2]);
    assert!(house.rejects()[0].1.contains("was paid already, to change it void payment"), "{:?}", house.rejects());
}

#[test]
fn badly_formed_files_of_others_read_as_their_authors_meant_them() {
    let folder = project("tests/fixtures/csv-spectrum");
    let mut read = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        // The files named so lost their carriage returns on the way to where they are kept.
        let windows = path.to_str().unwrap().contains("_crlf");
        let kept = std::fs::read_to_string(&path).unwrap();
        let text = if windows { kept.replace('\n', "\r\n") } else { kept };
        let sheet = Sheet::parse(text.as_bytes(), None, None).unwrap();
        let meant: Vec<Json> =
            serde_json::from_str(&std::fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        assert_eq!(sheet.rows.len(), meant.len(), "{}", path.display());
        for (row, meant) in sheet.rows.iter().zip(&meant) {
            sheet.sound(row).unwrap();
            for (name, value) in meant.as_object().unwrap() {
                let at = sheet.columns.iter().position(|column| column == name).unwrap();
                assert_eq!(&row.cells[at], value.as_str().unwrap(), "{}", path.display());
            }
        }
        read += 1;
    }
    assert_eq!(read, 11);
}

#[test]
fn files_beyond_the_limits_are_refused_whole() {
    let house = House::of("AMD");
    let large = house.write("large.csv", vec![b'x'; 20 * 1024 * 1024 + 1]);
    assert_eq!(Sheet::read(&large, None, None).unwrap_err().key(), "error.import.file_too_large");
    let rows = format!("a\n{}", "1\n".repeat(200_001));
    assert_eq!(Sheet::parse(rows.as_bytes(), None, None).unwrap_err().key(), "error.import.too_many_rows");
    assert_eq!(Sheet::parse(b"PK\x03\x04", None, None).unwrap_err().key(), "error.import.workbook");
    assert_eq!(Sheet::parse(b"", None, None).unwrap_err().key(), "error.import.no_heading");
}

#[test]
fn a_mapping_that_cannot_be_meant_is_refused_at_its_place() {
    let wrong = |text: &str| {
        let error = Mapping::parse(text).unwrap_err();
        (error.key(), error.field().unwrap_or_default().to_owned())
    };
    let with = |rest: &str| format!(r#"{{"kind": "items", "source": "x", "key": "id", {rest}}}"#);
    for (text, key, place) in [
        ("{\"kind\": ".to_owned(), "error.import.mapping_json", ""),
        (r#"{"kind": "items", "source": "x"}"#.to_owned(), "error.field_missing", "key"),
        (r#"{"kind": "item", "source": "x", "key": "id"}"#.to_owned(), "error.choice_unknown", "kind"),
        (with(r#""feelds": {}"#), "error.field_unknown", "feelds"),
        (with(r#""fields": {"nmae": "Name"}"#), "error.field_unknown", "fields.nmae"),
        (with(r#""fields": {"name": {"colum": "Name"}}"#), "error.field_unknown", "fields.name.colum"),
        (
            with(r#""fields": {"price": {"column": "Price", "decimal": ", "}}"#),
            "error.value_form",
            "fields.price.decimal",
        ),
        (with(r#""lines": {"text": "Text"}"#), "error.import.lines_of_orders", "lines"),
        (
            with(r#""along": [{"kind": "orders", "key": "id", "fields": {}}]"#),
            "error.import.along_kind",
            "along[0].kind",
        ),
    ] {
        assert_eq!(wrong(&text), (key, place.to_owned()), "{text}");
    }
}

#[test]
fn a_file_that_does_not_fit_is_refused_whole_and_says_what_it_lacks() {
    let mut house = House::of("AMD");
    let file = house.write("x.csv", "name,colour\nTea,red\n");
    let error = house.try_import("items", &file, None).unwrap_err();
    assert_eq!(error.key(), "error.import.no_field");
    assert!(error.to_string().contains("“colour”"), "{error}");
    let error = house.try_import("items", &file, Some(&mapping("northwind-items"))).unwrap_err();
    assert_eq!(error.key(), "error.import.no_column");
    let error = house.try_import("orders", &file, Some(&mapping("northwind-items"))).unwrap_err();
    assert_eq!(error.key(), "error.import.mapping_kind");
    assert_eq!(house.try_import("things", &file, None).unwrap_err().key(), "error.choice_unknown");
    let file = house.write("x.csv", "price\n5\n");
    assert_eq!(house.try_import("items", &file, None).unwrap_err().key(), "error.import.no_key");
}

/// Whatever came in: every row is accounted for, and every order stands whole, its lines summing to its total.
fn sound(house: &House, rows: [i64; 5]) {
    let [read, added, changed, unchanged, rejected] = rows;
    assert_eq!(read, added + changed + unchanged + rejected);
    let lines: Vec<OrderLine> = house.rows();
    for order in house.rows::<Order>() {
        let own = lines.iter().filter(|line| line.order_id == order.id);
        assert!(own.clone().count() > 0);
        assert_eq!(own.map(|line| line.total).sum::<i64>(), order.total);
    }
}

/// How many random files; ten times as many in full.
fn cases() -> u32 {
    if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { 640 } else { 64 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        if let Ok(sheet) = Sheet::parse(&bytes, None, None) {
            for row in &sheet.rows {
                drop(sheet.sound(row));
            }
        }
    }

    #[test]
    fn a_file_with_bytes_changed_never_leaves_half_a_row(
        from in 0..3_000_usize,
        changes in proptest::collection::vec((0..2_000_usize, any::<u8>()), 0..12),
        signs in proptest::collection::vec((0..2_000_usize, proptest::sample::select(b"\",;\n\r\0-=C.".to_vec())), 0..12),
    ) {
        let whole = std::fs::read_to_string(project("tests/fixtures/online-retail/2010-12-01.csv")).unwrap();
        let heading = whole.lines().next().unwrap();
        let part: Vec<&str> = whole.lines().skip(1 + from).take(25).collect();
        let mut bytes = format!("{heading}\n{}\n", part.join("\n")).into_bytes();
        for (at, byte) in changes.into_iter().chain(signs) {
            let at = heading.len() + 1 + at;
            if at < bytes.len() {
                bytes[at] = byte;
            }
        }
        let mut house = House::of("GBP");
        let file = house.write("orders.csv", bytes);
        let Ok(first) = house.try_import("orders", &file, Some(&mapping("online-retail"))) else { return Ok(()) };
        sound(&house, counts(&first));
        // What was refused for its customer or item is taken once another order has brought the same one.
        let mut taken = first.rows.added;
        loop {
            let before = house.picture();
            let again = house.import("orders", &file, Some(&mapping("online-retail")));
            let added = again.rows.added;
            prop_assert_eq!(counts(&again), [first.rows.read, added, 0, taken, first.rows.read - taken - added]);
            if added == 0 {
                prop_assert_eq!(house.picture(), before);
                break;
            }
            taken += added;
        }
    }
}
