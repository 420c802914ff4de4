//! A list in groups behind a grid: the rows above groups come page by page, and behind each open one stand its own pages.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Map, Value as Json, json};

use crate::base::color_rule::ColorRules;
use crate::base::error::Error;
use crate::engine::ticket::Slot;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::grid::{GroupBy, Row, Rows};
use crate::ui::list::ListSpec;
use crate::ui::list::heading::{Heading, heading};
use crate::ui::list::plain;
use crate::ui::list::source::Source;

/// Groups of one question, one for each of their currencies.
const PAGE: usize = 500;
/// So many rows before the end of what is known the next groups are asked for.
const NEAR: u64 = 100;
/// Open groups whose rows are kept besides those that are seen.
const KEPT: usize = 64;

/// A list, its filter and its order.
pub(super) type Asked<'a> = (&'a ListSpec, &'a Map<String, Json>, &'a str);

/// What is loaded of a list in groups.
/// Wide: what is told of the groups, which are open, and their rows.
pub(super) struct Grouped {
    /// By what rows are brought together.
    pub way: &'static GroupBy,
    told: Vec<Json>,
    gathering: Option<Gathering>,
    // Asks for the groups behind those that were told.
    more: Option<String>,
    groups: Option<Vec<Group>>,
    opened: Opened,
    inside: BTreeMap<String, Inside>,
    // Groups whose keys are asked for, seen or not.
    needed: BTreeSet<String>,
    wanted: (u64, u64),
    revision: Option<u64>,
    error: Option<Error>,
}

/// Groups on their way: as many as there were, or one more page.
struct Gathering {
    told: Vec<Json>,
    least: usize,
    page: Slot<Vec<Json>>,
}

struct Group {
    key: String,
    // One for each currency.
    lines: Vec<Row>,
    count: u64,
    // The place of its first line.
    first: u64,
    open: bool,
}

/// The rows of an open group.
struct Inside {
    source: Source,
    filter: Map<String, Json>,
}

/// All groups, or none, but these.
#[derive(Default)]
struct Opened {
    all: bool,
    but: BTreeSet<String>,
}

impl Opened {
    fn has(&self, key: &str) -> bool {
        self.all != self.but.contains(key)
    }

    fn set(&mut self, key: &str, open: bool) {
        if open == self.all {
            self.but.remove(key);
        } else {
            self.but.insert(key.to_owned());
        }
    }
}

impl Group {
    fn lines(&self) -> u64 {
        u64::try_from(self.lines.len()).unwrap_or_default()
    }

    /// The places of its rows.
    fn rows(&self) -> (u64, u64) {
        let from = self.first.saturating_add(self.lines());
        (from, from.saturating_add(if self.open { self.count } else { 0 }))
    }

    /// Which of its rows stand at places from one to another, counted from 0; none where it has none there.
    fn within(&self, (from, to): (u64, u64)) -> Option<(u64, u64)> {
        let (first, end) = self.rows();
        let (from, to) = (from.max(first), to.min(end));
        (from < to).then(|| (from.saturating_sub(first), to.saturating_sub(first)))
    }
}

impl Grouped {
    /// A list in groups, all closed, nothing asked for yet.
    pub fn new(way: &'static GroupBy) -> Grouped {
        Grouped {
            way,
            told: Vec::new(),
            gathering: None,
            more: None,
            groups: None,
            opened: Opened::default(),
            inside: BTreeMap::new(),
            needed: BTreeSet::new(),
            wanted: (0, 0),
            revision: None,
            error: None,
        }
    }

    /// Forgets groups and rows: another filter or sort. Which groups are open stays.
    pub fn restart(&mut self) {
        *self = Grouped { opened: std::mem::take(&mut self.opened), ..Grouped::new(self.way) };
    }

    /// What is loaded is shown until it is there anew.
    pub fn grow_old(&mut self) {
        self.revision = None;
        self.error = None;
        self.inside.values_mut().for_each(|inside| inside.source.grow_old());
    }

