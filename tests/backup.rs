//! Backups that were opened before they are believed, and what a restore does to the file that stands in its way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::channel;

use patver::base::date::{Instant, Zone};
use patver::base::error::{Error, Result};
use patver::base::id::Id;
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::engine::backup::{self, Backup, Over, Permit, Reason, Restored};
use patver::engine::clock::SetClock;
use patver::engine::command::{Command, CommandEntry, Need, Undo};
use patver::engine::guard::{self, Found};
use patver::engine::store::{Business, Call, Slice, Store};
use patver::engine::table::Row as _;
use patver::engine::tx::Tx;
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
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
struct AddUnit {
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

static TOY: Slice = Slice {
    commands: &[CommandEntry::of::<AddUnit>()],
    queries: &[],
    tables: &[Unit::TABLE],
    statements: &[],
    lists: &[],
};

/// User 1 may do everything, user 2 nothing.
static BUSINESS: Business = Business {
    slices: &[&TOY],
    rights_of: |_, user| Ok(if user == 1 { Right::ALL.iter().copied().collect() } else { BTreeSet::new() }),
    zone: |_| Zone::parse("Asia/Yerevan"),
};

/// 2026-11-24 10:30 in Yerevan.
const NOW: i64 = 1_795_501_800_000;

fn now() -> Instant {
    Instant::from_millis(NOW)
}

/// A kept file of a few thousand bytes; codes that end alike share one.
fn picture(code: &str) -> Vec<u8> {
    format!("picture of {} ", &code[code.len() - 1..]).into_bytes().repeat(150)
}

fn open(path: &Path) -> Result<Store> {
    Store::open(path, &BUSINESS, Arc::new(SetClock::at(now())))
}

fn boss() -> Call {
    Call::of_user(1)
}

fn add(store: &mut Store, code: &str) -> i64 {
    store.run(&boss(), &AddUnit { code: code.to_owned() }).unwrap().seq
}

/// A company with three units in its own folder, and the folder of its backups.
struct Shop {
    dir: TempDir,
    path: PathBuf,
    store: Store,
}

impl Shop {
    fn new() -> Shop {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("shop.patver");
        let mut store = Store::create(&path, &BUSINESS, Arc::new(SetClock::at(now()))).unwrap();
        for code in ["a", "b", "c"] {
            add(&mut store, code);
        }
        Shop { dir, path, store }
    }

    fn back_up(&self) -> Backup {
        backup::make(&self.store, &boss(), &backup::default_folder(&self.path), Reason::Asked).unwrap()
    }

    fn permit(&self) -> Permit {
        Permit::ask(&self.store, &boss()).unwrap()
    }

