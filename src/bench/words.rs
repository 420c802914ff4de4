//! Made-up names of people, companies and things, in Armenian, Russian and English letters.

use crate::base::chance::Chance;

const WORDS: &str = include_str!("../../assets/bench/words.tsv");

/// The words of each purpose and language.
pub(super) struct Words {
    pools: Vec<(&'static str, [Vec<&'static str>; 3])>,
}

impl Words {
    pub(super) fn new() -> Words {
        let mut pools: Vec<(&'static str, [Vec<&'static str>; 3])> = Vec::new();
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let purpose = cells.next().unwrap_or_default();
            if pools.last().is_none_or(|(last, _)| *last != purpose) {
                pools.push((purpose, Default::default()));
            }
            if let Some((_, pool)) = pools.last_mut() {
                pool.iter_mut().zip(cells).for_each(|(words, word)| words.push(word));
            }
        }
        Words { pools }
    }

    fn one(&self, purpose: &str, lang: usize, chance: &mut Chance) -> &'static str {
        let pool = self.pools.iter().find(|(name, _)| *name == purpose).and_then(|(_, pool)| pool.get(lang));
        pool.and_then(|words| chance.one(words)).copied().unwrap_or_default()
    }

    /// Three of five names are Armenian, one Russian, one English.
    fn lang(chance: &mut Chance) -> usize {
        [0, 0, 0, 1, 2].get(usize::try_from(chance.below(5)).unwrap_or(0)).copied().unwrap_or(0)
    }

    /// A person.
    pub(super) fn person(&self, chance: &mut Chance) -> String {
        let lang = Words::lang(chance);
        format!("{} {}", self.one("first", lang, chance), self.one("last", lang, chance))
    }

    /// A company; the number tells it from others of its name.
    pub(super) fn company(&self, number: u64, chance: &mut Chance) -> String {
        let lang = Words::lang(chance);
        let (house, last) = (self.one("house", lang, chance), self.one("last", lang, chance));
        format!("{house} {last} {number} {}", self.one("form", lang, chance))
    }

    /// A thing; the number tells it from others of its name.
    pub(super) fn thing(&self, number: u64, chance: &mut Chance) -> String {
        let lang = Words::lang(chance);
        let (thing, kind) = (self.one("thing", lang, chance), self.one("kind", lang, chance));
        format!("{thing} {kind}, {number}")
    }
}
