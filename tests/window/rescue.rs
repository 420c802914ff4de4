//! A damaged company file, as the window meets it: the newest whole backup is offered, and the file stays beside it.

use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use patver::base::locale::Lang;
use patver::engine::backup;
use serde_json::json;

use crate::desk::Shop;

/// Writes nonsense over the beginning of a page in the middle of the file.
fn damage(shop: &Shop) {
    drop(shop.store().close());
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(&shop.file).unwrap();
    let mut head = [0; 100];
    file.read_exact(&mut head).unwrap();
    let page = u64::from(u16::from_be_bytes([head[16], head[17]]));
    file.seek(SeekFrom::Start(page * 4)).unwrap();
    file.write_all(&[0xA5; 64]).unwrap();
}

/// The company files of the folder.
fn companies(shop: &Shop) -> usize {
    let all = std::fs::read_dir(shop.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|extension| extension == "patver")).count()
}

#[test]
fn the_newest_whole_backup_takes_the_place_of_a_damaged_file_which_stays_beside_it() {
    let shop = Shop::new();
    drop(shop.at_the_desk());
    assert_eq!(backup::list(&backup::default_folder(&shop.file)).unwrap().len(), 1);
    damage(&shop);
    let mut window = shop.window(Lang::EN);
    assert!(window.sees("The company file is damaged") && window.sees("Backup of"));
    window.click_any("Restore this backup");
    // The work is done on a thread of its own.
    let mut at_the_door = || {
        window.settle();
        window.sees("Password")
    };
    assert!((0..10_000).any(|_| at_the_door()), "the restored company is at its door");
    drop(window);
    assert_eq!((shop.ask("items", json!({})).len(), companies(&shop)), (3, 2));
}

#[test]
fn without_a_whole_backup_another_one_another_file_and_a_new_company_are_offered() {
    let shop = Shop::new();
    damage(&shop);
    let mut window = shop.window(Lang::EN);
    assert!(window.sees("No whole backup of it was found"));
    assert!(!window.sees("Restore this backup"));
    window.click_any("Restore another backup");
    assert!(window.sees("Backup") && companies(&shop) == 1);
}

#[test]
fn a_file_that_cannot_be_opened_for_another_reason_is_not_called_damaged() {
    let shop = Shop::new();
    std::fs::write(&shop.file, "a letter to the customer").unwrap();
    let window = shop.window(Lang::EN);
    assert!(!window.sees("The company file is damaged"));
    assert_eq!(std::fs::read_to_string(&shop.file).unwrap(), "a letter to the customer");
}
