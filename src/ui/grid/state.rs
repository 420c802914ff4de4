//! What a grid remembers between frames, and how keys and clicks change it; nothing is painted here.

use std::ops::Range;

use egui::{Modifiers, Pos2};

use super::needs::Needs;
use super::rows::Rows;
use super::scroll::Top;
use super::selection::Selection;
use super::view::ColumnView;
use crate::ui::menu::Menu;

/// What a grid remembers between frames.
/// Wide: where the list stands, how it is arranged and what is under way.
#[derive(Clone, Debug, Default)]
pub struct GridState {
    /// Where the list stands.
    pub top: Top,
    /// The row the keys act on, counted from 0.
    pub cursor: u64,
    /// The rows that are selected besides.
    pub selection: Selection,
    /// Names of sorts, the most important first; whether the greatest comes first.
    pub sort: Vec<(&'static str, bool)>,
    /// By what rows are brought together.
    pub group: Option<&'static str>,
    /// Whether a press puts the cursor into the cell under the mouse, and not only on its row.
    pub by_cell: bool,
    pub(super) columns: Vec<ColumnView>,
    pub(super) column: Option<&'static str>,
    pub(super) side: f32,
    pub(super) anchor: u64,
    pub(super) extent: Extent,
    pub(super) follow: Follow,
    pub(super) doing: Doing,
}

// How long the list is and how many rows fit, with parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    pub total: u64,
    pub seen: f32,
}

// The cursor stays on its row when rows come and go around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Follow {
    key: Option<i64>,
    told: Option<i64>,
    // Frames in which the old rows may still be there.
    rewound: u8,
}

// What is under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Doing {
    pub thumb: Option<f32>,
    pub loading_since: Option<f64>,
    pub focus: bool,
    pub lit: bool,
    pub menu: Option<(Menu, &'static str)>,
    pub asked: Option<&'static str>,
    pub needs: Needs,
}

/// A step of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// As many rows up as are seen.
    PageUp,
    /// As many rows down as are seen.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// What a step does to the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Lets the stretch go that Shift made; rows selected one by one stay.
    Plain,
    /// Leaves the selection alone.
    Keep,
    /// Selects from where it began.
    Extend,
}

impl How {
    /// What the held modifiers mean.
    pub fn of(modifiers: Modifiers) -> How {
        match (modifiers.shift, modifiers.command) {
            (true, _) => How::Extend,
            (false, true) => How::Keep,
            (false, false) => How::Plain,
        }
    }
}

impl GridState {
    /// The keyboard goes to the grid at its next drawing.
    pub fn focus(&mut self) {
        self.doing.focus = true;
    }

    /// The rows that are seen, also in part.
    pub fn seen(&self) -> Range<u64> {
        let rows = (self.extent.seen + self.top.frac).ceil() as u64;
        self.top.first..self.top.first.saturating_add(rows).min(self.extent.total)
    }

    /// Back to the first row, nothing selected: for another filter or order.
    pub fn rewind(&mut self) {
        self.top = Top::default();
        self.cursor = 0;
        self.anchor = 0;
        self.selection.clear();
        self.follow = Follow { told: self.follow.told, key: None, rewound: 2 };
    }

    /// The key of the row under the cursor, if it is loaded.
    pub fn cursor_key(&self) -> Option<i64> {
        self.follow.key
    }

