//! Ways to set blocks beside each other by the width there is, so that who composes a form never calculates with points.

use super::block::{Block, natural_width};
use super::page::{Item, Line};
use super::style::{Ink, Style, gap};

/// A part of a row: makes its block for the width it is given, in points.
pub type Part<'a> = Box<dyn Fn(f32) -> Block + 'a>;

/// Space between the words and the frame of a stamp, in points: across and down.
const STAMP_PADDING: (f32, f32) = (6.0, 2.5);

impl Block {
    /// Parts side by side over a width, each in a column as wide as the others, a gap between each two.
    pub fn in_columns(width: f32, gap: f32, parts: &[Part<'_>]) -> Block {
        let count = parts.len().max(1) as f32;
        let column = ((width - gap * (count - 1.0)) / count).max(0.0);
        let widened = parts.iter().map(|part| Block { width: column, ..part(column) });
        Block { width, ..Block::beside(widened, gap) }
    }

    /// A block at the right edge of a width, and a part in what it leaves.
    pub fn with_right(right: Block, width: f32, part: impl Fn(f32) -> Block) -> Block {
        let left = part((width - right.width - gap::LARGE).max(0.0));
        Block::apart(left, right, width)
    }

    /// Words in a frame, such as a stamp would leave.
    pub fn stamp(words: &str, style: Style) -> Block {
        let (across, down) = STAMP_PADDING;
        let inner = Block::text(words, style, natural_width(words, style) + 0.1);
        let (width, height) = (inner.width + across * 2.0, inner.height + down * 2.0);
        let edge = |from, to| Item::Line(Line { from, to, thickness: 1.0, ink: style.ink });
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)];
        let frame = corners.iter().zip(corners.iter().skip(1)).map(|(from, to)| edge(*from, *to));
        let words = inner.items.into_iter().map(|item| item.moved(across, down));
        Block { width, height, items: words.chain(frame).collect() }
    }

    /// A rule to write above, with what belongs there under it, and a name beside it where one is known.
    pub fn signature(label: &str, name: &str, width: f32) -> Block {
        let name = Block::text(name, Style::BODY, width);
        let room = Block::space((SIGNATURE_ROOM - name.height).max(0.0));
        let label = Block::text(label, Style::LABEL, width);
        Block::stack(
            [room, name, Block::space(gap::TIGHT), Block::rule(width, 0.5, Ink::BLACK), label.padded(1.0)],
            0.0,
        )
    }
}

/// Height above the rule of a signature, in points.
const SIGNATURE_ROOM: f32 = 30.0;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn lefts(block: &Block) -> Vec<f32> {
        let left = |item: &Item| if let Item::Text(text) = item { Some(text.x) } else { None };
        block.items.iter().filter_map(left).collect()
    }

    #[test]
    fn columns_are_equally_wide_whatever_stands_in_them() {
        let part = |words: &'static str| -> Part<'static> {
            Box::new(move |width| Block::text(words, Style::BODY, width / 2.0))
        };
        let row = Block::in_columns(320.0, 10.0, &[part("a"), part("b"), part("c")]);
        assert_eq!((row.width, lefts(&row)), (320.0, vec![0.0, 110.0, 220.0]));
    }

    #[test]
    fn a_part_beside_a_block_gets_what_the_block_leaves() {
        let code = Block { width: 100.0, height: 30.0, items: Vec::new() };
        let row = Block::with_right(code, 400.0, Block::space);
        assert_eq!((row.width, row.height), (400.0, 284.0));
    }

    #[test]
    fn a_stamp_is_framed_on_four_sides() {
        let stamp = Block::stamp("Copy", Style::BODY);
        assert_eq!(stamp.items.len(), 5);
        assert_eq!(lefts(&stamp), [6.0]);
    }
}
