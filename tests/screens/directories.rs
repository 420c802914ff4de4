//! The directories: each one opened, added to, refused at its field, changed, and changed by two at once.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use patver::base::locale::Lang;
use patver::directories::{self, Directory};
use patver::ui::desk::Desk;
use patver::ui::icon;
use patver::ui::screen::Place;
use serde_json::{Value as Json, json};

use crate::hands::{CTRL, Hands as _};
use crate::stage::{Stage, company, query, run, show, undo_newest};

/// What a person types into a directory.
struct Typed {
    kind: &'static str,
    /// The fields of a new row: role, name, letters.
    new: &'static [(Role, &'static str, &'static str)],
    /// How the new row is called.
    called: &'static str,
    /// The field that refuses a row, and the letters it refuses; the rest as in `new`.
    refused: (&'static str, &'static str),
    /// A field of the last row with other letters, and how the answer tells them.
    change: (&'static str, &'static str, Json),
    /// What somebody else changes of it meanwhile.
    theirs: Json,
}

use Role::{ComboBox, EditableComboBox, TextInput};

fn typed() -> Vec<Typed> {
    let named = |kind, new, called, refused| {
        let (change, theirs) = (("Name", "Mine", json!("Mine")), json!({"name": "Theirs"}));
        Typed { kind, new, called, refused, change, theirs }
    };
    vec![
        named("categories", &[(TextInput, "Name", "Schools")], "Schools", ("Name", "Regular")),
        named(
            "item-groups",
            &[(TextInput, "Name", "Chairs"), (EditableComboBox, "Inside", "Furniture")],
            "Chairs",
            ("Name", "Furniture"),
        ),
        named("units", &[(TextInput, "Name", "pair"), (TextInput, "Decimals", "0")], "pair", ("Decimals", "9")),
        named(
            "scale-codes",
            &[(TextInput, "Name", "Cheese"), (TextInput, "Begins with", "22"), (TextInput, "Decimals", "2")],
            "Cheese",
            ("Begins with", "48"),
        ),
        named(
            "own-fields",
            &[(ComboBox, "On", "Items"), (TextInput, "Name", "Mass"), (ComboBox, "Holds", "Number")],
            "Mass",
            ("Code", "a.b"),
        ),
        named(
            "statuses",
            &[(TextInput, "Name", "Painting"), (ComboBox, "State", "In work")],
            "Painting",
            ("Code", "draft"),
        ),
        named(
            "payment-methods",
            &[(TextInput, "Name", "Idram"), (ComboBox, "Kind", "Transfer")],
            "Idram",
            ("Code", "cash"),
        ),
        named(
            "tax-rates",
            &[(TextInput, "Name", "Reduced"), (TextInput, "Percent", "12")],
            "Reduced",
            ("Percent", "140"),
        ),
        Typed {
            kind: "currencies",
            new: &[(TextInput, "Code", "EUR")],
            called: "EUR",
            refused: ("Code", "ZZZ"),
            change: ("Smallest amount in cash", "10", json!("10.00")),
            theirs: json!({"cash_step": "5"}),
        },
        Typed {
            kind: "opening-balances",
            new: &[(EditableComboBox, "Customer", "Aregak"), (TextInput, "Owed by the customer", "1200")],
            called: "Aregak",
            refused: ("Date", "Jan 1, 2031"),
            change: ("Owed by the customer", "900", json!("900.00")),
            theirs: json!({"amount": "800"}),
        },
    ]
}

/// A company with a row in those directories that begin empty.
fn shop() -> Desk {
    let desk = company(Lang::EN);
    for name in ["Aregak", "Nairi", "Lori"] {
        run(&desk, "save-counterparty", json!({"kind": "company", "name": name}));
    }
    run(&desk, "save-category", json!({"name": "Regular"}));
    run(&desk, "save-field", json!({"record": "item", "name": "Country"}));
    run(&desk, "save-item-group", json!({"name": "Furniture"}));
    run(&desk, "save-opening-balance", json!({"counterparty": 3, "amount": "500"}));
    run(&desk, "save-opening-balance", json!({"counterparty": 4, "amount": "700"}));
    run(&desk, "save-currency", json!({"code": "USD"}));
    desk
}

fn rows(screen: &Harness<'_, Stage>, directory: &Directory) -> Vec<Json> {
    query(&screen.state().desk, directory.list.query, json!({}))
}

fn fill(screen: &mut Harness<'static, Stage>, (role, name, letters): (Role, &str, &str)) {
    screen.control(role, name).focus();
    screen.run();
    if role == ComboBox {
        for _ in 0..8 {
            if screen.control(role, name).value().as_deref() == Some(letters) {
                return;
            }
            screen.press(Key::ArrowDown);
        }
        panic!("{letters:?} is no choice of {name:?}");
    }
    screen.press_with(CTRL, Key::A);
    screen.typed(letters);
    if role == EditableComboBox {
        screen.press(Key::Enter);
    }
}

