//! What the crash tests share: how much to do, chance with a seed, the work that is interrupted, and a look at the file
//! afterwards that trusts nothing the program computes.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

pub mod book;
pub mod disk;
pub mod feed;
pub mod trace;

use std::process::Command;

use uuid::Uuid;

/// `full` under `PATVER_TEST_SCALE=full`, else a tenth of it.
pub fn scaled(full: usize) -> usize {
    if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { full } else { full.div_ceil(10) }
}

/// Random numbers that a seed gives again (splitmix64).
pub struct Chance(u64);

impl Chance {
    /// Of the seed in `PATVER_TEST_SEED`, else of the clock; a failing test prints it.
    pub fn seeded() -> Chance {
        let told = std::env::var("PATVER_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let seed = told.unwrap_or(u64::try_from(now.as_micros()).unwrap());
        println!("PATVER_TEST_SEED={seed}");
        Chance(seed)
    }

    pub fn of(seed: u64) -> Chance {
        Chance(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub fn coin(&mut self) -> bool {
        self.next() & 1 == 1
    }

    /// A command id.
    pub fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
}

/// Fails, naming the package, when a tool of the system is missing.
pub fn need(tool: &str, package: &str) {
    let found = Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().unwrap();
    assert!(found.status.success(), "{tool} is missing: install the Debian package {package}");
}

/// A program as the arguments of another one: its environment, folder and arguments stay as they were.
pub fn under(mut outer: Command, program: &Command) -> Command {
    outer.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    if let Some(folder) = program.get_current_dir() {
        outer.current_dir(folder);
    }
    outer
}
