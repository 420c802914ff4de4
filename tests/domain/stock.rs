//! Stock: goods come in, go out, are sent and accepted, written off and taken back; what lies where follows from moves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use patver::domain::check;
use patver::engine::ticket::Watch;
use serde_json::{Value as Json, json};

use crate::crash::{Chance, scaled};
use crate::desk::Desk;

/// A shop with a warehouse, a retail point and two kinds of goods.
struct Shop {
    desk: Desk,
    tea: i64,
    rope: i64,
}

impl Shop {
    fn new() -> Shop {
        let mut desk = Desk::new();
        let mut item = |values: Json| desk.run("save-item", values)["id"].as_i64().unwrap();
        let tea = item(json!({"kind": "goods", "name": "Թեյ", "price": "500", "barcodes": ["4006381333931"]}));
        let rope = item(json!({"kind": "goods", "name": "Պարան", "code": "R-1", "unit": "m"}));
        desk.run("save-warehouse", json!({"kind": "retail-point", "name": "Խանութ", "code": "shop"}));
        desk.run("save-warehouse", json!({"parent": "main", "name": "Դարակ", "code": "shelf"}));
        Shop { desk, tea, rope }
    }

    fn receive(&mut self, to: &str, item: i64, quantity: &str) -> Json {
        let line = json!({"item": item, "quantity": quantity});
        self.desk.run("receive-goods", json!({"to": to, "lines": [line]}))
    }

    fn send(&mut self, quantity: &str) -> Json {
        let line = json!({"item": self.tea, "quantity": quantity});
        self.desk.run("send-goods", json!({"from": "main", "to": "shop", "lines": [line]}))["id"].clone()
    }

    /// How much of an item lies in a location; nothing where there is no row.
    fn on_hand(&self, item: i64, location: &str) -> String {
        let rows = self.desk.query("stock", json!({"item": [item.to_string()]}));
        let row = rows.iter().find(|row| row["location_code"] == location);
        row.map_or_else(|| "0".to_owned(), |row| row["on_hand"].as_str().unwrap().to_owned())
    }

    fn differences(&self) -> Vec<&'static str> {
        let found = check::differences(self.desk.store.db(), &Watch::default()).unwrap();
        found.iter().map(|error| error.key()).collect()
    }
}

#[test]
fn goods_are_received_by_barcode_issued_and_written_off() {
    let mut shop = Shop::new();
    let lines = json!([{"barcode": "4006381333931", "quantity": "10"}, {"barcode": "R-1", "quantity": "2.5"}]);
    let posted = shop.desk.run("receive-goods", json!({"to": "main", "lines": lines, "reference": "ՄՏ-17"}));
    assert_eq!(posted["number"], "000001");
    let out = json!([{"item": shop.tea, "quantity": "3"}]);
    shop.desk.run("issue-goods", json!({"from": "main", "lines": out}));
    let broken = json!([{"item": shop.rope, "quantity": "0.125"}]);
    shop.desk.run("write-off-goods", json!({"from": "main", "lines": broken, "reason": "Կտրված"}));
    assert_eq!((shop.on_hand(shop.tea, "main"), shop.on_hand(shop.rope, "main")), ("7".into(), "2.375".into()));
    let rows = shop.desk.query("waybills", json!({"sort": "number"}));
    let told: Vec<_> =
        rows.iter().map(|row| (row["kind"].as_str().unwrap(), row["from_name"].as_str().unwrap())).collect();
    assert_eq!(told, [("receipt", "Մատակարարներ"), ("issue", "Հիմնական պահեստ"), ("write-off", "Հիմնական պահեստ")]);
    assert_eq!(shop.differences(), Vec::<&str>::new());
}

