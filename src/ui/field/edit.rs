//! The line that is typed into, as all fields share it: name, outline, select-all, Enter, menu.

use egui::accesskit::Invalid;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align2, EventFilter, FocusDirection, Frame, Id, Key, Margin, Response, RichText, Sense, Stroke, TextEdit, Ui, vec2,
};

use crate::ui::action::Keys;
use crate::ui::field::{Answer, Enter, Field, clipboard};
use crate::ui::fonts;
use crate::ui::tokens::Tokens;

/// How a typed line differs from a plain one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape<'a> {
    /// Lines it shows where it takes several.
    pub(crate) lines: Option<usize>,
    /// Whether its letters are hidden.
    pub(crate) hidden: bool,
    /// Whether it is aligned like numbers.
    pub(crate) right: bool,
    /// What stands in it before the text.
    pub(crate) before: &'a str,
    /// What stands in it behind the text.
    pub(crate) behind: &'a str,
    /// Free space kept at its left end, in points.
    pub(crate) lead: f32,
    /// Free space kept at its right end, in points.
    pub(crate) spare: f32,
    /// Whether a list hangs below it now: then Tab and Esc are for the list.
    pub(crate) open: bool,
}

/// A typed line.
pub(crate) struct Edit<'a> {
    pub(crate) field: &'a Field<'a>,
    pub(crate) shape: Shape<'a>,
    /// Whether what is typed was found wrong.
    pub(crate) wrong: bool,
}

impl Edit<'_> {
    /// Draws it; the message below is the caller's.
    pub(crate) fn show(&self, ui: &mut Ui, text: &mut String) -> Answer {
        if self.field.read_only {
            return shown_only(ui, self.field, text, self.shape.right);
        }
        let field = self.field;
        let had = ui.memory(|memory| memory.has_focus(field.id));
        let single = self.shape.lines.is_none();
        let entered = single && enter(ui, field, had);
        let held = clipboard::selection(ui, field.id).filter(|_| had);
        let before = text.clone();
        let mut response = self.line(ui, text);
        if before.is_empty() && !field.hint.is_empty() {
            // What is cut of it is said in full under the mouse.
            response = response.on_hover_text(field.hint);
        }
        if !single && had {
            // The line took it; what is around must not hear it again.
            ui.input_mut(|input| Keys::plain(Key::Enter).pressed(input));
        }
        clipboard::Menu { response: &response, hidden: self.shape.hidden, held }.show(ui, text);
        go_to(ui, field, entered);
        name(ui, field, self.wrong);
        let (came, left) = visit(ui, field.id);
        if left {
            keep(ui, field.id, Some(LeftAs { pass: ui.ctx().cumulative_pass_nr(), text: text.clone() }));
        }
        if came {
            response.scroll_to_me(None);
            let pressed = ui.input(|input| input.pointer.any_down() || input.pointer.any_pressed());
            if !pressed && (self.shape.right || !is_back_in(ui, field.id, text)) {
                select_all(ui, field.id, text);
            }
        }
        Answer { response, changed: *text != before, came, left, entered }
    }

    fn line(&self, ui: &mut Ui, text: &mut String) -> Response {
        let (field, shape) = (self.field, &self.shape);
        let tokens = Tokens::of(ui);
        let (c, height) = (tokens.colors(), tokens.control_height());
        let edge = if field.error.is_some() || self.wrong {
            c.danger
        } else if ui.memory(|memory| memory.has_focus(field.id)) {
            c.accent
        } else {
            c.border_strong
        };
        let margin =
            Margin { left: margin_of(7.0 + shape.lead), right: margin_of(7.0 + shape.spare), top: 2, bottom: 2 };
        let frame = Frame::new().inner_margin(margin).corner_radius(4).fill(c.panel).stroke(Stroke::new(1.0, edge));
        let edit = match shape.lines {
            Some(lines) => TextEdit::multiline(text).desired_rows(lines),
            None => TextEdit::singleline(text).return_key(None),
        };
        let filter = EventFilter { tab: shape.open, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let align = match (shape.right, shape.lines) {
            (true, _) => Align2::RIGHT_CENTER,
            (false, None) => Align2::LEFT_CENTER,
            (false, Some(_)) => Align2::LEFT_TOP,
        };
        let affix = |words: &str| RichText::new(words).color(c.text3);
        let mut edit = edit.id(field.id).frame(frame).event_filter(filter).align(align).text_color(c.text);
        edit = edit.password(shape.hidden).desired_width(width(ui, field)).min_size(vec2(0.0, height));
        if !field.hint.is_empty() {
            edit = edit.hint_text(RichText::new(field.hint).color(c.text3).italics());
        }
        if !shape.before.is_empty() {
            edit = edit.prefix(affix(shape.before));
        }
        if !shape.behind.is_empty() {
            edit = edit.suffix(affix(shape.behind));
        }
        ui.add(edit)
    }
}

