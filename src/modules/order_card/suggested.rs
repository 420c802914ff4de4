//! The list below the line entry: its rows, and how arrows walk through them.

use egui::{Response, Sense, Ui, vec2};

use crate::domain::item::ItemRow;
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::list::money;
use crate::ui::tokens::{Tokens, space};

/// The row that is marked after an arrow; none where the cursor is back in the field.
pub(super) fn step(cursor: Option<usize>, down: bool, count: usize) -> Option<usize> {
    match (cursor, down) {
        _ if count == 0 => None,
        (None, true) => Some(0),
        (None | Some(0), false) => None,
        (Some(at), true) => Some((at + 1).min(count - 1)),
        (Some(at), false) => Some(at - 1),
    }
}

/// Draws one suggestion.
pub(super) fn suggestion_ui(ui: &mut Ui, row: &ItemRow, chosen: bool, desk: &Desk) -> Response {
    let tokens = Tokens::of(ui);
    let c = tokens.colors();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.row_height()), Sense::click());
    button::name(&response, &row.name, true);
    let fill = if chosen { c.sel } else { c.raised };
    ui.painter().rect_filled(rect, 3.0, if response.hovered() && !chosen { c.hover } else { fill });
    let price = row.price.map(|price| money(&price.to_string(), row.currency.code(), desk)).unwrap_or_default();
    let font = crate::ui::fonts::regular(tokens.body());
    let inside = rect.shrink2(vec2(space::S, 2.0));
    let painter = ui.painter();
    painter.text(inside.right_center(), egui::Align2::RIGHT_CENTER, price, font.clone(), c.text2);
    let painter = painter.with_clip_rect(inside.with_max_x(inside.max.x - 90.0));
    let code = painter.text(inside.left_center(), egui::Align2::LEFT_CENTER, &row.code, font.clone(), c.text3);
    let left = code.max.x.max(inside.min.x + 90.0) + space::S;
    painter.text(egui::pos2(left, inside.center().y), egui::Align2::LEFT_CENTER, &row.name, font, c.text);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_walk_through_suggestions_and_back_into_the_field() {
        assert_eq!(step(None, true, 3), Some(0));
        assert_eq!(step(Some(2), true, 3), Some(2));
        assert_eq!(step(Some(0), false, 3), None);
        assert_eq!(step(Some(1), true, 0), None);
    }
}