#[test]
fn no_more_leaves_than_is_there_unless_the_warehouse_may_go_below_zero() {
    let mut shop = Shop::new();
    shop.receive("main", shop.tea, "5");
    let lines = json!([{"item": shop.rope, "quantity": "1"}, {"item": shop.tea, "quantity": "6"}]);
    shop.receive("main", shop.rope, "1");
    let refused = shop.desk.error("issue-goods", json!({"from": "main", "lines": lines}));
    assert_eq!((refused.key(), refused.field()), ("error.stock.not_enough", Some("lines[1].quantity")));
    assert_eq!(shop.on_hand(shop.rope, "main"), "1", "a refused waybill moves nothing");
    shop.desk.run("save-warehouse", json!({"id": 1, "version": 1, "below_zero": true}));
    shop.desk.run("issue-goods", json!({"from": "main", "lines": lines}));
    let short = shop.desk.query("stock", json!({"state": "below-zero"}));
    assert_eq!((short.len(), short[0]["name"].as_str(), short[0]["on_hand"].as_str()), (1, Some("Թեյ"), Some("-1")));
    assert_eq!(shop.differences(), Vec::<&str>::new());
}

#[test]
fn goods_that_are_sent_are_under_way_until_another_signs_for_them() {
    let mut shop = Shop::new();
    shop.desk.run("save-user", json!({"login": "aram", "name": "Արամ", "role": "warehouse"}));
    shop.receive("main", shop.tea, "10");
    let sent = shop.send("8");
    assert_eq!((shop.on_hand(shop.tea, "main"), shop.on_hand(shop.tea, "transit")), ("2".into(), "8".into()));
    let part = json!({"waybill": sent, "lines": [{"line": 1, "quantity": "5"}]});
    shop.desk.run("accept-goods", part);
    let card = shop.desk.query("waybill", json!({"id": sent})).remove(0);
    assert_eq!((card["under_way"].as_bool(), card["lines"][0]["under_way"].as_str()), (Some(true), Some("3")));
    assert_eq!(card["accepted"].as_array().unwrap().len(), 1);
    assert_eq!(shop.desk.query("waybills", json!({"under_way": true})).len(), 1);
    let too_much = shop.desk.error("accept-goods", json!({"waybill": sent, "lines": [{"line": 1, "quantity": "4"}]}));
    assert_eq!((too_much.key(), too_much.field()), ("error.stock.less_under_way", Some("lines[0].quantity")));
    shop.desk.run("accept-goods", json!({"waybill": sent}));
    assert_eq!((shop.on_hand(shop.tea, "shop"), shop.on_hand(shop.tea, "transit")), ("8".into(), "0".into()));
    assert_eq!(shop.desk.fails("accept-goods", json!({"waybill": sent})), "error.stock.nothing_under_way");
    assert_eq!(shop.differences(), Vec::<&str>::new());
}

#[test]
fn what_does_not_arrive_is_lost_with_its_reason_and_never_in_silence() {
    let mut shop = Shop::new();
    shop.receive("main", shop.tea, "10");
    let sent = shop.send("8");
    let part = |reason: &str| json!({"waybill": sent, "lines": [{"line": 1, "quantity": "7"}], "rest_is_lost": true, "reason": reason});
    assert_eq!(shop.desk.fails("accept-goods", part(" ")), "error.reason_missing");
    assert_eq!(shop.on_hand(shop.tea, "transit"), "8");
    shop.desk.run("accept-goods", part("Կոտրված"));
    let card = shop.desk.query("waybill", json!({"id": sent})).remove(0);
    let line = &card["lines"][0];
    assert_eq!(
        (line["quantity"].as_str(), line["lost"].as_str(), line["under_way"].as_str()),
        (Some("8"), Some("1"), Some("0"))
    );
    assert_eq!((card["under_way"].as_bool(), card["reason"].as_str()), (Some(false), Some("Կոտրված")));
    assert_eq!(shop.differences(), Vec::<&str>::new());
}

