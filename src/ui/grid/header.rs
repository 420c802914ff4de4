//! The header: titles, sorts, edges that are dragged, headers that change places, and the menu of a column.

use egui::accesskit::{Role, SortDirection};
use egui::{CursorIcon, Rangef, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::room::Placed;
use super::rows::{Column, Rows, SPARE};
use super::sight::{LINE, Sight, text_left};
use super::state::GridState;
use super::view::COLUMN_MOST;
use super::{Grid, GridEvent, paint, write};
use crate::ui::menu::{self, Entry};
use crate::ui::tokens::{size, space};
use crate::ui::{fonts, icon, words};

/// How near the edge of a column the pointer takes hold of it.
const EDGE: f32 = 4.0;

pub(super) fn header_ui(ui: &mut Ui, sight: &mut Sight, state: &mut GridState, rows: &dyn Rows) {
    let colors = sight.tokens.colors();
    let area = sight.areas.header;
    ui.painter().rect_filled(area, 0.0, colors.sunken);
    ui.painter().hline(area.x_range(), area.bottom() - 0.5 / sight.pixels, Stroke::new(1.0, colors.border));
    for placed in sight.placed.clone() {
        if let (Some(seen), Some(column)) = (sight.seen_span(&placed), sight.column(&placed)) {
            let rect = Rect::from_x_y_ranges(seen, area.y_range());
            title_ui(ui, sight, state, &Title { placed, column, rect });
        }
    }
    for placed in sight.placed.clone() {
        edge_ui(ui, sight, state, (&placed, rows));
    }
}

struct Title<'a> {
    placed: Placed,
    column: &'a Column,
    rect: Rect,
}

fn title_ui(ui: &mut Ui, sight: &mut Sight, state: &mut GridState, title: &Title) {
    let id = sight.grid.id.with(("title", title.column.id));
    let head = ui.interact(title.rect, id, Sense::CLICK | Sense::DRAG);
    if head.clicked()
        && let Some(sort) = title.column.sort
    {
        if ui.input(|input| input.modifiers.shift) {
            state.sort_also_by(sort);
        } else {
            state.sort_by(sort);
        }
        state.rewind();
        sight.events.push(GridEvent::Sorted);
    }
    if head.secondary_clicked() {
        let at = head.interact_pointer_pos().unwrap_or(title.rect.left_bottom());
        state.open_column_menu(title.column.id, at);
    }
    paint_title(ui, sight, state, (title, &head));
    move_ui(ui, sight, state, (title, &head));
}

fn paint_title(ui: &Ui, sight: &Sight, state: &GridState, (title, head): (&Title, &Response)) {
    let colors = sight.tokens.colors();
    let painter = ui.painter().with_clip_rect(title.rect.intersect(ui.clip_rect()));
    // A heading that does not light up under the mouse sorts nothing.
    if (head.hovered() && title.column.sort.is_some()) || head.dragged() {
        painter.rect_filled(title.rect, 0.0, colors.hover);
    }
    let whole = Rect::from_x_y_ranges(sight.span(&title.placed), title.rect.y_range());
    let (marks, direction) = marks(sight.grid, state, title.column);
    let marks = write::line(&painter, &marks, fonts::regular(size::HINT));
    let gap = if marks.size().x > 0.0 { marks.size().x + space::XS } else { 0.0 };
    let text = words::say(ui, title.column.title);
    let room = whole.width() - 2.0 * space::S;
    let line = |text: &str, room: f32| write::fitted(&painter, text, fonts::bold(sight.tokens.body()), room);
    let (first, second) = write::folded(&text);
    let (above, below) = match line(&text, room - gap) {
        whole if !whole.elided || second.is_empty() || !sight.is_tall() => (None, whole),
        _ => (Some(line(first, room)), line(second, room - gap)),
    };
    let step = if above.is_some() { sight.tokens.body() * LINE / 2.0 } else { 0.0 };
    let cut = below.elided || above.as_ref().is_some_and(|above| above.elided);
    if let Some(above) = above {
        let left = text_left(whole, title.column.align, above.size().x);
        write::paint(&painter, left, whole.center().y - step, (above, colors.text2));
    }
    let left = text_left(whole, title.column.align, below.size().x + gap);
    let middle = whole.center().y + step;
    write::paint(&painter, left + below.size().x + space::XS, middle, (marks, colors.accent));
    write::paint(&painter, left, middle, (below, colors.text2));
    painter.vline(title.rect.right() - 0.5, title.rect.y_range().shrink(5.0), Stroke::new(1.0, colors.border));
    head.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    if let Some(direction) = direction {
        ui.ctx().accesskit_node_builder(head.id, |node| node.set_sort_direction(direction));
    }
    if cut {
        head.clone().on_hover_text(text);
    }
}

