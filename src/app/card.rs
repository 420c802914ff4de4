//! The card in the middle of the window, before somebody sits at the desk.

use egui::{Align, CentralPanel, Frame, Id, Key, Layout, Margin, Response, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::app::setting::Setting;
use crate::base::locale::{Lang, tr};
use crate::ui::focus::scrolled;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::{self, say};

/// Width of what stands on the card.
const WIDTH: f32 = 380.0;

/// Draws a card in the middle of the window.
pub(crate) fn card(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    CentralPanel::default().frame(Frame::new().fill(c.bg)).show(ui, |ui| {
        scrolled(ui, ScrollArea::vertical(), |ui| {
            ui.add_space((ui.available_height() * 0.14).max(space::M));
            ui.vertical_centered(|ui| {
                let frame = Frame::new().fill(c.panel).corner_radius(6).stroke((1.0, c.border));
                frame.inner_margin(Margin::same(24)).show(ui, |ui| {
                    ui.set_width(WIDTH);
                    ui.with_layout(Layout::top_down(Align::Min), inside);
                });
            });
        });
    });
}

/// That nothing of this company is real.
pub(crate) fn demo_ui(ui: &mut Ui) {
    let warn = Tokens::of(ui).colors().warn;
    ui.label(RichText::new(say(ui, "window.demo")).size(size::HINT + 1.0).color(warn));
}

/// One line to type into, with its label above.
pub(crate) fn line(ui: &mut Ui, (id, label): (&str, &str), text: &mut String, secret: bool) -> Response {
    let tokens = Tokens::of(ui);
    let label = ui.label(RichText::new(say(ui, label)).color(tokens.colors().text2));
    let height = tokens.control_height();
    let edit = TextEdit::singleline(text).id(Id::unique(id)).password(secret).desired_width(f32::INFINITY);
    let response = ui.add(edit.min_size(vec2(0.0, height)).align(egui::Align2::LEFT_CENTER));
    ui.add_space(space::S);
    response.labelled_by(label.id)
}

/// Whether Enter was pressed in this line.
pub(crate) fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// The languages, each by its own name; the window changes at once.
pub(crate) fn language_ui(ui: &mut Ui, setting: &mut Setting) {
    for lang in Lang::ALL.iter() {
        let chosen = setting.lang == *lang;
        if ui.selectable_label(chosen, tr(*lang, "window.language_name", &[])).clicked() && !chosen {
            setting.lang = *lang;
            setting.keep();
            words::speak(ui.ctx(), *lang);
        }
    }
}
