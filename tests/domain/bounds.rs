//! Amounts that no shop has: refused where they come in, so that sums over lists and days always fit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::desk::Desk;
use serde_json::json;

#[test]
fn an_order_too_large_for_the_sums_of_others_is_refused_at_its_lines() {
    let mut desk = Desk::new();
    let big = |quantity: &str| json!({"lines": [{"text": "Ծրար", "quantity": quantity, "price": "1000000000"}]});
    let refused = desk.error("place-order", big("10001"));
    assert_eq!((refused.key(), refused.field()), ("error.number_too_large", Some("lines")));
    for _ in 0..20 {
        desk.run("place-order", big("10000"));
    }
    assert_eq!(desk.query("orders-totals", json!({}))[0]["total"], "200000000000000.00");
}
