//! A company file from its first byte: made whole, private, refused when it is not ours, shared by two programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use patver::base::date::Zone;
use patver::base::error::Result;
use patver::engine::clock::SystemClock;
use patver::engine::store::{Business, Store};
use tempfile::TempDir;

/// A business without a single command: what is tested here is the file.
static NOTHING: Business =
    Business { slices: &[], rules: &[], rights_of: |_, _| Ok(BTreeSet::new()), zone: |_| Zone::parse("Asia/Yerevan") };

fn create(path: &Path) -> Result<Store> {
    Store::create(path, &NOTHING, Arc::new(SystemClock))
}

fn open(path: &Path) -> Result<Store> {
    Store::open(path, &NOTHING, Arc::new(SystemClock))
}

fn new_company() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("shop.patver");
    drop(create(&path).unwrap());
    (dir, path)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_new_company_opens_again_and_leaves_only_its_own_file() {
    let (dir, path) = new_company();
    assert_eq!(names(dir.path()), ["shop.patver"]);
    drop(open(&path).unwrap());
    assert_eq!(names(dir.path()), ["shop.patver"]);
}

#[test]
fn a_company_is_never_made_over_a_file() {
    let (_dir, path) = new_company();
    let before = fs::read(&path).unwrap();
    assert_eq!(create(&path).err().unwrap().key(), "error.file.exists");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_company_in_a_missing_folder_is_rejected_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let error = create(&dir.path().join("no/shop.patver")).err().unwrap();
    assert_eq!((error.kind(), error.key()), ("rejected", "error.file.not_found"));
    assert!(names(dir.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn the_file_and_what_stands_beside_it_are_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, path) = new_company();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _store = open(&path).unwrap();
    assert_eq!(names(dir.path()), ["shop.patver", "shop.patver-shm", "shop.patver-wal"]);
    for name in names(dir.path()) {
        let mode = fs::metadata(dir.path().join(&name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

#[test]
fn two_windows_on_one_file_work_and_the_first_to_leave_takes_nothing_away() {
    let (dir, path) = new_company();
    let first = open(&path).unwrap();
    let second = open(&path).unwrap();
    drop(first);
    assert!(names(dir.path()).contains(&"shop.patver-wal".to_owned()), "the log in use was removed");
    drop(second);
    drop(open(&path).unwrap());
}

#[test]
fn a_file_with_a_table_more_is_refused() {
    let (_dir, path) = new_company();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END").unwrap();
    db.close().unwrap();
    assert_eq!(open(&path).err().unwrap().key(), "error.schema_differs");
}
