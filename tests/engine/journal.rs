//! The engine by itself: a toy business of two commands over the real schema.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::sync::Arc;

use patver::base::date::{Instant, Zone};
use patver::base::error::{Error, Result};
use patver::base::id::Id;
use patver::base::right::Right;
use patver::engine::clock::SetClock;
use patver::engine::command::{Command, CommandEntry, Need, Undo};
use patver::engine::db::Db;
use patver::engine::journal::{self, Kind};
use patver::engine::store::{Business, Call, Slice, Store};
use patver::engine::table::Row as _;
use patver::engine::tx::Tx;
use patver::engine::undo::{self, UndoCommand};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

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

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaveUnit {
    #[serde(default)]
    id: Option<Id<Unit>>,
    #[serde(default)]
    version: i64,
    code: String,
    name: String,
}

impl Command for SaveUnit {
    const NAME: &'static str = "save-unit";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = (i64, i64);

    fn run(&self, tx: &mut Tx<'_>) -> Result<(i64, i64)> {
        let Some(id) = self.id else {
            let row = Unit {
                id: Id::new(0),
                version: 0,
                code: self.code.clone(),
                name: self.name.clone(),
                decimals: 0,
                active: true,
            };
            return Ok((tx.insert(&row)?.get(), 1));
        };
        let seen = Unit { version: self.version, ..tx.get(id)? };
        if self.name == "refuse" {
            return Err(Error::rejected("error.cancelled"));
        }
        let new = Unit { code: self.code.clone(), name: self.name.clone(), ..seen.clone() };
        Ok((id.get(), tx.update(&seen, &new)?))
    }
}

#[derive(Serialize, Deserialize)]
struct RemoveUnit {
    id: Id<Unit>,
}

impl Command for RemoveUnit {
    const NAME: &'static str = "remove-unit";
    const NEED: Need = Need::Right(Right::DirectoryEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = ();

    fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let row: Unit = tx.get(self.id)?;
        tx.delete(&row)
    }
}

static TOY: Slice = Slice {
    commands: &[CommandEntry::of::<SaveUnit>(), CommandEntry::of::<RemoveUnit>()],
    queries: &[],
    tables: &[Unit::TABLE],
    statements: &[],
    lists: &[],
};

static BUSINESS: Business = Business { slices: &[&TOY, &undo::SLICE], rules: &[], rights_of, zone: |_| Ok(Zone::UTC) };

/// User 1 may do everything, user 2 nothing.
fn rights_of(_db: &Db, user: i64) -> Result<BTreeSet<Right>> {
    Ok(if user == 1 { Right::ALL.iter().copied().collect() } else { BTreeSet::new() })
}

fn store() -> Store {
    Store::memory(&BUSINESS, Arc::new(SetClock::at(Instant::from_millis(1_000)))).unwrap()
}

fn boss() -> Call {
    Call::of_user(1)
}

fn add(store: &mut Store, code: &str) -> i64 {
    store.run_json(&boss(), "save-unit", json!({"code": code, "name": code})).unwrap().output[0].as_i64().unwrap()
}

fn units(store: &Store) -> Vec<Unit> {
    (1..20).filter_map(|id| store.db().find_row::<Unit>(Id::new(id)).unwrap()).collect()
}

#[test]
fn a_command_leaves_one_journal_entry_with_the_digest_of_its_row() {
    let mut store = store();
    let done = store.run_json(&boss(), "save-unit", json!({"code": "pcs", "name": "Piece"})).unwrap();
    assert_eq!((done.seq, done.changes.touches("units")), (1, true));
    let rows = journal::rows_of(store.db(), 1).unwrap();
    assert_eq!((rows.len(), rows[0].kind, rows[0].row_id), (1, Kind::Create, 1));
    let unit: Unit = store.db().get(Id::new(1)).unwrap();
    assert_eq!(rows[0].digest, journal::digest(Unit::TABLE, &unit.values()));
}

