//! The sheet of keys: what can be done on this screen, and everywhere.

use egui::{Context, Frame, Grid, Id, Key, Modal, RichText, ScrollArea};

use crate::app::own;
use crate::ui::action::{Keys, Offer};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::lang_of;
use crate::ui::{button, fonts};

/// Draws the sheet; whether it stays open.
pub(crate) fn show(ctx: &Context, offers: &[Offer]) -> bool {
    let lang = lang_of(ctx);
    let say = |key: &str| crate::base::locale::tr(lang, key, &[]);
    // Taken away: it closes the sheet and nothing that lies under it.
    let closes = [Key::Escape, Key::F1].map(Keys::plain);
    let mut open = !ctx.input_mut(|input| closes.iter().any(|keys| keys.pressed(input)));
    let frame = Frame::popup(&ctx.global_style()).fill(Tokens::of_ctx(ctx).colors().raised).inner_margin(16);
    let answer = Modal::new(Id::unique("help")).frame(frame).show(ctx, |ui| {
        let tokens = Tokens::of(ui);
        ui.set_width(460.0);
        let room = (ui.ctx().content_rect().height() - 160.0).min(480.0);
        ui.label(RichText::new(say("window.help")).heading());
        ui.add_space(space::S);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            Grid::new("help-keys").num_columns(2).spacing([space::XL, space::XS]).striped(true).show(ui, |ui| {
                let key = |text: String| RichText::new(text).font(fonts::bold(tokens.body()));
                for action in offers.iter().map(|offer| offer.action).chain(own::ACTIONS) {
                    let labels: Vec<String> = action.keys.iter().map(|keys| keys.label()).collect();
                    if !labels.is_empty() {
                        ui.label(key(labels.join(", ")));
                        ui.label(say(action.text));
                        ui.end_row();
                    }
                }
            });
        });
        ui.add_space(space::M);
        open &= !button::primary(ui, &say("ui.close"), true).clicked();
    });
    open && !answer.should_close()
}
