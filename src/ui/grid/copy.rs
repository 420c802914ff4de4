//! Rows as text for the clipboard: one line a row, tabs between the columns, also those the window had no room for.

use super::rows::{Row, Rows};
use super::selection::Chosen;
use super::sight::Sight;
use super::state::GridState;

// The selected rows, or the one under the cursor. None where not all of them are loaded.
pub(super) fn text(sight: &Sight, state: &GridState, rows: &dyn Rows) -> Option<String> {
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
    let lines: Option<Vec<_>> = places.into_iter().map(|at| rows.row(at).map(|row| line(sight, row))).collect();
    lines.map(|lines| lines.join("\n"))
}

fn line(sight: &Sight, row: &Row) -> String {
    let indexes = sight.placed.iter().map(|placed| placed.index).chain(sight.aside.iter().map(|slot| slot.index));
    let cells = indexes.filter_map(|index| row.cells.get(index));
    cells.map(|cell| cell.text.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t")
}
