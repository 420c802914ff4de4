//! How long files and functions get, how wide structs, and what every file begins with.

use crate::lexer::tokens;
use crate::no_breach;
use crate::source::{Source, rust_files};

const FILE_LINES: usize = 400;
const FILE_LINES_WITH_REASON: usize = 600;
const FUNCTION_LINES: usize = 40;
const STRUCT_FIELDS: usize = 12;
const ARGUMENTS: usize = 4;

fn all() -> Vec<Source> {
    rust_files("src").into_iter().chain(rust_files("tests")).collect()
}

/// The leading `//!` lines.
fn header(source: &Source) -> Vec<&str> {
    source.text.lines().take_while(|line| line.starts_with("//!")).collect()
}

#[test]
fn every_file_says_in_three_lines_or_fewer_what_it_is() {
    let sources = all();
    // The map of the crate is the one longer page.
    let wrong = sources.iter().filter(|source| {
        let lines = header(source).len();
        lines == 0 || (lines > 3 && source.path != "src/lib.rs")
    });
    no_breach("a file opens with //!, at most three lines", wrong.map(|source| source.path.clone()).collect());
}

#[test]
fn a_file_ends_before_it_gets_hard_to_read() {
    let mut breaches = Vec::new();
    for source in all() {
        let reason = header(&source).iter().any(|line| line.contains("Length:"));
        let limit = if reason { FILE_LINES_WITH_REASON } else { FILE_LINES };
        let lines = source.text.lines().count();
        if lines > limit {
            breaches.push(format!("{}: {lines} lines, at most {limit}", source.path));
        }
    }
    no_breach("split the file, or write `Length:` and the reason in its header (up to 600 lines)", breaches);
}

/// Name, place and the positions of the signature and of the body of every function with a body.
fn functions(source: &Source) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for at in source.find(&["fn"]) {
        let Some(name) = source.tokens.get(at + 1).and_then(|token| token.word()) else { continue };
        let body =
            (at..source.tokens.len()).find(|inner| source.tokens[*inner].is("{") || source.tokens[*inner].is(";"));
        if let Some(open) = body.filter(|open| source.tokens[*open].is("{")) {
            found.push((name.to_owned(), at, source.closing(open)));
        }
    }
    found
}

#[test]
fn a_function_fits_on_one_screen() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        for (name, from, to) in functions(&source) {
            let lines = source.tokens[to].line - source.tokens[from].line + 1;
            if lines > FUNCTION_LINES && !source.for_tests(from) {
                breaches.push(format!("{}: {name} has {lines} lines, at most {FUNCTION_LINES}", source.place(from)));
            }
        }
    }
    no_breach("a block with a name is a function", breaches);
}

#[test]
fn a_function_takes_at_most_four_arguments_and_no_two_flags_side_by_side() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        for (name, from, _) in functions(&source) {
            let kinds = argument_kinds(&source, from);
            let flags = kinds.windows(2).any(|pair| pair == ["bool", "bool"]);
            if kinds.len() > ARGUMENTS || flags {
                breaches.push(format!("{}: {name} takes {}", source.place(from), kinds.join(", ")));
            }
        }
    }
    no_breach("more than four arguments, or two flags side by side, are a struct", breaches);
}

/// The type of each argument but `self`, as its last word.
fn argument_kinds(source: &Source, function: usize) -> Vec<String> {
    let Some(open) = (function..source.tokens.len()).find(|at| source.tokens[*at].is("(")) else { return Vec::new() };
    let end = source.closing(open);
    let (mut depth, mut last, mut found) = (0_isize, String::new(), Vec::new());
    for at in open + 1..=end {
        let token = &source.tokens[at];
        let arrow = token.is(">") && source.tokens[at - 1].is("-");
        if ["(", "[", "{", "<"].iter().any(|sign| token.is(sign)) {
            depth += 1;
        } else if at < end && !arrow && [")", "]", "}", ">"].iter().any(|sign| token.is(sign)) {
            depth -= 1;
        }
        if (token.is(",") && depth == 0) || at == end {
            if !last.is_empty() && last != "self" {
                found.push(std::mem::take(&mut last));
            }
            last.clear();
        } else if let Some(word) = token.word() {
            last = word.to_owned();
        }
    }
    found
}

