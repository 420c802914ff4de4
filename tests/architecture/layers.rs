//! Layers point one way; drivers, clocks, processes and screens stay where they belong.

use std::collections::HashMap;

use crate::no_breach;
use crate::source::{Source, rust_files};

/// Each layer and the layers it may name besides itself. `*`: all of them.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("platform", &["base"]),
    ("engine", &["base", "platform"]),
    ("domain", &["base", "engine"]),
    ("print", &["base"]),
    ("workbook", &["base"]),
    ("devices", &["base"]),
    ("ui", &["base", "platform", "engine"]),
    ("forms", &["base", "engine", "domain", "print"]),
    ("reports", &["base", "engine", "domain", "print", "workbook"]),
    ("exchange", &["base", "platform", "engine", "domain", "workbook"]),
    ("directories", &["base", "engine", "domain", "ui"]),
    (
        "modules",
        &[
            "base",
            "platform",
            "engine",
            "domain",
            "ui",
            "devices",
            "print",
            "forms",
            "reports",
            "exchange",
            "directories",
            "settings",
        ],
    ),
    ("settings", &["base", "platform", "engine", "domain", "ui", "devices", "directories"]),
    ("links", &["base", "platform", "engine", "domain", "exchange"]),
    ("bench", &["base", "engine", "domain"]),
    ("demo", &["base", "engine", "domain"]),
    ("cli", &["*"]),
    ("app", &["*"]),
];

/// Names of other crates and the layers that may use them; an empty layer is `lib.rs` or `main.rs`.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["engine"]),
    ("egui", &["ui", "modules", "app"]),
    ("eframe", &["ui", "modules", "app"]),
    ("egui_plot", &["ui", "modules"]),
    ("printpdf", &["print"]),
    ("rust_xlsxwriter", &["workbook"]),
    ("calamine", &[]),
    ("rust_i18n", &["", "base"]),
    ("rustix", &["platform"]),
    ("clap", &["", "cli"]),
    ("postgres", &[]),
];

/// Ways to the world outside, and the layers that may go them.
const WORLD: &[(&str, &[&str])] = &[
    ("fs", &["platform", "engine", "exchange", "cli", "app"]),
    ("net", &["links", "devices"]),
    ("env", &["platform", "cli", "app", ""]),
    ("thread", &["platform", "engine", "devices", "links", "app"]),
];

/// Calls that only one place may make, so that tests can stand in for it.
const CALLS: &[(&[&str], &[&str])] = &[
    (&["Utc", ":", ":", "now"], &["src/engine/clock.rs", "src/platform/"]),
    (&["Local", ":", ":", "now"], &["src/engine/clock.rs", "src/platform/"]),
    (&["SystemTime", ":", ":", "now"], &["src/engine/clock.rs", "src/platform/"]),
    (&["process", ":", ":", "Command"], &["src/platform/"]),
    (&["println", "!"], &["src/cli", "src/main.rs"]),
    (&["print", "!"], &["src/cli", "src/main.rs"]),
    (&["eprintln", "!"], &["src/cli", "src/main.rs"]),
    (&["eprint", "!"], &["src/cli", "src/main.rs"]),
    (&["thread", ":", ":", "sleep"], &[]),
];

/// Macros whose strings are SQL and are prepared by a test on both engines.
const SQL_MACROS: &[&str] = &["statements", "list", "lists", "table"];

fn allowed(layer: &str) -> Option<&'static [&'static str]> {
    MAY_NAME.iter().find(|(name, _)| *name == layer).map(|(_, allowed)| *allowed)
}

/// Where each exported macro is defined: it stands at the crate's root, but belongs to a layer.
fn macro_layers(sources: &[Source]) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for source in sources {
        for at in source.find(&["macro_export", "]", "macro_rules", "!"]) {
            found.extend(source.tokens[at + 4].word().map(|name| (name.to_owned(), source.layer().to_owned())));
        }
    }
    found
}

#[test]
fn every_folder_of_the_source_is_a_known_layer() {
    let unknown = rust_files("src").into_iter().filter(|source| !source.layer().is_empty());
    let unknown = unknown.filter(|source| allowed(source.layer()).is_none());
    no_breach("name the layer in MAY_NAME and in src/lib.rs", unknown.map(|source| source.path).collect());
}

#[test]
fn a_layer_names_only_the_layers_below_it() {
    let sources = rust_files("src");
    let macros = macro_layers(&sources);
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| !source.layer().is_empty()) {
        let may = allowed(source.layer()).unwrap_or(&[]);
        for (at, name) in source.after_root("crate") {
            let target = macros.get(&name).unwrap_or(&name);
            // What the macro of the texts puts at the crate's root.
            let texts = target.starts_with("_rust_i18n");
            let fine = texts || target == source.layer() || may.contains(&"*") || may.contains(&target.as_str());
            if !fine {
                breaches.push(format!("{} names {target}", source.place(at)));
            }
        }
    }
    no_breach("layers point one way", breaches);
}

