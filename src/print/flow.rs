//! Fills sheets of paper from the top: blocks that stay whole where they can, tables that break between rows.
//! Each page gets its running head and its foot; sums are carried over page ends.

use super::block::{Block, natural_width};
use super::columns::Plan;
use super::page::{Item, Page, Paper};
use super::style::{Align, Ink, Style, gap};
use super::table::Table;

/// A kind of sheet and its margins, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Width of the paper.
    pub width: f32,
    /// Height of the paper.
    pub height: f32,
    /// Left and right margin.
    pub side: f32,
    /// Top margin.
    pub top: f32,
    /// Bottom margin, below the foot.
    pub bottom: f32,
}

impl Sheet {
    /// A4 upright, 210 by 297 mm, with room for a hole punch.
    pub const A4: Sheet = Sheet { width: 595.28, height: 841.89, side: 51.0, top: 45.0, bottom: 34.0 };

    /// A4 lying across, for wide tables.
    pub const A4_ACROSS: Sheet = Sheet { width: 841.89, height: 595.28, side: 40.0, top: 40.0, bottom: 30.0 };

    /// Width between the margins.
    pub fn inner_width(&self) -> f32 {
        self.width - self.side * 2.0
    }
}

/// Words at the foot of a page; the function takes the page and how many there are, from 1.
type PageOf<'a> = Box<dyn Fn(usize, usize) -> String + 'a>;

/// Height of the foot with its rule.
const FOOT: f32 = 30.0;

/// Less space than this at the end of a page is not worth beginning a long text or a long row in.
const WORTHWHILE: f32 = 48.0;

/// A cut row keeps at least this much of itself for the next page, in points.
const LAST_LINE: f32 = 12.0;

/// A document that is being written.
pub struct Flow<'a> {
    sheet: Sheet,
    head: Block,
    foot: String,
    page_of: Option<PageOf<'a>>,
    pages: Vec<Vec<Item>>,
    items: Vec<Item>,
    y: f32,
}

