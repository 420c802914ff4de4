//! Layer 0, values: no input or output, no business, no screen.

pub mod right;
