//! Backups that were opened before they are believed, what is kept of them, and what a restore does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod copies;
#[path = "../crash/mod.rs"]
mod crash;
#[path = "../desk/mod.rs"]
mod desk;
#[path = "../history/mod.rs"]
mod history;
mod load;
mod restores;
mod rotation;
mod shop;
#[path = "../support/mod.rs"]
mod support;
mod training;
