//! PINs: a few digits by which a person comes back to a window where the password was typed, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use patver::base::id::Id;
use patver::domain::BUSINESS;
use patver::domain::password::{COST, spent};
use patver::domain::secret::Secret;
use patver::domain::sign_in::{Seat, by_password, by_pin};
use patver::engine::clock::Clock as _;
use patver::engine::journal;
use patver::engine::store::Store;
use serde_json::json;

use crate::sign_in::{House, MINUTE, PASSWORD};

const PIN: &str = "482915";
const HOUR: i64 = 60 * MINUTE;

/// The owner comes in by password and chooses a PIN; the seat that is left.
fn seated(house: &mut House) -> Seat {
    house.run(1, "set-own-pin", json!({"pin": PIN})).unwrap();
    sit(house, PASSWORD)
}

fn sit(house: &mut House, password: &str) -> Seat {
    by_password(&mut house.store, "ani", &Secret::new(password)).unwrap().1
}

/// What the lock answers to a PIN.
fn back(house: &mut House, seat: &Seat, pin: &str) -> Result<String, &'static str> {
    by_pin(&mut house.store, seat, &Secret::new(pin)).map(|signed| signed.name).map_err(|error| error.key())
}

/// Whether the lock offers the PIN.
fn offered(house: &House, seat: &Seat) -> bool {
    let sitter = seat.sitter(house.store.db(), house.clock.now()).unwrap();
    sitter.is_some_and(|sitter| sitter.pin)
}

#[test]
fn a_pin_brings_back_who_typed_the_password_here_at_the_price_of_one_password() {
    let mut house = House::new();
    let seat = seated(&mut house);
    house.at(11 * HOUR);
    assert!(offered(&house, &seat));
    let before = spent();
    assert_eq!(back(&mut house, &seat, PIN), Ok("Ani".to_owned()));
    let after = spent();
    assert_eq!(after.evaluations - before.evaluations, 1);
    assert_eq!(after.kib - before.kib, u64::from(COST.memory_kib * COST.passes));
}

#[test]
fn a_pin_is_no_password() {
    let mut house = House::new();
    seated(&mut house);
    assert_eq!(house.enter("ani", PIN), Err("error.sign_in_refused"));
}

#[test]
fn after_three_wrong_pins_only_the_password_opens_in_every_program_and_after_a_restart() {
    let mut house = House::new();
    let seat = seated(&mut house);
    let answers = ["000001", "000002", "000003", PIN].map(|pin| back(&mut house, &seat, pin).unwrap_err());
    assert_eq!(answers, ["error.pin_wrong", "error.pin_wrong", "error.pin_spent", "error.pin_spent"]);
    house.reopen();
    assert!(!offered(&house, &seat));
    house.at(HOUR);
    assert_eq!(back(&mut house, &seat, PIN), Err("error.pin_spent"), "no waiting brings it back");
    assert_eq!(house.enter("ani", PASSWORD).unwrap().failed_since, 3);
    assert_eq!(back(&mut house, &seat, PIN), Ok("Ani".to_owned()));
}

#[test]
fn wrong_pins_and_wrong_passwords_are_counted_together_and_make_the_password_wait() {
    let mut house = House::new();
    let seat = seated(&mut house);
    house.enter("ani", "wrong").unwrap_err();
    assert_eq!(back(&mut house, &seat, "000001"), Err("error.pin_wrong"));
    assert_eq!(back(&mut house, &seat, "000002"), Err("error.pin_spent"));
    assert_eq!(house.enter("ani", PASSWORD), Err("error.sign_in_wait_seconds"));
    house.at(1_000);
    house.enter("ani", PASSWORD).unwrap();
}

#[test]
fn a_right_pin_tells_how_many_tries_were_wrong_before_it() {
    let mut house = House::new();
    let seat = seated(&mut house);
    back(&mut house, &seat, "000001").unwrap_err();
    assert_eq!(by_pin(&mut house.store, &seat, &Secret::new(PIN)).unwrap().failed_since, 1);
}

#[test]
fn a_pin_opens_for_half_a_day_after_the_password_and_never_before_it() {
    for (moment, opens) in [(12 * HOUR - 1, true), (12 * HOUR, false), (-1, false)] {
        let mut house = House::new();
        let seat = seated(&mut house);
        house.at(moment);
        assert_eq!(offered(&house, &seat), opens, "{moment}");
        let expected = if opens { Ok("Ani".to_owned()) } else { Err("error.pin_due") };
        assert_eq!(back(&mut house, &seat, PIN), expected, "{moment}");
    }
}

