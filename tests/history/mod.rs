//! A random but repeatable history of a company: every command with arguments that fit what stands there at the moment.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

mod directories;
mod documents;
mod imports;
mod people;
pub mod state;
mod stock;

use std::sync::Arc;

use patver::base::date::Instant;
use patver::base::error::Error;
use patver::domain::{BUSINESS, file};
use patver::engine::clock::SetClock;
use patver::engine::command::{CommandEntry, Undo};
use patver::engine::statement::Statement;
use patver::engine::store::{Call, Done, Store};
use serde_json::Value as Json;

use crate::crash::Chance;
use crate::desk::{Desk, NOW};

/// Makes arguments for a command out of what is there; none where nothing fits.
pub type Generator = fn(&mut World) -> Option<Json>;

/// A company in memory, and the chance that drives it.
pub struct World {
    pub desk: Desk,
    pub chance: Chance,
    /// The hashes of files that can be attached.
    pub files: Vec<String>,
    now: i64,
}

impl World {
    pub fn new(chance: Chance) -> World {
        World::over(Desk::new(), chance)
    }

    /// The company of a desk that somebody else set up.
    pub fn over(mut desk: Desk, chance: Chance) -> World {
        let files = keep_files(&mut desk.store);
        World { desk, chance, files, now: NOW }
    }

    /// A world in which something of everything stands already.
    pub fn settled(chance: Chance) -> World {
        let mut world = World::new(chance);
        while world.desk.last_seq() < 120 {
            world.step();
        }
        world
    }

    /// Some command with some arguments; the refusal, if it was refused.
    pub fn step(&mut self) -> (&'static str, Option<Error>) {
        loop {
            let (name, weight, generate) = ALL[self.chance.below(ALL.len())];
            if self.chance.below(10) < weight
                && let Some(arguments) = generate(self)
            {
                return (name, self.run(name, arguments).err());
            }
        }
    }

    /// The command with arguments that fit, tried until it is accepted, and what was seen just before it.
    pub fn accepted<S>(&mut self, name: &str, look: fn(&Store) -> S) -> (S, Done<Json>) {
        let (.., generate) = *ALL.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("no {name}"));
        let mut refused = String::new();
        for _ in 0..400 {
            if let Some(arguments) = generate(self) {
                let before = look(&self.desk.store);
                match self.run(name, arguments.clone()) {
                    Ok(done) => return (before, done),
                    Err(error) => refused = format!("{arguments}: {error:?}"),
                }
            }
            self.step();
            // What can be removed are mostly rows that nothing uses yet.
            let maker = name.replace("remove-", "save-");
            if let Some((maker, _, generate)) = ALL.iter().find(|(known, ..)| *known == maker && maker != name)
                && let Some(arguments) = generate(self)
            {
                self.run(maker, arguments).ok();
            }
        }
        panic!("{name} is never accepted: {refused}")
    }

    /// Runs a command as the owner, who says yes to every question; time goes on by up to ten minutes.
    pub fn run(&mut self, name: &str, arguments: Json) -> Result<Done<Json>, Error> {
        self.now += i64::try_from(self.chance.below(600_000)).unwrap();
        self.desk.clock.set(Instant::from_millis(self.now));
        let (store, call) = (&mut self.desk.store, self.desk.owner.clone().confirmed());
        match &arguments["batch"] {
            Json::Number(batch) if name == "import-record" => {
                store.batch(&call, batch.as_i64().unwrap(), |batch| batch.run_json(name, arguments.clone()))
            }
            _ => store.run_json(&call, name, arguments),
        }
    }

    /// Rows of two numbers.
    pub fn pairs(&self, sql: &'static str) -> Vec<(i64, i64)> {
        self.desk.store.db().rows(&Statement { name: "history", sql }, &[]).unwrap()
    }

    /// One of the rows of two numbers, usually an id and a version.
    pub fn pick(&mut self, sql: &'static str) -> Option<(i64, i64)> {
        let rows = self.pairs(sql);
        (!rows.is_empty()).then(|| rows[self.chance.below(rows.len())])
    }

    /// One of the texts that a text gives.
    pub fn pick_text(&mut self, sql: &'static str) -> Option<String> {
        let rows: Vec<(String,)> = self.desk.store.db().rows(&Statement { name: "history", sql }, &[]).unwrap();
        (!rows.is_empty()).then(|| rows[self.chance.below(rows.len())].0.clone())
    }

    /// A word that is new nearly always.
    pub fn word(&mut self) -> String {
        format!("Բառ{}", self.chance.next() % 1_000_000)
    }

    /// A decimal from 0.01 up to a bound with two places.
    pub fn amount(&mut self, below: usize) -> String {
        format!("{}.{:02}", self.chance.below(below), 1 + self.chance.below(99))
    }
}

