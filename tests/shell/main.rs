//! The command line as others call it.

mod demo;
mod main_job;
#[path = "../support/mod.rs"]
mod support;
mod verbs;
