//! Layer 0, values: no input or output, no business, no screen.

pub mod barcode;
pub mod chance;
pub mod color_rule;
pub mod currency;
pub mod date;
pub mod decimal;
pub mod error;
pub mod gs1;
pub mod id;
pub mod latin;
pub mod lenient;
pub mod locale;
pub mod money;
pub mod nested;
pub mod phone;
pub mod plural;
pub mod quantity;
pub mod refusal;
pub mod right;
pub mod shipped;
pub mod text;
pub mod unreal;
pub mod words;
