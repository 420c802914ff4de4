//! How a person arranged the columns: order, widths, which are hidden, by what the rows are sorted.

use serde::{Deserialize, Serialize};

use super::branch::GroupBy;
use super::rows::{Column, SPARE};
use super::state::GridState;

/// What a person keeps of a grid from one day to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewConfig {
    /// Columns in their order; those that are not named stand where the program puts them.
    pub columns: Vec<ColumnView>,
    /// By what rows are sorted, the most important first.
    pub sort: Vec<SortView>,
    /// By what they are brought together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// How one column is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnView {
    /// The column's name.
    pub id: String,
    /// Its width in points, where a person changed it.
    pub width: Option<f32>,
    /// Whether it is not shown.
    pub hidden: bool,
    /// Whether it stays where the room lacks and it would be the first to go.
    pub kept: bool,
}

/// One sort of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SortView {
    /// The name of the sort.
    pub by: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// Narrower a column does not get.
pub const COLUMN_LEAST: f32 = 40.0;

/// Wider a column does not get by itself.
pub const COLUMN_MOST: f32 = 600.0;

impl GridState {
    /// What a person keeps of the grid.
    pub fn view(&self) -> ViewConfig {
        let sort = self.sort.iter().map(|(by, descending)| SortView { by: (*by).to_owned(), descending: *descending });
        ViewConfig { columns: self.columns.clone(), sort: sort.collect(), group: self.group.map(str::to_owned) }
    }

    /// Arranges the grid as a person kept it. Columns, sorts and groups that are gone are passed over.
    pub fn set_view(&mut self, view: &ViewConfig, (columns, groups): (&[Column], &[GroupBy])) {
        self.group = groups.iter().map(|way| way.name).find(|name| view.group.as_deref() == Some(name));
        self.columns.clone_from(&view.columns);
        let known = |by: &str| columns.iter().filter_map(|column| column.sort).find(|sort| *sort == by);
        self.sort = view.sort.iter().filter_map(|kept| Some((known(&kept.by)?, kept.descending))).collect();
    }

    // The place of each column in the order of the screen, hidden ones too.
    pub(super) fn order(&self, columns: &[Column]) -> Vec<usize> {
        let place = |id: &str| columns.iter().position(|column| column.id == id);
        let mut order: Vec<usize> = Vec::with_capacity(columns.len());
        for index in self.columns.iter().filter_map(|kept| place(&kept.id)) {
            if !order.contains(&index) {
                order.push(index);
            }
        }
        for index in 0..columns.len() {
            if !order.contains(&index) {
                let before = index.checked_sub(1).and_then(|left| order.iter().position(|known| *known == left));
                order.insert(before.map_or(0, |left| left.saturating_add(1)), index);
            }
        }
        order
    }

    /// The places of the shown columns, in the order of the screen.
    pub fn shown(&self, columns: &[Column]) -> Vec<usize> {
        let seen = |at: &usize| columns.get(*at).is_some_and(|column| self.is_shown(column));
        self.order(columns).into_iter().filter(seen).collect()
    }

    /// The same without those in which pictures stand: what is copied.
    pub fn copied(&self, columns: &[Column]) -> Vec<usize> {
        let text = |at: &usize| columns.get(*at).is_some_and(|column| !column.picture);
        self.shown(columns).into_iter().filter(text).collect()
    }

    /// Whether a person hid this column.
    pub fn is_hidden(&self, id: &str) -> bool {
        self.columns.iter().any(|view| view.id == id && view.hidden)
    }

    /// Whether a column is in sight where there is room: a person did not hide it, and wants it if it is a spare one.
    pub fn is_shown(&self, column: &Column) -> bool {
        !self.is_hidden(column.id) && (column.yields != SPARE || self.is_kept(column.id))
    }

    pub(super) fn width_of(&self, id: &str) -> Option<f32> {
        self.columns.iter().find(|kept| kept.id == id)?.width
    }

    // Every column named, in its order, so that one of them can be changed.
    fn name_all(&mut self, columns: &[Column]) {
        let kept = |id: &str| self.columns.iter().find(|kept| kept.id == id).cloned();
        let named = self.order(columns).into_iter().filter_map(|index| columns.get(index)).map(|column| {
            kept(column.id).unwrap_or_else(|| ColumnView { id: column.id.to_owned(), ..ColumnView::default() })
        });
        let gone = |kept: &&ColumnView| !columns.iter().any(|column| column.id == kept.id);
        // What another list of the same name has besides is kept for it.
        let named: Vec<_> = named.chain(self.columns.iter().filter(gone).cloned()).collect();
        self.columns = named;
    }

    fn change(&mut self, columns: &[Column], id: &str, change: impl FnOnce(&mut ColumnView)) {
        self.name_all(columns);
        if let Some(kept) = self.columns.iter_mut().find(|kept| kept.id == id) {
            change(kept);
        }
    }

    /// Gives a column a width, in points.
    pub fn set_width(&mut self, columns: &[Column], id: &str, width: f32) {
        self.change(columns, id, |kept| kept.width = Some(width.max(COLUMN_LEAST).round()));
    }

    /// Hides a column, or shows it again. The last one stays.
    pub fn set_hidden(&mut self, columns: &[Column], id: &str, hidden: bool) {
        let others = columns.iter().any(|column| column.id != id && self.is_shown(column));
        if others || !hidden {
            self.change(columns, id, |view| (view.hidden, view.kept) = (hidden, view.kept && !hidden));
        }
    }

    /// Keeps a column in sight, also where the room lacks and it would be the first to go.
    pub fn keep(&mut self, columns: &[Column], id: &str) {
        self.change(columns, id, |view| (view.hidden, view.kept) = (false, true));
    }