    /// Why the newest question was refused.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref().or_else(|| self.inside.values().find_map(|inside| inside.source.error.as_ref()))
    }

    /// Asks again after an error.
    pub fn retry(&mut self) {
        self.grow_old();
        self.inside.values_mut().for_each(|inside| inside.source.retry());
    }

    /// Whether the list is known to hold nothing.
    pub fn is_empty(&self) -> bool {
        self.groups.as_ref().is_some_and(Vec::is_empty)
    }

    /// The loaded rows of groups with their answers.
    pub fn loaded(&self) -> impl Iterator<Item = (&Row, &Json)> {
        let inside = self.groups().iter().filter_map(|group| self.inside.get(&group.key));
        inside.flat_map(|inside| inside.source.loaded())
    }

    /// The answer of the row with this key, if it is loaded.
    pub fn told(&self, key: i64) -> Option<&Json> {
        self.inside.values().find_map(|inside| inside.source.told(key))
    }

    /// Rows get the colours of these rules.
    pub fn color(&mut self, rules: &ColorRules, spec: &ListSpec, desk: &Desk) {
        self.inside.values_mut().for_each(|inside| inside.source.color(rules.clone(), spec, desk));
    }

    /// All that others changed is seen now.
    pub fn see(&mut self, desk: &Desk, spec: &ListSpec) {
        self.inside.values_mut().for_each(|inside| inside.source.see(desk, spec));
    }

    /// Opens or closes the group at this place.
    pub fn open(&mut self, at: u64, open: bool) {
        if let Some(group) = self.group_at(at) {
            let key = group.key.clone();
            self.opened.set(&key, open);
            self.place();
        }
    }

    /// Opens the group at this place; the places of its rows, the last one not included.
    pub fn opened(&mut self, at: u64) -> (u64, u64) {
        self.open(at, true);
        self.group_at(at).map(Group::rows).unwrap_or_default()
    }

    /// Opens all groups or closes them; where the row of the group at this place is then, and its key.
    pub fn open_all(&mut self, open: bool, at: u64) -> Option<(u64, i64)> {
        let here = self.group_at(at).map(|group| group.key.clone());
        self.opened = Opened { all: open, but: BTreeSet::new() };
        self.place();
        let group = self.groups().iter().find(|group| Some(&group.key) == here.as_ref())?;
        Some((group.first, group.lines.first()?.key))
    }

    fn groups(&self) -> &[Group] {
        self.groups.as_deref().unwrap_or_default()
    }

    fn group_at(&self, at: u64) -> Option<&Group> {
        let behind = self.groups().partition_point(|group| group.first <= at);
        let group = self.groups().get(behind.checked_sub(1)?)?;
        (at < group.rows().1).then_some(group)
    }

    fn total(&self) -> u64 {
        self.groups().last().map_or(0, |group| group.rows().1)
    }

    fn place(&mut self) {
        let mut first = 0;
        self.needed.clear();
        for group in self.groups.iter_mut().flatten() {
            group.first = first;
            group.open = self.opened.has(&group.key);
            for branch in group.lines.iter_mut().filter_map(|row| row.branch.as_mut()) {
                branch.open = group.open;
            }
            first = group.rows().1;
        }
    }

    /// Takes the answers that came and asks for what is seen and lacks; `like` has the colours of rows.
    pub fn serve(&mut self, desk: &Desk, asked: Asked, like: &mut Source) {
        let revision = desk.revision(asked.0.tables);
        if self.revision.replace(revision) != Some(revision) {
            self.error = None;
            let least = self.told.len();
            self.gathering = Some(Gathering { told: Vec::new(), least, page: Slot::default() });
        }
        self.gather(desk, asked);
        let seen = |group: &&Group| group.within(self.wanted).is_some() || self.needed.contains(&group.key);
        let seen: Vec<(String, u64, (u64, u64))> = self
            .groups()
            .iter()
            .filter(seen)
            .map(|group| (group.key.clone(), group.count, group.within(self.wanted).unwrap_or_default()))
            .collect();
        if self.inside.len() > KEPT.saturating_add(seen.len()) {
            self.inside.retain(|key, _| seen.iter().any(|(seen, ..)| seen == key));
        }
        let (spec, filter, sort) = asked;
        for (key, count, (from, to)) in seen {
            let inside = self.inside.entry(key).or_insert_with_key(|key| {
                let mut filter = filter.clone();
                filter.insert("group".to_owned(), key.clone().into());
                Inside { source: like.another(desk, spec), filter }
            });
            inside.source.count = Some(count);
            inside.source.want(from, to);
            inside.source.serve(desk, spec, &inside.filter, sort);
        }
    }

    fn gather(&mut self, desk: &Desk, asked: Asked) {
        let near = self.wanted.1.saturating_add(NEAR) >= self.total();
        if self.gathering.is_none() && self.more.is_some() && near && self.error.is_none() {
            let told = std::mem::take(&mut self.told);
            let least = told.len().saturating_add(1);
            self.gathering = Some(Gathering { told, least, page: Slot::default() });
        }
        let Some(gathering) = &mut self.gathering else { return };
        match gathering.page.poll() {
            None if gathering.page.is_asking() => {}
            None => gathering.ask(self.way, desk, asked),
            Some(Ok(page)) => {
                let full = page.len() == PAGE;
                gathering.told.extend(page);
                if full && gathering.told.len() < gathering.least {
                    return gathering.ask(self.way, desk, asked);
                }
                self.told = std::mem::take(&mut gathering.told);
                self.more = self.told.last().filter(|_| full).map(|last| plain(last, "after"));
                self.gathering = None;
                self.build(desk, asked.0);
            }
            Some(Err(error)) => {
                self.told = std::mem::take(&mut gathering.told);
                self.gathering = None;
                self.error = Some(error);
            }
        }
    }

    fn build(&mut self, desk: &Desk, spec: &ListSpec) {
        let mut told: Vec<(String, Vec<&Json>)> = Vec::new();
        for line in &self.told {
            let key = plain(line, "group");
            match told.last_mut().filter(|(before, _)| *before == key) {
                Some((_, lines)) => lines.push(line),
                None => told.push((key, vec![line])),
            }
        }
        // Of the last group more may come with the next page.
        if self.more.is_some() && told.len() > 1 {
            told.pop();
        }
        let group = |(key, lines): (String, Vec<&Json>)| {
            let Heading { count, rows } = heading(&lines, (spec, self.way), desk);
            let name = |(place, row): (usize, Row)| Row { key: name_of(&key, place), ..row };
            let lines = rows.into_iter().enumerate().map(name).collect();
            Group { key, lines, count, first: 0, open: false }
        };
        self.groups = Some(told.into_iter().map(group).collect());
        self.place();
    }
}

