//! Fields of forms and dialogs: what a person types, how it is shown, what is said about it below.

pub mod amount;
mod calendar;
mod choice;
mod clipboard;
mod compute;
mod date;
pub mod day;
pub(crate) mod drop;
pub(crate) mod edit;
mod flag;
mod number;
mod secret;
mod text;

pub use choice::{Choice, choice};
pub use date::{DateInput, date_field};
pub use edit::cursor_to_end;
pub use flag::flag;
pub use number::{AmountInput, amount_field};
pub use secret::password_field;
pub use text::{multiline, search_field, text_field};

pub(crate) use drop::{Drop, Row, Walked};
pub(crate) use edit::{Edit, Shape, stayed};

use egui::{Id, Label, Response, RichText, Ui, vec2};

use crate::base::error::Error;
use crate::ui::fonts;
use crate::ui::tokens::{Tokens, size};
use crate::ui::words::lang;

/// What Enter does in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enter {
    /// Goes to the next control.
    #[default]
    Next,
    /// Goes to this control.
    To(Id),
    /// Stays here; the form or dialog around hears it.
    Stay,
}

/// How a field looks and behaves; what it holds is given beside it.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Its fixed id, made of what it belongs to.
    pub id: Id,
    /// Its name for screen readers, in the reader's language.
    pub name: &'a str,
    /// What an empty field shows.
    pub hint: &'a str,
    /// What is wrong with it.
    pub error: Option<&'a str>,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Whether it is only shown.
    pub read_only: bool,
    /// Its width in points; as much as there is where it is infinite.
    pub width: f32,
    /// What Enter does.
    pub enter: Enter,
    /// Whether the place for a message below is kept free.
    pub slot: bool,
    /// For one of a few: the icon that stands for it while nothing is chosen, where room is rare; empty for words.
    pub sign: &'static str,
}

/// What happened in a field.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The control.
    pub response: Response,
    /// Whether what it holds was changed.
    pub changed: bool,
    /// Whether the focus came to it.
    pub came: bool,
    /// Whether the focus went away from it.
    pub left: bool,
    /// Whether Enter was pressed in it.
    pub entered: bool,
}

impl<'a> Field<'a> {
    /// A field as wide as its place.
    pub fn new(id: Id, name: &'a str) -> Field<'a> {
        Field {
            id,
            name,
            hint: "",
            error: None,
            required: false,
            read_only: false,
            width: f32::INFINITY,
            enter: Enter::Next,
            slot: true,
            sign: "",
        }
    }

    /// With what an empty field shows.
    pub fn hint(self, hint: &'a str) -> Field<'a> {
        Field { hint, ..self }
    }

    /// With what is wrong with it, if anything.
    pub fn error(self, error: Option<&'a str>) -> Field<'a> {
        Field { error, ..self }
    }

    /// Has to be filled in, or not.
    pub fn required(self, required: bool) -> Field<'a> {
        Field { required, ..self }
    }

    /// Is only shown, or not.
    pub fn read_only(self, read_only: bool) -> Field<'a> {
        Field { read_only, ..self }
    }

    /// So many points wide.
    pub fn width(self, width: f32) -> Field<'a> {
        Field { width, ..self }
    }

    /// With what Enter does.
    pub fn enter(self, enter: Enter) -> Field<'a> {
        Field { enter, ..self }
    }

    /// With an icon in place of words while nothing is chosen.
    pub fn sign(self, sign: &'static str) -> Field<'a> {
        Field { sign, ..self }
    }

    /// Without a place for messages: for rows of a table.
    pub fn without_slot(self) -> Field<'a> {
        Field { slot: false, ..self }
    }
}

/// Height of the place for a message below a field.
pub const SLOT: f32 = 16.0;

/// What is said below a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// What is wrong.
    Wrong(String),
    /// What to know.
    Know(String),
}

/// The place below a field: an error before a note; it grows where the words need more than a line.
pub(crate) fn slot(ui: &mut Ui, field: &Field<'_>, note: Option<&Note>) {
    if !field.slot {
        return;
    }
    let tokens = Tokens::of(ui);
    let (words, color) = match (field.error, note) {
        (Some(error), _) => (error, tokens.colors().danger),
        (None, Some(Note::Wrong(words))) => (words.as_str(), tokens.colors().danger),
        (None, Some(Note::Know(words))) => (words.as_str(), tokens.colors().text3),
        (None, None) => {
            ui.allocate_space(vec2(1.0, SLOT));
            return;
        }
    };
    let top = ui.cursor().top();
    ui.add(Label::new(RichText::new(words).font(fonts::regular(size::HINT)).color(color)).wrap());
    let used = ui.cursor().top() - top;
    if used < SLOT {
        ui.allocate_space(vec2(1.0, SLOT - used));
    }
}

/// What is wrong and what to do next, as it is said below a field.
pub(crate) fn told(ui: &Ui, error: &Error) -> String {
    let lang = lang(ui);
    match error.next_step(lang) {
        Some(next) => format!("{}. {next}", error.message(lang)),
        None => error.message(lang),
    }
}

/// A few small words beside or below a field.
pub(crate) fn hint(ui: &mut Ui, words: &str, wrong: bool) -> Response {
    let tokens = Tokens::of(ui);
    let color = if wrong { tokens.colors().danger } else { tokens.colors().text3 };
    ui.label(RichText::new(words).font(fonts::regular(size::HINT)).color(color))
}

/// Draws a field and what stands below it as one column. Where lines wrap, a field that has no room begins the next one.
pub(crate) fn column<R>(ui: &mut Ui, field: &Field<'_>, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let begun = ui.cursor().left() > ui.max_rect().left() + 1.0;
    if begun && ui.layout().main_wrap() && field.width.is_finite() && ui.available_size_before_wrap().x < field.width {
        ui.end_row();
    }
    let column = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        draw(ui)
    });
    column.inner
}
