//! Rows on the screen: fill, status bar, cells, outline of the cursor; and placeholders of what is not loaded.

use egui::emath::GuiRounding as _;
use egui::epaint::RectShape;
use egui::{Color32, Painter, Rangef, Rect, Stroke, StrokeKind, pos2, vec2};

use super::room::Placed;
use super::rows::{Align, Cell, Row};
use super::sight::{STATUS_BAR, STATUS_STRIP, Sight, text_left};
use super::write;
use crate::ui::icon;
use crate::ui::tokens::{Pair, Tokens, space};

// How a row is lit in this frame.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Light {
    pub lit: bool,
    pub hovered: bool,
    pub cursor: bool,
    pub odd: bool,
}

/// The room of an icon before a text.
pub(super) const ICON: f32 = 20.0;

/// Between a picture and the edges of its row, and how round its corners are.
const RIM: f32 = 2.0;
const ROUND: f32 = 2.0;

/// The radius of the dot on rows that another person changed.
const DOT: f32 = 2.5;

// One row with everything on it.
pub(super) fn row(painter: &Painter, sight: &Sight, (row, rect): (&Row, Rect), light: Light) {
    let whole = row.paint.or(row.status).map(|name| sight.tokens.theme.statuses.named(name));
    painter.rect_filled(rect, 0.0, fill(sight, whole, light));
    cells(painter, sight, (row, rect), light);
    painter.hline(rect.x_range(), line_y(sight, rect), Stroke::new(1.0, sight.tokens.colors().border));
    edge(painter, sight, (row, rect), light);
}

// What stands in the columns.
pub(super) fn cells(painter: &Painter, sight: &Sight, (row, rect): (&Row, Rect), light: Light) {
    let pair = row.status.map(|name| sight.tokens.theme.statuses.named(name));
    for placed in &sight.placed {
        if let (Some(cell), Some(seen)) = (row.cells.get(placed.index), sight.seen_span(placed)) {
            let clipped = painter.with_clip_rect(painter.clip_rect().intersect(column_clip(sight, seen)));
            let place = Place { placed, rect: Rect::from_x_y_ranges(sight.span(placed), rect.y_range()) };
            paint_cell(&clipped, sight, &place, Dress { cell, pair, struck: row.struck, light });
        }
    }
}

// The bar of a state, the dot of a change and the outline of the cursor.
pub(super) fn edge(painter: &Painter, sight: &Sight, (row, rect): (&Row, Rect), light: Light) {
    let mut inside = rect;
    if let Some(name) = row.paint.or(row.status) {
        bar(painter, sight, rect, sight.tokens.theme.statuses.named(name));
        inside.min.x += STATUS_STRIP;
    }
    if row.fresh {
        dot(painter, sight, rect);
    }
    if light.cursor && sight.lit {
        painter.rect_stroke(inside, 0.0, Stroke::new(2.0, sight.tokens.colors().focus), StrokeKind::Inside);
    }
}

// The bar of a state stands on a strip of its own: it is seen there whatever its row is filled with.
fn bar(painter: &Painter, sight: &Sight, row: Rect, pair: &Pair) {
    let strip = Rect::from_min_size(row.min, vec2(STATUS_STRIP, row.height()));
    painter.rect_filled(strip, 0.0, sight.tokens.colors().panel);
    let bar = Rect::from_center_size(strip.center(), vec2(STATUS_BAR, row.height()));
    painter.rect_filled(bar, 0.0, pair.bar);
}

// Another person changed the row: a dot in the gap before its first cell.
fn dot(painter: &Painter, sight: &Sight, row: Rect) {
    let at = pos2(row.left() + STATUS_STRIP + DOT, row.center().y);
    painter.circle_filled(at, DOT, sight.tokens.colors().accent);
}

fn column_clip(sight: &Sight, seen: Rangef) -> Rect {
    Rect::from_x_y_ranges(seen, sight.areas.body.y_range())
}

// The middle of the last pixel of a row.
fn line_y(sight: &Sight, rect: Rect) -> f32 {
    rect.bottom() - 0.5 / sight.pixels
}

fn fill(sight: &Sight, pair: Option<&Pair>, light: Light) -> Color32 {
    let colors = sight.tokens.colors();
    match pair {
        _ if light.lit && sight.lit => colors.sel,
        _ if light.lit => colors.sel_inactive,
        _ if light.hovered => colors.hover,
        Some(pair) => sight.tokens.theme.soft(pair),
        None if light.odd => colors.stripe,
        None => colors.panel,
    }
}

struct Place<'a> {
    placed: &'a Placed,
    rect: Rect,
}

struct Dress<'a> {
    cell: &'a Cell,
    pair: Option<&'a Pair>,
    struck: bool,
    light: Light,
}

