//! The screens of the menu without a window: found by role and name, worked by keys and by the mouse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

mod cards;
mod directories;
mod documents;
mod gear;
mod grouping;
#[path = "../fields/stage.rs"]
mod hands;
mod imports;
mod journal;
mod jumps;
mod lists;
mod looking;
mod own_fields;
mod people;
mod pictures;
mod preview;
mod selecting;
mod stage;
mod templates;
mod views;
