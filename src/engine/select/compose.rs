//! The texts of a list: fragments put together, parameters numbered through. Values only ever become parameters.

use crate::engine::dialect::Dialect;
use crate::engine::select::order::{Key, Order};
use crate::engine::select::{Choice, Filter, Lead, List, MOST_VALUES, Sort, Test, Through};
use crate::engine::value::Value;

/// How the rows of a page are found.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// In the order of the sort, leaving out what does not match.
    Walk,
    /// By the index that holds every column of the filters, sorted afterwards.
    Scan,
    /// By the matches of one filter, sorted afterwards.
    Lead(&'static Filter),
}

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Way::Walk => f.write_str("walked"),
            Way::Scan => f.write_str("scanned"),
            Way::Lead(filter) => write!(f, "led by {}", filter.name),
        }
    }
}

/// A filter with its values.
pub(crate) type Given = (&'static Filter, Vec<Value>);

/// Which rows of a list, and how they are found.
#[derive(Clone, Copy)]
pub(crate) struct Matching<'a> {
    pub list: &'static List,
    pub given: &'a [Given],
    pub way: Way,
}

/// The other table by which a list is sorted, in one text.
#[derive(Clone, Copy)]
pub(crate) struct Beside {
    through: &'static Through,
    alike: usize,
}

impl Beside {
    /// The index by which it is walked; none where its row is known.
    pub fn index(self) -> Option<&'static str> {
        (self.alike < self.through.columns).then_some(self.through.index)
    }
}

impl Sort {
    /// Its other table, if any, where so many of the first sort columns are alike.
    pub(super) fn beside(&'static self, alike: usize) -> Option<Beside> {
        self.through.as_ref().map(|through| Beside { through, alike })
    }
}

/// A text on its way, with the values of its parameters.
pub(crate) struct Text {
    dialect: Dialect,
    pub sql: String,
    pub values: Vec<Value>,
}

impl Text {
    pub fn new(dialect: Dialect) -> Text {
        Text { dialect, sql: String::new(), values: Vec::new() }
    }

    pub fn add(&mut self, fragment: &str) -> &mut Text {
        self.sql.push_str(fragment);
        self
    }

    /// Adds a parameter.
    pub fn value(&mut self, value: Value) -> &mut Text {
        self.values.push(value);
        let mark = format!("?{}", self.values.len());
        self.add(&mark)
    }

    /// Adds a fragment whose own `?1`, `?2`, … become the next parameters; a search stops after `most` rows, if given.
    fn fragment(&mut self, fragment: &str, values: &[Value], most: Option<i64>) -> &mut Text {
        let offset = self.values.len();
        let mut rest = fragment;
        while let Some((before, after)) = rest.split_once('{') {
            self.numbered(before, offset);
            let (inside, behind) = after.split_once('}').unwrap_or((after, ""));
            let mut words = inside.split(' ').skip(1);
            let (table, mark) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let search = self.dialect.search_match(table, mark);
            match most {
                Some(most) => self.numbered(&format!("(SELECT * FROM {search} f LIMIT {})", most + 1), offset),
                None => self.numbered(&search, offset),
            };
            rest = behind;
        }
        self.numbered(rest, offset);
        self.values.extend(values.iter().cloned());
        self
    }

