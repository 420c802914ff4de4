//! What the made-up company consists of, as lines of tab-separated cells beside the program, in three languages.

use crate::base::chance::Chance;
use crate::base::locale::Lang;

/// Items.
pub(super) const ITEMS: &str = include_str!("../../assets/demo/items.tsv");
/// Groups of items.
pub(super) const GROUPS: &str = include_str!("../../assets/demo/groups.tsv");
/// Categories of customers.
pub(super) const CATEGORIES: &str = include_str!("../../assets/demo/categories.tsv");
/// Statuses of the company's own.
pub(super) const STATUSES: &str = include_str!("../../assets/demo/statuses.tsv");
/// Fields that the company added.
pub(super) const FIELDS: &str = include_str!("../../assets/demo/fields.tsv");
/// Templates of orders.
pub(super) const TEMPLATES: &str = include_str!("../../assets/demo/templates.tsv");
/// Who works there.
pub(super) const USERS: &str = include_str!("../../assets/demo/users.tsv");
/// Customers that are companies.
pub(super) const COMPANIES: &str = include_str!("../../assets/demo/companies.tsv");
/// Customers that are people.
pub(super) const PERSONS: &str = include_str!("../../assets/demo/persons.tsv");
const WORDS: &str = include_str!("../../assets/demo/words.tsv");

/// One line of a list.
#[derive(Clone, Debug)]
pub(super) struct Cells(Vec<&'static str>);

/// The lines of a list.
pub(super) fn lines(list: &'static str) -> impl Iterator<Item = Cells> {
    let spoken = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    spoken.map(|line| Cells(line.split('\t').collect()))
}

impl Cells {
    /// A cell; empty where there is none.
    pub(super) fn text(&self, at: usize) -> &'static str {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// A cell as a whole number; none where it is empty.
    pub(super) fn number(&self, at: usize) -> Option<i64> {
        self.text(at).parse().ok()
    }

    /// The name in a language: the last three cells are Armenian, Russian, English.
    pub(super) fn name(&self, lang: Lang) -> &'static str {
        self.text(self.0.len().saturating_sub(match lang {
            Lang::HY => 3,
            Lang::RU => 2,
            _ => 1,
        }))
    }

    /// The names in the other two languages.
    pub(super) fn other_names(&self, lang: Lang) -> String {
        let others = [Lang::HY, Lang::RU, Lang::EN].into_iter().filter(|other| *other != lang);
        others.map(|other| self.name(other)).collect::<Vec<_>>().join(" · ")
    }
}

/// A word of the shop; the first where there are several.
pub(super) fn word(key: &str, lang: Lang) -> String {
    let found = lines(WORDS).find(|cells| cells.text(0) == key);
    found.map(|cells| cells.name(lang).to_owned()).unwrap_or_default()
}

/// The words of the shop that serve the same purpose.
pub(super) fn all(key: &str, lang: Lang) -> Vec<String> {
    lines(WORDS).filter(|cells| cells.text(0) == key).map(|cells| cells.name(lang).to_owned()).collect()
}

/// One of them.
pub(super) fn drawn(key: &str, lang: Lang, chance: &mut Chance) -> String {
    chance.one(&all(key, lang)).cloned().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_all_its_cells_and_a_name_in_every_language() {
        for (list, cells) in [
            (ITEMS, 9),
            (GROUPS, 8),
            (CATEGORIES, 4),
            (STATUSES, 7),
            (FIELDS, 7),
            (TEMPLATES, 5),
            (USERS, 6),
            (COMPANIES, 6),
            (PERSONS, 4),
            (WORDS, 4),
        ] {
            for line in lines(list) {
                assert_eq!(line.0.len(), cells, "{line:?}");
                let armenian = |letter: char| ('\u{531}'..='\u{587}').contains(&letter);
                let russian = |letter: char| ('\u{400}'..='\u{4FF}').contains(&letter);
                assert!(line.name(Lang::HY).chars().any(armenian), "{line:?}");
                assert!(line.name(Lang::RU).chars().any(russian), "{line:?}");
                assert!(line.name(Lang::EN).chars().any(|letter| letter.is_ascii_alphabetic()), "{line:?}");
            }
        }
    }
}
