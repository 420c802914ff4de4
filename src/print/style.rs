//! How text looks on paper: one small scale of sizes, two weights, two inks.
//! Rules are thin and grey so that figures stand out, not the lines around them.

use super::font::Weight;

/// Which edge text is set against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Begins at the left edge.
    #[default]
    Left,
    /// Ends at the right edge; for figures.
    Right,
    /// Stands in the middle.
    Centre,
}

/// A shade of grey in percent of black; paper is often printed in one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ink(pub u8);

impl Ink {
    /// Text and figures.
    pub const BLACK: Ink = Ink(100);
    /// Labels and notes; still readable from a weak printer.
    pub const MUTED: Ink = Ink(65);
    /// Hairlines between rows.
    pub const HAIR: Ink = Ink(25);
}

/// Size, weight, ink and alignment of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Type size in points.
    pub size: f32,
    /// How heavy.
    pub weight: Weight,
    /// How dark.
    pub ink: Ink,
    /// Against which edge.
    pub align: Align,
}

impl Style {
    /// The name of the document.
    pub const TITLE: Style = Style::new(18.0, Weight::Bold, Ink::BLACK);
    /// A part of the document, or the sum that matters.
    pub const HEADING: Style = Style::new(11.5, Weight::Bold, Ink::BLACK);
    /// Running text.
    pub const BODY: Style = Style::new(9.0, Weight::Regular, Ink::BLACK);
    /// Notes and small print.
    pub const SMALL: Style = Style::new(7.5, Weight::Regular, Ink::MUTED);
    /// The name of a value or of a column.
    pub const LABEL: Style = Style::new(7.5, Weight::Regular, Ink::MUTED);

    const fn new(size: f32, weight: Weight, ink: Ink) -> Style {
        Style { size, weight, ink, align: Align::Left }
    }

    /// The same in bold.
    pub const fn bold(mut self) -> Style {
        self.weight = Weight::Bold;
        self
    }

    /// The same in grey.
    pub const fn muted(mut self) -> Style {
        self.ink = Ink::MUTED;
        self
    }

    /// The same against another edge.
    pub const fn align(mut self, align: Align) -> Style {
        self.align = align;
        self
    }

    /// The same in another size, in points.
    pub const fn size(mut self, size: f32) -> Style {
        self.size = size;
        self
    }

    /// Distance from one baseline to the next, in points.
    pub fn leading(&self) -> f32 {
        self.size * 1.36
    }

    /// Distance from the top of a line to its baseline, in points: capitals stand in the middle of the line.
    pub(super) fn baseline(&self) -> f32 {
        self.leading() / 2.0 + self.size * CAP_HEIGHT / 2.0
    }
}

/// Height of capitals and figures as a part of the type size.
const CAP_HEIGHT: f32 = 0.714;

/// The steps of empty space, in points.
pub mod gap {
    /// Between a label and its value.
    pub const TIGHT: f32 = 2.0;
    /// Between lines that belong together.
    pub const SMALL: f32 = 4.0;
    /// Between blocks side by side.
    pub const MEDIUM: f32 = 8.0;
    /// Between parts of a document.
    pub const LARGE: f32 = 16.0;
    /// Around the main table.
    pub const WIDE: f32 = 24.0;
}
