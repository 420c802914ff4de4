//! A toy shop on a real file: units, each with a kept file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use patver::base::date::{Instant, Zone};
use patver::base::error::Result;
use patver::base::id::Id;
use patver::base::right::Right;
use patver::engine::backup::{self, Backup, Over, Permit, Reason, Restored};
use patver::engine::clock::SetClock;
use patver::engine::command::{Command, CommandEntry, Need, Undo};
use patver::engine::store::{Business, Call, Slice, Store};
use patver::engine::table::Row as _;
use patver::engine::tx::Tx;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

patver::table! {
    /// A unit, as the toy business sees it.
    pub struct Unit in "units" code 15 {
        /// Code.
        code: String,
        /// Name.
        name: String,
        /// Decimals.
        decimals: i64,
        /// Active.
        active: bool,
    }
}

/// Adds a unit and keeps a file with it.
#[derive(Serialize, Deserialize)]
pub struct AddUnit {
    code: String,
}

impl Command for AddUnit {
    const NAME: &'static str = "add-unit";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = i64;

    fn run(&self, tx: &mut Tx<'_>) -> Result<i64> {
        tx.keep_blob(picture(&self.code).as_slice())?;
        let (code, name) = (self.code.clone(), format!("Unit {}", self.code));
        tx.insert(&Unit { id: Id::new(0), version: 0, code, name, decimals: 0, active: true }).map(Id::get)
    }
}

pub static TOY: Slice = Slice {
    commands: &[CommandEntry::of::<AddUnit>()],
    queries: &[],
    tables: &[Unit::TABLE],
    statements: &[],
    lists: &[],
};

/// User 1 may do everything, user 2 nothing.
pub static BUSINESS: Business = Business {
    slices: &[&TOY],
    rules: &[],
    rights_of: |_, user| Ok(if user == 1 { Right::ALL.iter().copied().collect() } else { BTreeSet::new() }),
    zone: |_| Zone::parse("Asia/Yerevan"),
};

/// 2026-11-24 10:30 in Yerevan.
pub const NOW: i64 = 1_795_501_800_000;

pub fn now() -> Instant {
    Instant::from_millis(NOW)
}

/// A kept file of a few thousand bytes; codes that end alike share one.
pub fn picture(code: &str) -> Vec<u8> {
    format!("picture of {} ", &code[code.len() - 1..]).into_bytes().repeat(150)
}

pub fn open(path: &Path) -> Result<Store> {
    Store::open(path, &BUSINESS, Arc::new(SetClock::at(now())))
}

pub fn boss() -> Call {
    Call::of_user(1)
}

pub fn add(store: &mut Store, code: &str) -> i64 {
    store.run(&boss(), &AddUnit { code: code.to_owned() }).unwrap().seq
}

/// A company with three units in its own folder, and the folder of its backups.
pub struct Shop {
    pub dir: TempDir,
    pub path: PathBuf,
    pub store: Store,
}

impl Shop {
    pub fn new() -> Shop {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("shop.patver");
        let mut store = Store::create(&path, &BUSINESS, Arc::new(SetClock::at(now()))).unwrap();
        for code in ["a", "b", "c"] {
            add(&mut store, code);
        }
        Shop { dir, path, store }
    }

    pub fn back_up(&self) -> Backup {
        backup::make(&self.store, &boss(), &backup::default_folder(&self.path), Reason::Asked).unwrap()
    }

    pub fn permit(&self) -> Permit {
        Permit::ask(&self.store, &boss()).unwrap()
    }

    pub fn names(&self) -> Vec<String> {
        names(self.dir.path())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn codes(store: &Store) -> Vec<String> {
    (1..10_000).map_while(|id| store.db().find_row::<Unit>(Id::new(id)).unwrap()).map(|unit| unit.code).collect()
}

pub fn restore_new(backup: &Backup, into: &Path) -> Result<Restored> {
    backup::restore(&backup.path, into, Over::default(), now())
}