// Measures what stands in the columns before they are placed.
pub(super) fn learn(ui: &Ui, grid: &Grid, state: &mut GridState, rows: &dyn Rows) {
    let mut needs = std::mem::take(&mut state.doing.needs);
    needs.learn(ui, grid, (rows, state.top.first), |column| {
        let marks = write::line(ui.painter(), &marks(grid, state, column).0, fonts::regular(size::HINT));
        if marks.size().x > 0.0 { marks.size().x.ceil() + space::XS } else { 0.0 }
    });
    state.doing.needs = needs;
}

// The arrow of a sort, its place among several, and whether rows are left out by this column.
fn marks(grid: &Grid, state: &GridState, column: &Column) -> (String, Option<SortDirection>) {
    let sorted = column.sort.and_then(|sort| state.sort.iter().position(|(by, _)| *by == sort));
    let descending = sorted.and_then(|at| state.sort.get(at)).map(|(_, descending)| *descending);
    let mut marks = String::new();
    let direction = descending.map(|down| if down { SortDirection::Descending } else { SortDirection::Ascending });
    if let Some(down) = descending {
        marks.push_str(if down { icon::ARROW_DOWN } else { icon::ARROW_UP });
    }
    if let Some(at) = sorted.filter(|_| state.sort.len() > 1) {
        marks.push_str(&at.saturating_add(1).to_string());
    }
    if grid.groups.iter().any(|way| way.column == column.id && state.group == Some(way.name)) {
        marks.push_str(icon::LIST_TREE);
    }
    if grid.filtered.contains(&column.id) {
        marks.push_str(icon::FILTER);
    }
    (marks, direction)
}

// A header dragged to another place: a line shows where it would go.
fn move_ui(ui: &Ui, sight: &mut Sight, state: &mut GridState, (title, head): (&Title, &Response)) {
    if !head.dragged() && !head.drag_stopped() {
        return;
    }
    let Some(pointer) = head.interact_pointer_pos() else {
        return;
    };
    let before = sight.placed.iter().find(|placed| sight.span(placed).center() > pointer.x);
    if head.drag_stopped() {
        state.put_before(sight.grid.columns, title.column.id, before.map(|placed| placed.id));
        sight.events.push(GridEvent::ViewChanged);
        return;
    }
    let edge = before.or(sight.placed.last()).map(|placed| sight.span(placed));
    let x = edge.map(|span| if before.is_some() { span.min } else { span.max });
    if let Some(x) = x {
        let line = Stroke::new(3.0, sight.tokens.colors().focus);
        ui.painter().vline(x, Rangef::new(sight.areas.header.top(), sight.areas.body.bottom()), line);
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
}

// The edge of a column: dragged it changes the width, clicked twice it fits the seen rows.
fn edge_ui(ui: &mut Ui, sight: &mut Sight, state: &mut GridState, (placed, rows): (&Placed, &dyn Rows)) {
    let span = sight.span(placed);
    if !sight.clip(placed).contains(span.max) {
        return;
    }
    let area = sight.areas.header;
    let rect = Rect::from_center_size(pos2(span.max, area.center().y), vec2(2.0 * EDGE, area.height()));
    let edge = ui.interact(rect, sight.grid.id.with(("edge", placed.id)), Sense::CLICK | Sense::DRAG);
    if edge.hovered() || edge.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
    }
    if edge.dragged()
        && let Some(pointer) = edge.interact_pointer_pos()
    {
        state.set_width(sight.grid.columns, placed.id, pointer.x - span.min);
    }
    if edge.double_clicked() {
        fit(ui, sight, state, (placed, rows));
    } else if edge.drag_stopped() {
        sight.events.push(GridEvent::ViewChanged);
    }
}

// The width that the title and the seen rows need.
fn fit(ui: &Ui, sight: &mut Sight, state: &mut GridState, (placed, rows): (&Placed, &dyn Rows)) {
    let title = sight.column(placed).map(|column| words::say(ui, column.title)).unwrap_or_default();
    let title = write::line(ui.painter(), &title, fonts::bold(sight.tokens.body())).size().x;
    let cells = sight.seen(state).filter_map(|at| rows.row(at)?.cells.get(placed.index));
    let widest = cells.map(|cell| paint::needed(ui.painter(), &sight.tokens, (cell, &cell.text))).fold(0.0, f32::max);
    let width = widest.max(title + paint::ICON + 2.0 * space::S).min(COLUMN_MOST);
    state.set_width(sight.grid.columns, placed.id, width.ceil());
    sight.events.push(GridEvent::ViewChanged);
}

