//! The pages of a list behind a grid: loaded as they are seen, asked again when their tables changed.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::base::color_rule::ColorRules;
use crate::base::error::Error;
use crate::engine::select::Positions;
use crate::engine::ticket::Slot;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::grid::{Row, Rows};
use crate::ui::list::colors::{News, dress};
use crate::ui::list::{ListSpec, Pages};

/// Rows of one question.
const PAGE: u64 = 100;
/// Pages kept besides those that are seen.
const KEPT: usize = 16;

/// What is loaded of a list.
/// Wide: pages and places, each with what is awaited of them.
#[derive(Default)]
pub(super) struct Source {
    pages: BTreeMap<u64, Page>,
    asking: Slot<Vec<Json>>,
    // The page that is awaited, and of which age it will be.
    asked: Option<(u64, u64)>,
    wanted: (u64, u64),
    // The id at every place, and of which age the list was then.
    places: Option<(u64, Positions)>,
    placing: Slot<Positions>,
    placing_age: Option<u64>,
    // A stretch is selected that is not loaded.
    places_wanted: bool,
    // Grows with every change of filter, order or table; pages of an older one are shown until the new ones are there.
    age: u64,
    revision: Option<u64>,
    /// How many rows there are, where totals said so.
    pub count: Option<u64>,
    end: Option<u64>,
    /// Why the newest question was refused.
    pub error: Option<Error>,
    colors: ColorRules,
    news: News,
}

struct Page {
    age: u64,
    rows: Vec<Row>,
    told: Vec<Json>,
}

impl Page {
    fn behind(&self) -> Option<&str> {
        self.told.last()?.get("after")?.as_str()
    }
}

impl Source {
    /// Forgets the order of rows: another filter or sort. Nothing old is shown any more at another place.
    pub fn restart(&mut self) {
        self.pages.clear();
        self.asking.clear();
        self.asked = None;
        self.places = None;
        self.placing.clear();
        self.count = None;
        self.end = None;
        self.age = self.age.wrapping_add(1);
        self.news.forget();
    }

    /// Another list whose rows get the same colours, nothing of it loaded.
    pub fn another(&mut self, desk: &Desk, spec: &ListSpec) -> Source {
        let news = if self.colors.asks_changes() { self.news.another(desk, spec) } else { News::default() };
        Source { colors: self.colors.clone(), news, ..Source::default() }
    }

    /// Rows get the colours of these rules, those that are loaded at once.
    pub fn color(&mut self, rules: ColorRules, spec: &ListSpec, desk: &Desk) {
        self.colors = rules;
        self.dress(spec, desk);
    }

    fn dress(&mut self, spec: &ListSpec, desk: &Desk) {
        for page in self.pages.values_mut() {
            for (row, told) in page.rows.iter_mut().zip(&page.told) {
                let fresh = self.news.has(row.key);
                dress((row, told), (spec, &self.colors), fresh, desk);
            }
        }
    }

    /// Asks which of the loaded rows other people changed, where a rule asks for that.
    fn learn(&mut self, desk: &Desk, spec: &ListSpec) {
        let rows = self.pages.values().flat_map(|page| &page.told);
        if self.colors.asks_changes() && self.news.serve(desk, spec, rows) {
            self.dress(spec, desk);
        }
    }

    /// All that others changed is seen now.
    pub fn see(&mut self, desk: &Desk, spec: &ListSpec) {
        self.news.see(desk, spec);
        self.dress(spec, desk);
    }

    /// The loaded rows with their answers, from the first one on.
    pub fn loaded(&self) -> impl Iterator<Item = (&Row, &Json)> {
        self.pages.values().flat_map(|page| page.rows.iter().zip(&page.told))
    }

    /// The answer of the row with this key, if it is loaded.
    pub fn told(&self, key: i64) -> Option<&Json> {
        self.pages.values().find_map(|page| {
            let at = page.rows.iter().position(|row| row.key == key)?;
            page.told.get(at)
        })
    }

    /// Whether the list is known to hold nothing.
    pub fn is_empty(&self) -> bool {
        self.pages.get(&0).is_some_and(|page| page.rows.is_empty())
    }

