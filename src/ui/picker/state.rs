//! What a picker remembers: what is typed, what is chosen, what was found for it.

use crate::base::error::Error;

/// One of the records that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub text: String,
    /// What tells it from others of that name, shown smaller.
    pub detail: String,
}

/// What was found for what is typed.
#[derive(Debug, Default)]
pub struct Suggestions {
    answered: Option<String>,
    rows: Vec<Suggestion>,
    failed: Option<Error>,
    /// Whether there may be more than these.
    more: bool,
}

impl Suggestions {
    /// Puts all that was found for this text.
    pub fn put(&mut self, text: &str, rows: Vec<Suggestion>) {
        (self.answered, self.rows, self.failed, self.more) = (Some(text.to_owned()), rows, None, false);
    }

    /// Puts the first ones that were found for this text; there may be more.
    pub fn put_first(&mut self, text: &str, rows: Vec<Suggestion>) {
        self.put(text, rows);
        self.more = true;
    }

    /// Whether there may be more than the rows that are shown.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// Says why nothing can be found.
    pub fn fail(&mut self, error: Error) {
        (self.answered, self.failed, self.more) = (None, Some(error), false);
        self.rows.clear();
    }

    /// The rows for this text, once they are there.
    pub fn of(&self, text: &str) -> Option<&[Suggestion]> {
        (self.answered.as_deref() == Some(text)).then_some(self.rows.as_slice())
    }

    /// The rows that are shown: for an older text until the newer ones are there.
    pub fn rows(&self) -> &[Suggestion] {
        &self.rows
    }

    /// Why nothing could be found.
    pub fn error(&self) -> Option<&Error> {
        self.failed.as_ref()
    }
}

/// What a picker offers beside choosing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offers {
    /// Ins makes a new record.
    pub create: bool,
    /// F4 opens the whole list elsewhere; else it opens the list below.
    pub list: bool,
    /// Shift+F4 opens the card of what is chosen.
    pub card: bool,
}

/// What a picker wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickerEvent {
    /// What fits this text; everything where it is empty.
    Asked(String),
    /// More of what fits: the end of what was found is in sight.
    MoreAsked,
    /// This record was chosen.
    Chosen(i64),
    /// Nothing is chosen any more.
    Cleared,
    /// A new record is wanted, called so.
    CreateAsked(String),
    /// The whole list is wanted.
    OpenListAsked,
    /// The card of the chosen record is wanted.
    OpenCardAsked(i64),
}

/// What is typed and what is chosen.
#[derive(Clone, Debug, Default)]
pub struct PickerState {
    pub(super) text: String,
    pub(super) chosen: Option<(i64, String)>,
    /// Whether the text is a person's and not the name of what is chosen.
    pub(super) typed: bool,
    pub(super) left: bool,
    pub(super) open: bool,
    pub(super) marked: usize,
    /// Whether the first row is to be taken when it comes: Enter or Tab was faster than the answer.
    pub(super) awaiting: bool,
    /// Whether the focus goes on in the next frame.
    pub(super) onward: bool,
}

impl PickerState {
    /// Nothing is chosen.
    pub fn new() -> PickerState {
        PickerState::default()
    }

    /// This record is chosen.
    pub fn of(id: i64, text: impl Into<String>) -> PickerState {
        let text = text.into();
        PickerState { chosen: Some((id, text.clone())), text, ..PickerState::default() }
    }

    /// Chooses a record, such as one that was just made.
    pub fn choose(&mut self, id: i64, text: impl Into<String>) {
        let onward = self.onward;
        *self = PickerState { onward, ..PickerState::of(id, text) };
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = PickerState::default();
    }

    /// The id of what is chosen.
    pub fn id(&self) -> Option<i64> {
        self.chosen.as_ref().map(|(id, _)| *id).filter(|_| !self.typed)
    }

    /// What stands in the field.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether what stands in the field is a record or nothing.
    pub fn is_settled(&self) -> bool {
        !self.typed
    }

    /// Whether the list hangs open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Says what is wrong from now on, as if the field had been left.
    pub fn insist(&mut self) {
        self.left = true;
    }

    /// What is looked for: everything while nothing was typed.
    pub fn wanted(&self) -> &str {
        if self.typed { self.text.trim() } else { "" }
    }

    pub(super) fn open(&mut self) -> PickerEvent {
        (self.open, self.marked) = (true, 0);
        PickerEvent::Asked(self.wanted().to_owned())
    }

    pub(super) fn take(&mut self, row: &Suggestion) -> PickerEvent {
        self.choose(row.id, row.text.clone());
        PickerEvent::Chosen(row.id)
    }

    pub(super) fn typed(&mut self) -> PickerEvent {
        (self.awaiting, self.left, self.marked) = (false, false, 0);
        if self.text.trim().is_empty() {
            let had = self.chosen.is_some();
            self.clear();
            return if had { PickerEvent::Cleared } else { PickerEvent::Asked(String::new()) };
        }
        self.typed = self.chosen.as_ref().is_none_or(|(_, name)| *name != self.text);
        self.open = self.typed;
        PickerEvent::Asked(self.wanted().to_owned())
    }

    pub(super) fn revert(&mut self) {
        let chosen = self.chosen.take();
        self.clear();
        if let Some((id, name)) = chosen {
            self.choose(id, name);
        }
    }
}