/// Does this with every directory that there is.
fn each(act: impl Fn(&'static Directory, Typed, Harness<'static, Stage>)) {
    let mut typed = typed();
    for directory in directories::ALL {
        let at = typed.iter().position(|typed| typed.kind == directory.kind);
        let typed = typed.remove(at.unwrap_or_else(|| panic!("nothing is typed into {}", directory.kind)));
        act(directory, typed, show(shop(), &Place::only(directory.kind)));
    }
}

#[test]
fn a_row_is_added_by_keys_and_taken_back_by_undo() {
    each(|directory, typed, mut screen| {
        let before = rows(&screen, directory).len();
        screen.press(Key::Insert);
        assert!(screen.state().screen.modal(), "{}", directory.kind);
        for field in typed.new {
            fill(&mut screen, *field);
        }
        screen.press_with(CTRL, Key::Enter);
        assert!(!screen.state().screen.modal(), "{}", directory.kind);
        let after = rows(&screen, directory);
        assert_eq!(after.len(), before + 1, "{}", directory.kind);
        assert!(after.iter().any(|row| row[directory.called] == typed.called), "{after:?}");
        assert_eq!(screen.state().toasts.last().unwrap().title, format!("{} is saved", typed.called));
        undo_newest(&mut screen);
        assert_eq!(rows(&screen, directory).len(), before, "{}", directory.kind);
    });
}

#[test]
fn what_is_missing_is_said_at_its_field_and_esc_leaves_without_a_trace() {
    each(|directory, _, mut screen| {
        let before = rows(&screen, directory);
        screen.press(Key::Insert);
        screen.press_with(CTRL, Key::Enter);
        assert!(screen.sees("Fill this in"), "{}", directory.kind);
        assert!(!screen.focused().is_empty(), "{}", directory.kind);
        screen.press(Key::Escape);
        assert!(!screen.state().screen.modal(), "{}", directory.kind);
        assert_eq!(rows(&screen, directory), before);
    });
}

#[test]
fn a_refusal_stands_at_the_field_it_names_and_keeps_what_was_typed() {
    each(|directory, typed, mut screen| {
        let before = rows(&screen, directory).len();
        screen.press(Key::Insert);
        let (name, letters) = typed.refused;
        for field in typed.new {
            fill(&mut screen, *field);
        }
        fill(&mut screen, (TextInput, name, letters));
        screen.press_with(CTRL, Key::Enter);
        assert!(screen.state().screen.modal(), "{}", directory.kind);
        assert_eq!(screen.focused(), name, "{}", directory.kind);
        assert_eq!(rows(&screen, directory).len(), before);
    });
}

fn last(screen: &Harness<'_, Stage>, directory: &Directory) -> Json {
    rows(screen, directory).pop().unwrap()
}

/// The field of an answer behind the name of a field.
fn field(directory: &Directory, name: &str) -> &'static str {
    let mut fields = directory.changing.iter().flat_map(|section| section.fields);
    let says = |label: &str| patver::base::locale::tr(Lang::EN, label, &[]);
    fields.find(|field| says(field.label) == name).unwrap().key
}

#[test]
fn enter_opens_a_row_and_a_change_is_saved() {
    each(|directory, typed, mut screen| {
        let (name, letters, told) = typed.change;
        let version = last(&screen, directory)["version"].as_i64().unwrap();
        screen.press_with(CTRL, Key::End);
        screen.press(Key::Enter);
        fill(&mut screen, (TextInput, name, letters));
        screen.press_with(CTRL, Key::Enter);
        let now = last(&screen, directory);
        assert_eq!(now[field(directory, name)], told, "{}", directory.kind);
        assert_eq!(now["version"], version + 1);
        assert!(
            screen.focused().contains(&*now[directory.called].as_str().unwrap().to_owned()),
            "the row has the keys"
        );
    });
}

#[test]
fn where_two_change_a_row_both_values_are_shown_and_mine_can_be_kept() {
    each(|directory, typed, mut screen| {
        let (name, letters, told) = typed.change;
        let row = last(&screen, directory);
        screen.press_with(CTRL, Key::End);
        screen.press(Key::Enter);
        fill(&mut screen, (TextInput, name, letters));
        let mut theirs = typed.theirs;
        theirs["version"] = row["version"].clone();
        theirs[directory.known_by] = row[directory.known_by].clone();
        run(&screen.state().desk, directory.save, theirs);
        screen.press_with(CTRL, Key::Enter);
        assert!(screen.sees("Somebody else changed this"), "{}", directory.kind);
        screen.click(Role::Button, "Keep mine");
        assert_eq!(last(&screen, directory)[field(directory, name)], told, "{}", directory.kind);
        assert!(!screen.state().screen.modal(), "{}", directory.kind);
    });
}

#[test]
fn every_status_of_a_new_company_has_an_icon_that_can_be_drawn() {
    for status in query(&company(Lang::EN), "statuses", json!({})) {
        let name = status["icon"].as_str().unwrap();
        assert!(icon::named(name).is_some(), "{name}");
    }
}
