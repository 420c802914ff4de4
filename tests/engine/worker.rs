//! The threads behind a screen. Nothing here sleeps: jobs and tests hand each other the word through channels.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::desk::{Desk, NOW};
use patver::base::date::Instant;
use patver::domain::BUSINESS;
use patver::engine::change::Changes;
use patver::engine::clock::SetClock;
use patver::engine::query::View;
use patver::engine::statement::Statement;
use patver::engine::store::{Call, Store};
use patver::engine::ticket::{Slot, Ticket, Watch};
use patver::engine::worker::{Handle, Hooks, Lane};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// Counts for ever, as far as a person can tell.
const ENDLESS: Statement = Statement {
    name: "endless",
    sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT COUNT(*) FROM n",
};

struct Shop {
    _folder: TempDir,
    file: PathBuf,
    handle: Handle,
    wakes: Arc<AtomicUsize>,
    changes: Arc<Mutex<Vec<Changes>>>,
}

impl Shop {
    fn new(start: impl FnOnce(Store, Hooks) -> Handle) -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.patver");
        let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
        let desk = Desk::over(Store::create(&file, &BUSINESS, clock.clone()).unwrap(), clock);
        let (wakes, changes) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (woken, told) = (wakes.clone(), changes.clone());
        let hooks = Hooks {
            wake: Arc::new(move || {
                woken.fetch_add(1, Ordering::SeqCst);
            }),
            changed: Arc::new(move |what| told.lock().unwrap().push(what.clone())),
        };
        Shop { _folder: folder, file, handle: start(desk.store, hooks), wakes, changes }
    }

    fn threaded() -> Shop {
        Shop::new(|store, hooks| Handle::start(store, hooks).unwrap())
    }

    fn add(&self, name: &str) -> Ticket<patver::engine::store::Done<Json>> {
        self.handle.send_json(&owner(), "save-counterparty", json!({"kind": "person", "name": name}))
    }

    fn customers(&self) -> usize {
        self.handle.ask_json(Lane::Interactive, &owner(), "counterparties", json!({})).wait().unwrap().len()
    }

    /// A job that says that it runs and then works until it is called off.
    fn endless(&self, lane: Lane) -> (Ticket<()>, Receiver<()>) {
        let (running, runs) = channel();
        (self.handle.read(lane, &owner(), move |view, _| forever(view, &running)), runs)
    }

    /// A job that says that it runs and then waits for the word.
    fn held(&self, lane: Lane) -> (Ticket<()>, Receiver<()>, Sender<()>) {
        let ((running, runs), (go, gate)) = (channel(), channel());
        let ticket = self.handle.read(lane, &owner(), move |_, _| {
            running.send(()).unwrap();
            gate.recv().unwrap();
            Ok(())
        });
        (ticket, runs, go)
    }
}

fn forever(view: &View<'_>, running: &Sender<()>) -> patver::base::error::Result<()> {
    running.send(()).unwrap();
    view.rows::<(i64,)>(&ENDLESS, &[]).map(|_| ())
}

fn owner() -> Call {
    Call::of_user(1)
}

#[test]
fn a_command_and_a_question_are_answered_with_what_the_commit_left() {
    let shop = Shop::threaded();
    let before = shop.customers();
    let done = shop.add("Անի").wait().unwrap();
    assert!(done.changes.touches("counterparties"));
    assert_eq!(shop.customers(), before + 1);
}

#[test]
fn inline_gives_the_same_answers_on_the_callers_thread() {
    let shop = Shop::new(Handle::inline);
    let before = shop.customers();
    let mut ticket = shop.add("Անի");
    assert!(ticket.is_answered());
    assert!(ticket.poll().unwrap().is_ok());
    assert!(ticket.poll().is_none());
    assert_eq!(shop.customers(), before + 1);
    assert_eq!(shop.changes.lock().unwrap().len(), 1);
}

#[test]
fn every_answer_wakes_the_screen_and_a_change_is_told_before_its_answer() {
    let shop = Shop::threaded();
    shop.add("Անի").wait().unwrap();
    assert!(shop.changes.lock().unwrap()[0].touches("counterparties"));
    let refused = shop.handle.send_json(&owner(), "save-counterparty", json!({"kind": "nobody"})).wait();
    assert_eq!(refused.unwrap_err().kind(), "rejected");
    shop.customers();
    shop.handle.close();
    assert_eq!((shop.wakes.load(Ordering::SeqCst), shop.changes.lock().unwrap().len()), (3, 1));
}

