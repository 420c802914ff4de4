//! The command line as others call it.

mod backups;
mod damage;
mod demo;
mod main_job;
mod pins;
mod refusals;
#[path = "../support/mod.rs"]
mod support;
mod verbs;
