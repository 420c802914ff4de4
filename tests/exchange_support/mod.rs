//! A company in memory to bring files into, with what tests ask of it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use patver::base::date::Instant;
use patver::base::error::Result;
use patver::base::id::Id;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::domain::order::{Order, OrderLine};
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use patver::engine::table::Row;
use patver::exchange::{self, Options, Request, Summary};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// A company, its owner, and a folder for files.
pub struct House {
    pub store: Store,
    pub owner: Call,
    pub dir: TempDir,
    pub lang: Lang,
}

/// A file of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A mapping that is shipped.
pub fn mapping(name: &str) -> PathBuf {
    project("assets/mappings").join(format!("{name}.json"))
}

impl House {
    /// A company that counts in this currency.
    pub fn of(currency: &str) -> House {
        let mut house = House::empty();
        let company = json!({"name": "Shop", "country": "AM", "currency": currency, "language": "en", "owner": "ani"});
        house.store.run_json(&Call::of_system(), "create-company", company).unwrap();
        house
    }

    /// A file in which there is no company yet.
    pub fn empty() -> House {
        let clock = Arc::new(SetClock::at(Instant::from_millis(1_772_431_200_000)));
        let store = Store::memory(&BUSINESS, clock).unwrap();
        House { store, owner: Call::of_user(1), dir: tempfile::tempdir().unwrap(), lang: Lang::EN }
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Brings a file in by a mapping; refused rows go to `rejects.csv` in the folder.
    pub fn import(&mut self, kind: &str, file: &Path, mapping: Option<&Path>) -> Summary {
        self.try_import(kind, file, mapping).unwrap()
    }

    /// The same, where it may be refused as a whole.
    pub fn try_import(&mut self, kind: &str, file: &Path, mapping: Option<&Path>) -> Result<Summary> {
        let rejects = self.dir.path().join("rejects.csv");
        let watch = &mut |_: &Summary| ControlFlow::Continue(());
        let options = Options { lang: self.lang, dry_run: false, rejects: Some(&rejects), watch };
        exchange::import(&mut self.store, &self.owner, &Request { kind, path: file, mapping }, options)
            .map(|(summary, _)| summary)
    }

    /// Tells what would happen.
    pub fn rehearse(&mut self, kind: &str, file: &Path, mapping: Option<&Path>) -> Summary {
        let watch = &mut |_: &Summary| ControlFlow::Continue(());
        let options = Options { lang: self.lang, dry_run: true, rejects: None, watch };
        exchange::import(&mut self.store, &self.owner, &Request { kind, path: file, mapping }, options)
            .map(|(summary, _)| summary)
            .unwrap()
    }

    /// Brings a file in, but stops after so many steps.
    pub fn import_steps(&mut self, kind: &str, file: &Path, mapping: Option<&Path>, steps: usize) -> Summary {
        let mut left = steps;
        let watch = &mut |_: &Summary| {
            left = left.saturating_sub(1);
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let options = Options { lang: self.lang, dry_run: false, rejects: None, watch };
        exchange::import(&mut self.store, &self.owner, &Request { kind, path: file, mapping }, options)
            .map(|(summary, _)| summary)
            .unwrap()
    }

    /// Refused rows with their reasons: line and reason.
    pub fn rejects(&self) -> Vec<(u64, String)> {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_path(self.dir.path().join("rejects.csv")).unwrap();
        let width = reader.headers().unwrap().len();
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| (row[width - 2].parse().unwrap(), row[width - 1].to_owned())).collect()
    }

    /// Every row of a table, by its ids.
    pub fn rows<R: Row>(&self) -> Vec<R> {
        let mut rows = Vec::new();
        let mut gap = 0;
        for id in 1.. {
            match self.store.db().find_row::<R>(Id::new(id)).unwrap() {
                Some(row) => {
                    gap = 0;
                    rows.push(row);
                }
                None => gap += 1,
            }
            if gap > 2_000 {
                break;
            }
        }
        rows
    }

    /// Everything a second import could change, whole.
    pub fn picture(&self) -> (Vec<Order>, Vec<OrderLine>, i64) {
        (self.rows(), self.rows(), self.last_seq())
    }

    /// The number of the last journal entry.
    pub fn last_seq(&self) -> i64 {
        let rows = self.store.query_json(&self.owner, "journal", json!({"limit": 1})).unwrap();
        rows[0]["seq"].as_i64().unwrap()
    }

    /// Runs a command as the owner.
    pub fn run(&mut self, name: &str, arguments: Json) -> Json {
        self.store.run_json(&self.owner, name, arguments).unwrap().output
    }

    /// Northwind's four files, in their order.
    pub fn northwind(&mut self) -> [Summary; 4] {
        let files = [
            ("counterparties", "customers"),
            ("items", "products"),
            ("orders", "orders"),
            ("order-lines", "order_details"),
        ];
        files.map(|(kind, file)| {
            let path = project("tests/fixtures/northwind").join(format!("{file}.csv"));
            self.import(kind, &path, Some(&mapping(&format!("northwind-{kind}"))))
        })
    }

    /// A day of the real shop.
    pub fn retail(&mut self, day: &str) -> Summary {
        let path = project("tests/fixtures/online-retail").join(format!("{day}.csv"));
        self.import("orders", &path, Some(&mapping("online-retail")))
    }
}

/// The counts of a summary: read, added, changed, unchanged, rejected.
pub fn counts(summary: &Summary) -> [i64; 5] {
    let rows = summary.rows;
    [rows.read, rows.added, rows.changed, rows.unchanged, rows.rejected]
}