#[test]
fn what_another_program_writes_is_told_to_the_screens() {
    let (told, hears) = channel();
    let hooks = |hooks: Hooks| Hooks { changed: Arc::new(move |what| drop(told.send(what.clone()))), ..hooks };
    let shop = Shop::new(|store, given| Handle::start(store, hooks(given)).unwrap());
    shop.add("Անի").wait().unwrap();
    assert!(!hears.recv().unwrap().touches("orders"), "of its own commits the program knows what they touched");
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let mut other = Store::open(&shop.file, &BUSINESS, clock).unwrap();
    other.run_json(&owner(), "save-counterparty", json!({"kind": "person", "name": "Գոռ"})).unwrap();
    let changes = hears.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(changes.touches("counterparties") && changes.touches("orders"));
}

#[test]
fn a_question_called_off_ends_at_once_and_the_next_one_is_not_touched_by_it() {
    let shop = Shop::threaded();
    let (ticket, runs) = shop.endless(Lane::Interactive);
    runs.recv().unwrap();
    let next = shop.handle.ask_json(Lane::Interactive, &owner(), "counterparties", json!({}));
    ticket.cancel();
    assert_eq!(ticket.wait().unwrap_err().key(), "error.cancelled");
    assert!(!next.wait().unwrap().is_empty());
}

#[test]
fn a_long_report_keeps_neither_the_desk_nor_the_writer_waiting() {
    let shop = Shop::threaded();
    let (report, runs) = shop.endless(Lane::Background);
    runs.recv().unwrap();
    shop.add("Անի").wait().unwrap();
    assert_eq!(shop.customers(), 2);
    report.cancel();
    assert!(report.wait().is_err());
}

#[test]
fn a_job_called_off_while_it_waits_its_turn_never_runs() {
    let shop = Shop::threaded();
    let (first, runs, go) = shop.held(Lane::Interactive);
    runs.recv().unwrap();
    let (waiting, never) = shop.endless(Lane::Interactive);
    waiting.cancel();
    go.send(()).unwrap();
    first.wait().unwrap();
    assert_eq!(waiting.wait().unwrap_err().key(), "error.cancelled");
    assert!(never.try_recv().is_err());
}

#[test]
fn a_newer_question_of_one_place_calls_the_older_one_off() {
    let shop = Shop::threaded();
    let mut slot = Slot::default();
    let (older, runs) = shop.endless(Lane::Interactive);
    let watch = older.watch().clone();
    slot.ask(|| older);
    runs.recv().unwrap();
    let (newer, done) = (Arc::new(Mutex::new(())), channel());
    let held = newer.lock().unwrap();
    slot.ask(|| {
        let (newer, told) = (newer.clone(), done.0.clone());
        shop.handle.read(Lane::Interactive, &owner(), move |_, _| {
            drop(newer.lock().unwrap());
            told.send(()).unwrap();
            Ok(())
        })
    });
    assert!(watch.is_cancelled() && slot.poll().is_none() && slot.is_asking());
    drop(held);
    done.1.recv().unwrap();
    shop.handle.close();
    assert!(slot.poll().unwrap().is_ok());
    assert!(!slot.is_asking());
}

#[test]
fn a_command_called_off_in_the_middle_leaves_nothing_behind() {
    let shop = Shop::threaded();
    let (running, runs) = channel();
    let ticket: Ticket<()> = shop.handle.write(move |store, _| {
        store.batch(&owner(), 0, |batch| {
            batch.run_json("save-counterparty", json!({"kind": "person", "name": "Half"}))?;
            running.send(()).unwrap();
            batch.db().rows::<(i64,)>(&ENDLESS, &[])
        })?;
        Ok(((), Changes::default()))
    });
    runs.recv().unwrap();
    ticket.cancel();
    assert_eq!(ticket.wait().unwrap_err().key(), "error.cancelled");
    assert_eq!(shop.customers(), 1);
    shop.add("Whole").wait().unwrap();
    assert_eq!(shop.customers(), 2);
}

