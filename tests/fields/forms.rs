//! Forms described by data over the real business in memory: layout, Enter, errors at their fields, what is sent.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Id, Key};
use egui_kittest::Harness;
use patver::base::currency::Currency;
use patver::base::date::{Instant, Zone};
use patver::base::error::Error;
use patver::base::locale::Lang;
use patver::domain::BUSINESS;
use patver::engine::clock::SetClock;
use patver::engine::store::{Call, Store};
use patver::engine::worker::{Handle, Hooks};
use patver::platform::Workplace;
use patver::ui::desk::{Desk, House, Person};
use patver::ui::form::{FieldKind, FieldSpec, Form, FormEvent, Reference, Section};
use serde_json::{Value as Json, json};

use crate::stage::{CTRL, Hands, wide};

static CATEGORY: Reference = Reference::whole("categories", "name", "name").create();
static UNIT: Reference = Reference::whole("units", "code", "name").detail("code");
static CUSTOMER: Reference = Reference::by_text("counterparties", "name").detail("phone").card("counterparty");

static CARD: &[Section] = &[
    Section {
        title: "table.items",
        fields: &[
            FieldSpec::new("name", "dialog.value", FieldKind::Text).required(),
            FieldSpec::new(
                "kind",
                "dialog.mine",
                FieldKind::Choice(&[("goods", "field.yes"), ("service", "field.no")]),
            ),
            FieldSpec::new("unit", "table.units", FieldKind::Reference(&UNIT)),
            FieldSpec::new("category", "table.categories", FieldKind::Reference(&CATEGORY)),
            FieldSpec::new("price", "dialog.theirs", FieldKind::Price(Some("currency"))),
            FieldSpec::new(
                "currency",
                "table.currencies",
                FieldKind::Choice(&[("AMD", "field.copy"), ("JPY", "field.cut")]),
            ),
        ],
    },
    Section {
        title: "",
        fields: &[
            FieldSpec::new("customer", "table.counterparties", FieldKind::Reference(&CUSTOMER)),
            FieldSpec::new("due", "field.calendar", FieldKind::Date),
            FieldSpec::new("count", "field.words.today", FieldKind::Integer),
            FieldSpec::new("share", "field.clear", FieldKind::Percent),
            FieldSpec::new("active", "field.create", FieldKind::Flag),
            FieldSpec::new("color", "field.open_list", FieldKind::Color),
            FieldSpec::new("phones", "table.counterparty_phones", FieldKind::List(&FieldKind::Text)),
            FieldSpec::new("note", "dialog.reason", FieldKind::LongText),
        ],
    },
];

struct Room {
    desk: Desk,
    form: Form,
    events: Vec<FormEvent>,
}

fn desk() -> Desk {
    let clock = Arc::new(SetClock::at(Instant::from_millis(1_772_431_200_000)));
    let mut store = Store::memory(&BUSINESS, clock.clone()).unwrap();
    let company = json!({"name": "Արագած", "country": "AM", "currency": "AMD", "language": "hy", "owner": "ani"});
    store.run_json(&Call::of_system(), "create-company", company).unwrap();
    let owner = Call::of_user(1);
    for name in ["Regular", "Wholesale"] {
        store.run_json(&owner, "save-category", json!({ "name": name })).unwrap();
    }
    for (name, phone) in [("Anahit Petrosyan", "+374 91 234567"), ("Aregak LLC", "+374 10 556677")] {
        store.run_json(&owner, "save-counterparty", json!({"name": name, "phone": phone})).unwrap();
    }
    let person = Person { id: 1, login: "ani".into(), name: "Ani".into(), rights: BTreeSet::new() };
    let zone = Zone::parse("Asia/Yerevan").unwrap();
    let house = House { name: "Արագած".into(), currency: Currency::AMD, zone, unreal: None };
    let workplace = Workplace::at(std::path::Path::new("nowhere"));
    Desk::new(Handle::inline(store, Hooks::default()), (person, house), clock, workplace)
}

fn card(width: f32, lang: Lang, object: &Json) -> Harness<'static, Room> {
    let desk = desk();
    let mut form = Form::new(Id::unique("card"), CARD, object, &desk).keep(&["id", "version"]);
    form.focus_first();
    wide(width, lang, Room { desk, form, events: Vec::new() }, |ui, room: &mut Room| {
        egui::ScrollArea::vertical().show(ui, |ui| {
            room.events.extend(room.form.ui(ui, &mut room.desk));
        });
    })
}

