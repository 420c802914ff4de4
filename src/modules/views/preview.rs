//! Some rows of a list as rules would colour them, those first for which a rule holds.

use egui::{Align2, Pos2, Rect, Sense, Ui, pos2, vec2};

use crate::base::color_rule::{ColorRule, ColorRules};
use crate::ui::desk::Desk;
use crate::ui::fonts;
use crate::ui::grid::Row;
use crate::ui::list::{Kind, ListView, dress};
use crate::ui::tokens::{Tokens, space};

/// So many rows are shown, and so many of their columns.
const ROWS: usize = 5;
const COLUMNS: usize = 5;

/// Among so many of the loaded rows.
const LOOKED_AT: usize = 100;

/// Draws them.
pub(super) fn preview_ui(ui: &mut Ui, list: &ListView, rules: &[ColorRule], desk: &Desk) {
    let spec = list.spec();
    let compiled = ColorRules::of(rules, desk.today());
    let ruled =
        |at: &usize| spec.columns.get(*at).is_some_and(|column| rules.iter().any(|rule| rule.field == column.field));
    let (asked, others): (Vec<usize>, Vec<usize>) = (0..spec.columns.len()).partition(ruled);
    let told = |at: &usize| spec.columns.get(*at).is_some_and(|column| !matches!(column.kind, Kind::Picture));
    let mut shown: Vec<usize> = asked.into_iter().chain(others).filter(told).take(COLUMNS).collect();
    shown.sort_unstable();
    let dressed = list.loaded().take(LOOKED_AT).map(|(row, told)| {
        let mut row = row.clone();
        let fresh = row.fresh;
        dress((&mut row, told), (spec, &compiled), fresh, desk);
        row
    });
    let (painted, plain): (Vec<Row>, Vec<Row>) = dressed.partition(is_painted);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        painted.iter().chain(&plain).take(ROWS).for_each(|row| row_ui(ui, row, &shown));
    });
}

fn is_painted(row: &Row) -> bool {
    row.paint.is_some() || row.cells.iter().any(|cell| cell.paint.is_some())
}

fn row_ui(ui: &mut Ui, row: &Row, shown: &[usize]) {
    let tokens = Tokens::of(ui);
    let (colors, statuses) = (tokens.colors(), &tokens.theme.statuses);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tokens.row_height()), Sense::hover());
    let pair = row.paint.or(row.status).map(|name| statuses.named(name));
    ui.painter().rect_filled(rect, 0.0, pair.map_or(colors.panel, |pair| tokens.theme.soft(pair)));
    if let Some(pair) = pair {
        ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(space::XS, rect.height())), 0.0, pair.bar);
    }
    let width = (rect.width() - space::S) / shown.len().max(1) as f32;
    for (place, cell) in shown.iter().filter_map(|at| row.cells.get(*at)).enumerate() {
        let left: Pos2 = pos2(rect.left() + space::S + place as f32 * width, rect.top());
        let room = Rect::from_min_size(left, vec2(width, rect.height()));
        if let Some(pair) = cell.paint.map(|name| statuses.named(name)) {
            ui.painter().rect_filled(room, 0.0, pair.tint);
            ui.painter().rect_filled(Rect::from_min_size(room.min, vec2(space::XS, room.height())), 0.0, pair.bar);
        }
        let at = room.left_center() + vec2(space::S, 0.0);
        let painter = ui.painter().with_clip_rect(room.shrink2(vec2(2.0, 0.0)).intersect(ui.clip_rect()));
        painter.text(at, Align2::LEFT_CENTER, &cell.text, fonts::regular(tokens.body()), colors.text);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, colors.border));
}
