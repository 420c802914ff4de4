//! A list as it falls apart into groups: count and sums of each group and currency, page by page, and the rows of one
//! group. What is summed is what the totals of the list sum.

use serde_json::{Map, Value as Json};

use crate::base::error::{Error, Result};
use crate::engine::db::Db;
use crate::engine::dialect::Dialect;
use crate::engine::select::ask::{Ask, GroupTotals, integers, read_key, write_key};
use crate::engine::select::compose::{Matching, Text};
use crate::engine::select::{Totals, page_size};
use crate::engine::value::{Value, damaged};

/// How many groups a page holds where nobody says how many, one for each of its currencies.
const USUAL_GROUPS: i64 = 500;

/// One way in which a list falls apart.
#[derive(Debug)]
pub struct Split {
    /// As the query's argument is named.
    pub name: &'static str,
    /// The columns that tell groups apart; behind the sums they are called `g.k0`, `g.k1`.
    pub keys: &'static [&'static str],
    /// What is told of a group: names of fields with columns of `g` and of `joins`.
    pub told: &'static [(&'static str, &'static str)],
    /// What `told` and `order` need besides: `JOIN … ON …`.
    pub joins: &'static str,
    /// In which order groups stand: columns that no two groups share.
    pub order: &'static [&'static str],
    /// The filter of the list that lets the rows of one group through.
    pub filter: &'static str,
    /// The values of that filter for the parts of a group's key; none where they are those of no group.
    pub values: fn(&[&str]) -> Option<Vec<Value>>,
}

/// What a group holds in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// By which the group is told from others: given back, it asks for the rows of the group.
    pub key: String,
    /// What is told of the group, by the names of its fields.
    pub told: Map<String, Json>,
    /// Count and sums.
    pub totals: GroupTotals,
    /// Given back as `after`, it asks for the parts behind this one.
    pub after: String,
}

/// Which page of the groups.
#[derive(Clone, Copy, Debug)]
pub struct Parted<'a> {
    /// The name of the split.
    pub by: &'a str,
    /// Whether the last group comes first.
    pub reversed: bool,
    /// Behind the part with this key.
    pub after: Option<&'a str>,
    /// How many parts; 500 when left out.
    pub limit: Option<i64>,
}

impl Ask {
    /// A page of the groups of everything that matches, in their own order. Rejected where the list does not fall apart
    /// in this way, and for a key of another order.
    pub fn parts(&self, db: &Db, page: Parted<'_>) -> Result<Vec<Part>> {
        let (totals, split) = self.split(page.by)?;
        let order = format!("{}{}", if page.reversed { "-" } else { "" }, split.name);
        let after = page.after.map(|key| behind(key, &order, split)).transpose()?;
        let rows = Matching { list: self.list, given: &self.given, way: self.way(db, None)? };
        let mut text = parts(db.dialect(), rows, (totals, split), (after.as_deref(), page.reversed));
        text.add(" LIMIT ").value(Value::Int(page_size(page.limit, USUAL_GROUPS)?));
        let found: Vec<Vec<Value>> = db.rows_of(&text.sql, &text.values)?;
        found.into_iter().map(|values| read(values, (totals, split), &order)).collect()
    }

    /// Only rows of this group, as [`Part`] tells it: `customer=12`. Rejected where there can be no such group.
    pub fn in_group(self, group: Option<&str>) -> Result<Ask> {
        let Some(group) = group else { return Ok(self) };
        let unknown = || Error::rejected("error.unknown_group").arg("group", group).at("group");
        let (name, key) = group.split_once('=').ok_or_else(unknown)?;
        let (_, split) = self.split(name)?;
        let parts: Vec<&str> = key.split('/').collect();
        let values = (split.values)(&parts).filter(|_| parts.len() == split.keys.len()).ok_or_else(unknown)?;
        self.filter(split.filter, values)
    }