fn reference<S>(window: &Harness<'_, S>, name: &str) -> String {
    window.control(Role::EditableComboBox, name).value().unwrap_or_default()
}

#[test]
fn a_new_record_is_filled_in_by_keys_alone() {
    let mut window = card(1000.0, Lang::EN, &json!({"active": true, "currency": "AMD"}));
    assert_eq!(window.focused(), "Value");
    window.typed("Toner");
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.typed("kg");
    window.press(Key::Enter);
    window.typed("whole");
    window.press(Key::Enter);
    window.typed("4700*2");
    window.press(Key::Enter);
    window.press(Key::Enter);
    window.typed("aregak");
    window.press(Key::Enter);
    window.typed("5.3");
    window.press(Key::Enter);
    window.typed("7");
    window.press(Key::Enter);
    window.typed("12,5%");
    window.press(Key::Enter);
    window.press(Key::Space);
    window.press(Key::Enter);
    window.typed("#0B6B4F");
    window.press(Key::Enter);
    window.press(Key::Space);
    window.typed("091 111111");
    window.press(Key::Enter);
    window.typed("091 222222");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert_eq!(window.focused(), "Reason");
    window.typed("n");
    window.press(Key::Enter);
    window.press_with(CTRL, Key::Enter);
    let room = window.state();
    assert_eq!(room.events.last(), Some(&FormEvent::Submitted));
    assert_eq!(
        room.form.value(),
        json!({
            "name": "Toner", "kind": "service", "unit": "kg", "category": "Wholesale", "price": "9400.00",
            "currency": "AMD", "customer": 3, "due": "2026-03-05", "count": 7, "share": "12.5", "active": false,
            "color": "#0B6B4F", "phones": ["091 111111", "091 222222"], "note": "n",
        })
    );
}

#[test]
fn of_an_old_record_only_what_changed_is_sent_and_emptied_fields_are_taken_away() {
    let object = json!({
        "id": 4, "version": 2, "name": "Toner", "kind": "goods", "unit": "m2", "price": "4700", "category": "Regular",
        "customer": {"id": 3, "name": "Aregak LLC"}, "due": "2026-03-05", "active": true, "phones": ["091 111111"],
    });
    let mut window = card(1000.0, Lang::EN, &object);
    assert!(!window.state().form.changed());
    assert_eq!(window.state().form.value(), json!({"id": 4, "version": 2}));
    assert_eq!(reference(&window, "unit"), "m²", "the name of the unit is found by its code");
    assert_eq!(reference(&window, "customer"), "Aregak LLC");
    window.typed("Toner HP");
    window.control(Role::EditableComboBox, "category").focus();
    window.run();
    window.press(Key::Backspace);
    window.click(Role::Button, "Remove phone 1");
    assert!(window.state().form.changed());
    assert_eq!(
        window.state().form.value(),
        json!({"id": 4, "version": 2, "name": "Toner HP", "category": "", "phones": []})
    );
    window.state_mut().form.set("name", &json!("Toner"));
    window.run();
    assert_eq!(window.text("Value"), "Toner");
}

#[test]
fn the_errors_of_the_file_stand_at_their_fields_in_the_readers_language() {
    for lang in Lang::ALL {
        let object = json!({"id": 4, "name": "Toner", "phones": ["091 111111", "x"]});
        let mut window = card(1000.0, lang, &object);
        let error = Error::rejected("error.number_negative").at("price");
        window.state_mut().form.fail(&error);
        window.run();
        let words = format!("{}. {}", error.message(lang), error.next_step(lang).unwrap());
        assert!(window.sees(&words), "{lang}");
        assert_eq!(window.focused(), patver::base::locale::tr(lang, "dialog.theirs", &[]));
        window.typed("5");
        assert!(!window.sees(&words), "what is typed anew is not wrong any more");
        let inner = Error::rejected("error.number_unreadable").arg("text", "x").at("phones[1]");
        window.state_mut().form.fail(&inner);
        window.run();
        assert!(window.sees(&format!("{}. {}", inner.message(lang), inner.next_step(lang).unwrap())));
        let above = Error::rejected("error.number_unreadable").arg("text", "y").at("lines[2].price");
        window.state_mut().form.fail(&above);
        window.run();
        assert!(window.sees(&above.message(lang)) && window.sees(&above.next_step(lang).unwrap()));
    }
}

