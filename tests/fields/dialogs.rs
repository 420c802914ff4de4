//! Dialogs: who gets the focus, what Enter and Esc do, questions and refusals in the reader's language.

use egui::accesskit::Role;
use egui::{Id, Key, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use patver::base::error::Error;
use patver::base::locale::Lang;
use patver::ui::dialog::{self, Dialog, Given, Kept, Reason};
use patver::ui::field::{Choice, Enter, Field, choice, multiline, text_field};

use crate::stage::{CTRL, Hands, stage};

#[derive(Default)]
struct Room {
    open: bool,
    below: String,
    first: String,
    last: String,
    note: String,
    given: Vec<Given>,
}

fn id(name: &str) -> Id {
    Id::unique(("dialog test", name))
}

fn draw(ui: &mut egui::Ui, room: &mut Room) {
    text_field(ui, &Field::new(id("below"), "Below"), &mut room.below);
    if !room.open {
        return;
    }
    let dialog = Dialog::new(id("card"), "Card").accept("Save", true).back("Cancel").destroy("Delete", true);
    let shown = dialog.show(ui, |ui| {
        text_field(ui, &Field::new(id("first"), "First"), &mut room.first);
        text_field(ui, &Field::new(id("last"), "Last").enter(Enter::Stay), &mut room.last);
        multiline(ui, &Field::new(id("note"), "Note"), &mut room.note, 2);
    });
    if let Some(given) = shown.given {
        room.given.push(given);
        room.open = false;
    }
}

#[test]
fn a_dialog_takes_the_focus_keeps_it_and_gives_it_back() {
    let mut window = stage(Lang::EN, Room::default(), draw);
    window.press(Key::Tab);
    window.state_mut().open = true;
    window.run();
    let mut seen = vec![window.focused()];
    for _ in 0..6 {
        window.press(Key::Tab);
        seen.push(window.focused());
    }
    assert_eq!(seen, ["First", "Last", "Note", "Delete", "Cancel", "Save", "First"]);
    window.press(Key::Escape);
    assert_eq!((window.state().given.as_slice(), window.focused().as_str()), (&[Given::Closed][..], "Below"));
}

#[test]
fn enter_goes_through_the_fields_and_then_accepts() {
    let mut window = stage(Lang::EN, Room { open: true, ..Room::default() }, draw);
    window.typed("a");
    window.press(Key::Enter);
    window.typed("b");
    assert!(window.state().open);
    window.press(Key::Enter);
    let room = window.state();
    assert_eq!((room.given.as_slice(), room.first.as_str(), room.last.as_str()), (&[Given::Accepted][..], "a", "b"));
}

#[test]
fn ctrl_enter_accepts_from_everywhere_and_enter_in_lines_and_on_buttons_does_not() {
    let mut window = stage(Lang::EN, Room { open: true, ..Room::default() }, draw);
    window.press(Key::Tab);
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!((window.state().note.as_str(), window.state().open), ("\n", true));
    window.press(Key::Tab);
    window.press(Key::Tab);
    assert_eq!(window.focused(), "Cancel");
    window.press(Key::Enter);
    assert_eq!(window.state().given, [Given::Closed]);
    window.state_mut().open = true;
    window.run();
    window.press_with(CTRL, Key::Enter);
    assert_eq!(window.state().given, [Given::Closed, Given::Accepted]);
}

#[test]
fn the_buttons_and_the_cross_answer_to_the_mouse_and_nothing_below_does() {
    let mut window = stage(Lang::EN, Room { open: true, ..Room::default() }, draw);
    window.line("Below").click();
    window.run();
    assert_ne!(window.focused(), "Below");
    for (name, given) in
        [("Save", Given::Accepted), ("Cancel", Given::Closed), ("Delete", Given::Destroyed), ("Close", Given::Closed)]
    {
        window.state_mut().open = true;
        window.run();
        window.click(Role::Button, name);
        assert_eq!(window.state().given.last(), Some(&given), "{name}");
    }
}

#[test]
fn a_question_is_asked_in_the_words_of_the_error() {
    for (lang, yes, no) in
        [(Lang::EN, "Continue", "Cancel"), (Lang::HY, "Շարունակել", "Հրաժարվել"), (Lang::RU, "Продолжить", "Отмена")]
    {
        let mut window = stage(lang, Vec::new(), |ui, answers: &mut Vec<bool>| {
            let error = Error::needs_confirmation("error.number_negative");
            answers.extend(dialog::confirm(ui, &error));
        });
        assert!(window.sees(&Error::needs_confirmation("error.number_negative").message(lang)));
        assert_eq!(window.focused(), yes);
        window.press(Key::Enter);
        assert_eq!(window.state(), &[true]);
        window.click(Role::Button, no);
        assert_eq!(window.state(), &[true, false]);
    }
}

#[test]
fn a_reason_has_to_be_given() {
    let mut window = stage(Lang::EN, (Reason::default(), Vec::new()), |ui, (kept, answers)| {
        answers.extend(dialog::reason(ui, "Void payment 7", "Void", kept));
    });
    assert_eq!(window.focused(), "Reason");
    window.press(Key::Enter);
    assert!(window.sees("Write the reason") && window.state().1.is_empty());
    assert_eq!(window.focused(), "Reason");
    window.typed("Typed twice");
    window.press(Key::Enter);
    assert_eq!(window.state().1, [Some("Typed twice".to_owned())]);
    window.press(Key::Escape);
    assert_eq!(window.state().1.last(), Some(&None));
}

#[test]
fn a_conflict_shows_both_values_and_the_choice_is_the_persons() {
    let mut window = stage(Lang::RU, Vec::new(), |ui, answers: &mut Vec<Kept>| {
        let error = Error::conflict("error.number_negative");
        let rows = [("Цена".to_owned(), "100".to_owned(), "120".to_owned())];
        answers.extend(dialog::conflict(ui, &error, &rows));
    });
    assert!(window.sees("100") && window.sees("120"));
    window.click(Role::Button, "Взять чужое");
    window.click(Role::Button, "Оставить моё");
    window.press(Key::Escape);
    assert_eq!(window.state(), &[Kept::Theirs, Kept::Mine, Kept::Neither]);
}

#[test]
fn a_breakdown_is_told_in_place_and_its_details_are_copied() {
    let error = Error::failure("error.disk_full", "No space left on device");
    let shown = error.clone();
    let mut window = stage(Lang::EN, 0_usize, move |ui, again: &mut usize| {
        *again += usize::from(dialog::error_retry_ui(ui, &shown));
    });
    window.control(Role::Button, "Copy details").click();
    window.step();
    let copied =
        window.output().platform_output.commands.iter().any(
            |command| matches!(command, OutputCommand::CopyText(text) if text.ends_with("No space left on device")),
        );
    assert!(copied && dialog::details(&error).starts_with("failure: error.disk_full"));
    window.run();
    window.click(Role::Button, "Try again");
    assert_eq!(*window.state(), 1);
}

#[test]
fn ctrl_enter_is_for_the_dialog_and_opens_no_list_where_nothing_can_be_accepted_yet() {
    let mut window = stage(Lang::EN, Room { open: true, ..Room::default() }, |ui, room: &mut Room| {
        let dialog = Dialog::new(id("card"), "Card").accept("Save", !room.note.is_empty()).back("Cancel");
        let shown = dialog.show(ui, |ui| {
            let choices = [Choice::new("a", "Cash"), Choice::new("b", "Card")];
            choice(ui, &Field::new(id("first"), "First"), &choices, &mut room.first);
        });
        room.given.extend(shown.given);
    });
    window.press_with(CTRL, Key::Enter);
    assert!(!window.sees("Cash") && window.state().given.is_empty());
    window.press(Key::Tab);
    assert_eq!(window.focused(), "Cancel");
    window.state_mut().note = "ready".to_owned();
    window.run();
    window.press_with(CTRL, Key::Enter);
    assert_eq!(window.state().given, [Given::Accepted], "the button that has the keyboard does not take it");
}

/// Where a dialog with so many lines has its last line and its button, as the window came to rest.
fn grown(window: &mut egui_kittest::Harness<'_, usize>, lines: usize) -> (egui::Rect, egui::Rect) {
    *window.state_mut() = lines;
    window.run();
    let last = window.get_by_value(&format!("Line {lines}")).rect();
    (last, window.control(Role::Button, "Save").rect())
}

#[test]
fn a_dialog_whose_text_comes_later_is_whole_and_in_the_middle_without_another_input() {
    let mut window = stage(Lang::EN, 1, |ui, lines: &mut usize| {
        let dialog = Dialog::new(id("grown"), "Grown").accept("Save", true);
        dialog.show(ui, |ui| (1..=*lines).for_each(|at| drop(ui.label(format!("Line {at}")))));
    });
    for lines in [14, 2, 9] {
        let (last, save) = grown(&mut window, lines);
        assert!(last.is_positive() && last.bottom() < save.top(), "{lines} lines: {last:?} is not above {save:?}");
        let title = window.control(Role::Button, "Close").rect();
        let middle = (title.top() + save.bottom()) / 2.0;
        assert!((middle - 350.0).abs() < 8.0, "with {lines} lines the middle is at {middle}");
        window.step();
        assert_eq!(window.control(Role::Button, "Save").rect(), save, "nothing moves under the mouse later");
    }
}
