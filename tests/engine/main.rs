//! Storage: one file, its worker, its statements, its lists and its check.

mod check_business;
mod check_file;
mod company_file;
#[path = "../desk/mod.rs"]
mod desk;
mod file_guard;
mod journal;
mod lists;
#[path = "../pages/mod.rs"]
mod pages;
mod statements;
mod worker;
