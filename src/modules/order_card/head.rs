//! The head of the card: what can be done, who the customer is, by when, and what the desk should know.

use egui::{Color32, Id, Label, Response, RichText, TextStyle, TextWrapMode, Ui, WidgetText, vec2};

use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::locale;
use crate::domain::number::Number;
use crate::domain::order::query::OrderAnswer;
use crate::domain::series::{AllSeries, SeriesRow};
use crate::engine::worker::Lane;
use crate::modules::order_card::card::Card;
use crate::modules::order_card::customer::Customer;
use crate::modules::order_card::own::OwnFields;
use crate::ui::action::Offer;
use crate::ui::bar::{self, Look};
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::field::{DateInput, Field, date_field, text_field};
use crate::ui::loader::Loader;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{say, say_with};
use crate::ui::{fonts, icon};

/// A part of the title is not narrower, in points.
const LEAST: f32 = 70.0;
/// A narrower field for a note begins the next line, with its label.
const LEAST_NOTE: f32 = 160.0;

/// The fields of the head.
pub(crate) struct Head {
    /// The customer.
    pub customer: Customer,
    /// The fields that the company added.
    pub own: OwnFields,
    due: DateInput,
    hour: String,
    due_refused: Option<Error>,
    series: Loader<Vec<SeriesRow>>,
}

/// Whose title stands over the card.
pub(crate) enum Titled<'a> {
    /// A saved order's.
    Saved(&'a OrderAnswer),
    /// A new one's, with the number it would get now.
    New(Option<Number>),
}

impl Head {
    /// The head of this card.
    pub(crate) fn new(card: &Card) -> Head {
        let (due, hour) = due_of(card);
        Head {
            customer: Customer::new(card),
            own: OwnFields::default(),
            due,
            hour,
            due_refused: None,
            series: Loader::default(),
        }
    }

    /// Somebody else set another due day or time; what is typed for a customer stays.
    pub(crate) fn follow_due(&mut self, card: &Card) {
        (self.due, self.hour) = due_of(card);
        self.due_refused = None;
    }

    /// The number that an order saved now would get; it is taken only by saving.
    pub(crate) fn expected(&mut self, desk: &Desk) -> Option<Number> {
        let ask = || desk.handle.ask(Lane::Interactive, &desk.call, AllSeries {});
        let series = self.series.keep(desk.revision(&["orders"]), ask)?;
        series.iter().find(|series| series.name == "order").map(|series| Number::new(series.next))
    }

    /// Draws the fields and writes what is typed onto the card. Whether the keyboard is to go on to the lines.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk, card: &mut Card) -> bool {
        let row = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let go_on = self.customer.ui(ui, Id::unique("order-customer"), desk, card);
            ui.add_space(space::S);
            self.due_ui(ui, desk, card);
            ui.add_space(space::S);
            let name = say(ui, "column.note");
            let label =
                ui.painter().layout_no_wrap(name.clone(), fonts::regular(Tokens::of(ui).body()), Color32::PLACEHOLDER);
            if ui.available_size_before_wrap().x < label.size().x + space::S + LEAST_NOTE {
                ui.end_row();
            }
            label_ui(ui, &name);
            let field = Field::new(Id::unique("order-note"), &name)
                .width(ui.available_size_before_wrap().x.max(LEAST_NOTE))
                .without_slot();
            text_field(ui, &field, &mut card.note);
            go_on
        });
        if let Some(error) = self.customer.refused.as_ref().or(self.due_refused.as_ref()) {
            ui.horizontal_wrapped(|ui| error_line_ui(ui, error));
        }
        self.own.ui(ui, desk, card);
        row.inner
    }

    /// Says at the field of the due day why it was not taken.
    pub(crate) fn refuse_due(&mut self, error: Error) {
        self.due.insist();
        let unread = || Error::rejected("error.day_unreadable").arg("text", self.due.text().trim());
        self.due_refused = Some(match self.due.text().trim() {
            "" => Error::rejected("error.hour_without_day").arg("text", self.hour.trim()),
            _ if self.due.is_settled() => error,
            _ => unread(),
        });
    }

    fn due_ui(&mut self, ui: &mut Ui, desk: &Desk, card: &mut Card) {
        let name = say(ui, "column.due");
        label_ui(ui, &name);
        let field = Field::new(Id::unique("order-due"), &name).width(120.0).without_slot();
        let day = date_field(ui, &field, &mut self.due, desk.today());
        let name = say(ui, "card.due_time");
        let wrong = self.due_refused.as_ref().filter(|_| self.due.is_settled()).map(|error| error.message(desk.lang));
        let field = Field::new(Id::unique("order-hour"), &name).width(64.0).hint("18:00").error(wrong.as_deref());
        let hour = text_field(ui, &field.without_slot(), &mut self.hour);
        if day.changed || hour.changed {
            self.due_refused = None;
        }
        let unread = self.due.reading().is_err();
        if !(day.changed || hour.changed || unread) {
            return;
        }
        // What is no date or no time stays as it was typed: saving then says so, and the draft keeps it.
        let day = self.due.date().map_or_else(|| self.due.text().trim().to_owned(), |date| date.to_string());
        let hour = self.hour.trim();
        card.due = if hour.is_empty() { day } else { format!("{day}T{hour}") };
    }
}

