//! The field for one of a few: a list that hangs below, arrows and first letters choose.

use egui::{Align2, Event, Id, Key, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::action::Keys;
use crate::ui::field::{Answer, Drop, Field, Row, column, drop, edit, slot};
use crate::ui::tokens::{Tokens, space};
use crate::ui::{focus, fonts, icon};

/// One of a few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is read, in the reader's language.
    pub text: String,
}

impl Choice {
    /// One of a few: what is kept and what is read.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Choice {
        Choice { value: value.into(), text: text.into() }
    }
}

/// How wide a field is that shows an icon alone, in points.
const SIGN: f32 = 46.0;

/// No field gets wider than this for the sake of its choices, in points.
const WIDEST: f32 = 300.0;

/// The row that is marked while the list is open.
#[derive(Clone, Copy)]
struct Open(usize);

/// A field that holds the value of one of the choices. Closed, arrows and first letters choose at once; Space, F4 and
/// Alt with an arrow open the list, where Enter takes a row and Esc leaves everything as it was.
pub fn choice(ui: &mut Ui, field: &Field<'_>, choices: &[Choice], value: &mut String) -> Answer {
    let at = choices.iter().position(|choice| choice.value == *value);
    let text = at.and_then(|at| choices.get(at)).map(|choice| choice.text.clone()).unwrap_or_default();
    let bare = value.is_empty() && !field.sign.is_empty();
    let (width, sign) = if bare { (SIGN, field.sign) } else { (roomy(ui, field, choices), "") };
    let field = &Field { width, sign, ..*field };
    column(ui, field, |ui| {
        let answer = if field.read_only {
            edit::shown_only(ui, field, &text, false)
        } else {
            let (mut answer, chosen) = chooser(ui, field, choices, (at, &text));
            let taken = chosen.and_then(|at| choices.get(at)).filter(|choice| choice.value != *value);
            answer.changed = taken.is_some();
            if let Some(choice) = taken {
                choice.value.clone_into(value);
            }
            answer
        };
        slot(ui, field, None);
        answer
    })
}

/// A field with a width of its own is wide enough for each of its choices, up to a point.
fn roomy(ui: &Ui, field: &Field<'_>, choices: &[Choice]) -> f32 {
    let tokens = Tokens::of(ui);
    if field.width.is_infinite() {
        return field.width;
    }
    let wide = |text: &str| {
        ui.painter().layout_no_wrap(text.to_owned(), fonts::regular(tokens.body()), tokens.colors().text).size().x
    };
    let widest = choices.iter().map(|choice| wide(&choice.text)).fold(0.0, f32::max);
    field.width.max((widest + 2.0 * space::S + tokens.control_height() / 2.0 + 1.0).ceil().min(WIDEST))
}

/// The closed field and its list; the row that was chosen now.
fn chooser(
    ui: &mut Ui,
    field: &Field<'_>,
    choices: &[Choice],
    (at, text): (Option<usize>, &str),
) -> (Answer, Option<usize>) {
    let (place, kept) = (Drop::of(field.id), field.id.with("open"));
    let has = ui.memory(|memory| memory.has_focus(field.id));
    let mut open: Option<usize> = ui.data(|data| data.get_temp::<Open>(kept)).map(|open| open.0).filter(|_| has);
    let mut chosen = if has { keys(ui, choices, at, &mut open) } else { None };
    let entered = edit::enter(ui, field, has && chosen.is_none());
    let response = place.hold(ui, open.is_some(), |ui| closed(ui, field, text));
    if focus::struck(&response) {
        open = if open.is_some() { None } else { Some(at.unwrap_or(0)) };
        response.request_focus();
    }
    place.lock(ui, open.is_some());
    edit::go_to(ui, field, entered);
    let (came, left) = edit::visit(ui, field.id);
    if came {
        response.scroll_to_me(None);
    }
    open = open.filter(|_| !left);
    if let Some(marked) = open {
        let clicked = place.show(&response, field.name, |ui| list(ui, field.id, choices, marked));
        chosen = clicked.flatten().or(chosen);
    }
    open = open.filter(|_| chosen.is_none());
    edit::keep(ui, kept, open.map(Open));
    tell(ui, field, text, open.is_some());
    (Answer { response, changed: false, came, left, entered }, chosen)
}

