//! A shop for tests that drive the real program: a company file in a folder of its own, and who signs in to it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use patver::domain::BUSINESS;
use patver::engine::clock::SystemClock;
use patver::engine::store::{Call, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The owner of every shop.
pub const OWNER: &str = "owner";
/// The owner's password.
pub const PASSWORD: &str = "seven brown doors";

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Its output as JSON objects, one a line.
    pub fn objects(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{self:?}"))).collect()
    }

    /// The same, after checking that all went well.
    pub fn done(self) -> Ran {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{self:?}");
        self
    }
}

/// A company file of its own; everything is gone with it.
pub struct Shop {
    pub dir: TempDir,
    pub file: PathBuf,
    pub user: String,
    pub password: String,
}

impl Shop {
    /// A company in Yerevan that counts in drams and speaks English, so that tests read its messages.
    pub fn new() -> Shop {
        Shop::of("AM", "AMD", "en")
    }

    /// A company in a country, with its currency and language. The first one of a kind is made by the program,
    /// the others are copies of it.
    pub fn of(country: &str, currency: &str, language: &str) -> Shop {
        static MADE: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
        let shop = Shop::without_company();
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = format!("{country} {currency} {language}");
        if let Some(bytes) = made.get(&kind) {
            std::fs::write(&shop.file, bytes).unwrap();
        } else {
            shop.create(country, currency, language).done();
            made.insert(kind, std::fs::read(&shop.file).unwrap());
        }
        shop
    }

    /// A folder in which there is no company yet.
    pub fn without_company() -> Shop {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("shop.patver");
        Shop { dir, file, user: OWNER.to_owned(), password: PASSWORD.to_owned() }
    }

    /// `patver new` on this shop's file.
    pub fn create(&self, country: &str, currency: &str, language: &str) -> Ran {
        let file = self.file.to_str().unwrap().to_owned();
        let company = ["--company", "Արև", "--country", country, "--currency", currency];
        let owner = ["--language", language, "--owner", OWNER];
        self.patver(&[&["new", file.as_str()], &company[..], &owner[..]].concat())
    }

    /// The same file, worked with by another user.
    pub fn as_user(&self, user: &str, password: &str) -> Shop {
        let dir = tempfile::tempdir().unwrap();
        Shop { dir, file: self.file.clone(), user: user.to_owned(), password: password.to_owned() }
    }

    /// The same file, worked with by a new user in a position.
    pub fn with_user(&self, login: &str, role: &str) -> Shop {
        let saved = self.run("save-user", json!({ "login": login, "role": role }));
        let reset = self.run("reset-password", json!({ "user": saved["id"] }));
        let newcomer = self.as_user(login, reset["code"].as_str().unwrap());
        ran(newcomer.signed(&["run", "change-own-password"]).env("PATVER_NEW_PASSWORD", PASSWORD)).done();
        Shop { password: PASSWORD.to_owned(), ..newcomer }
    }

    /// The program, not yet started, in surroundings of its own: no file, user or language from outside.
    pub fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_patver"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "PATVER_FILE", "PATVER_PASSWORD", "DISPLAY", "WAYLAND_DISPLAY"] {
            program.env_remove(name);
        }
        program.env("HOME", self.dir.path()).env("XDG_CONFIG_HOME", self.dir.path().join("config"));
        program.env("PATVER_PASSWORD", &self.password).current_dir(self.dir.path());
        program.stdin(Stdio::null());
        program
    }

    /// Runs the program with these arguments and nothing else.
    pub fn patver(&self, args: &[&str]) -> Ran {
        ran(self.program().args(args))
    }

    /// Runs the program on this shop's file as its user; `input` is its standard input.
    pub fn feed(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self.signed(args).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let feeding = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        // A program that ends early does not read all of it.
        drop(feeding.join().unwrap());
        of_output(output)
    }

    /// The program with this shop's file and user in its arguments, not yet started.
    pub fn signed(&self, args: &[&str]) -> Command {
        let mut program = self.program();
        program.args(args).arg("--file").arg(&self.file).args(["--user", &self.user]);
        program.stdout(Stdio::piped()).stderr(Stdio::piped());
        program
    }

    /// Runs the program on this shop's file as its user.
    pub fn call(&self, args: &[&str]) -> Ran {
        ran(&mut self.signed(args))
    }

    /// Does a command and gives its result.
    pub fn run(&self, command: &str, arguments: Value) -> Value {
        let ran = self.feed(&["run", command, "--json", "-"], &arguments.to_string()).done();
        ran.objects().remove(0)
    }

    /// Does a command once for each of many arguments, signed in once, and gives the results.
    pub fn run_all(&self, command: &str, arguments: &[Value]) -> Vec<Value> {
        let lines: String = arguments.iter().map(|arguments| format!("{arguments}\n")).collect();
        self.feed(&["run", command, "--jsonl", "-"], &lines).done().objects()
    }

    /// Asks and gives the rows of the answer.
    pub fn query(&self, query: &str, arguments: Value) -> Vec<Value> {
        self.feed(&["query", query, "--json", "-"], &arguments.to_string()).done().objects()
    }

    /// Does a command that must be refused; gives the exit code and what the user reads.
    pub fn fails(&self, command: &str, arguments: Value) -> (i32, String) {
        let ran = self.feed(&["run", command, "--json", "-"], &arguments.to_string());
        assert!(ran.code != 0 && ran.stdout.is_empty(), "{ran:?}");
        (ran.code, ran.stderr.trim_end().to_owned())
    }

    /// The company file opened by the test itself, for what the command line does not show.
    pub fn store(&self) -> Store {
        Store::open(&self.file, &BUSINESS, Arc::new(SystemClock)).unwrap()
    }

    /// The owner's call on such a store.
    pub fn owner(&self) -> Call {
        Call::of_user(1)
    }

    /// A file in the shop's folder with this content.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A path in the shop's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

pub fn ran(program: &mut Command) -> Ran {
    of_output(program.output().unwrap())
}

fn of_output(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