    fn numbered(&mut self, fragment: &str, offset: usize) -> &mut Text {
        let mut parts = fragment.split('?');
        self.sql.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len() - part.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            let (number, rest) = part.split_at(digits);
            let number = number.parse::<usize>().unwrap_or(1) + offset;
            self.sql.push_str(&format!("?{number}{rest}"));
        }
        self
    }

    /// Adds ids with commas between them; places that are left over ask for no row.
    pub fn ids(&mut self, ids: &[i64]) -> &mut Text {
        let places = ID_STEPS.iter().copied().find(|step| *step >= ids.len()).unwrap_or(ids.len());
        for (at, id) in ids.iter().copied().chain(std::iter::repeat(0)).take(places).enumerate() {
            self.add(if at == 0 { "" } else { ", " }).value(Value::Int(id));
        }
        self
    }

    /// Adds the order, without so many of its first columns: those are alike in every row.
    pub fn order(&mut self, order: &Order, alike: usize) {
        for (place, key) in order.columns.iter().skip(alike).enumerate() {
            self.add(if place == 0 { " ORDER BY " } else { ", " }).column(key).add(turned(key.descending));
        }
    }

    /// Adds a column of an order. The same values are the same parameters wherever it stands in a text, so that one look
    /// finds what is both shown and sorted by.
    pub fn column(&mut self, key: &Key) -> &mut Text {
        let there = match key.values.len() {
            0 => Some(0),
            many => self.values.windows(many).position(|values| values == key.values),
        };
        match there {
            Some(offset) => self.numbered(key.sql, offset),
            None => self.fragment(key.sql, &key.values, None),
        }
    }

    /// Adds the condition of a filter; while walking, no index may serve it, since that would lose the order.
    pub fn condition(&mut self, filter: &Filter, values: &[Value], way: Way) -> &mut Text {
        match filter.test {
            Test::Where(condition) => {
                self.add("(").fragment(condition, values, None).add(")");
            }
            Test::OneOf(column) => {
                let unused = if matches!(way, Way::Walk | Way::Scan) { self.dialect.unindexed() } else { "" };
                self.add(unused).add(column).add(" IN (");
                for (place, value) in values.iter().take(MOST_VALUES).enumerate() {
                    self.add(if place == 0 { "" } else { ", " }).value(value.clone());
                }
                self.add(")");
            }
            Test::Choice(choices) => {
                let chosen = choices.iter().filter(|choice| chosen(choice, values));
                let conditions: Vec<_> = chosen.map(|choice| format!("({})", choice.sql)).collect();
                self.add("(").add(&conditions.join(" OR ")).add(")");
            }
        }
        self
    }

    /// Adds the table, found by one way, and every condition. A filter led by its ids has no other condition.
    pub fn rows(&mut self, rows: Matching<'_>, index: Option<&str>, beside: Option<Beside>) {
        let Matching { list, given, way } = rows;
        let forced = match (way, index) {
            (Way::Lead(Filter { lead: Lead::Ids { .. }, .. }), _) => self.dialect.by_id_only().to_owned(),
            (Way::Lead(Filter { lead: Lead::Index { name, .. }, .. }), _) => self.dialect.indexed_by(name),
            (Way::Scan, _) => list.totals.as_ref().map_or(String::new(), |it| self.dialect.indexed_by(it.index)),
            (_, Some(index)) => self.dialect.indexed_by(index),
            _ => String::new(),
        };
        let table = format!("{} {}{forced}", list.table, list.alias);
        let from = match (beside, way) {
            (None, _) => table,
            (Some(it), Way::Walk) => {
                let forced = match it.index() {
                    Some(index) => self.dialect.indexed_by(index),
                    None => self.dialect.by_id_only().to_owned(),
                };
                format!("{}{forced} CROSS JOIN {table}", it.through.table)
            }
            (Some(it), Way::Lead(_) | Way::Scan) => format!("{table} CROSS JOIN {}", it.through.table),
        };
        self.add(" FROM ").add(&from).add(" WHERE ").add(beside.map_or("1 = 1", |it| it.through.on));
        for (filter, values) in given {
            self.add(" AND ");
            match (way, &filter.lead) {
                (Way::Lead(lead), Lead::Ids { sql, .. }) if lead.name == filter.name => {
                    self.add(list.alias).add(".id IN (").fragment(sql, values, None).add(")");
                }
                _ => {
                    self.condition(filter, values, way);
                }
            }
        }
    }
}

pub(super) fn turned(descending: bool) -> &'static str {
    if descending { " DESC" } else { "" }
}

