//! Several lines of one kind, such as phones or barcodes: added by Enter or Ins, taken away by a cross.

use egui::{Align2, Id, Key, Role, Sense, Ui, WidgetInfo, vec2};
use serde_json::{Value as Json, json};

use crate::ui::action::Keys;
use crate::ui::field::{Answer, Enter, Field, column, edit, hint, text_field};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::{say, say_with};
use crate::ui::{fonts, icon};

/// The lines, each with a number of its own that stays with it.
#[derive(Debug, Default)]
pub(super) struct Lines {
    entries: Vec<(u32, String)>,
    next: u32,
}

impl Lines {
    pub(super) fn new(texts: Vec<String>) -> Lines {
        let mut lines = Lines::default();
        for text in texts {
            lines.add(text);
        }
        lines
    }

    /// The lines that say something; nothing where none does.
    pub(super) fn value(&self) -> Option<Json> {
        let texts: Vec<&str> =
            self.entries.iter().map(|(_, text)| text.trim()).filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then(|| json!(texts))
    }

    /// Adds a line at the end; the number of it.
    pub(super) fn add(&mut self, text: String) -> u32 {
        let number = self.next;
        self.next = number.saturating_add(1);
        self.entries.push((number, text));
        number
    }

    /// The control that the focus comes to first.
    pub(super) fn first(&self, id: Id) -> Id {
        self.entries.first().map_or(id.with("add"), |(number, _)| id.with(number))
    }

    /// Draws the lines; `errors` says what is wrong with which of them.
    pub(super) fn show(&mut self, ui: &mut Ui, field: &Field<'_>, errors: &[(usize, String)]) -> Answer {
        if field.read_only {
            let texts: Vec<&str> = self.entries.iter().map(|(_, text)| text.as_str()).collect();
            return edit::shown_only(ui, field, &texts.join(", "), false);
        }
        let before = self.value();
        let add_id = field.id.with("add");
        let (mut removed, mut added) = (None, false);
        let mut answer = column(ui, field, |ui| {
            let count = self.entries.len();
            for (at, (number, text)) in self.entries.iter_mut().enumerate() {
                let name = format!("{} {}", field.name, at.saturating_add(1));
                let error = errors.iter().find(|(wrong, _)| *wrong == at).map(|(_, error)| error.as_str());
                let last = at.saturating_add(1) == count;
                let line = Entry { field, id: field.id.with(*number), name: &name, error, last };
                let done = line.show(ui, text);
                added |= done.added;
                removed = if done.removed { Some(at) } else { removed };
            }
            if let Some(error) = field.error {
                hint(ui, error, true);
            }
            let words = say_with(ui, "field.add_line", &[("name", field.name)]);
            let response = small_button(ui, add_id, (icon::PLUS, &words), true);
            added |= response.clicked();
            Answer { response, changed: false, came: false, left: false, entered: false }
        });
        if let Some(at) = removed {
            self.entries.remove(at);
            ui.memory_mut(|memory| memory.request_focus(self.first(field.id)));
        }
        if added {
            let number = self.add(String::new());
            ui.memory_mut(|memory| memory.request_focus(field.id.with(number)));
            ui.ctx().request_repaint();
        }
        answer.changed = before != self.value();
        answer
    }
}

struct Entry<'a> {
    field: &'a Field<'a>,
    id: Id,
    name: &'a str,
    error: Option<&'a str>,
    last: bool,
}

struct Done {
    added: bool,
    removed: bool,
}

impl Entry<'_> {
    fn show(&self, ui: &mut Ui, text: &mut String) -> Done {
        let has = ui.memory(|memory| memory.has_focus(self.id));
        let inserted = has && ui.input_mut(|input| Keys::plain(Key::Insert).pressed(input));
        // Enter in the last line begins another one; in an empty last line it goes on.
        let grows = self.last && !text.trim().is_empty();
        let enter = match (grows, self.last) {
            (true, _) => Enter::To(self.id),
            (false, true) => self.field.enter,
            (false, false) => Enter::Next,
        };
        let width = self.field.width.min(ui.available_width()) - Tokens::of(ui).control_height() - space::XS;
        let field = Field { id: self.id, name: self.name, error: self.error, enter, required: false, ..*self.field };
        let field = Field { slot: self.error.is_some(), ..field.width(width) };
        let row = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let answer = text_field(ui, &field, text);
            let words = say_with(ui, "field.remove_line", &[("name", self.name)]);
            let removed = small_button(ui, self.id.with("remove"), (icon::X, &words), false).clicked();
            Done { added: inserted || (answer.entered && grows), removed }
        });
        ui.add_space(space::XS);
        row.inner
    }
}

/// A small button with an icon; its words stand beside it or only in its name.
fn small_button(ui: &mut Ui, id: Id, (letter, words): (&str, &str), spoken: bool) -> egui::Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let shown = if spoken { format!("{letter} {words}") } else { letter.to_owned() };
    let galley = ui.painter().layout_no_wrap(shown, fonts::regular(tokens.body()), c.text2);
    let side = tokens.control_height();
    let (_, rect) = ui.allocate_space(vec2((galley.size().x + space::S).max(side), side));
    let response = ui.interact(rect, id, Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, c.hover);
    }
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley(at.min, galley, c.text2);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    if spoken { response } else { response.on_hover_text(words) }
}

/// A small button with words, for other fields of a form.
pub(super) fn word_button(ui: &mut Ui, id: Id, letter: &str, key: &str) -> egui::Response {
    let words = say(ui, key);
    small_button(ui, id, (letter, &words), true)
}
