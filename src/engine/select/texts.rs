//! Every text a list can make, with what its plan must look like: for the tests that prepare them.

use crate::engine::dialect::Dialect;
use crate::engine::select::changed::{Since, changed_at};
use crate::engine::select::chosen::totals_at;
use crate::engine::select::compose::{
    Beside, Given, Matching, Text, Way, count, in_order, leads, position, probe, rows_at, totals,
};
use crate::engine::select::group::{Grouping, grouped};
use crate::engine::select::order::{Order, Sorted};
use crate::engine::select::page::{Page, Start};
use crate::engine::select::positions::ids;
use crate::engine::select::split::{Split, parts};
use crate::engine::select::{Filter, Lead, List, MOST_VALUES, Sort, Test, Totals};
use crate::engine::value::Value;

/// A text of a list, for the test that prepares each and looks at its plan.
#[derive(Debug)]
pub struct Composed {
    /// Which filter, sort and way it is.
    pub what: String,
    /// The text with `?1`, `?2`, …
    pub sql: String,
    /// The part of a page's text that finds the rows; it must need only the indexes named.
    pub keys: Option<String>,
    /// The indexes that the plan must name; empty where rows are found by their ids.
    pub indexes: Vec<&'static str>,
    /// Whether the index gives the order too, so that nothing is sorted.
    pub ordered: bool,
    /// Whether the index alone is read, as whatever goes through all rows must.
    pub narrow: bool,
    /// How many columns the plan must find by their values.
    pub bounds: usize,
}

impl List {
    /// Every text this list can make of one filter or none, one sort, each way, both directions, for tests.
    pub fn texts(&'static self, dialect: Dialect) -> Vec<Composed> {
        let mut texts = Vec::new();
        let alone = self.filters.iter().flat_map(samples).map(|given| vec![given]);
        for given in std::iter::once(Vec::new()).chain(alone) {
            let lead = given.first().filter(|first| leads(first)).map(|(filter, _)| Way::Lead(filter));
            for way in std::iter::once(Way::Walk).chain(lead) {
                let orders = self.sorts.iter().flat_map(|sort| [one(sort, false), one(sort, true)]);
                texts.extend(orders.flat_map(|order| self.pages(dialect, (&given, way), &order)));
                texts.extend(self.sums(dialect, &given, way));
                texts.extend(self.split_texts(dialect, &given, way));
                texts.push(self.counted(dialect, &given, way));
            }
            texts.extend(given.first().and_then(|first| self.probe_text(dialect, first)));
            texts.extend(self.chosen_text(dialect, &given));
            texts.push(self.changed_text(dialect, &given));
            let all = if given.is_empty() || self.totals.is_none() { Way::Walk } else { Way::Scan };
            texts.extend(self.sorts.iter().map(|sort| self.all_ids(dialect, (&given, all), &one(sort, false))));
            texts.extend(self.pairs().iter().flat_map(|order| self.several(dialect, (&given, lead), order)));
        }
        texts.extend(self.sorts.iter().map(|sort| self.position(dialect, &one(sort, false))));
        texts.extend(self.pairs().iter().map(|order| self.position(dialect, order)));
        texts.push(Composed {
            what: format!("{} by ids", self.name),
            sql: rows_at(dialect, self, &[1, 2]).sql,
            keys: None,
            indexes: Vec::new(),
            ordered: true,
            narrow: false,
            bounds: 0,
        });
        texts
    }

    /// The same for rows brought together.
    pub(super) fn grouped_texts(&'static self, dialect: Dialect, grouping: &'static Grouping) -> Vec<Composed> {
        let alone = self.filters.iter().flat_map(samples).map(|given| vec![given]);
        let each = std::iter::once(Vec::new()).chain(alone).flat_map(|given| {
            let lead = given.first().filter(|first| leads(first)).map(|(filter, _)| Way::Lead(filter));
            let ways = std::iter::once(Way::Walk).chain(lead);
            ways.map(|way| self.grouped_text(dialect, grouping, &given, way)).collect::<Vec<_>>()
        });
        each.collect()
    }

    fn grouped_text(
        &'static self,
        dialect: Dialect,
        grouping: &'static Grouping,
        given: &[Given],
        way: Way,
    ) -> Composed {
        Composed {
            what: format!("{} {way}, {}", self.what(given), grouping.name),
            sql: grouped(dialect, Matching { list: self, given, way }, grouping).sql,
            keys: None,
            indexes: indexes(way, Some(grouping.index), None),
            ordered: false,
            narrow: false,
            bounds: 0,
        }
    }