impl<'a> Flow<'a> {
    /// An empty document on these sheets.
    pub fn new(sheet: Sheet) -> Flow<'a> {
        Flow {
            sheet,
            head: Block::default(),
            foot: String::new(),
            page_of: None,
            pages: Vec::new(),
            items: Vec::new(),
            y: sheet.top,
        }
    }

    /// Repeats a block at the top of every page but the first, which begins with what is put on it.
    pub fn running_head(&mut self, head: Block) {
        self.head = head;
    }

    /// Writes small words at the foot of every page: some at the left, and at the right which page of how many this is.
    pub fn foot(&mut self, words: &str, page_of: impl Fn(usize, usize) -> String + 'a) {
        self.foot = words.to_owned();
        self.page_of = Some(Box::new(page_of));
    }

    /// Width between the margins, in points.
    pub fn width(&self) -> f32 {
        self.sheet.inner_width()
    }

    /// Puts a block under what is there; on the next page if only that can hold it whole, cut if no page can.
    pub fn put(&mut self, block: Block) {
        if block.height > self.remaining() && block.height <= self.fresh() {
            self.next_page();
        }
        self.put_anywhere(block);
    }

    /// Puts a block, cut between lines where a page ends.
    pub fn put_anywhere(&mut self, mut block: Block) {
        while block.height > self.remaining() + 0.01 {
            let fresh = self.is_fresh();
            let room = self.remaining();
            let (first, rest) = if room < WORTHWHILE && !fresh { (Block::default(), block) } else { block.cut(room) };
            if first.items.is_empty() && fresh {
                block = rest;
                break;
            }
            self.place(first);
            self.next_page();
            block = rest;
        }
        self.place(block);
    }

    /// Puts blocks under each other that stay on one page if a page can hold them.
    pub fn keep(&mut self, blocks: impl IntoIterator<Item = Block>, gap: f32) {
        self.put(Block::stack(blocks, gap));
    }

    /// Leaves space, in points, unless the page has just begun.
    pub fn gap(&mut self, space: f32) {
        if !self.is_fresh() {
            self.y += space;
        }
    }

    /// Writes a text over the whole width, cut between lines where a page ends.
    pub fn text(&mut self, text: &str, style: Style) {
        self.put_anywhere(Block::text(text, style, self.width()));
    }

    /// Puts a table: its heading on each page, no row cut that a page can hold, sums carried, the tail with the last row.
    pub fn table(&mut self, table: &Table<'_>) {
        let plan = table.plan(self.width());
        let rows = Rows { table, plan: &plan, head: table.head(&plan) };
        let Some(last) = table.rows.len().checked_sub(1) else {
            self.keep([rows.head.clone()].into_iter().chain(table.tail.clone()), 0.0);
            return;
        };
        let mut on_page = false;
        for (at, row) in table.rows.iter().enumerate() {
            let block = table.row(&plan, row);
            let near_end = self.remaining() - block.height < self.sheet.height / 2.0;
            let after = match (at == last, near_end) {
                (true, _) => table.tail.as_ref().map_or(0.0, |tail| tail.height),
                (false, true) => rows.forward_height(at + 1),
                (false, false) => 0.0,
            };
            on_page = self.row(&rows, NextRow { above: at, block, after }, on_page);
        }
        if let Some(tail) = table.tail.clone() {
            self.put(tail);
        }
    }

    /// Finishes the last page and writes the feet.
    pub fn finish(mut self) -> Paper {
        self.pages.push(std::mem::take(&mut self.items));
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        let finished = pages.into_iter().enumerate().map(|(at, mut items)| {
            items.extend(self.foot_items(at + 1, count));
            Page { width: self.sheet.width, height: self.sheet.height, items }
        });
        Paper { pages: finished.collect() }
    }

    /// Puts one row; `on_page` tells whether the table has begun on this page. Afterwards it always has.
    fn row(&mut self, rows: &Rows<'_, '_>, next: NextRow, mut on_page: bool) -> bool {
        let NextRow { above, block, after } = next;
        let opening = if on_page { 0.0 } else { rows.opening_height(above) };
        let needed = opening + block.height + after;
        let sliver = self.remaining() - opening < WORTHWHILE;
        let better = on_page || sliver || rows.fits_fresh(self.fresh(), above, &block);
        if needed > self.remaining() && !self.is_fresh() && better {
            if on_page {
                self.place_optional(rows.forward(above));
            }
            self.next_page();
            on_page = false;
        }
        if !on_page {
            self.place_optional(Some(rows.head.clone()));
            self.place_optional(if above > 0 { rows.brought(above) } else { None });
        }
        let carried = if above + 1 < rows.table.rows.len() { after } else { 0.0 };
        self.long_row(rows, above, block, carried);
        true
    }

    /// Puts a row that may be higher than a whole page, and leaves room for the carried sum under it.
    fn long_row(&mut self, rows: &Rows<'_, '_>, above: usize, mut block: Block, carried: f32) {
        while block.height + carried > self.remaining() + 0.01 {
            let room = self.remaining() - rows.forward_height(above);
            let at = room.min(block.height - LAST_LINE);
            let (first, rest) = block.cut(at);
            if first.items.is_empty() {
                block = rest;
                break;
            }
            self.place(first);
            self.place_optional(rows.forward(above));
            self.next_page();
            self.place_optional(Some(rows.head.clone()));
            self.place_optional(rows.brought(above));
            block = rest;
        }
        self.place(block);
    }

    fn foot_items(&self, page: usize, pages: usize) -> Vec<Item> {
        let Some(page_of) = &self.page_of else { return Vec::new() };
        let words = page_of(page, pages);
        let style = Style::SMALL;
        let right_width = natural_width(&words, style).min(self.width() / 2.0);
        let right = Block::text(&words, style.align(Align::Right), right_width);
        let left = Block::text(&self.foot, style, self.width() - right_width - gap::LARGE);
        let (left, _) = left.cut(style.leading() + 0.1);
        let line = Block::apart(left, right, self.width());
        let foot = Block::stack([Block::rule(self.width(), 0.35, Ink::HAIR), Block::space(gap::SMALL), line], 0.0);
        let top = self.sheet.height - self.sheet.bottom - foot.height;
        foot.items.into_iter().map(|item| item.moved(self.sheet.side, top)).collect()
    }

    fn place_optional(&mut self, block: Option<Block>) {
        if let Some(block) = block {
            self.place(block);
        }
    }

    fn place(&mut self, block: Block) {
        let (right, down) = (self.sheet.side, self.y);
        self.items.extend(block.items.into_iter().map(|item| item.moved(right, down)));
        self.y += block.height;
    }

    fn next_page(&mut self) {
        self.pages.push(std::mem::take(&mut self.items));
        self.y = self.sheet.top;
        self.place(self.head.clone());
    }

    /// Where a page's text begins: under the running head, which the first page does not have.
    fn beginning(&self) -> f32 {
        self.sheet.top + if self.pages.is_empty() { 0.0 } else { self.head.height }
    }

    fn is_fresh(&self) -> bool {
        self.y <= self.beginning() + 0.01
    }

    fn end(&self) -> f32 {
        self.sheet.height - self.sheet.bottom - if self.page_of.is_some() { FOOT } else { 0.0 }
    }

    fn remaining(&self) -> f32 {
        self.end() - self.y
    }

    /// The height that a new page offers.
    fn fresh(&self) -> f32 {
        self.end() - self.sheet.top - self.head.height
    }
}

/// A row on its way to a page.
struct NextRow {
    /// How many rows stand above it.
    above: usize,
    block: Block,
    /// The height that must stay free under it on the same page.
    after: f32,
}

/// A table being put, with what stands at page ends.
struct Rows<'t, 'a> {
    table: &'t Table<'a>,
    plan: &'t Plan,
    head: Block,
}

impl Rows<'_, '_> {
    fn forward(&self, above: usize) -> Option<Block> {
        let carry = self.table.carry.as_ref().filter(|_| above > 0)?;
        Some(self.table.row(self.plan, &(carry.forward)(above)))
    }

    fn brought(&self, above: usize) -> Option<Block> {
        let carry = self.table.carry.as_ref().filter(|_| above > 0)?;
        Some(self.table.row(self.plan, &(carry.brought)(above)))
    }

    fn forward_height(&self, above: usize) -> f32 {
        self.forward(above).map_or(0.0, |block| block.height)
    }

    /// Heading and carried sum over the first row of a page.
    fn opening_height(&self, above: usize) -> f32 {
        self.head.height + self.brought(above).map_or(0.0, |block| block.height)
    }

    fn fits_fresh(&self, fresh: f32, above: usize, block: &Block) -> bool {
        self.opening_height(above) + block.height <= fresh
    }
}
