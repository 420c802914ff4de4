//! Rows that are asked for page by page: the next page when the end of those that are there comes into sight.

use serde_json::{Map, Value as Json, json};

use crate::base::error::Error;
use crate::engine::select::Listed;
use crate::engine::ticket::{Slot, Ticket};

/// Rows of one question.
const PAGE: usize = 20;
/// A query gives no more at once.
const MOST: usize = 500;

/// What is asked of a query at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// So many rows.
    pub limit: i64,
    /// Only those behind the row with this key.
    pub after: Option<String>,
}

impl Page {
    /// The arguments of a query by its name.
    pub fn arguments(&self) -> Map<String, Json> {
        let after = self.after.as_ref().map(|after| ("after".to_owned(), json!(after)));
        [("limit".to_owned(), json!(self.limit))].into_iter().chain(after).collect()
    }
}

/// A row that knows the key which asks for what comes after it.
pub trait Behind {
    /// The key.
    fn after(&self) -> Option<&str>;
}

impl Behind for Json {
    fn after(&self) -> Option<&str> {
        self.get("after")?.as_str()
    }
}

impl<T> Behind for Listed<T> {
    fn after(&self) -> Option<&str> {
        Some(&self.after)
    }
}

/// The rows so far.
#[derive(Debug)]
pub struct Paged<T> {
    rows: Option<Vec<T>>,
    asking: Slot<Vec<T>>,
    /// What is awaited.
    asked: Page,
    /// The revision of the tables at which the first page was asked for.
    revision: Option<u64>,
    ended: bool,
    wanted: bool,
    error: Option<Error>,
}

impl<T> Default for Paged<T> {
    fn default() -> Paged<T> {
        let asked = Page { limit: 0, after: None };
        let (rows, revision, error) = (None, None, None);
        Paged { rows, asking: Slot::default(), asked, revision, ended: false, wanted: false, error }
    }
}

impl<T: Behind> Paged<T> {
    /// Asks for the first page if it was never asked for at this revision of its tables, else for the next one if more
    /// is wanted; takes the answer that came. The rows that are shown, old until the new ones are there.
    pub fn keep(&mut self, revision: u64, ask: impl FnOnce(&Page) -> Ticket<Vec<T>>) -> Option<&[T]> {
        let wanted = std::mem::take(&mut self.wanted);
        if self.revision != Some(revision) {
            let older = self.revision.replace(revision).map_or(0, |_| self.rows().len());
            let limit = older.clamp(PAGE, MOST);
            self.put_question(Page { limit: i64::try_from(limit).unwrap_or_default(), after: None }, ask);
        } else if let (true, Some(last)) = (wanted && self.has_more() && !self.is_loading(), self.rows().last()) {
            let after = last.after().map(str::to_owned);
            self.put_question(Page { limit: i64::try_from(PAGE).unwrap_or_default(), after }, ask);
        }
        self.poll();
        self.value()
    }

    fn put_question(&mut self, page: Page, ask: impl FnOnce(&Page) -> Ticket<Vec<T>>) {
        self.asking.ask(|| ask(&page));
        self.asked = page;
    }

    /// Takes the answer that came; whether one came.
    pub fn poll(&mut self) -> bool {
        match self.asking.poll() {
            Some(Ok(came)) => {
                self.error = None;
                self.ended = i64::try_from(came.len()).is_ok_and(|count| count < self.asked.limit);
                match (&mut self.rows, &self.asked.after) {
                    (Some(rows), Some(_)) => rows.extend(came),
                    (rows, _) => *rows = Some(came),
                }
                true
            }
            Some(Err(error)) => {
                (self.error, self.ended) = (Some(error), true);
                true
            }
            None => false,
        }
    }
}

impl<T> Paged<T> {
    /// Wants the next page.
    pub fn grow(&mut self) {
        self.wanted = true;
    }

    /// Whether there may be more than the rows so far.
    pub fn has_more(&self) -> bool {
        self.rows.is_some() && !self.ended
    }

    /// Asks for the first page at the next drawing whether or not its tables changed: for other rows.
    pub fn forget(&mut self) {
        if self.revision.take().is_some() {
            self.asking.clear();
        }
        self.wanted = false;
    }

    /// Forgets the rows as well.
    pub fn clear(&mut self) {
        *self = Paged::default();
    }

    /// The rows, once there was an answer.
    pub fn value(&self) -> Option<&[T]> {
        self.rows.as_deref()
    }

    /// The rows so far.
    pub fn rows(&self) -> &[T] {
        self.value().unwrap_or_default()
    }

    /// Why the newest question was refused.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        self.asking.is_asking()
    }
}