    /// Takes the answer that came and asks for what is seen and lacks.
    pub fn serve(&mut self, desk: &Desk, spec: &ListSpec, filter: &Map<String, Json>, sort: &str) {
        let revision = desk.revision(spec.tables);
        if self.revision.replace(revision).is_some_and(|old| old != revision) {
            self.grow_old();
        }
        if let Some(answer) = self.asking.poll() {
            let asked = self.asked.take();
            match (answer, asked) {
                (Ok(told), Some(asked)) => self.put(asked, told, spec, desk),
                (Ok(_), None) => {}
                (Err(error), _) => self.error = Some(error),
            }
        }
        self.learn(desk, spec);
        self.place(desk, spec, (filter, sort));
        if self.asked.is_none()
            && self.error.is_none()
            && let Some(at) = self.lacking(spec)
        {
            let arguments = self.arguments(at, spec, filter, sort);
            self.asked = Some((at, self.age));
            self.asking.ask(|| desk.handle.ask_json(Lane::Interactive, &desk.call, spec.query, arguments));
        }
    }

    // Before a jump into the middle, and where only sorting gives the order (several sorts, a field of the company's own):
    // every place is asked for once, so that what comes next is found at once.
    fn place(&mut self, desk: &Desk, spec: &ListSpec, (filter, sort): (&Map<String, Json>, &str)) {
        let at = self.lacking(spec).unwrap_or_default();
        let jumps = self.places_wanted || sort.contains([',', '.']) || (at > 0 && self.before(at).is_none());
        if spec.pages == Pages::Placed && jumps && self.placing_age != Some(self.age) {
            self.placing_age = Some(self.age);
            self.places_wanted = false;
            let mut arguments = filter.clone();
            arguments.insert("sort".to_owned(), sort.into());
            let arguments = Json::Object(arguments);
            self.placing.ask(|| desk.handle.positions(Lane::Background, &desk.call, spec.query, arguments));
        }
        if let Some(answer) = self.placing.poll() {
            // Without places, rows are counted up to the page each time.
            self.places = self.placing_age.zip(answer.ok());
        }
    }

    fn before(&self, at: u64) -> Option<&Page> {
        self.pages.get(&at.checked_sub(1)?).filter(|page| page.age == self.age)
    }

    // The ids of a page, where every place is known and nothing has changed since.
    fn ids(&self, at: u64) -> Option<Vec<i64>> {
        let (_, places) = self.places.as_ref().filter(|(age, _)| *age == self.age)?;
        let ids = places.slice(usize::try_from(at.checked_mul(PAGE)?).ok()?, usize::try_from(PAGE).ok()?);
        (!ids.is_empty()).then_some(ids)
    }

    /// What is loaded is shown until it is there anew.
    pub fn grow_old(&mut self) {
        self.error = None;
        self.age = self.age.wrapping_add(1);
        self.end = None;
        self.news.forget();
    }

    /// Asks again after an error.
    pub fn retry(&mut self) {
        self.error = None;
        self.asked = None;
    }

    fn dressed(&self, told: &Json, spec: &ListSpec, desk: &Desk) -> Row {
        let mut row = spec.row(told, desk);
        let fresh = self.news.has(row.key);
        dress((&mut row, told), (spec, &self.colors), fresh, desk);
        row
    }

    fn put(&mut self, (at, age): (u64, u64), told: Vec<Json>, spec: &ListSpec, desk: &Desk) {
        if spec.pages == Pages::Whole {
            self.put_whole(age, told, spec, desk);
            return;
        }
        let rows: Vec<Row> = told.iter().map(|row| self.dressed(row, spec, desk)).collect();
        let count = u64::try_from(rows.len()).unwrap_or(PAGE);
        if count < PAGE {
            self.end = Some(at * PAGE + count);
            self.pages.retain(|page, _| *page <= at);
        }
        self.pages.insert(at, Page { age, rows, told });
        let (from, to) = (self.wanted.0 / PAGE, self.wanted.1 / PAGE);
        while self.pages.len() > KEPT {
            let far = |page: &u64| from.saturating_sub(*page).max(page.saturating_sub(to));
            let Some(farthest) = self.pages.keys().copied().max_by_key(far) else {
                return;
            };
            self.pages.remove(&farthest);
        }
    }

