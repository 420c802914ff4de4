//! How narrow columns may get: headings, figures, dates and words of states are read whole; they are measured here.

use std::collections::BTreeMap;

use egui::{Painter, Ui};

use super::room::READS_WELL;
use super::rows::{Cell, Column, FooterPlace, Rows};
use super::view::COLUMN_LEAST;
use super::{Grid, aside, paint, write};
use crate::base::locale::Lang;
use crate::ui::tokens::{Tokens, space};
use crate::ui::{fonts, words};

/// Texts that may be cut keep so much of their column, in points: usually, and where room lacks even so.
const FREE_LEAST: (f32, f32) = (110.0, 80.0);
/// Words of states are shown whole up to this width, in points.
const STATE_MOST: f32 = 190.0;
/// More rows than a screen has are not looked through in a frame.
const MOST: u64 = 80;

// What stands in each column, as wide as it was ever seen; it is forgotten with the language and the size of letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    written: Option<(Lang, u32)>,
    // Whether any row was seen: before that, nobody knows which columns are empty.
    seen: bool,
    columns: BTreeMap<&'static str, Need>,
}

// Of one column, in points: its heading in one line and in two, its sums below each other and in one line, its cells.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    heading: f32,
    folded: f32,
    sums: f32,
    aside: f32,
    cells: f32,
    letters: usize,
}

impl Needs {
    // The least width of a column with its heading in one line, and in two.
    pub fn least(&self, column: &Column) -> (f32, f32) {
        let Some(need) = self.columns.get(column.id) else {
            let unmeasured = if column.free { COLUMN_LEAST } else { column.width };
            return (unmeasured, unmeasured);
        };
        let inside = |least: f32| match column.free {
            true if self.seen => need.sums.max(need.cells.min(column.width.min(least))),
            true => need.sums.max(column.width.min(least)),
            false if !self.seen => need.sums.max(column.width),
            false => need.sums.max(need.cells),
        };
        let (usual, less) = (inside(FREE_LEAST.0), inside(FREE_LEAST.1));
        (usual.max(need.heading).max(COLUMN_LEAST), less.max(need.folded).max(COLUMN_LEAST))
    }

    // The width of a column's heading with what it holds and its sums behind it in one line.
    pub fn told(&self, column: &Column) -> f32 {
        let need = self.columns.get(column.id).copied().unwrap_or_default();
        let cells = need.cells.clamp(COLUMN_LEAST, if column.free { READS_WELL } else { f32::INFINITY });
        need.heading + cells + need.aside + space::S
    }

    // The widest cell of a column; nothing while no row was seen.
    pub fn cells(&self, column: &Column) -> Option<f32> {
        self.columns.get(column.id).filter(|_| self.seen).map(|need| need.cells)
    }

    // Measures the headings, the sums, and of the rows from this one on what is longer than all before.
    pub fn learn(&mut self, ui: &Ui, grid: &Grid, (rows, from): (&dyn Rows, u64), marks: impl Fn(&Column) -> f32) {
        let tokens = Tokens::of(ui);
        let written = Some((words::lang(ui), tokens.body().to_bits()));
        if self.written != written {
            *self = Needs { written, ..Needs::default() };
        }
        let rim = 2.0 * space::S + 1.0;
        let wide = |text: &str| write::line(ui.painter(), text, fonts::bold(tokens.body())).size().x.ceil() + rim;
        for column in grid.columns {
            let title = words::say(ui, column.title);
            let (first, second) = write::folded(&title);
            let need = self.columns.entry(column.id).or_default();
            need.heading = wide(&title) + marks(column);
            need.folded = if second.is_empty() { need.heading } else { wide(first).max(wide(second) + marks(column)) };
            let under = grid.footer.iter().filter(|cell| cell.place == FooterPlace::Under(column.id));
            need.sums = under.map(|cell| wide(&cell.text)).fold(0.0, f32::max);
            need.aside = aside::sums(ui, grid, column).map_or(0.0, |sums| wide(&sums));
        }
        for row in (from..from.saturating_add(MOST)).map_while(|at| rows.row(at)) {
            self.seen = true;
            for (column, cell) in grid.columns.iter().zip(&row.cells) {
                self.see(ui.painter(), &tokens, column, cell);
            }
        }
    }

    fn see(&mut self, painter: &Painter, tokens: &Tokens, column: &Column, cell: &Cell) {
        let text = if cell.short.is_empty() { &cell.text } else { &cell.short };
        let letters = text.chars().count();
        let need = self.columns.entry(column.id).or_default();
        // Digits are all as wide; of words with as many letters each may be the widest.
        let wordy = text.contains(char::is_alphabetic);
        let longer = letters > need.letters || (wordy && letters.saturating_add(1) >= need.letters);
        if longer {
            need.letters = need.letters.max(letters);
            let needed = paint::needed(painter, tokens, (cell, text)).ceil() + 1.0;
            need.cells = need.cells.max(if cell.tint { needed.min(STATE_MOST) } else { needed });
        }
    }
}
