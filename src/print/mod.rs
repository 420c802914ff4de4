//! Toolkit for paper: typefaces, blocks, tables that break over pages, barcodes, a page model, and PDF.
//! Knows `base` only; no business words. First comes plain data (`Paper`), then bytes (`pdf::write`).
//! Lengths are points (1/72 inch) as `f32`, measured from the top left corner; money never meets them.
#![allow(clippy::float_arithmetic, reason = "lengths on paper are points; no money is among them")]

mod arrange;
pub mod barcode;
pub mod block;
mod columns;
pub mod flow;
pub mod font;
mod mark;
pub mod page;
pub mod pdf;
pub mod picture;
mod printed;
pub mod roll;
pub mod style;
pub mod table;
mod wrap;

pub use arrange::Part;
pub use block::Block;
pub use flow::{Flow, Sheet};
pub use font::Weight;
pub use page::{Item, Page, Paper};
pub use picture::Picture;
pub use printed::{Printed, lacking};
pub use roll::Roll;
pub use style::{Align, Ink, Style};
pub use table::{Carry, Cell, Column, Row, Table, Tone, Width};

/// Points in one millimetre.
pub const MM: f32 = 72.0 / 25.4;
