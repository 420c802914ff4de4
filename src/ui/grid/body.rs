//! The rows as something to act on: keys, clicks, tips over texts that are cut, and one name for each row.

use std::borrow::Cow;

use egui::accesskit::Role;
use egui::{Id, Rect, Response, Sense, Ui, WidgetInfo};

use super::keys::Press;
use super::rows::{Row, Rows};
use super::sight::{Sight, below};
use super::state::{GridState, How};
use super::{GridEvent, branch, copy, keys, paint};
use crate::ui::words;

// How long the list is: what the source says, or as far as rows are known while it still counts.
pub(super) fn total(sight: &Sight, state: &GridState, rows: &dyn Rows) -> u64 {
    rows.count().unwrap_or_else(|| {
        let page = sight.extent().seen.ceil() as u64;
        let from = state.extent.total.max(state.top.first);
        let known = (from..from.saturating_add(2 * page)).take_while(|at| rows.row(*at).is_some());
        known.last().map_or(from, |last| last.saturating_add(1))
    })
}

pub(super) fn row_id(sight: &Sight, key: i64) -> Id {
    sight.grid.id.with(("row", key))
}

pub(super) fn act_on_keys(ui: &Ui, sight: &mut Sight, state: &mut GridState, rows: &dyn Rows) {
    if !sight.focused {
        return;
    }
    let selected = !state.selection.is_empty();
    for press in ui.input_mut(|input| keys::take(input, selected)) {
        let key = rows.row(state.cursor).map(|row| row.key);
        match press {
            Press::Step(step, how) => state.step(step, how),
            Press::Left | Press::Right => {
                let left = press == Press::Left;
                if !branch::key(sight, state, rows, (left, false)) {
                    sideways(sight, state, !left);
                }
            }
            Press::Open if branch::key(sight, state, rows, (false, true)) => {}
            Press::Select if is_branch(rows, state.cursor) => {
                sight.events.push(GridEvent::BranchSelected(state.cursor));
            }
            Press::Select => {
                if let Some(key) = key {
                    state.selection.toggle(state.cursor, key);
                }
            }
            Press::SelectAll => state.selection.select_all(),
            Press::LetGo => {
                state.selection.clear();
            }
            Press::Open => sight.events.extend(key.map(GridEvent::Opened)),
            Press::Copy => copy_rows(ui, sight, state, rows),
            Press::Menu => ask_menu(sight, state, rows),
            Press::Typed(letters) => sight.events.push(GridEvent::Typed(letters)),
        }
    }
}

fn is_branch(rows: &dyn Rows, at: u64) -> bool {
    rows.row(at).is_some_and(|row| row.branch.is_some())
}

pub(super) fn copy_cell(ui: &Ui, sight: &mut Sight, state: &GridState, rows: &dyn Rows) {
    let column = current_column(sight, state);
    let at = sight.placed.iter().find(|placed| placed.id == column).map(|placed| placed.index);
    if let Some(cell) = rows.row(state.cursor).and_then(|row| row.cells.get(at?)) {
        ui.ctx().copy_text(cell.text.clone());
        sight.events.push(GridEvent::Copied(cell.text.clone()));
    }
}

fn copy_rows(ui: &Ui, sight: &mut Sight, state: &GridState, rows: &dyn Rows) {
    match copy::text(ui, sight, state, rows) {
        Some(text) => {
            ui.ctx().copy_text(text.clone());
            sight.events.push(GridEvent::Copied(text));
        }
        None if sight.total > 0 => sight.events.push(GridEvent::CopyWanted),
        None => {}
    }
}

// The cursor goes to the neighbouring column, which is scrolled into sight.
fn sideways(sight: &mut Sight, state: &mut GridState, right: bool) {
    let here = sight.placed.iter().position(|placed| Some(placed.id) == state.column);
    let to = match here {
        Some(here) if right => here.saturating_add(1).min(sight.placed.len().saturating_sub(1)),
        Some(here) => here.saturating_sub(1),
        None => 0,
    };
    let Some(placed) = sight.placed.get(to).copied() else {
        return;
    };
    state.column = Some(placed.id);
    let (span, clip) = (sight.span(&placed), sight.clip(&placed));
    let clip_left =
        sight.placed.first().filter(|first| sight.is_still(first)).map_or(clip.min, |first| sight.span(first).max);
    if !sight.is_still(&placed) {
        if span.max > clip.max {
            state.side += span.max - clip.max;
        }
        if span.min < clip_left {
            state.side -= clip_left - span.min;
        }
        sight.side = state.side;
    }
}

fn current_column(sight: &Sight, state: &GridState) -> &'static str {
    let shown = sight.placed.iter().find(|placed| Some(placed.id) == state.column);
    shown.or(sight.placed.first()).map_or("", |placed| placed.id)
}

fn ask_menu(sight: &mut Sight, state: &mut GridState, rows: &dyn Rows) {
    let column = current_column(sight, state);
    state.top = state.top.showing(state.cursor, sight.total, sight.extent().seen);
    let row = rows.row(state.cursor);
    if let Some(row) = row {
        click_for_menu(state, state.cursor, row);
    }
    let key = row.map(|row| row.key);
    let span = sight.placed.iter().find(|placed| placed.id == column).and_then(|placed| sight.seen_span(placed));
    let at = below(sight.row_rect(state, state.cursor), span);
    sight.events.push(GridEvent::MenuAsked { key, column, at });
}

