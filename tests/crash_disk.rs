//! A disk that is full, and a disk that fails: refused in plain words with code 3, and the file is intact.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod crash;
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use crash::book::Book;
use crash::feed::{Feed, answers_in, order};
use crash::{Chance, need, scaled, under};
use patver::engine::backup;
use patver::engine::ticket::Watch;
use serde_json::Value;
use support::{Shop, text};

const POSITIONS: usize = 20;

/// All positions in full; else every fourth, which still meets each kind.
fn some<T>(positions: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    positions.step_by(if scaled(POSITIONS) == POSITIONS { 1 } else { 4 })
}

/// What a person reads in the end, whichever step the full disk was met at.
const FULL: &[&str] = &["The disk is full and nothing was saved", "too full to write"];
const FAILED: &[&str] = &["The disk refused to write and nothing was saved", "The disk failed while"];
/// A sector that cannot be read is the same to the database as one that holds nonsense.
const UNREADABLE: &[&str] =
    &["is damaged inside and was not opened", "The company file is damaged", FAILED[0], FAILED[1]];

fn assert_told(said: &str, words: &[&str]) {
    let last = said.lines().last().unwrap_or_default();
    assert!(words.iter().any(|word| last.contains(word)), "{said}");
}

/// A file system of its own size in a mount namespace of its own: it is gone with its last process.
const ON_A_SMALL_DISK: &str = r#"
    mkdir "$DISK" && mount -t tmpfs -o "size=$SIZE,mode=0700" tmpfs "$DISK" && cp -p "$FILE" "$DISK/shop.patver" || exit 99
    "$@" < "$LINES" > "$LEFT/answers" 2> "$LEFT/errors"
    echo $? > "$LEFT/code"
    cp -p "$DISK"/shop.patver* "$LEFT/"
    mount -o remount,size=64m "$DISK" || exit 99
    "$@" < "$LINES" > "$LEFT/answers-later" 2> "$LEFT/errors-later"
    echo $? > "$LEFT/code-later"
    mkdir "$LEFT/later" && cp -p "$DISK"/shop.patver* "$LEFT/later/"
"#;

/// What a run on a small disk left in a folder.
struct Left(PathBuf);

impl Left {
    fn on_disk_of(shop: &Shop, size: u64, program: &Command) -> Left {
        need("unshare", "util-linux");
        let left = shop.path("left");
        std::fs::create_dir(&left).unwrap();
        let mut outer = Command::new("unshare");
        let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        outer.args([if root { "-m" } else { "-Urm" }, "sh", "-c", ON_A_SMALL_DISK, "sh"]);
        let mut outer = under(outer, program);
        outer.env("DISK", shop.path("disk")).env("SIZE", size.to_string()).env("FILE", &shop.file);
        outer.env("LEFT", &left).env("LINES", shop.path("lines"));
        let ran = outer.output().unwrap();
        assert!(ran.status.success(), "no small disk could be made: {}", String::from_utf8_lossy(&ran.stderr));
        Left(left)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn book(&self, folder: &str) -> Book {
        Book::of(&self.0.join(folder).join("shop.patver"))
    }
}

/// A program that does these lines on `file`.
fn placing(shop: &Shop, file: &Path, lines: usize) -> Command {
    let all: Vec<Value> = (0..lines).map(order).collect();
    shop.write("lines", all.iter().map(|line| format!("{line}\n")).collect::<String>());
    let mut program = shop.program();
    program.args(["run", "place-order", "--jsonl", "-", "--command-id", "67e55044-10b1-426f-9247-bb680e5fe0c8"]);
    program.args(["--file", text(file), "--user", &shop.user]);
    program
}

#[test]
fn a_full_disk_is_told_and_every_acknowledged_order_is_there_and_the_rest_follows_when_there_is_room() {
    let mut chance = Chance::seeded();
    for position in some(0..POSITIONS) {
        let shop = Shop::new();
        // The index beside the log takes eight pages; then the disk ends somewhere in the first 4 MB of the log, and for
        // the last few where the log is moved into the file.
        let room = if position < 16 {
            40 + position * 100 + chance.below(80)
        } else {
            4_140 + (position - 16) * 80 + chance.below(80)
        };
        let size = std::fs::metadata(&shop.file).unwrap().len() + u64::try_from(room).unwrap() * 1024;
        let lines = if position < 16 { 60 } else { 400 };
        let program = placing(&shop, &shop.path("disk/shop.patver"), lines);
        let left = Left::on_disk_of(&shop, size, &program);

        let (answers, said) = (answers_in(&left.0.join("answers")), left.text("errors"));
        println!("{room} KB: {} answers, {}", answers.len(), said.trim_end());
        assert_eq!(left.text("code").trim_end(), "3", "{said}");
        assert_told(&said, FULL);
        assert!(answers.len() < lines, "the disk was never full");
        let book = left.book("");
        assert_eq!((book.lost(&answers), book.orders.len() - answers.len() <= 1), (0, true));

        let later = answers_in(&left.0.join("answers-later"));
        assert_eq!(left.text("code-later").trim_end(), "0", "{}", left.text("errors-later"));
        assert_eq!((later.len(), &later[..answers.len()]), (lines, &answers[..]));
        assert_eq!((left.book("later").lost(&later), left.book("later").orders.len()), (0, lines));
    }
}

/// Which call fails, and the how many-th of them.
fn failures() -> Vec<(&'static str, usize)> {
    let places = |call, first: usize, step: usize, count: usize| (0..count).map(move |at| (call, first + at * step));
    let syncs = places("fsync", 1, 3, 8);
    let writes = places("pwrite64", 2, 41, 8);
    let reads = places("pread64", 12, 7, 4);
    syncs.chain(writes).chain(reads).collect()
}

#[test]
fn a_disk_that_fails_once_is_told_and_nothing_more_is_written_until_the_file_is_opened_again() {
    need("strace", "strace");
    let failures = failures();
    assert_eq!(failures.len(), POSITIONS);
    for (call, place) in some(failures.into_iter()) {
        let (shop, lines) = (Shop::new(), 60);
        let program = placing(&shop, &shop.file, lines);
        let log = shop.path("trace");
        let mut strace = Command::new("strace");
        // Of the company file only: what else the program reads must not use up the count.
        strace.args(["-f", "-P", text(&shop.file), "-P", text(&crash::trace::wal_of(&shop.file))]);
        strace.args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:error=EIO:when={place}"), "-o"]);
        strace.arg(&log);
        let fed = (0..lines).map(order).collect();
        let (code, answers, said) = Feed::of(under(strace, &program), fed).end();

        let injected = std::fs::read_to_string(&log).unwrap().matches("(INJECTED)").count();
        println!("{call} {place}: {} answers, {}", answers.len(), said.trim_end());
        assert_eq!(injected, 1, "{call} {place} was never reached");
        assert_eq!(code, 3, "{call} {place}: {said}");
        assert_told(&said, if call == "pread64" { UNREADABLE } else { FAILED });
        assert!(answers.len() < lines);
        let book = Book::of(&shop.file);
        assert_eq!((book.lost(&answers), book.orders.len() - answers.len() <= 1), (0, true), "{call} {place}");

        let (code, later, said) = Feed::of(program, (0..lines).map(order).collect()).end();
        assert_eq!((code, said.as_str()), (0, ""));
        assert_eq!((later.len(), &later[..answers.len()]), (lines, &answers[..]));
        assert_eq!((Book::of(&shop.file).lost(&later), Book::of(&shop.file).orders.len()), (0, lines));
    }
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.into_string().unwrap()).collect()
}

