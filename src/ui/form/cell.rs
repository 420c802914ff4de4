//! One field of a form while it is filled in: read from the object, drawn, written back.

use egui::{Id, TextureHandle, Ui};
use serde_json::{Value as Json, json};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::quantity::Quantity;
use crate::ui::desk::Desk;
use crate::ui::field::amount::Figures;
use crate::ui::field::{
    AmountInput, Answer, Choice, DateInput, Field, amount_field, choice, date_field, flag, multiline, password_field,
    text_field,
};
use crate::ui::form::find::written;
use crate::ui::form::lines::Lines;
use crate::ui::form::reference::Referring;
use crate::ui::form::spec::{FieldKind, FieldSpec};
use crate::ui::form::tiles::{Tiles, tiles};
use crate::ui::form::{FormEvent, picture};
use crate::ui::words::say;

/// How many lines a field of several lines shows.
const LINES: usize = 3;

/// What a field holds.
#[derive(Debug)]
pub(super) enum Cell {
    Line(String),
    Number(AmountInput),
    Day(DateInput),
    Flag(bool),
    Referring(Box<Referring>),
    Several(Lines),
}

/// What a field is drawn with.
pub(super) struct Drawing<'a> {
    pub(super) desk: &'a mut Desk,
    pub(super) events: &'a mut Vec<FormEvent>,
    pub(super) spec: &'a FieldSpec,
    /// The errors of single entries of a list, by their places.
    pub(super) entries: Vec<(usize, String)>,
    /// The picture that is kept, where the caller has drawn it.
    pub(super) picture: Option<TextureHandle>,
}

impl Cell {
    /// The field as it stands in the object.
    pub(super) fn new(kind: FieldKind, value: &Json, (object, books): (&Json, Currency)) -> Cell {
        let number = |figures: Figures| Cell::Number(AmountInput::with(figures, &written(Some(value))));
        match kind {
            FieldKind::Amount => number(Figures::money(books)),
            FieldKind::Balance => number(Figures::money(books).signed()),
            FieldKind::Decimal => number(Figures::quantity(Quantity::DECIMALS).signed()),
            FieldKind::Price(key) => number(Figures::price(currency_in(object, key, books))),
            FieldKind::Quantity => number(Figures::quantity(Quantity::DECIMALS)),
            FieldKind::Percent => number(Figures::percent()),
            FieldKind::Integer => number(Figures::whole().signed()),
            FieldKind::Date => Cell::Day(DateInput::new(Date::parse(&written(Some(value))).ok())),
            FieldKind::Flag => Cell::Flag(value.as_bool().unwrap_or_default()),
            FieldKind::Reference(reference) => Cell::Referring(Box::new(Referring::new(reference, value, object))),
            FieldKind::List(_) => {
                let texts = value.as_array().map(Vec::as_slice).unwrap_or_default().iter();
                Cell::Several(Lines::new(texts.map(entry_text).collect()))
            }
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Password
            | FieldKind::Choice(_)
            | FieldKind::Color
            | FieldKind::Icon
            | FieldKind::Picture => Cell::Line(written(Some(value))),
        }
    }

    /// What the object keeps; nothing where the field is empty or not settled.
    pub(super) fn value(&self, kind: FieldKind) -> Option<Json> {
        match self {
            Cell::Line(text) => {
                let text = if matches!(kind, FieldKind::Password) { text.as_str() } else { text.trim() };
                (!text.is_empty()).then(|| json!(text))
            }
            Cell::Number(input) => match (kind, input.plain()?) {
                (FieldKind::Integer, plain) => plain.parse::<i64>().ok().map(|whole| json!(whole)),
                (_, plain) => Some(json!(plain)),
            },
            Cell::Day(input) => input.date().map(|date| json!(date.to_string())),
            Cell::Flag(on) => Some(json!(on)),
            Cell::Referring(reference) => reference.value(),
            Cell::Several(lines) => lines.value(),
        }
    }

    /// Whether what stands here can be taken as it is.
    pub(super) fn is_settled(&self) -> bool {
        match self {
            Cell::Number(input) => input.is_settled(),
            Cell::Day(input) => input.is_settled(),
            Cell::Referring(reference) => reference.is_settled(),
            Cell::Line(_) | Cell::Flag(_) | Cell::Several(_) => true,
        }
    }

    /// Says what is wrong from now on.
    pub(super) fn insist(&mut self) {
        match self {
            Cell::Number(input) => input.insist(),
            Cell::Day(input) => input.insist(),
            Cell::Referring(reference) => reference.insist(),
            Cell::Line(_) | Cell::Flag(_) | Cell::Several(_) => {}
        }
    }

    /// Counts prices in another currency from now on.
    pub(super) fn follow_currency(&mut self, currency: Currency) {
        if let Cell::Number(input) = self {
            input.change_figures(Figures::price(currency));
        }
    }

    /// Where the focus goes that comes to this field.
    pub(super) fn focus(&self, id: Id) -> Id {
        match self {
            Cell::Several(lines) => lines.first(id),
            _ => id,
        }
    }

    /// Draws it.
    pub(super) fn show(&mut self, ui: &mut Ui, field: &Field<'_>, with: Drawing<'_>) -> Answer {
        let today = with.desk.today();
        match self {
            Cell::Number(input) => amount_field(ui, field, input),
            Cell::Day(input) => date_field(ui, field, input, today),
            Cell::Flag(on) => flag(ui, field, on, ""),
            Cell::Referring(reference) => reference.show(ui, field, with),
            Cell::Several(lines) => lines.show(ui, field, &with.entries),
            Cell::Line(text) => line(ui, field, text, with),
        }
    }
}

fn line(ui: &mut Ui, field: &Field<'_>, text: &mut String, with: Drawing<'_>) -> Answer {
    match with.spec.kind {
        FieldKind::LongText => multiline(ui, field, text, LINES),
        FieldKind::Password => password_field(ui, field, text),
        FieldKind::Color => tiles(ui, field, Tiles::Colors, text),
        FieldKind::Icon => tiles(ui, field, Tiles::Icons, text),
        FieldKind::Picture => picture::show(ui, field, text, with),
        FieldKind::Choice(choices) => {
            let none = (!with.spec.required).then(|| Choice::new("", "\u{2013}"));
            let choices = choices.iter().map(|(value, key)| Choice::new(*value, say(ui, key)));
            let choices: Vec<Choice> = none.into_iter().chain(choices).collect();
            choice(ui, field, &choices, text)
        }
        _ => text_field(ui, field, text),
    }
}

/// The currency that stands in the object under a key, else that of the books.
pub(super) fn currency_in(object: &Json, key: Option<&str>, books: Currency) -> Currency {
    let code = key.and_then(|key| object.get(key)).map(|code| written(Some(code)));
    code.and_then(|code| Currency::parse(&code).ok()).unwrap_or(books)
}

/// An entry of a list as text: itself, or the first text of what a card answers with.
fn entry_text(entry: &Json) -> String {
    match entry {
        Json::Object(parts) => written(parts.values().find(|part| part.is_string())),
        other => written(Some(other)),
    }
}
