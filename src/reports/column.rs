//! Columns of reports: what stands in them, how wide they are, who may see them.

use crate::base::locale::{Lang, tr};
use crate::base::right::Right;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words; the same in every language.
    Text,
    /// One of a few known words, translated for people.
    Word,
    /// A day, week, month, quarter or year.
    Span,
    /// The code of the row's currency.
    Currency,
    /// A number of things; summed.
    Count,
    /// An amount in the row's currency; summed.
    Money,
    /// A share of one column in others; computed from them, also in the totals.
    Percent,
}

/// On which side values stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

impl Kind {
    /// On which side its values stand.
    pub fn align(self) -> Align {
        match self {
            Kind::Text | Kind::Word | Kind::Span | Kind::Currency => Align::Left,
            Kind::Count | Kind::Money | Kind::Percent => Align::Right,
        }
    }

    /// Whether its values are added up.
    pub fn is_summed(self) -> bool {
        matches!(self, Kind::Count | Kind::Money)
    }

    const fn width(self) -> u16 {
        match self {
            Kind::Text => 28,
            Kind::Word | Kind::Span => 16,
            Kind::Currency => 9,
            Kind::Count => 11,
            Kind::Money => 17,
            Kind::Percent => 10,
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// As scripts know it.
    pub name: &'static str,
    /// Key of its heading.
    pub title: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// How wide it is drawn, in letters.
    pub width: u16,
    /// Without this right it is not there.
    pub right: Option<Right>,
    /// Of a share: the column that is the part, and those that are the whole together.
    pub share: Option<(&'static str, &'static [&'static str])>,
    /// Where a window is too narrow for all columns those go first whose number is the greatest; 0 stays.
    pub yields: u8,
}

/// A column of a report by the key of its heading, `report.column.` and its name.
pub const fn column(title: &'static str, kind: Kind) -> Column {
    let name = title.split_at("report.column.".len()).1;
    Column { name, title, kind, width: kind.width(), right: None, share: None, yields: 0 }
}

/// The share of one column in others.
pub const fn share(title: &'static str, part: &'static str, whole: &'static [&'static str]) -> Column {
    Column { share: Some((part, whole)), ..column(title, Kind::Percent) }
}

impl Column {
    /// The same column, only for who holds a right.
    pub const fn only_with(self, right: Right) -> Column {
        Column { right: Some(right), ..self }
    }

    /// The same column, going where a window is too narrow: those with the greatest number first.
    pub const fn yields(self, yields: u8) -> Column {
        Column { yields, ..self }
    }

    /// Its heading.
    pub fn title(&self, lang: Lang) -> String {
        tr(lang, self.title, &[])
    }
}
