//! Single fields: focus, Enter, what is shown after leaving, menu, keys of dates and choices.

use egui::accesskit::Role;
use egui::{Id, Key, Modifiers, OutputCommand, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use patver::base::currency::Currency;
use patver::base::date::Date;
use patver::base::locale::Lang;
use patver::ui::field::amount::Figures;
use patver::ui::field::{
    AmountInput, Choice, DateInput, Enter, Field, amount_field, choice, date_field, flag, multiline, password_field,
    search_field, text_field,
};

use crate::stage::{CTRL, Hands, stage};

fn today() -> Date {
    Date::parse("2026-11-24").unwrap()
}

fn id(name: &str) -> Id {
    Id::unique(("test", name))
}

struct Card {
    name: String,
    amount: AmountInput,
    date: DateInput,
    kind: String,
    on: bool,
    note: String,
    changes: usize,
}

impl Card {
    fn new() -> Card {
        Card {
            name: "Ani".into(),
            amount: AmountInput::with(Figures::money(Currency::AMD), "12400"),
            date: DateInput::new(Some(today())),
            kind: "goods".into(),
            on: false,
            note: String::new(),
            changes: 0,
        }
    }
}

fn draw(ui: &mut Ui, card: &mut Card) {
    let mut changed = text_field(ui, &Field::new(id("name"), "Name").required(true), &mut card.name).changed;
    changed |= amount_field(ui, &Field::new(id("amount"), "Amount").width(140.0), &mut card.amount).changed;
    changed |= date_field(ui, &Field::new(id("date"), "Date"), &mut card.date, today()).changed;
    let kinds =
        [Choice::new("goods", "Goods"), Choice::new("service", "Service"), Choice::new("made", "Made to order")];
    changed |= choice(ui, &Field::new(id("kind"), "Kind").width(160.0), &kinds, &mut card.kind).changed;
    changed |= flag(ui, &Field::new(id("on"), "On"), &mut card.on, "In use").changed;
    changed |= multiline(ui, &Field::new(id("note"), "Note"), &mut card.note, 2).changed;
    card.changes += usize::from(changed);
}

fn card(lang: Lang) -> Harness<'static, Card> {
    stage(lang, Card::new(), draw)
}

#[test]
fn tab_and_enter_go_through_the_fields_in_the_order_they_are_seen() {
    for key in [Key::Tab, Key::Enter] {
        let mut window = card(Lang::EN);
        window.press(Key::Tab);
        let mut seen = vec![window.focused()];
        for _ in 0..5 {
            window.press(key);
            seen.push(window.focused());
        }
        assert_eq!(seen, ["Name", "Amount", "Date", "Kind", "On", "Note"], "{key:?}");
        assert_eq!((window.state().changes, window.state().note.as_str()), (0, ""));
        window.press(Key::Enter);
        assert_eq!((window.focused().as_str(), window.state().note.as_str()), ("Note", "\n"));
        window.press_with(Modifiers::SHIFT, Key::Tab);
        assert_eq!(window.focused(), "On");
    }
}

#[test]
fn a_field_that_is_reached_by_key_is_selected_and_typing_replaces_what_was_there() {
    let mut window = card(Lang::HY);
    window.press(Key::Tab);
    window.typed("Aram");
    window.press(Key::Tab);
    window.typed("500");
    window.press(Key::Tab);
    assert_eq!(window.state().name, "Aram");
    assert_eq!(window.state().amount.plain(), Some("500.00"));
    assert_eq!(window.text("Amount"), "500");
}

#[test]
fn escape_leaves_a_field_and_its_text_alone() {
    let mut window = card(Lang::EN);
    window.press(Key::Tab);
    window.typed("Aram");
    window.press(Key::Escape);
    assert_eq!((window.focused().as_str(), window.state().name.as_str()), ("Name", "Aram"));
}

#[test]
fn a_sum_is_announced_while_typed_and_written_out_when_left() {
    let mut window = card(Lang::HY);
    window.line("Amount").focus();
    window.run();
    window.typed("12000*3-5%");
    assert!(window.sees("= 34\u{A0}200"));
    window.press(Key::Enter);
    assert_eq!((window.text("Amount").as_str(), window.state().amount.plain()), ("34\u{A0}200", Some("34200.00")));
    window.line("Amount").focus();
    window.run();
    window.typed("100/3");
    window.press(Key::Tab);
    assert_eq!(window.text("Amount"), "33,33");
    assert!(window.sees("Կլորացված է"));
}

