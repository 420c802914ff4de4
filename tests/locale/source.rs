//! Reads Rust source just far enough to find its string literals and where they stand.
//! Tests inside the source and comments are left out.

use std::fs;
use std::path::{Path, PathBuf};

/// A piece of source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A name or keyword.
    Word(String),
    /// A string or character literal, as written between its quotes.
    Text(String),
    /// Any other sign.
    Sign(char),
}

/// A piece with its line, counted from 1.
#[derive(Clone, Debug)]
pub struct Token {
    pub piece: Piece,
    pub line: usize,
}

/// One file of the program, without comments, attributes and tests.
pub struct Source {
    pub path: String,
    pub tokens: Vec<Token>,
}

/// A literal and the file and line where it stands.
pub struct Literal<'a> {
    pub text: &'a str,
    pub path: &'a str,
    pub line: usize,
}

/// Every file under `src`.
pub fn program() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let relative = |file: &Path| file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    files.iter().map(|file| read(&relative(file), &fs::read_to_string(file).unwrap())).collect()
}

/// One file from its text.
pub fn read(path: &str, source: &str) -> Source {
    Source { path: path.to_owned(), tokens: without_tests(tokens(source)) }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

impl Source {
    /// Every literal of the file.
    pub fn literals(&self) -> impl Iterator<Item = Literal<'_>> {
        self.tokens.iter().filter_map(|token| match &token.piece {
            Piece::Text(text) => Some(Literal { text, path: &self.path, line: token.line }),
            _ => None,
        })
    }

    /// The literals that stand alone as argument number `at` (from 0) of calls of a function.
    pub fn arguments(&self, function: &str, at: usize) -> Vec<Literal<'_>> {
        let mut found = Vec::new();
        for (start, token) in self.tokens.iter().enumerate() {
            if token.piece == Piece::Word(function.to_owned()) && self.sign_at(start + 1) == Some('(') {
                found.extend(self.argument(start + 2, at));
            }
        }
        found
    }

    fn argument(&self, from: usize, at: usize) -> Option<Literal<'_>> {
        let (mut depth, mut number) = (0i32, 0usize);
        let mut position = from;
        while number < at {
            match self.sign_at(position) {
                Some('(' | '[' | '{') => depth += 1,
                Some(')' | ']' | '}') if depth == 0 => return None,
                Some(')' | ']' | '}') => depth -= 1,
                Some(',') if depth == 0 => number += 1,
                _ => {}
            }
            position += 1;
            self.tokens.get(position)?;
        }
        let token = self.tokens.get(position)?;
        match (&token.piece, self.sign_at(position + 1)) {
            (Piece::Text(text), Some(',' | ')')) => Some(Literal { text, path: &self.path, line: token.line }),
            _ => None,
        }
    }

    fn sign_at(&self, position: usize) -> Option<char> {
        match self.tokens.get(position)?.piece {
            Piece::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

/// Drops attributes, and what `#[cfg(test)]` stands on, and the body of every `statements!` and `list!`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_attribute(&tokens, at) {
            let end = closing(&tokens, at + 1 + usize::from(tokens[at + 1].piece == Piece::Sign('!')));
            let words = words_of(&tokens[at..end]);
            at = end;
            if words.starts_with(&["cfg".into(), "test".into()]) {
                at = end_of_item(&tokens, at);
            }
        } else if holds_sql(&tokens, at) {
            at = closing(&tokens, at + 2);
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

fn holds_sql(tokens: &[Token], at: usize) -> bool {
    let macros = ["statements", "list"];
    macros.iter().any(|name| tokens[at].piece == Piece::Word((*name).into()))
        && tokens.get(at + 1).is_some_and(|token| token.piece == Piece::Sign('!'))
}

fn is_attribute(tokens: &[Token], at: usize) -> bool {
    let sign = |position: usize, wanted| tokens.get(position).is_some_and(|token| token.piece == Piece::Sign(wanted));
    sign(at, '#') && (sign(at + 1, '[') || (sign(at + 1, '!') && sign(at + 2, '[')))
}

fn words_of(tokens: &[Token]) -> Vec<String> {
    let word = |token: &Token| match &token.piece {
        Piece::Word(word) => Some(word.clone()),
        _ => None,
    };
    tokens.iter().filter_map(word).collect()
}

/// The position after the bracket that closes the one at `at`.
fn closing(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0;
    for (position, token) in tokens.iter().enumerate().skip(at) {
        match token.piece {
            Piece::Sign('(' | '[' | '{') => depth += 1,
            Piece::Sign(')' | ']' | '}') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return position + 1;
        }
    }
    tokens.len()
}

fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    while is_attribute(tokens, at) {
        at = closing(tokens, at + 1);
    }
    while at < tokens.len() {
        match tokens[at].piece {
            Piece::Sign('{') => return closing(tokens, at),
            Piece::Sign('(' | '[') => at = closing(tokens, at),
            Piece::Sign(';') => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Takes source apart.
fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { letters: source.chars().collect(), at: 0, line: 1 };
    let mut tokens = Vec::new();
    while let Some(token) = reader.next_token() {
        tokens.push(token);
    }
    tokens
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn step(&mut self) -> Option<char> {
        let letter = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(letter == '\n');
        Some(letter)
    }

    fn next_token(&mut self) -> Option<Token> {
        self.skip_blank();
        let line = self.line;
        let letter = self.peek(0)?;
        let piece = if letter == '"' {
            self.step();
            Piece::Text(self.quoted('"'))
        } else if letter == '\'' && self.is_character() {
            self.step();
            Piece::Text(self.quoted('\''))
        } else if letter.is_alphabetic() || letter == '_' {
            self.word_or_prefixed_text()
        } else {
            self.step();
            Piece::Sign(letter)
        };
        Some(Token { piece, line })
    }

    fn skip_blank(&mut self) {
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(letter), _) if letter.is_whitespace() => {
                    self.step();
                }
                (Some('/'), Some('/')) => {
                    while self.peek(0).is_some_and(|letter| letter != '\n') {
                        self.step();
                    }
                }
                (Some('/'), Some('*')) => self.skip_block(),
                _ => return,
            }
        }
    }

    fn skip_block(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (Some('*'), Some('/')) => (depth, self.at) = (depth - 1, self.at + 2),
                (None, _) => return,
                _ => {
                    self.step();
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Tells `'a'` from the lifetime `'a`.
    fn is_character(&self) -> bool {
        self.peek(1) == Some('\\') || self.peek(2) == Some('\'')
    }

    fn word_or_prefixed_text(&mut self) -> Piece {
        let mut word = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| letter.is_alphanumeric() || *letter == '_') {
            word.push(letter);
            self.step();
        }
        match (word.as_str(), self.peek(0)) {
            ("r" | "br" | "cr", Some('"' | '#')) => self.raw().map_or(Piece::Word(word), Piece::Text),
            ("b" | "c", Some('"')) => {
                self.step();
                Piece::Text(self.quoted('"'))
            }
            _ => Piece::Word(word),
        }
    }

    fn raw(&mut self) -> Option<String> {
        let hashes = (0..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        if self.peek(hashes) != Some('"') {
            return None;
        }
        self.at += hashes + 1;
        let mut text = String::new();
        while let Some(letter) = self.step() {
            if letter == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                self.at += hashes;
                break;
            }
            text.push(letter);
        }
        Some(text)
    }

    fn quoted(&mut self, end: char) -> String {
        let mut text = String::new();
        while let Some(letter) = self.step().filter(|letter| *letter != end) {
            match (letter, self.peek(0)) {
                ('\\', Some('\n')) => {
                    while self.peek(0).is_some_and(char::is_whitespace) {
                        self.step();
                    }
                }
                ('\\', Some('u')) => while self.step().is_some_and(|letter| letter != '}') {},
                ('\\', Some(escaped)) => {
                    text.push(if matches!(escaped, 'n' | 't' | 'r' | '0') { ' ' } else { escaped });
                    self.step();
                }
                _ => text.push(letter),
            }
        }
        text
    }
}