    /// Whether a person wants this column in sight however little room there is.
    pub(super) fn is_kept(&self, id: &str) -> bool {
        self.columns.iter().any(|view| view.id == id && view.kept)
    }

    /// Puts a column before another one, or last where none is named.
    pub fn put_before(&mut self, columns: &[Column], id: &str, before: Option<&str>) {
        self.name_all(columns);
        if before == Some(id) {
            return;
        }
        if let Some(from) = self.columns.iter().position(|kept| kept.id == id) {
            let moved = self.columns.remove(from);
            let to = before.and_then(|before| self.columns.iter().position(|kept| kept.id == before));
            self.columns.insert(to.unwrap_or(self.columns.len()), moved);
        }
    }

    /// Columns as the program puts them.
    pub fn reset_columns(&mut self) {
        self.columns.clear();
    }

    /// A click on a header: sorts by it alone, or the other way round.
    pub fn sort_by(&mut self, sort: &'static str) {
        let descending = matches!(self.sort.as_slice(), [(by, false), ..] if *by == sort);
        self.sort = vec![(sort, descending)];
    }

    /// A click on a header with Shift held: ascending, descending, not at all, besides the other sorts.
    pub fn sort_also_by(&mut self, sort: &'static str) {
        match self.sort.iter().position(|(by, _)| *by == sort) {
            None => self.sort.push((sort, false)),
            Some(at) if self.sort.get(at).is_some_and(|(_, descending)| *descending) && self.sort.len() > 1 => {
                self.sort.remove(at);
            }
            Some(at) => {
                if let Some((_, descending)) = self.sort.get_mut(at) {
                    *descending = !*descending;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::grid::Align;

    fn columns() -> Vec<Column> {
        let column = |id, grow| Column {
            id,
            title: "",
            width: 100.0,
            align: Align::Left,
            sort: Some(id),
            grow,
            free: grow,
            yields: 0,
            picture: false,
        };
        vec![column("number", false), column("customer", true), column("total", false)]
    }

    fn shown(state: &GridState) -> Vec<(&'static str, f32)> {
        state.laid(&columns(), 500.0).placed.iter().map(|placed| (placed.id, placed.width)).collect()
    }

    #[test]
    fn what_is_left_of_the_room_goes_to_the_columns_that_grow() {
        let mut state = GridState::default();
        assert_eq!(shown(&state), [("number", 100.0), ("customer", 300.0), ("total", 100.0)]);
        state.set_width(&columns(), "total", 150.4);
        assert_eq!(shown(&state), [("number", 100.0), ("customer", 250.0), ("total", 150.0)]);
        state.set_width(&columns(), "customer", 5.0);
        assert_eq!(shown(&state)[1], ("customer", COLUMN_LEAST));
    }

    #[test]
    fn columns_are_moved_hidden_and_put_back() {
        let mut state = GridState::default();
        state.put_before(&columns(), "total", Some("number"));
        state.set_hidden(&columns(), "customer", true);
        assert_eq!(shown(&state), [("total", 100.0), ("number", 100.0)]);
        state.set_hidden(&columns(), "total", true);
        state.set_hidden(&columns(), "number", true);
        assert_eq!(shown(&state), [("number", 100.0)], "the last column stays");
        state.put_before(&columns(), "total", None);
        state.set_hidden(&columns(), "customer", false);
        state.set_hidden(&columns(), "total", false);
        assert_eq!(shown(&state).map_ids(), ["number", "customer", "total"]);
        state.reset_columns();
        assert_eq!(state.view(), ViewConfig::default());
    }

    trait MapIds {
        fn map_ids(&self) -> Vec<&'static str>;
    }

    impl MapIds for Vec<(&'static str, f32)> {
        fn map_ids(&self) -> Vec<&'static str> {
            self.iter().map(|(id, _)| *id).collect()
        }
    }

    #[test]
    fn a_kept_view_comes_back_without_what_is_gone() {
        let mut state = GridState::default();
        state.put_before(&columns(), "total", Some("number"));
        state.set_width(&columns(), "number", 70.0);
        state.sort_by("total");
        state.sort_also_by("number");
        state.sort_also_by("number");
        let text = serde_json::to_string(&state.view()).unwrap();
        let mut kept: ViewConfig = serde_json::from_str(&text).unwrap();
        kept.sort.push(SortView { by: "gone".to_owned(), descending: false });
        kept.columns.push(ColumnView { id: "gone".to_owned(), ..ColumnView::default() });
        kept.columns.retain(|column| column.id != "customer");
        let mut back = GridState::default();
        back.set_view(&kept, (&columns(), &[]));
        assert_eq!(back.sort, [("total", false), ("number", true)]);
        assert_eq!(shown(&back).map_ids(), ["total", "number", "customer"]);
        assert_eq!(shown(&back)[1].1, 70.0);
    }

    #[test]
    fn a_header_sorts_up_and_down_and_shift_adds_it_to_the_others() {
        let mut state = GridState::default();
        state.sort_by("total");
        assert_eq!(state.sort, [("total", false)]);
        state.sort_by("total");
        assert_eq!(state.sort, [("total", true)]);
        state.sort_also_by("number");
        state.sort_also_by("number");
        assert_eq!(state.sort, [("total", true), ("number", true)]);
        state.sort_also_by("number");
        assert_eq!(state.sort, [("total", true)]);
        state.sort_also_by("total");
        assert_eq!(state.sort, [("total", false)]);
        state.sort_by("number");
        assert_eq!(state.sort, [("number", false)]);
    }
}
