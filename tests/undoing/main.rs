//! What is done can be undone, and what was done can be done again.

mod commands;
#[path = "../crash/mod.rs"]
mod crash;
#[path = "../desk/mod.rs"]
mod desk;
#[path = "../history/mod.rs"]
mod history;
mod orders;
mod past;
mod records;
mod replay;
#[path = "../support/mod.rs"]
mod support;
#[path = "../undo_scene/mod.rs"]
mod undo_scene;
