//! What the entry and the cells of the lines do to the card.

use std::sync::Arc;

use egui::Ui;

use crate::base::decimal::round_half_up;
use crate::base::error::{Error, Result};
use crate::base::quantity::Quantity;
use crate::domain::item::FoundItem;
use crate::modules::order_card::card::CardLine;
use crate::modules::order_card::column::Column;
use crate::modules::order_card::entry::EntryEvent;
use crate::modules::order_card::line_paint::empty_ui;
use crate::modules::order_card::lines::{LineEvent, Shown};
use crate::modules::order_card::{OrderCard, Then};
use crate::ui::desk::{Desk, Wish};
use crate::ui::screen::Place;

impl OrderCard {
    pub(super) fn entered(&mut self, events: Vec<EntryEvent>, desk: &mut Desk) {
        for event in events {
            match event {
                EntryEvent::Item(item, _) if !item.active => {
                    self.entry.refused = Some(Error::rejected("error.order.item_inactive").arg("item", item.name));
                }
                EntryEvent::Item(item, quantity) => self.found(item, quantity, desk),
                EntryEvent::Unknown(code, quantity) => self.notices.unknown(code, quantity, desk),
                EntryEvent::FreeText(text, quantity) => {
                    self.card.lines.push(Arc::new(CardLine { text, quantity, ..CardLine::default() }));
                    self.lines.focus(self.card.lines.len().saturating_sub(1));
                }
                EntryEvent::Empty if self.card.lines.is_empty() => {}
                EntryEvent::Empty => self.save(desk, Then::Pay),
                EntryEvent::Down => self.lines.focus(0),
            }
        }
    }

    /// Adds so many of what a code stands for, each as much as its label says; asks first where its last day is past.
    fn found(&mut self, item: FoundItem, quantity: String, desk: &Desk) {
        if let Some(day) = item.expires.filter(|day| *day < desk.today()) {
            return self.notices.expired(item, quantity, day);
        }
        match times(item.quantity, &quantity) {
            Ok(quantity) => self.lines.cursor = self.card.add(&item, &quantity),
            Err(error) => self.entry.refused = Some(error),
        }
    }

    pub(super) fn lines_changed(&mut self, events: Vec<LineEvent>, desk: &mut Desk) {
        for event in events {
            match event {
                LineEvent::Changed(at, column, text) => {
                    if let Some(line) = self.card.lines.get_mut(at) {
                        change(Arc::make_mut(line), column, text);
                    }
                }
                LineEvent::Removed(at) if at >= self.card.lines.len() => {}
                LineEvent::Removed(at) => {
                    self.card.lines.remove(at);
                }
                LineEvent::Copied(at) => {
                    if let Some(line) = self.card.lines.get(at).cloned() {
                        self.card.lines.insert(at.saturating_add(1), line);
                        self.lines.cursor = at.saturating_add(1);
                    }
                }
                LineEvent::ItemAsked(at) => {
                    if let Some(item) = self.card.lines.get(at).and_then(|line| line.item) {
                        desk.wish(Wish::Open(Place::of("item", item)));
                    }
                }
                LineEvent::Left => self.entry.focus(),
                LineEvent::Refused => self.postponed = None,
            }
        }
    }

    pub(super) fn lines_ui(&mut self, ui: &mut Ui, desk: &Desk) -> Vec<LineEvent> {
        let refused = self.saving.refused.as_ref().and_then(|error| line_of(error.field()?));
        let why = self.saving.refused.as_ref().map(|error| error.message(desk.lang)).unwrap_or_default();
        let answer = self.saving.answer.as_ref();
        let currency = answer.map_or(desk.house.currency.code(), |answer| answer.sums.currency.code());
        let refused = refused.as_ref().map(|(at, field)| (*at, field.as_str(), why.as_str()));
        let answers = answer.map_or(&[][..], |answer| answer.lines.as_slice());
        let shown = Shown { lines: &self.card.lines, answers, currency, refused, open: true };
        if shown.lines.is_empty() {
            empty_ui(ui);
            return Vec::new();
        }
        self.lines.ui(ui, self.id("lines"), desk, &shown)
    }
}

/// So many labels of so much each. Rejected where that is too much.
fn times(each: Option<Quantity>, count: &str) -> Result<String> {
    let Some(each) = each else { return Ok(count.to_owned()) };
    let count: Quantity = count.parse()?;
    let product = i128::from(each.micros()).checked_mul(i128::from(count.micros()));
    let micros = product.and_then(|product| round_half_up(product, i128::from(Quantity::ONE.micros())));
    let micros = micros.and_then(|micros| i64::try_from(micros).ok());
    let too_large = || Error::rejected("error.number_too_large").arg("text", format!("{count} × {each}"));
    micros.map(|micros| Quantity::from_micros(micros).to_string()).ok_or_else(too_large)
}

fn change(line: &mut CardLine, column: Column, text: String) {
    match column {
        Column::Text => line.text = text,
        Column::Quantity => line.quantity = text,
        Column::Price => line.price = text,
        Column::Discount => {
            line.discount = text;
            line.discount_amount.clear();
        }
        Column::Code | Column::Unit | Column::Sum => {}
    }
}

/// The line and the field in it that a refusal names, such as `lines[2].price`.
fn line_of(field: &str) -> Option<(usize, String)> {
    let (at, rest) = field.strip_prefix("lines[")?.split_once(']')?;
    Some((at.parse().ok()?, rest.trim_start_matches('.').to_owned()))
}