// What is selected stays, too, where the menu is that of a group: its rows may be what is selected.
fn click_for_menu(state: &mut GridState, at: u64, row: &Row) {
    match row.branch {
        Some(_) => state.go_to(at),
        None => state.click_for_menu(at, row.key),
    }
}

pub(super) fn open_column_menu(sight: &Sight, state: &mut GridState) {
    let column = current_column(sight, state);
    let span = sight.placed.iter().find(|placed| placed.id == column).and_then(|placed| sight.seen_span(placed));
    state.open_column_menu(column, below(sight.areas.header, span));
}

pub(super) fn rows_ui(ui: &mut Ui, sight: &mut Sight, state: &mut GridState, rows: &dyn Rows) {
    let body = sight.areas.body;
    ui.painter().rect_filled(body, 0.0, sight.tokens.colors().panel);
    let empty = ui.interact(body, sight.id("body"), Sense::CLICK);
    if empty.secondary_clicked()
        && let Some(at) = empty.interact_pointer_pos()
    {
        sight.events.push(GridEvent::MenuAsked { key: None, column: current_column(sight, state), at });
    }
    let painter = ui.painter().with_clip_rect(body.intersect(ui.clip_rect()));
    let mut met = Vec::new();
    // While the source still counts, what may come is held open.
    let shown = if rows.count().is_some() { sight.seen(state) } else { sight.room(state) };
    for at in shown {
        let rect = sight.row_rect(state, at);
        match rows.row(at) {
            Some(row) => {
                let line = row_ui(ui, sight, state, (at, row, rect, unlike(&mut met, row.key)));
                let lit = state.is_lit(at, row.key);
                let (hovered, cursor, odd) = (line.hovered(), at == state.cursor, at % 2 == 1);
                let light = paint::Light { lit, hovered, cursor, odd };
                match &row.branch {
                    Some(branch) => branch::paint(&painter, sight, (row, branch, rect), light),
                    None => paint::row(&painter, sight, (row, rect), light),
                }
                name_row(ui, row, &line, (at, lit));
                tip(ui, sight, row, line);
            }
            None => paint::placeholder(&painter, sight, rect),
        }
        if at == state.cursor && sight.lit && !is_branch(rows, at) {
            let column = sight.placed.iter().find(|placed| Some(placed.id) == state.column);
            if let Some(span) = column.and_then(|placed| sight.seen_span(placed)) {
                paint::cell_outline(&painter, sight, span, rect);
            }
        }
    }
}

// How many rows with the same key stand above: while a list is loaded anew, one may stand at two places.
fn unlike(met: &mut Vec<i64>, key: i64) -> usize {
    let same = met.iter().filter(|known| **known == key).count();
    met.push(key);
    same
}

type Line<'r> = (u64, &'r Row, Rect, usize);

fn row_ui(ui: &mut Ui, sight: &mut Sight, state: &mut GridState, (at, row, rect, same): Line) -> Response {
    let rect = rect.intersect(sight.areas.body);
    let id = row_id(sight, row.key);
    let line = ui.interact(rect, if same == 0 { id } else { id.with(same) }, Sense::CLICK);
    branch::click(sight, (at, row), &line);
    if line.clicked() {
        match How::of(ui.input(|input| input.modifiers)) {
            // The row of a group stands for those of the group.
            How::Keep if row.branch.is_some() => {
                state.go_to(at);
                sight.events.push(GridEvent::BranchSelected(at));
            }
            how => state.click(at, row.key, how),
        }
        let cell = line.interact_pointer_pos().and_then(|at| sight.column_at(at.x));
        if let Some(placed) = cell.filter(|_| state.by_cell) {
            state.column = Some(placed.id);
        }
    }
    if line.double_clicked() && row.branch.is_none() {
        sight.events.push(GridEvent::Opened(row.key));
    }
    if line.secondary_clicked() {
        click_for_menu(state, at, row);
        let at = line.interact_pointer_pos().unwrap_or(rect.left_bottom());
        // What the menu does with a cell, it does with this one.
        state.column = sight.column_at(at.x).map(|placed| placed.id).or(state.column);
        let column = current_column(sight, state);
        sight.events.push(GridEvent::MenuAsked { key: Some(row.key), column, at });
    }
    line
}

// What a screen reader says of a row, with what its dot says.
pub(super) fn spoken<'r>(ui: &Ui, row: &'r Row) -> Cow<'r, str> {
    if let Some(branch) = &row.branch {
        Cow::Owned(branch::spoken(ui, row, branch))
    } else if row.fresh {
        Cow::Owned(format!("{}, {}", row.spoken, words::say(ui, "ui.row_changed")))
    } else {
        Cow::Borrowed(&row.spoken)
    }
}

fn name_row(ui: &Ui, row: &Row, line: &Response, (at, lit): (u64, bool)) {
    let spoken = spoken(ui, row);
    line.widget_info(|| WidgetInfo::labeled(Role::Row, true, &spoken));
    ui.ctx().accesskit_node_builder(line.id, |node| {
        node.set_row_index(usize::try_from(at).unwrap_or(usize::MAX));
        node.set_selected(lit);
        if let Some(branch) = &row.branch {
            node.set_expanded(branch.open);
        }
    });
}

// The whole text over a cell that shows only its beginning.
fn tip(ui: &Ui, sight: &Sight, row: &Row, line: Response) {
    let Some(pointer) = line.hover_pos() else {
        return;
    };
    let placed = sight.column_at(pointer.x);
    if let Some(text) = placed.and_then(|placed| paint::cut(ui.painter(), sight, row, placed)) {
        line.on_hover_text_at_pointer(text);
    }
}
