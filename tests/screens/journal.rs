//! The journal on its screen: found by who and what, verified, printed as a daily sheet and compared with one.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use patver::base::locale::Lang;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show};

fn journal() -> Harness<'static, Stage> {
    let desk = company(Lang::EN);
    run(&desk, "save-counterparty", json!({"name": "Zabel", "kind": "person"}));
    run(&desk, "place-order", json!({"lines": [{"text": "Chair", "quantity": "1", "price": "100"}]}));
    let edit = json!({"order": 1, "version": 1, "lines": [{"text": "Chair", "quantity": "3", "price": "100"}]});
    run(&desk, "edit-order", edit);
    show(desk, &Place::only("journal"))
}

fn root(screen: &Harness<'_, Stage>) -> String {
    query(&screen.state().desk, "day", json!({}))[0]["root"].as_str().unwrap().to_owned()
}

/// The code with other digits.
fn wrong(code: &str) -> String {
    let (seq, digits) = code.split_once('-').unwrap();
    let turned = digits.chars().map(|digit| {
        if digit == '-' {
            '-'
        } else if digit == 'A' {
            'B'
        } else {
            'A'
        }
    });
    format!("{seq}-{}", turned.collect::<String>())
}

/// The commands that the list shows.
fn shown(screen: &Harness<'_, Stage>, arguments: Json) -> Vec<Json> {
    query(&screen.state().desk, "journal", arguments).into_iter().map(|row| row["command"].clone()).collect()
}

#[test]
fn the_newest_entry_is_first_and_enter_shows_what_it_changed() {
    let mut screen = journal();
    assert!(!screen.sees("300"));
    screen.press(Key::Enter);
    for words in ["Total", "100", "300"] {
        assert!(screen.sees(words), "{words}");
    }
}

#[test]
fn entries_are_found_by_day_person_and_kind_of_record() {
    let screen = journal();
    assert_eq!(shown(&screen, json!({"table": "counterparties"})).first(), Some(&json!("save-counterparty")));
    assert_eq!(shown(&screen, json!({"table": "orders"})), ["edit-order", "place-order"]);
    assert_eq!(shown(&screen, json!({"user": "nobody"})), Vec::<Json>::new());
    assert_eq!(shown(&screen, json!({"to": "2020-01-01"})), Vec::<Json>::new());
    assert_eq!(shown(&screen, json!({"table": "orders", "from": "2020-01-01", "limit": 1})), ["edit-order"]);
}

#[test]
fn the_chain_is_verified_and_a_sheet_compared_by_typing_or_scanning_its_code() {
    let mut screen = journal();
    let good = "Every entry follows from the one before it: nothing was altered";
    assert!(screen.sees("The chain of entries was not verified yet in this tab"));
    screen.click(Role::Button, "Verify");
    assert!(screen.sees(good));
    let code = root(&screen);
    screen.click(Role::Button, "Compare with a daily sheet");
    screen.typed("no code");
    screen.press(Key::Enter);
    let refused = "The code of a daily sheet was not recognised. Write it as on the sheet: the entry and four groups of five signs, such as 1043-3F9A1-02BC4-77E10-D43B9";
    assert!(screen.state().screen.modal() && screen.sees(refused));
    screen.press_with(CTRL, Key::A);
    screen.typed(&code.to_lowercase());
    screen.press(Key::Enter);
    assert!(!screen.state().screen.modal() && screen.sees(good));
    let wrong = format!("Arpi\n2026-03-02\n{}", wrong(&code));
    let Stage { screen: journal, desk, .. } = screen.state_mut();
    assert!(journal.scan(&wrong, desk), "a scanned sheet is taken from whatever has the keyboard");
    screen.run();
    screen.run();
    let seq = code.split('-').next().unwrap();
    let differs = format!("The journal up to entry {seq} is not the one the daily sheet was printed from");
    assert!(screen.sees(&format!("Differences: 1. {differs}")));
}

#[test]
fn a_daily_sheet_is_printed_from_the_journal() {
    let mut screen = journal();
    screen.click(Role::Button, "Daily sheet");
    screen.press_with(CTRL, Key::Enter);
    assert!(!screen.state().screen.modal());
    let made = screen.state().toasts.last().unwrap().line.clone();
    assert!(made.ends_with("daily-sheet-2026-03-02.pdf"), "{made}");
    assert!(std::fs::read(made).unwrap().starts_with(b"%PDF"));
}

/// What the newest entry tells of its fields: part, field, and the new value.
fn fields(screen: &Harness<'_, Stage>, at: usize) -> Vec<[String; 3]> {
    let entry = query(&screen.state().desk, "journal", json!({})).remove(at);
    let text = |field: &Json, name: &str| field[name].as_str().unwrap_or_default().to_owned();
    let fields = entry["fields"].as_array().unwrap().iter();
    fields.map(|field| [text(field, "part"), text(field, "field"), text(field, "new")]).collect()
}

#[test]
fn a_new_order_tells_what_each_of_its_lines_is_as_it_was_then() {
    let screen = journal();
    let line = |field: &str, value: &str| ["Chair".to_owned(), field.to_owned(), value.to_owned()];
    let told = fields(&screen, 1);
    assert!(told.contains(&line("created", "1")) && told.contains(&line("price", "100")), "{told:?}");
}

#[test]
fn tasks_messages_and_opening_balances_are_called_by_what_people_know_of_them() {
    let desk = company(Lang::EN);
    run(&desk, "save-counterparty", json!({"name": "Zabel", "kind": "person"}));
    run(
        &desk,
        "save-opening-balance",
        json!({"counterparty": 2, "currency": "AMD", "date": "2026-01-01", "amount": "500"}),
    );
    run(&desk, "save-task", json!({"name": "Call the bank", "day": "2026-12-01"}));
    run(&desk, "save-user", json!({"login": "gor", "name": "Gor", "role": "sales"}));
    run(&desk, "send-message", json!({"text": "Not for others"}));
    let entries = query(&desk, "journal", json!({}));
    let called = |entry: &Json| entry["records"][0]["called"].as_str().unwrap_or_default().to_owned();
    let newest: Vec<String> = entries.iter().take(4).map(called).collect();
    assert_eq!(newest, ["Gor", "Gor", "Call the bank", "Zabel"], "a message is called by its reader, not by its text");
}

#[test]
fn a_change_of_ones_own_language_is_told_in_words() {
    let desk = company(Lang::EN);
    run(&desk, "choose-language", json!({"language": "hy"}));
    let mut screen = show(desk, &Place::only("journal"));
    screen.press(Key::Enter);
    assert!(screen.sees("Armenian"));
}
