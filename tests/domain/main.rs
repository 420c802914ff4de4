//! The business: each concept through its commands and queries on a real database.

mod answers;
mod bounds;
mod counterparties;
#[path = "../crash/mod.rs"]
mod crash;
#[path = "../desk/mod.rs"]
mod desk;
mod directories;
mod directory_history;
mod discounts;
mod document_lists;
mod drafts;
mod grouped;
mod items;
mod layouts;
mod news;
mod order_states;
mod orders;
mod originals;
mod own_fields;
mod payment_dates;
mod payment_settlement;
mod people;
mod pins;
#[path = "../random_documents/mod.rs"]
mod random_documents;
mod returns;
mod rights;
mod saved_views;
mod scanned;
mod several_orders;
mod sign_in;
mod stock;
#[path = "../support/mod.rs"]
mod support;
mod tasks;
mod templates;
mod totals_incidents;
mod totals_oracle;
