//! What a restore brings back, and what it does to the file that stands in its way.

use std::fs;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::channel;

use patver::base::date::Zone;
use patver::base::error::Error;
use patver::base::locale::Lang;
use patver::engine::backup::{self, NoteRestore, Over};
use patver::engine::ticket::Watch;
use patver::engine::{check, guard, journal};

use crate::shop::{BUSINESS, Shop, add, codes, now, open, picture, restore_new};

#[test]
fn a_restored_company_has_every_row_and_every_attachment() {
    let shop = Shop::new();
    let made = shop.back_up();
    let into = shop.dir.path().join("again.patver");
    let restored = restore_new(&made, &into).unwrap();
    assert_eq!((restored.manifest.seq, restored.set_aside), (3, None));
    let again = open(&into).unwrap();
    assert_eq!(codes(&again), codes(&shop.store));
    for code in ["a", "b", "c"] {
        let hash = sha256(&picture(code));
        assert_eq!(again.db().blob(&hash).unwrap(), picture(code));
    }
    assert!(shop.names().iter().all(|name| !name.contains("part")), "{:?}", shop.names());
}

#[test]
fn a_restored_company_says_in_its_journal_which_backup_it_came_from() {
    let mut shop = Shop::new();
    let made = shop.back_up();
    add(&mut shop.store, "d");
    let into = shop.dir.path().join("again.patver");
    restore_new(&made, &into).unwrap();
    let mut again = open(&into).unwrap();
    let entry = journal::entries(again.db(), made.manifest.seq).unwrap().remove(0);
    assert_eq!((entry.seq, entry.user_id, entry.command.as_str()), (4, 0, "note-restore"));
    let note: NoteRestore = ciborium::from_reader(entry.arguments.as_slice()).unwrap();
    assert_eq!(note.backup, made.path.file_name().unwrap().to_str().unwrap());
    assert_eq!((note.made_at, &note.sha256), (made.manifest.made_at, &made.manifest.sha256));
    assert_eq!(add(&mut again, "e"), 5, "the chain goes on behind it");
    let found = check::findings(again.db(), &BUSINESS, &Watch::default()).unwrap();
    assert!(found.is_empty(), "{found:?}");
    drop(again);
    // The same moment restored once more is another line of history.
    let twice = shop.dir.path().join("twice.patver");
    restore_new(&made, &twice).unwrap();
    assert_eq!(codes(&open(&twice).unwrap()), ["a", "b", "c"]);
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).to_vec()
}

#[test]
fn a_sound_company_gives_way_only_to_somebody_with_the_right_who_was_told_what_goes() {
    let mut shop = Shop::new();
    let made = shop.back_up();
    add(&mut shop.store, "d");
    add(&mut shop.store, "e");
    let permit = Some(shop.permit());
    let before = codes(&shop.store);
    let Shop { dir, path, store } = shop;
    drop(store);
    let zone = Zone::parse("Asia/Yerevan").unwrap();
    let try_with = |over| backup::restore(&made.path, &path, over, now());
    assert_eq!(try_with(Over { confirmed: true, ..Over::default() }).unwrap_err().key(), "error.backup.over_sound");
    let question = try_with(Over { permit: permit.clone(), zone, ..Over::default() }).unwrap_err();
    assert_eq!((question.kind(), question.key()), ("needs-confirmation", "error.backup.changes_lost"));
    assert!(question.message(Lang::EN).starts_with("2 changes"), "{}", question.message(Lang::EN));
    assert!(question.message(Lang::RU).contains("2 изменения"), "{}", question.message(Lang::RU));
    assert_eq!(codes(&open(&path).unwrap()), before);

    let aside = try_with(Over { confirmed: true, permit, zone }).unwrap().set_aside.unwrap();
    assert_eq!(codes(&open(&path).unwrap()), ["a", "b", "c"]);
    assert_eq!(aside.file_name().unwrap(), "shop (until 2026-11-24 10-30).patver", "by the clocks of the company");
    assert_eq!(codes(&open(&aside).unwrap()), before);
    drop(dir);
}

#[test]
fn a_company_open_in_another_window_is_not_restored_over() {
    let shop = Shop::new();
    let made = shop.back_up();
    let over = Over { confirmed: true, permit: Some(shop.permit()), ..Over::default() };
    let error = backup::restore(&made.path, &shop.path, over, now()).unwrap_err();
    assert_eq!((error.kind(), error.key()), ("rejected", "error.backup.in_use"));
    assert_eq!(codes(&shop.store), ["a", "b", "c"]);
    assert!(shop.names().iter().all(|name| !name.contains("until") && !name.contains("part")), "{:?}", shop.names());
}

