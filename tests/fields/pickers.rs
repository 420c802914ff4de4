//! The field of a reference: by keys, by mouse, and when the person is faster than the answer.

use egui::accesskit::Role;
use egui::{Id, Key, Modifiers};
use egui_kittest::Harness;
use patver::base::locale::Lang;
use patver::ui::field::{Field, text_field};
use patver::ui::picker::{Offers, Picker, PickerEvent, PickerState, Suggestion, Suggestions};

use crate::stage::{Hands, stage};

const NAMES: [&str; 5] = ["Anahit Petrosyan", "Ani Sargsyan", "Aram Grigoryan", "Aregak LLC", "Vahan Hakobyan"];

#[derive(Default)]
struct Desk {
    state: PickerState,
    found: Suggestions,
    events: Vec<PickerEvent>,
    next: String,
    /// What was asked and not answered: answers are given by hand where this is wanted.
    asked: Option<String>,
    slow: bool,
}

impl Desk {
    fn answer(&mut self) {
        if let Some(text) = self.asked.take() {
            let fits = |name: &str| name.to_lowercase().contains(&text.to_lowercase());
            let rows = NAMES.iter().enumerate().filter(|(_, name)| fits(name)).map(|(at, name)| Suggestion {
                id: i64::try_from(at).unwrap() + 1,
                text: (*name).to_owned(),
                detail: format!("0{at}"),
            });
            self.found.put(&text, rows.collect());
        }
    }
}

fn window() -> Harness<'static, Desk> {
    with(Desk::default())
}

fn with(desk: Desk) -> Harness<'static, Desk> {
    stage(Lang::EN, desk, |ui, desk: &mut Desk| {
        let field = Field::new(Id::unique("customer"), "Customer").width(240.0);
        let offers = Offers { create: true, list: false, card: true };
        let picker = Picker { field: &field, found: &desk.found, offers };
        let (_, events) = picker.show(ui, &mut desk.state);
        for event in events {
            if let PickerEvent::Asked(text) = &event {
                desk.asked = Some(text.clone());
                if !desk.slow {
                    desk.answer();
                    ui.ctx().request_repaint();
                }
            } else {
                desk.events.push(event);
            }
        }
        text_field(ui, &Field::new(Id::unique("next"), "Next"), &mut desk.next);
    })
}

fn shown(window: &Harness<'_, Desk>) -> String {
    window.control(Role::EditableComboBox, "Customer").value().unwrap_or_default()
}

#[test]
fn three_letters_and_enter_choose_the_first_and_go_on() {
    let mut window = window();
    window.press(Key::Tab);
    window.typed("ara");
    assert!(window.sees("Aram Grigoryan"));
    window.press(Key::Enter);
    assert_eq!((shown(&window).as_str(), window.focused().as_str()), ("Aram Grigoryan", "Next"));
    assert_eq!((window.state().state.id(), &window.state().events), (Some(3), &vec![PickerEvent::Chosen(3)]));
}

#[test]
fn arrows_mark_another_row_and_tab_takes_it() {
    let mut window = window();
    window.press(Key::Tab);
    window.typed("an");
    for _ in 0..2 {
        window.press(Key::ArrowDown);
    }
    window.press(Key::ArrowUp);
    window.press(Key::Tab);
    assert_eq!((shown(&window).as_str(), window.focused().as_str()), ("Ani Sargsyan", "Next"));
}

#[test]
fn a_person_who_is_faster_than_the_answer_gets_what_was_typed_and_nothing_else() {
    for key in [Key::Enter, Key::Tab] {
        let mut window = with(Desk { slow: true, ..Desk::default() });
        window.press(Key::Tab);
        window.typed("a");
        window.state_mut().answer();
        window.run();
        window.typed("ram");
        window.press(key);
        assert_eq!(window.state().state.id(), None, "nothing old is taken");
        window.state_mut().answer();
        window.run();
        assert_eq!((shown(&window).as_str(), window.focused().as_str()), ("Aram Grigoryan", "Next"), "{key:?}");
    }
}

#[test]
fn letters_and_enter_in_one_frame_choose_by_these_letters() {
    let mut window = window();
    window.press(Key::Tab);
    let enter = egui::Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window.input_mut().events.extend([egui::Event::Text("vah".into()), enter]);
    window.run();
    assert_eq!(shown(&window), "Vahan Hakobyan");
}

