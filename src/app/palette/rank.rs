//! How well names fit what was typed: the beginning of a word best, then any part, then one slip of the finger.

use crate::base::{latin, text};

/// From so many letters on, one of them may be wrong.
const SLIP: usize = 4;

/// How far from a word what stands inside it is.
const INSIDE: usize = 3;

/// A name as it is compared: folded, and by its sound.
#[derive(Clone, Debug)]
pub(super) struct Name {
    folded: Vec<String>,
    heard: Vec<String>,
}

impl Name {
    /// A name ready to be compared.
    pub fn of(name: &str) -> Name {
        Name { folded: words(&text::fold(name)), heard: words(&latin::sound(name)) }
    }

    /// How well it fits, 0 best. None where a typed word does not occur.
    pub fn fits(&self, typed: &Name) -> Option<usize> {
        let heard = all(&self.heard, &typed.heard).map(|rank| rank + 1);
        all(&self.folded, &typed.folded).into_iter().chain(heard).min()
    }

    /// Whether such a rank means that each typed word is at least the beginning of one.
    pub fn is_near(typed: &Name, rank: usize) -> bool {
        rank < INSIDE * 10 * typed.folded.len().max(1)
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }
}

fn words(text: &str) -> Vec<String> {
    let apart = |letter: char| !letter.is_alphanumeric();
    text.split(apart).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The ranks of all typed words together; a word further behind is a little worse.
fn all(words: &[String], typed: &[String]) -> Option<usize> {
    let each = typed.iter().map(|typed| {
        let ranks = words.iter().enumerate().filter_map(|(at, word)| Some(one(word, typed)? * 10 + at.min(9)));
        ranks.min()
    });
    each.sum()
}

fn one(word: &str, typed: &str) -> Option<usize> {
    if word == typed {
        return Some(0);
    }
    if word.starts_with(typed) {
        return Some(1);
    }
    if word.contains(typed) {
        return Some(INSIDE);
    }
    let letters = typed.chars().count();
    if letters < SLIP {
        return None;
    }
    let beginnings = (letters - 1..=letters + 1).map(|length| word.chars().take(length).collect::<String>());
    beginnings.into_iter().any(|beginning| strsim::osa_distance(&beginning, typed) <= 1).then_some(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(name: &str, typed: &str) -> Option<usize> {
        Name::of(name).fits(&Name::of(typed))
    }

    #[test]
    fn the_beginning_of_a_word_fits_better_than_its_middle_and_that_better_than_a_slip() {
        let ranks = ["ord", "rder", "odrers"].map(|typed| rank("Orders", typed));
        assert!(ranks.is_sorted() && ranks.iter().all(Option::is_some), "{ranks:?}");
    }

    #[test]
    fn a_name_fits_by_its_sound_and_with_one_wrong_letter_but_not_with_two() {
        for (name, typed) in [("Պատվերներ", "patvern"), ("Վճարումներ", "vcharum"), ("Заказы", "zakaz")]
        {
            assert!(rank(name, typed).is_some(), "{name} {typed}");
        }
        for typed in ["cutsomers", "custmers", "customrs", "custommers", "cuxtomers"] {
            assert!(rank("Customers", typed).is_some(), "{typed}");
        }
        assert_eq!(rank("Customers", "cxxtomers"), None);
        assert_eq!(rank("Tax rates", "tux"), None, "short words are taken by the letter");
    }

    #[test]
    fn every_typed_word_must_occur_in_any_order() {
        assert!(rank("Debts by customer", "cust debt").is_some());
        assert_eq!(rank("Debts by customer", "cust sales"), None);
    }
}
