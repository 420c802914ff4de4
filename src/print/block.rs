//! A block: some items in a box of known size that has no place on a page yet.
//! Blocks are stacked, set side by side and cut; `Flow` and `Roll` put them on paper.

use std::sync::Arc;

use super::font::Weight;
use super::page::{Image, Item, Line, Text};
use super::picture::Picture;
use super::style::{Align, Ink, Style, gap};
use super::wrap;

/// A box with things in it, measured from its own top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What stands in it.
    pub items: Vec<Item>,
}

impl Block {
    /// Nothing, of this height in points.
    pub fn space(height: f32) -> Block {
        Block { width: 0.0, height, items: Vec::new() }
    }

    /// Text wrapped to a width in points; line ends in it are kept.
    pub fn text(text: &str, style: Style, width: f32) -> Block {
        let clean = wrap::clean(text);
        let lines = wrap::lines(&clean, style.size, style.weight, width);
        let mut block = Block { width, height: 0.0, items: Vec::new() };
        for line in lines {
            if !line.is_empty() {
                block.items.push(Item::Text(Text {
                    x: anchor(style.align, width),
                    y: block.height + style.baseline(),
                    size: style.size,
                    weight: style.weight,
                    ink: style.ink,
                    align: style.align,
                    text: line,
                }));
            }
            block.height += style.leading();
        }
        block
    }

    /// A label above its text; nothing at all if the text is empty.
    pub fn labelled(label: &str, text: &str, style: Style, width: f32) -> Block {
        if text.trim().is_empty() {
            return Block::default();
        }
        let label = Block::text(label, Style::LABEL.align(style.align), width);
        Block::stack([label, Block::text(text, style, width)], 0.0)
    }

    /// Labels in one column and their values in the next; pairs with an empty value are left out.
    /// The label column is as wide as its widest label, at most half of the width.
    pub fn pairs(pairs: &[(&str, &str)], style: Style, width: f32) -> Block {
        let shown: Vec<_> = pairs.iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        let label_style = style.muted();
        let widest = shown.iter().map(|(label, _)| natural_width(label, label_style)).fold(0.0, f32::max);
        let label_width = widest.min(width / 2.0);
        let rows = shown.into_iter().map(|(label, value)| {
            let label = Block::text(label, label_style, label_width);
            Block::beside([label, Block::text(value, style, width - label_width - gap::MEDIUM)], gap::MEDIUM)
        });
        Block::stack(rows, gap::TIGHT)
    }

    /// Sums: labels set left and figures set right over the whole width; the last one in bold under a rule.
    pub fn sums(sums: &[(&str, &str)], style: Style, width: f32) -> Block {
        let mut blocks = Vec::new();
        for (at, (label, figure)) in sums.iter().enumerate() {
            let last = at + 1 == sums.len();
            let (label_style, style) =
                if last { (style.bold(), style.bold().size(style.size + 2.0)) } else { (style.muted(), style) };
            if last && at > 0 {
                blocks.push(Block::rule(width, 0.75, Ink::BLACK).padded(gap::TIGHT));
            }
            blocks.push(Block::spread((label, label_style), (figure, style), width));
        }
        Block::stack(blocks, gap::TIGHT)
    }

    /// A text at the left edge and a figure at the right edge, on one baseline where both fit on one line.
    pub fn spread((left, left_style): (&str, Style), (right, right_style): (&str, Style), width: f32) -> Block {
        let right_width = natural_width(right, right_style).min(width * 0.6);
        let left_width = (width - right_width - gap::MEDIUM).max(0.0);
        let mut label = Block::text(left, left_style, left_width);
        let figure = Block::text(right, right_style.align(Align::Right), right_width);
        let drop = (right_style.baseline() - left_style.baseline()).max(0.0);
        label = Block::stack([Block::space(drop), label], 0.0);
        label.width = left_width;
        Block::beside([label, figure], gap::MEDIUM)
    }

    /// A horizontal rule over a width; it has no height.
    pub fn rule(width: f32, thickness: f32, ink: Ink) -> Block {
        let line = Line { from: (0.0, 0.0), to: (width, 0.0), thickness, ink };
        Block { width, height: 0.0, items: vec![Item::Line(line)] }
    }

    /// A picture as large as fits a box, in its own proportions, never larger than at 96 dots per inch.
    pub fn picture(picture: &Picture, box_width: f32, box_height: f32) -> Block {
        let (natural_width, natural_height) = (picture.width() * 0.75, picture.height() * 0.75);
        let scale = (box_width / natural_width).min(box_height / natural_height).min(1.0);
        let (width, height) = (natural_width * scale, natural_height * scale);
        let picture = Arc::new(picture.for_print(width, height));
        Block { width, height, items: vec![Item::Image(Image { x: 0.0, y: 0.0, width, height, picture })] }
    }

    /// Blocks under each other, a gap between each two; blocks without height leave no gap.
    pub fn stack(blocks: impl IntoIterator<Item = Block>, gap: f32) -> Block {
        let mut stack = Block::default();
        for block in blocks {
            let empty = block.height == 0.0 && block.items.is_empty();
            let top = if stack.height > 0.0 && !empty { stack.height + gap } else { stack.height };
            stack.height = top + block.height;
            stack.width = stack.width.max(block.width);
            stack.items.extend(block.items.into_iter().map(|item| item.moved(0.0, top)));
        }
        stack
    }