#[test]
fn an_update_keeps_old_and_new_of_the_changed_field_only() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    store.run_json(&boss(), "save-unit", json!({"id": id, "version": 1, "code": "pcs", "name": "Piece"})).unwrap();
    let rows = journal::rows_of(store.db(), 2).unwrap();
    assert_eq!(rows[0].diff.len(), 1);
    assert_eq!(rows[0].diff[0].column, "name");
}

#[test]
fn a_stale_version_is_a_conflict_and_changes_nothing() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    let edit = |name: &str| json!({"id": id, "version": 1, "code": "pcs", "name": name});
    store.run_json(&boss(), "save-unit", edit("First")).unwrap();
    let error = store.run_json(&boss(), "save-unit", edit("Second")).unwrap_err();
    assert_eq!(error.kind(), "conflict");
    assert_eq!(units(&store)[0].name, "First");
}

#[test]
fn a_command_sent_twice_with_one_id_answers_the_same_and_changes_nothing() {
    let mut store = store();
    let call = boss().with_id(Uuid::from_u128(7));
    let first = store.run_json(&call, "save-unit", json!({"code": "kg", "name": "Kilo"})).unwrap();
    let again = store.run_json(&call, "save-unit", json!({"code": "kg", "name": "Kilo"})).unwrap();
    assert_eq!((first.output, first.seq), (again.output, again.seq));
    assert!(again.changes.is_empty());
    assert_eq!(units(&store).len(), 1);
}

#[test]
fn another_content_under_the_same_id_is_a_conflict_and_nothing_is_lost_in_silence() {
    let mut store = store();
    let call = boss().with_id(Uuid::from_u128(7));
    store.run_json(&call, "save-unit", json!({"code": "kg", "name": "Kilo"})).unwrap();
    let other = store.run_json(&call, "save-unit", json!({"code": "kg", "name": "Kilogram"})).unwrap_err();
    assert_eq!((other.kind(), other.key()), ("conflict", "error.sent_otherwise"));
    assert_eq!(units(&store)[0].name, "Kilo");
}

#[test]
fn a_rejected_command_leaves_no_row_no_entry_and_no_used_id() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    let refused = json!({"id": id, "version": 1, "code": "pcs", "name": "refuse"});
    assert_eq!(store.run_json(&boss(), "save-unit", refused).unwrap_err().kind(), "rejected");
    let taken = store.run_json(&boss(), "save-unit", json!({"code": "pcs", "name": "Twin"})).unwrap_err();
    assert_eq!((taken.key(), taken.field()), ("error.duplicate", Some("code")));
    assert_eq!(store.run_json(&boss(), "save-unit", json!({"code": "kg", "name": "Kilo"})).unwrap().seq, 2);
}

#[test]
fn who_lacks_the_right_is_refused_before_anything_runs() {
    let mut store = store();
    let error = store.run_json(&Call::of_user(2), "save-unit", json!({"code": "kg", "name": "Kilo"})).unwrap_err();
    assert_eq!(error.key(), "error.no_right");
    assert!(units(&store).is_empty());
}

#[test]
fn an_argument_that_does_not_fit_is_named_by_its_place() {
    let mut store = store();
    let error = store.run_json(&boss(), "save-unit", json!({"code": "kg", "name": 5})).unwrap_err();
    assert_eq!(error.field(), Some("name"));
    assert_eq!((BUSINESS.command("save-unit").unwrap().fields)(), ["id", "version", "code", "name"]);
}

#[test]
fn undo_of_an_addition_removes_it_and_undo_of_that_brings_it_back_under_its_id() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    store.run(&boss(), &UndoCommand { seq: 1 }).unwrap();
    assert!(units(&store).is_empty());
    store.run(&boss(), &UndoCommand { seq: 2 }).unwrap();
    assert_eq!(units(&store)[0].id.get(), id);
    assert_eq!(units(&store)[0].code, "pcs");
}