    /// Every sort behind every other one, in both directions of the second.
    fn pairs(&'static self) -> Vec<Order> {
        let each = self.sorts.iter().flat_map(|first| self.sorts.iter().map(move |second| (first, second)));
        let each = each.filter(|(first, second)| first.name != second.name);
        each.flat_map(|(first, second)| {
            [true, false].map(|down| Order::of(vec![Sorted::by(first, false), Sorted::by(second, down)]))
        })
        .collect()
    }

    /// Pages and all ids of several sorts; nothing gives their order but sorting what matches.
    fn several(
        &'static self,
        dialect: Dialect,
        (given, lead): (&[Given], Option<Way>),
        order: &Order,
    ) -> Vec<Composed> {
        let all = if self.totals.is_some() { Way::Scan } else { Way::Walk };
        let mut texts = self.pages(dialect, (given, all), order);
        texts.push(self.all_ids(dialect, (given, all), order));
        texts.extend(lead.into_iter().flat_map(|way| self.pages(dialect, (given, way), order)));
        texts
    }

    fn all_ids(&'static self, dialect: Dialect, (given, way): (&[Given], Way), order: &Order) -> Composed {
        let scanned = self.totals.as_ref().map(|totals| totals.index).filter(|_| matches!(way, Way::Scan));
        Composed {
            what: format!("{} {way}, every id by {}", self.what(given), order.text()),
            sql: ids(dialect, Matching { list: self, given, way }, order).sql,
            keys: None,
            indexes: scanned.map_or_else(|| indexes(way, order.index(), order.beside(0)), |index| vec![index]),
            ordered: matches!(way, Way::Walk) && order.is_ordered(),
            narrow: self.totals.is_some() || (given.is_empty() && !order.is_several()),
            bounds: 0,
        }
    }

    fn position(&'static self, dialect: Dialect, order: &Order) -> Composed {
        Composed {
            what: format!("{} one row by {}", self.name, order.text()),
            sql: position(dialect, self, order, 0).sql,
            keys: None,
            indexes: Vec::new(),
            ordered: true,
            narrow: false,
            bounds: 0,
        }
    }

    fn pages(&'static self, dialect: Dialect, (given, way): (&[Given], Way), order: &Order) -> Vec<Composed> {
        let after: Vec<Value> = order.columns.iter().map(|_| Value::Int(0)).collect();
        let within = (0..order.columns.len()).map(|equal| Start::Within(&after, equal));
        let within = within.filter(|_| matches!(way, Way::Walk) && order.is_ordered());
        let starts = [Start::Top, Start::Behind(&after)].into_iter().chain(within);
        let scanned = self.totals.as_ref().map(|totals| totals.index).filter(|_| matches!(way, Way::Scan));
        starts
            .map(|start| {
                let page = Page { rows: Matching { list: self, given, way }, order, start, limit: 50, skip: 0 };
                let mut keys = Text::new(dialect);
                page.keys(&mut keys);
                let walked = || indexes(way, order.index(), order.beside(start.alike()));
                Composed {
                    what: format!("{} {way} by {}{start}", self.what(given), order.text()),
                    sql: page.text(dialect).sql,
                    keys: Some(keys.sql),
                    indexes: scanned.map_or_else(walked, |index| vec![index]),
                    ordered: orders(way, order, given),
                    narrow: false,
                    bounds: if start.alike() > 0 { start.alike() + 1 } else { 0 },
                }
            })
            .collect()
    }

    fn sums(&'static self, dialect: Dialect, given: &[Given], way: Way) -> Vec<Composed> {
        let group = Value::Text(String::new());
        let rows = Matching { list: self, given, way };
        let both = [None, Some(&group)].into_iter().filter_map(|but| totals(dialect, rows, but));
        both.map(|text| Composed {
            what: format!("{} {way} summed", self.what(given)),
            sql: text.sql,
            keys: None,
            indexes: indexes(way, self.totals.as_ref().map(|totals| totals.index), None),
            ordered: false,
            narrow: matches!(way, Way::Walk),
            bounds: 0,
        })
        .collect()
    }