#[test]
fn a_number_that_could_mean_two_things_is_asked_about_and_never_guessed() {
    for by_mouse in [false, true] {
        let mut window = stage(Lang::RU, AmountInput::new(Figures::quantity(3)), |ui, input: &mut AmountInput| {
            amount_field(ui, &Field::new(id("quantity"), "Quantity").width(140.0), input);
            text_field(ui, &Field::new(id("next"), "Next"), &mut String::new());
        });
        window.press(Key::Tab);
        window.typed("1.234");
        assert!(!window.state().is_settled());
        assert!(window.sees("Какое это число?"));
        if by_mouse {
            window.click(Role::Button, "1,234");
        } else {
            window.press(Key::Enter);
            assert_eq!(window.focused(), "1\u{A0}234");
            window.press(Key::Tab);
            window.press(Key::Enter);
        }
        assert_eq!((window.state().plain(), window.focused().as_str()), (Some("1.234"), "Quantity"));
        window.press(Key::Enter);
        assert_eq!((window.text("Quantity").as_str(), window.focused().as_str()), ("1,234", "Next"));
    }
}

#[test]
fn what_is_no_number_stays_as_typed_and_is_said_after_leaving() {
    let mut window = card(Lang::RU);
    window.line("Amount").focus();
    window.run();
    window.typed("12 34");
    let wrong = window.state().amount.reading().clone();
    assert!(!window.state().amount.is_settled());
    assert!(!window.sees("«12 34» — не число. Запишите цифрами, при необходимости с десятичной запятой"));
    window.press(Key::Enter);
    assert!(window.sees("«12 34» — не число. Запишите цифрами, при необходимости с десятичной запятой"), "{wrong:?}");
    assert_eq!((window.text("Amount").as_str(), window.state().amount.plain()), ("12 34", None));
}

#[test]
fn the_texts_of_fields_follow_the_language_while_the_window_is_open() {
    let mut window = stage(Lang::HY, (Card::new(), Lang::HY), |ui, (card, lang): &mut (Card, Lang)| {
        patver::ui::words::speak(ui.ctx(), *lang);
        draw(ui, card);
    });
    assert_eq!((window.text("Amount").as_str(), window.text("Date").as_str()), ("12\u{A0}400", "24.11.2026"));
    window.state_mut().1 = Lang::EN;
    window.run();
    assert_eq!((window.text("Amount").as_str(), window.text("Date").as_str()), ("12,400", "Nov 24, 2026"));
    assert_eq!(window.state().0.changes, 0);
}

#[test]
fn dates_are_stepped_by_letters_and_pages_and_typed_in_short() {
    let mut window = card(Lang::HY);
    window.line("Date").focus();
    window.run();
    let date = |window: &Harness<'static, Card>| window.state().date.date().unwrap().to_string();
    window.typed("++");
    assert_eq!(date(&window), "2026-11-26");
    window.typed("-");
    assert_eq!((date(&window).as_str(), window.text("Date").as_str()), ("2026-11-25", "25.11.2026"));
    window.press(Key::PageDown);
    assert_eq!(date(&window), "2026-12-25");
    window.press(Key::PageUp);
    window.press(Key::PageUp);
    assert_eq!(date(&window), "2026-10-25");
    window.typed("y");
    assert_eq!(date(&window), "2026-11-23");
    window.typed("t");
    assert_eq!(date(&window), "2026-11-24");
    window.typed("5.3");
    assert!(window.sees("5 մարտի, 2026 թ."));
    window.press(Key::Tab);
    assert_eq!((date(&window).as_str(), window.text("Date").as_str()), ("2026-03-05", "05.03.2026"));
    window.line("Date").focus();
    window.run();
    window.typed("31.02");
    window.press(Key::Tab);
    assert_eq!((window.state().date.date(), window.text("Date").as_str()), (None, "31.02"));
}

#[test]
fn the_calendar_hangs_below_and_is_used_by_keys_and_by_mouse() {
    let mut window = card(Lang::RU);
    window.line("Date").focus();
    window.run();
    window.press(Key::ArrowDown);
    assert!(window.query_by_role_and_label(Role::Button, "24 ноября 2026 г.").is_some());
    window.press(Key::ArrowDown);
    window.press(Key::ArrowLeft);
    window.press(Key::Enter);
    assert_eq!((window.text("Date").as_str(), window.focused().as_str()), ("30.11.2026", "Date"));
    window.press(Key::ArrowDown);
    window.press(Key::PageDown);
    window.press(Key::Escape);
    assert_eq!((window.text("Date").as_str(), window.focused().as_str()), ("30.11.2026", "Date"));
    assert!(window.query_by_role_and_label(Role::Button, "24 ноября 2026 г.").is_none());
    window.click(Role::Button, "Календарь");
    window.click(Role::Button, "Следующий месяц");
    window.click(Role::Button, "5 декабря 2026 г.");
    assert_eq!((window.text("Date").as_str(), window.focused().as_str()), ("05.12.2026", "Date"));
    window.press(Key::ArrowDown);
    window.press(Key::Tab);
    assert_eq!(window.focused(), "Kind");
}

