//! Real files of other programs through the importer, to their known figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::exchange_support::{House, counts, mapping, project};
use patver::domain::counterparty::Counterparty;
use patver::domain::import::{ImportBatch, ImportKey};
use patver::domain::item::Item;
use patver::domain::order::states::Status;
use patver::domain::order::{Order, OrderKind, OrderLine};
use patver::engine::journal;
use rust_decimal::Decimal;
use serde_json::json;

#[test]
fn northwind_comes_in_to_its_known_figures_and_a_second_time_changes_nothing() {
    let mut house = House::of("USD");
    let first = house.northwind();
    assert_eq!(
        first.each_ref().map(|summary| counts(summary)[..2].to_vec()),
        [[91, 91], [77, 77], [830, 830], [2155, 2155]]
    );
    assert_eq!(house.rejects(), []);
    assert_eq!(first[3].sums["USD"], "1265793.29");
    let (orders, lines, seq) = house.picture();
    let closed = orders.iter().filter(|order| order.state == Status::Closed).count();
    let confirmed = orders.iter().filter(|order| order.state == Status::Confirmed).count();
    assert_eq!((orders.len(), closed, confirmed, lines.len()), (830, 809, 21, 2155));
    let exact: Decimal = lines
        .iter()
        .map(|line| {
            let taken = Decimal::ONE_HUNDRED - line.discount_percent.to_decimal();
            line.quantity.to_decimal() * line.price.to_decimal() * taken / Decimal::ONE_HUNDRED
        })
        .sum();
    assert_eq!(exact.normalize().to_string(), "1265793.0395");
    assert_eq!(orders.iter().map(|order| order.total).sum::<i64>(), 126_579_329);
    assert_eq!(orders.iter().map(|order| order.freight).sum::<i64>(), 6_494_269);
    assert!(orders.iter().all(|order| order.total == order.net));

    let again = house.northwind();
    assert_eq!(
        again.each_ref().map(counts),
        [[91, 0, 0, 91, 0], [77, 0, 0, 77, 0], [830, 0, 0, 830, 0], [2155, 0, 0, 2155, 0]]
    );
    assert_eq!(again.each_ref().map(|summary| summary.batch), [None; 4]);
    assert_eq!(again[3].sums, first[3].sums);
    assert_eq!(house.picture(), (orders, lines, seq));
}

#[test]
fn northwind_rounded_per_document_differs_by_the_known_cents() {
    let mut house = House::of("USD");
    let company = house.store.query_json(&house.owner, "company", json!({})).unwrap().remove(0);
    house.run("save-company", json!({"version": company["version"], "rounding": "document"}));
    assert_eq!(house.northwind()[3].sums["USD"], "1265793.22");
}

#[test]
fn two_days_of_a_real_shop_come_in_with_returns_and_walk_ins_and_refuse_what_no_order_can_be() {
    let mut house = House::of("GBP");
    for (day, read, refused, sum) in [("2010-12-01", 3108, 1, "58635.56"), ("2010-12-07", 2963, 8, "45059.05")] {
        let summary = house.retail(day);
        assert_eq!(counts(&summary), [read, read - refused, 0, 0, refused]);
        assert_eq!(summary.sums["GBP"], sum);
        let rejects = house.rejects();
        assert_eq!(i64::try_from(rejects.len()).unwrap(), refused);
        for (line, reason) in &rejects {
            assert!(
                reason.starts_with("Quantity: The quantity of “") && reason.contains("only a return"),
                "{line} {reason}"
            );
        }
        assert_eq!(counts(&house.retail(day)), [read, 0, 0, read - refused, refused]);
    }
    let orders: Vec<Order> = house.rows();
    assert_eq!(orders.len(), 143 - 1 + 111 - 8);
    let returns: Vec<&Order> = orders.iter().filter(|order| order.kind == OrderKind::Return).collect();
    assert!(!returns.is_empty());
    assert!(
        returns.iter().all(|order| order.reference.starts_with('C') && order.total <= 0 && order.original_id.is_none())
    );
    let customers: Vec<Counterparty> = house.rows();
    let walk_in = customers.iter().find(|customer| customer.walk_in).unwrap().id;
    assert!(orders.iter().any(|order| order.counterparty_id == walk_in));
    assert!(house.rows::<OrderLine>().iter().all(|line| line.item_id.is_some()));
}

