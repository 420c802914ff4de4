//! Cuts Rust source into tokens: enough to tell code from comments and strings, no more.

/// One token and the line it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub kind: Kind,
}

/// What a token is. Comments are left out; numbers, characters and lifetimes are `Other`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Word(String),
    Text(String),
    Sign(char),
    Other,
}

impl Token {
    /// Whether it is this word or this sign.
    pub fn is(&self, text: &str) -> bool {
        match &self.kind {
            Kind::Word(word) => word == text,
            Kind::Sign(sign) => text.chars().eq([*sign]),
            Kind::Text(_) | Kind::Other => false,
        }
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The tokens of a source text.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut cutter = Cutter { rest: source, line: 1, found: Vec::new() };
    while !cutter.rest.is_empty() {
        cutter.step();
    }
    cutter.found
}

struct Cutter<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Token>,
}

impl Cutter<'_> {
    fn step(&mut self) {
        let first = self.rest.chars().next().unwrap();
        if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(block_comment(self.rest));
        } else if let Some((before, hashes)) = raw_text(self.rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = &self.rest[before..];
            let length = body.find(&end).unwrap_or(body.len());
            let text = body[..length].to_owned();
            self.push(Kind::Text(text), before + length + end.len());
        } else if first == '"' || self.rest.starts_with("b\"") || self.rest.starts_with("c\"") {
            let before = self.rest.find('"').unwrap() + 1;
            let length = text_length(&self.rest[before..]);
            let text = self.rest[before..before + length].to_owned();
            self.push(Kind::Text(text), before + length + 1);
        } else if first == '\'' || self.rest.starts_with("b'") {
            self.push(Kind::Other, quote_length(self.rest));
        } else if first.is_alphabetic() || first == '_' {
            let word = self.rest.strip_prefix("r#").unwrap_or(self.rest);
            let length = word.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(word.len());
            let name = word[..length].to_owned();
            self.push(Kind::Word(name), self.rest.len() - word.len() + length);
        } else if first.is_ascii_digit() {
            let end = self.rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            self.push(Kind::Other, end.unwrap_or(self.rest.len()));
        } else if first.is_whitespace() {
            self.skip(first.len_utf8());
        } else {
            self.push(Kind::Sign(first), first.len_utf8());
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.found.push(Token { line: self.line, kind });
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        let (gone, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.line += gone.matches('\n').count();
        self.rest = rest;
    }
}

fn block_comment(source: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < source.len() {
        if source[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if source[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += source[at..].chars().next().unwrap().len_utf8();
        }
    }
    at
}

/// Length up to and with the opening quote of a raw string, and its number of hashes.
fn raw_text(source: &str) -> Option<(usize, usize)> {
    let after = ["r", "br", "cr"].iter().find_map(|prefix| source.strip_prefix(prefix))?;
    let hashes = after.chars().take_while(|letter| *letter == '#').count();
    let quoted = after[hashes..].starts_with('"');
    quoted.then(|| (source.len() - after.len() + hashes + 1, hashes))
}

fn text_length(body: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in body.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    body.len()
}

/// A character such as `'a'` or `'\''`, or only the quote of a lifetime.
fn quote_length(source: &str) -> usize {
    let start = source.find('\'').unwrap() + 1;
    let mut letters = source[start..].char_indices();
    match letters.next() {
        Some((_, '\\')) => {
            let escaped = source[start + 2..].find('\'').unwrap_or(0);
            // The escaped letter may be a quote itself.
            let more = if source[start + 1..].starts_with('\'') { 1 } else { escaped };
            start + 2 + more + usize::from(!source[start + 1..].starts_with('\''))
        }
        Some(_) => match letters.next() {
            Some((end, '\'')) => start + end + 1,
            _ => start,
        },
        None => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        tokens(source).iter().filter_map(|token| token.word().map(str::to_owned)).collect()
    }

    #[test]
    fn comments_strings_characters_and_lifetimes_hide_no_code() {
        let source = r##"a /* b /* c */ d */ 'x' '"' e '\'' f '\u{41}' g &'static h // i
            "j \" k" l r#"m " n"# o b"p" q 1_000u64 r"#" s"##;
        assert_eq!(words(source), ["a", "e", "f", "g", "static", "h", "l", "o", "q", "s"]);
    }

    #[test]
    fn a_token_knows_its_line() {
        let found = tokens("a\n\"two\nlines\"\nb");
        let lines: Vec<_> = found.iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 4]);
    }
}
