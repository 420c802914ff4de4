//! The rules of the house as tests: which layer may name which, what stands where, how long things get.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod layers;
mod lexer;
mod shape;
mod source;
mod wording;

/// Fails with every breach at once, each with its place.
fn no_breach(rule: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{rule}:\n  {}\n", breaches.join("\n  "));
}
