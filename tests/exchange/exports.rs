//! Records out to files: harmless in a spreadsheet, only what the asker may see, and the same again when brought in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::PathBuf;

use crate::exchange_support::{House, counts};
use calamine::{Data, Reader as _};
use patver::base::locale::Lang;
use patver::domain::counterparty::Counterparty;
use patver::domain::item::Item;
use patver::domain::order::{Order, OrderLine};
use patver::engine::store::Call;
use patver::exchange::{self, formula};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

impl House {
    fn export(&self, kind: &str, ending: &str) -> PathBuf {
        let path = self.dir.path().join(format!("{kind}.{ending}"));
        exchange::export(&self.store.view(&self.owner).unwrap(), kind, &path, Lang::EN).unwrap();
        path
    }

    /// The cells of an exported column.
    fn column(&self, kind: &str, column: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_path(self.export(kind, "csv")).unwrap();
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
    }
}

/// A company that has one of everything that could get lost.
fn full() -> House {
    let mut house = House::of("AMD");
    let ani = json!({
        "name": "=Անի «Ծաղիկ», ՍՊԸ", "kind": "company", "tax_id": "01234567", "phones": ["+374 91 123456", "010 55-44-33"],
        "email": "ani@example.am", "address": "-1 հարկ\nԵրևան", "language": "hy", "note": "'=quoted", "code": "@ani",
    });
    let ani = house.run("save-counterparty", ani)["id"].clone();
    house.run("save-counterparty", json!({"name": "Vahe", "active": false}));
    let paper = json!({"code": "-5", "name": "Թուղթ", "price": "12.5", "cost": "7", "barcodes": ["4850000000007"], "unit": "kg"});
    let paper = house.run("save-item", paper)["id"].clone();
    let first = house.run(
        "place-order",
        json!({"counterparty": ani, "date": "2026-02-01", "due": "2026-03-05", "note": "+urgent", "freight": "5", "lines": [
            {"item": paper, "quantity": "1.25", "discount_percent": "7.5"},
            {"text": "Կապում", "quantity": "1", "price": "100", "discount_amount": "10", "tax_rate": ""},
            {"text": "Ձեռքով", "quantity": "2", "price": "10", "corrected": "15", "correction_reason": "agreed"},
        ]}),
    );
    house.run("return-order", json!({"order": first["id"]}));
    house.run(
        "place-order",
        json!({"prices_include_tax": false, "status": "draft", "lines": [{"item": paper, "quantity": "2"}]}),
    );
    let last = house.run("place-order", json!({"lines": [{"item": paper, "quantity": "3"}]}));
    house.run("cancel-order", json!({"order": last["id"], "reason": "=1+1"}));
    house.run("take-payment", json!({"order": first["id"], "tenders": [{"method": "cash", "amount": "500"}]}));
    house
}

#[test]
fn what_goes_out_comes_in_again_without_a_mapping_and_is_the_same() {
    let old = full();
    let mut new = House::of("AMD");
    for kind in ["counterparties", "items", "orders", "order-lines"] {
        let file = old.export(kind, "csv");
        let summary = new.import(kind, &file, None);
        assert_eq!((summary.rows.rejected, new.rejects()), (0, vec![]), "{kind}");
        assert_eq!(new.import(kind, &file, None).rows.unchanged, summary.rows.read, "{kind}");
    }
    let people = |house: &House| {
        house
            .rows::<Counterparty>()
            .into_iter()
            .map(|row| (row.name, row.note, row.code, row.search))
            .collect::<Vec<_>>()
    };
    assert_eq!(people(&new), people(&old));
    let items =
        |house: &House| house.rows::<Item>().into_iter().map(|row| Item { version: 1, ..row }).collect::<Vec<_>>();
    assert_eq!(items(&new), items(&old));
    let orders = |house: &House| {
        let kept =
            |row: Order| (row.kind, row.date, row.due, row.state, (row.net, row.tax, row.total), row.note, row.reason);
        house.rows::<Order>().into_iter().map(kept).collect::<Vec<_>>()
    };
    assert_eq!(orders(&new), orders(&old));
    let lines = |house: &House| {
        let kept =
            |row: OrderLine| OrderLine { version: 1, id: patver::base::id::Id::new(0), original_line_id: None, ..row };
        let mut lines: Vec<_> = house.rows::<OrderLine>().into_iter().map(kept).collect();
        lines.sort_by_key(|line| (line.order_id, line.position));
        lines
    };
    assert_eq!(lines(&new), lines(&old));
}