#[derive(Clone, Copy)]
enum Choice {
    Sort(&'static str, bool),
    SortAlso(&'static str),
    Group(Option<&'static str>),
    Fit,
    Move(Option<&'static str>),
    Hide(&'static str, bool),
    Keep(&'static str),
    Reset,
}

// The menu of a column, by a click with the other button or by a key.
pub(super) fn column_menu_ui(ui: &mut Ui, sight: &mut Sight, state: &mut GridState, rows: &dyn Rows) {
    let Some((open, id)) = state.doing.menu.take() else {
        return;
    };
    let Some(at) = sight.placed.iter().position(|placed| placed.id == id) else {
        return;
    };
    let lines = choices(ui, sight, state, at);
    let entries: Vec<_> = lines.iter().map(|(entry, _)| entry.clone()).collect();
    let mut open = Some(open.back_to(sight.grid.id));
    let chosen = menu::entries_ui(ui, &mut open, &entries);
    state.doing.menu = open.map(|open| (open, id));
    let columns = sight.grid.columns;
    match chosen.and_then(|line| lines.get(line)).map(|(_, choice)| *choice) {
        None => return,
        Some(Choice::Sort(sort, descending)) => {
            state.sort = vec![(sort, descending)];
            state.rewind();
            return sight.events.push(GridEvent::Sorted);
        }
        Some(Choice::SortAlso(sort)) => {
            state.sort_also_by(sort);
            state.rewind();
            return sight.events.push(GridEvent::Sorted);
        }
        Some(Choice::Group(group)) => return state.set_group(sight, group),
        Some(Choice::Fit) => {
            if let Some(placed) = sight.placed.get(at).copied() {
                fit(ui, sight, state, (&placed, rows));
            }
            return;
        }
        Some(Choice::Move(before)) => state.put_before(columns, id, before),
        Some(Choice::Hide(column, hidden)) => state.set_hidden(columns, column, hidden),
        Some(Choice::Keep(column)) => state.keep(columns, column),
        Some(Choice::Reset) => state.reset_columns(),
    }
    sight.events.push(GridEvent::ViewChanged);
}

fn choices(ui: &Ui, sight: &Sight, state: &GridState, at: usize) -> Vec<(Entry, Choice)> {
    let mut lines = Vec::new();
    let id = |at: Option<usize>| at.and_then(|at| sight.placed.get(at)).map(|placed| placed.id);
    let Some(column) = sight.placed.get(at).and_then(|placed| sight.column(placed)) else {
        return lines;
    };
    if let Some(sort) = column.sort {
        lines.push((Entry::new(icon::ARROW_UP, words::say(ui, "ui.grid_ascending")), Choice::Sort(sort, false)));
        lines.push((Entry::new(icon::ARROW_DOWN, words::say(ui, "ui.grid_descending")), Choice::Sort(sort, true)));
        let also = Entry::new(icon::ARROW_UP_DOWN, words::say(ui, "ui.column_sort_also"));
        lines.push((also.disabled(state.sort.iter().all(|(by, _)| *by == sort)), Choice::SortAlso(sort)));
    }
    lines.extend(group_choices(ui, sight.grid, state, column));
    lines.push((Entry::new(icon::RULER, words::say(ui, "ui.grid_fit")), Choice::Fit));
    let (left, after) = (at.checked_sub(1), at.checked_add(2));
    let to_left = Entry::new(icon::ARROW_LEFT, words::say(ui, "ui.grid_left")).disabled(left.is_none());
    lines.push((to_left, Choice::Move(id(left))));
    let last = at.saturating_add(1) == sight.placed.len();
    let to_right = Entry::new(icon::ARROW_RIGHT, words::say(ui, "ui.grid_right")).disabled(last);
    lines.push((to_right, Choice::Move(id(after))));
    for (place, index) in state.order(sight.grid.columns).into_iter().enumerate() {
        let line = sight.grid.columns.get(index).map(|column| shown_choice(ui, sight, state, (index, column)));
        lines.extend(line.map(|(entry, choice)| (if place == 0 { entry.apart() } else { entry }, choice)));
    }
    let reset = Entry::new(icon::ROTATE_CCW, words::say(ui, "ui.grid_reset")).apart();
    lines.push((reset, Choice::Reset));
    lines
}

// What rows can be brought together by in this column, and not at all where they are.
fn group_choices(ui: &Ui, grid: &Grid, state: &GridState, column: &Column) -> Vec<(Entry, Choice)> {
    let ways = grid.groups.iter().filter(|way| way.column == column.id && state.group != Some(way.name));
    let by = ways.map(|way| (Entry::new(icon::LIST_TREE, words::say(ui, way.text)), Choice::Group(Some(way.name))));
    let none = (Entry::new(icon::LIST, words::say(ui, "ui.group_none")), Choice::Group(None));
    by.chain(state.group.map(|_| none)).collect()
}

// Whether a column is in sight: hidden by a person, or for lack of room, which is said.
fn shown_choice(ui: &Ui, sight: &Sight, state: &GridState, (index, column): (usize, &Column)) -> (Entry, Choice) {
    let title = words::say(ui, column.title);
    if sight.aside.iter().any(|slot| slot.index == index) {
        let told = words::say_with(ui, "ui.grid_no_room", &[("column", &title)]);
        return (Entry::switch(told, false), Choice::Keep(column.id));
    }
    let shown = state.is_shown(column);
    let entry = Entry::switch(title, shown).disabled(shown && sight.placed.len() == 1);
    let wanted = !shown && column.yields == SPARE;
    (entry, if wanted { Choice::Keep(column.id) } else { Choice::Hide(column.id, shown) })
}
