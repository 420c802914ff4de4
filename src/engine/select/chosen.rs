//! Sums over rows that a person chose: some of what matches, or all of it but some.

use std::collections::BTreeMap;

use crate::base::error::{Error, Result};
use crate::engine::db::Db;
use crate::engine::dialect::Dialect;
use crate::engine::select::ask::{Ask, GroupTotals};
use crate::engine::select::compose::{Given, Text, Way};
use crate::engine::select::{List, MOST_ROWS};
use crate::engine::ticket::Watch;

/// Which rows of a list a person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Those with these ids.
    Only(Vec<i64>),
    /// All but those.
    AllBut(Vec<i64>),
}

impl Ask {
    /// Count and sums of the chosen rows that match, first of this group, then of the others that are there. Rejected
    /// where a sum is too large, and once it was called off.
    pub fn totals_of(&self, db: &Db, (chosen, group): (&Chosen, &str), watch: &Watch) -> Result<Vec<GroupTotals>> {
        match chosen {
            Chosen::Only(ids) => self.summed(db, (ids, group), watch),
            Chosen::AllBut(ids) => {
                let out = self.summed(db, (ids, group), watch)?;
                let mut all = self.totals(db, group)?;
                for (all, out) in all.iter_mut().flat_map(|all| {
                    let out = out.iter().find(|out| out.group == all.group);
                    out.map(|out| (all, out))
                }) {
                    all.take_away(out)?;
                }
                Ok(all)
            }
        }
    }

    fn summed(&self, db: &Db, (ids, group): (&[i64], &str), watch: &Watch) -> Result<Vec<GroupTotals>> {
        let mut found: BTreeMap<String, GroupTotals> = BTreeMap::new();
        for some in ids.chunks(usize::try_from(MOST_ROWS).unwrap_or(1)) {
            watch.still_wanted()?;
            let text = totals_at(db.dialect(), self.list, (&self.given, some));
            let text = text.ok_or_else(|| Error::failure("error.list_broken", "nothing to sum"))?;
            for part in db.rows_of::<GroupTotals>(&text.sql, &text.values)? {
                match found.get_mut(&part.group) {
                    Some(sum) => sum.add(&part)?,
                    None => drop(found.insert(part.group.clone(), part)),
                }
            }
        }
        let sums = self.list.totals.as_ref().map_or(0, |totals| totals.sums.len());
        let none = GroupTotals { group: group.to_owned(), count: 0, sums: vec![0; sums] };
        let own = found.remove(group).unwrap_or(none);
        Ok([own].into_iter().chain(found.into_values()).collect())
    }
}

/// Count and sums of those of these rows that match, one row a group; places that are left over ask for no row.
pub(super) fn totals_at(dialect: Dialect, list: &'static List, (given, ids): (&[Given], &[i64])) -> Option<Text> {
    let totals = list.totals.as_ref()?;
    let mut text = Text::new(dialect);
    let sums = totals.summed(|_| String::new());
    let (group, alias) = (totals.group, list.alias);
    let from = format!("SELECT {group}, COUNT(*){sums} FROM {} {alias} WHERE {alias}.id IN (", list.table);
    text.add(&from).ids(ids).add(")");
    for (filter, values) in given {
        text.add(" AND ").condition(filter, values, Way::Walk);
    }
    text.add(&format!(" GROUP BY {group} ORDER BY {group}"));
    Some(text)
}
