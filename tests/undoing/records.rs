//! Taking back what other records have come to stand on since: files, papers, rates and groups stay whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::undo_scene::Scene;
use patver::domain::file;
use serde_json::json;

/// Brings an order in, in a batch of its own; its id and the number of the entry.
fn bring(scene: &mut Scene, price: &str) -> (i64, i64) {
    let file = json!({"kind": "orders", "file_name": "a.csv", "file_hash": "0".repeat(64)});
    let batch = scene.desk.run("open-import", file).as_i64().unwrap();
    let lines = json!([{"text": "Ծրար", "quantity": "1", "price": price}]);
    let arguments = json!({"counterparty": scene.customer, "lines": lines});
    let record = json!({"batch": batch, "kind": "orders", "source": "old", "key": "1", "arguments": arguments});
    let (store, call) = (&mut scene.desk.store, scene.desk.owner.clone());
    let brought = store.batch(&call, batch, |batch| batch.run_json("import-record", record)).unwrap();
    (brought.output["id"].as_i64().unwrap(), brought.seq)
}

#[test]
fn an_imported_order_stays_once_it_was_invoiced_or_paid() {
    for paid in [false, true] {
        let mut scene = Scene::new();
        let (id, first) = bring(&mut scene, "100");
        scene.order = json!(id);
        let (same, second) = bring(&mut scene, "200");
        assert_eq!(id, same);
        let before =
            scene.desk.run("open-import", json!({"kind": "items", "file_name": "b", "file_hash": "1".repeat(64)}));
        assert!(before.is_number());
        if paid {
            let payment = scene.pay("200");
            assert_eq!(scene.refused(second).key(), "error.undo_changed");
            scene.void_payment(&payment);
        } else {
            let invoice = scene.invoice();
            assert_eq!(scene.refused(second).key(), "error.order.edit_invoiced");
            scene.void_invoice(&invoice);
        }
        scene.undo(second);
        assert_eq!(scene.seen()["total"], "100.00");
        let error = scene.refused(first);
        assert_eq!((error.key(), error.to_string().contains("000002")), ("error.order.stays", true), "{error}");
        assert_eq!(scene.desk.fails("undo-batch", json!({"batch": 1})), "error.order.stays");
        scene.holds();
    }
}

#[test]
fn a_record_with_files_stays_and_a_file_does_not_come_back_to_a_record_that_is_gone() {
    let mut scene = Scene::new();
    let hash = file::keep_file(&mut scene.desk.store, &scene.desk.owner, b"scan").unwrap();
    let (id, brought) = bring(&mut scene, "100");
    let attach = |owner: &str, id: i64| json!({"owner": owner, "owner_id": id, "name": "a.txt", "hash": hash});
    let file = scene.desk.run("attach-file", attach("order", id));
    assert_eq!(scene.refused(brought).key(), "error.used_elsewhere");
    let removed = scene.done("remove-attachment", json!({"id": file["id"], "version": 1}));
    scene.undo(brought);
    assert_eq!(scene.refused(removed).key(), "error.undo_refers_to_nothing");

    let customer = scene.desk.customer("Արամ");
    let saved = scene.desk.last_seq();
    scene.desk.run("attach-file", attach("counterparty", customer));
    assert_eq!(scene.refused(saved).key(), "error.used_elsewhere");
    scene.holds();
}

#[test]
fn the_usual_tax_rate_and_the_groups_of_items_stay_whole() {
    let mut scene = Scene::new();
    let rate = scene.desk.run("save-tax-rate", json!({"code": "half", "name": "Կես", "percent": "10"}));
    let made = scene.desk.last_seq();
    let usual = scene.done("save-company", json!({"version": 1, "tax_rate": "half"}));
    assert_eq!(scene.refused(made).key(), "error.tax_rate_usual");
    let back = scene.undo(usual);
    scene.desk.run("remove-tax-rate", json!({"id": rate["id"], "version": rate["version"]}));
    assert_eq!(scene.refused(back).key(), "error.undo_refers_to_nothing");

    let outer = scene.desk.run("save-item-group", json!({"name": "Ա"}));
    scene.desk.run("save-item-group", json!({"name": "Բ", "parent": "Ա"}));
    let inner = scene.desk.query("item-groups", json!({})).into_iter().find(|row| row["name"] == "Բ").unwrap();
    let out = scene.done("save-item-group", json!({"id": inner["id"], "version": 1, "parent": ""}));
    scene.desk.run("save-item-group", json!({"id": outer["id"], "version": 1, "parent": "Բ"}));
    assert_eq!(scene.refused(out).key(), "error.group_in_itself");
}

#[test]
fn what_a_row_referred_to_must_still_be_there() {
    let mut scene = Scene::new();
    let category = scene.desk.run("save-category", json!({"name": "Խանութ"}));
    let seen = json!({"id": scene.customer, "version": 1, "category": "Խանութ"});
    scene.desk.run("save-counterparty", seen);
    let out = scene.done("save-counterparty", json!({"id": scene.customer, "version": 2, "category": ""}));
    scene.desk.run("remove-category", json!({"id": category["id"], "version": 1}));
    assert_eq!(scene.refused(out).key(), "error.undo_refers_to_nothing");
}
