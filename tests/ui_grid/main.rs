//! The grid and its menus without a display: keys, mouse, names, random use.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![allow(clippy::float_arithmetic, reason = "points on a screen")]

mod keys;
mod look;
mod menus;
mod mouse;
mod names;
mod random;
mod stage;
