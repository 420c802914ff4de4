//! What is selected in a list: how many rows, their sums as the engine adds them, and the rows as a table to copy.

use egui::Ui;
use serde_json::{Map, Value as Json, json};

use super::{ListSpec, Pages};
use crate::base::error::{Error, Result};
use crate::engine::worker::Lane;
use crate::ui::desk::Desk;
use crate::ui::grid::{self, Chosen, Column, FooterCell, GridState, Look, Selection};
use crate::ui::list::{key, money, plain};
use crate::ui::loader::{Loader, Sending};

/// The most rows that are looked through for a copy.
const MOST: usize = 10_000;
/// Rows of one question.
const PAGE: usize = 500;

/// What is selected.
#[derive(Default)]
pub(super) struct Selected {
    sums: Loader<Vec<Json>>,
    copying: Option<Copying>,
}

/// Rows on their way to the clipboard.
struct Copying {
    chosen: Chosen,
    shown: Vec<usize>,
    lines: Vec<String>,
    seen: usize,
    page: Sending<Vec<Json>>,
}

/// A list, and what is asked of it.
type Asked<'a> = (&'a ListSpec, &'a Json);

impl Selected {
    /// Something else is selected, or the rows changed.
    pub fn forget(&mut self) {
        self.sums.forget();
    }

    /// What the totals row says of the selection, below so many lines.
    pub fn footer(
        &mut self,
        (spec, filter): (&ListSpec, &Map<String, Json>),
        (selection, total): (&Selection, u64),
        desk: &Desk,
        from: u8,
    ) -> Vec<FooterCell> {
        let (false, Some(count)) = (selection.is_empty(), selection.count(total)) else { return Vec::new() };
        let text = desk.say_with("ui.rows_selected", &[("count", &count.to_string())]);
        let mut cells = vec![FooterCell::left(text).look(Look::Accent).line(from)];
        if spec.totals.is_none() {
            return cells;
        }
        let ask = || {
            let mut wanted = json!({"list": spec.query, "filter": filter});
            let (name, keys) = match selection.chosen() {
                Some(Chosen::AllBut(keys)) => ("but", keys),
                Some(Chosen::Only(keys)) => ("only", keys),
                None => ("only", Default::default()),
            };
            if let Json::Object(fields) = &mut wanted {
                fields.insert(name.to_owned(), keys.into_iter().collect());
            }
            desk.handle.ask_json(Lane::Background, &desk.call, "selection-totals", wanted)
        };
        let sums = self.sums.keep(desk.revision(spec.tables), ask).map_or(&[][..], Vec::as_slice);
        let there = sums.iter().filter(|row| row.get("count").and_then(Json::as_i64) != Some(0));
        for (line, row) in (from..=u8::MAX).zip(there) {
            let written = |sum: &str| money(&plain(row, sum), &plain(row, "currency"), desk);
            let sums = spec.sums.iter().map(|sum| FooterCell::under(sum, written(sum)));
            cells.extend(sums.map(|cell| cell.look(Look::Accent).line(line)));
        }
        cells
    }

    /// Begins to copy rows that are not all loaded: the list is walked from its beginning.
    pub fn copy(&mut self, (spec, arguments): Asked, (grid, columns): (&GridState, &[Column]), desk: &Desk) {
        let (Some(chosen), true) = (grid.selection.chosen(), spec.pages != Pages::Whole) else { return };
        let shown = grid.copied(columns);
        let mut copying = Copying { chosen, shown, lines: Vec::new(), seen: 0, page: Sending::none() };
        copying.ask(spec, arguments, None, desk);
        self.copying = Some(copying);
    }

    /// Goes on copying; the table once it is whole. Rejected where too many rows would have to be looked through.
    pub fn copied(
        &mut self,
        ui: &Ui,
        (spec, arguments): Asked,
        columns: &[Column],
        desk: &Desk,
    ) -> Option<Result<String>> {
        let copying = self.copying.as_mut()?;
        let page = match copying.page.poll()? {
            Ok(page) => page,
            Err(error) => {
                self.copying = None;
                return Some(Err(error));
            }
        };
        copying.take(&page, spec, desk);
        if page.len() == PAGE && copying.wants() {
            if copying.seen >= MOST {
                self.copying = None;
                return Some(Err(too_many()));
            }
            copying.ask(spec, arguments, page.last(), desk);
            return None;
        }
        let lines = std::mem::take(&mut copying.lines).join("\n");
        let table = format!("{}\n{lines}", grid::heading(ui, columns, &copying.shown));
        self.copying = None;
        Some(Ok(table))
    }
}

/// Why so many rows are not copied.
pub fn too_many() -> Error {
    Error::rejected("error.too_many_to_copy").arg("most", MOST)
}

impl Copying {
    fn ask(&mut self, spec: &ListSpec, arguments: &Json, behind: Option<&Json>, desk: &Desk) {
        let mut arguments = arguments.clone();
        if let Json::Object(fields) = &mut arguments {
            fields.insert("limit".to_owned(), PAGE.into());
            if let Some(after) = behind.and_then(|row| row.get("after").or(row.get("id"))) {
                fields.insert("after".to_owned(), after.clone());
            }
        }
        self.page.put(desk.handle.ask_json(Lane::Background, &desk.call, spec.query, arguments));
    }

    fn take(&mut self, page: &[Json], spec: &ListSpec, desk: &Desk) {
        self.seen = self.seen.saturating_add(page.len());
        let chosen = page.iter().filter(|row| match &self.chosen {
            Chosen::Only(keys) => keys.contains(&key(row)),
            Chosen::AllBut(keys) => !keys.contains(&key(row)),
        });
        self.lines.extend(chosen.map(|row| grid::line(&spec.row(row, desk), &self.shown)));
    }

    /// Whether rows are still missing.
    fn wants(&self) -> bool {
        match &self.chosen {
            Chosen::Only(keys) => self.lines.len() < keys.len(),
            Chosen::AllBut(_) => true,
        }
    }
}
