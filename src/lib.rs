//! Patver: accounting of orders. This page is the map of the crate, layer by layer.
//!
//! A layer names only the layers below it; `tests/architecture` holds that and the other rules of the house.
//!
//! ```text
//! main → cli → app → modules, directories, settings → forms, exchange, reports → domain → engine → platform → base
//!                 print and ui stand beside domain; print knows base only, ui knows engine
//! ```
//!
//! * `base`: values without input or output: money, quantities, dates, ids, texts by language, errors.
//! * `platform`: all that differs between operating systems: file systems, modes, durable writes, print queues.
//! * `engine`: the only code that knows a database driver: commands, queries, the journal, undo, backups.
//! * `domain`: the business, one file or folder a concept: its type, rules, SQL, commands and queries.
//! * `print`: pages, text, tables and barcodes on paper, as PDF; no business words.
//! * `workbook`: tables for spreadsheet programs, as XLSX; no business words.
//! * `forms`: printed forms: from domain data to paper.
//! * `exchange`: import and export, one file a kind and format.
//! * `reports`: parameters, questions to the lists, columns, and the documents behind each figure.
//! * `demo`: a made-up company with a year of orders, made by the program's own commands.
//! * `bench`: how fast the program is, beside the bare database in the same run.
//! * `ui`: the toolkit of the window: colours, keys, grid, fields, forms, dialogs; no business words.
//! * `modules`, `directories`, `settings`: the screens, in the folders of the menu: working screens, catalogues as data,
//!   and what stands behind the gear.
//! * `app`: the window: sign-in, menu, tabs, messages; it opens the file and grants what screens wish for.
//! * `cli`: the command line; it prints and asks, and decides nothing.
//!
//! Every write is a command, every read a query; a command leaves one journal entry in its own transaction.

#![warn(missing_docs)]

rust_i18n::i18n!("locales", fallback = "en");

pub mod app;
pub mod base;
pub mod bench;
pub mod cli;
pub mod demo;
pub mod directories;
pub mod domain;
pub mod engine;
pub mod exchange;
pub mod forms;
pub mod modules;
pub mod platform;
pub mod print;
pub mod reports;
pub mod settings;
pub mod ui;
pub mod workbook;
