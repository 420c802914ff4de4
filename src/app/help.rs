//! The sheet of keys: what can be done on this screen, in its parts, and everywhere.

use egui::{Context, Frame, Grid, Id, Key, Modal, RichText, ScrollArea, Ui};

use crate::app::own;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::focus::scrolled;
use crate::ui::habits::{EVERYWHERE, Part};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts};

/// How tall the keys are at most, and what stands around them, in points.
const MOST: f32 = 480.0;
const AROUND: f32 = 160.0;

/// Draws the sheet; whether it stays open.
pub(crate) fn show(ctx: &Context, offers: &[Offer], parts: &[Part]) -> bool {
    // Taken away: it closes the sheet and nothing that lies under it.
    let closes = [Key::Escape, Key::F1].map(Keys::plain);
    let mut open = !ctx.input_mut(|input| closes.iter().any(|keys| keys.pressed(input)));
    let frame = Frame::popup(&ctx.global_style()).fill(Tokens::of_ctx(ctx).colors().raised).inner_margin(16);
    let answer = Modal::new(Id::unique("help")).frame(frame).show(ctx, |ui| {
        let screen = ui.ctx().content_rect().size();
        ui.set_width((screen.x - 4.0 * space::XL).min(520.0));
        ui.label(RichText::new(say(ui, "window.help")).heading());
        ui.add_space(space::S);
        let area = ScrollArea::vertical().auto_shrink([false, true]).max_height((screen.y - AROUND).min(MOST));
        scrolled(ui, area, |ui| {
            actions_ui(ui, "keys.here", &mut offers.iter().map(|offer| offer.action));
            for part in parts.iter().chain(EVERYWHERE) {
                let lines = part.habits.iter().map(|habit| (habit.keys, habit.text));
                lines_ui(ui, part.title, lines.collect());
            }
            actions_ui(ui, "keys.everywhere", &mut own::ACTIONS.iter());
        });
        ui.add_space(space::M);
        open &= !button::primary(ui, &say(ui, "ui.close"), true).clicked();
    });
    open && !answer.should_close()
}

fn actions_ui(ui: &mut Ui, title: &'static str, actions: &mut dyn Iterator<Item = &Action>) {
    lines_ui(ui, title, actions.map(|action| (action.keys, action.text)).collect());
}

/// What keys do, below what they belong to; nothing where there are none.
fn lines_ui(ui: &mut Ui, title: &'static str, mut lines: Vec<(&[Keys], &'static str)>) {
    lines.retain(|(keys, _)| !keys.is_empty());
    if lines.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.label(RichText::new(say(ui, title)).font(fonts::bold(size::SECTION)));
    let half = (ui.available_width() - space::XL) / 2.0;
    Grid::new(title).num_columns(2).spacing([space::XL, space::XS]).striped(true).max_col_width(half).show(ui, |ui| {
        for (keys, text) in lines {
            let labels: Vec<String> = keys.iter().map(|keys| keys.label()).collect();
            ui.label(RichText::new(labels.join(", ")).font(fonts::bold(tokens.body())));
            ui.label(say(ui, text));
            ui.end_row();
        }
    });
    ui.add_space(space::M);
}