#[test]
fn what_is_missing_is_said_after_leaving_and_holds_the_saving_back() {
    let mut window = card(700.0, Lang::RU, &json!({}));
    assert!(!window.sees("Заполните это поле"));
    window.press(Key::Tab);
    assert!(window.sees("Заполните это поле"));
    window.press_with(CTRL, Key::Enter);
    assert_eq!((window.focused().as_str(), window.state().events.as_slice()), ("Значение", &[][..]));
    window.typed("Тонер");
    assert!(!window.sees("Заполните это поле"));
    window.press_with(CTRL, Key::Enter);
    assert_eq!(window.state().events.last(), Some(&FormEvent::Submitted));
    assert_eq!(window.state().form.value(), json!({"name": "Тонер", "active": false}));
}

#[test]
fn an_unsettled_field_holds_the_saving_back_too() {
    let mut window = card(1000.0, Lang::EN, &json!({"name": "Toner"}));
    window.line("Theirs").focus();
    window.run();
    window.typed("12 34");
    window.press_with(CTRL, Key::Enter);
    assert!(!window.state().events.contains(&FormEvent::Submitted));
    assert!(window.sees("\u{201C}12 34\u{201D} is not a number. Write digits, with a decimal sign where needed"));
    assert_eq!(window.focused(), "Theirs");
}

#[test]
fn labels_stand_left_where_there_is_room_and_above_where_there_is_none() {
    for (width, left, columns) in [(1000.0, true, 2), (700.0, false, 2), (400.0, false, 1)] {
        let window = card(width, Lang::EN, &json!({}));
        let (name, kind) = (window.line("Value").rect(), window.control(Role::ComboBox, "Mine").rect());
        assert_eq!(name.left() > 140.0, left, "{width}");
        assert_eq!((kind.top() - name.top()).abs() < 1.0, columns == 2, "{width}");
        assert!(kind.right() <= width && name.right() <= width, "{width}");
    }
}

#[test]
fn prices_follow_the_currency_that_is_chosen_beside_them() {
    let mut window = card(1000.0, Lang::EN, &json!({"price": "12.5", "currency": "AMD"}));
    assert_eq!(window.text("Theirs"), "12.50");
    window.control(Role::ComboBox, "currency").focus();
    window.run();
    window.press(Key::ArrowDown);
    assert_eq!(window.text("Theirs"), "12.5");
    assert_eq!(window.state().form.get("price"), Some(json!("12.5")));
}

#[test]
fn a_new_record_is_asked_for_inside_a_reference_and_comes_back_chosen() {
    let mut window = card(1000.0, Lang::EN, &json!({}));
    window.control(Role::EditableComboBox, "category").focus();
    window.run();
    window.typed("Gold");
    window.press(Key::Insert);
    let asked = FormEvent::CreateAsked { key: "category", text: "Gold".into() };
    assert_eq!(window.state().events, [asked]);
    window.state_mut().form.choose("category", &json!("Gold"), "Gold");
    window.run();
    assert_eq!((reference(&window, "category").as_str(), window.focused().as_str()), ("Gold", "category"));
    assert_eq!(window.state().form.get("category"), Some(json!("Gold")));
}

#[test]
fn a_colour_is_chosen_from_tiles_and_an_unknown_one_is_refused() {
    let mut window = card(1000.0, Lang::EN, &json!({}));
    window.line("Open the list").focus();
    window.run();
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    window.press(Key::Enter);
    let chosen = window.text("Open the list");
    assert!(chosen.starts_with('#') && chosen.len() == 7, "{chosen}");
    window.typed("red");
    window.press(Key::Tab);
    assert!(window.sees("Choose one from the list"));
}

#[test]
fn a_form_that_is_only_shown_takes_no_focus() {
    let desk = desk();
    let form = Form::new(Id::unique("card"), CARD, &json!({"name": "Toner", "price": "5"}), &desk).read_only(true);
    let mut window = wide(1000.0, Lang::EN, Room { desk, form, events: Vec::new() }, |ui, room: &mut Room| {
        room.events.extend(room.form.ui(ui, &mut room.desk));
    });
    assert!(window.sees("Toner"));
    window.press(Key::Tab);
    assert_eq!(window.focused(), "");
}
