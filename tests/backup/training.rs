//! The company to practise on: a copy that knows what it is, and a real company that nothing of it reaches.

use std::fs;
use std::path::{Path, PathBuf};

use patver::base::error::{Error, Result};
use patver::engine::backup::{self, Over, Reason};
use patver::engine::check;
use patver::engine::logical::logical_hash;
use patver::engine::store::{Call, Store};
use patver::engine::ticket::Watch;

use crate::shop::{BUSINESS, Shop, add, boss, codes, names, now, open, picture};

fn practise(store: &Store, confirmed: bool) -> Result<PathBuf> {
    let company = store.path().unwrap().to_owned();
    backup::practise(&store.view(&boss())?, (&company, confirmed), &Watch::default())
}

/// The bytes of a company file and of its log.
fn bytes(path: &Path) -> [Vec<u8>; 2] {
    [path.to_owned(), path.with_extension("patver-wal")].map(|file| fs::read(file).unwrap_or_default())
}

fn file_id(store: &Store) -> String {
    backup::identity(&store.view(&boss()).unwrap()).unwrap().0
}

#[test]
fn what_is_done_in_the_training_company_changes_neither_a_byte_nor_the_contents_of_the_real_one() {
    let shop = Shop::new();
    let hash = logical_hash(shop.store.db(), &BUSINESS).unwrap();
    let before = bytes(&shop.path);
    let made = practise(&shop.store, false).unwrap();
    assert_eq!(bytes(&shop.path), before, "making it only reads");
    // Both are open at once.
    let mut training = open(&made).unwrap();
    assert_eq!(codes(&training), ["a", "b", "c"]);
    for code in ["c", "d", "e"] {
        add(&mut training, &format!("practice-{code}"));
    }
    backup::make(&training, &boss(), &backup::default_folder(&made), Reason::Asked).unwrap();
    training.close().unwrap();
    assert_eq!(bytes(&shop.path), before);
    assert_eq!(logical_hash(shop.store.db(), &BUSINESS).unwrap(), hash);
}

#[test]
fn the_training_company_is_a_whole_company_of_its_own_that_says_what_it_is() {
    let shop = Shop::new();
    let made = practise(&shop.store, false).unwrap();
    assert_eq!(made, shop.dir.path().join("shop-training.patver"));
    assert_eq!(shop.names(), ["shop-training.patver", "shop.patver", "shop.patver-shm", "shop.patver-wal"]);
    assert_eq!(backup::real_file(&made), Some(shop.path.clone()));
    let training = open(&made).unwrap();
    let told = |store: &Store| backup::is_training(store.db()).unwrap();
    assert_eq!((told(&training), told(&shop.store)), (true, false));
    assert_ne!(file_id(&training), file_id(&shop.store));
    let found = check::findings(training.db(), &BUSINESS, &Watch::default()).unwrap();
    assert!(found.is_empty(), "{found:?}");
    let kept = training.db().blob(&sha256(&picture("b"))).unwrap();
    assert_eq!(kept, picture("b"), "with every kept file");
    let refused = practise(&training, false).unwrap_err();
    assert_eq!(refused.key(), "error.training.of_training");
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).to_vec()
}

#[test]
fn to_begin_again_is_asked_first_waits_for_other_windows_and_brings_a_fresh_copy() {
    let mut shop = Shop::new();
    let made = practise(&shop.store, false).unwrap();
    let mut training = open(&made).unwrap();
    add(&mut training, "practice");
    add(&mut shop.store, "d");
    let in_use = practise(&shop.store, true).unwrap_err();
    assert_eq!(in_use.key(), "error.training.open");
    training.close().unwrap();
    let unsure = practise(&shop.store, false).unwrap_err();
    assert!(matches!(unsure, Error::NeedsConfirmation(_)) && unsure.key() == "error.training.again", "{unsure:?}");
    assert_eq!(codes(&open(&made).unwrap()), ["a", "b", "c", "practice"], "nothing is lost before somebody said yes");
    assert_eq!(practise(&shop.store, true).unwrap(), made);
    assert_eq!(codes(&open(&made).unwrap()), ["a", "b", "c", "d"]);
}

#[test]
fn whatever_else_has_the_name_stays_there() {
    let shop = Shop::new();
    let into = backup::training_file(&shop.path);
    fs::copy(shop.back_up().path, &into).unwrap();
    assert_eq!(practise(&shop.store, true).unwrap_err().key(), "error.training.in_the_way");
    fs::write(&into, "a letter").unwrap();
    assert_eq!(practise(&shop.store, true).unwrap_err().key(), "error.training.in_the_way");
    assert_eq!(fs::read_to_string(&into).unwrap(), "a letter");
    fs::remove_file(&into).unwrap();
    let other = Store::create(&into, &BUSINESS, shop.store.clock().clone()).unwrap();
    other.close().unwrap();
    let before = bytes(&into);
    assert_eq!(practise(&shop.store, true).unwrap_err().key(), "error.training.in_the_way");
    assert_eq!(bytes(&into), before, "another company is no company to practise on");
}

#[test]
fn who_may_not_make_backups_makes_no_training_company_and_one_that_was_called_off_is_not_there() {
    let shop = Shop::new();
    let nobody = shop.store.view(&Call::of_user(2)).unwrap();
    let refused = backup::practise(&nobody, (&shop.path, false), &Watch::default()).unwrap_err();
    assert_eq!(refused.key(), "error.no_right");
    let watch = Watch::default();
    watch.cancel();
    let view = shop.store.view(&boss()).unwrap();
    assert!(backup::practise(&view, (&shop.path, false), &watch).unwrap_err().is_cancelled());
    assert_eq!(shop.names(), ["shop.patver", "shop.patver-shm", "shop.patver-wal"]);
}

#[test]
fn a_backup_of_the_training_company_never_takes_the_place_of_the_real_one() {
    let shop = Shop::new();
    let made = practise(&shop.store, false).unwrap();
    let training = open(&made).unwrap();
    let folder = backup::default_folder(&made);
    let copy = backup::make(&training, &boss(), &folder, Reason::Asked).unwrap();
    training.close().unwrap();
    let permit = shop.permit();
    shop.store.close().unwrap();
    let before = bytes(&shop.path);
    let over = || Over { confirmed: true, permit: Some(permit.clone()), ..Over::default() };
    let restore = |into: &Path| backup::restore(&copy.path, into, over(), now()).map_err(|error| error.key());
    assert_eq!(restore(&shop.path).unwrap_err(), "error.training.over_real");
    assert_eq!(bytes(&shop.path), before);
    // Nor where the real one is damaged: what takes its place is a backup of its own.
    let mut torn = before[0].clone();
    torn.truncate(5_000);
    fs::write(&shop.path, &torn).unwrap();
    assert_eq!(restore(&shop.path).unwrap_err(), "error.training.over_real");
    assert_eq!(bytes(&shop.path)[0], torn);
    restore(&made).unwrap();
    let beside = shop.dir.path().join("beside.patver");
    restore(&beside).unwrap();
    assert!([&made, &beside].iter().all(|file| backup::is_training(open(file).unwrap().db()).unwrap()));
    assert!(names(shop.dir.path()).iter().all(|name| !name.contains("part")));
}