#[derive(Clone, Copy)]
struct Stayed(u64);

/// Whether Enter was pressed in a field that has the focus; takes it away and goes on to the next control where the
/// field is to do so. Before the field is drawn.
pub(crate) fn enter(ui: &Ui, field: &Field<'_>, has: bool) -> bool {
    if !has || !ui.input_mut(|input| Keys::plain(Key::Enter).pressed(input)) {
        return false;
    }
    match field.enter {
        Enter::Next => ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next)),
        Enter::To(_) => {}
        Enter::Stay => {
            let pass = Stayed(ui.ctx().cumulative_pass_nr());
            keep(ui, Id::unique("enter that stayed"), Some(pass));
        }
    }
    true
}

/// Goes to the control that Enter leads to. After the field is drawn.
pub(crate) fn go_to(ui: &Ui, field: &Field<'_>, entered: bool) {
    if let (true, Enter::To(next)) = (entered, field.enter) {
        ui.memory_mut(|memory| memory.request_focus(next));
    }
}

/// Whether Enter was pressed in this frame in a field that leaves it to what is around it.
pub(crate) fn stayed(ui: &Ui) -> bool {
    let stayed: Option<Stayed> = ui.data(|data| data.get_temp(Id::unique("enter that stayed")));
    stayed.is_some_and(|stayed| stayed.0 == ui.ctx().cumulative_pass_nr())
}

/// The width a field takes now.
pub(crate) fn width(ui: &Ui, field: &Field<'_>) -> f32 {
    field.width.min(ui.available_width())
}

#[allow(clippy::cast_possible_truncation, reason = "a margin of a few points")]
fn margin_of(points: f32) -> i8 {
    points.clamp(0.0, 120.0).round() as i8
}

/// A value that is only shown: text without an outline, in the same place.
pub(crate) fn shown_only(ui: &mut Ui, field: &Field<'_>, text: &str, right: bool) -> Answer {
    let tokens = Tokens::of(ui);
    let color = tokens.colors().text;
    let words = RichText::new(if text.is_empty() { "\u{2013}" } else { text }).font(fonts::regular(tokens.body()));
    let layout = if right {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    let room = vec2(width(ui, field), tokens.control_height());
    let inner = ui.allocate_ui_with_layout(room, layout, |ui| {
        ui.set_min_height(room.y);
        ui.add(egui::Label::new(words.color(color)).wrap().sense(Sense::hover()))
    });
    let response = inner.inner;
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(field.name));
    Answer { response, changed: false, came: false, left: false, entered: false }
}

/// Tells screen readers what the control is called and what is wrong with it.
pub(crate) fn name(ui: &Ui, field: &Field<'_>, wrong: bool) {
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_label(field.name);
        if field.required {
            node.set_required();
        }
        if let Some(error) = field.error {
            node.set_description(error);
        }
        if field.error.is_some() || wrong {
            node.set_invalid(Invalid::True);
        }
    });
}

#[derive(Clone, Copy)]
struct Visited;

/// What stood in a line when it was left.
#[derive(Clone)]
struct LeftAs {
    pass: u64,
    text: String,
}

/// Whether the focus was away for no more than a click on empty space, and the line is as it was: then the cursor stays.
fn is_back_in(ui: &Ui, id: Id, text: &str) -> bool {
    let left = ui.data(|data| data.get_temp::<LeftAs>(id));
    left.is_some_and(|left| left.pass.saturating_add(1) == ui.ctx().cumulative_pass_nr() && left.text == text)
}

/// Whether the focus came to a control or went away from it since it was drawn last.
pub(crate) fn visit(ui: &Ui, id: Id) -> (bool, bool) {
    let kept = id.with("visit");
    let has = ui.memory(|memory| memory.has_focus(id));
    let had = ui.data(|data| data.get_temp::<Visited>(kept)).is_some();
    keep(ui, kept, has.then_some(Visited));
    (has && !had, had && !has)
}

/// Keeps something small about a control until the next frame, or forgets it.
pub(crate) fn keep<T: Clone + Send + Sync + 'static>(ui: &Ui, id: Id, what: Option<T>) {
    ui.data_mut(|data| {
        if let Some(what) = what {
            data.insert_temp(id, what);
        } else {
            data.remove::<T>(id);
        }
    });
}

/// Selects everything that is typed.
pub(crate) fn select_all(ui: &Ui, id: Id, text: &str) {
    clipboard::select(ui, id, CCursorRange::select_all_str(text));
}

/// Puts the text cursor behind what stands in a field.
pub fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), id);
}