#[test]
fn forms_read_through_queries_and_never_write() {
    let mut breaches = Vec::new();
    for source in rust_files("src").into_iter().filter(|source| source.layer() == "forms") {
        for part in ["tx", "command", "undo", "journal", "backup", "schema"] {
            let row = ["engine", ":", ":", part];
            breaches.extend(source.find(&row).map(|at| format!("{} names engine::{part}", source.place(at))));
        }
    }
    no_breach("a printed form only reads", breaches);
}

#[test]
fn nobody_climbs_out_of_a_module_twice() {
    let sources = rust_files("src");
    let row = ["super", ":", ":", "super"];
    let climbs = sources.iter().flat_map(|source| source.find(&row).map(|at| source.place(at)));
    no_breach("write the path from crate:: instead of super::super", climbs.collect());
}

#[test]
fn each_foreign_crate_stays_in_its_layer() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        for (name, layers) in ONLY_IN.iter().filter(|(_, layers)| !layers.contains(&source.layer())) {
            let whole_path = |at: &usize| *at == 0 || !source.tokens[at - 1].is(":") || source.tokens[at - 2].is(",");
            let uses = source.find(std::slice::from_ref(name)).filter(whole_path);
            let paths = uses.filter(|at| source.tokens.get(at + 1).is_some_and(|next| next.is(":") || next.is(";")));
            breaches.extend(paths.map(|at| format!("{} uses {name}, allowed in {layers:?}", source.place(at))));
        }
    }
    no_breach("a foreign crate is used in one layer only", breaches);
}

#[test]
fn values_and_business_do_no_input_or_output() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        for (at, name) in source.after_root("std") {
            let way = WORLD.iter().find(|(way, _)| *way == name);
            let fine = way.is_none_or(|(_, layers)| layers.contains(&source.layer()));
            if !fine && !source.for_tests(at) {
                breaches.push(format!("{} uses std::{name}", source.place(at)));
            }
        }
    }
    no_breach("files, network, environment and threads belong to the outer layers", breaches);
}

#[test]
fn clocks_processes_and_output_are_called_in_one_place_only() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        for (call, places) in CALLS {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            let calls = source.find(call).filter(|at| !source.for_tests(*at));
            breaches.extend(calls.map(|at| format!("{} calls {}", source.place(at), call.concat())));
        }
    }
    no_breach("time comes from the Clock, programs are started by platform, text is printed by cli", breaches);
}

#[test]
fn sql_text_stands_only_in_statement_macros() {
    let mut breaches = Vec::new();
    for source in rust_files("src").into_iter().filter(|source| source.layer() != "engine") {
        let inside = source.inside_macros(SQL_MACROS);
        let texts = source.texts().filter(|(at, text)| {
            is_sql(text) && !source.for_tests(*at) && !inside.iter().any(|(from, to)| (from..=to).contains(&at))
        });
        breaches.extend(texts.map(|(at, text)| format!("{}: {text:.40}", source.place(at))));
    }
    no_breach("SQL outside statements! is prepared by no test", breaches);
}

/// Upper-case SQL words in the places where they stand in SQL and not in a sentence.
fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    let starts = [
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        "CREATE ",
        "DROP ",
        "ALTER ",
        "WITH ",
        "PRAGMA ",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT ",
        "VACUUM",
        "FROM ",
        "WHERE ",
        "ORDER BY ",
        "JOIN ",
    ];
    let inner = [" FROM ", " WHERE ", " ORDER BY ", " GROUP BY ", " JOIN ", " RETURNING ", " VALUES (", " COLLATE "];
    starts.iter().any(|word| text.starts_with(word)) || inner.iter().any(|word| text.contains(word))
}

#[test]
fn floating_point_is_for_paper_and_screens_only() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        if ["print", "ui", "modules", "app"].contains(&source.layer()) {
            continue;
        }
        // Serde's list of everything it can read must be complete; what is read there is refused.
        let lists = source.inside_macros(&["forward_to_deserialize_any"]);
        for name in ["f32", "f64"] {
            let named = source
                .find(std::slice::from_ref(&name))
                .filter(|at| !lists.iter().any(|(from, to)| (from..=to).contains(&at)));
            breaches.extend(named.map(|at| format!("{} names {name}", source.place(at))));
        }
    }
    no_breach("money, quantities and rates are exact", breaches);
}

#[test]
fn the_checks_see_what_they_look_for() {
    let source = Source::new(
        "src/domain/x.rs",
        "use crate::{engine::tx::{Tx, Row}, platform};\nfn f() { g(\"SELECT a FROM b\"); statements! { A = \"SELECT 1\"; } }\n\
         #[cfg(test)]\nmod tests { const A: &str = \"DELETE FROM c\"; }",
    );
    let named: Vec<_> = source.after_root("crate").into_iter().map(|(_, name)| name).collect();
    assert_eq!(named, ["engine", "platform"]);
    let inside = source.inside_macros(SQL_MACROS);
    let outside = source.texts().filter(|(at, _)| !inside.iter().any(|(from, to)| (from..=to).contains(&at)));
    let sql: Vec<_> =
        outside.filter(|(at, text)| is_sql(text) && !source.for_tests(*at)).map(|(_, text)| text).collect();
    assert_eq!(sql, ["SELECT a FROM b"]);
    assert_eq!(source.layer(), "domain");
    assert!(!is_sql("Select a customer from the list") && !is_sql("Update the price"));
}
