//! The order of rows: one sort as it was declared, or several one after another, each in its own direction.

use crate::base::error::{Error, Result};
use crate::engine::select::compose::Beside;
use crate::engine::select::{List, Sort};

/// The most sorts that are put one after another.
pub const MOST_SORTS: usize = 4;

/// In which order rows stand.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    sorts: Vec<(&'static Sort, bool)>,
    /// The columns with whether the greatest comes first; the last one tells every row from every other.
    pub columns: Vec<(&'static str, bool)>,
}

impl Order {
    /// These sorts, the most important first; whether each begins with the greatest.
    pub fn of(mut sorts: Vec<(&'static Sort, bool)>) -> Order {
        let mut columns: Vec<(&'static str, bool)> = Vec::new();
        let single = sorts.len() == 1;
        for (sort, descending) in &sorts {
            let said = if single { sort.columns } else { sort.said() };
            let new = said.iter().filter(|column| !columns.iter().any(|(known, _)| known == *column));
            let new: Vec<_> = new.map(|column| (*column, *descending)).collect();
            columns.extend(new);
        }
        if !single && let Some((Some(id), descending)) = sorts.last().map(|(sort, down)| (sort.columns.last(), *down)) {
            columns.push((id, descending));
        }
        sorts.truncate(MOST_SORTS);
        Order { sorts, columns }
    }

    /// The order that a text names: sorts with commas between them, `-` before what begins with the greatest. Rejected
    /// where the list has no such sort, and for too many.
    pub fn read(list: &'static List, text: &str) -> Result<Order> {
        let known = || list.sorts.iter().map(|sort| sort.name).collect::<Vec<_>>().join(", ");
        let mut sorts: Vec<(&'static Sort, bool)> = Vec::new();
        for word in text.split(',') {
            let name = word.strip_prefix('-').unwrap_or(word);
            let unknown = || Error::rejected("error.unknown_sort").arg("known", known()).at("sort");
            let sort = list.sort(name).ok_or_else(unknown)?;
            if !sorts.iter().any(|(there, _)| there.name == name) {
                sorts.push((sort, word.starts_with('-')));
            }
        }
        if sorts.len() > MOST_SORTS {
            return Err(Error::rejected("error.too_many_values").arg("most", MOST_SORTS).at("sort"));
        }
        Ok(Order::of(sorts))
    }

    /// As it is asked for.
    pub fn text(&self) -> String {
        let word = |(sort, down): &(&Sort, bool)| format!("{}{}", if *down { "-" } else { "" }, sort.name);
        self.sorts.iter().map(word).collect::<Vec<_>>().join(",")
    }

    /// The most important sort.
    pub fn first(&self) -> Result<&'static Sort> {
        let first = self.sorts.first().map(|(sort, _)| *sort);
        first.ok_or_else(|| Error::failure("error.list_broken", "no sort"))
    }

    /// Whether there is more than one: no index gives such an order.
    pub fn is_several(&self) -> bool {
        self.sorts.len() > 1
    }

    /// Whether the index gives the order; else what matches is sorted.
    pub fn is_ordered(&self) -> bool {
        matches!(self.sorts.as_slice(), [(sort, _)] if sort.ordered)
    }

    /// The index of the most important sort.
    pub fn index(&self) -> Option<&'static str> {
        self.sorts.first().map(|(sort, _)| sort.index)
    }

    /// The other table it needs, if any, where so many of the first columns are alike.
    pub fn beside(&self, alike: usize) -> Option<Beside> {
        self.sorts.iter().find_map(|(sort, _)| sort.beside(alike))
    }

    /// The direction of all columns, where they have the same.
    pub fn same_direction(&self) -> Option<bool> {
        let (_, first) = *self.columns.first()?;
        self.columns.iter().all(|(_, down)| *down == first).then_some(first)
    }
}

impl Sort {
    /// The columns that it speaks of, without those that only tell rows apart.
    fn said(&self) -> &'static [&'static str] {
        let said = self.through.as_ref().map_or(self.columns.len().saturating_sub(1), |through| through.columns);
        self.columns.get(..said).unwrap_or_default()
    }
}
