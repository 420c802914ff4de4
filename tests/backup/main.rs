//! Backups that were opened before they are believed, what is kept of them, and what a restore does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod copies;
mod restores;
mod rotation;
mod shop;
mod training;
