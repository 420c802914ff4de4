//! Taking back: what a command did and its undo leave the company as it was, for every command that can be taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use crate::crash::{Chance, scaled};
use crate::history::state::{assert_same, balances, rows};
use crate::history::{ALL, World, undoable};
use patver::domain::check;
use patver::engine::command::Undo;
use patver::engine::ticket::Watch;
use serde_json::json;

/// Commands that are tried for each command.
fn rounds() -> usize {
    scaled(50)
}

#[test]
fn every_command_that_can_be_taken_back_is_made_by_the_history() {
    for undo in [Undo::Generic, Undo::Reversal] {
        let missing: Vec<_> =
            undoable(undo).map(|e| e.name).filter(|n| !ALL.iter().any(|(known, ..)| known == n)).collect();
        assert!(missing.is_empty(), "tests/history makes no arguments for {missing:?}");
    }
}

#[test]
fn a_command_and_its_undo_leave_every_row_as_it_was() {
    let mut world = World::settled(Chance::seeded());
    for entry in undoable(Undo::Generic).filter(|entry| entry.name != "undo") {
        for _ in 0..rounds() {
            let (before, done) = world.accepted(entry.name, rows);
            let between = rows(&world.desk.store);
            let undone =
                world.run("undo", json!({"seq": done.seq})).unwrap_or_else(|e| panic!("{}: {e:?}", entry.name));
            assert_same(&before, &rows(&world.desk.store), entry.name);
            world.run("undo", json!({"seq": undone.seq})).unwrap_or_else(|e| panic!("redo {}: {e:?}", entry.name));
            assert_same(&between, &rows(&world.desk.store), &format!("redo of {}", entry.name));
        }
    }
    assert_eq!(differences(&world), Vec::<String>::new());
}

#[test]
fn a_posted_document_and_its_undo_leave_every_balance_as_it_was() {
    let mut world = World::settled(Chance::seeded());
    for entry in undoable(Undo::Reversal) {
        for _ in 0..rounds() {
            let (before, done) = world.accepted(entry.name, balances);
            let undone =
                world.run("undo", json!({"seq": done.seq})).unwrap_or_else(|e| panic!("{}: {e:?}", entry.name));
            let mut after = balances(&world.desk.store);
            // The document stands with its number, and weighs nothing.
            after.retain(|key, sums| before.contains_key(key) || *sums != (0, 0));
            assert_eq!(before, after, "{}", entry.name);
            assert!(undone.output["reversal"].is_object(), "{}", entry.name);
        }
    }
    assert_eq!(differences(&world), Vec::<String>::new());
}

/// A payment or invoice that takes back another one keeps its number; a cancelled order may come to life again.
#[test]
fn what_was_posted_to_take_something_back_stays() {
    let mut world = World::settled(Chance::seeded());
    for (name, stays) in
        [("take-payment", true), ("refund-payment", true), ("issue-invoice", true), ("copy-order", false)]
    {
        let (_, done) = world.accepted(name, |_| ());
        let undone = world.run("undo", json!({"seq": done.seq})).unwrap();
        let again = world.run("undo", json!({"seq": undone.seq})).map_err(|error| error.key());
        assert_eq!(again.as_ref().err().copied(), stays.then_some("error.undo_never"), "{name}");
    }
    assert_eq!(differences(&world), Vec::<String>::new());
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut world = World::settled(Chance::seeded());
    let mut refused = 0;
    while refused < scaled(400) {
        let before = (rows(&world.desk.store), world.desk.last_seq());
        let (name, refusal) = world.step();
        if refusal.is_some() {
            refused += 1;
            assert_same(&before.0, &rows(&world.desk.store), name);
            assert_eq!(before.1, world.desk.last_seq(), "{name}");
        }
    }
}

fn differences(world: &World) -> Vec<String> {
    let found = check::differences(world.desk.store.db(), &Watch::default()).unwrap();
    found.iter().map(|error| format!("{error:?}")).collect()
}