#[test]
fn the_list_is_opened_by_key_and_by_mouse_and_clicked() {
    let mut window = window();
    window.press(Key::Tab);
    window.press(Key::ArrowDown);
    assert!(window.sees("Vahan Hakobyan"));
    window.press(Key::Escape);
    assert!(!window.sees("Vahan Hakobyan"));
    window.press(Key::F4);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!((window.state().state.id(), window.focused().as_str()), (Some(2), "Next"));
    window.click(Role::Button, "Open the list");
    window.click(Role::ListBoxOption, "Aregak LLC");
    assert_eq!((shown(&window).as_str(), window.focused().as_str()), ("Aregak LLC", "Customer"));
    assert!(!window.state().state.is_open());
}

#[test]
fn escape_closes_the_list_then_gives_back_what_was_chosen() {
    let mut window = with(Desk { state: PickerState::of(4, "Aregak LLC"), ..Desk::default() });
    window.press(Key::Tab);
    window.typed("zz");
    assert!(window.sees("Nothing found"));
    window.press(Key::Escape);
    assert_eq!((shown(&window).as_str(), window.state().state.id()), ("zz", None));
    window.press(Key::Escape);
    assert_eq!((shown(&window).as_str(), window.state().state.id()), ("Aregak LLC", Some(4)));
    window.press(Key::Backspace);
    assert_eq!((shown(&window).as_str(), window.state().state.id()), ("", None));
    assert_eq!(window.state().events, [PickerEvent::Cleared]);
}

#[test]
fn what_was_typed_and_not_found_stays_and_is_said() {
    let mut window = with(Desk { state: PickerState::of(4, "Aregak LLC"), ..Desk::default() });
    window.press(Key::Tab);
    window.typed("Nobody");
    window.press(Key::Tab);
    assert!(window.sees("Choose one from the list"));
    assert_eq!((shown(&window).as_str(), window.state().state.id()), ("Nobody", None));
    assert!(!window.state().state.is_settled());
}

#[test]
fn a_name_typed_in_full_is_taken_when_the_field_is_left_by_mouse() {
    let mut window = window();
    window.press(Key::Tab);
    window.typed("ani sargsyan");
    window.line("Next").click();
    window.run();
    assert_eq!((window.state().state.id(), shown(&window).as_str()), (Some(2), "Ani Sargsyan"));
}

#[test]
fn a_new_record_and_the_card_are_asked_for_by_key_and_by_mouse() {
    let mut window = window();
    window.press(Key::Tab);
    window.typed("Nare");
    window.press(Key::Insert);
    window.press(Key::ArrowDown);
    window.click(Role::ListBoxOption, "New: Nare");
    let create = PickerEvent::CreateAsked("Nare".into());
    assert_eq!(window.state().events, [create.clone(), create]);
    window.state_mut().state.choose(9, "Nare");
    window.run();
    window.press_with(Modifiers::SHIFT, Key::F4);
    window.click(Role::Button, "Open the card");
    assert_eq!(window.state().events[2..], [PickerEvent::OpenCardAsked(9), PickerEvent::OpenCardAsked(9)]);
}

#[test]
fn more_is_asked_for_only_when_the_end_of_what_was_found_comes_into_sight() {
    let row = |id: i64| Suggestion { id, text: format!("Customer {id:02}"), detail: String::new() };
    let mut window = with(Desk { slow: true, ..Desk::default() });
    window.press(Key::Tab);
    window.press(Key::ArrowDown);
    window.state_mut().found.put_first("", (1..=20).map(row).collect());
    window.run();
    assert!(!window.state().events.contains(&PickerEvent::MoreAsked));
    for _ in 0..3 {
        window.press(Key::PageDown);
    }
    assert!(window.state().events.contains(&PickerEvent::MoreAsked));
}

#[test]
fn a_list_that_gets_longer_shows_all_its_rows_without_another_input() {
    let row = |id: i64| Suggestion { id, text: format!("Customer {id:02}"), detail: String::new() };
    let mut window = with(Desk { slow: true, ..Desk::default() });
    window.press(Key::Tab);
    window.press(Key::ArrowDown);
    for count in [1, 7] {
        window.state_mut().found.put_first("", (1..=count).map(row).collect());
        window.run();
        let last = window.control(Role::ListBoxOption, &format!("Customer {count:02}")).rect();
        let below = window.control(Role::ListBoxOption, "New").rect();
        assert!(last.bottom() <= below.top() + 0.5, "{count} rows: {last:?} is behind {below:?}");
    }
}