    /// Blocks side by side from the left, tops aligned, a gap between each two.
    pub fn beside(blocks: impl IntoIterator<Item = Block>, gap: f32) -> Block {
        let mut row = Block::default();
        for block in blocks {
            let left = if row.width > 0.0 { row.width + gap } else { 0.0 };
            row.width = left + block.width;
            row.height = row.height.max(block.height);
            row.items.extend(block.items.into_iter().map(|item| item.moved(left, 0.0)));
        }
        row
    }

    /// A block at the left edge and one at the right edge of a width.
    pub fn apart(left: Block, right: Block, width: f32) -> Block {
        let height = left.height.max(right.height);
        let offset = (width - right.width).max(0.0);
        let mut items = left.items;
        items.extend(right.items.into_iter().map(|item| item.moved(offset, 0.0)));
        Block { width, height, items }
    }

    /// The block in a wider box, against an edge or in the middle.
    pub fn aligned(self, align: Align, width: f32) -> Block {
        let free = (width - self.width).max(0.0);
        let right = match align {
            Align::Left => 0.0,
            Align::Centre => free / 2.0,
            Align::Right => free,
        };
        Block { width, height: self.height, items: self.items.into_iter().map(|item| item.moved(right, 0.0)).collect() }
    }

    /// The block with the same space above and below it.
    pub fn padded(self, space: f32) -> Block {
        let items = self.items.into_iter().map(|item| item.moved(0.0, space)).collect();
        Block { width: self.width, height: self.height + space * 2.0, items }
    }

    /// Cuts the block at most this far down, between its lines; the first part is empty if not even one line fits.
    pub(super) fn cut(self, height: f32) -> (Block, Block) {
        let mut at = height;
        loop {
            let straddles = |item: &&Item| item.extent().0 < at - 0.001 && item.extent().1 > at + 0.001;
            match self.items.iter().filter(straddles).map(|item| item.extent().0).reduce(f32::min) {
                Some(top) => at = top,
                None => break,
            }
        }
        if at <= 0.0 {
            return (Block::default(), self);
        }
        let (above, below): (Vec<Item>, Vec<Item>) =
            self.items.into_iter().partition(|item| item.extent().1 <= at + 0.001);
        let first = Block { width: self.width, height: at.min(self.height), items: above };
        let rest = Block {
            width: self.width,
            height: (self.height - at).max(0.0),
            items: below.into_iter().map(|item| item.moved(0.0, -at)).collect(),
        };
        (first, rest)
    }
}

/// The width of a text's longest line when nothing is wrapped, in points.
pub(super) fn natural_width(text: &str, style: Style) -> f32 {
    let clean = wrap::clean(text);
    clean.split('\n').map(|line| line_width(line, style.size, style.weight)).fold(0.0, f32::max)
}

fn line_width(line: &str, size: f32, weight: Weight) -> f32 {
    super::font::width(line.trim_matches(' '), size, weight)
}

fn anchor(align: Align, width: f32) -> f32 {
    match align {
        Align::Left => 0.0,
        Align::Centre => width / 2.0,
        Align::Right => width,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn words(block: &Block) -> Vec<&str> {
        let texts = block.items.iter().map(|item| if let Item::Text(text) = item { text.text.as_str() } else { "" });
        texts.filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn a_stack_leaves_gaps_between_blocks_but_none_for_empty_ones() {
        let line = || Block::text("x", Style::BODY, 100.0);
        let stack = Block::stack([line(), Block::default(), line()], 5.0);
        assert_eq!(stack.height, line().height * 2.0 + 5.0);
    }

    #[test]
    fn pairs_without_a_value_are_left_out() {
        let block = Block::pairs(&[("Phone", "+374 10 000000"), ("E-mail", " ")], Style::BODY, 200.0);
        assert_eq!(words(&block), ["Phone", "+374 10 000000"]);
    }

    #[test]
    fn a_cut_falls_between_lines_and_keeps_every_line() {
        let block = Block::text("one\ntwo\nthree\nfour", Style::BODY, 200.0);
        let (first, rest) = block.clone().cut(Style::BODY.leading() * 2.5);
        assert_eq!(words(&first), ["one", "two"]);
        assert_eq!(words(&rest), ["three", "four"]);
        assert!((first.height + rest.height - block.height).abs() < 0.01);
        let (none, all) = block.cut(1.0);
        assert!(none.items.is_empty() && words(&all).len() == 4);
    }

    #[test]
    fn the_last_sum_is_bold_and_every_figure_ends_at_the_right_edge() {
        let block = Block::sums(&[("Net", "100.00"), ("Tax", "20.00"), ("Total", "120.00")], Style::BODY, 180.0);
        let figures: Vec<_> = block
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(text) if text.align == Align::Right => Some((text.x, text.weight)),
                _ => None,
            })
            .collect();
        assert_eq!(figures.len(), 3);
        assert!(figures.iter().all(|(x, _)| (x - 180.0).abs() < 0.01), "{figures:?}");
        assert_eq!(figures[2].1, Weight::Bold);
    }
}
