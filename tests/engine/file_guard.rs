//! A file is looked at before the database driver may touch it: what is not ours keeps every byte and its time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use patver::base::error::Error;
use patver::base::locale::Lang;
use patver::engine::guard::{self, APPLICATION_ID, Found, SCHEMA_VERSION};
use proptest::test_runner::{RngAlgorithm, TestRng};
use rand_source::Source;
use rusqlite::Connection;
use tempfile::TempDir;

/// Repeatable random numbers without another dependency.
mod rand_source {
    use super::{RngAlgorithm, TestRng};
    use proptest::prelude::Rng as _;

    pub struct Source(TestRng);

    impl Source {
        pub fn new() -> Source {
            Source(TestRng::deterministic_rng(RngAlgorithm::ChaCha))
        }

        pub fn below(&mut self, limit: usize) -> usize {
            usize::try_from(self.0.next_u64() % u64::try_from(limit).unwrap()).unwrap()
        }
    }
}

/// A database with our mark and some rows, closed cleanly, so that everything stands in the file itself.
fn company(path: &Path, schema: u32) -> Connection {
    let db = Connection::open(path).unwrap();
    db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    db.pragma_update(None, "user_version", schema).unwrap();
    let mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    db.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT) STRICT").unwrap();
    for n in 0..200 {
        db.execute("INSERT INTO t (text) VALUES (?1)", [format!("row {n} {}", "x".repeat(100))]).unwrap();
    }
    db
}

fn closed_company(folder: &TempDir, name: &str, schema: u32) -> PathBuf {
    let path = folder.path().join(name);
    company(&path, schema).close().unwrap();
    path
}

/// Name, bytes and time of change of everything in a folder.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            (path.clone(), fs::read(&path).unwrap_or_default(), time)
        })
        .collect();
    all.sort();
    all
}

/// What `inspect` and `require_ours` say, after proving that neither changed a byte nor left a file behind.
fn untouched(path: &Path) -> (Found, Result<u32, Error>) {
    let before = snapshot(path.parent().unwrap());
    let found = guard::inspect(path).unwrap();
    let opened = guard::require_ours(path);
    assert_eq!(before, snapshot(path.parent().unwrap()), "{found:?} changed something");
    (found, opened)
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_company_file_is_ours_with_its_schema_version() {
    let dir = folder();
    let path = closed_company(&dir, "shop.patver", SCHEMA_VERSION);
    let (found, opened) = untouched(&path);
    assert_eq!(found, Found::Ours { schema: SCHEMA_VERSION });
    assert_eq!(opened.unwrap(), SCHEMA_VERSION);
}

#[test]
fn a_newer_file_is_refused_with_both_versions_in_the_text() {
    let dir = folder();
    let path = closed_company(&dir, "shop.patver", SCHEMA_VERSION + 6);
    let (found, opened) = untouched(&path);
    assert_eq!(found, Found::Newer { schema: SCHEMA_VERSION + 6 });
    let error = opened.unwrap_err();
    assert_eq!(error.kind(), "rejected");
    let text = error.message(Lang::EN);
    assert!(text.contains(&(SCHEMA_VERSION + 6).to_string()) && text.contains("newer"), "{text}");
}

#[test]
fn a_newer_file_is_refused_even_when_only_its_log_says_so() {
    let dir = folder();
    let path = dir.path().join("shop.patver");
    let db = company(&path, SCHEMA_VERSION);
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    db.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    let copies = folder();
    let copy = copies.path().join("shop.patver");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(untouched(&copy).0, Found::Ours { schema: SCHEMA_VERSION }, "the file alone still says the old version");
    fs::copy(dir.path().join("shop.patver-wal"), copies.path().join("shop.patver-wal")).unwrap();
    assert_eq!(untouched(&copy).0, Found::Newer { schema: SCHEMA_VERSION + 1 });
}

#[test]
fn a_new_file_whose_every_page_is_still_in_the_log_is_ours() {
    let dir = folder();
    let path = dir.path().join("shop.patver");
    let db = Connection::open(&path).unwrap();
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    db.pragma_update(None, "user_version", SCHEMA_VERSION).unwrap();
    db.execute_batch("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('a')").unwrap();
    assert_eq!(untouched(&path).0, Found::Ours { schema: SCHEMA_VERSION });
}

#[test]
fn a_log_torn_in_its_last_commit_counts_up_to_the_commit_before() {
    let dir = folder();
    let path = dir.path().join("shop.patver");
    let db = company(&path, SCHEMA_VERSION);
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    db.pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    let copies = folder();
    let copy = copies.path().join("shop.patver");
    fs::copy(&path, &copy).unwrap();
    let mut log = fs::read(dir.path().join("shop.patver-wal")).unwrap();
    log.truncate(log.len() - 1);
    fs::write(copies.path().join("shop.patver-wal"), log).unwrap();
    assert_eq!(untouched(&copy).0, Found::Ours { schema: SCHEMA_VERSION });
}

#[test]
fn a_database_of_another_program_is_refused() {
    let dir = folder();
    for (name, mark) in [("unmarked.db", 0), ("firefox.db", 0x0061_2345)] {
        let path = dir.path().join(name);
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "application_id", mark).unwrap();
        db.execute_batch("CREATE TABLE t (x TEXT)").unwrap();
        db.close().unwrap();
        let (found, opened) = untouched(&path);
        assert_eq!(found, Found::Foreign);
        assert_eq!(opened.unwrap_err().key(), "error.file.foreign");
    }
}

