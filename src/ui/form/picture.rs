//! The field of a picture: what is kept, a button to choose another, a button to take it away.

use egui::{Align2, Image, Sense, Ui, vec2};

use crate::ui::field::{Answer, Field, column, slot};
use crate::ui::form::FormEvent;
use crate::ui::form::cell::Drawing;
use crate::ui::form::lines::word_button;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::{fonts, icon};

/// The side of the picture as it is shown, in points.
const SIDE: f32 = 96.0;

/// Draws the field; `hash` is empty where there is no picture. Choosing one is left to the caller.
pub(super) fn show(ui: &mut Ui, field: &Field<'_>, hash: &mut String, with: Drawing<'_>) -> Answer {
    let before = hash.clone();
    column(ui, field, |ui| {
        let row = ui.horizontal_top(|ui| {
            let (_, rect) = ui.allocate_space(vec2(SIDE, SIDE));
            let tokens = Tokens::of(ui);
            let c = tokens.colors();
            let edge = egui::Stroke::new(1.0, c.border);
            ui.painter().rect(rect, 6.0, c.panel, edge, egui::StrokeKind::Inside);
            match with.picture.as_ref().filter(|_| !hash.is_empty()) {
                Some(texture) => Image::new(texture).paint_at(ui, rect.shrink(2.0)),
                None => {
                    let font = fonts::regular(size::AMOUNT);
                    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::IMAGE, font, c.text3);
                }
            }
            if field.read_only {
                return ui.interact(rect, field.id, Sense::hover());
            }
            ui.add_space(space::S);
            ui.vertical(|ui| {
                let choose = word_button(ui, field.id, icon::IMAGE, "field.choose_picture");
                if choose.clicked() {
                    with.events.push(FormEvent::PictureAsked { key: with.spec.key });
                }
                if !hash.is_empty() && word_button(ui, field.id.with("remove"), icon::X, "field.no_picture").clicked() {
                    hash.clear();
                }
                choose
            })
            .inner
        });
        slot(ui, field, None);
        Answer { response: row.inner, changed: before != *hash, came: false, left: false, entered: false }
    })
}
