//! The window without a display: the whole job by role and name, as a person at the desk does it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod badges;
mod choosing;
mod desk;
mod drafts;
mod first;
mod front;
mod head;
mod history;
mod job;
mod keeping;
mod layout;
mod lines;
mod locking;
mod menu;
mod pace;
mod palette;
mod paths;
mod payment;
mod rescue;
mod returns;
mod scanner;
mod themes;
mod training;
