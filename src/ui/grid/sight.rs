//! What is where in this frame: header, rows, totals, bars and columns, and the frame's events.

use std::ops::Range;
use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{Id, Rangef, Rect, Ui, pos2};

use super::room::{Laid, Placed};
use super::rows::{Align, Column};
use super::state::{Extent, GridState};
use super::{Grid, GridEvent, aside};
use crate::ui::menu;
use crate::ui::tokens::{Tokens, space};

/// The bar at the left edge of a row.
pub(super) const STATUS_BAR: f32 = 4.0;
/// The strip it stands on.
pub(super) const STATUS_STRIP: f32 = 8.0;
/// The height of a line of a heading, in sizes of its letters.
pub(super) const LINE: f32 = 1.25;
/// In a low window so many rows are seen before anything is said below them.
const ROWS_FIRST: f32 = 3.0;
/// How wide a scroll bar is.
pub(super) const SCROLL_BAR: f32 = 10.0;

// What every painting function needs of this frame.
pub(super) struct Sight<'a> {
    pub grid: &'a Grid<'a>,
    pub tokens: Arc<Tokens>,
    pub placed: Vec<Placed>,
    // Columns the room has no place for.
    pub aside: Vec<aside::Slot>,
    pub areas: Areas,
    pub side: f32,
    pub focused: bool,
    // The keyboard is here, or in a menu that was opened from here.
    pub lit: bool,
    pub pixels: f32,
    pub total: u64,
    pub events: Vec<GridEvent>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Areas {
    pub header: Rect,
    pub body: Rect,
    pub footer: Rect,
    pub aside: Rect,
    pub track: Rect,
    pub side_track: Rect,
}

impl Areas {
    fn of(whole: Rect, head: f32, (footer, side, aside): (f32, f32, f32)) -> Areas {
        let strip = aside::area(whole, aside);
        let rect = whole.with_max_y(strip.top());
        let row = head.min(rect.height() / 2.0);
        let foot = rect.bottom() - footer;
        let low = foot - side;
        let right = rect.right() - SCROLL_BAR;
        let part = |x: Rangef, top: f32, bottom: f32| Rect::from_x_y_ranges(x, Rangef::new(top, bottom.max(top)));
        let (all, rows) = (rect.x_range(), Rangef::new(rect.left(), right));
        Areas {
            header: part(all, rect.top(), rect.top() + row),
            body: part(rows, rect.top() + row, low),
            footer: part(all, foot, rect.bottom()),
            aside: strip,
            track: part(Rangef::new(right, rect.right()), rect.top() + row, low),
            side_track: part(rows, low, foot),
        }
    }
}

