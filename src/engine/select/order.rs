//! The order of rows: one sort as it was declared, or several one after another, each in its own direction.

use crate::base::error::{Error, Result};
use crate::engine::select::compose::Beside;
use crate::engine::select::{List, Sort};
use crate::engine::value::Value;

/// The most sorts that are put one after another.
pub const MOST_SORTS: usize = 4;

/// Behind every text, and before every other one.
const ENDS: [&str; 2] = ["\u{10FFFF}", ""];

/// In which order rows stand.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    sorts: Vec<Sorted>,
    /// The columns; the last one tells every row from every other.
    pub columns: Vec<Key>,
}

/// A sort as it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    sort: &'static Sort,
    name: String,
    value: Value,
    descending: bool,
}

/// A column of an order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    /// Its fragment.
    pub sql: &'static str,
    /// The values of its own `?1`, `?2`.
    pub values: Vec<Value>,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Sorted {
    /// By one of the list's own sorts.
    pub fn by(sort: &'static Sort, descending: bool) -> Sorted {
        Sorted { sort, name: sort.name.to_owned(), value: Value::Null, descending }
    }

    fn key(&self, sql: &'static str) -> Key {
        let end = ENDS.get(usize::from(self.descending)).copied().unwrap_or_default();
        let values = || vec![self.value.clone(), Value::Text(end.to_owned())];
        let values = if sql.contains('?') { values() } else { Vec::new() };
        Key { sql, values, descending: self.descending }
    }
}

impl Order {
    /// These sorts, the most important first.
    pub fn of(mut sorts: Vec<Sorted>) -> Order {
        let mut columns: Vec<Key> = Vec::new();
        let single = sorts.len() == 1;
        for sorted in &sorts {
            let said = if single { sorted.sort.columns } else { sorted.sort.said() };
            for key in said.iter().map(|column| sorted.key(column)) {
                if !columns.iter().any(|known| known.is_of(&key)) {
                    columns.push(key);
                }
            }
        }
        if !single && let Some((sorted, id)) = sorts.last().and_then(|last| Some((last, *last.sort.columns.last()?))) {
            columns.push(sorted.key(id));
        }
        sorts.truncate(MOST_SORTS);
        Order { sorts, columns }
    }

    /// The order that a text names: sorts with commas between them, `-` before what begins with the greatest. `named` are
    /// values of the list's sort that takes one, each with its name. Rejected where there is no such sort, and for too
    /// many.
    pub fn read(list: &'static List, text: &str, named: &[(String, Value)]) -> Result<Order> {
        let mut sorts: Vec<Sorted> = Vec::new();
        for word in text.split(',') {
            let name = word.strip_prefix('-').unwrap_or(word);
            let plain = list.sorts.iter().find(|sort| sort.name == name && !sort.takes_value());
            let own = || {
                let (name, value) = named.iter().find(|(known, _)| known == name)?;
                Some((list.sorts.iter().find(|sort| sort.takes_value())?, name.clone(), value.clone()))
            };
            let found = plain.map(|sort| (sort, name.to_owned(), Value::Null)).or_else(own);
            let (sort, name, value) = found.ok_or_else(|| unknown(list, named))?;
            if !sorts.iter().any(|there| there.name == name) {
                sorts.push(Sorted { sort, name, value, descending: word.starts_with('-') });
            }
        }
        if sorts.len() > MOST_SORTS {
            return Err(Error::rejected("error.too_many_values").arg("most", MOST_SORTS).at("sort"));
        }
        Ok(Order::of(sorts))
    }

    /// As it is asked for.
    pub fn text(&self) -> String {
        let word = |it: &Sorted| format!("{}{}", if it.descending { "-" } else { "" }, it.name);
        self.sorts.iter().map(word).collect::<Vec<_>>().join(",")
    }

    /// The most important sort.
    pub fn first(&self) -> Result<&'static Sort> {
        let first = self.sorts.first().map(|it| it.sort);
        first.ok_or_else(|| Error::failure("error.list_broken", "no sort"))
    }

    /// Whether there is more than one: no index gives such an order.
    pub fn is_several(&self) -> bool {
        self.sorts.len() > 1
    }

    /// Whether the index gives the order; else what matches is sorted.
    pub fn is_ordered(&self) -> bool {
        matches!(self.sorts.as_slice(), [it] if it.sort.ordered)
    }

    /// The index of the most important sort.
    pub fn index(&self) -> Option<&'static str> {
        self.sorts.first().map(|it| it.sort.index)
    }

    /// The other table it needs, if any, where so many of the first columns are alike.
    pub fn beside(&self, alike: usize) -> Option<Beside> {
        self.sorts.iter().find_map(|it| it.sort.beside(alike))
    }

    /// The direction of all columns, where they have the same.
    pub fn same_direction(&self) -> Option<bool> {
        let first = self.columns.first()?.descending;
        self.columns.iter().all(|key| key.descending == first).then_some(first)
    }
}

fn unknown(list: &List, named: &[(String, Value)]) -> Error {
    let plain = list.sorts.iter().filter(|sort| !sort.takes_value()).map(|sort| sort.name);
    let known: Vec<&str> = plain.chain(named.iter().map(|(name, _)| name.as_str())).collect();
    Error::rejected("error.unknown_sort").arg("known", known.join(", ")).at("sort")
}

impl Key {
    fn is_of(&self, other: &Key) -> bool {
        self.sql == other.sql && self.values.first() == other.values.first()
    }
}

impl Sort {
    /// The columns that it speaks of, without those that only tell rows apart.
    fn said(&self) -> &'static [&'static str] {
        let said = self.through.as_ref().map_or(self.columns.len().saturating_sub(1), |through| through.columns);
        self.columns.get(..said).unwrap_or_default()
    }

    /// Whether it is asked for with a value, under a name of its own.
    fn takes_value(&self) -> bool {
        self.columns.iter().any(|column| column.contains('?'))
    }
}
