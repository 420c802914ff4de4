//! Backups from a shell: in two folders, tried out, and compared with the company before they take its place.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::engine::clock::SystemClock;
use patver::engine::logical::logical_hash;
use patver::engine::store::{Call, Store};
use patver::forms::{self, Request};
use serde_json::json;

use crate::demo::marks;
use crate::support::{OWNER, PASSWORD, Shop, text};

fn order(shop: &Shop, price: &str) {
    shop.run("place-order", json!({"lines": [{"text": "Paper", "quantity": "1", "price": price}]}));
}

#[test]
fn a_backup_goes_to_a_second_folder_too_and_one_that_is_away_is_told_after_the_first_was_made() {
    let shop = Shop::new();
    let stick = shop.path("stick");
    let away = shop.call(&["backup", "--also", text(&stick)]);
    assert!(away.code == 1 && away.stderr.contains("is not there"), "{away:?}");
    assert!(std::path::Path::new(away.objects()[0]["backup"].as_str().unwrap()).is_file());
    std::fs::create_dir(&stick).unwrap();
    let made = shop.call(&["backup", "--also", text(&stick)]).done().objects().remove(0);
    let second = made["also"].as_str().unwrap();
    assert!(second.starts_with(text(&stick)), "{made}");
    let twice = shop.call(&["backup", "--to", text(&stick), "--also", text(&stick.join("..").join("stick"))]);
    assert!(twice.code == 1 && twice.stderr.contains("is the first one"), "{twice:?}");
    assert!(twice.objects()[0].get("also").is_none(), "one copy is not two: {twice:?}");
    shop.patver(&["restore", second, "--into", text(&shop.path("from-stick.patver"))]).done();
}

#[test]
fn a_backup_is_tried_out_and_nothing_of_it_is_left() {
    let shop = Shop::new();
    order(&shop, "1500");
    let made = shop.call(&["backup"]).done().objects().remove(0);
    let copy = made["backup"].as_str().unwrap();
    let before = std::fs::read_dir(shop.dir.path()).unwrap().count();
    let tried = shop.call(&["backup", "--try", copy]).done().objects().remove(0);
    assert_eq!((&tried["holds"]["orders"], &tried["holds"]["ordered"]["AMD"]), (&json!(1), &json!("1500.00")));
    assert_eq!(std::fs::read_dir(shop.dir.path()).unwrap().count(), before);
    let mut bytes = std::fs::read(copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(copy, bytes).unwrap();
    assert_eq!(shop.call(&["backup", "--try", copy]).code, 3);
}

#[test]
fn what_a_backup_and_the_company_hold_is_told_before_anybody_says_yes() {
    let shop = Shop::new();
    order(&shop, "1500");
    let made = shop.call(&["backup"]).done().objects().remove(0);
    order(&shop, "700");
    let typed = ["restore", made["backup"].as_str().unwrap(), "--into", text(&shop.file), "--user", OWNER];
    let unsure = shop.patver(&typed);
    assert_eq!(unsure.code, 4, "{unsure:?}");
    let told = unsure.objects().remove(0);
    let figures = |of: &str| (told[of]["orders"].clone(), told[of]["ordered"]["AMD"].clone());
    assert_eq!(figures("backup_holds"), (json!(1), json!("1500.00")));
    assert_eq!(figures("company_holds"), (json!(2), json!("2200.00")));
}

fn hash(file: &Path) -> Vec<u8> {
    let store = Store::open(file, &BUSINESS, Arc::new(SystemClock)).unwrap();
    logical_hash(store.db(), &BUSINESS).unwrap()
}

#[test]
fn a_training_company_is_marked_begun_again_only_when_confirmed_and_never_reaches_the_real_one() {
    let shop = Shop::new();
    order(&shop, "1500");
    let before = hash(&shop.file);
    let made = shop.call(&["training"]).done().objects().remove(0);
    let bytes = std::fs::read(&shop.file).unwrap();
    let training = Shop { file: made["file"].as_str().unwrap().into(), ..shop.as_user(OWNER, PASSWORD) };
    order(&training, "700");
    assert_eq!(training.query("orders", json!({})).len(), 2);
    assert_eq!(training.query("company", json!({}))[0]["training"], true);
    let request = Request { form: "order".into(), keys: json!({"id": 2}), language: Some(Lang::EN), copy: false };
    let store = training.store();
    let paper = forms::fill(&store.view(&Call::of_user(1)).unwrap(), &request).unwrap().paper;
    assert_eq!(marks(&paper), BTreeSet::from(["Training".to_owned()]));
    store.close().unwrap();
    assert!(std::fs::read(&shop.file).unwrap() == bytes && hash(&shop.file) == before);
    assert_eq!(training.call(&["training"]).code, 1, "a training company has none itself");
    let unsure = shop.call(&["training"]);
    assert!(unsure.code == 4 && unsure.stderr.contains("everything done in it would be lost"), "{unsure:?}");
    shop.call(&["training", "--confirm"]).done();
    assert_eq!(training.query("orders", json!({})).len(), 1);
}
