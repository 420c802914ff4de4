//! Making, checking and listing backups.

use std::fs;

use patver::engine::backup::{self, Keeping, Limits, Permit, READING_BACK, Reason, When};
use patver::engine::guard::{self, Found};
use patver::engine::store::Call;
use patver::engine::ticket::Watch;
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::shop::{Shop, add, boss, names, now, open, restore_new};

/// Room for the copies that no limit takes away.
const NOTHING: Limits = Limits { bytes: 0, count: 0 };

#[test]
fn a_backup_is_named_by_the_clock_on_the_wall_checked_and_listed() {
    let shop = Shop::new();
    let made = shop.back_up();
    assert_eq!(made.path, shop.dir.path().join("shop-backups/shop 2026-11-24 10-30.patver-backup"));
    assert_eq!((made.manifest.seq, made.manifest.tables["units"], made.manifest.attachments.count), (3, 3, 3));
    assert_eq!(backup::verify(&made.path, &Watch::default()).unwrap(), made.manifest);
    let second = shop.back_up();
    assert_eq!(second.path.file_name().unwrap(), "shop 2026-11-24 10-30 (2).patver-backup");
    assert_eq!(backup::list(made.path.parent().unwrap()).unwrap().len(), 2);
    let left = names(made.path.parent().unwrap());
    assert!(left.iter().all(|name| !name.contains("part") && !name.ends_with("journal")), "{left:?}");
}

#[test]
fn attachments_stand_once_beside_all_copies() {
    let mut shop = Shop::new();
    let first = shop.back_up();
    let copy = fs::read(&first.path).unwrap();
    assert!(!copy.windows(12).any(|bytes| bytes == b"picture of a"), "an attachment is inside the copy");
    add(&mut shop.store, "d");
    shop.back_up();
    let files = first.path.parent().unwrap().join("files");
    let count = names(&files).iter().map(|group| names(&files.join(group)).len()).sum::<usize>();
    assert_eq!(count, 4);
}

#[cfg(unix)]
#[test]
fn everything_in_a_backup_folder_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Shop::new();
    let folder = shop.back_up().path.parent().unwrap().to_owned();
    let mut open = vec![folder];
    while let Some(path) = open.pop() {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, expected, "{path:?}");
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

#[test]
fn nobody_works_in_a_backup_by_mistake() {
    let shop = Shop::new();
    let made = shop.back_up();
    assert_eq!(guard::inspect(&made.path).unwrap(), Found::Backup);
    assert_eq!(open(&made.path).err().unwrap().key(), "error.file.backup");
    backup::verify(&made.path, &Watch::default()).unwrap();
}

#[test]
fn a_backup_and_a_restore_need_their_rights() {
    let shop = Shop::new();
    let guest = Call::of_user(2);
    let error = backup::make(&shop.store, &guest, &shop.dir.path().join("b"), Reason::Asked).unwrap_err();
    assert_eq!(error.key(), "error.no_right");
    assert!(!shop.dir.path().join("b").exists());
    assert_eq!(Permit::ask(&shop.store, &guest).unwrap_err().key(), "error.no_right");
}

#[test]
fn one_changed_byte_anywhere_in_a_backup_is_refused() {
    let shop = Shop::new();
    let made = shop.back_up();
    let into = shop.dir.path().join("again.patver");
    let json = guard::beside(&made.path, ".json");
    let group = fs::read_dir(made.path.parent().unwrap().join("files")).unwrap().next().unwrap().unwrap().path();
    let attachment = group.join(&names(&group)[0]);
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    for (file, flips) in [(&made.path, 150_u32), (&json, 60), (&attachment, 20)] {
        let sound = fs::read(file).unwrap();
        for _ in 0..flips {
            let at = usize::try_from(random.next_u64() % u64::try_from(sound.len()).unwrap()).unwrap();
            let mut broken = sound.clone();
            broken[at] ^= 1 << (random.next_u32() % 8);
            if file == &json && same_json(&sound, &broken) {
                continue;
            }
            fs::write(file, &broken).unwrap();
            let error = backup::verify(&made.path, &Watch::default()).expect_err(&format!("byte {at} of {file:?}"));
            assert_eq!(error.kind(), "failure", "byte {at} of {file:?}: {error:?}");
            assert!(restore_new(&made, &into).is_err());
            assert!(!into.exists());
        }
        fs::write(file, &sound).unwrap();
    }
    backup::verify(&made.path, &Watch::default()).unwrap();
}

/// A space turned into a line end says the same.
fn same_json(one: &[u8], other: &[u8]) -> bool {
    let read = |bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    read(one) == read(other)
}

#[test]
fn a_copy_without_its_manifest_or_an_attachment_is_no_backup() {
    let shop = Shop::new();
    let made = shop.back_up();
    let json = guard::beside(&made.path, ".json");
    let text = fs::read(&json).unwrap();
    fs::remove_file(&json).unwrap();
    assert_eq!(backup::verify(&made.path, &Watch::default()).unwrap_err().key(), "error.backup.no_manifest");
    assert!(backup::list(made.path.parent().unwrap()).unwrap().is_empty());
    fs::write(&json, text).unwrap();
    fs::remove_dir_all(made.path.parent().unwrap().join("files")).unwrap();
    assert_eq!(backup::verify(&made.path, &Watch::default()).unwrap_err().key(), "error.backup.file_lost");
}

#[test]
fn old_backups_are_removed_with_their_manifests_and_the_last_three_stay() {
    let shop = Shop::new();
    let made: Vec<_> = (0..5).map(|_| shop.back_up()).collect();
    let folder = made[0].path.parent().unwrap();
    let removed = backup::prune(&shop.store, &boss(), folder, NOTHING).unwrap();
    assert_eq!(removed.len(), 2);
    assert_eq!(backup::list(folder).unwrap().len(), 3);
    assert_eq!(names(folder).len(), 3 * 2 + 1);
}