    fn names(&self) -> Vec<String> {
        names(self.dir.path())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn codes(store: &Store) -> Vec<String> {
    (1..10_000).map_while(|id| store.db().find_row::<Unit>(Id::new(id)).unwrap()).map(|unit| unit.code).collect()
}

fn restore_new(backup: &Backup, into: &Path) -> Result<Restored> {
    backup::restore(&backup.path, into, Over::default(), now())
}

#[test]
fn a_backup_is_named_by_the_clock_on_the_wall_checked_and_listed() {
    let shop = Shop::new();
    let made = shop.back_up();
    assert_eq!(made.path, shop.dir.path().join("shop-backups/shop 2026-11-24 10-30.patver-backup"));
    assert_eq!((made.manifest.seq, made.manifest.tables["units"], made.manifest.attachments.count), (3, 3, 3));
    assert_eq!(backup::verify(&made.path).unwrap(), made.manifest);
    let second = shop.back_up();
    assert_eq!(second.path.file_name().unwrap(), "shop 2026-11-24 10-30 (2).patver-backup");
    assert_eq!(backup::list(made.path.parent().unwrap()).unwrap().len(), 2);
    let left = names(made.path.parent().unwrap());
    assert!(left.iter().all(|name| !name.contains("part") && !name.ends_with("journal")), "{left:?}");
}

#[test]
fn attachments_stand_once_beside_all_copies() {
    let mut shop = Shop::new();
    let first = shop.back_up();
    let copy = fs::read(&first.path).unwrap();
    assert!(!copy.windows(12).any(|bytes| bytes == b"picture of a"), "an attachment is inside the copy");
    add(&mut shop.store, "d");
    shop.back_up();
    let files = first.path.parent().unwrap().join("files");
    let count = names(&files).iter().map(|group| names(&files.join(group)).len()).sum::<usize>();
    assert_eq!(count, 4);
}

#[cfg(unix)]
#[test]
fn everything_in_a_backup_folder_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Shop::new();
    let folder = shop.back_up().path.parent().unwrap().to_owned();
    let mut open = vec![folder];
    while let Some(path) = open.pop() {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, expected, "{path:?}");
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

#[test]
fn nobody_works_in_a_backup_by_mistake() {
    let shop = Shop::new();
    let made = shop.back_up();
    assert_eq!(guard::inspect(&made.path).unwrap(), Found::Backup);
    assert_eq!(open(&made.path).err().unwrap().key(), "error.file.backup");
    backup::verify(&made.path).unwrap();
}

#[test]
fn a_backup_and_a_restore_need_their_rights() {
    let shop = Shop::new();
    let guest = Call::of_user(2);
    let error = backup::make(&shop.store, &guest, &shop.dir.path().join("b"), Reason::Asked).unwrap_err();
    assert_eq!(error.key(), "error.no_right");
    assert!(!shop.dir.path().join("b").exists());
    assert_eq!(Permit::ask(&shop.store, &guest).unwrap_err().key(), "error.no_right");
}

#[test]
fn a_restored_company_has_every_row_and_every_attachment() {
    let shop = Shop::new();
    let made = shop.back_up();
    let into = shop.dir.path().join("again.patver");
    let restored = restore_new(&made, &into).unwrap();
    assert_eq!((restored.manifest.seq, restored.set_aside), (3, None));
    let again = open(&into).unwrap();
    assert_eq!(codes(&again), codes(&shop.store));
    for code in ["a", "b", "c"] {
        let hash = sha256(&picture(code));
        assert_eq!(again.db().blob(&hash).unwrap(), picture(code));
    }
    assert!(shop.names().iter().all(|name| !name.contains("part")), "{:?}", shop.names());
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).to_vec()
}

#[test]
fn one_changed_byte_anywhere_in_a_backup_is_refused() {
    let shop = Shop::new();
    let made = shop.back_up();
    let into = shop.dir.path().join("again.patver");
    let json = guard::beside(&made.path, ".json");
    let group = fs::read_dir(made.path.parent().unwrap().join("files")).unwrap().next().unwrap().unwrap().path();
    let attachment = group.join(&names(&group)[0]);
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    for (file, flips) in [(&made.path, 150_u32), (&json, 60), (&attachment, 20)] {
        let sound = fs::read(file).unwrap();
        for _ in 0..flips {
            let at = usize::try_from(random.next_u64() % u64::try_from(sound.len()).unwrap()).unwrap();
            let mut broken = sound.clone();
            broken[at] ^= 1 << (random.next_u32() % 8);
            if file == &json && same_json(&sound, &broken) {
                continue;
            }
            fs::write(file, &broken).unwrap();
            let error = backup::verify(&made.path).expect_err(&format!("byte {at} of {file:?}"));
            assert_eq!(error.kind(), "failure", "byte {at} of {file:?}: {error:?}");
            assert!(restore_new(&made, &into).is_err());
            assert!(!into.exists());
        }
        fs::write(file, &sound).unwrap();
    }
    backup::verify(&made.path).unwrap();
}

/// A space turned into a line end says the same.
fn same_json(one: &[u8], other: &[u8]) -> bool {
    let read = |bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    read(one) == read(other)
}

#[test]
fn a_copy_without_its_manifest_or_an_attachment_is_no_backup() {
    let shop = Shop::new();
    let made = shop.back_up();
    let json = guard::beside(&made.path, ".json");
    let text = fs::read(&json).unwrap();
    fs::remove_file(&json).unwrap();
    assert_eq!(backup::verify(&made.path).unwrap_err().key(), "error.backup.no_manifest");
    assert!(backup::list(made.path.parent().unwrap()).unwrap().is_empty());
    fs::write(&json, text).unwrap();
    fs::remove_dir_all(made.path.parent().unwrap().join("files")).unwrap();
    assert_eq!(backup::verify(&made.path).unwrap_err().key(), "error.backup.file_lost");
}

#[test]
fn a_sound_company_gives_way_only_to_somebody_with_the_right_who_was_told_what_goes() {
    let mut shop = Shop::new();
    let made = shop.back_up();
    add(&mut shop.store, "d");
    add(&mut shop.store, "e");
    let permit = Some(shop.permit());
    let before = codes(&shop.store);
    let Shop { dir, path, store } = shop;
    drop(store);
    let try_with = |over| backup::restore(&made.path, &path, over, now());
    assert_eq!(try_with(Over { confirmed: true, permit: None }).unwrap_err().key(), "error.backup.over_sound");
    let question = try_with(Over { confirmed: false, permit }).unwrap_err();
    assert_eq!((question.kind(), question.key()), ("needs-confirmation", "error.backup.changes_lost"));
    assert!(question.message(Lang::EN).starts_with("2 changes"), "{}", question.message(Lang::EN));
    assert!(question.message(Lang::RU).contains("2 изменения"), "{}", question.message(Lang::RU));
    assert_eq!(codes(&open(&path).unwrap()), before);

    let aside = try_with(Over { confirmed: true, permit }).unwrap().set_aside.unwrap();
    assert_eq!(codes(&open(&path).unwrap()), ["a", "b", "c"]);
    assert_eq!(aside.file_name().unwrap(), "shop (until 2026-11-24 06-30).patver");
    assert_eq!(codes(&open(&aside).unwrap()), before);
    drop(dir);
}

#[test]
fn a_company_open_in_another_window_is_not_restored_over() {
    let shop = Shop::new();
    let made = shop.back_up();
    let over = Over { confirmed: true, permit: Some(shop.permit()) };
    let error = backup::restore(&made.path, &shop.path, over, now()).unwrap_err();
    assert_eq!((error.kind(), error.key()), ("rejected", "error.backup.in_use"));
    assert_eq!(codes(&shop.store), ["a", "b", "c"]);
    assert!(shop.names().iter().all(|name| !name.contains("until") && !name.contains("part")), "{:?}", shop.names());
}

#[test]
fn a_damaged_company_is_set_aside_with_its_log_without_anybody_signing_in() {
    let shop = Shop::new();
    let made = shop.back_up();
    let copies = tempfile::tempdir().unwrap();
    let path = copies.path().join("shop.patver");
    let broken = b"SQLite format 3\0 and then nonsense".to_vec();
    fs::write(&path, &broken).unwrap();
    let log = b"the head of this log was lost".to_vec();
    fs::write(guard::beside(&path, "-wal"), &log).unwrap();
    assert_eq!(restore_new(&made, &path).unwrap_err().key(), "error.backup.over_damaged");
    let over = Over { confirmed: true, permit: None };
    let aside = backup::restore(&made.path, &path, over, now()).unwrap().set_aside.unwrap();
    assert_eq!(fs::read(&aside).unwrap(), broken);
    assert_eq!(fs::read(guard::beside(&aside, "-wal")).unwrap(), log);
    assert!(!guard::beside(&path, "-wal").exists());
    assert_eq!(codes(&open(&path).unwrap()), ["a", "b", "c"]);
}

#[test]
fn a_file_of_another_program_never_gives_way() {
    let shop = Shop::new();
    let made = shop.back_up();
    let path = shop.dir.path().join("letter.txt");
    fs::write(&path, b"Dear customer").unwrap();
    let over = Over { confirmed: true, permit: Some(shop.permit()) };
    assert_eq!(backup::restore(&made.path, &path, over, now()).unwrap_err().key(), "error.file.not_a_database");
    assert_eq!(fs::read(&path).unwrap(), b"Dear customer");
}

#[test]
fn the_log_of_an_earlier_file_is_never_taken_for_the_restored_ones() {
    let shop = Shop::new();
    let made = shop.back_up();
    let path = shop.dir.path().join("again.patver");
    fs::copy(guard::beside(&shop.path, "-wal"), guard::beside(&path, "-wal")).unwrap();
    assert_eq!(restore_new(&made, &path).unwrap_err().key(), "error.file.leftover");
    assert!(!path.exists());
}

#[test]
fn a_backup_made_while_a_window_writes_restores_to_a_moment_between_its_begin_and_its_end() {
    let drills = if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { 200 } else { 20 };
    let shop = Shop::new();
    let acknowledged = AtomicI64::new(3);
    let mut busy = 0;
    std::thread::scope(|scope| {
        // The writer has thirty orders to write for each backup, and ends with the last sender.
        let (begin, told) = channel();
        scope.spawn(|| {
            let mut writer = open(&shop.path).unwrap();
            for () in told.into_iter().flat_map(|()| [(); 30]) {
                let next = acknowledged.load(Ordering::SeqCst) + 1;
                acknowledged.store(add(&mut writer, &format!("u{next}")), Ordering::SeqCst);
            }
        });
        for drill in 0..drills {
            begin.send(()).unwrap();
            let before = acknowledged.load(Ordering::SeqCst);
            let made = shop.back_up();
            let after = acknowledged.load(Ordering::SeqCst);
            let seq = made.manifest.seq;
            assert!((before..=after + 1).contains(&seq), "{before} {seq} {after}");
            busy += i32::from(after > before);
            let into = shop.dir.path().join(format!("drill-{drill}.patver"));
            restore_new(&made, &into).unwrap();
            let units = codes(&open(&into).unwrap());
            assert_eq!(i64::try_from(units.len()).unwrap(), seq);
            assert!(units.iter().skip(3).zip(4..).all(|(code, n)| *code == format!("u{n}")));
            fs::remove_file(&into).unwrap();
        }
    });
    assert!(busy > 0, "the writer never wrote during a backup, so this test shows nothing");
}

#[test]
fn old_backups_are_removed_with_their_manifests_and_the_last_three_stay() {
    let shop = Shop::new();
    let made: Vec<_> = (0..5).map(|_| shop.back_up()).collect();
    let folder = made[0].path.parent().unwrap();
    let removed = backup::prune(folder, now(), Zone::UTC, 0).unwrap();
    assert_eq!(removed.len(), 2);
    assert_eq!(backup::list(folder).unwrap().len(), 3);
    assert_eq!(names(folder).len(), 3 * 2 + 1);
}

#[test]
fn every_refusal_of_a_backup_says_what_to_do_in_every_language() {
    let keys = [
        "error.backup.no_file",
        "error.backup.no_room",
        "error.backup.not_verified",
        "error.backup.no_manifest",
        "error.backup.damaged",
        "error.backup.file_lost",
        "error.backup.over_damaged",
        "error.backup.over_sound",
        "error.backup.other_company",
        "error.backup.changes_lost",
        "error.backup.in_use",
        "error.file.backup",
    ];
    for key in keys {
        for lang in [Lang::EN, Lang::HY, Lang::RU] {
            let error = Error::rejected(key).arg("path", "F").arg("megabytes", 5).arg("count", 5);
            let (text, next) = (error.message(lang), error.next_step(lang).unwrap());
            assert!(!text.contains("%{") && !text.contains("error."), "{text}");
            assert!(!next.contains("%{") && !next.contains("error."), "{next}");
        }
    }
}
