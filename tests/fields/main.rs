//! What people type into fields, forms and dialogs, and what comes of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::float_arithmetic)]

mod amounts;
mod days;
mod dialogs;
mod forms;
mod lines;
mod pickers;
mod scanner;
mod serial;
mod stage;