/// By what a line of a group is found again: below 0, so that no row has it.
fn name_of(key: &str, place: usize) -> i64 {
    let mut hasher = DefaultHasher::new();
    (key, place).hash(&mut hasher);
    !i64::try_from(hasher.finish() >> 1).unwrap_or_default()
}

impl Gathering {
    fn ask(&mut self, way: &GroupBy, desk: &Desk, (spec, filter, sort): Asked) {
        let first = sort.split(',').next().unwrap_or_default();
        let column = spec.columns.iter().find(|column| column.field == way.column).and_then(|column| column.sort);
        let sorted = column == Some(first.trim_start_matches('-'));
        let reversed = if sorted { first.starts_with('-') } else { way.reversed };
        let after = self.told.last().map(|last| plain(last, "after"));
        let wanted = json!({"list": spec.query, "filter": filter, "by": way.name, "reversed": reversed,
            "after": after, "limit": PAGE});
        self.page.ask(|| desk.handle.ask_json(Lane::Background, &desk.call, "list-groups", wanted));
    }
}

impl Rows for Grouped {
    fn count(&self) -> Option<u64> {
        self.groups.as_ref().map(|_| self.total())
    }

    fn row(&self, at: u64) -> Option<&Row> {
        let group = self.group_at(at)?;
        match at.checked_sub(group.rows().0) {
            Some(row) => self.inside.get(&group.key)?.source.row(row),
            None => group.lines.get(usize::try_from(at.checked_sub(group.first)?).ok()?),
        }
    }

    fn want(&mut self, from: u64, to: u64) {
        self.wanted = (from, to);
    }

    fn find(&self, key: i64) -> Option<u64> {
        self.groups().iter().find_map(|group| {
            if let Some(line) = group.lines.iter().position(|row| row.key == key) {
                return Some(group.first.saturating_add(u64::try_from(line).ok()?));
            }
            let row = self.inside.get(&group.key).filter(|_| group.open)?.source.find(key)?;
            Some(group.rows().0.saturating_add(row))
        })
    }

    // The rows of groups alone: what stands above them is never selected.
    fn keys(&mut self, from: u64, to: u64) -> Option<Vec<i64>> {
        let part = |group: &Group| group.within((from, to)).map(|part| (group.key.clone(), part));
        let parts: Vec<_> = self.groups().iter().filter_map(part).collect();
        let mut found = Some(Vec::new());
        for (key, (from, to)) in &parts {
            let keys = self.inside.get_mut(key).and_then(|inside| inside.source.keys(*from, *to));
            found = found.zip(keys).map(|(all, keys)| [all, keys].concat());
        }
        let needed = if found.is_some() { BTreeSet::new() } else { parts.into_iter().map(|(key, _)| key).collect() };
        self.needed = needed;
        found
    }

    fn branch_above(&self, at: u64) -> Option<u64> {
        self.group_at(at).filter(|group| at >= group.rows().0).map(|group| group.first)
    }

    fn is_loading(&self) -> bool {
        let rows = |group: &Group| {
            let seen = group.within(self.wanted).and_then(|_| self.inside.get(&group.key));
            seen.is_some_and(|inside| inside.source.is_loading())
        };
        self.gathering.is_some() || self.groups().iter().any(rows)
    }
}