#[test]
fn what_went_out_of_a_company_is_not_brought_into_it_twice() {
    let mut house = full();
    let count =
        |house: &House| (house.rows::<Counterparty>().len(), house.rows::<Item>().len(), house.rows::<Order>().len());
    let before = count(&house);
    for (kind, rows) in [("counterparties", 2), ("items", 1), ("orders", 4)] {
        let file = house.export(kind, "csv");
        let summary = house.import(kind, &file, None);
        assert_eq!((summary.rows.added, summary.rows.changed, summary.rows.rejected), (0, 0, rows), "{kind}");
        assert!(house.rejects().iter().any(|reason| format!("{reason:?}").contains("here already")), "{kind}");
    }
    assert_eq!(count(&house), before);
}

#[test]
fn a_spreadsheet_runs_nothing_and_still_counts_with_the_numbers() {
    let house = full();
    assert_eq!(house.column("counterparties", "name")[0], "'=Անի «Ծաղիկ», ՍՊԸ");
    assert_eq!(house.column("counterparties", "phones")[0], "'+374 91 123456; 010 55-44-33");
    assert_eq!(house.column("counterparties", "note")[0], "''=quoted");
    assert_eq!(house.column("counterparties", "address")[0], "'-1 հարկ\nԵրևան");
    assert_eq!(house.column("items", "code"), ["'-5"]);
    assert_eq!(house.column("order-lines", "quantity")[3], "-1.25");
    assert!(house.column("orders", "total")[1].starts_with('-'));
    for kind in ["counterparties", "items", "orders", "order-lines", "payments"] {
        let mut reader = csv::Reader::from_path(house.export(kind, "csv")).unwrap();
        for row in reader.records().map(|row| row.unwrap()) {
            for cell in row
                .iter()
                .filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']))
            {
                assert!(exchange::formula::is_number(cell), "{kind}: {cell}");
            }
        }
    }
}

#[test]
fn json_holds_the_same_texts_as_they_are() {
    let house = full();
    let text = std::fs::read_to_string(house.export("counterparties", "json")).unwrap();
    let rows: Vec<Json> = serde_json::from_str(&text).unwrap();
    assert_eq!((rows.len(), &rows[0]["name"]), (2, &json!("=Անի «Ծաղիկ», ՍՊԸ")));
    let payments: Vec<Json> =
        serde_json::from_str(&std::fs::read_to_string(house.export("payments", "json")).unwrap()).unwrap();
    assert_eq!((payments.len(), &payments[0]["methods"]), (1, &json!("cash")));
}

#[test]
fn a_workbook_has_real_numbers_and_days_and_codes_stay_text() {
    let house = full();
    for kind in ["counterparties", "items", "orders", "order-lines", "payments"] {
        let path = house.export(kind, "xlsx");
        let mut csv = csv::Reader::from_path(house.export(kind, "csv")).unwrap();
        let names = csv.headers().unwrap().clone();
        let written: Vec<_> = csv.records().map(Result::unwrap).collect();
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.height(), written.len() + 1, "{kind}");
        for (cells, record) in sheet.rows().skip(1).zip(&written) {
            for ((cell, name), plain) in cells.iter().zip(&names).zip(record) {
                check_cell(&format!("{kind} {name}"), cell, formula::restored(plain));
            }
        }
        let again = std::fs::read(&path).unwrap();
        assert_eq!(
            std::fs::read(house.export(kind, "xlsx")).unwrap(),
            again,
            "{kind}: the same records, the same bytes"
        );
    }
}

/// A cell of a workbook says the same as one of a CSV file.
fn check_cell(what: &str, cell: &Data, plain: &str) {
    let name = what.split(' ').nth(1).unwrap();
    let ids = ["id", "counterparty", "order", "item", "original"];
    match cell {
        Data::Empty => assert_eq!(plain, "", "{what}"),
        Data::String(text) => {
            assert_eq!(text.trim_end_matches('\r'), plain, "{what}");
            assert!(ids.contains(&name) || !is_figure(name) || !formula::is_number(plain), "{what} {plain} is a text");
        }
        Data::Float(number) => {
            assert!(is_figure(name), "{what} {plain} is a number");
            assert_eq!(number.to_string().parse::<Decimal>().unwrap(), plain.parse().unwrap(), "{what}");
        }
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let at = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
            assert!(at.starts_with(plain.get(..19).unwrap_or(plain)), "{what}: {at} for {plain}");
        }
        other => panic!("{what}: {other:?}"),
    }
}

/// Columns whose numbers are added up.
fn is_figure(name: &str) -> bool {
    ["price", "cost", "quantity", "priority", "position", "freight", "net", "tax", "total", "paid", "debt", "corrected"]
        .into_iter()
        .chain(["discount_percent", "discount_amount", "amount", "change", "rounding", "received"])
        .any(|figure| figure == name)
}

#[test]
fn other_formats_and_kinds_are_refused_and_no_file_is_begun() {
    let house = full();
    let view = house.store.view(&house.owner).unwrap();
    let path = house.dir.path().join("orders.ods");
    assert_eq!(exchange::export(&view, "orders", &path, Lang::EN).unwrap_err().key(), "error.export.format");
    assert!(!path.exists());
    assert_eq!(exchange::export(&view, "orderz", &path, Lang::EN).unwrap_err().key(), "error.choice_unknown");
}