    fn split_texts(&'static self, dialect: Dialect, given: &[Given], way: Way) -> Vec<Composed> {
        let rows = Matching { list: self, given, way };
        let each = self.totals.iter().flat_map(|totals| totals.splits.iter().map(move |split| (totals, split)));
        let text = |(totals, split): (&Totals, &Split)| {
            let place = vec![Value::Int(0); split.order.len().saturating_add(1)];
            let starts = [(None, false), (Some(place.as_slice()), false), (Some(place.as_slice()), true)];
            starts.map(|start| Composed {
                what: format!("{} {way}, by {}", self.what(given), split.name),
                sql: parts(dialect, rows, (totals, split), start).sql,
                keys: None,
                indexes: indexes(way, Some(totals.index), None),
                ordered: false,
                narrow: matches!(way, Way::Walk),
                bounds: 0,
            })
        };
        each.flat_map(text).collect()
    }

    fn counted(&'static self, dialect: Dialect, given: &[Given], way: Way) -> Composed {
        Composed {
            what: format!("{} {way}, counted", self.what(given)),
            sql: count(dialect, Matching { list: self, given, way }).sql,
            keys: None,
            indexes: indexes(way, self.counted_by(), None),
            ordered: false,
            narrow: false,
            bounds: 0,
        }
    }

    fn chosen_text(&'static self, dialect: Dialect, given: &[Given]) -> Option<Composed> {
        let text = totals_at(dialect, self, (given, &[1, 2]))?;
        let what = format!("{} chosen rows summed", self.what(given));
        let (indexes, keys) = (Vec::new(), None);
        Some(Composed { what, sql: text.sql, keys, indexes, ordered: false, narrow: false, bounds: 0 })
    }

    fn changed_text(&'static self, dialect: Dialect, given: &[Given]) -> Composed {
        let text = changed_at(dialect, self, (given, &[1, 2]), (1, Since { but: 1, at: 0 }));
        let what = format!("{} some rows, changed", self.what(given));
        let (indexes, keys) = (vec!["journal_rows_record"], None);
        Composed { what, sql: text.sql, keys, indexes, ordered: false, narrow: false, bounds: 0 }
    }

    fn probe_text(&'static self, dialect: Dialect, given: &Given) -> Option<Composed> {
        let text = probe(dialect, self, given)?;
        let (what, way) = (format!("{} counted", self.what(std::slice::from_ref(given))), Way::Lead(given.0));
        Some(Composed {
            what,
            sql: text.sql,
            keys: None,
            indexes: indexes(way, None, None),
            ordered: true,
            narrow: false,
            bounds: 0,
        })
    }

    fn what(&self, given: &[Given]) -> String {
        let filters: Vec<_> =
            given.iter().map(|(filter, values)| format!("{}×{}", filter.name, values.len())).collect();
        format!("{} [{}]", self.name, filters.join(" "))
    }
}

impl std::fmt::Display for Start<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Start::Top => Ok(()),
            Start::Behind(_) => write!(f, ", behind a row"),
            Start::Within(_, equal) => write!(f, ", behind a row with {equal} columns alike"),
        }
    }
}

/// Values as a test needs them: one, and several where a filter takes several.
fn samples(filter: &'static Filter) -> Vec<Given> {
    let text = || Value::Text("0".to_owned());
    match filter.test {
        Test::OneOf(_) => vec![(filter, vec![text()]), (filter, vec![text(); MOST_VALUES])],
        Test::Choice(choices) => {
            let names: Vec<_> = choices.iter().map(|choice| Value::Text(choice.name.to_owned())).collect();
            names.iter().map(|name| (filter, vec![name.clone()])).chain([(filter, names.clone())]).collect()
        }
        Test::Where(sql) => {
            let marks = (1..=MOST_VALUES).filter(|number| sql.contains(&format!("?{number}"))).count();
            vec![(filter, vec![text(); marks])]
        }
    }
}

fn one(sort: &'static Sort, descending: bool) -> Order {
    Order::of(vec![Sorted::by(sort, descending)])
}

fn orders(way: Way, order: &Order, given: &[Given]) -> bool {
    match way {
        Way::Walk => order.is_ordered(),
        Way::Scan => false,
        Way::Lead(filter) => {
            !order.is_several()
                && order.first().is_ok_and(|sort| in_order(filter, sort))
                && given.iter().all(|(_, values)| values.len() == 1 || matches!(filter.test, Test::Where(_)))
        }
    }
}

fn indexes(way: Way, walked: Option<&'static str>, beside: Option<Beside>) -> Vec<&'static str> {
    match way {
        Way::Lead(Filter { lead: Lead::Index { name, .. }, .. }) => vec![name],
        Way::Lead(_) | Way::Scan => Vec::new(),
        Way::Walk => walked.into_iter().chain(beside.and_then(Beside::index)).collect(),
    }
}
