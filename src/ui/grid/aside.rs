//! Columns the room has no place for: a strip below the list says what they hold in the row under the cursor, and their
//! sums.

use egui::accesskit::Role;
use egui::{Painter, Rangef, Rect, Sense, Stroke, Ui, WidgetInfo, pos2};

use super::Grid;
use super::needs::Needs;
use super::rows::{Column, FooterPlace, Look, Row, Rows};
use super::sight::Sight;
use super::state::GridState;
use super::{paint, write};
use crate::ui::tokens::space;
use crate::ui::{fonts, words};

/// Of a room that is too narrow for one of them it gets all.
const LEAST: f32 = 80.0;

// Where one of them is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    pub index: usize,
    line: u8,
    left: f32,
    width: f32,
}

impl Slot {
    // Whether it stands in one of the first lines.
    pub fn is_within(&self, lines: f32) -> bool {
        f32::from(self.line) + 1.0 <= lines
    }
}

// One behind the other, going on in another line where one has no room; as wide as they were ever seen.
pub(super) fn slots(columns: &[Column], aside: &[usize], needs: &Needs, room: f32) -> Vec<Slot> {
    let (mut line, mut left) = (0_u8, 0.0);
    let known = aside.iter().filter_map(|index| Some((*index, columns.get(*index)?)));
    known
        .map(|(index, column)| {
            let width = needs.told(column).min(room.max(LEAST));
            if left > 0.0 && left + width > room {
                (line, left) = (line.saturating_add(1), 0.0);
            }
            left += width;
            Slot { index, line, left: left - width, width }
        })
        .collect()
}

// How many lines they take.
pub(super) fn lines(slots: &[Slot]) -> f32 {
    slots.last().map_or(0.0, |slot| f32::from(slot.line) + 1.0)
}

// What is said of a row: the heading of each column and what it holds.
fn told<'r>(ui: &Ui, sight: &Sight, slot: &Slot, row: Option<&'r Row>) -> Option<(String, &'r str, Look)> {
    let title = words::say(ui, sight.grid.columns.get(slot.index)?.title);
    let cell = row.and_then(|row| row.cells.get(slot.index));
    let text = cell.map_or("", |cell| cell.text.as_str());
    Some((title, if text.is_empty() { "–" } else { text }, cell.map_or(Look::Plain, |cell| cell.look)))
}

// The sums of a column in one line, of each currency its own; none where it has none.
pub(super) fn sums(ui: &Ui, grid: &Grid, column: &Column) -> Option<String> {
    let under = grid.footer.iter().filter(|cell| cell.place == FooterPlace::Under(column.id));
    let sums = under.map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect::<Vec<_>>();
    (!sums.is_empty()).then(|| words::say_with(ui, "ui.sums", &[("sums", &sums.join(" · "))]))
}

// What a column without room says of the row, and whether some of it has no room here either.
struct Said {
    spoken: Option<String>,
    cut: bool,
}

// One column without room: its title, what the row holds in it, its sums. Nothing where it has nothing to say.
fn slot_ui(ui: &Ui, painter: &Painter, (sight, slot): (&Sight, &Slot), row: Option<&Row>) -> Option<Said> {
    let (title, text, look) = told(ui, sight, slot, row)?;
    let (colors, area) = (sight.tokens.colors(), sight.areas.aside);
    let left = area.left() + space::S + slot.left;
    let middle = area.top() + (f32::from(slot.line) + 0.5) * sight.row_height();
    let heading = write::line(painter, &title, fonts::regular(sight.tokens.body()));
    let begins = left + heading.size().x + space::S;
    let sums = sight.grid.columns.get(slot.index).and_then(|column| sums(ui, sight.grid, column)).unwrap_or_default();
    let bold = write::line(painter, &sums, fonts::bold(sight.tokens.body()));
    let behind = if sums.is_empty() { 0.0 } else { bold.size().x + space::M };
    let room = (left + slot.width - space::L - begins - behind).max(0.0);
    let galley = write::fitted(painter, text, write::font(look, sight.tokens.body()), room);
    let (cut, summed) = (galley.elided, begins + galley.size().x + space::M);
    write::paint(painter, left, middle, (heading, colors.text3));
    if let Some(hash) = row.and_then(|row| row.cells.get(slot.index)?.picture.as_deref()) {
        let place = Rect::from_min_max(pos2(begins, middle), pos2(begins + sight.row_height(), middle));
        paint::picture(painter, sight, hash, place);
        return Some(Said { spoken: None, cut });
    }
    write::paint(painter, begins, middle, (galley, write::color(look, colors, false)));
    write::paint(painter, summed, middle, (bold, colors.text));
    Some(Said { spoken: Some(format!("{title} {text} {sums}")), cut })
}

pub(super) fn strip_ui(ui: &mut Ui, sight: &Sight, state: &GridState, rows: &dyn Rows) {
    if sight.aside.is_empty() {
        return;
    }
    let (colors, area) = (sight.tokens.colors(), sight.areas.aside);
    let painter = ui.painter().with_clip_rect(area.intersect(ui.clip_rect()));
    painter.rect_filled(area, 0.0, colors.bg);
    painter.hline(area.x_range(), area.top() + 0.5 / sight.pixels, Stroke::new(1.0, colors.border));
    let row = rows.row(state.cursor);
    let (mut spoken, mut cut) = (Vec::new(), false);
    for slot in &sight.aside {
        let Some(said) = slot_ui(ui, &painter, (sight, slot), row) else { continue };
        cut |= said.cut;
        spoken.extend(said.spoken);
    }
    let spoken = spoken.join(", ");
    let whole = ui.interact(area, sight.id("aside"), Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if cut {
        whole.on_hover_text_at_pointer(spoken);
    }
}

// The strip in the place that is left below everything.
pub(super) fn area(whole: Rect, height: f32) -> Rect {
    Rect::from_x_y_ranges(whole.x_range(), Rangef::new(whole.bottom() - height, whole.bottom()))
}
