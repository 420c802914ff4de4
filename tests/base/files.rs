//! Modes, durable writes and print queues as the operating system really does them.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use patver::base::error::Result;
use patver::platform::{self, Access, AtomicFile, FileSystem, Handed, Spooler};
use tempfile::TempDir;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_file_that_others_could_read_is_taken_away_from_them() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("copied.patver");
    fs::write(&path, b"x").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(!platform::is_private(&path).unwrap());
    platform::make_private(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_shared_folder_that_was_there_before_keeps_its_mode() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("office");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    platform::private_folder(&folder).unwrap();
    assert_eq!(mode(&folder), 0o755);
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report.csv");
    fs::write(&path, b"old").unwrap();
    let mut abandoned = AtomicFile::create(&path, Access::Private).unwrap();
    abandoned.write_all(b"half").unwrap();
    assert_eq!(names(dir.path()).len(), 2);
    drop(abandoned);
    assert_eq!(names(dir.path()), ["report.csv"]);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    platform::write_atomic(&path, b"new", Access::Private).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(dir.path()), ["report.csv"]);
}

#[test]
fn a_write_into_a_missing_folder_or_over_a_folder_is_rejected_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let missing = platform::write_atomic(&dir.path().join("no/f.pdf"), b"x", Access::Ordinary).unwrap_err();
    assert_eq!((missing.kind(), missing.key()), ("rejected", "error.file.no_folder"));
    let folder = platform::write_atomic(dir.path(), b"x", Access::Ordinary).unwrap_err();
    assert_eq!((folder.kind(), folder.key()), ("rejected", "error.file.not_a_file"));
}

#[test]
fn a_device_is_written_to_directly() {
    platform::write_atomic(Path::new("/dev/null"), b"x", Access::Ordinary).unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn the_temporary_folder_is_local_and_has_room() {
    let dir = tempfile::tempdir().unwrap();
    let later = dir.path().join("not/yet/there.patver");
    assert_eq!(platform::file_system(&later).unwrap(), FileSystem::Local);
    assert!(platform::free_space(&later).unwrap().unwrap() > 0);
}

/// Programs that play `lp` and `lpstat`.
struct FakeSpooler {
    dir: TempDir,
    spooler: Spooler,
    /// A script must not be run while another thread's fork still holds it open for writing.
    _alone: MutexGuard<'static, ()>,
}

static ALONE: Mutex<()> = Mutex::new(());

impl FakeSpooler {
    fn new(lp: &str) -> FakeSpooler {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let dir = tempfile::tempdir().unwrap();
        let script = |name: &str, body: &str| -> PathBuf {
            let path = dir.path().join(name);
            fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
            path
        };
        let lpstat = script("lpstat", r#"[ "$1" = -e ] && printf 'Office\nFront_desk\n-oraw\nbad name\n'"#);
        let lp = script("lp", lp);
        fs::write(dir.path().join("-invoice 7.pdf"), b"%PDF-1.7").unwrap();
        let spooler = Spooler { lp, lpstat, patience: Duration::from_secs(10) };
        FakeSpooler { dir, spooler, _alone: alone }
    }

    fn print(&self, queue: &str, title: &str) -> Result<Handed> {
        self.spooler.hand_over(&self.dir.path().join("-invoice 7.pdf"), queue, title)
    }
}

#[test]
fn a_pdf_is_handed_to_a_queue_as_plain_arguments() {
    let fake = FakeSpooler::new(r#"for a in "$@"; do printf '[%s]' "$a"; done"#);
    assert_eq!(fake.spooler.queues().unwrap(), ["Office", "Front_desk"]);
    let handed = fake.print("Office", "Invoice 7; rm -rf $HOME\n`id`").unwrap();
    let path = fake.dir.path().join("-invoice 7.pdf");
    let expected = format!("[-d][Office][-t][Invoice 7; rm -rf $HOME`id`][--][{}]", path.display());
    assert_eq!(handed, Handed { queue: "Office".into(), job: expected });
}

#[test]
fn a_queue_the_system_does_not_have_is_rejected_without_running_lp() {
    let fake = FakeSpooler::new("exit 9");
    for queue in ["Kitchen", "-oraw", "bad name", ""] {
        assert_eq!(fake.print(queue, "Invoice").unwrap_err().key(), "error.printing.no_queue", "{queue}");
    }
}

#[test]
fn a_spooler_that_refuses_hangs_or_is_missing_is_told_in_words() {
    let refusing = FakeSpooler::new("echo 'lp: The printer is not accepting jobs' >&2; exit 1");
    let error = refusing.print("Office", "Invoice").unwrap_err();
    assert_eq!((error.kind(), error.key()), ("failure", "error.printing.refused"));
    drop(refusing);
    let mut hanging = FakeSpooler::new("exec sleep 60");
    hanging.spooler.patience = Duration::from_millis(500);
    assert_eq!(hanging.print("Office", "Invoice").unwrap_err().key(), "error.printing.too_slow");
    hanging.spooler.lpstat = hanging.dir.path().join("nothing");
    assert_eq!(hanging.print("Office", "Invoice").unwrap_err().key(), "error.printing.no_spooler");
}