/// Keeps the files of every world, the same in each.
pub fn keep_files(store: &mut Store) -> Vec<String> {
    let contents = ["first file", "second file", "third file"];
    contents
        .iter()
        .map(|text| file::keep_file(store, &Call::of_user(1), text.as_bytes()).unwrap().to_string())
        .collect()
}

/// The store of an empty company in which a history can be run again, its clock, and the same files kept.
pub fn empty() -> (Store, Arc<SetClock>) {
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    (Store::memory(&BUSINESS, clock.clone()).unwrap(), clock)
}

/// Commands that can be taken back in one of the two ways.
pub fn undoable(undo: Undo) -> impl Iterator<Item = &'static CommandEntry> {
    BUSINESS.commands().filter(move |entry| entry.undo == undo)
}

/// The last entry that can be taken back, most of the time.
fn undo(world: &mut World) -> Option<Json> {
    let seq = world.desk.last_seq() - i64::try_from(world.chance.below(3)).unwrap();
    Some(serde_json::json!({"seq": seq}))
}

/// Every command of a history, how often out of ten it goes ahead, and its arguments.
pub const ALL: &[(&str, usize, Generator)] = &[
    ("undo", 4, undo),
    ("save-company", 1, directories::company),
    ("save-currency", 1, directories::currency),
    ("save-unit", 2, directories::unit),
    ("remove-unit", 2, directories::remove_unit),
    ("save-tax-rate", 2, directories::tax_rate),
    ("remove-tax-rate", 2, directories::remove_tax_rate),
    ("save-scale-code", 2, directories::scale_code),
    ("remove-scale-code", 1, directories::remove_scale_code),
    ("save-field", 3, directories::field),
    ("remove-field", 1, directories::remove_field),
    ("save-payment-method", 2, directories::payment_method),
    ("remove-payment-method", 2, directories::remove_payment_method),
    ("save-status", 2, directories::status),
    ("remove-status", 2, directories::remove_status),
    ("save-category", 2, directories::category),
    ("remove-category", 2, directories::remove_category),
    ("save-item-group", 2, directories::item_group),
    ("remove-item-group", 2, directories::remove_item_group),
    ("save-counterparty", 6, directories::counterparty),
    ("remove-counterparty", 2, directories::remove_counterparty),
    ("save-item", 6, directories::item),
    ("remove-item", 2, directories::remove_item),
    ("save-opening-balance", 3, directories::opening_balance),
    ("remove-opening-balance", 2, directories::remove_opening_balance),
    ("attach-file", 2, directories::attachment),
    ("remove-attachment", 2, directories::remove_attachment),
    ("save-task", 2, people::task),
    ("finish-task", 1, people::finish),
    ("remove-task", 1, people::remove_task),
    ("send-message", 1, people::message),
    ("read-message", 1, people::read),
    ("save-view", 2, people::view),
    ("remove-view", 1, people::remove_view),
    ("place-order", 10, documents::place),
    ("edit-order", 8, documents::edit),
    ("copy-order", 2, documents::copy),
    ("save-template", 2, documents::template),
    ("remove-template", 1, documents::remove_template),
    ("change-order-status", 8, documents::status),
    ("change-orders-status", 3, documents::several),
    ("cancel-order", 3, documents::cancel),
    ("return-order", 3, documents::give_back),
    ("take-payment", 10, documents::pay),
    ("refund-payment", 5, documents::refund),
    ("apply-advance", 5, documents::apply),
    ("void-payment", 3, documents::void_payment),
    ("issue-invoice", 6, documents::invoice),
    ("set-fiscal-number", 2, documents::fiscal),
    ("mark-invoice-printed", 2, documents::printed),
    ("void-invoice", 2, documents::void_invoice),
    ("raise-series", 1, documents::raise),
    ("save-warehouse", 2, stock::warehouse),
    ("remove-warehouse", 1, stock::remove_warehouse),
    ("receive-goods", 6, stock::receive),
    ("issue-goods", 4, stock::issue),
    ("write-off-goods", 2, stock::write_off),
    ("send-goods", 4, stock::send),
    ("accept-goods", 3, stock::accept),
    ("void-waybill", 2, stock::void),
    ("open-import", 3, imports::open),
    ("import-record", 6, imports::record),
    ("note-import", 2, imports::note),
    ("undo-batch", 3, imports::undo),
];