/// Kills a program at each of its steps on the disk in turn, and looks at what is there after each, until it comes to its
/// end. Tells how many files under way the killed ones left.
fn killed_at_each_step(
    shop: &Shop,
    program: impl Fn() -> Command,
    mut look: impl FnMut(usize) -> Vec<String>,
) -> usize {
    need("strace", "strace");
    let calls = "fsync,rename,renameat2,unlink";
    let mut left_behind = 0;
    for at in 1..200 {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:signal=KILL:when={at}")]);
        strace.args(["-o", text(&shop.path("trace"))]);
        let status = under(strace, &program()).output().unwrap().status;
        left_behind += look(at).iter().filter(|name| name.contains(".part")).count();
        if status.success() {
            return left_behind;
        }
    }
    panic!("it never came to its end")
}

fn under_way(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.contains(".part")).collect()
}

#[test]
fn whatever_has_the_name_of_a_backup_is_one_wherever_its_making_was_killed_and_the_next_one_clears_up() {
    let shop = Shop::new();
    let folder = shop.path("copies");
    let left_behind = killed_at_each_step(
        &shop,
        || shop.signed(&["backup", "--to", "copies"]),
        |at| {
            let names = if folder.is_dir() { names(&folder) } else { Vec::new() };
            for name in names.iter().filter(|name| name.ends_with(".patver-backup")) {
                backup::verify(&folder.join(name), &Watch::default())
                    .unwrap_or_else(|error| panic!("{at}: {name}: {error}"));
            }
            names
        },
    );
    assert!(left_behind > 3, "the killed ones left {left_behind} files");
    shop.call(&["backup", "--to", "copies"]).done();
    assert_eq!(under_way(&folder), [""; 0]);
}

/// Whatever stands under a company's name after each kill must be sound; it is moved out of the way of the next.
fn company_made(shop: &Shop, folder: &Path, program: impl Fn() -> Command) {
    let file = folder.join("made.patver");
    let left_behind = killed_at_each_step(shop, program, |at| {
        if file.exists() {
            let checked = shop.patver(&["check", "--file", text(&file)]);
            assert_eq!((checked.code, checked.stdout.as_str()), (0, ""), "{at}: {checked:?}");
            std::fs::remove_file(&file).unwrap();
        }
        names(folder)
    });
    assert!(left_behind > 3, "the killed ones left {left_behind} files");
    assert_eq!(names(folder), [""; 0], "the last one cleared up");
}

#[test]
fn a_new_company_has_its_name_only_when_it_is_whole_and_the_next_one_clears_up_after_a_kill() {
    let shop = Shop::without_company();
    let folder = shop.path("there");
    let company = ["new", "there/made.patver", "--company", "Արև", "--country", "AM", "--currency", "AMD"];
    company_made(&shop, &folder, || {
        let mut program = shop.program();
        program.args(company).args(["--language", "hy", "--owner", "ani"]);
        program
    });
}

#[test]
fn a_restored_company_has_its_name_only_when_it_is_whole_and_the_next_one_clears_up_after_a_kill() {
    let shop = Shop::new();
    let made = shop.call(&["backup", "--to", "copies"]).done().objects().remove(0);
    let folder = shop.path("there");
    std::fs::create_dir(&folder).unwrap();
    company_made(&shop, &folder, || {
        let mut program = shop.program();
        program.args(["restore", made["backup"].as_str().unwrap(), "--into", "there/made.patver"]);
        program
    });
}