#[test]
fn a_seat_is_void_once_the_password_has_changed() {
    let mut house = House::new();
    let seat = seated(&mut house);
    house.run(1, "change-own-password", json!({"password": "green tea at noon"})).unwrap();
    assert_eq!(back(&mut house, &seat, PIN), Err("error.pin_due"));
    let seat = sit(&mut house, "green tea at noon");
    assert_eq!(back(&mut house, &seat, PIN), Ok("Ani".to_owned()), "the PIN itself stays");
}

/// A salesperson at the window with a PIN, whose seat a manager ends.
fn ended(command: &str, arguments: impl FnOnce(i64) -> serde_json::Value) -> Result<String, &'static str> {
    let mut house = House::new();
    let (user, _) = house.hire("gor");
    house.run(user, "change-own-password", json!({"password": "green tea at noon"})).unwrap();
    house.run(user, "set-own-pin", json!({"pin": PIN})).unwrap();
    let seat = by_password(&mut house.store, "gor", &Secret::new("green tea at noon")).unwrap().1;
    house.run(1, command, arguments(user)).unwrap();
    assert!(!offered(&house, &seat));
    back(&mut house, &seat, PIN)
}

#[test]
fn who_manages_users_takes_a_pin_away_with_the_password_with_the_account_or_alone() {
    assert_eq!(ended("remove-pin", |user| json!({"user": user})), Err("error.pin_due"));
    assert_eq!(ended("reset-password", |user| json!({"user": user})), Err("error.pin_due"));
    assert_eq!(ended("save-user", |user| json!({"id": user, "version": 1, "active": false})), Err("error.pin_due"));
}

#[test]
fn a_pin_is_removed_once_and_told_while_it_is_there() {
    let mut house = House::new();
    seated(&mut house);
    let has = |house: &House| {
        let call = patver::engine::store::Call::of_user(1);
        let own = house.store.query_json(&call, "own-account", json!({})).unwrap();
        let users = house.store.query_json(&call, "users", json!({})).unwrap();
        assert_eq!(own[0]["has_pin"], users[0]["has_pin"]);
        own[0]["has_pin"].as_bool().unwrap()
    };
    assert!(has(&house));
    house.run(1, "remove-own-pin", json!({})).unwrap();
    assert!(!has(&house));
    assert_eq!(house.run(1, "remove-own-pin", json!({})), Err("error.pin_none"));
    assert_eq!(house.run(1, "remove-pin", json!({"user": 1})), Err("error.pin_none"));
}

#[test]
fn a_pin_that_is_guessed_first_or_is_the_password_is_refused() {
    let mut house = House::new();
    for (pin, why) in [("1111", "error.pin_common"), ("1987", "error.pin_date"), ("12ab", "error.pin_form")] {
        assert_eq!(house.run(1, "set-own-pin", json!({"pin": pin})), Err(why), "{pin}");
    }
    house.run(1, "change-own-password", json!({"password": "73915048"})).unwrap();
    assert_eq!(house.run(1, "set-own-pin", json!({"pin": "73915048"})), Err("error.pin_is_password"));
}

#[test]
fn no_pin_stands_anywhere_in_the_file_and_the_journal_can_be_replayed_without_it() {
    let mut house = House::new();
    let seat = seated(&mut house);
    house.run(1, "set-own-pin", json!({"pin": "50481527"})).unwrap();
    house.run(1, "set-own-pin", json!({"pin": 73_915_046})).unwrap_err();
    back(&mut house, &seat, "60718293").unwrap_err();
    let mut bytes = std::fs::read(&house.file).unwrap();
    bytes.extend(std::fs::read(format!("{}-wal", house.file.display())).unwrap());
    for pin in ["50481527", "73915046", "60718293"] {
        assert!(!bytes.windows(pin.len()).any(|window| window == pin.as_bytes()), "{pin} stands in the file");
    }
    let mut copy = Store::memory(&BUSINESS, house.clock.clone()).unwrap();
    for entry in &journal::entries(house.store.db(), 0).unwrap() {
        copy.replay(entry).unwrap();
    }
    let kept: patver::domain::user::User = copy.db().get(Id::new(1)).unwrap();
    assert_eq!(kept.login, "ani");
    assert_eq!(by_pin(&mut copy, &seat, &Secret::new("50481527")).unwrap_err().key(), "error.pin_wrong");
}