#[test]
fn a_struct_has_at_most_twelve_fields() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        let tables = source.inside_macros(&["table"]);
        for at in source.find(&["struct"]) {
            let free = source.for_tests(at) || tables.iter().any(|(from, to)| (from..=to).contains(&&at));
            let fields = field_count(&source, at);
            let reason = docs_above(&source, at).contains("Wide:");
            if fields > STRUCT_FIELDS && !free && !reason {
                breaches.push(format!("{}: {fields} fields, at most {STRUCT_FIELDS}", source.place(at)));
            }
        }
    }
    no_breach(
        "group the fields, or write `Wide:` and the reason in its doc comment (a row, a set of totals)",
        breaches,
    );
}

fn field_count(source: &Source, at: usize) -> usize {
    let body =
        (at..source.tokens.len()).find(|inner| ["{", "(", ";"].iter().any(|sign| source.tokens[*inner].is(sign)));
    let Some(open) = body.filter(|open| source.tokens[*open].is("{")) else { return 0 };
    let end = source.closing(open);
    let (mut depth, mut fields) = (0, 0);
    for inner in open..end {
        let token = &source.tokens[inner];
        depth += usize::from(token.is("{") || token.is("(") || token.is("["));
        depth -= usize::from(token.is("}") || token.is(")") || token.is("]"));
        let colon = token.is(":") && !source.tokens[inner - 1].is(":") && !source.tokens[inner + 1].is(":");
        fields += usize::from(colon && depth == 1);
    }
    fields
}

/// The doc comment and attributes right above a token's line.
fn docs_above(source: &Source, at: usize) -> String {
    let lines: Vec<_> = source.text.lines().take(source.tokens[at].line - 1).collect();
    let above = lines.iter().rev().take_while(|line| line.trim_start().starts_with(['/', '#']));
    above.copied().collect::<Vec<_>>().join("\n")
}

#[test]
fn a_silenced_lint_says_why() {
    let mut breaches = Vec::new();
    for source in rust_files("src") {
        for name in ["allow", "expect"] {
            for at in source.find(&[name, "("]) {
                let attribute = source.tokens[at - 1].is("[");
                let end = source.closing(at + 1);
                let reasoned = (at..end).any(|inner| source.tokens[inner].is("reason"));
                let line = source.text.lines().nth(source.tokens[end].line - 1).unwrap_or_default();
                let for_tests = source.for_tests(at) || line_after(&source, end).contains("mod tests");
                if attribute && !reasoned && !line.contains("//") && !for_tests {
                    breaches.push(source.place(at));
                }
            }
        }
    }
    no_breach("an allowed lint carries `reason = …`", breaches);
}

fn line_after(source: &Source, at: usize) -> &str {
    source.text.lines().nth(source.tokens[at].line).unwrap_or_default()
}

#[test]
fn no_test_sleeps_or_is_left_out() {
    let mut breaches = Vec::new();
    for source in all() {
        let sleeping = source.find(&["sleep", "("]);
        let left_out = source.find(&["[", "ignore"]);
        let tests = sleeping.chain(left_out).filter(|at| source.for_tests(*at));
        breaches.extend(tests.map(|at| source.place(at)));
    }
    no_breach("a test neither sleeps nor skips itself", breaches);
}

#[test]
fn the_checks_see_what_they_measure() {
    let source = Source::new(
        "src/x.rs",
        "fn a(&self, x: Vec<(u8, u8)>, f: impl Fn(u8) -> bool, b: bool, c: bool) -> u8 {\n1\n}\n\
         /// Wide: a row.\nstruct S { a: std::vec::Vec<u8>, b: [u8; 3], c: fn(x: u8) }\nfn b();",
    );
    let found = functions(&source);
    assert_eq!(found.len(), 1);
    assert_eq!(argument_kinds(&source, found[0].1), ["u8", "bool", "bool", "bool"]);
    let at = source.find(&["struct"]).next().unwrap();
    assert_eq!(field_count(&source, at), 3);
    assert!(docs_above(&source, at).contains("Wide:"));
    assert_eq!(tokens("a // b").len(), 1);
}