#[test]
fn a_waybill_that_is_taken_back_moves_everything_back_and_keeps_its_number() {
    let mut shop = Shop::new();
    let receipt = shop.receive("main", shop.tea, "10")["id"].clone();
    let sent = shop.send("8");
    shop.desk.run("accept-goods", json!({"waybill": sent, "lines": [{"line": 1, "quantity": "5"}]}));
    assert_eq!(
        shop.desk.fails("void-waybill", json!({"waybill": receipt, "reason": "Սխալ"})),
        "error.stock.not_enough"
    );
    let back = shop.desk.run("void-waybill", json!({"waybill": sent, "reason": "Սխալ"}));
    assert_eq!((back["number"].as_str(), shop.on_hand(shop.tea, "main").as_str()), (Some("000003"), "10"));
    let card = shop.desk.query("waybill", json!({"id": sent})).remove(0);
    assert_eq!((card["voided"].as_bool(), card["other"]["number"].as_str()), (Some(true), Some("000003")));
    assert_eq!(shop.desk.fails("accept-goods", json!({"waybill": sent})), "error.stock.nothing_under_way");
    assert_eq!(shop.desk.fails("void-waybill", json!({"waybill": sent, "reason": "x"})), "error.stock.voided_already");
    assert_eq!(
        shop.desk.fails("void-waybill", json!({"waybill": back["id"], "reason": "x"})),
        "error.stock.is_reversal"
    );
    shop.desk.run("void-waybill", json!({"waybill": receipt, "reason": "Սխալ"}));
    assert_eq!(shop.on_hand(shop.tea, "main"), "0");
    assert_eq!(shop.differences(), Vec::<&str>::new());
}

#[test]
fn services_and_half_pieces_and_nothing_are_refused_at_their_line() {
    let mut shop = Shop::new();
    let work = shop.desk.run("save-item", json!({"kind": "service", "name": "Առաքում"}))["id"].clone();
    for (line, key, field) in [
        (json!({"item": work, "quantity": "1"}), "error.stock.service", "lines[0].item"),
        (json!({"item": shop.tea, "quantity": "0.5"}), "error.quantity_not_whole", "lines[0].quantity"),
        (json!({"item": shop.tea, "quantity": "0"}), "error.order.quantity_not_positive", "lines[0].quantity"),
        (json!({"item": shop.rope, "quantity": "1000000001"}), "error.stock.quantity_too_large", "lines[0].quantity"),
        (json!({"barcode": "999", "quantity": "1"}), "error.order.unknown_barcode", "lines[0].barcode"),
        (json!({"quantity": "1"}), "error.field_empty", "lines[0].item"),
    ] {
        let refused = shop.desk.error("receive-goods", json!({"to": "main", "lines": [line]}));
        assert_eq!((refused.key(), refused.field()), (key, Some(field)));
    }
    let nothing = json!({"to": "main", "lines": []});
    assert_eq!(shop.desk.fails("receive-goods", nothing), "error.stock.no_lines");
    let nowhere = json!({"from": "main", "to": "main", "lines": [{"item": shop.tea, "quantity": "1"}]});
    assert_eq!(shop.desk.fails("send-goods", nowhere), "error.stock.nowhere");
}

#[test]
fn the_only_warehouse_needs_no_name_and_several_do() {
    let mut desk = Desk::new();
    let tea = desk.run("save-item", json!({"kind": "goods", "name": "Թեյ"}))["id"].clone();
    let lines = json!({"lines": [{"item": tea, "quantity": "1"}]});
    desk.run("receive-goods", lines.clone());
    desk.run("save-warehouse", json!({"name": "Երկրորդ"}));
    let refused = desk.error("receive-goods", lines);
    assert_eq!((refused.key(), refused.field()), ("error.location.which", Some("to")));
}

