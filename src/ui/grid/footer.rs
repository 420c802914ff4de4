//! The totals row: it stays below the rows, and its sums stand under their columns.

use egui::accesskit::Role;
use egui::{Rangef, Rect, Sense, Stroke, Ui, WidgetInfo};

use super::rows::{Align, FooterCell, FooterPlace};
use super::sight::{Sight, text_left};
use super::write;
use crate::ui::toast;
use crate::ui::tokens::space;

pub(super) fn footer_ui(ui: &mut Ui, sight: &Sight) {
    let colors = sight.tokens.colors();
    let area = sight.areas.footer;
    if sight.grid.footer.is_empty() {
        return;
    }
    ui.painter().rect_filled(area, 0.0, colors.sunken);
    ui.painter().hline(area.x_range(), area.top() + 0.5 / sight.pixels, Stroke::new(1.0, colors.border));
    toast::keep_clear_of(ui.ctx(), area.union(sight.areas.aside));
    let rooms = rooms(ui, sight);
    let mut cut = false;
    for (cell, room, align) in &rooms {
        let font = write::font(cell.look, sight.tokens.body());
        let galley = write::fitted(ui.painter(), &cell.text, font, room.span() - 2.0 * space::S);
        cut |= galley.elided;
        let rect = Rect::from_x_y_ranges(*room, area.y_range());
        let left = text_left(rect, *align, galley.size().x);
        let middle = area.top() + (f32::from(cell.line) + 0.5) * sight.row_height();
        let painter = ui.painter().with_clip_rect(clip(sight, cell).intersect(ui.clip_rect()));
        write::paint(&painter, left, middle, (galley, write::color(cell.look, colors, false)));
    }
    let spoken = sight.grid.footer.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(", ");
    let whole = ui.interact(area, sight.id("footer"), Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if cut {
        whole.on_hover_text_at_pointer(spoken);
    }
}

// A sum is scrolled sideways with its column.
fn clip(sight: &Sight, cell: &FooterCell) -> Rect {
    let placed = sight.placed.iter().find(|placed| cell.place == FooterPlace::Under(placed.id));
    let span = placed.map_or(sight.areas.body.x_range(), |placed| sight.clip(placed));
    Rect::from_x_y_ranges(span, sight.areas.footer.y_range())
}

// A sum may be wider than its column: it takes the room of neighbours that have none.
fn rooms<'a>(ui: &Ui, sight: &Sight<'a>) -> Vec<(&'a FooterCell, Rangef, Align)> {
    let area = sight.areas.body.x_range();
    let mut rooms: Vec<_> =
        sight.grid.footer.iter().filter_map(|cell| Some((cell, wanted(ui, sight, cell)?))).collect();
    rooms.sort_by(|(cell, (one, _)), (next, (other, _))| {
        (cell.line.cmp(&next.line)).then(one.min.total_cmp(&other.min))
    });
    let (mut free, mut line) = (area.min, 0);
    let mut fitted = Vec::with_capacity(rooms.len());
    for (cell, (room, align)) in rooms {
        if std::mem::replace(&mut line, cell.line) != cell.line {
            free = area.min;
        }
        let room = Rangef::new(room.min.max(free), room.max);
        if room.span() > 2.0 * space::S {
            free = room.max;
            fitted.push((cell, room, align));
        }
    }
    fitted
}

fn wanted(ui: &Ui, sight: &Sight, cell: &FooterCell) -> Option<(Rangef, Align)> {
    let area = sight.areas.body.x_range();
    let font = write::font(cell.look, sight.tokens.body());
    let width = write::line(ui.painter(), &cell.text, font).size().x + 2.0 * space::S;
    Some(match cell.place {
        FooterPlace::Left => (Rangef::new(area.min, area.min + width), Align::Left),
        FooterPlace::Right => (Rangef::new(area.max - width, area.max), Align::Right),
        FooterPlace::Under(id) => {
            let placed = sight.placed.iter().find(|placed| placed.id == id)?;
            let (span, align) = (sight.span(placed), sight.column(placed)?.align);
            let room = match align {
                Align::Left => Rangef::new(span.min, span.max.max(span.min + width)),
                Align::Right => Rangef::new(span.min.min(span.max - width), span.max),
                Align::Center => span,
            };
            (room, align)
        }
    })
}