#[test]
fn who_may_not_take_records_out_or_bring_them_in_is_refused() {
    let mut house = full();
    house.run(
        "save-role",
        json!({"code": "desk", "name": "Desk", "rights": ["order-view-own", "order-place", "item-view", "export"]}),
    );
    let user = house.run("save-user", json!({"login": "vahe", "name": "Vahe", "role": "desk"}));
    let vahe = Call::of_user(user["id"].as_i64().unwrap());
    let view = house.store.view(&vahe).unwrap();
    let path = house.dir.path().join("out.csv");
    assert_eq!(exchange::export(&view, "orders", &path, Lang::EN).unwrap(), 0);
    assert_eq!(exchange::export(&view, "items", &path, Lang::EN).unwrap(), 1);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("cost"));
    for kind in ["counterparties", "payments"] {
        assert_eq!(exchange::export(&view, kind, &path, Lang::EN).unwrap_err().key(), "error.no_right", "{kind}");
    }
    let file = house.write("people.csv", "id,name\n1,Ani\n");
    house.owner = vahe;
    assert_eq!(house.try_import("counterparties", &file, None).unwrap_err().key(), "error.no_right");
    assert_eq!(counts(&patver::exchange::Summary::default()), [0; 5]);
}

#[test]
fn fields_of_the_companys_own_go_out_as_columns_and_come_in_again() {
    let fields = [
        json!({"record": "item", "name": "Զանգված", "code": "mass", "holds": "number"}),
        json!({"record": "item", "name": "Country", "code": "country"}),
        json!({"record": "counterparty", "name": "Loyal", "code": "loyal", "holds": "flag"}),
        json!({"record": "order", "name": "Vehicle", "code": "vehicle"}),
    ];
    let mut house = full();
    fields.iter().for_each(|field| drop(house.run("save-field", field.clone())));
    house.run("save-item", json!({"name": "Chair", "code": "C", "fields": {"mass": "7.25", "country": "=Հայաստան"}}));
    house.run("save-counterparty", json!({"name": "Gor", "code": "G", "fields": {"loyal": true}}));
    let lines = json!([{"text": "Work", "quantity": "1", "price": "5"}]);
    house.run("place-order", json!({"lines": lines, "reference": "R-1", "fields": {"vehicle": "34 AB 123"}}));
    assert_eq!(house.column("items", "fields.mass"), ["", "7.25"]);
    assert_eq!(house.column("counterparties", "fields.loyal"), ["", "", "true"]);
    assert_eq!(house.column("orders", "fields.vehicle").last().unwrap(), "34 AB 123");
    let mut other = House::of("AMD");
    fields.iter().for_each(|field| drop(other.run("save-field", field.clone())));
    for kind in ["counterparties", "items", "orders"] {
        other.import(kind, &house.export(kind, "csv"), None);
    }
    assert_eq!(other.rejects(), []);
    let told = |name: &str, text: &str| other.store.query_json(&other.owner, name, json!({"text": text})).unwrap();
    assert_eq!(told("items", "Chair")[0]["fields"], json!({"mass": "7.25", "country": "=Հայաստան"}));
    assert_eq!(told("counterparties", "Gor")[0]["fields"], json!({"loyal": true}));
    let orders = other.store.query_json(&other.owner, "orders", json!({"fields": {"vehicle": "34"}})).unwrap();
    assert_eq!(orders.len(), 1);
}

#[test]
fn a_mapping_fills_fields_of_the_companys_own_and_refuses_what_does_not_fit_at_its_column() {
    let mut house = House::of("AMD");
    house.run("save-field", json!({"record": "item", "name": "Mass", "code": "mass", "holds": "number"}));
    let mapping = house.write(
        "m.json",
        r#"{"kind": "items", "source": "shop", "key": "Code",
            "fields": {"code": "Code", "name": "Name", "fields.mass": {"column": "Kilos", "decimal": ","}}}"#,
    );
    let file = house.write("items.csv", "Code,Name,Kilos\nA,Chair,\"7,25\"\nB,Desk,\n");
    assert_eq!(counts(&house.import("items", &file, Some(&mapping))), [2, 2, 0, 0, 0]);
    let file = house.write("items.csv", "Code,Name,Kilos\nA,Chair,\nB,Desk,\"0,0000001\"\n");
    assert_eq!(counts(&house.import("items", &file, Some(&mapping))), [2, 0, 1, 0, 1]);
    let (_, refused) = house.rejects().remove(0);
    assert!(refused.contains("Kilos") || refused.contains("0.0000001"), "{refused}");
    let items = house.store.query_json(&house.owner, "items", json!({})).unwrap();
    assert!(items.iter().all(|item| item.get("fields").is_none()), "{items:?}");
}