/// The sort columns of one row.
pub(crate) fn position(dialect: Dialect, list: &List, order: &Order, id: i64) -> Text {
    let mut text = Text::new(dialect);
    for (place, key) in order.columns.iter().enumerate() {
        text.add(if place == 0 { "SELECT " } else { ", " }).column(key);
    }
    text.add(&format!(" FROM {} {}", list.table, list.alias));
    if let Some(other) = order.beside(0) {
        text.add(&format!(" JOIN {} ON {}", other.through.table, other.through.on));
    }
    text.add(&format!(" WHERE {}.id = ", list.alias)).value(Value::Int(id));
    text
}

/// How many ids one text asks for: few texts serve any number of ids.
const ID_STEPS: &[usize] = &[10, 100, 500];

/// The rows of ids as they are shown, in no order, each followed by its id; places that are left over ask for no row.
pub(crate) fn rows_at(dialect: Dialect, list: &List, ids: &[i64]) -> Text {
    let mut text = Text::new(dialect);
    let List { table, alias, columns, joins, .. } = list;
    text.add(&format!("SELECT {columns}, {alias}.id FROM {table} {alias} {joins} WHERE {alias}.id IN ("));
    text.ids(ids).add(")");
    text
}

/// Whether a filter may lead: of named conditions only one alone, since an index serves one range.
pub(crate) fn leads((filter, values): &Given) -> bool {
    match (&filter.lead, &filter.test) {
        (Lead::None, _) => false,
        (_, Test::Choice(choices)) => values.len() == 1 && choices.iter().any(|it| it.leads && chosen(it, values)),
        _ => true,
    }
}

fn chosen(choice: &Choice, values: &[Value]) -> bool {
    values.iter().any(|value| matches!(value, Value::Text(name) if name == choice.name))
}

/// Whether a filter's index gives the rows in the order of a sort.
pub(crate) fn in_order(filter: &Filter, sort: &Sort) -> bool {
    matches!(&filter.lead, Lead::Index { ordered, .. } if ordered.contains(&sort.name))
}

/// How many rows one filter alone finds, counted up to one more than `most`. None for a filter that cannot lead.
pub(crate) fn probe(dialect: Dialect, list: &'static List, given: &Given) -> Option<Text> {
    if !leads(given) {
        return None;
    }
    let (filter, values) = given;
    let mut text = Text::new(dialect);
    text.add("SELECT COUNT(*) FROM (");
    let most = match &filter.lead {
        Lead::None => return None,
        Lead::Index { most, .. } => {
            text.add("SELECT 1 AS one");
            text.rows(Matching { list, given: std::slice::from_ref(given), way: Way::Lead(filter) }, None, None);
            *most
        }
        Lead::Ids { sql, most } => {
            text.fragment(sql, values, Some(*most));
            *most
        }
    };
    text.add(" LIMIT ").value(Value::Int(most + 1)).add(") found");
    Some(text)
}

/// How many rows match.
pub(crate) fn count(dialect: Dialect, rows: Matching<'_>) -> Text {
    let mut text = Text::new(dialect);
    text.add("SELECT COUNT(*)");
    text.rows(rows, rows.list.counted_by(), None);
    text
}

/// Count and sums over everything that matches, whatever its group; or of each group but one.
pub(crate) fn totals(dialect: Dialect, rows: Matching<'_>, but: Option<&Value>) -> Option<Text> {
    let totals = rows.list.totals.as_ref()?;
    let mut text = Text::new(dialect);
    text.add("SELECT ");
    if but.is_some() {
        text.add(totals.group).add(", ");
    }
    text.add("COUNT(*)").add(&totals.summed(|_| String::new()));
    text.rows(rows, Some(totals.index), None);
    if let Some(first) = but {
        text.add(&format!(" AND {} <> ", totals.group)).value(first.clone());
        text.add(&format!(" GROUP BY {group} ORDER BY {group}", group = totals.group));
    }
    Some(text)
}