    fn split(&self, name: &str) -> Result<(&'static Totals, &'static Split)> {
        let totals = self.list.totals.as_ref();
        let found = totals.and_then(|totals| Some((totals, totals.splits.iter().find(|split| split.name == name)?)));
        let known = || totals.map_or(&[][..], |it| it.splits).iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| Error::rejected("error.unknown_split").arg("known", known()).at("by"))
    }
}

/// The values of the order of the part behind which a page begins.
fn behind(key: &str, order: &str, split: &Split) -> Result<Vec<Value>> {
    let foreign = || Error::rejected("error.foreign_key").at("after");
    let (of, values) = read_key(key).ok_or_else(foreign)?;
    let whole = of == order && values.len() == split.order.len().saturating_add(1);
    whole.then_some(values).ok_or_else(foreign)
}

fn read(values: Vec<Value>, (totals, split): (&Totals, &Split), order: &str) -> Result<Part> {
    let mut values = values.into_iter();
    let keys: Vec<String> = values.by_ref().take(split.keys.len()).map(written).collect::<Result<_>>()?;
    let currency = values.next().unwrap_or(Value::Null);
    let numbers = integers(values.by_ref().take(totals.sums.len().saturating_add(1)).collect())?;
    let fields = split.told.iter().zip(values.by_ref().take(split.told.len()));
    let told = fields.map(|((field, _), value)| Ok(((*field).to_owned(), written(value)?.into())));
    let told = told.collect::<Result<_>>()?;
    let place: Vec<Value> = values.chain([currency.clone()]).collect();
    let mut numbers = numbers.into_iter();
    let count = numbers.next().unwrap_or_default();
    let totals = GroupTotals { group: written(currency)?, count, sums: numbers.collect() };
    Ok(Part { key: format!("{}={}", split.name, keys.join("/")), told, totals, after: write_key(order, &place)? })
}

fn written(value: Value) -> Result<String> {
    match value {
        Value::Int(number) => Ok(number.to_string()),
        Value::Text(text) => Ok(text),
        other => Err(damaged(format!("a group holds {other:?}"))),
    }
}

/// Keys, currency, count, sums, what is told and the order of each group, without a limit.
pub(super) fn parts(
    dialect: Dialect,
    rows: Matching<'_>,
    (totals, split): (&Totals, &Split),
    (after, reversed): (Option<&[Value]>, bool),
) -> Text {
    let mut text = Text::new(dialect);
    let names: Vec<String> = (0..split.keys.len()).map(|place| format!("k{place}")).collect();
    let told = split.told.iter().map(|(_, column)| *column);
    let outside: Vec<String> = names.iter().map(|name| format!("g.{name}")).chain(["g.c, g.n".to_owned()]).collect();
    let summed = (0..totals.sums.len()).map(|place| format!("g.s{place}"));
    let shown: Vec<String> =
        outside.into_iter().chain(summed).chain(told.chain(split.order.iter().copied()).map(str::to_owned)).collect();
    let keys: Vec<String> = split.keys.iter().zip(&names).map(|(key, name)| format!("{key} AS {name}")).collect();
    text.add(&format!("SELECT {} FROM (SELECT {}, ", shown.join(", "), keys.join(", ")));
    text.add(&format!("{} AS c, COUNT(*) AS n{}", totals.group, totals.summed(|place| format!(" AS s{place}"))));
    text.rows(rows, Some(totals.index), None);
    text.add(&format!(" GROUP BY {}, c) g {} WHERE 1 = 1", names.join(", "), split.joins));
    let order: Vec<&str> = split.order.iter().copied().chain(["g.c"]).collect();
    if let Some(row) = after {
        text.add(&format!(" AND ({}) {} (", order.join(", "), if reversed { "<" } else { ">" }));
        for (place, value) in row.iter().enumerate() {
            text.add(if place == 0 { "" } else { ", " }).value(value.clone());
        }
        text.add(")");
    }
    let turned = if reversed { " DESC" } else { "" };
    let order: Vec<String> = order.iter().map(|column| format!("{column}{turned}")).collect();
    text.add(&format!(" ORDER BY {}", order.join(", ")));
    text
}
