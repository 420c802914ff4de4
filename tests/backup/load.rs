//! Backups of a business at work, taken at random moments while several writers go on, each put into an empty folder:
//! what it holds is what the first so many commands leave when they are done again one behind the other.
//! PATVER_TEST_SCALE=full takes 50 of a business of 3,000 orders, else a tenth; PATVER_TEST_SEED repeats a run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use patver::base::date::{Instant, Zone};
use patver::base::error::Error;
use patver::bench::book::{self, Plan};
use patver::domain::BUSINESS;
use patver::engine::backup::{self, Backup, Over, Reason};
use patver::engine::clock::SetClock;
use patver::engine::statement::Statement;
use patver::engine::store::{Call, Store};
use patver::engine::ticket::Watch;
use patver::engine::{journal, logical};

use crate::crash::{Chance, scaled};
use crate::desk::{Desk, NOW};
use crate::history::state::{assert_same, rows};
use crate::history::{World, keep_files};

const WRITERS: usize = 3;
/// At most so many commands are done between two backups.
const APART: usize = 120;

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(Instant::from_millis(NOW)))
}

fn store(file: &Path, clock: Arc<SetClock>) -> Store {
    Store::open(file, &BUSINESS, clock).unwrap()
}

fn last_seq(store: &Store) -> i64 {
    let newest = Statement { name: "newest entry", sql: "SELECT seq FROM journal ORDER BY seq DESC LIMIT 1" };
    store.db().rows::<(i64,)>(&newest, &[]).unwrap()[0].0
}

fn hash(store: &Store) -> Vec<u8> {
    logical::logical_hash(store.db(), &BUSINESS).unwrap()
}

/// Years of orders, payments and invoices.
fn founded(file: &Path) {
    let zone = Zone::parse(book::ZONE).unwrap();
    let plan = Plan { orders: u64::try_from(scaled(3_000)).unwrap(), today: zone.date_of(Instant::from_millis(NOW)) };
    let clock = clock();
    let mut store = Store::create(file, &BUSINESS, clock.clone()).unwrap();
    book::found(&mut store, &clock, &plan).unwrap();
    book::fill(&mut store, &clock, &plan, &Watch::default()).unwrap();
    keep_files(&mut store);
    store.close().unwrap();
}

/// Every command there is, one behind the other, until it is enough; after each, how far the journal is.
fn write(mut world: World, enough: &AtomicBool, done: &Sender<i64>) {
    while !enough.load(Ordering::Relaxed) {
        if let (name, Some(Error::Failure(failure))) = world.step() {
            panic!("{name}: {failure:?}");
        }
        done.send(last_seq(&world.desk.store)).unwrap();
    }
    world.desk.store.close().unwrap();
}

/// Backups, each after a random number of commands; with each, the last command that was done before it began.
fn back_up(file: &Path, folder: &Path, (done, chance): (&Receiver<i64>, &mut Chance)) -> Vec<(Backup, i64)> {
    let store = store(file, clock());
    let one = |_| {
        let mut seen = 0;
        for _ in 0..=chance.below(APART) {
            seen = done.recv().unwrap();
        }
        seen = done.try_iter().last().unwrap_or(seen);
        (backup::make(&store, &Call::of_user(1), folder, Reason::Asked).unwrap(), seen)
    };
    let made = (0..scaled(50)).map(one).collect();
    store.close().unwrap();
    made
}

/// Does the commands of the file again from where the copy stands, and looks at each restored file when its last one is done.
fn done_again(file: &Path, copy: &Path, restored: &BTreeMap<i64, Vec<PathBuf>>) {
    let clock = clock();
    let (file, mut again) = (store(file, clock.clone()), store(copy, clock.clone()));
    let (last, mut here) = (*restored.keys().last().unwrap(), last_seq(&again));
    while here < last {
        for entry in journal::entries(file.db(), here).unwrap() {
            clock.set(Instant::from_millis(entry.at));
            let done = again.replay(&entry).unwrap_or_else(|error| panic!("{}: {error:?}", entry.command));
            assert_eq!((done.seq, done.output.to_string()), (entry.seq, entry.result.clone()), "{}", entry.command);
            here = entry.seq;
            for path in restored.get(&here).into_iter().flatten() {
                let held = store(path, clock.clone());
                if hash(&held) != hash(&again) {
                    assert_same(&rows(&again), &rows(&held), &format!("after command {here}"));
                    panic!("another hash of the same rows after command {here}");
                }
            }
        }
    }
}

#[test]
fn backups_under_load_hold_a_beginning_of_what_was_done_and_miss_nothing_that_was_done_before() {
    let dir = tempfile::tempdir().unwrap();
    let (file, copy, folder) =
        (dir.path().join("shop.patver"), dir.path().join("copy.patver"), dir.path().join("kept"));
    founded(&file);
    std::fs::copy(&file, &copy).unwrap();
    let mut chance = Chance::seeded();
    let world = |store: Store, clock, chance| World::over(Desk { store, clock, owner: Call::of_user(1) }, chance);
    let mut worlds = Vec::new();
    for _ in 0..WRITERS {
        let clock = clock();
        worlds.push(world(store(&file, clock.clone()), clock, Chance::of(chance.next())));
    }
    let (enough, (done, doing)) = (AtomicBool::new(false), channel());
    let made = std::thread::scope(|scope| {
        for world in worlds {
            let (enough, done) = (&enough, done.clone());
            scope.spawn(move || write(world, enough, &done));
        }
        let made = back_up(&file, &folder, (&doing, &mut chance));
        enough.store(true, Ordering::Relaxed);
        made
    });
    let mut restored: BTreeMap<i64, Vec<PathBuf>> = BTreeMap::new();
    for (number, (backup, seen)) in made.iter().enumerate() {
        let into = dir.path().join(format!("empty-{number}/shop.patver"));
        std::fs::create_dir(into.parent().unwrap()).unwrap();
        let holds =
            backup::restore(&backup.path, &into, Over::default(), Instant::from_millis(NOW)).unwrap().manifest.seq;
        assert_eq!(last_seq(&store(&into, clock())), holds + 1, "the restore itself stands in the journal, too");
        assert!(holds >= *seen, "backup {number} holds {holds} of {seen} commands");
        restored.entry(holds).or_default().push(into);
    }
    done_again(&file, &copy, &restored);
    println!("{} backups, at {:?}", made.len(), restored.keys().collect::<Vec<_>>());
}
