//! What the project's own text must not hold: places and names of wherever it happens to be written.

use std::fs;

use crate::no_breach;
use crate::source::{files, root, rust_files};

/// Put together here, so that this file does not hold them itself.
const NOT_OURS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/t", "mp/"),
    concat!("/ho", "me/runner"),
    concat!("/ro", "ot/"),
    concat!("/fa", "rm"),
    concat!("far", "m-"),
    concat!("Cla", "ude"),
    concat!("Anth", "ropic"),
    concat!("Chat", "GPT"),
    concat!("Cop", "ilot"),
    concat!("issues ", "show"),
    concat!("lang", "uage model"),
];

/// Words too vague to name a thing.
const VAGUE: &[&str] = &["manager", "helper", "helpers", "util", "utils", "misc", "common"];

#[test]
fn committed_text_names_no_machine_and_no_tool_of_its_makers() {
    let mut breaches = Vec::new();
    for path in files("") {
        // Facts of others, with their own texts.
        if path.starts_with("tests/fixtures/") || path == "Cargo.lock" {
            continue;
        }
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (at, line) in text.lines().enumerate() {
            let found = NOT_OURS.iter().filter(|word| line.contains(**word));
            breaches.extend(found.map(|word| format!("{path}:{}: {word}", at + 1)));
        }
    }
    no_breach("the text stands wherever it is read", breaches);
}

#[test]
fn no_file_has_a_vague_name() {
    let vague = rust_files("src").into_iter().filter(|source| {
        let parts = source.path.split(['/', '_', '.']);
        parts.into_iter().any(|part| VAGUE.contains(&part))
    });
    no_breach("name a file after the one thing it holds", vague.map(|source| source.path).collect());
}

#[test]
fn the_map_of_the_crate_names_every_layer() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let pages: Vec<_> = map.lines().filter(|line| line.starts_with("//!")).collect();
    let layers = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing = layers.filter(|layer| !pages.iter().any(|line| line.contains(&format!("`{layer}`"))));
    no_breach("describe the layer in src/lib.rs", missing.map(str::to_owned).collect());
}
