//! The card in the middle of the window, before somebody sits at the desk.

use egui::{
    Align, CentralPanel, Frame, Id, Key, Layout, Margin, Response, RichText, ScrollArea, TextEdit, TextStyle,
    TextWrapMode, Ui, WidgetText, vec2,
};

use crate::app::setting::Setting;
use crate::base::locale::{Lang, tr};
use crate::base::unreal::Unreal;
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
            // What fits into the window without the room above it fits with it too.
            let (known, room) = (Id::unique("card-height"), ui.available_height());
            let tall: f32 = ui.data(|data| data.get_temp(known)).unwrap_or_default();
            let free = room - tall - ui.spacing().item_spacing.y;
            ui.add_space(if free > 0.0 { (room * 0.14).min(free / 2.0) } else { space::M });
            let drawn = ui.vertical_centered(|ui| {
                let frame = Frame::new().fill(c.panel).corner_radius(6).stroke((1.0, c.border));
                frame.inner_margin(Margin::same(24)).show(ui, |ui| {
                    ui.set_width(WIDTH);
                    ui.with_layout(Layout::top_down(Align::Min), inside);
                });
            });
            let height = drawn.response.rect.height();
            if height != tall {
                ui.data_mut(|data| data.insert_temp(known, height));
                ui.ctx().request_repaint();
            }
        });
    });
}

/// That nothing of this company is real.
pub(crate) fn unreal_ui(ui: &mut Ui, unreal: Unreal) {
    let warn = Tokens::of(ui).colors().warn;
    ui.label(RichText::new(say(ui, unreal_key(unreal))).size(size::HINT + 1.0).color(warn));
}

/// The key of these words.
pub(crate) fn unreal_key(unreal: Unreal) -> &'static str {
    match unreal {
        Unreal::Demo => "window.demo",
        Unreal::Training => "window.training",
    }
}

/// One line to type into, with its label above.
pub(crate) fn line(ui: &mut Ui, (id, label): (&str, &str), text: &mut String, secret: bool) -> Response {
    let label = ui.label(RichText::new(say(ui, label)).color(Tokens::of(ui).colors().text2));
    edit_ui(ui, (id, &label), text, secret)
}

/// Two lines beside each other; they stand level however many lines their labels need.
pub(crate) fn pair(ui: &mut Ui, lines: [((&str, &str), &mut String); 2], secret: bool) -> [Response; 2] {
    let color = Tokens::of(ui).colors().text2;
    let width = ((ui.available_width() - space::M) / 2.0).floor();
    let lines = lines.map(|((id, label), text)| {
        let words = WidgetText::from(RichText::new(say(ui, label)).color(color));
        (id, words.into_galley(ui, Some(TextWrapMode::Wrap), width, TextStyle::Body), text)
    });
    let height = lines.iter().map(|(_, label, _)| label.size().y).fold(0.0, f32::max);
    let row = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        lines.map(|(id, label, text)| {
            let column = ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ui.add_space(height - label.size().y);
                let label = ui.label(label);
                edit_ui(ui, (id, &label), text, secret)
            });
            column.inner
        })
    });
    row.inner
}

fn edit_ui(ui: &mut Ui, (id, label): (&str, &Response), text: &mut String, secret: bool) -> Response {
    let edit = TextEdit::singleline(text).id(Id::unique(id)).password(secret).desired_width(f32::INFINITY);
    let height = Tokens::of(ui).control_height();
    let response = ui.add(edit.min_size(vec2(0.0, height)).align(egui::Align2::LEFT_CENTER));
    ui.add_space(space::S);
    response.labelled_by(label.id)
}

/// Whether Enter was pressed in this line.
pub(crate) fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// The languages, each by its own name; the window changes at once. Whether another one was chosen.
pub(crate) fn language_ui(ui: &mut Ui, setting: &mut Setting) -> bool {
    let before = setting.lang;
    for lang in Lang::ALL.iter() {
        if ui.selectable_label(before == *lang, tr(*lang, "window.language_name", &[])).clicked() {
            setting.lang = *lang;
            words::speak(ui.ctx(), *lang);
        }
    }
    setting.lang != before
}

/// The languages before anybody signed in: what is chosen here is what the workplace speaks from then on.
pub(crate) fn door_language_ui(ui: &mut Ui, setting: &mut Setting) {
    if language_ui(ui, setting) {
        setting.door = setting.lang;
        setting.keep();
    }
}