fn paint_cell(painter: &Painter, sight: &Sight, place: &Place, dress: Dress) {
    let Some(column) = sight.column(place.placed) else {
        return;
    };
    let colors = sight.tokens.colors();
    let (cell, middle) = (dress.cell, place.rect.center().y);
    let ruled = cell.paint.map(|name| sight.tokens.theme.statuses.named(name));
    let tint = ruled.or(dress.pair.filter(|_| cell.tint)).filter(|_| !dress.light.lit);
    if let Some(pair) = tint {
        painter.rect_filled(place.rect, 0.0, pair.tint);
    }
    if let Some(edge) = ruled.map(|pair| pair.bar).or(cell.own) {
        let bar = Rect::from_min_size(place.rect.min, vec2(STATUS_BAR, place.rect.height()));
        painter.rect_filled(bar, 0.0, edge);
    }
    if let Some(hash) = &cell.picture {
        return picture(painter, sight, hash, place.rect);
    }
    let mut rect = place.rect;
    if let Some(letter) = icon_of(cell, dress.pair) {
        let color = if cell.tint { colors.text } else { colors.text2 };
        let mark = write::line(painter, letter, crate::ui::fonts::regular(sight.tokens.body() + 2.0));
        let alone = if cell.text.is_empty() { column.align } else { Align::Left };
        write::paint(painter, text_left(rect, alone, mark.size().x), middle, (mark, color));
        rect.min.x += ICON;
    }
    if cell.text.is_empty() {
        return;
    }
    let color = write::color(cell.look, colors, tint.is_some());
    let (font, room) = (write::font(cell.look, sight.tokens.body()), rect.width() - 2.0 * space::S);
    let whole = write::fitted(painter, &cell.text, font.clone(), room);
    let shorter = whole.elided && !cell.short.is_empty();
    let galley = if shorter { write::fitted(painter, &cell.short, font, room) } else { whole };
    let left = text_left(rect, column.align, galley.size().x);
    if dress.struck && place.placed.index == 0 {
        painter.hline(Rangef::new(left, left + galley.size().x), middle, Stroke::new(1.0, color));
    }
    write::paint(painter, left, middle, (galley, color));
}

// A picture as large as the row lets it be; the place of one that is still to come is marked.
pub(super) fn picture(painter: &Painter, sight: &Sight, hash: &str, cell: Rect) {
    let Some(pictures) = sight.grid.pictures else { return };
    let side = sight.row_height() - 2.0 * RIM;
    let middle = cell.center();
    match pictures.get(hash) {
        Some(texture) => {
            let size = texture.size_vec2();
            let size = (size * (side / size.max_elem().max(1.0))).round_to_pixels(sight.pixels);
            let place = Rect::from_min_size((middle - size / 2.0).round_to_pixels(sight.pixels), size);
            let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.add(RectShape::filled(place, ROUND, Color32::WHITE).with_texture(texture.id(), all));
        }
        None if pictures.is_awaited(hash) => {
            painter.rect_filled(Rect::from_center_size(middle, vec2(side, side)), ROUND, sight.tokens.colors().sunken);
        }
        None => {}
    }
}

// A cell's own icon, or that of the row's status in the status cell.
fn icon_of(cell: &Cell, pair: Option<&Pair>) -> Option<&'static str> {
    cell.icon.or_else(|| pair.filter(|_| cell.tint).and_then(|pair| icon::named(&pair.icon)))
}

// The outline of the cell the cursor stands in.
pub(super) fn cell_outline(painter: &Painter, sight: &Sight, span: Rangef, row: Rect) {
    let rect = Rect::from_x_y_ranges(span, row.y_range()).shrink2(vec2(0.0, 3.0));
    painter.rect_stroke(rect, 2.0, Stroke::new(1.0, sight.tokens.colors().focus), StrokeKind::Inside);
}

// A row that is not loaded yet.
pub(super) fn placeholder(painter: &Painter, sight: &Sight, rect: Rect) {
    let colors = sight.tokens.colors();
    painter.rect_filled(rect, 0.0, colors.panel);
    painter.hline(rect.x_range(), line_y(sight, rect), Stroke::new(1.0, colors.border));
    for placed in &sight.placed {
        let (Some(seen), Some(column)) = (sight.seen_span(placed), sight.column(placed)) else {
            continue;
        };
        let cell = Rect::from_x_y_ranges(seen, rect.y_range());
        let width = (cell.width() - 2.0 * space::S).max(0.0) * 0.6;
        let left = text_left(cell, column.align, width);
        let bar = Rect::from_center_size(pos2(left + width / 2.0, cell.center().y), vec2(width, space::S));
        painter.rect_filled(bar, 4.0, colors.sunken);
    }
}

// The text of a cell that does not fit into it.
pub(super) fn cut<'r>(painter: &Painter, sight: &Sight, row: &'r Row, placed: &Placed) -> Option<&'r str> {
    let cell = row.cells.get(placed.index).filter(|cell| !cell.text.is_empty())?;
    let pair = row.status.map(|name| sight.tokens.theme.statuses.named(name));
    let icon = if icon_of(cell, pair).is_some() { ICON } else { 0.0 };
    let wide = write::line(painter, &cell.text, write::font(cell.look, sight.tokens.body())).size().x;
    let narrow = wide > placed.width - icon - 2.0 * space::S || sight.seen_span(placed) != Some(sight.span(placed));
    narrow.then_some(&cell.text)
}

// The width a cell needs for a text of its own.
pub(super) fn needed(painter: &Painter, tokens: &Tokens, (cell, text): (&Cell, &str)) -> f32 {
    let icon = if cell.icon.is_some() || cell.tint { ICON } else { 0.0 };
    let wide = write::line(painter, text, write::font(cell.look, tokens.body())).size().x;
    wide + icon + 2.0 * space::S
}
