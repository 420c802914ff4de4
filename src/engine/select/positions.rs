//! Every row that matches, as ids in order: one look at the whole list, after which any place of it is found at once.

use crate::base::error::Result;
use crate::engine::db::Db;
use crate::engine::dialect::Dialect;
use crate::engine::select::compose::{Matching, Text, Way};
use crate::engine::select::order::Order;
use crate::engine::select::{Ask, Sort};
use crate::engine::ticket::Watch;

/// How many ids stand together: growing never copies what is there.
const TOGETHER: usize = 65_536;

/// The ids of everything that matched, in the order that was asked for. Eight bytes a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    parts: Vec<Vec<i64>>,
    len: usize,
}

impl Positions {
    /// How many rows matched.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing matched.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The id at a place, from 0.
    pub fn get(&self, at: usize) -> Option<i64> {
        self.parts.get(at / TOGETHER)?.get(at % TOGETHER).copied()
    }

    /// Up to so many ids from a place on.
    pub fn slice(&self, from: usize, count: usize) -> Vec<i64> {
        (from..from.saturating_add(count).min(self.len)).filter_map(|at| self.get(at)).collect()
    }

    /// The place of an id; looks at every id.
    pub fn place_of(&self, id: i64) -> Option<usize> {
        self.parts.iter().flatten().position(|known| *known == id)
    }

    /// How many bytes the ids take.
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.capacity().saturating_mul(size_of::<i64>())).sum()
    }

    fn push(&mut self, id: i64) {
        match self.parts.last_mut().filter(|part| part.len() < TOGETHER) {
            Some(part) => part.push(id),
            None => {
                // A short list takes no more than it needs.
                let mut part = Vec::with_capacity(if self.len == 0 { 64 } else { TOGETHER });
                part.push(id);
                self.parts.push(part);
            }
        }
        self.len = self.len.saturating_add(1);
    }
}

impl Ask {
    /// The ids of everything that matches, in the order set before; where a page begins does not matter. How many are
    /// found so far is told on the way; Rejected once it was called off.
    pub fn positions(&self, db: &Db, watch: &Watch) -> Result<Positions> {
        let sort = self.order.first()?;
        let way = self.way(db, Some(sort))?;
        let way = if matches!(way, Way::Walk) && !self.given.is_empty() { self.widest(sort) } else { way };
        let text = ids(db.dialect(), Matching { list: self.list, given: &self.given, way }, &self.order);
        let mut found = Positions::default();
        db.each_integer(&text.sql, &text.values, |id| {
            found.push(id);
            if found.len.is_multiple_of(TOGETHER) {
                watch.tell(u64::try_from(found.len).unwrap_or(u64::MAX), 0);
                watch.still_wanted()?;
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The index that holds what every filter looks at, unless the order's own does.
    fn widest(&self, sort: &Sort) -> Way {
        match &self.list.totals {
            Some(totals) if totals.index != sort.index => Way::Scan,
            _ => Way::Walk,
        }
    }
}

/// The ids of everything that matches, in order.
pub(super) fn ids(dialect: Dialect, rows: Matching<'_>, order: &Order) -> Text {
    let mut text = Text::new(dialect);
    text.add("SELECT ").add(order.columns.last().map_or("", |key| key.sql));
    text.rows(rows, order.index(), order.beside(0));
    text.order(order, 0);
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_million_places_take_eight_bytes_each_and_are_found_at_once() {
        let mut found = Positions::default();
        (0..1_000_000).for_each(|id| found.push(id * 3));
        assert_eq!((found.len(), found.get(999_999), found.get(1_000_000)), (1_000_000, Some(2_999_997), None));
        assert_eq!(found.slice(999_998, 10), [2_999_994, 2_999_997]);
        assert_eq!(found.place_of(196_608), Some(65_536));
        assert!(found.bytes() <= 8_500_000, "{}", found.bytes());
    }
}
