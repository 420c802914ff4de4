//! One page of a list: the columns of its order for the rows it holds, and those rows as they are shown.

use crate::engine::dialect::Dialect;
use crate::engine::select::compose::{Matching, Text, turned};
use crate::engine::select::order::{Key, Order};
use crate::engine::value::Value;

/// Where a page begins, by the values of the sort columns of the row before it.
#[derive(Clone, Copy)]
pub(crate) enum Start<'a> {
    /// At the first row.
    Top,
    /// Behind that row: the whole key decides, its first column tells where an index begins.
    Behind(&'a [Value]),
    /// At that row's first columns, so many of them, and behind it in the next: one range of an index. What is behind
    /// a row is one such range for each column, and each is found at once even where a million rows share the first.
    Within(&'a [Value], usize),
}

impl Start<'_> {
    /// How many of the first sort columns are alike in every row of the page.
    pub fn alike(&self) -> usize {
        if let Start::Within(_, equal) = self { *equal } else { 0 }
    }
}

/// One page of a list, as asked.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub rows: Matching<'a>,
    pub order: &'a Order,
    pub start: Start<'a>,
    pub limit: i64,
    pub skip: i64,
}

impl Page<'_> {
    /// The sort columns of the rows of the page, in order.
    pub fn keys(&self, text: &mut Text) {
        for (place, key) in self.order.columns.iter().enumerate() {
            text.add(if place == 0 { "SELECT " } else { ", " }).column(key).add(&format!(" AS k{place}"));
        }
        text.rows(self.rows, self.order.index(), self.order.beside(self.start.alike()));
        self.begin(text);
        text.order(self.order, self.start.alike());
        text.add(" LIMIT ").value(Value::Int(self.limit)).add(" OFFSET ").value(Value::Int(self.skip));
    }

    fn begin(&self, text: &mut Text) {
        let columns = &self.order.columns;
        match self.start {
            Start::Top => {}
            Start::Behind(row) => {
                if let Some((first, value)) = columns.first().zip(row.first()) {
                    let begins = format!(" {}= ", beyond(first.descending));
                    text.add(" AND ").column(first).add(&begins).value(value.clone());
                }
                match self.order.same_direction() {
                    Some(down) => behind(text, columns, row, beyond(down)),
                    None => behind_each(text, columns, row),
                }
            }
            Start::Within(row, equal) => {
                for (place, (key, value)) in columns.iter().zip(row).take(equal + 1).enumerate() {
                    let sign = if place == equal { beyond(key.descending) } else { "=" };
                    text.add(" AND ").column(key).add(&format!(" {sign} ")).value(value.clone());
                }
            }
        }
    }

    /// The rows of the page as shown, each followed by its sort columns.
    pub fn text(&self, dialect: Dialect) -> Text {
        let mut text = Text::new(dialect);
        let names: Vec<_> = (0..self.order.columns.len()).map(|place| format!("p.k{place}")).collect();
        let (list, id) = (self.rows.list, names.last().map_or("", String::as_str));
        text.add("WITH page AS (");
        self.keys(&mut text);
        text.add(&format!(") SELECT {}, {} FROM page p", list.columns, names.join(", ")));
        text.add(&format!(" JOIN {} {alias} ON {alias}.id = {id}", list.table, alias = list.alias));
        if !list.joins.is_empty() {
            text.add(" ").add(list.joins);
        }
        let turns = self.order.columns.iter().map(|key| turned(key.descending));
        let order: Vec<_> = names.iter().zip(turns).map(|(name, turned)| format!("{name}{turned}")).collect();
        text.add(" ORDER BY ").add(&order.join(", "));
        text
    }
}

/// The sign of what stands behind a value.
fn beyond(descending: bool) -> &'static str {
    if descending { "<" } else { ">" }
}

/// Behind a row where all columns have one direction.
fn behind(text: &mut Text, columns: &[Key], row: &[Value], sign: &str) {
    for (place, key) in columns.iter().enumerate() {
        text.add(if place == 0 { " AND (" } else { ", " }).column(key);
    }
    text.add(&format!(") {sign} ("));
    for (place, value) in row.iter().enumerate() {
        text.add(if place == 0 { "" } else { ", " }).value(value.clone());
    }
    text.add(")");
}

/// Behind a row where each column has its own direction: beyond in the first, or alike there and behind in the rest.
fn behind_each(text: &mut Text, columns: &[Key], row: &[Value]) {
    text.add(" AND ");
    for (place, (key, value)) in columns.iter().zip(row).enumerate() {
        text.add("(").column(key).add(&format!(" {} ", beyond(key.descending))).value(value.clone());
        if place.saturating_add(1) < columns.len() {
            text.add(" OR ").column(key).add(" = ").value(value.clone()).add(" AND ");
        }
    }
    text.add(&")".repeat(columns.len()));
}
