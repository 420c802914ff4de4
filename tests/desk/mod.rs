//! A company in memory with its owner at the desk: what most tests of the business stand on.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use patver::base::date::Instant;
use patver::base::error::Error;
use patver::domain::BUSINESS;
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use serde_json::{Value as Json, json};

/// The moment at which every desk stands: 2026-03-02T10:00 in Yerevan.
pub const NOW: i64 = 1_772_431_200_000;

/// A company in memory, an Armenian one with tax in its prices, and its owner.
pub struct Desk {
    /// The file.
    pub store: Store,
    /// Its clock.
    pub clock: Arc<SetClock>,
    /// The owner's calls.
    pub owner: Call,
}

impl Desk {
    /// A new company.
    pub fn new() -> Desk {
        let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
        let store = Store::memory(&BUSINESS, clock.clone()).unwrap();
        Desk::over(store, clock)
    }

    /// A file without a company.
    pub fn empty() -> Store {
        Store::memory(&BUSINESS, Arc::new(SetClock::at(Instant::from_millis(NOW)))).unwrap()
    }

    /// Sets a company up in a store that has none.
    pub fn over(mut store: Store, clock: Arc<SetClock>) -> Desk {
        let company = json!({"name": "Արագած", "country": "AM", "currency": "AMD", "language": "hy", "owner": "ani"});
        store.run_json(&Call::of_system(), "create-company", company).unwrap();
        Desk { store, clock, owner: Call::of_user(1) }
    }

    /// Runs a command as the owner.
    pub fn run(&mut self, name: &str, arguments: Json) -> Json {
        match self.store.run_json(&self.owner, name, arguments.clone()) {
            Ok(done) => done.output,
            Err(error) => panic!("{name} {arguments}: {error} at {:?}", error.field()),
        }
    }

    /// Runs a command as the owner, confirmed.
    pub fn run_confirmed(&mut self, name: &str, arguments: Json) -> Json {
        self.store.run_json(&self.owner.clone().confirmed(), name, arguments).unwrap().output
    }

    /// The error a command is refused with.
    pub fn error(&mut self, name: &str, arguments: Json) -> Error {
        self.store.run_json(&self.owner, name, arguments).unwrap_err()
    }

    /// The key of the error a command is refused with.
    pub fn fails(&mut self, name: &str, arguments: Json) -> &'static str {
        self.error(name, arguments).key()
    }

    /// Asks as the owner.
    pub fn query(&self, name: &str, arguments: Json) -> Vec<Json> {
        self.store.query_json(&self.owner, name, arguments).unwrap()
    }

    /// The company's date.
    pub fn today(&self) -> String {
        self.store.view(&self.owner).unwrap().today().to_string()
    }

    /// The number of the last journal entry.
    pub fn last_seq(&self) -> i64 {
        self.query("journal", json!({"limit": 1}))[0]["seq"].as_i64().unwrap()
    }

    /// A new customer's id.
    pub fn customer(&mut self, name: &str) -> i64 {
        self.run("save-counterparty", json!({"kind": "person", "name": name}))["id"].as_i64().unwrap()
    }
}