    fn put_whole(&mut self, age: u64, told: Vec<Json>, spec: &ListSpec, desk: &Desk) {
        self.end = u64::try_from(told.len()).ok();
        self.pages.clear();
        let mut rest = told.into_iter().peekable();
        let mut at = 0_u64;
        while at == 0 || rest.peek().is_some() {
            let told: Vec<Json> = rest.by_ref().take(usize::try_from(PAGE).unwrap_or(1)).collect();
            let rows = told.iter().map(|row| self.dressed(row, spec, desk)).collect();
            self.pages.insert(at, Page { age, rows, told });
            at = at.saturating_add(1);
        }
    }

    // The first page that is seen and not there, or there from before the newest change.
    fn lacking(&self, spec: &ListSpec) -> Option<u64> {
        let (from, to) = (self.wanted.0 / PAGE, self.wanted.1.max(1).saturating_sub(1) / PAGE);
        let last = self.end.map(|end| end.saturating_sub(1) / PAGE);
        let lacks = |page: &u64| {
            self.pages.get(page).is_none_or(|page| page.age != self.age) && last.is_none_or(|last| *page <= last)
        };
        let seen = (from..=to).find(lacks)?;
        match spec.pages {
            Pages::Placed | Pages::Skipped => Some(seen),
            // A list without places is walked from its beginning.
            Pages::Walked => (0..=seen).find(lacks),
            Pages::Whole => Some(0),
        }
    }

    fn arguments(&self, at: u64, spec: &ListSpec, filter: &Map<String, Json>, sort: &str) -> Json {
        let mut arguments = filter.clone();
        if spec.pages == Pages::Whole {
            return Json::Object(arguments);
        }
        if !sort.is_empty() {
            arguments.insert("sort".to_owned(), sort.into());
        }
        arguments.insert("limit".to_owned(), PAGE.into());
        let before = self.before(at).filter(|_| !sort.contains([',', '.']) || self.ids(at).is_none());
        if let Some(after) = before.and_then(Page::behind) {
            arguments.insert("after".to_owned(), after.into());
        } else if let Some(id) = before.and_then(|page| page.told.last()).and_then(|row| row.get("id")) {
            arguments.insert("after".to_owned(), id.clone());
        } else if let Some(ids) = self.ids(at) {
            arguments.insert("ids".to_owned(), ids.into());
        } else if at > 0 {
            arguments.insert("skip".to_owned(), json!(at * PAGE));
        }
        Json::Object(arguments)
    }
}

impl Rows for Source {
    fn count(&self) -> Option<u64> {
        if let Some(end) = self.end {
            return Some(end);
        }
        let loaded = self.pages.last_key_value()?;
        let loaded = loaded.0 * PAGE + u64::try_from(loaded.1.rows.len()).unwrap_or(0);
        Some(self.count.unwrap_or(0).max(loaded.saturating_add(1)))
    }

    fn row(&self, at: u64) -> Option<&Row> {
        self.pages.get(&(at / PAGE))?.rows.get(usize::try_from(at % PAGE).ok()?)
    }

    fn want(&mut self, from: u64, to: u64) {
        self.wanted = (from, to);
    }

    fn find(&self, key: i64) -> Option<u64> {
        self.pages.iter().find_map(|(page, content)| {
            let at = content.rows.iter().position(|row| row.key == key)?;
            Some(page * PAGE + u64::try_from(at).ok()?)
        })
    }

    fn keys(&mut self, from: u64, to: u64) -> Option<Vec<i64>> {
        let loaded: Option<Vec<i64>> = (from..to).map(|at| self.row(at).map(|row| row.key)).collect();
        if loaded.is_some() {
            return loaded;
        }
        self.places_wanted = true;
        let (_, places) = self.places.as_ref().filter(|(age, _)| *age == self.age)?;
        let count = to.saturating_sub(from);
        Some(places.slice(usize::try_from(from).ok()?, usize::try_from(count).ok()?))
    }

    fn is_loading(&self) -> bool {
        self.asked.is_some()
    }
}
