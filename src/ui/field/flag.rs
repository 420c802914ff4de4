//! The field for yes or no.

use egui::{Align2, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::field::{Answer, Field, column, drop::Drop, edit, slot};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{focus, fonts, icon};

/// The side of the box, in points.
const SIDE: f32 = 16.0;

/// A box to be ticked, with words beside it; they may be empty where a label stands elsewhere. Space ticks it.
pub fn flag(ui: &mut Ui, field: &Field<'_>, on: &mut bool, beside: &str) -> Answer {
    if field.read_only {
        let words = say(ui, if *on { "field.yes" } else { "field.no" });
        return column(ui, field, |ui| {
            let answer = edit::shown_only(ui, field, &words, false);
            slot(ui, field, None);
            answer
        });
    }
    let before = *on;
    let has = ui.memory(|memory| memory.has_focus(field.id));
    let entered = edit::enter(ui, field, has);
    column(ui, field, |ui| {
        let response = tick(ui, field, *on, beside);
        Drop::of(field.id).lock(ui, false);
        if focus::struck(&response) {
            *on = !*on;
            response.request_focus();
        }
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, field.name));
        edit::name(ui, field, false);
        edit::go_to(ui, field, entered);
        let (came, left) = edit::visit(ui, field.id);
        if came {
            response.scroll_to_me(None);
        }
        slot(ui, field, None);
        Answer { response, changed: *on != before, came, left, entered }
    })
}

fn tick(ui: &mut Ui, field: &Field<'_>, on: bool, beside: &str) -> egui::Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let font = fonts::regular(tokens.body());
    let room = (ui.available_width() - SIDE - space::S).max(SIDE);
    let words = ui.painter().layout(beside.to_owned(), font, c.text, room);
    let gap = if beside.is_empty() { 0.0 } else { space::S };
    let height = tokens.control_height().max(words.size().y);
    let (_, rect) = ui.allocate_space(vec2(SIDE + gap + words.size().x, height));
    let response = ui.interact(rect, field.id, Sense::click());
    let place = Align2::LEFT_CENTER.align_size_within_rect(vec2(SIDE, SIDE), rect);
    let edge = if field.error.is_some() { c.danger } else { c.border_strong };
    let (fill, edge) =
        if on { (c.accent, c.accent) } else { (if response.hovered() { c.hover } else { c.panel }, edge) };
    ui.painter().rect(place, 3.0, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    if on {
        let font = fonts::regular(SIDE - 3.0);
        ui.painter().text(place.center(), Align2::CENTER_CENTER, icon::CHECK, font, c.on_accent);
    }
    let at = Align2::RIGHT_CENTER.align_size_within_rect(words.size(), rect);
    ui.painter().galley(at.min, words, c.text);
    response
}
