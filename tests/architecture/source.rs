//! The source files of the project, cut into tokens, with what the rules ask of them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lexer::{Kind, Token, tokens};

/// One Rust file.
pub struct Source {
    /// Path from the project's root, with `/`.
    pub path: String,
    pub text: String,
    pub tokens: Vec<Token>,
    /// For each token, whether it stands inside `#[cfg(test)] mod … { }`.
    pub in_tests: Vec<bool>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let tokens = tokens(text);
        let in_tests = test_parts(&tokens);
        Source { path: path.to_owned(), text: text.to_owned(), tokens, in_tests }
    }

    /// The layer: the first folder or file under `src`; empty for `lib.rs` and `main.rs`.
    pub fn layer(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or_default();
        match inner.split_once('/') {
            Some((folder, _)) => folder,
            None => match inner.trim_end_matches(".rs") {
                "lib" | "main" => "",
                file => file,
            },
        }
    }

    /// Positions where this row of words and signs begins.
    pub fn find<'a>(&'a self, row: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
        let starts = 0..self.tokens.len().saturating_sub(row.len() - 1);
        starts.filter(move |at| row.iter().zip(&self.tokens[*at..]).all(|(text, token)| token.is(text)))
    }

    /// What stands right after `root::`, one name or each of a `{group}`, with its position.
    pub fn after_root(&self, root: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for at in self.find(&[root, ":", ":"]) {
            let next = at + 3;
            match self.tokens.get(next) {
                Some(token) if token.is("{") => {
                    let end = self.closing(next);
                    let mut depth = 0;
                    for inner in next..end {
                        let token = &self.tokens[inner];
                        depth += usize::from(token.is("{"));
                        depth -= usize::from(token.is("}"));
                        let starts = self.tokens[inner - 1].is("{") || self.tokens[inner - 1].is(",");
                        if depth == 1 && starts {
                            found.extend(token.word().map(|word| (inner, word.to_owned())));
                        }
                    }
                }
                Some(token) => found.extend(token.word().map(|word| (next, word.to_owned()))),
                None => {}
            }
        }
        found
    }

    /// The bracket that closes the one at this position.
    pub fn closing(&self, open: usize) -> usize {
        closing(&self.tokens, open)
    }

    /// The stretches inside calls of these macros.
    pub fn inside_macros(&self, names: &[&str]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for name in names {
            for at in self.find(&[name, "!"]) {
                if self.tokens.get(at + 2).is_some_and(|token| ["{", "(", "["].iter().any(|open| token.is(open))) {
                    found.push((at + 2, self.closing(at + 2)));
                }
            }
        }
        found
    }

    /// String literals with their positions.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.tokens.iter().enumerate().filter_map(|(at, token)| match &token.kind {
            Kind::Text(text) => Some((at, text.as_str())),
            _ => None,
        })
    }

    /// `path:line`, as an editor opens it.
    pub fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.tokens[at].line)
    }

    /// Whether the token stands in code that only tests run.
    pub fn for_tests(&self, at: usize) -> bool {
        self.path.starts_with("tests/") || self.in_tests[at]
    }
}

fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if ["{", "(", "["].iter().any(|sign| token.is(sign)) {
            depth += 1;
        }
        if ["}", ")", "]"].iter().any(|sign| token.is(sign)) {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    tokens.len() - 1
}

fn test_parts(tokens: &[Token]) -> Vec<bool> {
    let mut inside = vec![false; tokens.len()];
    let mark = ["cfg", "(", "test", ")", "]"];
    for at in 0..tokens.len() {
        if !mark.iter().zip(&tokens[at..]).all(|(text, token)| token.is(text)) || tokens.len() < at + mark.len() {
            continue;
        }
        let body = tokens.iter().enumerate().skip(at + mark.len()).find(|(_, token)| token.is("{") || token.is(";"));
        if let Some((open, token)) = body
            && token.is("{")
        {
            let end = closing(tokens, open);
            inside[at..=end].fill(true);
        }
    }
    inside
}

/// Every Rust file under a folder of the project.
pub fn rust_files(folder: &str) -> Vec<Source> {
    let files = files(folder).into_iter().filter(|path| path.ends_with(".rs"));
    files.map(|path| Source::new(&path, &fs::read_to_string(root().join(&path)).unwrap())).collect()
}

/// Every file under a folder of the project, hidden and built ones left out, as paths from the root.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let root = root();
    let mut paths: Vec<_> =
        found.iter().map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/")).collect();
    paths.sort();
    paths
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name == ".git" || path == root().join("target") || path == root().join("tests/tmp") {
            continue;
        }
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
