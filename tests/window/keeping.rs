//! Backups that the window makes by itself, and what it says of those that are missing.

use patver::engine::backup;
use serde_json::json;

use crate::desk::Shop;

fn backups(shop: &Shop) -> usize {
    backup::list(&backup::default_folder(&shop.file)).map_or(0, |all| all.len())
}

#[test]
fn a_backup_is_made_at_the_start_and_none_where_nothing_changed_since() {
    let shop = Shop::new();
    drop(shop.at_the_desk());
    let made = backups(&shop);
    assert_eq!(made, 1);
    shop.run("save-item", json!({"kind": "goods", "name": "Glue", "unit": "pcs", "price": "300"}));
    drop(shop.at_the_desk());
    assert_eq!(backups(&shop), made + 1);
}

#[test]
fn no_backup_is_made_by_itself_where_that_was_switched_off() {
    let shop = Shop::new();
    patver::platform::Workplace::at(shop.folder.path()).keep("backup-schedule", "off");
    drop(shop.at_the_desk());
    assert_eq!(backups(&shop), 0);
}

#[test]
fn a_second_folder_that_is_away_is_told_at_the_start() {
    let shop = Shop::new();
    let stick = shop.folder.path().join("stick");
    patver::platform::Workplace::at(shop.folder.path()).keep("backup-second", stick.to_str().unwrap());
    let window = shop.at_the_desk();
    assert!(window.sees("stick is not there"));
    drop(window);
    std::fs::create_dir(&stick).unwrap();
    let window = shop.at_the_desk();
    assert!(!window.sees("stick is not there"));
    assert_eq!(backup::list(&stick).unwrap().len(), 1);
}

#[test]
fn a_week_without_a_copy_outside_is_said_in_the_line_below_until_there_is_one() {
    let shop = Shop::new();
    let mut window = shop.at_the_desk();
    assert!(!window.sees("No copy outside this computer"));
    drop(window);
    shop.days_later(9);
    window = shop.at_the_desk();
    assert!(window.sees("No copy outside this computer for days: 9"));
    drop(window);
    let stick = shop.folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    patver::platform::Workplace::at(shop.folder.path()).keep("backup-second", stick.to_str().unwrap());
    window = shop.at_the_desk();
    assert!(!window.sees("No copy outside this computer"));
}
