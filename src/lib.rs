//! Patver: accounting of orders. This page is the map of the crate, layer by layer.

rust_i18n::i18n!("locales", fallback = "en");

pub mod base;
pub mod domain;
pub mod engine;
pub mod platform;
pub mod print;
