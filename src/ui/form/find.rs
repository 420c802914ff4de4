//! What a reference field finds: asked of its query, as long lists by text, short ones as a whole.

use serde_json::{Map, Value as Json, json};

use crate::base::locale::Lang;
use crate::base::shipped;
use crate::base::text::fold;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::form::spec::{Reference, Search};
use crate::ui::paged::{Page, Paged};
use crate::ui::picker::{Suggestion, Suggestions};

/// The rows a reference can refer to.
#[derive(Debug)]
pub(super) struct Finder {
    reference: &'static Reference,
    rows: Paged<Json>,
    lang: Lang,
    wanted: String,
    /// Whether an answer was not looked at yet.
    awaited: bool,
    /// What was found for what is wanted.
    pub(super) found: Suggestions,
}

impl Finder {
    pub(super) fn new(reference: &'static Reference) -> Finder {
        Finder {
            reference,
            rows: Paged::default(),
            lang: Lang::EN,
            wanted: String::new(),
            awaited: false,
            found: Suggestions::default(),
        }
    }

    /// Asks for the rows that fit a text.
    pub(super) fn ask(&mut self, desk: &Desk, text: &str) {
        text.clone_into(&mut self.wanted);
        self.lang = desk.lang;
        let at_hand = self.reference.search == Search::Whole && self.rows.value().is_some();
        if at_hand && !text.is_empty() {
            return self.offer();
        }
        self.rows.forget();
        self.keep(desk);
        if at_hand {
            self.offer();
        }
    }

    /// Asks for more of the rows that fit.
    pub(super) fn ask_more(&mut self, desk: &Desk) {
        self.rows.grow();
        self.keep(desk);
    }

    fn keep(&mut self, desk: &Desk) {
        let (reference, wanted) = (self.reference, self.wanted.as_str());
        let ask = |page: &Page| {
            desk.handle.ask_json(Lane::Interactive, &desk.call, reference.query, arguments(reference, wanted, page))
        };
        self.rows.keep(0, ask);
        self.awaited = true;
    }

    /// Takes the answer that came; whether one came.
    pub(super) fn poll(&mut self) -> bool {
        self.rows.poll();
        let came = self.awaited && !self.rows.is_loading();
        if came {
            self.awaited = false;
            match self.rows.error() {
                Some(error) => self.found.fail(error.clone()),
                None => self.offer(),
            }
        }
        came
    }

    /// The row with this id.
    pub(super) fn row(&self, id: i64) -> Option<&Json> {
        self.rows.rows().iter().enumerate().find(|(at, row)| id_of(row, *at) == id).map(|(_, row)| row)
    }

    /// The row that is kept under this value, with its id.
    pub(super) fn kept_as(&self, value: &Json) -> Option<(i64, &Json)> {
        let same = |row: &Json| written(row.get(self.reference.key)) == written(Some(value));
        let found = self.rows.rows().iter().enumerate().find(|(_, row)| same(row));
        found.map(|(at, row)| (id_of(row, at), row))
    }

    /// How a row is read: a shipped one in the window's language.
    pub(super) fn label(&self, row: &Json) -> String {
        let told = written(row.get(self.reference.label));
        let kept = self.reference.key == self.reference.label;
        if kept { told } else { shipped::named(self.lang, self.reference.query, &told) }
    }

    fn offer(&mut self) {
        let sought = fold(&self.wanted);
        let mut offered: Vec<(bool, Suggestion)> = Vec::new();
        for (at, row) in self.rows.rows().iter().enumerate() {
            let text = self.label(row);
            let detail = self.reference.detail.map(|column| written(row.get(column))).unwrap_or_default();
            let (name, rest) = (fold(&text), fold(&detail));
            if self.reference.search == Search::ByText || name.contains(&sought) || rest.contains(&sought) {
                offered.push((!name.starts_with(&sought), Suggestion { id: id_of(row, at), text, detail }));
            }
        }
        if self.reference.search == Search::Whole {
            offered.sort_by_key(|(later, _)| *later);
        }
        let offered = offered.into_iter().map(|(_, suggestion)| suggestion).collect();
        if self.reference.search == Search::ByText && self.rows.has_more() {
            self.found.put_first(&self.wanted, offered);
        } else {
            self.found.put(&self.wanted, offered);
        }
    }
}

fn arguments(reference: &Reference, text: &str, page: &Page) -> Json {
    let mut arguments: Map<String, Json> =
        reference.only.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    if reference.search == Search::ByText {
        arguments.extend(page.arguments());
        if !text.is_empty() {
            arguments.insert("text".to_owned(), json!(text));
        }
    }
    Json::Object(arguments)
}

/// The id of a row; its place in the list where it has none.
fn id_of(row: &Json, at: usize) -> i64 {
    let place = || i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
    row.get("id").and_then(Json::as_i64).unwrap_or_else(place)
}

/// A value of a row as text.
pub(super) fn written(value: Option<&Json>) -> String {
    match value {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}
