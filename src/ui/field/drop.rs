//! What hangs below a field while the field keeps the focus: lists and calendars.

use egui::{
    Align2, EventFilter, FocusDirection, Id, Key, LayerId, Popup, PopupKind, Rect, RectAlign, Response, Role,
    ScrollArea, Sense, SurrenderFocusOn, Ui, WidgetInfo, vec2,
};

use crate::ui::action::Keys;
use crate::ui::tokens::{CELL_PADDING, Tokens, size, space};
use crate::ui::{floating, fonts};

/// So many rows of a list are seen at once.
const ROWS_SEEN: f32 = 10.0;
/// PgDn and PgUp go by so many rows.
pub(crate) const PAGE: usize = 8;

/// A place below a field.
#[derive(Clone, Copy)]
pub(crate) struct Drop {
    field: Id,
    popup: Id,
}

impl Drop {
    /// The place below the field with this id.
    pub(crate) fn of(field: Id) -> Drop {
        Drop { field, popup: field.with("drop") }
    }

    /// Draws the field so that a press into what hangs below it leaves the focus where it is.
    pub(crate) fn hold<R>(self, ui: &mut Ui, open: bool, field: impl FnOnce(&mut Ui) -> R) -> R {
        let layer = LayerId::new(PopupKind::Popup.order(), self.popup);
        let pointer = ui.ctx().pointer_interact_pos();
        let over = open && pointer.and_then(|at| ui.ctx().layer_id_at(at)) == Some(layer);
        let usual = ui.ctx().options(|options| options.input_options.surrender_focus_on);
        if over {
            ui.ctx().options_mut(|options| options.input_options.surrender_focus_on = SurrenderFocusOn::Never);
        }
        let drawn = field(ui);
        ui.ctx().options_mut(|options| options.input_options.surrender_focus_on = usual);
        drawn
    }

    /// Keeps arrows, and Tab and Esc while it is open, for a field that is no typed line.
    pub(crate) fn lock(self, ui: &Ui, open: bool) {
        let filter = EventFilter { tab: open, horizontal_arrows: true, vertical_arrows: true, escape: open };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.field, filter));
    }

    /// Draws what hangs below the field.
    pub(crate) fn show<R>(self, anchor: &Response, name: &str, draw: impl FnOnce(&mut Ui) -> R) -> Option<R> {
        let popup = Popup::from_response(anchor).id(self.popup).kind(PopupKind::Popup).open(true).gap(2.0);
        let popup = popup.align(RectAlign::BOTTOM_START).align_alternatives(&[RectAlign::TOP_START]);
        let width = anchor.rect.width();
        let shown = popup.width(width).accessible_name(name).show(|ui| {
            ui.set_min_width(width - space::S * 2.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            floating::whole(ui, draw)
        });
        shown.map(|shown| shown.inner)
    }
}

/// What happened in a list below a field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Walked {
    /// The row that was clicked.
    pub(crate) clicked: Option<usize>,
    /// Whether its last row is in sight.
    pub(crate) at_end: bool,
}

/// Draws rows below each other, each with its place; a few are seen at once, the wheel and the bar at the side bring the
/// others, and the marked one comes into sight when it changes. The id names what is listed.
pub(crate) fn list<T>(
    ui: &mut Ui,
    id: Id,
    (marked, rows): (Option<usize>, &[T]),
    mut draw: impl FnMut(&mut Ui, usize, &T) -> Response,
) -> Walked {
    let kept = id.with("marked");
    let moved = ui.data(|data| data.get_temp::<Option<usize>>(kept)) != Some(marked);
    ui.data_mut(|data| data.insert_temp(kept, marked));
    let height = Tokens::of(ui).row_height() * ROWS_SEEN;
    let mut walked = Walked::default();
    ScrollArea::vertical().id_salt(id).max_height(height).show(ui, |ui| {
        for (at, row) in rows.iter().enumerate() {
            let response = draw(ui, at, row);
            if marked == Some(at) && moved {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                walked.clicked = Some(at);
            }
            walked.at_end = ui.is_rect_visible(response.rect);
        }
    });
    walked
}

/// One row of a list below a field.
pub(crate) struct Row<'a> {
    /// Its fixed id.
    pub(crate) id: Id,
    /// What it says.
    pub(crate) text: &'a str,
    /// What it says smaller at its right end.
    pub(crate) detail: &'a str,
    /// Whether Enter takes it.
    pub(crate) marked: bool,
}

impl Row<'_> {
    /// Draws the row; a click takes it. It never takes the focus.
    pub(crate) fn show(&self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let (body, hint) = (fonts::regular(tokens.body()), fonts::regular(size::HINT));
        let text = ui.painter().layout_no_wrap(self.text.to_owned(), body, c.text);
        let detail = ui.painter().layout_no_wrap(self.detail.to_owned(), hint, c.text3);
        let gap = if self.detail.is_empty() { 0.0 } else { space::L };
        let needed = text.size().x + gap + detail.size().x + CELL_PADDING.x * 2.0;
        let (_, rect) = ui.allocate_space(vec2(needed.max(ui.available_width()), tokens.row_height()));
        let response = ui.interact(rect, self.id, Sense::CLICK);
        if self.marked {
            ui.painter().rect_filled(rect, 4.0, c.sel);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 4.0, c.hover);
        }
        let inner = rect.shrink2(CELL_PADDING);
        let at = Align2::LEFT_CENTER.align_size_within_rect(text.size(), inner);
        ui.painter().galley(at.min, text, c.text);
        let at = Align2::RIGHT_CENTER.align_size_within_rect(detail.size(), inner);
        ui.painter().galley(at.min, detail, c.text3);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.marked, self.text));
        response
    }
}

/// Steps up and down in a list of so many rows, from one end to the other; `None` where it is empty.
pub(crate) fn step(ui: &Ui, marked: usize, count: usize) -> usize {
    let last = count.saturating_sub(1);
    ui.input_mut(|input| {
        let mut at = marked.min(last);
        while Keys::plain(Key::ArrowDown).pressed(input) {
            at = if at >= last { 0 } else { at.saturating_add(1) };
        }
        while Keys::plain(Key::ArrowUp).pressed(input) {
            at = at.checked_sub(1).unwrap_or(last);
        }
        while Keys::plain(Key::PageDown).pressed(input) {
            at = at.saturating_add(PAGE).min(last);
        }
        while Keys::plain(Key::PageUp).pressed(input) {
            at = at.saturating_sub(PAGE);
        }
        at
    })
}

/// A small arrow at the right end of a field; a click on it opens what hangs below.
pub(crate) fn opener(ui: &Ui, field: Rect, id: Id, (letter, name): (&str, &str)) -> Response {
    let tokens = Tokens::of(ui);
    let side = field.height();
    let rect = Rect::from_min_max(egui::pos2(field.right() - side, field.top()), field.right_bottom());
    let response = ui.interact(rect, id, Sense::CLICK);
    let color = if response.hovered() { tokens.colors().accent } else { tokens.colors().text2 };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, letter, fonts::regular(tokens.body()), color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response
}

/// Tab goes on although something hangs open: it was held back only from doing so by itself. Whether it was pressed.
pub(crate) fn tab(ui: &Ui) -> bool {
    let back = ui.input_mut(|events| Keys::shift(Key::Tab).pressed(events));
    let on = ui.input_mut(|events| Keys::plain(Key::Tab).pressed(events));
    if back || on {
        let way = if back { FocusDirection::Previous } else { FocusDirection::Next };
        ui.memory_mut(|memory| memory.move_focus(way));
    }
    back || on
}