impl<'a> Sight<'a> {
    pub fn new(ui: &Ui, grid: &'a Grid<'a>, state: &mut GridState, rect: Rect) -> Sight<'a> {
        let tokens = Tokens::of(ui);
        let room = rect.width() - STATUS_STRIP - SCROLL_BAR;
        let Laid { placed, aside, tall } = state.laid(grid.columns, room);
        let mut aside = aside::slots(grid.columns, &aside, &state.doing.needs, rect.width() - 2.0 * space::S);
        let wide = placed.last().map_or(0.0, Placed::right);
        let lines = grid.footer.iter().map(|cell| f32::from(cell.line) + 1.0).fold(0.0, f32::max);
        let footer = lines * tokens.row_height();
        let side = if wide > room { SCROLL_BAR } else { 0.0 };
        let head = tokens.row_height() + if tall { tokens.body() * LINE } else { 0.0 };
        // Rows are seen before what has no room beside them.
        let spare = rect.height() - head - footer - side - ROWS_FIRST * tokens.row_height();
        aside.retain(|slot| slot.is_within(spare / tokens.row_height()));
        let areas = Areas::of(rect, head, (footer, side, aside::lines(&aside) * tokens.row_height()));
        state.side = state.side.clamp(0.0, (wide - room).max(0.0));
        let focused = ui.memory(|memory| memory.has_focus(grid.id));
        state.doing.lit = focused || (state.doing.lit && menu::is_open(ui.ctx()));
        Sight {
            grid,
            tokens,
            placed,
            aside,
            areas,
            side: state.side,
            focused,
            lit: state.doing.lit,
            pixels: ui.pixels_per_point(),
            total: 0,
            events: Vec::new(),
        }
    }

    pub fn row_height(&self) -> f32 {
        self.tokens.row_height()
    }

    // Whether headings have two lines.
    pub fn is_tall(&self) -> bool {
        self.areas.header.height() > self.row_height() + 0.5
    }

    pub fn extent(&self) -> Extent {
        Extent { total: self.total, seen: self.areas.body.height() / self.row_height() }
    }

    // The vertical place of a row; whole pixels, so that lines stay sharp and rows leave no gap.
    pub fn row_rect(&self, state: &GridState, at: u64) -> Rect {
        let rows = at.saturating_sub(state.top.first) as f32 - state.top.frac;
        let y = |rows: f32| (self.areas.body.top() + rows * self.row_height()).round_to_pixels(self.pixels);
        Rect::from_x_y_ranges(self.areas.body.x_range(), Rangef::new(y(rows), y(rows + 1.0)))
    }

    // The rows that are seen, also in part.
    pub fn seen(&self, state: &GridState) -> Range<u64> {
        let room = self.room(state);
        room.start..room.end.min(self.total)
    }

    // The rows that would be seen in a list without end.
    pub fn room(&self, state: &GridState) -> Range<u64> {
        let rows = (self.extent().seen + state.top.frac).ceil() as u64;
        state.top.first..state.top.first.saturating_add(rows)
    }

    // While rows are still counted, only what is known of the next page lets the list go on.
    pub fn two_pages(&self, state: &GridState) -> Range<u64> {
        let room = self.room(state);
        room.start..room.end.saturating_add(room.end.saturating_sub(room.start))
    }

    pub fn column(&self, placed: &Placed) -> Option<&'a Column> {
        self.grid.columns.get(placed.index)
    }

    // Whether the column stands still when the others are scrolled sideways.
    pub fn is_still(&self, placed: &Placed) -> bool {
        placed.left <= 0.0 && placed.width < self.areas.body.width() / 2.0
    }

    // Where a column begins and ends on the screen.
    pub fn span(&self, placed: &Placed) -> Rangef {
        let side = if self.is_still(placed) { 0.0 } else { self.side };
        let left = (self.areas.body.left() + STATUS_STRIP + placed.left - side).round_to_pixels(self.pixels);
        Rangef::new(left, left + placed.width)
    }

    // What of a column is not behind the one that stands still.
    pub fn clip(&self, placed: &Placed) -> Rangef {
        let all = self.areas.body.x_range();
        match self.placed.first() {
            Some(first) if self.side > 0.0 && self.is_still(first) && !self.is_still(placed) => {
                Rangef::new(self.span(first).max, all.max)
            }
            _ => all,
        }
    }

    // The part of a column that is seen.
    pub fn seen_span(&self, placed: &Placed) -> Option<Rangef> {
        let (span, clip) = (self.span(placed), self.clip(placed));
        let seen = Rangef::new(span.min.max(clip.min), span.max.min(clip.max));
        (seen.max > seen.min).then_some(seen)
    }

    pub fn column_at(&self, x: f32) -> Option<&Placed> {
        self.placed.iter().find(|placed| self.seen_span(placed).is_some_and(|span| span.contains(x)))
    }

    pub fn id(&self, part: &'static str) -> Id {
        self.grid.id.with(part)
    }
}

// Where a text of this width begins in a cell.
pub(super) fn text_left(cell: Rect, align: Align, width: f32) -> f32 {
    match align {
        Align::Left => cell.left() + space::S,
        Align::Right => cell.right() - space::S - width,
        Align::Center => cell.center().x - width / 2.0,
    }
}

// The corner below a row's cell: where a menu opens that was asked for by a key.
pub(super) fn below(row: Rect, span: Option<Rangef>) -> egui::Pos2 {
    pos2(span.map_or(row.left(), |span| span.min) + space::S, row.bottom())
}