#[test]
fn what_is_no_database_is_refused() {
    let dir = folder();
    let cases: [(&str, &[u8]); 6] = [
        ("note.txt", "Պատվեր 7, two lines\nof text\n".as_bytes()),
        ("long.txt", &[b'a'; 5000]),
        ("paper.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
        ("one", b"S"),
        ("zeros", &[0; 8192]),
        ("table.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00\x21\x00"),
    ];
    for (name, bytes) in cases {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        let (found, opened) = untouched(&path);
        assert_eq!(found, Found::NotADatabase, "{name}");
        assert_eq!(opened.unwrap_err().key(), "error.file.not_a_database");
    }
}

#[test]
fn an_empty_file_and_a_missing_one_are_told_apart() {
    let dir = folder();
    let path = dir.path().join("empty.patver");
    fs::write(&path, b"").unwrap();
    let (found, opened) = untouched(&path);
    assert_eq!((found, opened.unwrap_err().key()), (Found::Empty, "error.file.empty"));
    let (found, opened) = untouched(&dir.path().join("nothing.patver"));
    assert_eq!((found, opened.unwrap_err().key()), (Found::Missing, "error.file.missing"));
}

/// Offsets in the header whose every change makes it impossible: see the format's public description.
const TELLING: [usize; 12] = [0, 5, 15, 17, 18, 21, 22, 23, 27, 47, 59, 80];

#[test]
fn fifty_damaged_or_cut_files_are_each_refused_as_such() {
    let dir = folder();
    let sound = fs::read(closed_company(&dir, "sound.patver", SCHEMA_VERSION)).unwrap();
    let mut random = Source::new();
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for at in TELLING {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << random.below(8);
        cases.push((format!("bit flipped at {at}"), bytes));
    }
    for at in [68, 69, 70, 71] {
        let mut bytes = sound.clone();
        bytes[at] ^= 4;
        cases.push((format!("mark changed at {at}"), bytes));
    }
    for lost in [1, 2, 100, 511, 512, 4095, 4096, 4097] {
        cases.push((format!("last {lost} bytes lost"), sound[..sound.len() - lost].to_vec()));
    }
    for kept in [16, 17, 50, 99, 100, 101, 511, 512, 1024, 4095, 4096] {
        cases.push((format!("only {kept} bytes left"), sound[..kept].to_vec()));
    }
    while cases.len() < 50 {
        let kept = 100 + random.below(sound.len() - 101);
        cases.push((format!("cut at {kept}"), sound[..kept].to_vec()));
    }
    for (what, bytes) in &cases {
        let path = dir.path().join("broken.patver");
        fs::write(&path, bytes).unwrap();
        let (found, opened) = untouched(&path);
        assert!(matches!(found, Found::Damaged | Found::Truncated { .. }), "{what}: {found:?}");
        assert_eq!(opened.unwrap_err().kind(), "failure", "{what}");
    }
}

#[test]
fn a_cut_file_is_refused_with_how_much_is_missing() {
    let dir = folder();
    let path = closed_company(&dir, "shop.patver", SCHEMA_VERSION);
    let whole = fs::metadata(&path).unwrap().len();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(whole - 4096).unwrap();
    let (found, opened) = untouched(&path);
    assert_eq!(found, Found::Truncated { found: whole - 4096, expected: whole });
    let text = opened.unwrap_err().message(Lang::EN);
    assert!(text.contains(&whole.to_string()), "{text}");
}

#[test]
fn every_refusal_says_in_every_language_what_to_do_next() {
    let path = Path::new("shop.patver");
    let all = [
        Found::Missing,
        Found::Empty,
        Found::Foreign,
        Found::NotADatabase,
        Found::Damaged,
        Found::Newer { schema: 9 },
        Found::Truncated { found: 1, expected: 2 },
    ];
    for found in all {
        for lang in [Lang::EN, Lang::HY, Lang::RU] {
            let error = found.refusal(path);
            let (text, next) = (error.message(lang), error.next_step(lang).unwrap());
            assert!(text.contains("shop.patver") && !text.contains("%{") && !text.contains("error."), "{text}");
            assert!(!next.contains("%{") && !next.contains("error."), "{next}");
        }
    }
}

#[test]
fn the_log_of_an_earlier_file_keeps_its_name_from_a_new_one() {
    let dir = folder();
    let path = dir.path().join("shop.patver");
    guard::require_absent(&path).unwrap();
    fs::write(dir.path().join("shop.patver-wal"), b"last orders of the file that was deleted").unwrap();
    assert_eq!(guard::require_absent(&path).unwrap_err().key(), "error.file.leftover");
    fs::remove_file(dir.path().join("shop.patver-wal")).unwrap();
    fs::write(&path, b"").unwrap();
    assert_eq!(guard::require_absent(&path).unwrap_err().key(), "error.file.exists");
}

#[cfg(unix)]
#[test]
fn a_link_and_a_second_name_are_refused() {
    let dir = folder();
    let path = closed_company(&dir, "shop.patver", SCHEMA_VERSION);
    let link = dir.path().join("link.patver");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert_eq!(guard::inspect(&link).unwrap_err().key(), "error.file.symlink");
    fs::remove_file(&link).unwrap();
    fs::hard_link(&path, &link).unwrap();
    assert_eq!(guard::inspect(&link).unwrap_err().key(), "error.file.hard_link");
    assert_eq!(guard::inspect(&path).unwrap_err().key(), "error.file.hard_link");
    assert_eq!(guard::inspect(dir.path()).unwrap_err().key(), "error.file.not_a_file");
}

#[test]
fn a_folder_that_is_copied_elsewhere_while_in_use_is_refused() {
    let dir = folder();
    fs::create_dir_all(dir.path().join("books/2026")).unwrap();
    fs::create_dir(dir.path().join(".stfolder")).unwrap();
    let path = dir.path().join("books/2026/shop.patver");
    let error = guard::inspect(&path).unwrap_err();
    assert_eq!(error.key(), "error.file.synced");
    assert!(error.message(Lang::EN).contains("Syncthing"));
}

/// A second process must still see the first one's locks after the first has looked at its own open file.
#[cfg(target_os = "linux")]
#[test]
fn looking_at_a_file_that_this_process_has_open_keeps_the_databases_locks() {
    let dir = folder();
    let path = closed_company(&dir, "shop.patver", SCHEMA_VERSION);
    let held = guard::hold(&path).unwrap();
    let db = Connection::open(&path).unwrap();
    let rows: i64 = db.query_row("SELECT COUNT(*) FROM t", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 200);
    let locks = locks_on(&path);
    assert!(locks > 0, "the database holds no lock, so this test shows nothing");
    guard::inspect(&path).unwrap();
    guard::require_ours(&path).unwrap();
    assert_eq!(locks_on(&path), locks);
    db.close().unwrap();
    drop(held);
}

/// POSIX locks this process holds on the file itself, as the kernel lists them.
#[cfg(target_os = "linux")]
fn locks_on(path: &Path) -> usize {
    use std::os::unix::fs::MetadataExt as _;
    let inode = format!(":{} ", fs::metadata(path).unwrap().ino());
    let process = format!(" {} ", std::process::id());
    let listed = fs::read_to_string("/proc/locks").unwrap();
    listed.lines().filter(|line| line.contains(&inode) && line.contains(&process)).count()
}
