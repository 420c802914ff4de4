//! Fields for plain text: one line, several lines, and the line that searches.

use egui::{Key, Ui};

use crate::ui::action::Keys;
use crate::ui::field::{Answer, Edit, Field, Shape, column, drop, slot};
use crate::ui::icon;
use crate::ui::words::say;

/// A field of one line.
pub fn text_field(ui: &mut Ui, field: &Field<'_>, text: &mut String) -> Answer {
    column(ui, field, |ui| {
        let answer = Edit { field, shape: Shape::default(), wrong: false }.show(ui, text);
        slot(ui, field, None);
        answer
    })
}

/// A field of several lines. Enter begins a line in it.
pub fn multiline(ui: &mut Ui, field: &Field<'_>, text: &mut String, lines: usize) -> Answer {
    column(ui, field, |ui| {
        let shape = Shape { lines: Some(lines.max(1)), ..Shape::default() };
        let answer = Edit { field, shape, wrong: false }.show(ui, text);
        slot(ui, field, None);
        answer
    })
}

/// A field that searches while it is typed into. Esc empties it first and is heard around it only when it is empty.
pub fn search_field(ui: &mut Ui, field: &Field<'_>, text: &mut String) -> Answer {
    let has = ui.memory(|memory| memory.has_focus(field.id));
    let mut emptied = has && !text.is_empty() && ui.input_mut(|input| Keys::plain(Key::Escape).pressed(input));
    column(ui, field, |ui| {
        if emptied {
            text.clear();
        }
        let shape = Shape { before: icon::SEARCH, spare: 20.0, ..Shape::default() };
        let mut answer = Edit { field, shape, wrong: false }.show(ui, text);
        if !text.is_empty() {
            let name = say(ui, "field.clear");
            let clear = drop::opener(ui, answer.response.rect, field.id.with("clear"), (icon::X, &name));
            if clear.clicked() {
                text.clear();
                emptied = true;
                answer.response.request_focus();
            }
        }
        answer.changed |= emptied;
        slot(ui, field, None);
        answer
    })
}
