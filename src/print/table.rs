//! A table: columns that take the width their figures need, cells that wrap, a heading, rows in a few tones.
//! Makes blocks of rows; where pages end is decided by `Flow`.

use super::block::Block;
use super::columns::Plan;
use super::page::{Item, Line};
use super::style::{Align, Ink, Style, gap};

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// As wide as its widest cell, so that a figure never wraps.
    Fit,
    /// This part of what the other columns leave.
    Share(f32),
    /// This many points.
    Points(f32),
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// How wide.
    pub width: Width,
    /// How its cells are set.
    pub align: Align,
}

impl Column {
    /// A column of words that takes this part of the free width.
    pub fn words(title: &str, share: f32) -> Column {
        Column { title: title.to_owned(), width: Width::Share(share), align: Align::Left }
    }

    /// A column of short words as wide as they are.
    pub fn short(title: &str) -> Column {
        Column { title: title.to_owned(), width: Width::Fit, align: Align::Left }
    }

    /// A column of figures, set right, as wide as they are.
    pub fn figures(title: &str) -> Column {
        Column { title: title.to_owned(), width: Width::Fit, align: Align::Right }
    }
}

/// One cell; a plain string becomes one over a single column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Small print under it; may be empty.
    pub note: String,
    /// Over how many columns it stands; 0 counts as 1.
    pub span: usize,
    /// How it is set, if not as its first column.
    pub align: Option<Align>,
}

impl Cell {
    /// The same over several columns.
    pub fn over(mut self, columns: usize) -> Cell {
        self.span = columns;
        self
    }

    /// The same set against another edge.
    pub fn align(mut self, align: Align) -> Cell {
        self.align = Some(align);
        self
    }

    /// The same with small print under it.
    pub fn note(mut self, note: impl Into<String>) -> Cell {
        self.note = note.into();
        self
    }

    pub(super) fn columns(&self) -> usize {
        self.span.max(1)
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: text.into(), note: String::new(), span: 1, align: None }
    }
}

/// What a row is among the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// One of many.
    #[default]
    Plain,
    /// The name of a group of rows.
    Heading,
    /// A sum carried over a page end.
    Carried,
    /// The sum of the table.
    Total,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its cells from the left; missing ones are empty.
    pub cells: Vec<Cell>,
    /// What it is.
    pub tone: Tone,
}

impl Row {
    /// A row of the table.
    pub fn new<C: Into<Cell>>(cells: impl IntoIterator<Item = C>) -> Row {
        Row { cells: cells.into_iter().map(Into::into).collect(), tone: Tone::Plain }
    }

    /// The same row in another tone.
    pub fn tone(mut self, tone: Tone) -> Row {
        self.tone = tone;
        self
    }
}

/// The running sums at a page end: each function takes how many rows stand above it and gives the row to print.
pub struct Carry<'a> {
    /// The last row of a page that the table goes on from.
    pub forward: Box<dyn Fn(usize) -> Row + 'a>,
    /// The first row of the page it goes on to.
    pub brought: Box<dyn Fn(usize) -> Row + 'a>,
}

/// Columns, rows, and what is carried over page ends.
#[derive(Default)]
pub struct Table<'a> {
    /// The columns from the left.
    pub columns: Vec<Column>,
    /// The rows from the top.
    pub rows: Vec<Row>,
    /// Running sums at page ends; none if absent.
    pub carry: Option<Carry<'a>>,
    /// What belongs under the table and never stands on a page without its last row.
    pub tail: Option<Block>,
}

/// Space above and below the text of a row, in points.
const PADDING: f32 = 3.2;

