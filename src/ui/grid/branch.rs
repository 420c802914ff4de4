//! Rows that stand above the rows of a group: opened and closed, painted over the columns that say nothing there.

use egui::{Color32, Painter, Rangef, Rect, Response, Stroke, Ui};

use super::GridEvent;
use super::paint::{self, ICON, Light};
use super::room::READS_WELL;
use super::rows::{Align, Branch, Look, Row, Rows};
use super::sight::{STATUS_STRIP, Sight, text_left};
use super::state::GridState;
use super::view::COLUMN_LEAST;
use super::write;
use crate::ui::tokens::space;
use crate::ui::{icon, words};

/// What the rows of a list are brought together by, as a column's menu offers it.
#[derive(Clone, Copy, Debug)]
pub struct GroupBy {
    /// Its name.
    pub name: &'static str,
    /// The column.
    pub column: &'static str,
    /// Key of what the menu says.
    pub text: &'static str,
    /// The field of a group that says what its rows have in common.
    pub field: &'static str,
    /// Whether the last group comes first where nothing is sorted by the column.
    pub reversed: bool,
}

impl GroupBy {
    /// By what stands in a column, which is a field of the group, too.
    pub const fn column(name: &'static str, column: &'static str) -> GroupBy {
        GroupBy { name, column, text: "ui.group_column", field: column, reversed: false }
    }

    /// By the days of a column, the last first.
    pub const fn day(column: &'static str) -> GroupBy {
        GroupBy { name: "day", column, text: "ui.group_day", field: column, reversed: true }
    }

    /// By its months, the last first.
    pub const fn month(column: &'static str) -> GroupBy {
        GroupBy { name: "month", column, text: "ui.group_month", field: "month", reversed: true }
    }
}

impl GridState {
    /// The next way of grouping by this column after the one in use; none behind the last.
    pub(super) fn next_group(&self, groups: &[GroupBy], column: &str) -> Option<&'static str> {
        let mut ways = groups.iter().filter(|way| way.column == column).map(|way| way.name);
        match self.group.filter(|now| groups.iter().any(|way| way.name == *now && way.column == column)) {
            Some(now) => ways.skip_while(|way| *way != now).nth(1),
            None => ways.next(),
        }
    }

    /// Brings rows together by this, or no longer; the list begins anew.
    pub(super) fn set_group(&mut self, sight: &mut Sight, group: Option<&'static str>) {
        if self.group != group {
            self.group = group;
            self.rewind();
            sight.events.push(GridEvent::Sorted);
        }
    }
}

/// Enter and the arrows on the row of a group, and the way to it from its rows; whether the key is used up.
pub(super) fn key(sight: &mut Sight, state: &mut GridState, rows: &dyn Rows, (left, opens): (bool, bool)) -> bool {
    let at = state.cursor;
    let Some(branch) = rows.row(at).and_then(|row| row.branch.as_ref()) else {
        let first = state.column.is_none_or(|column| sight.placed.first().is_some_and(|placed| placed.id == column));
        let above = rows.branch_above(at).filter(|_| left && first);
        return above.map(|above| state.go_to(above)).is_some();
    };
    let used = opens || branch.open == left;
    if used {
        sight.events.push(GridEvent::Branched { at, open: !branch.open });
    }
    used
}

/// A click at the mark opens or closes, and so do two anywhere else.
pub(super) fn click(sight: &mut Sight, (at, row): (u64, &Row), line: &Response) {
    let Some(branch) = &row.branch else { return };
    let Some(pointer) = line.interact_pointer_pos() else { return };
    let room = room(sight, row);
    let mark = Rangef::new(room.min, room.min + STATUS_STRIP + ICON + space::XS);
    let mark = !branch.title.text.is_empty() && mark.contains(pointer.x);
    if (line.clicked() && mark) || (line.double_clicked() && !mark) {
        sight.events.push(GridEvent::Branched { at, open: !branch.open });
    }
}

/// What a screen reader says of the row of a group.
pub(super) fn spoken(ui: &Ui, row: &Row, branch: &Branch) -> String {
    let state = if branch.open { "ui.group_open" } else { "ui.group_closed" };
    words::say_with(ui, state, &[("group", &row.spoken)])
}

/// Where the title stands: the first room over columns that say nothing of the group in which it reads well, else the
/// widest; where there is none, over the first column.
fn room(sight: &Sight, row: &Row) -> Rangef {
    let said = |at: usize| row.cells.get(at).is_some_and(|cell| !cell.text.is_empty());
    let area = sight.areas.body.x_range();
    let mut from = area.min;
    let mut rooms = Vec::new();
    for placed in &sight.placed {
        let Some(span) = sight.seen_span(placed) else { continue };
        if said(placed.index) {
            rooms.push(Rangef::new(from, span.min));
            from = span.max;
        }
    }
    rooms.push(Rangef::new(from, area.max));
    let widest = rooms.iter().copied().max_by(|one, other| one.span().total_cmp(&other.span()));
    let room = rooms.iter().copied().find(|room| room.span() >= READS_WELL).or(widest);
    let first = sight.placed.first().map_or(area, |placed| Rangef::new(area.min, sight.span(placed).max));
    room.filter(|room| room.span() >= COLUMN_LEAST).unwrap_or(first)
}

/// Paints the row of a group.
pub(super) fn paint(painter: &Painter, sight: &Sight, (row, branch, rect): (&Row, &Branch, Rect), light: Light) {
    let colors = sight.tokens.colors();
    let fill = match light {
        Light { lit: true, .. } if sight.lit => colors.sel,
        Light { lit: true, .. } => colors.sel_inactive,
        Light { hovered: true, .. } => colors.hover,
        _ => colors.sunken,
    };
    painter.rect_filled(rect, 0.0, fill);
    paint::cells(painter, sight, (row, rect), light);
    title(painter, sight, (row, branch), (rect, fill));
    painter.hline(rect.x_range(), rect.bottom() - 0.5 / sight.pixels, Stroke::new(1.0, colors.border));
    paint::edge(painter, sight, (row, rect), light);
}

fn title(painter: &Painter, sight: &Sight, (row, branch): (&Row, &Branch), (rect, fill): (Rect, Color32)) {
    if branch.title.text.is_empty() {
        return;
    }
    let (colors, size, middle) = (sight.tokens.colors(), sight.tokens.body(), rect.center().y);
    let mut room = Rect::from_x_y_ranges(room(sight, row), rect.y_range());
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(room));
    painter.rect_filled(room, 0.0, fill);
    room.min.x += STATUS_STRIP;
    let chevron = if branch.open { icon::CHEVRON_DOWN } else { icon::CHEVRON_RIGHT };
    let pair = row.status.map(|name| sight.tokens.theme.statuses.named(name));
    for letter in [Some(chevron), branch.title.icon.or_else(|| icon::named(&pair?.icon))].into_iter().flatten() {
        let mark = write::line(&painter, letter, crate::ui::fonts::regular(size + 2.0));
        write::paint(&painter, text_left(room, Align::Left, mark.size().x), middle, (mark, colors.text2));
        room.min.x += ICON;
    }
    for (text, look) in [(&branch.title.text, Look::Strong), (&branch.note, Look::Muted)] {
        let wide = (room.width() - 2.0 * space::S).max(0.0);
        let galley = write::fitted(&painter, text, write::font(look, size), wide);
        let left = text_left(room, Align::Left, galley.size().x);
        room.min.x += galley.size().x + space::S;
        // What is beside the name stands on a ground on which hints read badly.
        let color = if look == Look::Muted { colors.text2 } else { colors.text };
        write::paint(&painter, left, middle, (galley, color));
    }
}
