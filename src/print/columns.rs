//! How wide the columns of a table are: figures never wrap while a smaller type can prevent it.
//! Knows widths only; what stands in the cells is drawn by `table`.

use super::block;
use super::font;
use super::style::Style;
use super::table::{Column, Row, Table, Tone, Width};
use super::wrap;

/// A table measured for a width: where each column stands, and the type size at which its figures fit.
pub(super) struct Plan {
    pub(super) columns: Vec<(f32, f32)>,
    pub(super) style: Style,
    pub(super) width: f32,
}

/// A column of words is at least this wide, in points, before the type gets smaller.
const NARROWEST_WORDS: f32 = 110.0;

/// The type sizes tried until every figure fits.
const SIZES: [f32; 5] = [9.0, 8.5, 8.0, 7.0, 6.0];

/// Space between columns, in points.
const GUTTER: f32 = 10.0;

impl Table<'_> {
    pub(super) fn plan(&self, width: f32) -> Plan {
        let room = width.min(NARROWEST_WORDS * 3.0) / 3.0;
        let carried = self.carried();
        let mut plan = Plan { columns: Vec::new(), style: Style::BODY, width };
        for size in SIZES {
            plan = self.plan_at(width, Style::BODY.size(size), &carried);
            if self.words_width(&plan) >= room {
                return self.closed(plan);
            }
        }
        self.squeezed(plan, room)
    }

    /// A table of figures alone is no wider than they are.
    fn closed(&self, plan: Plan) -> Plan {
        let shares = self.columns.iter().any(|column| matches!(column.width, Width::Share(_)));
        let used = plan.columns.last().map_or(0.0, |(left, width)| left + width);
        Plan { width: if shares { plan.width } else { used }, ..plan }
    }

    /// Every sum that a page end could carry.
    fn carried(&self) -> Vec<Row> {
        let carry = self.carry.iter();
        carry.flat_map(|c| (1..self.rows.len()).flat_map(|above| [(c.forward)(above), (c.brought)(above)])).collect()
    }

    /// The width of the narrowest column of words; without any, what the columns leave of the whole width.
    fn words_width(&self, plan: &Plan) -> f32 {
        let used = plan.columns.last().map_or(0.0, |(left, width)| left + width);
        let fits = if used > plan.width + 0.5 { 0.0 } else { f32::INFINITY };
        let words =
            self.columns.iter().zip(&plan.columns).filter(|(column, _)| matches!(column.width, Width::Share(_)));
        words.map(|(_, (_, width))| *width).fold(fits, f32::min)
    }

    fn plan_at(&self, width: f32, style: Style, carried: &[Row]) -> Plan {
        let gutters = GUTTER * (self.columns.len().saturating_sub(1) as f32);
        let fixed: Vec<Option<f32>> = (0..self.columns.len()).map(|at| self.fixed_width(at, style, carried)).collect();
        let shares: f32 = self.columns.iter().map(share).sum();
        let free = (width - gutters - fixed.iter().flatten().sum::<f32>()).max(0.0);
        let widths = self
            .columns
            .iter()
            .zip(fixed)
            .map(|(column, fixed)| fixed.unwrap_or_else(|| free * share(column) / shares));
        Plan { columns: placed(widths), style, width }
    }

    /// Last resort for figures that fit at no size: fitted columns give way and their cells wrap, headings between words
    /// as long as there is room for them.
    fn squeezed(&self, plan: Plan, room: f32) -> Plan {
        let words = self.columns.iter().filter(|column| matches!(column.width, Width::Share(_))).count() as f32;
        let gutters = GUTTER * (self.columns.len().saturating_sub(1) as f32);
        let widths = || self.columns.iter().zip(&plan.columns);
        let fitted = || widths().filter(|(column, _)| column.width == Width::Fit);
        let wanted: f32 = fitted().map(|(_, (_, width))| *width).sum();
        let headings: f32 = fitted().map(|(column, _)| heading_width(column)).sum();
        let points: f32 =
            self.columns.iter().map(|column| if let Width::Points(points) = column.width { points } else { 0.0 }).sum();
        let left = plan.width - gutters - points - words * room;
        let scale = (left / wanted.max(1.0)).clamp(0.05, 1.0);
        let beyond = ((left - headings) / (wanted - headings).max(1.0)).min(1.0);
        let squeezed = widths().map(|(column, (_, width))| match column.width {
            Width::Fit if beyond >= 0.0 => heading_width(column) + (width - heading_width(column)) * beyond,
            Width::Fit => width * scale,
            Width::Share(_) => room,
            Width::Points(points) => points,
        });
        Plan { columns: placed(squeezed), style: plan.style, width: plan.width }
    }

    fn fixed_width(&self, at: usize, style: Style, carried: &[Row]) -> Option<f32> {
        match self.columns.get(at)?.width {
            Width::Share(_) => None,
            Width::Points(points) => Some(points),
            Width::Fit => Some(self.fitted_width(at, style, carried)),
        }
    }

    /// The widest cell of a column, carried sums among them, but at least the longest word of its heading.
    fn fitted_width(&self, at: usize, style: Style, carried: &[Row]) -> f32 {
        let heading = self.columns.get(at).map_or(0.0, heading_width);
        let cells = self.rows.iter().chain(carried).map(|row| cell_width(row, at, style));
        cells.fold(heading, f32::max).ceil()
    }
}

/// The longest word of a heading.
fn heading_width(column: &Column) -> f32 {
    wrap::longest_word(&column.title, Style::LABEL.size, Style::LABEL.weight)
}

fn share(column: &Column) -> f32 {
    if let Width::Share(share) = column.width { share.max(0.01) } else { 0.0 }
}

/// Left edge and width of columns set side by side.
fn placed(widths: impl Iterator<Item = f32>) -> Vec<(f32, f32)> {
    let mut left = 0.0;
    let mut place = |width: f32| {
        let column = (left, width);
        left += width + GUTTER;
        column
    };
    widths.map(&mut place).collect()
}

/// The width a row's cell over just this column needs.
fn cell_width(row: &Row, at: usize, style: Style) -> f32 {
    let mut column = 0;
    for cell in &row.cells {
        if column == at && cell.columns() == 1 {
            let bold = matches!(row.tone, Tone::Heading | Tone::Total);
            let text = block::natural_width(&cell.text, if bold { style.bold() } else { style });
            let note = font::width(&cell.note, style.size - 1.5, Style::SMALL.weight);
            return text.max(note);
        }
        column += cell.columns();
    }
    0.0
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_keeps_its_words_whole_where_figures_fit_at_no_size() {
        let titles = ["Դրույքաչափ", "Առանց ԱԱՀ", "ԱԱՀ", "ԱԱՀ-ով"];
        let huge = "9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775,80";
        let columns: Vec<Column> = titles.iter().map(|title| Column::figures(title)).collect();
        let table = Table { columns, rows: vec![Row::new(["20%", huge, huge, huge])], ..Table::default() };
        let plan = table.plan(200.0);
        let (left, width) = plan.columns[3];
        assert!(left + width <= 200.5, "{:?}", plan.columns);
        for (column, (_, width)) in table.columns.iter().zip(&plan.columns) {
            assert!(*width >= heading_width(column), "{}: {:?}", column.title, plan.columns);
        }
    }
}