impl Table<'_> {
    /// The table in one block of this width, in points, without page ends.
    pub fn whole(&self, width: f32) -> Block {
        let plan = self.plan(width);
        let rows = self.rows.iter().map(|row| self.row(&plan, row));
        let tail = self.tail.iter().cloned();
        Block::stack(std::iter::once(self.head(&plan)).chain(rows).chain(tail), 0.0)
    }

    /// The heading row; empty if no column has a title.
    pub(super) fn head(&self, plan: &Plan) -> Block {
        if self.columns.iter().all(|column| column.title.is_empty()) {
            return Block::default();
        }
        let cells: Vec<(f32, Block)> = self
            .columns
            .iter()
            .zip(&plan.columns)
            .map(|(column, (left, width))| {
                (*left, Block::text(&column.title, Style::LABEL.align(column.align), *width))
            })
            .collect();
        let height = cells.iter().map(|(_, cell)| cell.height).fold(0.0, f32::max);
        let mut head = Block { width: plan.width, height: height + PADDING + gap::TIGHT, items: Vec::new() };
        for (left, cell) in cells {
            let down = height - cell.height;
            head.items.extend(cell.items.into_iter().map(|item| item.moved(left, down)));
        }
        head.items.push(rule(plan.width, head.height, 0.75, Ink::BLACK));
        head
    }

    /// One row as a block, its rule among it.
    pub(super) fn row(&self, plan: &Plan, row: &Row) -> Block {
        let style = match row.tone {
            Tone::Plain => plan.style,
            Tone::Carried => plan.style.muted(),
            Tone::Heading | Tone::Total => plan.style.bold(),
        };
        let mut block = Block { width: plan.width, height: 0.0, items: Vec::new() };
        let mut at = 0;
        for cell in &row.cells {
            let span = plan.columns.iter().skip(at).take(cell.columns());
            let (left, right) =
                span.fold((f32::INFINITY, 0.0f32), |(l, r), (left, width)| (l.min(*left), r.max(left + width)));
            let align = cell.align.or_else(|| self.columns.get(at).map(|column| column.align)).unwrap_or_default();
            let content = cell_block(cell, style.align(align), (right - left).max(0.0));
            block.height = block.height.max(content.height);
            block.items.extend(content.items.into_iter().map(|item| item.moved(left, PADDING)));
            at += cell.columns();
        }
        block.height += PADDING * 2.0;
        match row.tone {
            Tone::Plain | Tone::Carried => block.items.push(rule(plan.width, block.height, 0.35, Ink::HAIR)),
            Tone::Total => block.items.push(rule(plan.width, 0.0, 0.75, Ink::BLACK)),
            Tone::Heading => {}
        }
        block
    }
}

fn cell_block(cell: &Cell, style: Style, width: f32) -> Block {
    let text = Block::text(&cell.text, style, width);
    if cell.note.trim().is_empty() {
        return text;
    }
    let note = Block::text(&cell.note, Style::SMALL.size((style.size - 1.5).max(5.5)).align(style.align), width);
    Block::stack([text, note], 0.0)
}

fn rule(width: f32, down: f32, thickness: f32, ink: Ink) -> Item {
    Item::Line(Line { from: (0.0, down), to: (width, down), thickness, ink })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::print::font;

    fn texts(block: &Block) -> Vec<String> {
        let text = |item: &Item| if let Item::Text(text) = item { Some(text.text.clone()) } else { None };
        block.items.iter().filter_map(text).collect()
    }

    fn table(figure: &str) -> Table<'static> {
        Table {
            columns: vec![Column::words("Name", 1.0), Column::figures("Price"), Column::figures("Sum")],
            rows: vec![Row::new(["A thing", figure, figure])],
            ..Table::default()
        }
    }

    #[test]
    fn figures_stay_on_one_line_and_the_type_gets_smaller_where_they_would_not() {
        let long = "999\u{a0}999\u{a0}999\u{a0}999\u{a0}999,99\u{a0}֏";
        for (figure, width) in [("1,00", 500.0), (long, 500.0), (long, 360.0)] {
            assert!(
                texts(&table(figure).whole(width)).iter().filter(|text| *text == figure).count() == 2,
                "{figure} in {width}"
            );
        }
        assert!(table(long).plan(330.0).style.size < 9.0);
    }

    #[test]
    fn nothing_leaves_the_table_even_where_figures_must_wrap() {
        let block = table("123456789012345678901234567890").whole(150.0);
        for item in &block.items {
            if let Item::Text(text) = item {
                assert!(text.left() >= -0.1, "{text:?}");
                assert!(text.left() + font::width(&text.text, text.size, text.weight) <= 150.5, "{text:?}");
            }
        }
        assert!(texts(&block).concat().contains("A thing"));
    }

    #[test]
    fn a_cell_over_several_columns_leaves_the_next_one_in_its_place() {
        let mut table = table("10.00");
        table.rows.push(Row::new([Cell::from("Total").over(2), Cell::from("10.00")]).tone(Tone::Total));
        let block = table.whole(300.0);
        let rights: Vec<f32> = block
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) if text.text == "10.00" => Some(text.x),
                _ => None,
            })
            .collect();
        assert_eq!(rights.len(), 3);
        assert_eq!(rights[1], rights[2]);
    }
}