#[test]
fn a_damaged_company_is_set_aside_with_its_log_without_anybody_signing_in() {
    let shop = Shop::new();
    let made = shop.back_up();
    let copies = tempfile::tempdir().unwrap();
    let path = copies.path().join("shop.patver");
    let broken = b"SQLite format 3\0 and then nonsense".to_vec();
    fs::write(&path, &broken).unwrap();
    let log = b"the head of this log was lost".to_vec();
    fs::write(guard::beside(&path, "-wal"), &log).unwrap();
    assert_eq!(restore_new(&made, &path).unwrap_err().key(), "error.backup.over_damaged");
    let over = Over { confirmed: true, ..Over::default() };
    let aside = backup::restore(&made.path, &path, over, now()).unwrap().set_aside.unwrap();
    assert_eq!(fs::read(&aside).unwrap(), broken);
    assert_eq!(fs::read(guard::beside(&aside, "-wal")).unwrap(), log);
    assert!(!guard::beside(&path, "-wal").exists());
    assert_eq!(codes(&open(&path).unwrap()), ["a", "b", "c"]);
}

#[test]
fn a_file_of_another_program_never_gives_way() {
    let shop = Shop::new();
    let made = shop.back_up();
    let path = shop.dir.path().join("letter.txt");
    fs::write(&path, b"Dear customer").unwrap();
    let over = Over { confirmed: true, permit: Some(shop.permit()), ..Over::default() };
    assert_eq!(backup::restore(&made.path, &path, over, now()).unwrap_err().key(), "error.file.not_a_database");
    assert_eq!(fs::read(&path).unwrap(), b"Dear customer");
}

#[test]
fn the_log_of_an_earlier_file_is_never_taken_for_the_restored_ones() {
    let shop = Shop::new();
    let made = shop.back_up();
    let path = shop.dir.path().join("again.patver");
    fs::copy(guard::beside(&shop.path, "-wal"), guard::beside(&path, "-wal")).unwrap();
    assert_eq!(restore_new(&made, &path).unwrap_err().key(), "error.file.leftover");
    assert!(!path.exists());
}

#[test]
fn a_backup_made_while_a_window_writes_restores_to_a_moment_between_its_begin_and_its_end() {
    let drills = if std::env::var("PATVER_TEST_SCALE").is_ok_and(|scale| scale == "full") { 200 } else { 20 };
    let shop = Shop::new();
    let acknowledged = AtomicI64::new(3);
    let mut busy = 0;
    std::thread::scope(|scope| {
        // The writer has thirty orders to write for each backup, and ends with the last sender.
        let (begin, told) = channel();
        scope.spawn(|| {
            let mut writer = open(&shop.path).unwrap();
            for () in told.into_iter().flat_map(|()| [(); 30]) {
                let next = acknowledged.load(Ordering::SeqCst) + 1;
                acknowledged.store(add(&mut writer, &format!("u{next}")), Ordering::SeqCst);
            }
        });
        for drill in 0..drills {
            begin.send(()).unwrap();
            let before = acknowledged.load(Ordering::SeqCst);
            let made = shop.back_up();
            let after = acknowledged.load(Ordering::SeqCst);
            let seq = made.manifest.seq;
            assert!((before..=after + 1).contains(&seq), "{before} {seq} {after}");
            busy += i32::from(after > before);
            let into = shop.dir.path().join(format!("drill-{drill}.patver"));
            restore_new(&made, &into).unwrap();
            let units = codes(&open(&into).unwrap());
            assert_eq!(i64::try_from(units.len()).unwrap(), seq);
            assert!(units.iter().skip(3).zip(4..).all(|(code, n)| *code == format!("u{n}")));
            fs::remove_file(&into).unwrap();
        }
    });
    assert!(busy > 0, "the writer never wrote during a backup, so this test shows nothing");
}

#[test]
fn every_refusal_of_a_backup_says_what_to_do_in_every_language() {
    let keys = [
        "error.backup.no_file",
        "error.backup.no_room",
        "error.backup.not_verified",
        "error.backup.no_manifest",
        "error.backup.damaged",
        "error.backup.file_lost",
        "error.backup.over_damaged",
        "error.backup.over_sound",
        "error.backup.other_company",
        "error.backup.changes_lost",
        "error.backup.in_use",
        "error.file.backup",
    ];
    for key in keys {
        for lang in [Lang::EN, Lang::HY, Lang::RU] {
            let error = Error::rejected(key).arg("path", "F").arg("megabytes", 5).arg("count", 5);
            let (text, next) = (error.message(lang), error.next_step(lang).unwrap());
            assert!(!text.contains("%{") && !text.contains("error."), "{text}");
            assert!(!next.contains("%{") && !next.contains("error."), "{next}");
        }
    }
}
