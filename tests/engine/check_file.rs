//! Single bytes changed inside rows, journal and kept files, at places found by reading the pages of the file here:
//! `check` finds each and names it. PATVER_TEST_SCALE=full changes 1,000 bytes, else 100; PATVER_TEST_SEED repeats a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::sync::Arc;

use crate::desk::{Desk, NOW};
use crate::pages::{Piece, pieces};
use patver::base::date::Instant;
use patver::base::error::Error;
use patver::domain::{BUSINESS, file};
use patver::engine::check::findings;
use patver::engine::clock::SetClock;
use patver::engine::db::Db;
use patver::engine::store::{Call, Store};
use patver::engine::ticket::Watch;
use serde_json::json;

/// Numbers that look random and are told by one seed.
struct Dice(u64);

impl Dice {
    fn new() -> Dice {
        let seed = std::env::var("PATVER_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_124);
        println!("PATVER_TEST_SEED={seed}");
        Dice(seed)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A closed company file with rows of many kinds, changes of them, removals, and files of one page and of many.
fn company(path: &Path) {
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let mut desk = Desk::over(Store::create(path, &BUSINESS, clock.clone()).unwrap(), clock);
    for place in 0..12 {
        let name = format!("Հաճախորդ {place}");
        let card = json!({"kind": "company", "name": name, "phone": format!("091 12345{place}"), "note": "Ստուգում"});
        let saved = desk.run_confirmed("save-counterparty", card);
        desk.run_confirmed("save-counterparty", json!({"id": saved["id"], "version": saved["version"], "note": "Այլ"}));
        let item = json!({"kind": "goods", "code": format!("P-{place}"), "name": format!("Ապրանք {place}"), "unit": "pcs",
            "price": "1250.5"});
        let item = desk.run("save-item", item);
        let lines: Vec<_> = (0..=place % 4).map(|_| json!({"item": item["id"], "quantity": "2"})).collect();
        let order = desk.run("place-order", json!({"counterparty": saved["id"], "lines": lines}))["id"].clone();
        let tenders = json!([{"method": "card", "amount": "100"}, {"method": "cash", "amount": "900"}]);
        desk.run("take-payment", json!({"order": order, "tenders": tenders}));
        desk.run("issue-invoice", json!({"order": order}));
        attach(&mut desk, &order, place);
    }
    desk.store.close().unwrap();
}

fn attach(desk: &mut Desk, order: &serde_json::Value, place: u8) {
    let length = if place.is_multiple_of(2) { 300 } else { 20_000 };
    let content: Vec<u8> = (0..length).map(|at: u32| u8::try_from(at % 251).unwrap() ^ place).collect();
    let hash = file::keep_file(&mut desk.store, &Call::of_user(1), &content).unwrap();
    let name = format!("{place}.txt");
    desk.run("attach-file", json!({"owner": "order", "owner_id": order, "name": name, "hash": hash}));
}

/// What the check says of a file, in words; that it cannot be read at all is said too.
fn said(path: &Path) -> Vec<Error> {
    match Db::open_reader(path).and_then(|db| findings(&db, &BUSINESS, &Watch::default())) {
        Ok(found) => found,
        Err(error) => vec![error],
    }
}

/// Whether a finding says where the change is: at its row, at its journal entry, at its kept file; or, where the page
/// cannot be read, in its table.
fn names(error: &Error, piece: &Piece) -> bool {
    let Error::Failure(failure) = error else { return false };
    let wanted = match piece.table.as_str() {
        "journal" | "journal_rows" => format!("journal entry {}", piece.key),
        table => format!("{table} {}", piece.key),
    };
    let table = failure.args.iter().any(|(_, value)| value.ends_with(&format!("table.{}", piece.table)));
    let file = piece.table == "blobs" && error.key() == "error.check.blob_changed";
    table || file || failure.details == wanted
}

#[test]
fn a_file_that_nobody_touched_has_no_differences() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("whole.patver");
    company(&file);
    assert_eq!(said(&file), Vec::new());
}

#[test]
fn a_check_tells_how_far_it_is_and_ends_once_it_is_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("whole.patver");
    company(&file);
    let (db, watch) = (Db::open_reader(&file).unwrap(), Watch::default());
    findings(&db, &BUSINESS, &watch).unwrap();
    let (done, total) = watch.progress();
    assert!(done == total && total > 300, "{done} of {total}");
    watch.cancel();
    assert_eq!(findings(&db, &BUSINESS, &watch).unwrap_err().key(), "error.cancelled");
}

#[test]
fn every_changed_byte_of_rows_journal_and_files_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, changed) = (folder.path().join("whole.patver"), folder.path().join("changed.patver"));
    company(&whole);
    let bytes = std::fs::read(&whole).unwrap();
    let tables: Vec<&str> = BUSINESS.tables().map(|table| table.name).collect();
    let groups: Vec<Vec<Piece>> = [tables.as_slice(), &["journal"], &["journal_rows"], &["blobs"]]
        .iter()
        .map(|group| group.iter().flat_map(|table| pieces(&whole, &bytes, table)).collect())
        .collect();
    assert!(groups.iter().all(|group| group.len() > 20));
    let full = std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full");
    let (mut dice, mut lost) = (Dice::new(), Vec::new());
    for turn in 0..if full { 1_000 } else { 100 } {
        let group = &groups[turn % groups.len()];
        let piece = &group[dice.roll(group.len())];
        let at = piece.from + dice.roll(piece.length);
        let mut copy = bytes.clone();
        copy[at] ^= u8::try_from(1 + dice.roll(255)).unwrap();
        std::fs::write(&changed, &copy).unwrap();
        let found = said(&changed);
        if !found.iter().any(|error| names(error, piece)) {
            let found: Vec<_> = found.iter().map(|error| format!("{error:?}")).collect();
            lost.push(format!("byte {at}, {} -> {}, {piece:?}: {found:?}", bytes[at], copy[at]));
        }
    }
    assert!(lost.is_empty(), "{} not named\n{}", lost.len(), lost.join("\n"));
}
