//! A company file that is damaged inside its pages, as a person meets it: refused, and not one byte of it changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::support::{Ran, Shop};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// A made-up company and its owner.
fn demo() -> Shop {
    let shop = Shop::without_company();
    let made = shop.patver(&["demo", shop.file.to_str().unwrap(), "--orders", "60", "--today", "2026-11-24"]).done();
    let told = &made.objects()[0];
    let owner = &told["users"].as_array().unwrap()[0];
    let word = |name: &str| owner[name].as_str().unwrap().to_owned();
    Shop { user: word("login"), password: word("password"), ..shop }
}

/// The page of a tree of one kind, found by the driver's own table of pages.
fn page(file: &Path, tree: &str, kind: &str) -> u32 {
    let db = Connection::open(file).unwrap();
    let sql = "SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = ?2 ORDER BY pageno DESC LIMIT 1";
    db.query_row(sql, [tree, kind], |row| row.get(0)).unwrap_or_else(|error| panic!("{tree} {kind}: {error}"))
}

/// Writes nonsense where a page begins to list its rows.
fn damage(file: &Path, page: u32) {
    let mut bytes = std::fs::read(file).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let at = usize::try_from(page - 1).unwrap() * size + if page == 1 { 100 } else { 0 };
    bytes[at + 3..at + 64].fill(0xA5);
    std::fs::write(file, bytes).unwrap();
}

/// Every file of the company's folder but what the database keeps in memory for all processes, with its bytes.
fn files(shop: &Shop) -> Vec<(OsString, Vec<u8>)> {
    let entries = std::fs::read_dir(shop.dir.path()).unwrap().map(|entry| entry.unwrap());
    let plain = entries.filter(|entry| entry.file_type().unwrap().is_file());
    let mut files: Vec<_> = plain.map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap())).collect();
    files.retain(|(name, _)| !name.to_string_lossy().ends_with("-shm"));
    files.sort();
    files
}

fn refused_as_damaged(shop: &Shop, ran: &Ran) {
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{ran:?}");
    let said = [shop.file.to_str().unwrap(), "not one byte of it was changed", "patver check", "patver restore"];
    assert!(said.iter().all(|part| ran.stderr.contains(part)), "{ran:?}");
}

#[test]
fn a_file_damaged_inside_is_refused_before_anybody_signs_in_and_keeps_every_byte() {
    let shop = demo();
    let whole = std::fs::read(&shop.file).unwrap();
    let places = [
        ("sqlite_schema", "leaf"),
        ("users", "leaf"),
        ("sign_ins", "leaf"),
        ("order_lines", "internal"),
        ("journal_rows", "leaf"),
        ("journal_rows_record", "internal"),
        ("orders", "leaf"),
    ];
    for (tree, kind) in places {
        std::fs::write(&shop.file, &whole).unwrap();
        damage(&shop.file, page(&shop.file, tree, kind));
        let before = files(&shop);
        refused_as_damaged(&shop, &shop.call(&["query", "orders"]));
        refused_as_damaged(&shop, &shop.call(&["run", "place-order"]));
        assert!(before == files(&shop), "{tree} {kind}: something was written");
    }
}

#[test]
fn the_log_that_a_crash_left_beside_a_damaged_file_keeps_every_byte_too() {
    let shop = demo();
    damage(&shop.file, page(&shop.file, "users", "leaf"));
    let db = Connection::open(&shop.file).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    db.execute("UPDATE series SET next = next + 1", []).unwrap();
    db.close().unwrap();
    let log = PathBuf::from(format!("{}-wal", shop.file.display()));
    assert!(log.metadata().unwrap().len() > 0);
    let before = files(&shop);
    refused_as_damaged(&shop, &shop.call(&["query", "orders"]));
    assert!(before == files(&shop), "something was written");
}

/// The file with some bytes instead of others, wherever the first of them stand.
fn altered(whole: &[u8], (old, new): (&str, &str)) -> Vec<u8> {
    let at = whole.windows(old.len()).position(|window| window == old.as_bytes()).unwrap_or_else(|| panic!("no {old}"));
    let mut bytes = whole.to_vec();
    bytes[at..at + new.len()].copy_from_slice(new.as_bytes());
    bytes
}

#[test]
fn a_check_names_the_part_whose_description_is_damaged_and_the_opener_the_backup_to_restore() {
    let shop = demo();
    shop.call(&["backup"]).done();
    let whole = std::fs::read(&shop.file).unwrap();
    let changes = [
        (("CREATE TABLE payments (", "CREATE TABLX payments ("), "payments"),
        (("INDEX orders_due ON orders (due, id)", "INDEX orders_due ON orders (due, xd)"), "orders_due"),
        (("TABLE items_search USING fts5", "TABLE items_search USING ftsX"), "items_search"),
        (("CHECK (kind IN ('order', 'return'))", "CHECK (kind IN ('order', 'retuXn'))"), "orders"),
    ];
    for (change, object) in changes {
        std::fs::write(&shop.file, altered(&whole, change)).unwrap();
        let checked = shop.call(&["check", "--lang", "en"]);
        let named = format!("What the file says of its part {object} is damaged");
        assert!(checked.code == 3 && checked.stdout.contains(&named), "{object}: {checked:?}");
        let opened = shop.call(&["query", "orders", "--lang", "en"]);
        assert!(checked.stderr.contains(".patver-backup”"), "{object}: {checked:?}");
        // What can be read and is only another one is named at once.
        let told = opened.stderr.contains(".patver-backup”") || opened.stderr.contains(&format!("part {object} "));
        assert!(opened.code == 3 && told, "{object}: {opened:?}");
    }
}

#[test]
fn a_check_names_each_damaged_table_index_and_search_index() {
    let shop = demo();
    let whole = std::fs::read(&shop.file).unwrap();
    let places = [
        ("orders_due", "The index orders_due of order is damaged"),
        ("items_search_data", "The search index of item is damaged"),
        ("counterparties_search_idx", "The search index of customer is damaged"),
        ("sign_ins", "The file is damaged inside sign_ins"),
        ("series", "The file is damaged inside numbering"),
        ("orders", "The file is damaged inside order"),
    ];
    for (tree, words) in places {
        std::fs::write(&shop.file, &whole).unwrap();
        let db = Connection::open(&shop.file).unwrap();
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        let root = db.query_row(sql, [tree], |row| row.get(0)).unwrap();
        db.close().unwrap();
        damage(&shop.file, root);
        let checked = shop.call(&["check", "--lang", "en"]);
        assert!(checked.stdout.lines().any(|line| line == words), "{tree}: {checked:?}");
        assert!(!checked.stdout.contains('?'), "{tree}: {checked:?}");
    }
}
