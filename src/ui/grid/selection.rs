//! Which rows are selected: by key, or all but some, and a stretch of places while Shift is held.

use std::collections::BTreeSet;

use super::rows::Rows;

/// The selected rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    all: bool,
    keys: BTreeSet<i64>,
    stretch: Option<Stretch>,
}

/// The selected rows as whoever acts on them needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    Only(BTreeSet<i64>),
    /// All of the list but these.
    AllBut(BTreeSet<i64>),
}

// From one place to another, both included; its keys as soon as the source told them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    from: u64,
    to: u64,
    keys: Option<Vec<i64>>,
    // Its rows stay selected once their keys are told.
    stays: bool,
}

impl Selection {
    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        !self.all && self.keys.is_empty() && self.stretch.is_none()
    }

    /// Whether the row with this key at this place is selected.
    pub fn has(&self, at: u64, key: i64) -> bool {
        self.has_key(key) || self.stretch.as_ref().is_some_and(|stretch| (stretch.from..=stretch.to).contains(&at))
    }

    fn has_key(&self, key: i64) -> bool {
        self.all != self.keys.contains(&key)
    }

    /// Selects the row, or no longer.
    pub fn toggle(&mut self, at: u64, key: i64) {
        let on = !self.has(at, key);
        self.settle();
        self.set(key, on);
    }

    fn set(&mut self, key: i64, on: bool) {
        if on == self.all {
            self.keys.remove(&key);
        } else {
            self.keys.insert(key);
        }
    }

    /// Selects nothing; whether that changed anything.
    pub fn clear(&mut self) -> bool {
        let changed = !self.is_empty();
        *self = Selection::default();
        changed
    }

    /// Selects everything, also what is not loaded and what comes later.
    pub fn select_all(&mut self) {
        *self = Selection { all: true, ..Selection::default() };
    }

    /// Selects from the anchor to the cursor besides what was selected before; replaces the last such stretch.
    pub fn stretch(&mut self, anchor: u64, cursor: u64) {
        let (from, to) = (anchor.min(cursor), anchor.max(cursor));
        if self.stretch.as_ref().is_none_or(|old| (old.from, old.to) != (from, to)) {
            self.stretch = Some(Stretch { from, to, keys: None, stays: false });
        }
    }

    /// Makes the stretch part of what stays selected, as far as its keys are known.
    pub fn settle(&mut self) {
        if let Some(stretch) = self.stretch.take() {
            for key in stretch.keys.into_iter().flatten() {
                self.set(key, true);
            }
        }
    }

    /// Selects from one place to another, both included, as if row by row: as soon as the source tells their keys.
    pub fn take_in(&mut self, from: u64, to: u64) {
        self.settle();
        self.stretch = Some(Stretch { from, to, keys: None, stays: true });
    }

    /// Selects all these rows; where all of them are selected, none of them any longer.
    pub fn toggle_all(&mut self, keys: &[i64]) {
        self.settle();
        let on = !keys.iter().all(|key| self.has_key(*key));
        keys.iter().for_each(|key| self.set(*key, on));
    }

    /// Lets the stretch go; what was selected before it stays.
    pub fn let_stretch_go(&mut self) {
        self.stretch.take_if(|stretch| !stretch.stays);
    }

    /// Asks the source for the keys of the stretch; whether they came now.
    pub fn ask(&mut self, rows: &mut dyn Rows) -> bool {
        match &mut self.stretch {
            Some(stretch) if stretch.keys.is_none() => {
                stretch.keys = rows.keys(stretch.from, stretch.to.saturating_add(1));
                let (told, stays) = (stretch.keys.is_some(), stretch.stays);
                if told && stays {
                    self.settle();
                }
                told
            }
            _ => false,
        }
    }

    /// How many rows of so many are selected; none while the source still looks for their keys.
    pub fn count(&self, total: u64) -> Option<u64> {
        if self.stretch.as_ref().is_some_and(|stretch| stretch.keys.is_none()) {
            return None;
        }
        let stretched = self.stretch.iter().flat_map(|stretch| stretch.keys.iter().flatten());
        let added = u64::try_from(stretched.filter(|key| !self.has_key(**key)).count()).ok()?;
        let named = u64::try_from(self.keys.len()).ok()?;
        let kept = if self.all { total.saturating_sub(named) } else { named };
        Some(kept.saturating_add(added))
    }

    /// What is selected; none while the source still looks for the keys of a stretch.
    pub fn chosen(&self) -> Option<Chosen> {
        if self.stretch.as_ref().is_some_and(|stretch| stretch.keys.is_none()) {
            return None;
        }
        let mut settled = self.clone();
        settled.settle();
        Some(if settled.all { Chosen::AllBut(settled.keys) } else { Chosen::Only(settled.keys) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::grid::Row;

    // Ten times its place is a row's key; only so many are loaded.
    struct Tens(Vec<Row>);

    fn tens(loaded: i64) -> Tens {
        Tens((0..loaded).map(|at| Row { key: at * 10, ..Row::default() }).collect())
    }

    impl Rows for Tens {
        fn count(&self) -> Option<u64> {
            Some(100)
        }
        fn row(&self, at: u64) -> Option<&Row> {
            self.0.get(usize::try_from(at).unwrap())
        }
        fn want(&mut self, _: u64, _: u64) {}
        fn find(&self, _: i64) -> Option<u64> {
            None
        }
    }

    fn only(keys: &[i64]) -> Option<Chosen> {
        Some(Chosen::Only(keys.iter().copied().collect()))
    }

    #[test]
    fn rows_are_selected_and_let_go_one_by_one() {
        let mut selection = Selection::default();
        selection.toggle(3, 30);
        selection.toggle(5, 50);
        selection.toggle(3, 30);
        assert_eq!(selection.chosen(), only(&[50]));
        assert_eq!(selection.count(100), Some(1));
        assert!(selection.clear() && selection.is_empty() && !selection.clear());
    }

    #[test]
    fn all_but_some_counts_what_is_not_loaded() {
        let mut selection = Selection::default();
        selection.select_all();
        selection.toggle(3, 30);
        assert!(selection.has(99, 990) && !selection.has(3, 30));
        assert_eq!(selection.count(1_000_000), Some(999_999));
        assert_eq!(selection.chosen(), Some(Chosen::AllBut([30].into())));
        selection.toggle(3, 30);
        assert_eq!(selection.count(1_000_000), Some(1_000_000));
    }

    #[test]
    fn a_stretch_grows_and_shrinks_around_its_anchor_and_keeps_what_was_selected_before() {
        let mut selection = Selection::default();
        selection.toggle(9, 90);
        selection.stretch(2, 5);
        selection.ask(&mut tens(20));
        assert_eq!(selection.count(100), Some(5));
        selection.stretch(2, 1);
        assert!(selection.has(1, 10) && !selection.has(5, 50) && selection.has(9, 90));
        selection.ask(&mut tens(20));
        assert_eq!(selection.chosen(), only(&[10, 20, 90]));
        selection.toggle(1, 10);
        assert_eq!(selection.chosen(), only(&[20, 90]));
    }

    #[test]
    fn rows_taken_in_stay_selected_and_are_let_go_together() {
        let mut selection = Selection::default();
        selection.take_in(2, 4);
        selection.let_stretch_go();
        assert!(selection.ask(&mut tens(20)));
        selection.let_stretch_go();
        assert_eq!(selection.chosen(), only(&[20, 30, 40]));
        selection.toggle_all(&[40, 50]);
        assert_eq!(selection.chosen(), only(&[20, 30, 40, 50]));
        selection.toggle_all(&[20, 30]);
        assert_eq!(selection.chosen(), only(&[40, 50]));
    }

    #[test]
    fn a_stretch_over_rows_that_are_not_loaded_is_not_acted_upon_before_they_are() {
        let mut selection = Selection::default();
        selection.stretch(0, 30);
        assert!(!selection.ask(&mut tens(20)));
        assert_eq!((selection.count(100), selection.chosen()), (None, None));
        assert!(selection.ask(&mut tens(40)));
        assert_eq!(selection.count(100), Some(31));
    }
}
