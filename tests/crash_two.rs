//! Four programs on one file at the same time: everyone waits for everyone, no number is given twice, no change is lost;
//! and whatever the system allows by default, the files of a company stay its owner's.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod crash;
mod support;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use crash::book::Book;
use crash::feed::order;
use crash::{scaled, under};
use serde_json::{Value, json};
use support::{Ran, Shop, text};

const PROGRAMS: usize = 4;

/// A program that does one command over and over, asked and answered line by line.
struct Clerk {
    child: Child,
    stdin: ChildStdin,
    answers: BufReader<ChildStdout>,
    // Read while it is written, or a clerk with many errors would wait for room in the pipe.
    errors: JoinHandle<String>,
}

impl Clerk {
    fn start(mut program: Command) -> Clerk {
        let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let stderr = child.stderr.take().unwrap();
        let errors = thread::spawn(move || std::io::read_to_string(stderr).unwrap());
        Clerk { child, stdin, answers: BufReader::new(stdout), errors }
    }

    fn ask(&mut self, arguments: &Value) -> Value {
        writeln!(self.stdin, "{arguments}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{arguments}: no answer but {line:?}"))
    }

    /// No more questions: what went to standard error.
    fn end(mut self) -> String {
        drop(self.stdin);
        self.child.wait().unwrap();
        self.errors.join().unwrap()
    }
}

/// Four clerks work at once; what each of them noted, and what all of them read as errors.
fn together<T: Send>(shop: &Shop, command: &str, work: impl Fn(usize, &mut Clerk) -> T + Sync) -> (Vec<T>, String) {
    let start = |_| Clerk::start(shop.signed(&["run", command, "--jsonl", "-"]));
    let mut clerks: Vec<Clerk> = (0..PROGRAMS).map(start).collect();
    for clerk in &mut clerks {
        assert_eq!(clerk.ask(&json!({}))["error"]["kind"], "rejected");
    }
    let one = |number: usize, mut clerk: Clerk| {
        let noted = work(number, &mut clerk);
        (noted, clerk.end())
    };
    let results: Vec<(T, String)> = std::thread::scope(|scope| {
        let one = &one;
        let clerks = clerks.into_iter().enumerate();
        let clerks: Vec<_> = clerks.map(|(number, clerk)| scope.spawn(move || one(number, clerk))).collect();
        clerks.into_iter().map(|clerk| clerk.join().unwrap()).collect()
    });
    let (noted, errors): (Vec<T>, Vec<String>) = results.into_iter().unzip();
    (noted, errors.concat())
}

#[test]
fn four_programs_place_orders_on_one_file_and_each_order_has_a_number_of_its_own() {
    let (shop, each) = (Shop::new(), scaled(500));
    let (placed, errors) = together(&shop, "place-order", |number, clerk| {
        (0..each).map(|line| clerk.ask(&order(number * each + line))).collect::<Vec<_>>()
    });
    assert!(errors.lines().all(|line| line.starts_with("Line 1: ")), "{errors}");
    let placed = placed.concat();
    let numbers: BTreeSet<_> = placed.iter().map(|answer| answer["number"].as_str().unwrap()).collect();
    assert_eq!((placed.len(), numbers.len()), (PROGRAMS * each, PROGRAMS * each));
    let book = Book::of(&shop.file);
    assert_eq!((book.lost(&placed), book.orders.len()), (0, PROGRAMS * each));
}

#[test]
fn four_programs_change_one_order_and_whoever_saw_an_old_version_is_told() {
    let (shop, each) = (Shop::new(), scaled(250));
    let id = shop.run("place-order", order(1))["id"].clone();
    let (versions, _) = together(&shop, "edit-order", |number, clerk| {
        let (mut version, mut saved) = (1, Vec::new());
        while saved.len() < each {
            let note = format!("clerk {number}, change {}", saved.len());
            let answer = clerk.ask(&json!({"order": id, "version": version, "note": note}));
            match answer["version"].as_i64() {
                Some(new) => {
                    version = new;
                    saved.push(new);
                }
                None => {
                    assert_eq!(answer["error"]["kind"], "conflict", "{answer}");
                    version += 1;
                }
            }
        }
        saved
    });
    let mut versions = versions.concat();
    versions.sort_unstable();
    let last = 1 + i64::try_from(PROGRAMS * each).unwrap();
    assert_eq!(versions, (2..=last).collect::<Vec<_>>(), "every change has a version of its own, so none is lost");
    assert_eq!(shop.query("order", json!({"id": id}))[0]["version"], last);
}

#[test]
fn four_programs_pay_one_order_and_it_is_paid_once() {
    let shop = Shop::new();
    let lines = json!([{"text": "Սեղան", "quantity": "1", "price": "1000"}]);
    let id = shop.run("place-order", json!({"lines": lines}))["id"].clone();
    let (taken, _) = together(&shop, "take-payment", |_, clerk| {
        let pay = json!({"order": id, "tenders": [{"method": "card", "amount": "30"}]});
        let mut taken = 0;
        loop {
            let answer = clerk.ask(&pay);
            if answer["number"].is_null() {
                assert_eq!(answer["error"]["kind"], "rejected", "{answer}");
                return taken;
            }
            taken += 1;
        }
    });
    // 33 payments of 30 leave 10, which no card payment of 30 may pay.
    assert_eq!(taken.iter().sum::<usize>(), 33);
    let seen = &shop.query("order", json!({"id": id}))[0];
    assert_eq!((&seen["paid"], &seen["debt"]), (&json!("990.00"), &json!("10.00")));
    assert_eq!(Book::of(&shop.file).payments.len(), 33);
}

#[test]
fn whatever_the_umask_the_files_of_a_company_are_their_owners_only() {
    for mask in ["000", "022", "077"] {
        let shop = Shop::without_company();
        let folder = shop.path("books/year");
        let file = folder.join("shop.patver");
        let masked = |program: &Command| {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("umask {mask}; exec \"$@\""), "sh"]);
            under(shell, program)
        };
        let company = ["new", text(&file), "--company", "Արև", "--country", "AM", "--currency", "AMD"];
        let owner = ["--language", "en", "--owner", support::OWNER];
        done(&mut masked(shop.program().args(company).args(owner)));

        let shop = Shop { file: file.clone(), ..shop };
        let mut clerk = Clerk::start(masked(&shop.signed(&["run", "place-order", "--jsonl", "-"])));
        clerk.ask(&order(1));
        for name in ["shop.patver", "shop.patver-wal", "shop.patver-shm"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name} under {mask}");
        }
        assert_eq!(clerk.end(), "");
        let copies = shop.path("copies");
        done(&mut masked(&shop.signed(&["backup", "--to", text(&copies)])));
        private(&shop.path("books"), mask);
        private(&copies, mask);
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A folder and everything in it.
fn private(path: &Path, mask: &str) {
    let folder = path.is_dir();
    assert_eq!(mode(path), if folder { 0o700 } else { 0o600 }, "{} under {mask}", path.display());
    if folder {
        std::fs::read_dir(path).unwrap().for_each(|entry| private(&entry.unwrap().path(), mask));
    }
}

fn done(program: &mut Command) {
    let output = program.output().unwrap();
    let ran = Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    ran.done();
}
