//! The list below the line entry: its rows, and how arrows walk through them.

use egui::{Key, Modifiers, Response, Sense, Ui, vec2};

use crate::domain::item::ItemRow;
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::field::drop::PAGE;
use crate::ui::list::money;
use crate::ui::tokens::{Tokens, space};

/// A step through the list by keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Down,
    Up,
    PageDown,
    PageUp,
}

impl Step {
    /// The step whose key was pressed; whole pages only where the list is open.
    pub(super) fn taken(ui: &Ui, open: bool) -> Option<Step> {
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        match () {
            () if pressed(Key::ArrowDown) => Some(Step::Down),
            () if pressed(Key::ArrowUp) => Some(Step::Up),
            () if open && pressed(Key::PageDown) => Some(Step::PageDown),
            () if open && pressed(Key::PageUp) => Some(Step::PageUp),
            () => None,
        }
    }

    /// The row that is marked behind it; none where the cursor is back in the field.
    pub(super) fn from(self, cursor: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        match (cursor, self) {
            (None, Step::Down) => Some(0),
            (None, Step::PageDown) => Some(PAGE.saturating_sub(1).min(last)),
            (None | Some(0), Step::Up | Step::PageUp) => None,
            (Some(at), Step::Down) => Some(at.saturating_add(1).min(last)),
            (Some(at), Step::PageDown) => Some(at.saturating_add(PAGE).min(last)),
            (Some(at), Step::Up) => Some(at.saturating_sub(1)),
            (Some(at), Step::PageUp) => Some(at.saturating_sub(PAGE)),
        }
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
        assert_eq!(Step::Down.from(None, 3), Some(0));
        assert_eq!(Step::Down.from(Some(2), 3), Some(2));
        assert_eq!(Step::Up.from(Some(0), 3), None);
        assert_eq!(Step::Down.from(Some(1), 0), None);
    }

    #[test]
    fn pages_stop_at_both_ends_and_leave_the_list_only_from_its_first_row() {
        assert_eq!(Step::PageDown.from(None, 40), Some(PAGE - 1));
        assert_eq!(Step::PageDown.from(Some(38), 40), Some(39));
        assert_eq!(Step::PageUp.from(Some(3), 40), Some(0));
        assert_eq!(Step::PageUp.from(Some(0), 40), None);
    }
}