fn due_of(card: &Card) -> (DateInput, String) {
    let (day, hour) = card.due.split_once('T').unwrap_or((card.due.as_str(), ""));
    let due = match day.parse::<Date>() {
        Err(_) if !day.is_empty() => DateInput::unread(day),
        read => DateInput::new(read.ok()),
    };
    (due, hour.to_owned())
}

/// The name of a field before it, in the middle of its height also where it begins a line.
fn label_ui(ui: &mut Ui, name: &str) {
    let tokens = Tokens::of(ui);
    let words = Label::new(RichText::new(name).color(tokens.colors().text2));
    let wide = ui.painter().layout_no_wrap(name.to_owned(), fonts::regular(tokens.body()), Color32::PLACEHOLDER).size();
    ui.add_sized(vec2(wide.x, tokens.control_height()), words);
}

/// The line above the fields: number and date, state, and the buttons. The action that was pressed.
pub(crate) fn bar_ui(ui: &mut Ui, desk: &Desk, offers: &[Offer], titled: &Titled<'_>) -> Option<&'static str> {
    let buttons: Vec<_> = offers.iter().map(|offer| (*offer, Look::Words)).collect();
    bar::titled_ui(ui, Id::unique("order-bar"), &buttons, |ui| match titled {
        Titled::Saved(saved) => saved_title_ui(ui, desk, saved),
        Titled::New(expected) => new_title_ui(ui, desk, *expected),
    })
}

fn saved_title_ui(ui: &mut Ui, desk: &Desk, saved: &OrderAnswer) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let title = format!("{} {}", say(ui, "card.order"), saved.head.number);
    part_ui(ui, RichText::new(title).font(fonts::bold(size::TITLE)));
    part_ui(ui, RichText::new(locale::date(desk.lang, saved.head.date)).color(c.text2));
    let word = say(ui, &format!("status.{}", saved.head.status.code()));
    part_ui(ui, RichText::new(word).font(fonts::bold(tokens.body())).color(c.info));
    part_ui(ui, RichText::new(format!("{} {}", icon::USER, saved.head.responsible_name)).color(c.text2));
}

fn new_title_ui(ui: &mut Ui, desk: &Desk, expected: Option<Number>) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    part_ui(ui, RichText::new(say(ui, "card.new_order")).font(fonts::bold(size::TITLE)));
    if let Some(number) = expected {
        let words = say_with(ui, "card.expected_number", &[("number", &number.to_string())]);
        let shown = part_ui(ui, RichText::new(words).font(fonts::regular(size::TITLE)).color(c.text3));
        shown.map(|shown| shown.on_hover_text(say(ui, "card.given_when_saved")));
    }
    part_ui(ui, RichText::new(locale::date(desk.lang, desk.today())).color(c.text2));
}

/// A part of the title; what has no room is left out, but for the first.
fn part_ui(ui: &mut Ui, words: RichText) -> Option<Response> {
    let first = ui.min_rect().width() < 1.0;
    let galley = WidgetText::from(words.clone()).into_galley(ui, Some(TextWrapMode::Extend), LEAST, TextStyle::Body);
    (first || galley.size().x <= ui.available_width()).then(|| ui.add(Label::new(words).truncate()))
}

/// What stands beside the entry: the keys, or why the last entry gave no line.
pub(crate) fn entry_hint_ui(ui: &mut Ui, refused: Option<&Error>) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    match refused {
        Some(error) => error_line_ui(ui, error),
        None => {
            let words = say_with(ui, "card.entry_keys", &[("down", icon::ARROW_DOWN)]);
            let font = fonts::regular(tokens.body());
            let wide = ui.painter().layout_no_wrap(words.clone(), font, Color32::PLACEHOLDER).size().x;
            if wide <= ui.available_width() {
                ui.label(RichText::new(words).color(c.text3));
            }
        }
    }
}
