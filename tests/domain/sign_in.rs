//! Signing in on a real file: delays over restarts and processes, one-time codes, recovery, and no secret anywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use patver::base::date::Instant;
use patver::base::id::Id;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::domain::credential::{create_owner, recover};
use patver::domain::password::{COST, Spent, spent};
use patver::domain::secret::Secret;
use patver::domain::sign_in::{SignedIn, confirm, sign_in};
use patver::engine::clock::SetClock;
use patver::engine::journal;
use patver::engine::store::{Call, Store};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "seven brown doors";
const START: i64 = 1_790_000_000_000;
pub const MINUTE: i64 = 60_000;

/// A company file with its owner `ani`, and a clock that the test sets.
pub struct House {
    _dir: TempDir,
    pub file: PathBuf,
    pub clock: Arc<SetClock>,
    pub store: Store,
    recovery_code: String,
}

impl House {
    pub fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("shop.patver");
        let clock = Arc::new(SetClock::at(Instant::from_millis(START)));
        let mut store = Store::create(&file, &BUSINESS, clock.clone()).unwrap();
        let company = json!({"name": "Shirak", "country": "AM", "currency": "AMD", "language": "en", "owner": "Ani"});
        store.run_json(&Call::of_system(), "create-company", company).unwrap();
        let code = create_owner(&mut store, Id::new(1), Secret::new(PASSWORD)).unwrap();
        House { _dir: dir, file, clock, store, recovery_code: code.expose().to_owned() }
    }

    pub fn reopen(&mut self) {
        self.store = Store::open(&self.file, &BUSINESS, self.clock.clone()).unwrap();
    }

    pub fn at(&self, millis_after_start: i64) {
        self.clock.set(Instant::from_millis(START + millis_after_start));
    }

    pub fn enter(&mut self, login: &str, password: &str) -> Result<SignedIn, &'static str> {
        sign_in(&mut self.store, login, &Secret::new(password)).map_err(|error| error.key())
    }

    pub fn run(&mut self, user: i64, name: &str, arguments: Json) -> Result<Json, &'static str> {
        let done = self.store.run_json(&Call::of_user(user), name, arguments);
        done.map(|done| done.output).map_err(|error| error.key())
    }

    /// A salesperson, and the one-time code to get in by.
    pub fn hire(&mut self, login: &str) -> (i64, String) {
        let user = self.run(1, "save-user", json!({"login": login, "role": "sales"})).unwrap()["id"].as_i64().unwrap();
        (user, self.reset(user))
    }

    fn reset(&mut self, user: i64) -> String {
        self.run(1, "reset-password", json!({"user": user})).unwrap()["code"].as_str().unwrap().to_owned()
    }

    fn store_hash(&self, phc: &str) {
        let raw = rusqlite::Connection::open(&self.file).unwrap();
        let changed = raw.execute("UPDATE credentials SET phc = ?1 WHERE user_id = 1 AND kind = 'password'", [phc]);
        assert_eq!(changed.unwrap(), 1);
    }

    fn stored_hash(&self) -> String {
        let raw = rusqlite::Connection::open(&self.file).unwrap();
        let sql = "SELECT phc FROM credentials WHERE user_id = 1 AND kind = 'password'";
        raw.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

#[test]
fn the_right_password_lets_in_whatever_the_case_of_the_login() {
    let mut house = House::new();
    let signed = house.enter(" ANI ", PASSWORD).unwrap();
    let expected =
        SignedIn { user: Id::new(1), name: "Ani".into(), language: Lang::EN, failed_since: 0, must_change: false };
    assert_eq!(signed, expected);
    assert_eq!(house.enter("ani", &format!("{PASSWORD} ")), Err("error.sign_in_refused"));
}

#[test]
fn an_unknown_login_is_refused_in_the_same_words_and_waits_alike() {
    let mut house = House::new();
    for login in ["ani", "nobody", "no such login at all"] {
        let answers: Vec<_> = (0..5).map(|_| house.enter(login, "wrong").unwrap_err()).collect();
        let wait = "error.sign_in_wait_seconds";
        assert_eq!(answers[..3], ["error.sign_in_refused"; 3], "{login}");
        assert_eq!(answers[3..], [wait; 2], "{login}");
    }
}

#[test]
fn an_unknown_login_costs_the_same_work_as_a_wrong_password() {
    let mut house = House::new();
    for login in ["ani", "nobody", "no such login at all"] {
        let before = spent();
        assert_eq!(house.enter(login, "wrong"), Err("error.sign_in_refused"));
        let after = spent();
        let one = Spent { evaluations: 1, kib: u64::from(COST.memory_kib * COST.passes) };
        let work = Spent { evaluations: after.evaluations - before.evaluations, kib: after.kib - before.kib };
        assert_eq!(work, one, "{login}");
    }
}

#[test]
fn wrong_tries_are_told_at_the_next_right_one_and_then_forgotten() {
    let mut house = House::new();
    for wrong in ["a", "b", "c"] {
        house.enter("ani", wrong).unwrap_err();
    }
    assert_eq!(house.enter("ani", PASSWORD), Err("error.sign_in_wait_seconds"));
    house.reopen();
    assert_eq!(house.enter("ani", PASSWORD), Err("error.sign_in_wait_seconds"));
    house.at(1_000);
    assert_eq!(house.enter("ani", PASSWORD).unwrap().failed_since, 3);
    assert_eq!(house.enter("ani", PASSWORD).unwrap().failed_since, 0);
}

#[test]
fn the_clock_set_back_does_not_shorten_a_wait_and_set_forward_ends_only_one() {
    let mut house = House::new();
    for round in 0..6 {
        house.at(round * 20 * MINUTE);
        house.enter("ani", "wrong").unwrap_err();
    }
    house.at(99 * MINUTE);
    house.reopen();
    assert!(house.enter("ani", PASSWORD).unwrap_err().starts_with("error.sign_in_wait"));
    house.at(600 * MINUTE);
    assert_eq!(house.enter("ani", "wrong"), Err("error.sign_in_refused"));
    assert!(house.enter("ani", PASSWORD).unwrap_err().starts_with("error.sign_in_wait"));
    house.at(601 * MINUTE);
    assert_eq!(house.enter("ani", PASSWORD).unwrap().failed_since, 7);
}

const ATTACK: &str = "PATVER_TEST_ATTACK";
const PROCESSES: i64 = 4;
const ROUNDS: i64 = 5;
const TRIES: i64 = 50;

#[test]
fn a_thousand_wrong_passwords_in_an_hour_over_restarts_and_four_processes_are_looked_at_twenty_times_at_most() {
    if let Ok(orders) = std::env::var(ATTACK) {
        return attack(&orders);
    }
    let mut house = House::new();
    let mut looked_at = 0;
    for round in 0..ROUNDS {
        let processes: Vec<_> = (0..PROCESSES).map(|process| start_attack(&house.file, round, process)).collect();
        looked_at += processes.into_iter().map(outcome).sum::<i64>();
    }
    assert!((10..=20).contains(&looked_at), "{looked_at}");
    house.at(90 * MINUTE);
    let signed = house.enter("ani", PASSWORD).unwrap();
    assert_eq!(signed.failed_since, looked_at);
}

fn start_attack(file: &Path, round: i64, process: i64) -> Child {
    let name = "sign_in::a_thousand_wrong_passwords_in_an_hour_over_restarts_and_four_processes_are_looked_at_twenty_times_at_most";
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", name, "--nocapture"]).env(ATTACK, format!("{round} {process} {}", file.display()));
    command.stdout(Stdio::piped()).spawn().unwrap()
}

/// What an attacking process says: how many passwords it really held against the hash.
fn outcome(process: Child) -> i64 {
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let line = said.lines().find_map(|line| line.split_once("looked at ")).unwrap_or_else(|| panic!("{said}"));
    line.1.trim().parse().unwrap()
}

/// One process of the attack: fifty wrong passwords within a fifth of the hour, a new start after every ten.
fn attack(orders: &str) {
    let [round, process, file] = orders.splitn(3, ' ').collect::<Vec<_>>()[..] else { panic!("{orders}") };
    let (round, process): (i64, i64) = (round.parse().unwrap(), process.parse().unwrap());
    let clock = Arc::new(SetClock::at(Instant::from_millis(START)));
    let mut refused = 0;
    for start in 0..TRIES / 10 {
        let mut store = Store::open(Path::new(file), &BUSINESS, clock.clone()).unwrap();
        for number in start * 10..start * 10 + 10 {
            let since = (round * TRIES + number) * 60 * MINUTE / (ROUNDS * TRIES) + process * 100;
            clock.set(Instant::from_millis(START + since));
            let wrong = Secret::new(format!("guess {round} {process} {number}"));
            match sign_in(&mut store, "ani", &wrong).unwrap_err().key() {
                "error.sign_in_refused" => refused += 1,
                waiting => assert!(waiting.starts_with("error.sign_in_wait"), "{waiting}"),
            }
        }
    }
    assert_eq!(u64::try_from(refused).unwrap(), spent().evaluations);
    println!("looked at {}", spent().evaluations);
}

#[test]
fn a_try_is_counted_before_its_password_is_looked_at() {
    let mut house = House::new();
    house.store_hash(
        "$argon2id$v=19$m=65536,t=11,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    );
    for _ in 0..3 {
        assert_eq!(house.enter("ani", PASSWORD), Err("error.credential_unusable"));
    }
    assert_eq!(house.enter("ani", PASSWORD), Err("error.sign_in_wait_seconds"));
}

#[test]
fn a_hash_cheaper_than_todays_is_made_anew_at_the_next_right_password() {
    let mut house = House::new();
    // The password `seven brown doors` at 8 KiB and one pass, as an older program might have stored it.
    let params = argon2::Params::new(8, 1, 1, None).unwrap();
    let old = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let salt = [7_u8; 16];
    let phc: argon2::PasswordHash =
        argon2::PasswordHasher::hash_password_with_salt(&old, PASSWORD.as_bytes(), &salt).unwrap();
    house.store_hash(&phc.to_string());
    house.enter("ani", "wrong").unwrap_err();
    assert!(house.stored_hash().contains("m=8,"));
    house.enter("ani", PASSWORD).unwrap();
    assert!(house.stored_hash().starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    house.enter("ani", PASSWORD).unwrap();
}

#[test]
fn a_new_user_comes_in_by_a_code_and_may_do_nothing_before_choosing_a_password() {
    let mut house = House::new();
    let (user, code) = house.hire("gor");
    assert_eq!(house.enter("gor", ""), Err("error.sign_in_refused"));
    let signed = house.enter("gor", &code.to_lowercase().replace('-', " ")).unwrap();
    assert!(signed.must_change);
    assert_eq!(signed.require_own_password().unwrap_err().key(), "error.must_change");
    let order = json!({"lines": [{"text": "Tea", "quantity": "1", "price": "500"}]});
    assert_eq!(house.run(user, "place-order", order.clone()), Err("error.no_right"));
    for (weak, why) in [
        ("short", "error.password_short"),
        ("password1", "error.password_common"),
        ("shirak2026", "error.password_named"),
        (code.as_str(), "error.password_is_code"),
    ] {
        assert_eq!(house.run(user, "change-own-password", json!({"password": weak})), Err(why));
    }
    house.run(user, "change-own-password", json!({"password": "green tea at noon"})).unwrap();
    house.run(user, "place-order", order).unwrap();
    assert_eq!(house.enter("gor", &code), Err("error.sign_in_refused"));
    assert!(!house.enter("gor", "green tea at noon").unwrap().must_change);
}

#[test]
fn a_reset_takes_the_old_password_and_every_right_away_at_once_and_its_code_lasts_a_day() {
    let mut house = House::new();
    let (user, code) = house.hire("gor");
    house.enter("gor", &code).unwrap();
    house.run(user, "change-own-password", json!({"password": "green tea at noon"})).unwrap();
    let code = house.reset(user);
    assert_eq!(house.enter("gor", "green tea at noon"), Err("error.sign_in_refused"));
    assert_eq!(house.run(user, "save-counterparty", json!({"kind": "person", "name": "A"})), Err("error.no_right"));
    house.at(24 * 60 * MINUTE - 1);
    house.enter("gor", &code).unwrap();
    house.at(24 * 60 * MINUTE);
    assert_eq!(house.enter("gor", &code), Err("error.code_expired"));
}

#[test]
fn a_user_who_is_switched_off_is_refused_like_an_unknown_one() {
    let mut house = House::new();
    let (user, code) = house.hire("gor");
    house.run(1, "save-user", json!({"id": user, "version": 1, "active": false})).unwrap();
    assert_eq!(house.enter("gor", &code), Err("error.sign_in_refused"));
}

#[test]
fn the_recovery_code_opens_once_gives_the_next_one_and_ends_the_wait() {
    let mut house = House::new();
    for _ in 0..3 {
        house.enter("ani", "forgotten").unwrap_err();
    }
    let code = house.recovery_code.clone();
    let mut back = |login: &str, code: &str, password: &str| {
        recover(&mut house.store, login, Secret::new(code), Secret::new(password)).map_err(|error| error.key())
    };
    assert_eq!(back("ani", "0000-0000", "a brand new day").unwrap_err(), "error.recovery_refused");
    assert_eq!(back("nobody", &code, "a brand new day").unwrap_err(), "error.recovery_refused");
    assert_eq!(back("ani", &code, "weak").unwrap_err(), "error.password_short");
    let next = back("ani", &code.to_lowercase(), "a brand new day").unwrap();
    assert_eq!(back("ani", &code, "another new day").unwrap_err(), "error.recovery_refused");
    back("ani", next.expose(), "another new day").unwrap();
    assert_eq!(house.enter("ani", PASSWORD), Err("error.sign_in_refused"));
    house.enter("ani", "another new day").unwrap();
}

#[test]
fn the_one_at_the_desk_is_confirmed_by_the_password_and_guesses_there_count_too() {
    let mut house = House::new();
    let mut guess = |password: &str| confirm(&mut house.store, Id::new(1), &Secret::new(password));
    guess(PASSWORD).unwrap();
    for _ in 0..3 {
        assert_eq!(guess("wrong").unwrap_err().key(), "error.sign_in_refused");
    }
    assert_eq!(guess(PASSWORD).unwrap_err().key(), "error.sign_in_wait_seconds");
}

#[test]
fn logins_that_nobody_has_fill_no_disk() {
    let mut house = House::new();
    let raw = rusqlite::Connection::open(&house.file).unwrap();
    raw.execute_batch("BEGIN").unwrap();
    for number in 0..1_000 {
        let row = (format!("bot{number}"), START - 1_000 + number);
        raw.execute("INSERT INTO sign_ins VALUES (?1, 9, ?2, ?2, '')", row).unwrap();
    }
    raw.execute_batch("COMMIT").unwrap();
    for login in ["ani", "x", "y"] {
        house.enter(login, "wrong").unwrap_err();
    }
    let kept: i64 = raw.query_row("SELECT COUNT(*) FROM sign_ins", [], |row| row.get(0)).unwrap();
    let ani: i64 = raw.query_row("SELECT failures FROM sign_ins WHERE login = 'ani'", [], |row| row.get(0)).unwrap();
    assert_eq!((kept, ani), (1_000, 1));
}

#[test]
fn no_password_and_no_code_stands_anywhere_in_the_file_and_the_journal_can_be_replayed_without_them() {
    let mut house = House::new();
    let mut secrets = vec![PASSWORD.to_owned(), house.recovery_code.clone()];
    let (user, code) = house.hire("gor");
    house.enter("gor", "canary wrong guess").unwrap_err();
    house.enter("gor", &code).unwrap();
    house.run(user, "change-own-password", json!({"password": "canary for gor 1"})).unwrap();
    house.run(user, "change-own-password", json!({"password": 84_713_377})).unwrap_err();
    let renewed = house.run(1, "renew-recovery-code", json!({})).unwrap()["recovery_code"].as_str().unwrap().to_owned();
    let next = recover(&mut house.store, "ani", Secret::new(&renewed), Secret::new("canary for ani 2")).unwrap();
    secrets.extend([code, renewed, next.expose().to_owned()]);
    secrets.extend(["canary wrong guess", "canary for gor 1", "84713377", "canary for ani 2"].map(str::to_owned));
    let bare: Vec<_> = secrets.iter().map(|secret| secret.replace('-', "")).collect();
    secrets.extend(bare);
    let mut bytes = std::fs::read(&house.file).unwrap();
    bytes.extend(std::fs::read(format!("{}-wal", house.file.display())).unwrap());
    for secret in &secrets {
        let found = bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret.as_bytes()));
        assert!(!found, "{secret} stands in the file");
    }
    let entries = journal::entries(house.store.db(), 0).unwrap();
    assert!(entries.iter().any(|entry| entry.command == "recover-access" && entry.result == "{}"));
    let mut copy = Store::memory(&BUSINESS, house.clock.clone()).unwrap();
    for entry in &entries {
        copy.replay(entry).unwrap();
    }
    let typed = Secret::new("canary for ani 2");
    assert_eq!(sign_in(&mut copy, "ani", &typed).unwrap_err().key(), "error.sign_in_refused");
}

#[test]
fn right_passwords_of_one_login_at_the_same_moment_all_let_in_and_leave_nothing_to_be_told() {
    let mut house = House::new();
    let entered: Vec<_> = std::thread::scope(|scope| {
        let one = || {
            let mut store = Store::open(&house.file, &BUSINESS, house.clock.clone()).unwrap();
            sign_in(&mut store, "ani", &Secret::new(PASSWORD)).map(|signed| signed.failed_since)
        };
        let clerks: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        clerks.into_iter().map(|clerk| clerk.join().unwrap()).collect()
    });
    assert!(entered.iter().all(|failed| *failed.as_ref().unwrap() == 0), "{entered:?}");
    for wrong in ["a", "b", "c"] {
        assert_eq!(house.enter("ani", wrong), Err("error.sign_in_refused"));
    }
    assert_eq!(house.enter("ani", PASSWORD), Err("error.sign_in_wait_seconds"));
}
