//! Every report against the documents behind it.

mod asking;
#[path = "../desk/mod.rs"]
mod desk;
mod figures;
#[path = "../random_documents/mod.rs"]
mod random_documents;
#[path = "../report_shop/mod.rs"]
mod report_shop;
mod shell;
#[path = "../support/mod.rs"]
mod support;
