//! Paper from a roll: one page, 80 mm wide with 72 mm printable, as long as what stands on it.
//! A thermal printer knows no grey, so everything on it is black.

use super::MM;
use super::block::Block;
use super::page::{Item, Page, Paper};
use super::style::Style;
use super::table::Table;

/// Width of the paper and of what the printer reaches, in millimetres.
const PAPER: f32 = 80.0;
const PRINTABLE: f32 = 72.0;

/// Height of content beyond which a page is too long for viewers, which end at 14,400 points.
const LONGEST: f32 = 14_000.0;

/// Empty paper above and below, in millimetres.
const END: f32 = 4.0;

/// A receipt that is being written.
#[derive(Debug, Default)]
pub struct Roll {
    content: Block,
}

impl Roll {
    /// An empty receipt.
    pub fn new() -> Roll {
        Roll::default()
    }

    /// The printable width in points.
    pub fn width(&self) -> f32 {
        PRINTABLE * MM
    }

    /// Puts a block under what is there.
    pub fn put(&mut self, block: Block) {
        let down = self.content.height;
        self.content.items.extend(block.items.into_iter().map(|item| item.moved(0.0, down)));
        self.content.height += block.height;
    }

    /// Writes a text over the printable width.
    pub fn text(&mut self, text: &str, style: Style) {
        self.put(Block::text(text, style, self.width()));
    }

    /// Leaves space, in points.
    pub fn gap(&mut self, space: f32) {
        self.put(Block::space(space));
    }

    /// Puts a table.
    pub fn table(&mut self, table: &Table<'_>) {
        self.put(table.whole(self.width()));
    }

    /// Cuts the paper: one page, or several where it is longer than a viewer of PDF shows.
    pub fn finish(mut self) -> Paper {
        let mut pages = Vec::new();
        while self.content.height > LONGEST {
            let (first, rest) = self.content.cut(LONGEST);
            if first.items.is_empty() {
                self.content = rest;
                break;
            }
            pages.push(page(first));
            self.content = rest;
        }
        pages.push(page(self.content));
        Paper { pages }
    }
}

fn page(content: Block) -> Page {
    let (side, end) = ((PAPER - PRINTABLE) / 2.0 * MM, END * MM);
    let place = |item: Item| item.moved(side, end).blackened();
    Page {
        width: PAPER * MM,
        height: content.height + end * 2.0,
        items: content.items.into_iter().map(place).collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_roll_too_long_for_one_page_goes_on_and_loses_no_line() {
        let mut roll = Roll::new();
        for at in 0..2_000 {
            roll.text(&format!("line {at}"), Style::BODY);
        }
        let paper = roll.finish();
        assert_eq!(paper.pages.len(), 2);
        assert!(paper.pages.iter().all(|page| page.height < 14_400.0));
        assert_eq!(paper.texts().collect::<Vec<_>>(), (0..2_000).map(|at| format!("line {at}")).collect::<Vec<_>>());
    }
}
