//! A file is imported on the screen: its columns matched, its rows checked first, brought in, stopped, taken back.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use patver::base::locale::Lang;
use patver::base::right::Right;
use patver::domain::holdings::Holdings;
use patver::engine::backup::{self, Reason};
use patver::engine::change::Changes;
use patver::engine::ticket::Ticket;
use patver::ui::desk::Desk;
use patver::ui::screen::Place;
use serde_json::json;
use tempfile::TempDir;

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, company_at, company_on_threads, query, show, undo_newest};

type Screen = Harness<'static, Stage>;

/// Customers of another program, one of them without a name.
const PEOPLE: &str = "Name;Telephone;Town\nAni;010 55-44-33;Gyumri\n;091 11-22-33;Vanadzor\nVahe;;Yerevan\n";

fn written(folder: &TempDir, name: &str, content: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The screen with a file chosen, at its columns.
fn at_columns(desk: Desk, file: &Path) -> Screen {
    let mut screen = show(desk, &Place::only("import"));
    screen.typed(&file.display().to_string());
    screen.press(Key::Enter);
    screen
}

/// Opens a list and chooses in it.
fn choose(screen: &mut Screen, name: &str, row: &str) {
    screen.click(Role::ComboBox, name);
    screen.click(Role::ListBoxOption, row);
}

fn customers(screen: &Screen) -> Vec<String> {
    let rows = query(&screen.state().desk, "counterparties", json!({}));
    let names = rows.iter().map(|row| row["name"].as_str().unwrap().to_owned());
    names.filter(|name| name != "Walk-in customer").collect()
}

#[test]
fn columns_are_matched_rows_checked_first_and_only_good_ones_come_in() {
    let folder = TempDir::new().unwrap();
    let file = written(&folder, "people.csv", PEOPLE);
    let mut screen = at_columns(company(Lang::EN), &file);
    assert!(screen.sees("The first 3 of 3 rows") && screen.sees("Vanadzor"));
    choose(&mut screen, "Field of the column “Telephone”", "Phone");
    choose(&mut screen, "Field of the column “Town”", "Address");
    screen.press_with(CTRL, Key::Enter);
    assert!(screen.sees("Nothing has changed yet. This is what the import would do"));
    assert!(screen.sees("3 Name: This must be filled in, it tells the records apart"));
    assert!(customers(&screen).is_empty());
    screen.press_with(CTRL, Key::Enter);
    assert_eq!(customers(&screen), ["Ani", "Vahe"]);
    let found = query(&screen.state().desk, "counterparties", json!({"text": "10 554433"}));
    let ani = &query(&screen.state().desk, "counterparty", json!({"id": found[0]["id"]}))[0];
    assert_eq!((&ani["name"], &ani["address"]), (&json!("Ani"), &json!("Gyumri")));
}

#[test]
fn refused_rows_are_kept_in_a_file_and_the_import_is_taken_back_and_brought_again() {
    let folder = TempDir::new().unwrap();
    let file = written(&folder, "people.csv", PEOPLE);
    let mut screen = at_columns(company(Lang::EN), &file);
    screen.press_with(CTRL, Key::Enter);
    screen.press_with(CTRL, Key::Enter);
    screen.press_with(CTRL, Key::S);
    let refused = std::fs::read_to_string(folder.path().join("people-refused.csv")).unwrap();
    let reason = "Name: This must be filled in, it tells the records apart";
    assert_eq!(refused, format!("Name,Telephone,Town,Line,Reason\n,091 11-22-33,Vanadzor,3,\"{reason}\"\n"));
    screen.click(Role::Button, "Take the import back");
    assert!(customers(&screen).is_empty());
    assert!(screen.sees("Everything that this import brought was taken back"));
    undo_newest(&mut screen);
    assert_eq!(customers(&screen), ["Ani", "Vahe"]);
}

#[test]
fn a_mapping_that_is_shipped_and_fits_is_offered_first_and_a_second_import_finds_nothing_new() {
    let mut screen = at_columns(company(Lang::EN), &fixture("northwind/customers.csv"));
    let chosen = screen.control(Role::ComboBox, "Columns").value();
    assert_eq!(chosen.as_deref(), Some("northwind-counterparties"));
    screen.press_with(CTRL, Key::Enter);
    assert!(screen.sees("No row is refused"));
    screen.press_with(CTRL, Key::Enter);
    let brought = customers(&screen).len();
    assert!(brought > 80, "{brought}");
    screen.click(Role::Button, "Another file");
    screen.typed(&fixture("northwind/customers.csv").display().to_string());
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::Enter);
    assert!(screen.sees("Nothing of this file is new, so there is nothing to import"));
    screen.press_with(CTRL, Key::Enter);
    assert_eq!(customers(&screen).len(), brought);
    assert_eq!(query(&screen.state().desk, "import-batches", json!({})).len(), 1);
}

