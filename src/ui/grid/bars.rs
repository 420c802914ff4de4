//! Scroll bars, the wheel, and the thin bar that says rows are being loaded.

use std::time::Duration;

use egui::{Rect, Sense, Ui, Vec2, pos2, vec2};

use super::room::Placed;
use super::rows::Rows;
use super::scroll::Thumb;
use super::sight::Sight;
use super::state::GridState;
use crate::ui::tokens::Colors;

/// Shorter waits are not shown, so that nothing flickers.
const PATIENCE_SECS: f64 = 0.15;
/// How often the bar moves while rows are loaded.
const BEAT: Duration = Duration::from_millis(50);

pub(super) fn wheel(ui: &Ui, sight: &Sight, state: &mut GridState) {
    let rect = sight.areas.header.union(sight.areas.footer);
    if !ui.rect_contains_pointer(rect) {
        return;
    }
    let delta = ui.input_mut(|input| std::mem::replace(&mut input.smooth_scroll_delta, Vec2::ZERO));
    if delta.y != 0.0 {
        state.scroll(f64::from(-delta.y / sight.row_height()));
    }
    if delta.x != 0.0 {
        state.side -= delta.x;
        ui.ctx().request_repaint();
    }
}

pub(super) fn bars_ui(ui: &mut Ui, sight: &Sight, state: &mut GridState) {
    down_ui(ui, sight, state);
    side_ui(ui, sight, state);
}

fn down_ui(ui: &mut Ui, sight: &Sight, state: &mut GridState) {
    let (track, extent) = (sight.areas.track, sight.extent());
    ui.painter().rect_filled(track, 0.0, sight.tokens.colors().sunken);
    let bar = ui.interact(track, sight.id("down"), Sense::CLICK | Sense::DRAG);
    let Some(thumb) = Thumb::of(state.top, extent.total, extent.seen, track.height()) else {
        return;
    };
    let pointer = bar.interact_pointer_pos().map(|pos| pos.y - track.top());
    match (bar.is_pointer_button_down_on(), pointer, state.doing.thumb) {
        (true, Some(y), Some(hold)) => {
            state.top = thumb.top_at(y - hold, extent.total, extent.seen);
        }
        (true, Some(y), None) if (thumb.start..=thumb.start + thumb.length).contains(&y) => {
            state.doing.thumb = Some(y - thumb.start);
        }
        (true, Some(y), None) if ui.input(|input| input.pointer.any_pressed()) => {
            let page = f64::from((extent.seen - 1.0).max(1.0));
            state.scroll(if y < thumb.start { -page } else { page });
        }
        (true, _, _) => {}
        (false, _, _) => state.doing.thumb = None,
    }
    let thumb = Thumb::of(state.top, extent.total, extent.seen, track.height()).unwrap_or(thumb);
    let rect = Rect::from_min_size(pos2(track.left(), track.top() + thumb.start), vec2(track.width(), thumb.length));
    let active = bar.hovered() || state.doing.thumb.is_some();
    paint_thumb(ui, rect, (sight.tokens.colors(), active));
}

fn paint_thumb(ui: &Ui, rect: Rect, (colors, active): (&Colors, bool)) {
    let color = if active { colors.text3 } else { colors.border_strong };
    ui.painter().rect_filled(rect.shrink(2.0), 3.0, color);
}

fn side_ui(ui: &mut Ui, sight: &Sight, state: &mut GridState) {
    let track = sight.areas.side_track;
    let wide = sight.placed.last().map_or(0.0, Placed::right);
    let room = sight.areas.body.width();
    if track.height() <= 0.0 || wide <= 0.0 {
        return;
    }
    ui.painter().rect_filled(track, 0.0, sight.tokens.colors().sunken);
    let bar = ui.interact(track, sight.id("side"), Sense::CLICK | Sense::DRAG);
    let scale = track.width() / wide;
    if bar.dragged() {
        state.side += bar.drag_delta().x / scale;
    } else if bar.clicked()
        && let Some(pointer) = bar.interact_pointer_pos()
    {
        let middle = track.left() + (state.side + room / 2.0) * scale;
        state.side += if pointer.x < middle { -room / 2.0 } else { room / 2.0 };
    }
    let left = track.left() + sight.side * scale;
    let rect = Rect::from_min_size(pos2(left, track.top()), vec2(room * scale, track.height()));
    paint_thumb(ui, rect, (sight.tokens.colors(), bar.hovered() || bar.dragged()));
}

pub(super) fn loading(ui: &Ui, sight: &Sight, state: &mut GridState, rows: &dyn Rows) {
    if !rows.is_loading() && rows.count().is_some() {
        state.doing.loading_since = None;
        return;
    }
    let now = ui.input(|input| input.time);
    let waited = now - *state.doing.loading_since.get_or_insert(now);
    if waited < PATIENCE_SECS {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(PATIENCE_SECS - waited));
        return;
    }
    let body = sight.areas.body;
    let part = body.width() / 4.0;
    let left = body.left() + (waited.fract() as f32) * (body.width() - part);
    let bar = Rect::from_min_size(pos2(left, body.top()), vec2(part, 2.0));
    ui.painter().rect_filled(bar, 0.0, sight.tokens.colors().accent);
    ui.ctx().request_repaint_after(BEAT);
}
