//! How the lines of an order are painted: their header, a cell's text, what is wrong with a cell, an empty order.

use egui::{Align2, Area, Color32, Frame, Id, Order, Rect, Sense, Ui, pos2, vec2};

use crate::base::error::Error;
use crate::modules::order_card::column::COLUMNS;
use crate::ui::dialog::error_line_ui;
use crate::ui::tokens::{CELL_PADDING, Tokens};
use crate::ui::words::{say, say_with};
use crate::ui::{fonts, icon};

/// The room for what is wrong with a cell, in points.
const WRONG: f32 = 280.0;

/// The titles over the columns.
pub(super) fn header_ui(ui: &mut Ui, widths: &[f32; COLUMNS.len()]) {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.row_height()), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, c.sunken);
    let mut left = rect.min.x;
    for ((column, title, _), width) in COLUMNS.iter().zip(widths) {
        let cell = Rect::from_min_size(pos2(left, rect.min.y), vec2(*width, rect.height()));
        left += width;
        let at = if column.is_right() { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        let inside = cell.shrink2(CELL_PADDING);
        let font = fonts::bold(tokens.body());
        ui.painter().with_clip_rect(cell).text(at.pos_in_rect(&inside), at, say(ui, title), font, c.text2);
    }
}

/// The text of a cell, at its right end or not.
pub(super) fn paint(ui: &Ui, cell: Rect, text: &str, (right, color): (bool, Color32)) {
    let inside = cell.shrink2(CELL_PADDING);
    let at = if right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let font = fonts::regular(Tokens::of(ui).body());
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(inside.width());
    let letters = ui.painter().layout_job(job);
    let place = at.align_size_within_rect(letters.size(), inside);
    ui.painter().galley(place.min, letters, color);
}

/// What stands where there are no lines yet.
pub(super) fn empty_ui(ui: &mut Ui) {
    let color = Tokens::of(ui).colors().text3;
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.label(egui::RichText::new(icon::SCAN_BARCODE).size(36.0).color(color));
        ui.label(egui::RichText::new(say_with(ui, "card.no_lines", &[])).color(color));
    });
}

/// Says under a cell why what is typed there cannot be taken.
pub(super) fn wrong_ui(ui: &Ui, id: Id, cell: Rect, error: &Error) {
    let area = Area::new(id.with("wrong")).order(Order::Foreground).fixed_pos(cell.left_bottom() + vec2(0.0, 2.0));
    area.interactable(false).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(WRONG);
            error_line_ui(ui, error);
        });
    });
}