    /// The column the cursor stands in, once a person went sideways.
    pub fn column(&self) -> Option<&'static str> {
        self.column
    }

    /// Puts the cursor on a row and shows it.
    pub fn go_to(&mut self, at: u64) {
        self.put(at);
        self.anchor = self.cursor;
        self.show_cursor();
    }

    /// The same where the rows are about to be others: the one with this key will stand there.
    pub fn go_to_row(&mut self, at: u64, key: i64) {
        self.extent.total = self.extent.total.max(at.saturating_add(1));
        self.go_to(at);
        self.follow = Follow { key: Some(key), rewound: 0, ..self.follow };
    }

    /// One step of the cursor; it is seen afterwards.
    pub fn step(&mut self, step: Step, how: How) {
        let page = (self.extent.seen as u64).saturating_sub(1).max(1);
        let to = match step {
            Step::Up => self.cursor.saturating_sub(1),
            Step::Down => self.cursor.saturating_add(1),
            Step::PageUp => self.cursor.saturating_sub(page),
            Step::PageDown => self.cursor.saturating_add(page),
            Step::First => 0,
            Step::Last => u64::MAX,
        };
        self.put(to);
        match how {
            How::Plain => self.selection.let_stretch_go(),
            How::Keep => self.selection.settle(),
            How::Extend => self.selection.stretch(self.anchor, self.cursor),
        }
        if how != How::Extend {
            self.anchor = self.cursor;
        }
        self.show_cursor();
    }

    /// A click on a row. It does not scroll: the second click of two must find the same row.
    pub fn click(&mut self, at: u64, key: i64, how: How) {
        let (was, was_key) = (self.cursor, self.follow.key);
        self.put(at);
        match how {
            How::Extend => return self.selection.stretch(self.anchor, self.cursor),
            How::Plain => {
                self.selection.clear();
            }
            How::Keep => {
                // The row the cursor left was lit like a selected one, so it stays.
                if let Some(was_key) = was_key.filter(|_| self.selection.is_empty() && was != at) {
                    self.selection.toggle(was, was_key);
                }
                self.selection.toggle(at, key);
            }
        }
        self.anchor = self.cursor;
    }

    /// A click with the other button: what is selected stays if the row belongs to it.
    pub fn click_for_menu(&mut self, at: u64, key: i64) {
        if !self.selection.has(at, key) {
            self.selection.clear();
            self.anchor = at;
        }
        self.put(at);
    }

    /// Scrolls by rows and parts of rows; the cursor stays where it is.
    pub fn scroll(&mut self, by: f64) {
        self.top = self.top.moved(by).within(self.extent.total, self.extent.seen);
    }

    /// Whether the row is painted as one that is acted upon: selected, or under the cursor while nothing is.
    pub fn is_lit(&self, at: u64, key: i64) -> bool {
        if self.selection.is_empty() { at == self.cursor } else { self.selection.has(at, key) }
    }

    fn put(&mut self, at: u64) {
        let at = at.min(self.extent.total.saturating_sub(1));
        if at != self.cursor {
            self.follow.key = None;
            self.follow.rewound = 0;
        }
        self.cursor = at;
    }

    fn show_cursor(&mut self) {
        self.top = self.top.showing(self.cursor, self.extent.total, self.extent.seen);
    }

    // The list has this length now and this many rows fit.
    pub(super) fn fit(&mut self, extent: Extent) {
        self.extent = extent;
        self.cursor = self.cursor.min(extent.total.saturating_sub(1));
        self.anchor = self.anchor.min(extent.total.saturating_sub(1));
        self.top = self.top.within(extent.total, extent.seen);
    }

    // Finds the cursor's row again after rows came or went; the key that is to be told, if it is another one.
    pub(super) fn follow(&mut self, rows: &dyn Rows) -> Option<Option<i64>> {
        let here = rows.row(self.cursor).map(|row| row.key);
        if self.follow.rewound > 0 {
            if !rows.is_loading() {
                self.follow.rewound -= 1;
            }
        } else if let Some(here) = here {
            let gone = self.follow.key.filter(|key| *key != here);
            match gone.and_then(|key| rows.find(key)) {
                Some(at) if at < self.extent.total => self.move_along(at),
                _ => self.follow.key = Some(here),
            }
        }
        let none = rows.count() == Some(0);
        if none {
            self.follow.key = None;
        }
        let changed = self.follow.key != self.follow.told && (self.follow.key.is_some() || none);
        if changed {
            self.follow.told = self.follow.key;
        }
        changed.then_some(self.follow.key)
    }

    // At the very top the list stays, so that new rows are seen; elsewhere the row stays where it lies.
    fn move_along(&mut self, at: u64) {
        if self.top != Top::default() {
            let by = at as f64 - self.cursor as f64;
            self.top = self.top.moved(by).within(self.extent.total, self.extent.seen);
        }
        self.cursor = at;
        self.anchor = at;
        self.show_cursor();
    }

    // A menu of a column opens.
    pub(super) fn open_column_menu(&mut self, column: &'static str, at: Pos2) {
        self.doing.menu = Some((Menu::at(at), column));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::grid::{Chosen, Row};

    fn state(total: u64) -> GridState {
        let mut state = GridState::default();
        state.fit(Extent { total, seen: 20.5 });
        state
    }

    #[test]
    fn the_cursor_is_seen_after_every_step() {
        let mut state = state(1_000_000);
        state.step(Step::Last, How::Plain);
        assert_eq!((state.cursor, state.top), (999_999, Top { first: 999_979, frac: 0.5 }));
        state.step(Step::PageUp, How::Plain);
        assert_eq!((state.cursor, state.top.first), (999_980, 999_979));
        state.step(Step::PageUp, How::Plain);
        assert_eq!((state.cursor, state.top), (999_961, Top::at(999_961)));
        state.step(Step::First, How::Plain);
        state.step(Step::Up, How::Plain);
        assert_eq!((state.cursor, state.top), (0, Top::default()));
        state.scroll(500.25);
        assert_eq!((state.cursor, state.top), (0, Top { first: 500, frac: 0.25 }));
        state.step(Step::Down, How::Plain);
        assert_eq!((state.cursor, state.top), (1, Top::at(1)));
    }

    #[test]
    fn an_empty_list_takes_every_step() {
        let mut state = state(0);
        for step in [Step::Up, Step::Down, Step::PageUp, Step::PageDown, Step::First, Step::Last] {
            state.step(step, How::Extend);
            assert_eq!((state.cursor, state.top), (0, Top::default()));
        }
    }

    #[test]
    fn shift_extends_from_the_anchor_and_a_plain_step_lets_go() {
        let mut state = state(100);
        state.click(10, 10, How::Plain);
        state.step(Step::Down, How::Extend);
        state.step(Step::Down, How::Extend);
        assert!(state.is_lit(10, 10) && state.is_lit(12, 12) && !state.is_lit(13, 13));
        state.step(Step::Down, How::Plain);
        assert!(state.selection.is_empty() && state.is_lit(13, 13));
        state.click(13, 13, How::Keep);
        state.step(Step::Down, How::Plain);
        assert!(state.is_lit(13, 13) && !state.is_lit(14, 14), "rows selected one by one stay");
    }

    #[test]
    fn clicks_select_as_in_every_list() {
        let mut state = state(100);
        let rows = Fixed((0..100).collect());
        state.click(4, 4, How::Plain);
        state.follow(&rows);
        state.click(6, 6, How::Keep);
        assert_eq!(state.selection.chosen(), Some(Chosen::Only([4, 6].into())));
        state.click_for_menu(4, 4);
        assert_eq!(state.selection.count(100), Some(2));
        state.click_for_menu(9, 9);
        assert!(state.selection.is_empty() && state.is_lit(9, 9));
        state.click(12, 12, How::Extend);
        assert!(state.is_lit(9, 9) && state.is_lit(12, 12));
    }

    struct Fixed(Vec<i64>);

    impl Rows for Fixed {
        fn count(&self) -> Option<u64> {
            Some(self.0.len().try_into().unwrap())
        }
        fn row(&self, at: u64) -> Option<&Row> {
            let key = *self.0.get(usize::try_from(at).unwrap())?;
            Some(Box::leak(Box::new(Row { key, ..Row::default() })))
        }
        fn want(&mut self, _: u64, _: u64) {}
        fn find(&self, key: i64) -> Option<u64> {
            self.0.iter().position(|known| *known == key).map(|at| at.try_into().unwrap())
        }
    }

    #[test]
    fn the_cursor_stays_on_its_row_when_others_come() {
        let mut state = state(100);
        state.go_to(50);
        let top = state.top;
        assert_eq!(state.follow(&Fixed((0..100).collect())), Some(Some(50)));
        state.fit(Extent { total: 103, ..state.extent });
        let longer = Fixed((-3..100).collect());
        assert_eq!(state.follow(&longer), None);
        assert_eq!((state.cursor, state.top), (53, top.moved(3.0)));
        assert_eq!(state.follow(&Fixed((200..303).collect())), Some(Some(253)), "its row is gone");
        assert_eq!(state.follow(&Fixed(Vec::new())), Some(None));
    }

    #[test]
    fn after_rewinding_the_first_of_the_new_rows_is_the_current_one() {
        let mut state = state(100);
        let old = Fixed((0..100).collect());
        state.go_to(50);
        state.follow(&old);
        state.rewind();
        assert_eq!(state.follow(&old), None);
        let turned = Fixed((0..100).rev().collect());
        assert_eq!((state.follow(&turned), state.follow(&turned)), (None, Some(Some(99))));
        assert_eq!(state.cursor, 0);
    }
}
