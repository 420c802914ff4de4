//! The page model: what stands where on each sheet, as plain data that a test can read without a PDF.
//! Lengths are points from the top left corner; text is placed by its baseline.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::font::{self, Weight};
use super::picture::Picture;
use super::style::{Align, Ink};

/// A finished document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// The sheets in order.
    pub pages: Vec<Page>,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What stands on it, in drawing order.
    pub items: Vec<Item>,
}

/// One thing on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A line of text.
    Text(Text),
    /// A straight rule.
    Line(Line),
    /// A filled rectangle.
    Rect(Rect),
    /// A picture.
    Image(Image),
    /// A barcode of any kind.
    Bars(Bars),
    /// Words across the page.
    Mark(Mark),
}

/// A line of text; `x` is its left edge, middle or right edge as `align` says, `y` its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The anchor across.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// Type size.
    pub size: f32,
    /// How heavy.
    pub weight: Weight,
    /// How dark.
    pub ink: Ink,
    /// What `x` is.
    pub align: Align,
    /// The words.
    pub text: String,
}

impl Text {
    /// The left edge, whatever the anchor is.
    pub fn left(&self) -> f32 {
        let width = || font::width(&self.text, self.size, self.weight);
        match self.align {
            Align::Left => self.x,
            Align::Right => self.x - width(),
            Align::Centre => self.x - width() / 2.0,
        }
    }
}

/// A straight rule from one point to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Where it begins: across and down.
    pub from: (f32, f32),
    /// Where it ends: across and down.
    pub to: (f32, f32),
    /// How thick.
    pub thickness: f32,
    /// How dark.
    pub ink: Ink,
}

/// A filled rectangle by its top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// How dark.
    pub ink: Ink,
}

/// A picture stretched to a rectangle by its top left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The pixels.
    pub picture: Arc<Picture>,
}

/// The dark parts of a barcode, all black.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// What a scanner reads.
    pub content: String,
    /// Rectangles: left, top, width, height.
    pub bars: Vec<[f32; 4]>,
}

/// Turned words; the text's `x` and `y` are where its baseline begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The words.
    pub text: Text,
    /// By how many degrees they rise.
    pub turn: f32,
}

impl Item {
    /// The same thing further right and further down.
    pub fn moved(mut self, right: f32, down: f32) -> Item {
        let point = |(x, y): (f32, f32)| (x + right, y + down);
        match &mut self {
            Item::Text(t) => (t.x, t.y) = point((t.x, t.y)),
            Item::Line(l) => (l.from, l.to) = (point(l.from), point(l.to)),
            Item::Rect(r) => (r.x, r.y) = point((r.x, r.y)),
            Item::Image(i) => (i.x, i.y) = point((i.x, i.y)),
            Item::Mark(m) => (m.text.x, m.text.y) = point((m.text.x, m.text.y)),
            Item::Bars(b) => b.bars.iter_mut().for_each(|[x, y, _, _]| (*x, *y) = point((*x, *y))),
        }
        self
    }

    /// The same thing in black where it was grey; for printers that know no grey.
    pub(super) fn blackened(mut self) -> Item {
        match &mut self {
            Item::Text(t) => t.ink = Ink::BLACK,
            Item::Line(l) => l.ink = Ink::BLACK,
            Item::Rect(r) => r.ink = Ink::BLACK,
            Item::Image(_) | Item::Bars(_) | Item::Mark(_) => {}
        }
        self
    }

    /// Top and bottom edge.
    pub fn extent(&self) -> (f32, f32) {
        match self {
            Item::Text(t) => (t.y - t.size, t.y + t.size * 0.3),
            Item::Line(l) => (l.from.1.min(l.to.1), l.from.1.max(l.to.1)),
            Item::Rect(r) => (r.y, r.y + r.height),
            Item::Image(i) => (i.y, i.y + i.height),
            Item::Mark(m) => (m.text.y, m.text.y),
            Item::Bars(b) => {
                let top = b.bars.iter().map(|[_, y, _, _]| *y).fold(f32::INFINITY, f32::min);
                let bottom = b.bars.iter().map(|[_, y, _, h]| y + h).fold(f32::NEG_INFINITY, f32::max);
                (top, bottom)
            }
        }
    }
}

impl Page {
    /// The lines of text in drawing order, turned words among them.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            Item::Mark(mark) => Some(&mark.text),
            _ => None,
        })
    }
}

impl Paper {
    /// The words of every line of text, sheet by sheet, in drawing order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().flat_map(Page::texts).map(|text| text.text.as_str())
    }

    /// The characters that no typeface has and that therefore stand on paper as a replacement, each once.
    pub fn missing_glyphs(&self) -> Vec<char> {
        let missing: BTreeSet<char> = self.texts().flat_map(font::missing_glyphs).collect();
        missing.into_iter().collect()
    }
}
