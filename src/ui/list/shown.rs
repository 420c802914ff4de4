//! What a list shows: its rows one behind the other, or brought together in groups.

use egui::Ui;
use serde_json::{Map, Value as Json};

use crate::base::color_rule::ColorRules;
use crate::base::error::Error;
use crate::ui::desk::Desk;
use crate::ui::grid::{GridEvent, GroupBy, Row, Rows};
use crate::ui::list::grouped::Grouped;
use crate::ui::list::source::Source;
use crate::ui::list::{ListSpec, ListView};
use crate::ui::tokens::Tokens;

/// The rows of a list.
#[derive(Default)]
pub(super) struct Shown {
    flat: Source,
    grouped: Option<Grouped>,
}

impl Shown {
    /// Brings rows together, or no longer.
    pub fn group(&mut self, way: Option<&'static GroupBy>) {
        if self.grouped.as_ref().map(|grouped| grouped.way.name) != way.map(|way| way.name) {
            self.grouped = way.map(Grouped::new);
            self.flat.restart();
        }
    }

    /// How many rows there are besides those of groups, where that is known.
    pub fn documents(&self) -> Option<u64> {
        if self.grouped.is_some() { self.flat.count } else { self.flat.count() }
    }

    /// So many rows match.
    pub fn counted(&mut self, count: u64) {
        self.flat.count = Some(count);
    }

    /// How many rows match, where totals said so.
    pub fn matches(&self) -> Option<u64> {
        self.flat.count
    }

    /// Forgets the order of rows: another filter or sort.
    pub fn restart(&mut self) {
        self.flat.restart();
        if let Some(grouped) = &mut self.grouped {
            grouped.restart();
        }
    }

    /// What is loaded is shown until it is there anew.
    pub fn grow_old(&mut self) {
        self.flat.grow_old();
        if let Some(grouped) = &mut self.grouped {
            grouped.grow_old();
        }
    }

    /// Rows get the colours of these rules.
    pub fn color(&mut self, rules: ColorRules, spec: &ListSpec, desk: &Desk) {
        if let Some(grouped) = &mut self.grouped {
            grouped.color(&rules, spec, desk);
        }
        self.flat.color(rules, spec, desk);
    }

    /// All that others changed is seen now.
    pub fn see(&mut self, desk: &Desk, spec: &ListSpec) {
        self.flat.see(desk, spec);
        if let Some(grouped) = &mut self.grouped {
            grouped.see(desk, spec);
        }
    }

    /// The loaded rows with their answers, from the first one on.
    pub fn loaded(&self) -> impl Iterator<Item = (&Row, &Json)> {
        let flat = self.grouped.is_none().then(|| self.flat.loaded());
        flat.into_iter().flatten().chain(self.grouped.iter().flat_map(Grouped::loaded))
    }

    /// The answer of the row with this key, if it is loaded.
    pub fn told(&self, key: i64) -> Option<&Json> {
        self.grouped.as_ref().map_or_else(|| self.flat.told(key), |grouped| grouped.told(key))
    }

    /// Whether the list is known to hold nothing.
    pub fn is_empty(&self) -> bool {
        self.grouped.as_ref().map_or_else(|| self.flat.is_empty(), Grouped::is_empty)
    }

    /// Why the newest question was refused.
    pub fn error(&self) -> Option<&Error> {
        self.grouped.as_ref().map_or(self.flat.error.as_ref(), Grouped::error)
    }

    /// Asks again after an error.
    pub fn retry(&mut self) {
        match &mut self.grouped {
            Some(grouped) => grouped.retry(),
            None => self.flat.retry(),
        }
    }

    /// Takes the answers that came and asks for what is seen and lacks.
    pub fn serve(&mut self, desk: &Desk, spec: &ListSpec, filter: &Map<String, Json>, sort: &str) {
        match &mut self.grouped {
            Some(grouped) => grouped.serve(desk, (spec, filter, sort), &mut self.flat),
            None => self.flat.serve(desk, spec, filter, sort),
        }
    }

    fn rows(&self) -> &dyn Rows {
        self.grouped.as_ref().map_or(&self.flat as &dyn Rows, |grouped| grouped)
    }

    /// The rows for the grid.
    pub fn rows_mut(&mut self) -> &mut dyn Rows {
        match &mut self.grouped {
            Some(grouped) => grouped,
            None => &mut self.flat,
        }
    }

    /// Whether the row at this place is loaded.
    pub fn has(&self, at: u64) -> bool {
        self.rows().row(at).is_some()
    }
}

impl ListView {
    /// Asks for the pictures of the rows that are seen, where a column shows them.
    pub(super) fn serve_pictures(&mut self, ui: &Ui, desk: &Desk) {
        let column = self.columns.iter().position(|column| column.picture && self.grid.is_shown(column));
        let Some(column) = column else { return };
        let side = (Tokens::of(ui).row_height() * ui.pixels_per_point()).ceil() as u32;
        let rows = self.source.rows();
        let hash = |at: u64| rows.row(at)?.cells.get(column)?.picture.as_deref();
        let seen: Vec<&str> = self.grid.seen().filter_map(hash).collect();
        self.pictures.serve(ui.ctx(), side, &seen, desk);
    }

    /// Opens and closes groups and selects their rows, as the events ask.
    pub(super) fn branch(&mut self, events: &mut Vec<GridEvent>) {
        let Some(grouped) = &mut self.source.grouped else { return };
        let mut selects = false;
        for event in events.iter() {
            match event {
                GridEvent::Branched { at, open } => {
                    // Places are others then: what was selected by places is known by its keys, or let go.
                    self.grid.selection.settle();
                    grouped.open(*at, *open);
                }
                GridEvent::AllBranched(open) => {
                    self.grid.selection.settle();
                    if let Some((at, key)) = grouped.open_all(*open, self.grid.cursor) {
                        self.grid.go_to_row(at, key);
                    }
                }
                GridEvent::BranchSelected(at) => {
                    selects = true;
                    self.grid.selection.settle();
                    let (from, to) = grouped.opened(*at);
                    match grouped.keys(from, to) {
                        Some(keys) => self.grid.selection.toggle_all(&keys),
                        None => self.grid.selection.take_in(from, to.saturating_sub(1)),
                    }
                }
                _ => {}
            }
        }
        events.extend(selects.then_some(GridEvent::SelectionChanged));
    }
}
