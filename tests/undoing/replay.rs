//! A history run again: the same commands at the same moments give the same rows, whoever counts them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use crate::crash::{Chance, scaled};
use crate::history::state::{assert_same, rows};
use crate::history::{ALL, World, empty, keep_files};
use patver::base::date::Instant;
use patver::domain::{BUSINESS, check};
use patver::engine::statement::Statement;
use patver::engine::store::Store;
use patver::engine::ticket::Watch;
use patver::engine::{journal, logical};
use serde_json::json;

#[test]
fn a_random_history_run_again_in_an_empty_file_gives_the_same_rows() {
    let mut world = World::new(Chance::seeded());
    let commands = i64::try_from(scaled(10_000)).unwrap();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    while world.desk.last_seq() < commands {
        let (name, refusal) = world.step();
        let count = counts.entry(name).or_default();
        if refusal.is_none() { count.0 += 1 } else { count.1 += 1 }
    }
    println!("accepted and refused: {counts:?}");
    for (name, ..) in ALL.iter().filter(|(name, ..)| counts.get(name).is_none_or(|(accepted, _)| *accepted == 0)) {
        world.accepted(name, |_| ());
    }
    let found = check::differences(world.desk.store.db(), &Watch::default()).unwrap();
    assert!(found.is_empty(), "{found:?}");

    let (mut again, clock) = empty();
    let mut after = 0;
    loop {
        let entries = journal::entries(world.desk.store.db(), after).unwrap();
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in entries {
            clock.set(Instant::from_millis(entry.at));
            let done = again.replay(&entry).unwrap_or_else(|error| panic!("{}: {error:?}", entry.command));
            assert_eq!((done.seq, done.output.to_string()), (entry.seq, entry.result), "{}", entry.command);
            // Files are kept before the command that names them.
            if entry.seq == 1 {
                keep_files(&mut again);
            }
        }
    }
    assert_same(&rows(&world.desk.store), &rows(&again), "run again");
    let hash = |store: &Store| logical::logical_hash(store.db(), &BUSINESS).unwrap();
    assert_eq!(hash(&world.desk.store), hash(&again));
    let series = Statement { name: "series", sql: "SELECT name, next FROM series ORDER BY name" };
    let next = |store: &Store| store.db().rows::<(String, i64)>(&series, &[]).unwrap();
    assert_eq!(next(&world.desk.store), next(&again));
    assert_eq!(again.query_json(&world.desk.owner, "series", json!({})).unwrap().len(), 4);
}
