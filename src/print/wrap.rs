//! Breaks text into lines of a given width: at spaces and inside hyphenated words, a too long word anywhere.
//! A no-break space never breaks, so a number keeps its digits and its currency together.

use unicode_normalization::UnicodeNormalization as _;

use super::font::{self, Face, Weight};

/// A hair of slack, so that a text measured to fit a width fits it again.
const SLACK: f32 = 0.01;

/// Text as it can be drawn: composed letters, no invisible marks, no control characters but line ends.
pub(super) fn clean(text: &str) -> String {
    text.nfc()
        .filter(|c| !matches!(c, '\r' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'))
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}

/// The lines of a cleaned text; an empty text is one empty line.
pub(super) fn lines(text: &str, size: f32, weight: Weight, width: f32) -> Vec<String> {
    let measure = Measure { size, weight, width: width + SLACK };
    text.split('\n').flat_map(|paragraph| measure.paragraph(paragraph)).collect()
}

/// The width of the widest part of a text that need not be broken.
pub(super) fn longest_word(text: &str, size: f32, weight: Weight) -> f32 {
    text.split([' ', '\n']).map(|word| font::width(word, size, weight)).fold(0.0, f32::max)
}

struct Measure {
    size: f32,
    weight: Weight,
    width: f32,
}

impl Measure {
    fn of(&self, text: &str) -> f32 {
        font::width(text, self.size, self.weight)
    }

    fn paragraph(&self, text: &str) -> Vec<String> {
        let text = text.trim_matches(' ');
        if self.of(text) <= self.width {
            return vec![text.to_owned()];
        }
        let mut lines = Vec::new();
        let (mut line, mut used) = (String::new(), 0.0);
        for piece in pieces(text) {
            if !line.is_empty() && used + self.of(piece.trim_end_matches(' ')) > self.width {
                lines.push(line.trim_end_matches(' ').to_owned());
                (line, used) = (String::new(), 0.0);
            }
            line.push_str(piece);
            used += self.of(piece);
            if self.break_long(&mut line, &mut lines) {
                used = self.of(&line);
            }
        }
        lines.push(line.trim_end_matches(' ').to_owned());
        lines
    }

    /// Moves full lines out of a word that is wider than a line; the rest stays. Tells whether there were any.
    fn break_long(&self, line: &mut String, lines: &mut Vec<String>) -> bool {
        let before = lines.len();
        while self.of(line.trim_end_matches(' ')) > self.width {
            let at = self.fitting(line);
            if at == 0 || at >= line.len() {
                break;
            }
            let rest = line.split_off(at);
            lines.push(std::mem::replace(line, rest));
        }
        lines.len() > before
    }

    /// How many bytes of the text fit a line; at least one visible character, never apart from its accents.
    fn fitting(&self, text: &str) -> usize {
        let mut previous: Option<Face> = None;
        let (mut used, mut end) = (0.0, 0);
        for (at, c) in text.char_indices() {
            let Some(drawn) = font::drawn(c, self.weight, previous) else { continue };
            previous = Some(drawn.face);
            used += drawn.glyph.advance * self.size / 1000.0;
            if used > self.width && end > 0 {
                return end;
            }
            if used <= self.width || end == 0 {
                end = at + c.len_utf8();
            }
        }
        end
    }
}

/// Cuts a paragraph where a line may end: behind spaces and behind a hyphen between letters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let behind_space = c == ' ' && next.is_some_and(|next| next != ' ');
        let hyphen = matches!(c, '-' | '\u{2010}' | '\u{58A}' | '/' | '\u{2013}');
        let behind_hyphen = hyphen && before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
        if behind_space || behind_hyphen {
            pieces.extend(text.get(start..end));
            start = end;
        }
        before = Some(c);
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn wrapped(text: &str, width: f32) -> Vec<String> {
        lines(&clean(text), 10.0, Weight::Regular, width)
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let text =
            "Հաճախորդի պատվերի կատարման ժամկետը երեսուն օր է, оплата в течение десяти дней, payment within ten days";
        for width in [40.0, 70.0, 133.0, 260.0] {
            let lines = wrapped(text, width);
            assert!(lines.iter().all(|line| font::width(line, 10.0, Weight::Regular) <= width + SLACK), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(wrapped(text, 260.0).join(" "), text);
    }

    #[test]
    fn a_number_with_no_break_spaces_and_its_currency_stay_on_one_line() {
        let lines = wrapped("Ընդամենը 11\u{a0}930,00\u{a0}֏ վճարված է", 80.0);
        assert!(lines.iter().any(|line| line.contains("11\u{a0}930,00\u{a0}֏")), "{lines:?}");
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_and_stays_whole_when_joined() {
        let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let lines = wrapped(word, 100.0);
        assert!(lines.len() > 3);
        assert_eq!(lines.concat(), word);
    }

    #[test]
    fn a_width_too_narrow_for_one_letter_still_ends() {
        assert_eq!(wrapped("abc", 0.0), ["a", "b", "c"]);
    }

    #[test]
    fn line_ends_of_the_text_are_kept_and_empty_lines_too() {
        assert_eq!(wrapped("one\r\n\ntwo ", 100.0), ["one", "", "two"]);
        assert_eq!(wrapped("", 100.0), [""]);
    }

    #[test]
    fn a_hyphenated_word_breaks_behind_its_hyphen_but_a_number_does_not() {
        assert_eq!(wrapped("հաշիվ-ապրանքագիր", 60.0).first().unwrap(), "հաշիվ-");
        assert_eq!(pieces("A-12 20-30"), ["A-12 ", "20-30"]);
    }

    #[test]
    fn letters_made_of_two_marks_are_composed_and_control_characters_become_spaces() {
        assert_eq!(clean("и\u{306}\tx\u{200b}y"), "й xy");
    }
}