#[test]
fn a_rehearsal_counts_like_the_import_and_leaves_no_trace() {
    let mut house = House::of("GBP");
    let file = project("tests/fixtures/online-retail/2010-12-01.csv");
    let before = house.last_seq();
    let told = house.rehearse("orders", &file, Some(&mapping("online-retail")));
    assert_eq!(house.last_seq(), before);
    assert!(house.rows::<Order>().is_empty() && house.rows::<Item>().is_empty());
    let done = house.import("orders", &file, Some(&mapping("online-retail")));
    assert_eq!((counts(&told), &told.sums, told.batch), (counts(&done), &done.sums, None));
}

#[test]
fn a_stopped_import_goes_on_where_it_stopped_and_ends_like_one_that_was_not() {
    let file = project("tests/fixtures/online-retail/2010-12-01.csv");
    let mut whole = House::of("GBP");
    let wanted = whole.import("orders", &file, Some(&mapping("online-retail")));
    let mut house = House::of("GBP");
    let part = house.import_steps("orders", &file, Some(&mapping("online-retail")), 2);
    assert!(!part.done && part.rows.read > 500 && part.rows.read <= 1_100, "{part:?}");
    let batches = house.store.query_json(&house.owner, "import-batches", json!({})).unwrap();
    assert_eq!((&batches[0]["state"], &batches[0]["id"]), (&json!("open"), &json!(part.batch)));
    let rest = house.import("orders", &file, Some(&mapping("online-retail")));
    assert_eq!(rest, wanted);
    assert_eq!(house.rows::<Order>(), whole.rows::<Order>());
    assert_eq!(house.rows::<OrderLine>(), whole.rows::<OrderLine>());
}

#[test]
fn taking_batches_back_in_turn_leaves_the_company_as_it_was() {
    let mut house = House::of("USD");
    let customers: Vec<Counterparty> = house.rows();
    let [first, second, third, fourth] = house.northwind();
    let early = house.store.run_json(&house.owner, "undo-batch", json!({"batch": third.batch})).unwrap_err();
    assert_eq!(early.key(), "error.undo_changed");
    for summary in [fourth, third, second, first] {
        house.run("undo-batch", json!({"batch": summary.batch}));
    }
    assert!(
        house.rows::<Order>().is_empty() && house.rows::<OrderLine>().is_empty() && house.rows::<Item>().is_empty()
    );
    assert_eq!(house.rows::<Counterparty>(), customers);
    assert_eq!(house.northwind()[3].sums["USD"], "1265793.29");
}

#[test]
fn a_batch_is_not_taken_back_over_a_later_change_which_is_named() {
    let mut house = House::of("USD");
    let file = house.write("people.csv", "id,name\n1,Ani\n2,Vahe\n");
    let batch = house.import("counterparties", &file, None).batch;
    let ani = house.rows::<Counterparty>().into_iter().find(|row| row.name == "Ani").unwrap();
    house.run("save-counterparty", json!({"id": ani.id, "version": ani.version, "note": "calls at noon"}));
    let before = house.rows::<Counterparty>();
    let refused = house.store.run_json(&house.owner, "undo-batch", json!({"batch": batch})).unwrap_err();
    let named = format!("take back entry {} “Save customer” first", house.last_seq());
    assert!(refused.to_string().contains(&named), "{refused}");
    assert_eq!(house.rows::<Counterparty>(), before);
}

#[test]
fn replaying_an_import_and_its_undoing_into_an_empty_file_gives_the_same_rows() {
    let mut house = House::of("GBP");
    let file = house.write("people.csv", "id,name\n1,Ani\n2,Vahe\n");
    house.import("counterparties", &file, None);
    let gone = house.write("items.csv", "id,name,price\n1,Tea,5\n2,Cup,7\n");
    let gone = house.import("items", &gone, None).batch;
    house.run("undo-batch", json!({"batch": gone}));
    let mut copy = House::empty();
    for entry in journal::entries(house.store.db(), 0).unwrap() {
        copy.store.replay(&entry).unwrap();
    }
    assert_eq!(copy.rows::<Counterparty>(), house.rows::<Counterparty>());
    assert_eq!(copy.rows::<ImportKey>(), house.rows::<ImportKey>());
    assert_eq!(copy.rows::<ImportBatch>(), house.rows::<ImportBatch>());
    assert!(copy.rows::<Item>().is_empty() && copy.rows::<ImportBatch>().len() == 2);
}
