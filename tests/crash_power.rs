//! Power cuts on the real program: its writes are recorded, and the file is rebuilt as a cut at any moment leaves it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod crash;
mod support;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use crash::book::Book;
use crash::disk::Disk;
use crash::feed::{Feed, order};
use crash::trace::{Event, events, recorded};
use crash::{Chance, need, scaled};
use patver::domain::BUSINESS;
use patver::engine::clock::SystemClock;
use patver::engine::statement::Statement;
use patver::engine::store::{Call, Store};
use serde_json::Value;
use support::Shop;

/// Tells the writer without full durability which file is recorded.
const RECORDED_FILE: &str = "PATVER_TEST_RECORDED_FILE";

/// What cuts at many moments cost.
#[derive(Debug, Default, PartialEq, Eq)]
struct Loss {
    cuts: usize,
    lossy: usize,
    worst: usize,
    corrupt: Vec<String>,
}

/// What a program did to the file of a shop, and the file as it was before.
struct Recording {
    file: PathBuf,
    before: Vec<u8>,
    events: Vec<Event>,
}

impl Recording {
    fn of(shop: &Shop, program: &Command, lines: Vec<Value>) -> Recording {
        need("strace", "strace");
        let before = std::fs::read(&shop.file).unwrap();
        let log = shop.path("trace");
        let (code, answers, errors) = Feed::of(recorded(program, &log), lines).end();
        assert_eq!(code, 0, "{errors}");
        let events = events(&log, &shop.file);
        let told = events.iter().map(|event| if let Event::Told { answers } = event { answers.len() } else { 0 });
        assert!(told.sum::<usize>() >= orders() && answers.len() >= orders(), "the answers are in the recording");
        Recording { file: shop.file.clone(), before, events }
    }

    fn syncs(&self) -> usize {
        self.events.iter().filter(|event| matches!(event, Event::Sync { .. })).count()
    }

    /// Cuts the power at random moments, each in several ways, and opens what is left.
    fn cut(&self, chance: &mut Chance, cuts: usize) -> Loss {
        let mut moments: Vec<usize> = (0..cuts).map(|_| chance.below(self.events.len() + 1)).collect();
        moments.sort_unstable();
        let mut disk = Disk::with(&self.file, self.before.clone());
        let (mut done, mut told) = (0, Vec::new());
        let mut loss = Loss { cuts, ..Loss::default() };
        for moment in moments {
            for event in &self.events[done..moment] {
                disk.apply(event);
                if let Event::Told { answers } = event {
                    told.extend(answers.clone());
                }
            }
            done = moment;
            let folder = tempfile::tempdir().unwrap();
            disk.cut(chance, folder.path());
            match recovered(&folder.path().join(self.file.file_name().unwrap())) {
                Ok(book) => {
                    let lost = book.lost(&told);
                    loss.lossy += usize::from(lost > 0);
                    loss.worst = loss.worst.max(lost);
                }
                Err(broken) => loss.corrupt.push(format!("cut at event {moment}: {broken}")),
            }
        }
        loss
    }
}

/// Opens the file as the program does after a power cut, then reads it with other eyes.
fn recovered(file: &Path) -> Result<Book, String> {
    let opened = Store::open(file, &BUSINESS, Arc::new(SystemClock)).and_then(Store::close);
    opened.map_err(|error| format!("{error:?}"))?;
    Book::read(file)
}

/// Enough orders to move the log into the file several times while they are written.
fn orders() -> usize {
    scaled(300).max(120)
}

#[test]
fn a_power_cut_at_any_moment_loses_no_acknowledged_order() {
    let (shop, mut chance) = (Shop::new(), Chance::seeded());
    let program = shop.signed(&["run", "place-order", "--jsonl", "-"]);
    let recording = Recording::of(&shop, &program, (0..orders()).map(order).collect());
    let loss = recording.cut(&mut chance, scaled(400));
    println!("{} events, {} syncs: {loss:?}", recording.events.len(), recording.syncs());
    assert_eq!(loss, Loss { cuts: scaled(400), ..Loss::default() });
}

/// The control: a replay that never loses anything proves nothing.
#[test]
fn the_same_cuts_lose_orders_when_not_every_commit_is_synced() {
    let (shop, mut chance) = (Shop::new(), Chance::seeded());
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "orders_are_written_without_full_durability_only_when_the_database_is_told_so"]);
    program.args(["--nocapture", "--test-threads=1"]).env(RECORDED_FILE, &shop.file);
    let recording = Recording::of(&shop, &program, vec![]);
    let loss = recording.cut(&mut chance, scaled(400));
    println!("{} events, {} syncs: {} of {} lossy", recording.events.len(), recording.syncs(), loss.lossy, loss.cuts);
    assert_eq!(loss.corrupt, Vec::<String>::new(), "such a file is still consistent");
    assert!(loss.lossy > 0 && loss.worst > 0, "{loss:?}");
}

#[test]
fn orders_are_written_without_full_durability_only_when_the_database_is_told_so() {
    let recorded = std::env::var_os(RECORDED_FILE).map(PathBuf::from);
    let shop = recorded.is_none().then(Shop::new);
    let file = recorded.unwrap_or_else(|| shop.as_ref().unwrap().file.clone());
    let mut store = Store::open(&file, &BUSINESS, Arc::new(SystemClock)).unwrap();
    let synchronous = Statement { name: "control", sql: "PRAGMA synchronous" };
    assert_eq!(store.db().row::<(i64,)>(&synchronous, &[]).unwrap(), Some((2,)), "full is how a file is opened");
    let weaken = Statement { name: "control", sql: "PRAGMA synchronous = NORMAL" };
    store.db().rows::<(i64,)>(&weaken, &[]).unwrap();
    assert_eq!(store.db().row::<(i64,)>(&synchronous, &[]).unwrap(), Some((1,)));
    for number in 0..orders() {
        let placed = store.run_json(&Call::of_user(1), "place-order", order(number)).unwrap();
        // Not through `println`, which the test runner may hold back.
        writeln!(std::io::stdout(), "\n{}", placed.output).unwrap();
    }
    store.close().unwrap();
    assert_eq!(Book::of(&file).orders.len(), orders());
}
