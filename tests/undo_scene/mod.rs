//! An order of a customer at the desk, and all that can be done with it and taken back.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

use patver::base::error::Error;
use patver::domain::check;
use patver::engine::ticket::Watch;
use serde_json::{Value as Json, json};

use crate::desk::Desk;

/// A company with a customer, and an order of ours of 1,500 drams with two lines.
pub struct Scene {
    pub desk: Desk,
    pub customer: i64,
    pub order: Json,
}

impl Scene {
    pub fn new() -> Scene {
        let mut desk = Desk::new();
        let customer = desk.customer("Անի");
        let lines = json!([{"text": "Ծրար", "quantity": "2", "price": "500"}, {"text": "Թուղթ", "quantity": "1", "price": "500"}]);
        let order = desk.run("place-order", json!({"counterparty": customer, "lines": lines}))["id"].clone();
        Scene { desk, customer, order }
    }

    /// Runs a command; the number of its entry.
    pub fn done(&mut self, name: &str, arguments: Json) -> i64 {
        self.desk.run(name, arguments);
        self.desk.last_seq()
    }

    pub fn edit(&mut self, mut change: Json) -> i64 {
        change["order"] = self.order.clone();
        change["version"] = self.seen()["version"].clone();
        self.done("edit-order", change)
    }

    pub fn status(&mut self, status: &str) -> i64 {
        self.done("change-order-status", json!({"order": self.order, "status": status}))
    }

    pub fn invoice(&mut self) -> Json {
        self.desk.run("issue-invoice", json!({"order": self.order}))
    }

    pub fn void_invoice(&mut self, invoice: &Json) {
        self.desk.run("void-invoice", json!({"invoice": invoice["id"], "reason": "Սխալ"}));
    }

    pub fn pay(&mut self, amount: &str) -> Json {
        let tenders = json!([{"method": "card", "amount": amount}]);
        self.desk.run("take-payment", json!({"order": self.order, "tenders": tenders}))
    }

    pub fn advance(&mut self, amount: &str) -> Json {
        let tenders = json!([{"method": "transfer", "amount": amount}]);
        self.desk.run("take-payment", json!({"counterparty": self.customer, "tenders": tenders}))
    }

    pub fn void_payment(&mut self, payment: &Json) {
        self.desk.run("void-payment", json!({"payment": payment["id"], "reason": "Սխալ"}));
    }

    pub fn undo(&mut self, seq: i64) -> i64 {
        self.done("undo", json!({"seq": seq}))
    }

    /// The refusal of an undo, which changes nothing.
    pub fn refused(&mut self, seq: i64) -> Error {
        let (before, last) = (self.seen(), self.desk.last_seq());
        let error = self.desk.error("undo", json!({"seq": seq}));
        assert_eq!((before, last), (self.seen(), self.desk.last_seq()), "{error}");
        error
    }

    pub fn seen(&self) -> Json {
        self.desk.query("order", json!({"id": self.order})).remove(0)
    }

    /// The standing invoice says what the order comes to, and the file is in order.
    pub fn holds(&self) {
        let found = check::differences(self.desk.store.db(), &Watch::default()).unwrap();
        assert!(found.is_empty(), "{found:?}");
        let order = self.seen();
        for invoice in self.desk.query("invoices", json!({"order": self.order})) {
            if invoice["voided"] == false {
                assert_eq!((&invoice["total"], &invoice["counterparty"]), (&order["total"], &order["counterparty"]));
                assert!(!["draft", "cancelled"].contains(&order["status"].as_str().unwrap()));
            }
        }
    }
}