#[test]
fn a_choice_is_made_by_arrows_letters_and_from_its_list() {
    let mut window = card(Lang::EN);
    window.control(Role::ComboBox, "Kind").focus();
    window.run();
    window.press(Key::ArrowDown);
    assert_eq!(window.state().kind, "service");
    window.typed("m");
    assert_eq!(window.state().kind, "made");
    window.press(Key::ArrowUp);
    assert_eq!(window.state().kind, "service");
    window.press(Key::Space);
    window.press(Key::ArrowUp);
    window.press(Key::Escape);
    assert_eq!(window.state().kind, "service");
    window.press(Key::F4);
    window.press(Key::ArrowUp);
    window.press(Key::Enter);
    assert_eq!((window.state().kind.as_str(), window.focused().as_str()), ("goods", "Kind"));
    window.click(Role::ComboBox, "Kind");
    window.click(Role::ListBoxOption, "Made to order");
    assert_eq!((window.state().kind.as_str(), window.focused().as_str()), ("made", "Kind"));
    assert_eq!(window.control(Role::ComboBox, "Kind").value().unwrap(), "Made to order");
}

#[test]
fn a_flag_is_ticked_by_space_and_by_mouse() {
    let mut window = card(Lang::EN);
    window.control(Role::CheckBox, "On").focus();
    window.run();
    window.press(Key::Space);
    assert!(window.state().on);
    window.click(Role::CheckBox, "On");
    assert!(!window.state().on);
    window.press(Key::Enter);
    assert_eq!((window.state().on, window.focused().as_str()), (false, "Note"));
}

fn copied(window: &Harness<'_, Card>) -> Option<String> {
    window.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn the_menu_of_a_field_cuts_copies_pastes_and_selects_by_mouse_and_by_key() {
    let mut window = card(Lang::RU);
    window.press(Key::Tab);
    window.line("Name").click_secondary();
    window.run();
    window.control(Role::MenuItem, "Копировать").click();
    window.step();
    assert_eq!(copied(&window).as_deref(), Some("Ani"));
    window.run();
    assert_eq!(window.focused(), "Name");
    window.press_with(Modifiers::SHIFT, Key::F10);
    assert_eq!(window.focused(), "Вырезать");
    window.press(Key::Enter);
    assert_eq!((window.state().name.as_str(), window.focused().as_str()), ("", "Name"));
    window.press(Key::Menu);
    window.press(Key::ArrowDown);
    window.press(Key::Escape);
    assert_eq!((window.state().name.as_str(), window.focused().as_str()), ("", "Name"));
    window.event(egui::Event::Paste("Aram".into()));
    window.run();
    assert_eq!(window.state().name, "Aram");
}

#[test]
fn a_read_only_field_is_text_and_takes_no_focus() {
    let mut window = stage(Lang::EN, (), |ui, (): &mut ()| {
        text_field(ui, &Field::new(id("fixed"), "Fixed").read_only(true), &mut "A-12".to_owned());
        flag(ui, &Field::new(id("set"), "Set").read_only(true), &mut true, "");
        text_field(ui, &Field::new(id("free"), "Free"), &mut String::new());
    });
    assert!(window.sees("A-12") && window.sees("Yes"));
    window.press(Key::Tab);
    assert_eq!(window.focused(), "Free");
}

#[test]
fn a_password_is_hidden_until_the_eye_is_used_and_capitals_are_warned_about() {
    let mut window = stage(Lang::EN, String::new(), |ui, text: &mut String| {
        password_field(ui, &Field::new(id("password"), "Password").enter(Enter::Stay), text);
    });
    window.control(Role::PasswordInput, "Password").focus();
    window.run();
    window.typed("Secret");
    assert!(!window.sees("\u{E193} Caps Lock is on"));
    window.typed("SECRET");
    assert!(window.get_by_label_contains("Caps Lock is on").rect().is_positive());
    window.press(Key::Tab);
    window.press(Key::Space);
    assert_eq!(window.text("Password"), "SecretSECRET");
    assert_eq!(window.focused(), "Hide the password");
}

#[test]
fn escape_empties_a_search_first() {
    let mut window = stage(Lang::EN, String::new(), |ui, text: &mut String| {
        search_field(ui, &Field::new(id("search"), "Search").hint("Name or code"), text);
    });
    window.press(Key::Tab);
    window.typed("toner");
    assert_eq!(window.state(), "toner");
    window.press(Key::Escape);
    assert_eq!((window.state().as_str(), window.focused().as_str()), ("", "Search"));
    window.typed("a");
    window.click(Role::Button, "Clear");
    assert_eq!((window.state().as_str(), window.focused().as_str()), ("", "Search"));
    window.press_with(CTRL, Key::Z);
}