#[test]
fn backups_of_another_company_in_the_same_folder_stay() {
    let (shop, other) = (Shop::new(), Shop::new());
    let folder = shop.dir.path().join("shared");
    let made = |shop: &Shop| backup::make(&shop.store, &boss(), &folder, Reason::Asked).unwrap().path;
    let theirs: Vec<_> = (0..5).map(|_| made(&other)).collect();
    let ours: Vec<_> = (0..5).map(|_| made(&shop)).collect();
    let guest = backup::prune(&shop.store, &Call::of_user(2), &folder, NOTHING).unwrap_err();
    assert_eq!(guest.key(), "error.no_right");
    let removed = backup::prune(&shop.store, &boss(), &folder, NOTHING).unwrap();
    assert!(removed.len() == 2 && removed.iter().all(|path| ours.contains(path)), "{removed:?}");
    assert!(theirs.iter().all(|path| path.exists()));
}

#[test]
fn a_backup_tells_how_far_it_is_and_leaves_nothing_when_it_is_called_off() {
    let shop = Shop::new();
    let folder = backup::default_folder(&shop.path);
    let make = |watch: &Watch| {
        let view = shop.store.view(&boss()).unwrap();
        backup::make_of(&view, &shop.path, (&folder, Reason::Asked), watch)
    };
    let stopped = Watch::default();
    stopped.cancel();
    assert!(make(&stopped).unwrap_err().is_cancelled());
    assert!(names(&folder).iter().all(|name| name == "files"), "{:?}", names(&folder));
    let watch = Watch::default();
    let made = make(&watch).unwrap();
    assert_eq!((watch.stage(), watch.progress()), (READING_BACK, (made.manifest.size * 4, made.manifest.size * 4)));
    let watch = Watch::default();
    backup::verify(&made.path, &watch).unwrap();
    assert_eq!((watch.stage(), watch.progress()), (READING_BACK, (made.manifest.size * 2, made.manifest.size * 2)));
    watch.cancel();
    assert!(backup::verify(&made.path, &watch).unwrap_err().is_cancelled());
}

#[test]
fn a_backup_that_is_checked_again_is_marked_and_a_damaged_one_no_longer_counts() {
    let shop = Shop::new();
    let made = shop.back_up();
    let folder = backup::default_folder(&shop.path);
    let marks = || backup::list(&folder).unwrap().into_iter().map(|backup| backup.mark).collect::<Vec<_>>();
    assert_eq!(marks().iter().map(|mark| (mark.at, mark.whole)).collect::<Vec<_>>(), [(now(), true)]);
    let later = now().plus_millis(60_000);
    backup::check(&made.path, later, &Watch::default()).unwrap();
    assert_eq!((marks()[0].at, marks()[0].whole), (later, true));
    let mut bytes = fs::read(&made.path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&made.path, bytes).unwrap();
    assert_eq!(backup::check(&made.path, later, &Watch::default()).unwrap_err().key(), "error.backup.damaged");
    assert!(!marks()[0].whole);
    assert!(backup::newest_of(&shop.path, &[&folder]).is_none(), "it is not offered for a rescue");
}

#[test]
fn the_same_backup_stands_in_a_second_folder_with_its_files_and_restores_from_there() {
    let shop = Shop::new();
    let (made, stick) = (shop.back_up(), shop.dir.path().join("stick"));
    let missing = backup::also(&made, &stick, &Watch::default()).unwrap_err();
    assert_eq!((missing.key(), stick.exists()), ("error.backup.second_missing", false));
    fs::create_dir(&stick).unwrap();
    for _ in 0..2 {
        let second = backup::also(&made, &stick, &Watch::default()).unwrap();
        assert_eq!(second.manifest, made.manifest);
    }
    fs::remove_dir_all(backup::default_folder(&shop.path)).unwrap();
    let second = backup::list(&stick).unwrap().remove(0);
    let into = shop.dir.path().join("from-stick.patver");
    restore_new(&second, &into).unwrap();
    assert_eq!(crate::shop::codes(&open(&into).unwrap()), ["a", "b", "c"]);
}

#[test]
fn keeping_makes_a_backup_when_something_changed_and_tells_of_a_second_folder_that_is_away() {
    let mut shop = Shop::new();
    let folder = backup::default_folder(&shop.path);
    let stick = shop.dir.path().join("stick");
    let keeping = Keeping { folder: folder.clone(), second: Some(stick.clone()), limits: Limits::USUAL };
    let keep = |shop: &Shop, when| {
        let view = shop.store.view(&Call::of_system()).unwrap();
        backup::keep(&view, &shop.path, (&keeping, when), &Watch::default()).unwrap()
    };
    let first = keep(&shop, When::Due { starting: true });
    assert!(first.made.is_some());
    assert_eq!(first.outside.unwrap().unwrap_err().key(), "error.backup.second_missing");
    fs::create_dir(&stick).unwrap();
    let again = keep(&shop, When::Due { starting: true });
    assert!(again.made.is_none() && again.outside.unwrap().is_ok(), "the stick is back and gets what it lacks");
    add(&mut shop.store, "d");
    assert!(keep(&shop, When::Due { starting: false }).made.is_none(), "the last one is not an hour old");
    assert!(keep(&shop, When::Changed(Reason::BeforeBulkWork)).made.is_some());
    assert!(keep(&shop, When::Changed(Reason::BeforeBulkWork)).made.is_none());
    assert_eq!((backup::list(&folder).unwrap().len(), backup::list(&stick).unwrap().len()), (2, 2));
}