#[test]
fn a_warehouse_with_goods_or_places_is_not_put_aside() {
    let mut shop = Shop::new();
    let off = |id: i64, version: i64| json!({"id": id, "version": version, "active": false});
    assert_eq!(shop.desk.fails("save-warehouse", off(1, 1)), "error.location.has_places");
    let shelf = shop.desk.query("warehouses", json!({})).into_iter().find(|row| row["code"] == "shelf").unwrap();
    assert_eq!(shelf["parent"], "main");
    let shelf = shelf["id"].as_i64().unwrap();
    shop.receive("shelf", shop.tea, "1");
    assert_eq!(shop.desk.fails("save-warehouse", off(shelf, 1)), "error.location.holds_goods");
    shop.desk.run("issue-goods", json!({"from": "shelf", "lines": [{"item": shop.tea, "quantity": "1"}]}));
    shop.desk.run("save-warehouse", off(shelf, 1));
    let gone = shop.desk.fails("remove-warehouse", json!({"id": shelf, "version": 2}));
    assert_eq!(gone, "error.used_elsewhere", "moves keep what they went through");
    let switched_off = json!({"to": "shelf", "lines": [{"item": shop.tea, "quantity": "1"}]});
    assert_eq!(shop.desk.fails("receive-goods", switched_off), "error.switched_off");
    for shipped in 2..=5 {
        assert_eq!(shop.desk.fails("save-warehouse", off(shipped, 1)), "error.location.kind_shipped");
    }
}

#[test]
fn the_stock_of_a_warehouse_is_that_of_its_places_too() {
    let mut shop = Shop::new();
    shop.receive("main", shop.tea, "2");
    shop.receive("shelf", shop.tea, "3");
    shop.receive("shop", shop.tea, "4");
    let of = |warehouse: &str| {
        let rows = shop.desk.query("stock", json!({"warehouse": warehouse}));
        rows.iter().map(|row| row["on_hand"].as_str().unwrap().parse::<i64>().unwrap()).sum::<i64>()
    };
    assert_eq!((of("main"), of("shelf"), of("shop")), (5, 3, 4));
}

/// Posts at random and keeps the books of an oracle beside: what lies where is the same at every step.
#[test]
fn what_lies_where_is_the_sum_of_all_moves_at_every_step() {
    let (mut shop, mut chance) = (Shop::new(), Chance::seeded());
    let places = ["main", "shelf", "shop"];
    let mut books: BTreeMap<(i64, String), i64> = BTreeMap::new();
    let mut sent: Vec<(Json, i64, i64, String)> = Vec::new();
    for _ in 0..scaled(2_000) {
        let (item, quantity) = ([shop.tea, shop.rope][chance.below(2)], 1 + i64::try_from(chance.below(9)).unwrap());
        let (from, to) = (places[chance.below(3)], places[chance.below(3)]);
        let lines = json!([{"item": item, "quantity": quantity.to_string()}]);
        let there = books.get(&(item, from.to_owned())).copied().unwrap_or_default();
        let mut add = |place: &str, by: i64| *books.entry((item, place.to_owned())).or_default() += by;
        match chance.below(5) {
            0 | 1 => {
                shop.desk.run("receive-goods", json!({"to": to, "lines": lines}));
                add(to, quantity);
            }
            2 => {
                let done =
                    shop.desk.store.run_json(&shop.desk.owner, "issue-goods", json!({"from": from, "lines": lines}));
                assert_eq!(done.is_ok(), there >= quantity);
                if done.is_ok() {
                    add(from, -quantity);
                }
            }
            3 => {
                let arguments = json!({"from": from, "to": to, "lines": lines});
                let done = shop.desk.store.run_json(&shop.desk.owner, "send-goods", arguments);
                assert_eq!(done.is_ok(), there >= quantity && from != to);
                if let Ok(done) = done {
                    add(from, -quantity);
                    sent.push((done.output["id"].clone(), item, quantity, to.to_owned()));
                }
            }
            _ => {
                if let Some((waybill, item, quantity, to)) = sent.pop() {
                    shop.desk.run("accept-goods", json!({"waybill": waybill}));
                    *books.entry((item, to)).or_default() += quantity;
                }
            }
        }
        for item in [shop.tea, shop.rope] {
            for place in places {
                let right = books.get(&(item, place.to_owned())).copied().unwrap_or_default();
                assert_eq!(shop.on_hand(item, place), right.to_string());
            }
            let under_way: i64 =
                sent.iter().filter(|(_, sent, ..)| *sent == item).map(|(_, _, quantity, _)| quantity).sum();
            assert_eq!(shop.on_hand(item, "transit"), under_way.to_string());
        }
    }
    assert_eq!(shop.differences(), Vec::<&str>::new());
}
