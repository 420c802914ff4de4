//! What a frame of the grid costs: scrolling by wheel, by thumb and at the very end, without a display.

use std::time::Duration;

use egui::{Context, Event, Id, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase};
use egui::{pos2, vec2};

use super::{Align, Cell, Column, FooterCell, Grid, GridState, Look, Row, Rows, grid_ui};
use crate::base::error::Result;
use crate::base::locale::{self, Lang};
use crate::ui::fonts;
use crate::ui::tokens::{Density, Theme, Tokens};

/// Rows made before the clock runs; the list repeats them.
const PREPARED: u64 = 4096;
/// The frames of each way of scrolling before it changes to the next.
const STRETCH: u64 = 60;
/// The window's size, in points.
const SIZE: (f32, f32) = (1366.0, 688.0);

struct Made {
    total: u64,
    rows: Vec<Row>,
}

impl Rows for Made {
    fn count(&self) -> Option<u64> {
        Some(self.total)
    }

    fn row(&self, at: u64) -> Option<&Row> {
        self.rows.get(usize::try_from(at.checked_rem(PREPARED)?).ok()?)
    }

    fn want(&mut self, _from: u64, _to: u64) {}

    fn find(&self, _key: i64) -> Option<u64> {
        None
    }
}

fn columns() -> Vec<Column> {
    let column = |id: &'static str, width: f32, align: Align| {
        let grow = id == "customer";
        Column {
            id,
            title: "ui.grid_table",
            width,
            align,
            sort: Some(id),
            grow,
            free: ["customer", "summary"].contains(&id),
            yields: 0,
            picture: false,
        }
    };
    let (left, right) = (Align::Left, Align::Right);
    let mut columns = vec![column("number", 70.0, left), column("date", 110.0, left), column("customer", 180.0, left)];
    columns.extend([column("summary", 200.0, left), column("status", 120.0, left), column("due", 90.0, left)]);
    columns.extend(["total", "paid", "debt", "profit"].map(|id| column(id, 95.0, right)));
    columns
}

fn made(total: u64) -> Made {
    const STATES: [&str; 8] = ["draft", "new", "in_work", "waiting", "ready", "done", "overdue", "cancelled"];
    let name = locale::tr(Lang::HY, "ui.grid_ascending", &[]);
    let rows = (0..PREPARED).zip(STATES.iter().cycle()).map(|(at, state)| {
        let sum = |times: u64| Cell::text(at.saturating_mul(times).to_string());
        let mut cells = vec![Cell::text(format!("A-{at}")).look(Look::Strong), Cell::text(format!("24.11.26 {at}"))];
        cells.extend([Cell::text(format!("{name} {at}")), Cell::text(format!("Toner and repair, {at}"))]);
        cells.extend([Cell::status(*state), Cell::text("25.11.26").look(Look::Muted)]);
        cells.extend([sum(1370), sum(370), sum(1000).look(Look::Danger), sum(210)]);
        let key = i64::try_from(at).unwrap_or(i64::MAX);
        Row {
            key,
            cells,
            status: Some(state),
            struck: *state == "cancelled",
            spoken: format!("A-{at}, {state}"),
            ..Row::default()
        }
    });
    Made { total, rows: rows.collect() }
}

// The wheel, then the thumb held and drawn down, then the end of the list page by page.
fn events(frame: u64) -> Vec<Event> {
    let (phase, step) = (frame.checked_div(STRETCH).unwrap_or(0) % 3, frame % STRETCH);
    let track = |step: u64| pos2(SIZE.0 - 5.0, 30.0 + step as f32 * 9.0);
    let button = |pos: Pos2, pressed: bool| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    match (phase, step) {
        (0, 0) => vec![button(track(STRETCH), false), Event::PointerMoved(pos2(300.0, 300.0))],
        (0, _) => vec![Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, -3.0),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        }],
        (1, 0) => vec![key(Key::Home), Event::PointerMoved(track(0))],
        (1, 1) => vec![button(track(0), true)],
        (1, _) => vec![Event::PointerMoved(track(step))],
        (_, 0) => vec![button(track(STRETCH), false), key(Key::End)],
        (_, _) => vec![key(if step % 20 < 10 { Key::PageUp } else { Key::PageDown })],
    }
}

fn key(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

/// Draws so many frames over a list of so many rows, and answers how long each took with its tessellation,
/// by a clock that may count the time of the processor or of the world.
pub fn frames(total: u64, count: u64, clock: impl Fn() -> Duration) -> Result<Vec<Duration>> {
    let ctx = Context::default();
    fonts::install(&ctx);
    Tokens { theme: Theme::shipped("light")?, density: Density::Standard }.apply(&ctx);
    let (columns, mut rows, mut state) = (columns(), made(total), GridState::default());
    let footer =
        [FooterCell::left("214"), FooterCell::under("total", "1 840 000"), FooterCell::under("debt", "410 000")];
    let grid = Grid::new(Id::unique("measured"), &columns).footer(&footer);
    state.focus();
    let mut times = Vec::new();
    for frame in 0..count {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(SIZE.0, SIZE.1))),
            time: Some(frame as f64 / 60.0),
            events: events(frame),
            ..RawInput::default()
        };
        let began = clock();
        let mut output = ctx.run_ui(input, |ui| {
            grid_ui(ui, &grid, &mut state, &mut rows);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = ctx.tessellate(shapes, output.pixels_per_point);
        times.push(clock().saturating_sub(began));
        drop(triangles);
        output.drop_without_applying_deltas();
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn every_frame_of_a_long_list_is_drawn_and_timed() {
        let began = std::time::Instant::now();
        let times = frames(1_000_000, 3 * STRETCH + 5, || began.elapsed()).unwrap();
        assert_eq!(times.len(), 185);
        assert!(times.iter().sum::<Duration>() <= began.elapsed());
    }
}