fn tell(ui: &Ui, field: &Field<'_>, text: &str, open: bool) {
    edit::name(ui, field, false);
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_value(text);
        node.set_expanded(open);
    });
}

fn closed(ui: &mut Ui, field: &Field<'_>, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let (c, height) = (tokens.colors(), tokens.control_height());
    let (_, rect) = ui.allocate_space(vec2(edit::width(ui, field), height));
    let response = ui.interact(rect, field.id, Sense::click());
    let edge = match (field.error.is_some(), response.has_focus() || response.hovered()) {
        (true, _) => c.danger,
        (false, true) => c.accent,
        (false, false) => c.border_strong,
    };
    ui.painter().rect(rect, 4.0, c.panel, Stroke::new(1.0, edge), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(space::S, 2.0));
    let (words, color) = match (field.sign, text) {
        ("", "") => (field.hint, c.text3),
        ("", text) => (text, c.text),
        (sign, _) => (sign, c.text2),
    };
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), fonts::regular(tokens.body()), color);
    job.sections.iter_mut().for_each(|section| section.format.italics = text.is_empty());
    job.wrap = egui::text::TextWrapping::truncate_at_width((inner.width() - height / 2.0).max(8.0));
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), inner);
    let cut = galley.elided || !field.sign.is_empty();
    ui.painter().galley(at.min, galley, color);
    let arrow = fonts::regular(tokens.body());
    ui.painter().text(inner.right_center(), Align2::RIGHT_CENTER, icon::CHEVRON_DOWN, arrow, c.text2);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, field.name));
    let words = if text.is_empty() { field.hint } else { text };
    if cut { response.on_hover_text(words) } else { response }
}

fn list(ui: &mut Ui, id: Id, choices: &[Choice], marked: usize) -> Option<usize> {
    let walked = drop::list(ui, id.with("list"), (Some(marked), choices), |ui, at, choice| {
        let row = Row { id: id.with(("row", &choice.value)), text: &choice.text, detail: "", marked: at == marked };
        row.show(ui)
    });
    walked.clicked
}

/// What keys do; the row that was chosen.
fn keys(ui: &Ui, choices: &[Choice], at: Option<usize>, open: &mut Option<usize>) -> Option<usize> {
    let pressed = |keys: Keys| ui.input_mut(|input| keys.pressed(input));
    let Some(marked) = *open else {
        if pressed(Keys::plain(Key::Space))
            || pressed(Keys::plain(Key::F4))
            || pressed(Keys::alt(Key::ArrowDown))
            || pressed(Keys::alt(Key::ArrowUp))
        {
            *open = Some(at.unwrap_or(0));
            letters(ui);
            return None;
        }
        let last = choices.len().saturating_sub(1);
        if pressed(Keys::plain(Key::ArrowDown)) {
            return Some(at.map_or(0, |at| at.saturating_add(1).min(last)));
        }
        if pressed(Keys::plain(Key::ArrowUp)) {
            return Some(at.unwrap_or(0).saturating_sub(1));
        }
        return begins_with(choices, at, &letters(ui));
    };
    let marked = drop::step(ui, marked, choices.len());
    *open = Some(begins_with(choices, Some(marked), &letters(ui)).unwrap_or(marked));
    if pressed(Keys::plain(Key::Enter)) || pressed(Keys::plain(Key::Space)) {
        return *open;
    }
    if pressed(Keys::plain(Key::Escape)) || pressed(Keys::alt(Key::ArrowUp)) || pressed(Keys::plain(Key::F4)) {
        *open = None;
    }
    if drop::tab(ui) {
        return open.take();
    }
    None
}

/// The letters typed in this frame, taken away.
fn letters(ui: &Ui) -> String {
    let mut typed = String::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Text(text) => {
                typed.push_str(text.trim());
                false
            }
            _ => true,
        });
    });
    typed.to_lowercase()
}

/// The next choice after this one whose text begins so.
fn begins_with(choices: &[Choice], at: Option<usize>, typed: &str) -> Option<usize> {
    if typed.is_empty() {
        return None;
    }
    let begins = |(_, choice): &(usize, &Choice)| choice.text.to_lowercase().starts_with(typed);
    let after = at.map_or(0, |at| at.saturating_add(1));
    let mut later = choices.iter().enumerate().skip(after).filter(begins);
    later.next().or_else(|| choices.iter().enumerate().find(begins)).map(|(at, _)| at)
}