#[test]
fn long_work_tells_how_far_it_is_and_stops_between_its_steps() {
    let shop = Shop::threaded();
    let ((running, runs), (go, gate)) = (channel(), channel::<()>());
    let ticket: Ticket<()> = shop.handle.read(Lane::Background, &owner(), move |_, watch: &Watch| {
        watch.tell(3, 10);
        running.send(()).unwrap();
        gate.recv().unwrap();
        watch.still_wanted()
    });
    runs.recv().unwrap();
    assert_eq!(ticket.watch().progress(), (3, 10));
    ticket.cancel();
    go.send(()).unwrap();
    assert_eq!(ticket.wait().unwrap_err().key(), "error.cancelled");
}

#[test]
fn a_question_reads_one_state_of_the_file_however_long_it_takes() {
    let shop = Shop::threaded();
    let ((running, runs), (go, gate)) = (channel(), channel::<()>());
    const COUNT: Statement = Statement { name: "count", sql: "SELECT COUNT(*) FROM counterparties" };
    let ticket = shop.handle.read(Lane::Background, &owner(), move |view, _| {
        let before = view.rows::<(i64,)>(&COUNT, &[])?;
        running.send(()).unwrap();
        gate.recv().unwrap();
        Ok((before, view.rows::<(i64,)>(&COUNT, &[])?))
    });
    runs.recv().unwrap();
    shop.add("Անի").wait().unwrap();
    go.send(()).unwrap();
    let (before, after) = ticket.wait().unwrap();
    assert_eq!(before, after);
}

#[test]
fn what_does_not_fit_the_queue_is_refused_instead_of_making_the_screen_wait() {
    let shop = Shop::threaded();
    let (first, runs, go) = shop.held(Lane::Background);
    runs.recv().unwrap();
    let ask = || shop.handle.ask_json(Lane::Background, &owner(), "counterparties", json!({}));
    let mut tickets: Vec<_> = (0..70).map(|_| ask()).collect();
    let refused = tickets.iter_mut().filter_map(Ticket::poll).filter(Result::is_err).count();
    assert_eq!(refused, 70 - 64);
    go.send(()).unwrap();
    first.wait().unwrap();
    assert!(ask().wait().is_ok() || shop.customers() == 1);
}

#[test]
fn a_job_that_panics_is_a_failure_and_the_threads_live_on() {
    let shop = Shop::threaded();
    let broken: Ticket<()> = shop.handle.write(|store, _| {
        store.batch(&owner(), 0, |batch| {
            batch.run_json("save-counterparty", json!({"kind": "person", "name": "Half"})).unwrap();
            panic!("on purpose")
        })
    });
    assert_eq!(broken.wait().unwrap_err().key(), "error.job_broke");
    let broken: Ticket<()> = shop.handle.read(Lane::Interactive, &owner(), |_, _| panic!("on purpose"));
    assert_eq!(broken.wait().unwrap_err().key(), "error.job_broke");
    assert_eq!(shop.customers(), 1);
    shop.add("Whole").wait().unwrap();
    assert_eq!(shop.customers(), 2);
}

#[test]
fn closing_finishes_what_was_sent_and_refuses_what_comes_later() {
    let shop = Shop::threaded();
    let tickets: Vec<_> = (0..20).map(|place| shop.add(&format!("Customer {place}"))).collect();
    shop.handle.close();
    for ticket in tickets {
        ticket.wait().unwrap();
    }
    assert_eq!(shop.add("Late").wait().unwrap_err().key(), "error.file_closed");
    let log = shop.file.with_extension("patver-wal");
    assert!(!log.exists() || std::fs::metadata(log).unwrap().len() == 0);
    let clock = Arc::new(SetClock::at(Instant::from_millis(NOW)));
    let store = Store::open(&shop.file, &BUSINESS, clock).unwrap();
    assert_eq!(store.query_json(&owner(), "counterparties", json!({})).unwrap().len(), 21);
}

