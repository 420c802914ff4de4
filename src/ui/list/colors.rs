//! The colours that a person's rules give to rows and cells, as pairs of the theme; rows are asked once, when they come.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::base::color_rule::{Color, ColorRules, Seen};
use crate::engine::ticket::Slot;
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::grid::Row;
use crate::ui::list::{ListSpec, key};

/// The pair of the theme by which a colour is painted: each is checked for contrast when a theme is loaded.
pub fn pair(color: Color) -> &'static str {
    match color {
        Color::Grey => "draft",
        Color::Blue => "new",
        Color::Yellow => "in_work",
        Color::Violet => "waiting",
        Color::Teal => "ready",
        Color::Green => "done",
        Color::Red => "overdue",
        Color::Dark => "cancelled",
    }
}

/// Gives a row the colours of the rules that hold.
pub fn dress((row, told): (&mut Row, &Json), (spec, rules): (&ListSpec, &ColorRules), fresh: bool, desk: &Desk) {
    row.fresh = fresh;
    row.paint = None;
    row.cells.iter_mut().for_each(|cell| cell.paint = None);
    if rules.is_empty() {
        return;
    }
    let place = |field: &str| spec.columns.iter().position(|column| column.field == field);
    let besides: Vec<_> = spec.fields.iter().map(|field| (field.field, field.cell(told, desk).text)).collect();
    let painted = {
        let cells = &row.cells;
        let beside = |field: &str| besides.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str());
        let shown =
            |field: &str| place(field).and_then(|at| cells.get(at)).map(|cell| cell.text.as_str()).or(beside(field));
        rules.paint(&Seen { told, shown: &shown, changed: fresh })
    };
    row.paint = painted.row.map(pair);
    for (field, color) in painted.cells {
        if let Some(cell) = place(&field).and_then(|at| row.cells.get_mut(at)) {
            cell.paint = Some(pair(color));
        }
    }
}

/// Of so many rows it is remembered whether they were changed, until anything changes.
const MOST_KNOWN: usize = 20_000;

/// How seldom it is noted that the list is looked at, in milliseconds.
const NOTED: i64 = 5 * 60 * 1000;

/// Which rows other people changed since who sits here looked at the list before.
#[derive(Default)]
pub(super) struct News {
    since: Option<i64>,
    noted: i64,
    known: BTreeMap<i64, bool>,
    // Those that were asked since anything changed; of the others what was known is shown.
    sure: BTreeSet<i64>,
    asked: BTreeSet<i64>,
    asking: Slot<Vec<Json>>,
}

impl News {
    /// The same for other rows of the list.
    pub fn another(&mut self, desk: &Desk, spec: &ListSpec) -> News {
        let since = Some(self.look(desk, spec));
        News { since, noted: self.noted, ..News::default() }
    }

    /// The rows may have changed since they were asked.
    pub fn forget(&mut self) {
        if self.known.len() > MOST_KNOWN {
            self.known.clear();
        }
        self.sure.clear();
        self.asked.clear();
        self.asking.clear();
    }

    /// Whether another person changed the row.
    pub fn has(&self, key: i64) -> bool {
        self.known.get(&key).copied().unwrap_or_default()
    }

    /// Notes that the list is looked at, takes the answer that came and asks for rows that are not known; whether an
    /// answer came.
    pub fn serve<'r>(&mut self, desk: &Desk, spec: &ListSpec, rows: impl Iterator<Item = &'r Json>) -> bool {
        let since = self.look(desk, spec);
        let answer = self.asking.poll();
        let answered = answer.is_some();
        if let Some(answer) = answer {
            // Where it was refused nothing is marked.
            let changed: BTreeSet<i64> = answer.iter().flatten().map(key).collect();
            let asked = std::mem::take(&mut self.asked);
            self.sure.extend(&asked);
            self.known.extend(asked.into_iter().map(|id| (id, changed.contains(&id))));
        }
        if self.asked.is_empty() {
            self.asked = rows.map(key).filter(|id| !self.sure.contains(id)).collect();
            if !self.asked.is_empty() {
                let arguments = json!({"list": spec.query, "since": since, "ids": self.asked});
                self.asking.ask(|| desk.handle.ask_json(Lane::Background, &desk.call, "changed-since", arguments));
            }
        }
        answered
    }

    /// All of it is seen: it is counted from now on.
    pub fn see(&mut self, desk: &Desk, spec: &ListSpec) {
        let now = desk.now().millis();
        *self = News { since: Some(now), noted: now, ..News::default() };
        desk.layouts.keep(&looked(spec), &now);
    }

    fn look(&mut self, desk: &Desk, spec: &ListSpec) -> i64 {
        let (part, now) = (looked(spec), desk.now().millis());
        let since = *self.since.get_or_insert_with(|| desk.layouts.kept(&part).unwrap_or(now));
        if now.saturating_sub(self.noted) >= NOTED {
            self.noted = now;
            desk.layouts.keep(&part, &now);
        }
        since
    }
}

/// Under this name it is kept when the list was looked at.
fn looked(spec: &ListSpec) -> String {
    format!("looked.{}", spec.query)
}
