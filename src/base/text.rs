//! Text as people type it: cleaned for keeping, folded for searching, keyed for sorting.
//! Knows letters of many scripts, no business.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::error::{Error, Result};

/// What is typed for what: lower case, no accents, ligatures apart, quotes dropped, spaces single.
///
/// Folding twice changes nothing. Both `և` and `եվ` become `եւ`, so that a name in capitals is found too.
pub fn fold(text: &str) -> String {
    let mut folded = fold_once(text);
    for _ in 0..4 {
        let again = fold_once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

fn fold_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_accent(letter) || is_dropped(letter) {
            continue;
        }
        match plain_letters(letter) {
            Some(letters) => out.push_str(letters),
            None if letter.is_whitespace() || letter.is_control() => push_space(&mut out),
            None => out.push(decimal_digit(letter).unwrap_or(letter)),
        }
    }
    out.trim_end().replace("եվ", "եւ")
}

/// Bytes as small hexadecimal digits, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that hexadecimal digits write, two a byte in small or capital letters; none for any other text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let nibble = |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some((nibble(high)? << 4) | nibble(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(byte).collect()
}

/// The key that sorts as people expect: alphabets in their own order, `A-2` before `A-10`, quotes and case ignored.
///
/// Compared byte by byte, so a database can index it.
pub fn sort_key(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase).nfc() {
        match letter {
            'й' => letters.push('й'),
            'և' => letters.push_str("ք\u{E000}"),
            _ => letters.push_str(&fold_keeping_edges(letter)),
        }
    }
    number_runs_by_length(letters.replace("եւ", "ք\u{E000}").trim())
}

fn fold_keeping_edges(letter: char) -> String {
    if letter.is_whitespace() { " ".to_owned() } else { fold(letter.encode_utf8(&mut [0; 4])) }
}

/// Writes how many digits a number has before its digits, so that byte order is number order.
fn number_runs_by_length(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(4));
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (digits, after) = rest.split_at(if run > 0 { run } else { first.len_utf8() });
        if run > 0 {
            let significant = digits.trim_start_matches('0');
            let length = significant.len();
            out.push_str(&if length < 9 { length.to_string() } else { format!("9{length:010}") });
            out.push_str(significant);
        } else if !(first == ' ' && out.ends_with(' ')) {
            out.push(first);
        }
        rest = after;
    }
    out
}

/// Natural order for lists held in memory; texts with equal keys keep their plain order.
pub fn natural_cmp(left: &str, right: &str) -> Ordering {
    sort_key(left).cmp(&sort_key(right)).then_with(|| left.cmp(right))
}

/// Only the digits, in ASCII, whatever script they were written in.
pub fn digits(text: &str) -> String {
    text.chars().filter_map(decimal_digit).collect()
}

/// The same text with the digits of every script turned into ASCII ones.
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(|letter| decimal_digit(letter).unwrap_or(letter)).collect()
}

/// One line as it is kept: composed, trimmed, single spaces; `Rejected` for NUL and other control characters.
pub fn clean_line(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfc() {
        if letter.is_whitespace() {
            push_space(&mut out);
        } else if letter.is_control() {
            return Err(control_character(letter));
        } else if !is_invisible(letter) {
            out.push(letter);
        }
    }
    Ok(out.trim_end().to_owned())
}

/// A code or a number of another paper as it is kept: one cleaned line; `Rejected` also for a tab or a line break inside,
/// where two were pasted as one.
pub fn clean_code(text: &str) -> Result<String> {
    match text.trim().chars().find(|letter| letter.is_control()) {
        Some(letter) => Err(control_character(letter)),
        None => clean_line(text),
    }
}

/// The same text; `Rejected` when it has more than so many characters.
pub fn short_enough(text: String, most_chars: usize) -> Result<String> {
    if text.chars().count() > most_chars {
        return Err(Error::rejected("error.text_too_long").arg("count", most_chars));
    }
    Ok(text)
}

/// Several lines as they are kept: each cleaned, empty ones kept inside, none at the ends; `Rejected` as for one line.
pub fn clean_lines(text: &str) -> Result<String> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = unified.split('\n').map(clean_line).collect::<Result<Vec<_>>>()?;
    Ok(lines.join("\n").trim_matches('\n').to_owned())
}

/// The same text with its first letter large; `և` becomes `Եվ`.
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        None => String::new(),
        Some('և') => format!("Եվ{}", letters.as_str()),
        Some(first) => first.to_uppercase().chain(letters).collect(),
    }
}

fn control_character(letter: char) -> Error {
    Error::rejected("error.control_character").arg("code", format!("U+{:04X}", u32::from(letter)))
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Marks that only decorate a letter; vowel signs and kana voicing make another letter and stay.
fn is_accent(letter: char) -> bool {
    let class = canonical_combining_class(letter);
    class == 7 || class >= 10
}

/// Quotes and the Armenian marks written inside a word.
fn is_dropped(letter: char) -> bool {
    is_invisible(letter)
        || matches!(letter,
            '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201F}' | 'ʹ' | 'ʼ' | 'ʻ'
            | '\u{0559}'..='\u{055C}' | '\u{055E}' | '\u{055F}')
}

/// Characters without width or meaning in a name: soft hyphen, zero-width space, byte order mark, direction overrides.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Letters that have no decomposition but one obvious plain spelling, and hyphens of every length.
fn plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ё' => "е",
        '\u{058A}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return None,
    })
}

/// A decimal digit of any living script as its ASCII twin.
fn decimal_digit(letter: char) -> Option<char> {
    const ZEROS: [u32; 12] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xE50, 0x1040, 0x17E0, 0xFF10];
    let code = u32::from(letter);
    ZEROS.iter().find_map(|zero| code.checked_sub(*zero).and_then(|value| char::from_digit(value, 10)))
}
