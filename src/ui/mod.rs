//! The toolkit of the window: colours, keys, grid, fields, forms, dialogs; no business words and no SQL.
#![allow(clippy::float_arithmetic, reason = "points on a screen; no amount is computed here")]

pub mod action;
pub mod badge;
pub mod bar;
pub mod button;
pub mod desk;
pub mod dialog;
pub mod field;
pub(crate) mod floating;
pub mod focus;
pub mod fonts;
pub mod form;
pub mod grid;
pub mod habits;
pub mod home;
pub mod icon;
pub mod layout;
pub mod legible;
pub mod list;
pub mod loader;
pub mod menu;
pub mod own;
pub mod paged;
pub mod picker;
pub mod pictures;
pub mod progress;
pub mod scan;
pub mod screen;
pub mod toast;
pub mod tokens;
pub mod words;