#[test]
fn a_read_apart_leaves_both_readers_free() {
    let shop = Shop::threaded();
    let ((running, runs), (go, gate)) = (channel(), channel());
    let apart = shop.handle.read_apart(&owner(), move |view, _| {
        running.send(()).unwrap();
        gate.recv().unwrap();
        Ok(view.actor().user)
    });
    runs.recv().unwrap();
    for lane in [Lane::Interactive, Lane::Background] {
        shop.handle.ask_json(lane, &owner(), "counterparties", json!({})).wait().unwrap();
    }
    go.send(()).unwrap();
    assert_eq!(apart.wait().unwrap(), 1);
}

/// A step that says which one it is and waits for the word, then adds a customer; there is always one more.
fn steps(shop: &Shop, name: &str) -> (Ticket<usize>, Receiver<usize>, Sender<()>) {
    let ((running, runs), (go, gate)) = (channel(), channel());
    let customer = json!({"kind": "person", "name": name});
    let ticket = shop.handle.write_by_steps(0_usize, move |done, store, _| {
        running.send(*done).unwrap();
        gate.recv().unwrap();
        let added = store.run_json(&owner(), "save-counterparty", customer.clone())?;
        *done += 1;
        Ok((true, added.changes))
    });
    (ticket, runs, go)
}

#[test]
fn what_is_sent_meanwhile_has_its_turn_between_two_steps() {
    let shop = Shop::threaded();
    let before = shop.customers();
    let (ticket, runs, go) = steps(&shop, "Անի");
    assert_eq!(runs.recv().unwrap(), 0);
    let between = shop.add("Վահե");
    go.send(()).unwrap();
    between.wait().unwrap();
    assert_eq!(shop.customers(), before + 2, "one step and what was sent during it");
    assert_eq!(runs.recv().unwrap(), 1);
    ticket.cancel();
    go.send(()).unwrap();
    // The second step was under way: it is done or undone as a whole.
    let done = ticket.wait().unwrap();
    assert!([1, 2].contains(&done), "no third step begins");
    assert_eq!(shop.customers(), before + 1 + done);
}

#[test]
fn a_step_that_is_refused_ends_the_work_and_what_was_done_before_stays() {
    let shop = Shop::new(Handle::inline);
    let before = shop.customers();
    let mut customers = ["person", "nobody", "person"].into_iter();
    let ticket = shop.handle.write_by_steps((), move |(), store, _| {
        let kind = customers.next().unwrap();
        let added = store.run_json(&owner(), "save-counterparty", json!({"kind": kind, "name": "Անի"}))?;
        Ok((true, added.changes))
    });
    assert_eq!(ticket.wait().unwrap_err().kind(), "rejected");
    assert_eq!((shop.customers(), shop.changes.lock().unwrap().len()), (before + 1, 1));
}

#[test]
fn damage_that_any_reader_meets_ends_all_writing_and_is_told_as_damage() {
    let shop = Shop::threaded();
    let long: Vec<_> = (0..200).map(|place| shop.add(&format!("Հաճախորդ {place}"))).map(Ticket::wait).collect();
    assert!(long.iter().all(Result::is_ok));
    let moved = rusqlite::Connection::open(&shop.file).unwrap();
    moved.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let sql =
        "SELECT pageno FROM dbstat WHERE name = 'counterparties' AND pagetype = 'leaf' ORDER BY pageno DESC LIMIT 1";
    let page: u32 = moved.query_row(sql, [], |row| row.get(0)).unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(&shop.file).unwrap();
    file.seek(SeekFrom::Start(u64::from(page - 1) * 4096)).unwrap();
    file.write_all(&[0xA5; 4096]).unwrap();
    let read = shop.handle.ask_json(Lane::Background, &owner(), "counterparties", json!({"limit": 500})).wait();
    assert_eq!(read.unwrap_err().key(), "error.file_damaged");
    let before = std::fs::read(&shop.file).unwrap();
    let error = shop.add("Անի").wait().unwrap_err();
    assert_eq!((error.kind(), error.key()), ("failure", "error.file_damaged"));
    let draft = shop.handle.send_json(&owner(), "save-draft", json!({}));
    assert_eq!(draft.wait().unwrap_err().key(), "error.file_damaged");
    assert!(before == std::fs::read(&shop.file).unwrap(), "something was written");
}
