//! The sheet of keys: what can be done on this screen, and everywhere.

use egui::{Context, Grid, Id, Key, Modal, RichText, ScrollArea};

use crate::ui::action::{Keys, Offer};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::lang_of;
use crate::ui::{button, fonts};

/// Keys that work on every screen, with the keys of their texts.
const EVERYWHERE: &[(Keys, &str)] = &[
    (Keys::ctrl(Key::Tab), "window.key_next_tab"),
    (Keys::ctrl(Key::W), "window.key_close_tab"),
    (Keys::ctrl(Key::Num1), "window.key_tab"),
    (Keys::ctrl(Key::B), "window.key_menu"),
    (Keys::ctrl(Key::L), "window.key_lock"),
    (Keys::ctrl(Key::Plus), "window.key_larger"),
    (Keys::ctrl(Key::Minus), "window.key_smaller"),
    (Keys::plain(Key::F1), "window.key_help"),
];

/// Draws the sheet; whether it stays open.
pub(crate) fn show(ctx: &Context, offers: &[Offer]) -> bool {
    let lang = lang_of(ctx);
    let say = |key: &str| crate::base::locale::tr(lang, key, &[]);
    let mut open = true;
    let answer = Modal::new(Id::unique("help")).show(ctx, |ui| {
        let tokens = Tokens::of(ui);
        ui.set_width(460.0);
        ui.label(RichText::new(say("window.help")).heading());
        ui.add_space(space::S);
        ScrollArea::vertical().max_height(440.0).show(ui, |ui| {
            Grid::new("help-keys").num_columns(2).spacing([space::XL, space::XS]).striped(true).show(ui, |ui| {
                let key = |text: String| RichText::new(text).font(fonts::bold(tokens.body()));
                for offer in offers {
                    let labels: Vec<String> = offer.action.keys.iter().map(|keys| keys.label()).collect();
                    if !labels.is_empty() {
                        ui.label(key(labels.join(", ")));
                        ui.label(say(offer.action.text));
                        ui.end_row();
                    }
                }
                for (keys, text) in EVERYWHERE {
                    ui.label(key(keys.label()));
                    ui.label(say(text));
                    ui.end_row();
                }
            });
        });
        ui.add_space(space::M);
        open = !button::primary(ui, &say("ui.close"), true).clicked();
    });
    open && !answer.should_close()
}
