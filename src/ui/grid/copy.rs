//! Rows as a table for the clipboard: a line of headings, one line a row, tabs between the shown columns.

use egui::Ui;

use super::rows::{Column, Row, Rows};
use super::selection::Chosen;
use super::sight::Sight;
use super::state::GridState;
use crate::ui::words;

/// The headings of these columns, by their places.
pub fn heading(ui: &Ui, columns: &[Column], shown: &[usize]) -> String {
    joined(shown.iter().filter_map(|at| columns.get(*at)).map(|column| words::say(ui, column.title)))
}

/// What a row shows in these columns; of a group its name and how many rows it has stand in the first that are empty.
pub fn line(row: &Row, shown: &[usize]) -> String {
    let said = row.branch.iter().flat_map(|branch| [&branch.title.text, &branch.note]);
    let mut said = said.filter(|text| !text.is_empty());
    let cells = shown.iter().filter_map(|at| row.cells.get(*at));
    joined(cells.map(|cell| if cell.text.is_empty() { said.next().unwrap_or(&cell.text) } else { &cell.text }.clone()))
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.map(|text| text.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t")
}

// The selected rows, or the one under the cursor. None where not all of them are loaded.
pub(super) fn text(ui: &Ui, sight: &Sight, state: &GridState, rows: &dyn Rows) -> Option<String> {
    let places: Vec<u64> = if state.selection.is_empty() {
        vec![state.cursor]
    } else {
        match state.selection.chosen()? {
            Chosen::Only(keys) => keys.into_iter().map(|key| rows.find(key)).collect::<Option<_>>()?,
            // The first row that is not loaded ends it.
            Chosen::AllBut(keys) => {
                let kept = |at: &u64| rows.row(*at).is_none_or(|row| !keys.contains(&row.key));
                (0..sight.total).take_while(|at| rows.row(*at).is_some()).filter(kept).collect()
            }
        }
    };
    if state.selection.count(sight.total).is_some_and(|count| count > 0 && u64::try_from(places.len()) != Ok(count)) {
        return None;
    }
    let mut places = places;
    places.sort_unstable();
    let shown = state.copied(sight.grid.columns);
    let lines: Option<Vec<_>> = places.into_iter().map(|at| rows.row(at).map(|row| line(row, &shown))).collect();
    Some(format!("{}\n{}", heading(ui, sight.grid.columns, &shown), lines?.join("\n")))
}
