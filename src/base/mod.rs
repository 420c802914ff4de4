//! Layer 0, values: no input or output, no business, no screen.

pub mod date;
pub mod error;
pub mod id;
pub mod locale;
pub mod phone;
pub mod plural;
pub mod right;
pub mod text;
pub mod words;
