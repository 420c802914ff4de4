//! Printed forms, from the page model to the bytes of the PDF.

mod barcodes;
mod daily;
#[path = "../desk/mod.rs"]
mod desk;
mod forms;
#[path = "../forms_shop/mod.rs"]
mod forms_shop;
#[path = "../forms_support/mod.rs"]
mod forms_support;
mod pages;
mod pdf;
#[path = "../print_support/mod.rs"]
mod print_support;
#[path = "../random_documents/mod.rs"]
mod random_documents;
mod receipts;
mod totals;
