//! The head of the card: what can be done, who the customer is, by when, and what the desk should know.

use egui::{Color32, Id, Label, RichText, Ui};

use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::locale;
use crate::domain::order::query::OrderAnswer;
use crate::modules::order_card::card::Card;
use crate::modules::order_card::customer::Customer;
use crate::ui::action::Offer;
use crate::ui::bar::{self, Look};
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::field::{DateInput, Field, date_field, text_field};
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
    due: DateInput,
    hour: String,
}

impl Head {
    /// The head of this card.
    pub(crate) fn new(card: &Card) -> Head {
        let (day, hour) = card.due.split_once('T').unwrap_or((card.due.as_str(), ""));
        let due = match day.parse::<Date>() {
            Err(_) if !day.is_empty() => DateInput::unread(day),
            read => DateInput::new(read.ok()),
        };
        Head { customer: Customer::new(card), due, hour: hour.to_owned() }
    }

    /// Draws the fields and writes what is typed onto the card. Whether the keyboard is to go on to the lines.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &Desk, card: &mut Card) -> bool {
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
            ui.label(RichText::new(&name).color(Tokens::of(ui).colors().text2));
            let field = Field::new(Id::unique("order-note"), &name)
                .width(ui.available_size_before_wrap().x.max(LEAST_NOTE))
                .without_slot();
            text_field(ui, &field, &mut card.note);
            go_on
        });
        row.inner
    }

    fn due_ui(&mut self, ui: &mut Ui, desk: &Desk, card: &mut Card) {
        let name = say(ui, "column.due");
        ui.label(RichText::new(&name).color(Tokens::of(ui).colors().text2));
        let field = Field::new(Id::unique("order-due"), &name).width(120.0).without_slot();
        let day = date_field(ui, &field, &mut self.due, desk.today());
        let name = say(ui, "card.due_time");
        let field = Field::new(Id::unique("order-hour"), &name).width(64.0).hint("18:00").without_slot();
        let hour = text_field(ui, &field, &mut self.hour);
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

/// The line above the fields: number and date, state, and the buttons. The action that was pressed.
pub(crate) fn bar_ui(ui: &mut Ui, desk: &Desk, offers: &[Offer], saved: Option<&OrderAnswer>) -> Option<&'static str> {
    // Words for what is done most, icons for the rest.
    let wordy = |offer: &Offer| offer.primary || matches!(offer.action.id, "print" | "save");
    let look = |offer: &Offer| (*offer, if wordy(offer) { Look::Words } else { Look::Icon });
    let buttons: Vec<_> = offers.iter().map(look).collect();
    bar::titled_ui(ui, Id::unique("order-bar"), &buttons, |ui| title_ui(ui, desk, saved))
}

fn title_ui(ui: &mut Ui, desk: &Desk, saved: Option<&OrderAnswer>) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    // What has no room for a few letters is left out.
    let part = |ui: &mut Ui, words: RichText| {
        if ui.available_width() > LEAST {
            ui.add(Label::new(words).truncate());
        }
    };
    let title = match saved {
        Some(saved) => format!("{} {}", say(ui, "card.order"), saved.head.number),
        None => say(ui, "card.new_order"),
    };
    part(ui, RichText::new(title).font(fonts::bold(size::TITLE)));
    let date = saved.map_or_else(|| desk.today(), |saved| saved.head.date);
    part(ui, RichText::new(locale::date(desk.lang, date)).color(c.text2));
    if let Some(saved) = saved {
        let word = say(ui, &format!("status.{}", saved.head.status.code()));
        part(ui, RichText::new(word).font(fonts::bold(tokens.body())).color(c.info));
        part(ui, RichText::new(format!("{} {}", icon::USER, saved.head.responsible_name)).color(c.text2));
    }
}

/// What stands beside the entry: the keys, or why the last entry gave no line.
pub(crate) fn entry_hint_ui(ui: &mut Ui, refused: Option<&Error>) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    match refused {
        Some(error) => error_line_ui(ui, error),
        None => {
            ui.label(RichText::new(say_with(ui, "card.entry_keys", &[("down", icon::ARROW_DOWN)])).color(c.text3));
        }
    }
}
