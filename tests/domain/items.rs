//! Items and the files of records: barcodes that check, prices that may be unknown, costs that are masked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use patver::base::barcode;
use patver::base::id::Id;
use patver::domain::attachment::{self, Attachment};
use patver::domain::file::keep_file;
use patver::engine::store::Call;
use serde_json::{Value as Json, json};

fn save(desk: &mut Desk, card: Json) -> i64 {
    desk.run("save-item", card)["id"].as_i64().unwrap()
}

fn card(desk: &Desk, id: i64) -> Json {
    desk.query("item", json!({"id": id})).remove(0)
}

fn names(rows: &[Json]) -> Vec<&str> {
    rows.iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn keep(desk: &mut Desk, content: &[u8]) -> String {
    let owner = desk.owner.clone();
    keep_file(&mut desk.store, &owner, content).unwrap().to_string()
}

#[test]
fn a_card_gives_back_what_was_saved() {
    let mut desk = Desk::new();
    desk.run("save-item-group", json!({"name": "Հացամթերք"}));
    let saved = json!({
        "kind": "made-to-order", "code": "T-1", "name": "Տորթ", "description": "Մեղրով", "unit": "kg", "price": "4500.5",
        "cost": "2100.123456", "tax_rate": "vat-0", "group": "Հացամթերք", "barcodes": ["4006381333931", "ՏՈՐԹ-1"],
    });
    let id = save(&mut desk, saved.clone());
    let card = card(&desk, id);
    for (field, value) in saved.as_object().unwrap() {
        assert_eq!(&card[field], value, "{field}");
    }
    assert_eq!((&card["currency"], &card["version"]), (&json!("AMD"), &json!(1)));
}

#[test]
fn an_item_of_which_only_the_name_is_known_is_goods_in_pieces_without_a_price() {
    let mut desk = Desk::new();
    let id = save(&mut desk, json!({"name": "Հաց"}));
    let card = card(&desk, id);
    assert_eq!((&card["kind"], &card["unit"]), (&json!("goods"), &json!("pcs")));
    assert_eq!((&card["price"], &card["cost"], &card["tax_rate"]), (&Json::Null, &Json::Null, &Json::Null));
}

#[test]
fn an_unknown_price_is_not_zero_and_a_known_one_can_become_unknown() {
    let mut desk = Desk::new();
    let id = save(&mut desk, json!({"name": "Հաց", "price": "0"}));
    assert_eq!(card(&desk, id)["price"], "0");
    desk.run("save-item", json!({"id": id, "version": 1, "price": "", "cost": "5"}));
    assert_eq!((&card(&desk, id)["price"], &card(&desk, id)["cost"]), (&Json::Null, &json!("5")));
    desk.run("save-item", json!({"id": id, "version": 2, "cost": null}));
    assert_eq!(card(&desk, id)["cost"], Json::Null);
}

#[test]
fn a_change_touches_only_the_fields_it_names() {
    let mut desk = Desk::new();
    let id = save(&mut desk, json!({"name": "Հաց", "price": "250", "barcodes": ["A", "B"], "tax_rate": "vat-0"}));
    desk.run("save-item", json!({"id": id, "version": "1", "name": "Մատնաքաշ"}));
    let after = card(&desk, id);
    assert_eq!((&after["price"], &after["barcodes"]), (&json!("250"), &json!(["A", "B"])));
    assert_eq!((&after["tax_rate"], &after["version"]), (&json!("vat-0"), &json!(2)));
    assert_eq!(desk.error("save-item", json!({"id": id, "version": 1, "name": "X"})).kind(), "conflict");
}

#[test]
fn real_barcodes_are_kept_where_they_check_and_refused_where_they_do_not() {
    let mut desk = Desk::new();
    let mut rows = 0;
    for line in include_str!("../fixtures/barcodes/openfoodfacts.tsv").lines().skip(1) {
        let [code, name, checks] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let item = json!({"name": name, "barcodes": [code]});
        if checks == "yes" {
            let id = save(&mut desk, item);
            assert_eq!(desk.query("item", json!({"barcode": code}))[0]["id"], id, "{line}");
        } else {
            let refused = desk.error("save-item", item);
            assert_eq!((refused.key(), refused.field()), ("error.barcode_check", Some("barcodes[0]")), "{line}");
        }
        rows += 1;
    }
    assert_eq!(rows, 14);
}

#[test]
fn a_barcode_belongs_to_one_item_however_many_zeros_stand_before_it() {
    let mut desk = Desk::new();
    let bread = save(&mut desk, json!({"name": "Հաց", "barcodes": ["036000291452"]}));
    for spelling in barcode::spellings("036000291452") {
        let taken = desk.error("save-item", json!({"name": "Կաթ", "barcodes": ["X", spelling]}));
        assert_eq!((taken.key(), taken.field()), ("error.barcode_taken", Some("barcodes[1]")));
        assert!(taken.to_string().contains("Հաց"), "{taken}");
        assert_eq!(desk.query("item", json!({"barcode": spelling}))[0]["id"], bread);
        assert_eq!(names(&desk.query("items", json!({"text": spelling}))), ["Հաց"]);
        assert_eq!(names(&desk.query("items", json!({"barcode": spelling}))), ["Հաց"]);
    }
    desk.run("save-item", json!({"id": bread, "version": 1, "barcodes": ["0036000291452", "36000-291452"]}));
    assert_eq!(card(&desk, bread)["barcodes"], json!(["0036000291452", "36000291452"]));
}

#[test]
fn barcodes_are_changed_as_a_whole_list_and_undo_restores_it() {
    let mut desk = Desk::new();
    let id = save(&mut desk, json!({"name": "Հաց", "barcodes": ["A", "B", "C"]}));
    desk.run("save-item", json!({"id": id, "version": 1, "barcodes": ["C", "D", "A", "C"]}));
    assert_eq!(card(&desk, id)["barcodes"], json!(["C", "D", "A"]));
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(card(&desk, id)["barcodes"], json!(["A", "B", "C"]));
    desk.run("save-item", json!({"id": id, "version": 3, "barcodes": "E"}));
    assert_eq!(card(&desk, id)["barcodes"], json!(["E"]));
    desk.run("save-item", json!({"id": id, "version": 4, "barcodes": []}));
    assert_eq!(save(&mut desk, json!({"name": "Կաթ", "barcodes": ["E"]})), id + 1);
}

#[test]
fn an_order_finds_its_item_by_any_spelling_of_the_barcode() {
    let mut desk = Desk::new();
    save(&mut desk, json!({"name": "Հաց", "price": "250", "barcodes": ["036000291452"]}));
    let order = desk.run("place-order", json!({"lines": [{"barcode": "0036000291452", "quantity": "2"}]}));
    assert_eq!(order["total"], "500.00");
}

#[test]
fn items_refuse_what_makes_no_sense_at_its_field() {
    let mut desk = Desk::new();
    save(&mut desk, json!({"name": "Հաց", "code": "H-1"}));
    desk.run("save-unit", json!({"id": 10, "version": 1, "active": false}));
    for (item, key, field) in [
        (json!({}), "error.field_empty", "name"),
        (json!({"name": "X", "price": "-1"}), "error.price_negative", "price"),
        (json!({"name": "X", "cost": "-0.01"}), "error.price_negative", "cost"),
        (json!({"name": "X", "price": "1.0000001"}), "error.number_too_precise", "price"),
        (json!({"name": "X", "price": 1.5}), "error.value_float", "price"),
        (json!({"name": "X", "unit": "bag"}), "error.not_in_directory", "unit"),
        (json!({"name": "X", "unit": "box"}), "error.switched_off", "unit"),
        (json!({"name": "X", "tax_rate": "vat-18"}), "error.not_in_directory", "tax_rate"),
        (json!({"name": "X", "group": "Y"}), "error.not_in_directory", "group"),
        (json!({"name": "X", "currency": "USD"}), "error.currency_not_used", "currency"),
        (json!({"name": "X", "code": "H-1"}), "error.code_taken", "code"),
        (json!({"name": "X", "barcodes": [""]}), "error.barcode_empty", "barcodes[0]"),
        (json!({"name": "X", "kind": "food"}), "error.choice_unknown", "kind"),
        (json!({"name": "X", "picture": "00".repeat(32)}), "error.file_not_kept", "picture"),
    ] {
        let refused = desk.error("save-item", item.clone());
        assert_eq!((refused.key(), refused.field()), (key, Some(field)), "{item}");
    }
}

#[test]
fn items_are_found_by_fragment_code_and_group_in_the_order_of_names() {
    let mut desk = Desk::new();
    desk.run("save-item-group", json!({"name": "Կաթնամթերք"}));
    for (name, code) in [("Կաթ 10", "K-10"), ("Կաթ 2", "K-2"), ("Хлеб белый", "7"), ("Tea Earl Grey", "")]
    {
        save(&mut desk, json!({"name": name, "code": code, "cost": "1"}));
    }
    desk.run("save-item", json!({"id": 2, "version": 1, "group": "Կաթնամթերք", "active": false}));
    let find = |filter: Json| desk.query("items", filter);
    assert_eq!(names(&find(json!({"text": "կաթ"}))), ["Կաթ 2", "Կաթ 10"]);
    assert_eq!(names(&find(json!({"text": "k-10"}))), ["Կաթ 10"]);
    assert_eq!(names(&find(json!({"text": "7"}))), ["Хлеб белый"]);
    assert_eq!(names(&find(json!({"text": "grey te"}))), ["Tea Earl Grey"]);
    assert_eq!(names(&find(json!({"group": "կաթնամթերք"}))), ["Կաթ 2"]);
    assert_eq!(names(&find(json!({"active": "no"}))), ["Կաթ 2"]);
    assert_eq!(names(&find(json!({"sort": "-name", "limit": 1})))[0], "Կաթ 10");
}

#[test]
fn an_item_in_an_order_is_switched_off_and_an_unused_one_removed() {
    let mut desk = Desk::new();
    let sold = save(&mut desk, json!({"name": "Հաց", "price": "5"}));
    let unused = save(&mut desk, json!({"name": "Կաթ", "barcodes": ["A"]}));
    desk.run("place-order", json!({"lines": [{"item": sold, "quantity": "1"}]}));
    assert_eq!(desk.fails("remove-item", json!({"id": sold, "version": 1})), "error.used_elsewhere");
    desk.run("save-item", json!({"id": sold, "version": 1, "active": false}));
    desk.run("remove-item", json!({"id": unused, "version": 1}));
    assert!(desk.query("items", json!({"barcode": "A"})).is_empty());
    desk.run("undo", json!({"seq": desk.last_seq()}));
    assert_eq!(desk.query("item", json!({"barcode": "A"}))[0]["id"], unused);
}

#[test]
fn a_file_is_attached_by_what_it_is_and_removed_again() {
    let mut desk = Desk::new();
    let item = save(&mut desk, json!({"name": "Հաց"}));
    let hash = keep(&mut desk, b"%PDF-1.7\n");
    let file = json!({"owner": "item", "owner_id": item, "name": "C:\\docs/Պայմանագիր.png", "hash": hash});
    let attached = desk.run("attach-file", file);
    assert_eq!(attached["media_type"], "application/pdf");
    let row = desk.query("attachments", json!({"owner": "item", "owner_id": item}))[0].clone();
    assert_eq!((&row["name"], &row["size"], &row["hash"]), (&json!("Պայմանագիր.png"), &json!(9), &json!(hash)));
    assert_eq!(card(&desk, item)["attachments"][0], row);
    assert_eq!(desk.fails("remove-item", json!({"id": item, "version": 1})), "error.used_elsewhere");
    let view = desk.store.view(&desk.owner).unwrap();
    let id: Id<Attachment> = Id::new(row["id"].as_i64().unwrap());
    assert_eq!(attachment::content(&view, id).unwrap(), b"%PDF-1.7\n");
    desk.run("remove-attachment", json!({"id": row["id"], "version": 1}));
    assert!(desk.query("attachments", json!({"owner": "item", "owner_id": item})).is_empty());
}

#[test]
fn a_file_needs_an_owner_a_name_and_a_kept_content() {
    let mut desk = Desk::new();
    let hash = keep(&mut desk, b"x");
    let file = |owner: &str, id: i64, name: &str, hash: &str| json!({"owner": owner, "owner_id": id, "name": name, "hash": hash});
    for (arguments, key, field) in [
        (file("item", 9, "a", &hash), "error.record_missing", "owner_id"),
        (file("order", 9, "a", &hash), "error.record_missing", "owner_id"),
        (file("unit", 1, "a", &hash), "error.choice_unknown", "owner"),
        (file("counterparty", 1, " ", &hash), "error.field_empty", "name"),
        (file("counterparty", 1, "a", &"ab".repeat(32)), "error.file_not_kept", "hash"),
        (file("counterparty", 1, "a", "xyz"), "error.file_hash_unreadable", "hash"),
    ] {
        let refused = desk.error("attach-file", arguments.clone());
        assert_eq!((refused.key(), refused.field()), (key, Some(field)), "{arguments}");
    }
}

#[test]
fn a_file_of_21_megabytes_or_of_nothing_is_not_kept() {
    let mut desk = Desk::new();
    let owner = desk.owner.clone();
    let large = keep_file(&mut desk.store, &owner, &vec![7; 20 * 1024 * 1024 + 1]).unwrap_err();
    assert_eq!(large.key(), "error.file_too_large");
    assert_eq!(keep_file(&mut desk.store, &owner, b"").unwrap_err().key(), "error.file_empty");
    let nobody = keep_file(&mut desk.store, &Call::of_user(99), b"x").unwrap_err();
    assert_eq!(nobody.kind(), "rejected");
}