#[test]
fn undo_of_a_removal_brings_every_value_back() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    let before = units(&store);
    store.run(&boss(), &RemoveUnit { id: Id::new(id) }).unwrap();
    store.run(&boss(), &UndoCommand { seq: 2 }).unwrap();
    assert_eq!(units(&store), before);
}

#[test]
fn undo_is_refused_while_a_later_change_stands_and_names_it() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    store.run_json(&boss(), "save-unit", json!({"id": id, "version": 1, "code": "pcs", "name": "Piece"})).unwrap();
    let error = store.run(&boss(), &UndoCommand { seq: 1 }).unwrap_err();
    assert_eq!(error.key(), "error.undo_changed");
    store.run(&boss(), &UndoCommand { seq: 2 }).unwrap();
    assert_eq!(units(&store)[0].name, "pcs");
}

#[test]
fn changes_of_one_record_are_taken_back_one_after_the_other() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    store.run_json(&boss(), "save-unit", json!({"id": id, "version": 1, "code": "pcs", "name": "Piece"})).unwrap();
    store.run_json(&boss(), "save-unit", json!({"id": id, "version": 2, "code": "pcs", "name": "Each"})).unwrap();
    store.run(&boss(), &UndoCommand { seq: 3 }).unwrap();
    store.run(&boss(), &UndoCommand { seq: 2 }).unwrap();
    assert_eq!(units(&store)[0].name, "pcs");
    store.run(&boss(), &UndoCommand { seq: 1 }).unwrap();
    assert!(units(&store).is_empty());
}

#[test]
fn a_rehearsal_tells_what_would_happen_and_leaves_nothing() {
    let mut store = store();
    let row =
        store.rehearse(&boss(), |batch| batch.run_json("save-unit", json!({"code": "kg", "name": "Kilo"}))).unwrap();
    assert_eq!(row.output[0], 1);
    assert!(units(&store).is_empty());
    assert!(journal::entries(store.db(), 0).unwrap().is_empty());
}

#[test]
fn commands_run_together_stay_all_or_none() {
    let mut store = store();
    store
        .batch(&boss(), 5, |batch| {
            let both = batch.together(|batch| {
                batch.run_json("save-unit", json!({"code": "a", "name": "a"}))?;
                batch.run_json("save-unit", json!({"code": "a", "name": "twin"}))
            });
            assert_eq!(both.unwrap_err().key(), "error.duplicate");
            batch.run_json("save-unit", json!({"code": "b", "name": "b"}))
        })
        .unwrap();
    let codes: Vec<_> = units(&store).into_iter().map(|unit| unit.code).collect();
    assert_eq!(codes, ["b"]);
}

#[test]
fn a_batch_keeps_what_went_well_and_takes_back_only_the_rejected_command() {
    let mut store = store();
    store
        .batch(&boss(), 5, |batch| {
            for code in ["a", "b", "a", "c"] {
                let result = batch.run_json("save-unit", json!({"code": code, "name": code}));
                assert_eq!(result.is_err(), code == "a" && batch.db().find_row::<Unit>(Id::new(2))?.is_some());
            }
            Ok(())
        })
        .unwrap();
    let codes: Vec<_> = units(&store).into_iter().map(|unit| unit.code).collect();
    assert_eq!(codes, ["a", "b", "c"]);
}

#[test]
fn replaying_the_journal_into_an_empty_file_gives_the_same_rows() {
    let mut store = store();
    let id = add(&mut store, "pcs");
    add(&mut store, "kg");
    store.run(&boss(), &RemoveUnit { id: Id::new(id) }).unwrap();
    store.run(&boss(), &UndoCommand { seq: 3 }).unwrap();
    let mut copy = self::store();
    for entry in journal::entries(store.db(), 0).unwrap() {
        copy.replay(&entry).unwrap();
    }
    assert_eq!(units(&copy), units(&store));
}