#[test]
fn an_earlier_import_is_taken_back_from_the_list() {
    let folder = TempDir::new().unwrap();
    let mut screen = at_columns(company(Lang::EN), &written(&folder, "people.csv", PEOPLE));
    screen.press_with(CTRL, Key::Enter);
    screen.press_with(CTRL, Key::Enter);
    screen.click(Role::Button, "Another file");
    assert!(screen.sees("people.csv, Customers, Finished, 3, 2, 0, 0, 1"));
    screen.click(Role::Button, "Take the import back");
    assert!(screen.sees("people.csv, Customers, Taken back, 3, 2, 0, 0, 1"));
    assert!(customers(&screen).is_empty());
}

#[test]
fn a_file_that_is_no_table_says_why_and_the_screen_stays_at_its_file() {
    let folder = TempDir::new().unwrap();
    let mut screen = at_columns(company(Lang::EN), &written(&folder, "twice.csv", "Name,Name\nAni,Vahe\n"));
    assert!(screen.sees("The heading names the column “Name” twice"));
    assert_eq!(screen.text("File"), folder.path().join("twice.csv").display().to_string());
    let mut desk = company(Lang::EN);
    desk.person.rights.remove(&Right::Import);
    screen = at_columns(desk, &written(&folder, "people.csv", PEOPLE));
    assert_eq!(screen.text("File"), folder.path().join("people.csv").display().to_string(), "it is not even read");
}

/// A job that holds the writer until it is let go, and says when it began.
fn hold(desk: &Desk) -> (Ticket<()>, Receiver<()>, Sender<()>) {
    let ((running, runs), (go, gate)) = (channel(), channel());
    let ticket = desk.handle.write(move |_, _| {
        running.send(()).unwrap();
        gate.recv().unwrap();
        Ok(((), Changes::default()))
    });
    (ticket, runs, go)
}

/// Draws until something is seen that an answer from another thread brings.
fn await_words(screen: &mut Screen, words: &str) {
    while !screen.sees(words) {
        std::thread::yield_now();
        screen.step();
    }
}

#[test]
fn a_backup_is_made_before_a_file_is_brought_in() {
    let folder = TempDir::new().unwrap();
    let file = written(&folder, "few.csv", "Name\nAni\nAra\n");
    let company = folder.path().join("shop.patver");
    let mut screen = show(company_at(&company, Lang::EN), &Place::only("import"));
    screen.typed(&file.display().to_string());
    screen.press(Key::Enter);
    screen.press_with(CTRL, Key::Enter);
    screen.press_with(CTRL, Key::Enter);
    assert!(screen.sees("The import is finished"));
    let made = backup::list(&backup::default_folder(&company)).unwrap();
    assert_eq!(made.iter().map(|backup| backup.manifest.reason).collect::<Vec<_>>(), [Reason::BeforeBulkWork]);
    let held = Holdings::in_backup(&made[0].path).unwrap();
    assert_eq!(held.customers, 1, "only the walk-in was there");
}

#[test]
fn a_stopped_import_keeps_what_came_in_and_goes_on_from_there() {
    let folder = TempDir::new().unwrap();
    let rows: Vec<String> = (1..=1200).map(|number| format!("Customer {number}\n")).collect();
    let file = written(&folder, "many.csv", &format!("Name\n{}", rows.concat()));
    let desk = company_on_threads(&folder.path().join("shop.patver"), Lang::EN);
    // The first step is to begin as soon as it is sent.
    desk.workplace.keep("backup-schedule", "off");
    let mut screen = show(desk, &Place::only("import"));
    screen.typed(&file.display().to_string());
    screen.press(Key::Enter);
    await_words(&mut screen, "The first 20 of 1200 rows");
    screen.press_with(CTRL, Key::Enter);
    await_words(&mut screen, "No row is refused");
    // Between opening the file and its first step, and behind that step, others have their turn.
    let (_, opening, open) = hold(&screen.state().desk);
    opening.recv().unwrap();
    screen.key_press_modifiers(CTRL, Key::Enter);
    screen.step();
    let (_, before, begin) = hold(&screen.state().desk);
    open.send(()).unwrap();
    before.recv().unwrap();
    let (_, between, end) = hold(&screen.state().desk);
    begin.send(()).unwrap();
    between.recv().unwrap();
    await_words(&mut screen, "Importing, 500 of 1,200 rows");
    screen.key_press(Key::Escape);
    screen.step();
    end.send(()).unwrap();
    await_words(&mut screen, "The import was stopped. What came in stays, and it goes on where it stopped");
    assert_eq!(query(&screen.state().desk, "import-batches", json!({}))[0]["added"], 500);
    screen.control(Role::Button, "Import").click();
    screen.step();
    await_words(&mut screen, "The import is finished");
    let batches = query(&screen.state().desk, "import-batches", json!({}));
    assert_eq!((batches.len(), &batches[0]["added"]), (1, &json!(1200)));
    screen.state().desk.handle.close();
}
