//! The sums below the lines, as saving would give them, and why saving would be refused.

use egui::{Align, Layout, RichText, Ui};

use crate::base::error::Error;
use crate::domain::order::query::OrderSums;
use crate::modules::order_card::saving::Saving;
use crate::ui::action::Offer;
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::dialog::error_line_ui;
use crate::ui::fonts;
use crate::ui::list::{is_zero, money};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;

/// Draws the sums, and what was refused beside the way to give it up. Whether that was pressed.
pub(crate) fn ui(
    ui: &mut Ui,
    desk: &Desk,
    saving: &Saving,
    (error, discard): (Option<&Error>, Option<&Offer>),
) -> bool {
    let mut discarded = false;
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    if let Some(error) = error.or(saving.refused.as_ref()) {
        ui.horizontal_wrapped(|ui| {
            error_line_ui(ui, error);
            discarded = discard.is_some_and(|discard| button::action(ui, discard).clicked());
        });
    }
    let Some(answer) = &saving.answer else {
        ui.label(RichText::new(say(ui, "card.no_sums")).color(c.text3));
        return discarded;
    };
    amounts_ui(ui, desk, &answer.sums);
    discarded
}

/// A narrower line has no room for the parts of the total, in points.
const ROOMY: f32 = 720.0;

fn amounts_ui(ui: &mut Ui, desk: &Desk, sums: &OrderSums) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let code = sums.currency.code();
    ui.horizontal(|ui| {
        // In a narrow window what is part of the total is left out.
        let roomy = ui.available_width() >= ROOMY;
        let parts = [("card.net", &sums.net), ("card.tax", &sums.tax)];
        for (word, amount) in parts.into_iter().filter(|_| roomy) {
            ui.label(RichText::new(say(ui, word)).color(c.text2));
            ui.label(money(amount, code, desk));
            ui.add_space(space::M);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let owed = !is_zero(&sums.debt);
            let color = if owed { c.danger } else { c.ok };
            ui.label(RichText::new(money(&sums.debt, code, desk)).font(fonts::bold(size::TITLE)).color(color));
            ui.label(RichText::new(say(ui, "card.due")).color(c.text2));
            ui.add_space(space::M);
            ui.label(money(&sums.paid, code, desk));
            ui.label(RichText::new(say(ui, "column.paid")).color(c.text2));
            ui.add_space(space::M);
            ui.label(RichText::new(money(&sums.total, code, desk)).font(fonts::bold(size::TITLE)));
            ui.label(RichText::new(say(ui, "column.total")).color(c.text2));
        });
    });
}
