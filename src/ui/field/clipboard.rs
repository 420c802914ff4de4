//! The menu of a field: cut, copy, paste, select all; by the right button, Shift+F10 or the menu key.

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{Button, Id, Key, Popup, Response, SetOpenCommand, TextBuffer as _, Ui, ViewportCommand};

use crate::ui::action::Keys;
use crate::ui::field::edit::keep;
use crate::ui::icon;
use crate::ui::words::say;

/// What was selected when the field had the focus last.
#[derive(Clone, Copy)]
struct Held(CCursorRange);

#[derive(Clone, Copy)]
struct ByKey(bool);

/// What is selected in a field.
pub(super) fn selection(ui: &Ui, id: Id) -> Option<CCursorRange> {
    TextEditState::load(ui.ctx(), id)?.cursor.char_range()
}

/// Selects a range of a field.
pub(super) fn select(ui: &Ui, id: Id, range: CCursorRange) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Cut,
    Copy,
    Paste,
    All,
}

const CHOICES: [(Choice, &str, &str, &str); 4] = [
    (Choice::Cut, "field.cut", "", "Ctrl+X"),
    (Choice::Copy, "field.copy", icon::COPY, "Ctrl+C"),
    (Choice::Paste, "field.paste", icon::CLIPBOARD, "Ctrl+V"),
    (Choice::All, "field.select_all", "", "Ctrl+A"),
];

/// The menu of a field that was just drawn.
pub(super) struct Menu<'a> {
    pub(super) response: &'a Response,
    /// Whether the letters are hidden: then nothing of it is copied.
    pub(super) hidden: bool,
    /// What was selected before this frame.
    pub(super) held: Option<CCursorRange>,
}

impl Menu<'_> {
    /// Shows it when it is wanted and does what is chosen.
    pub(super) fn show(&self, ui: &mut Ui, text: &mut String) {
        let response = self.response;
        let id = response.id;
        let (kept, by_key_id) = (id.with("held"), id.with("menu by key"));
        self.hold(ui);
        let wanted = ui.memory(|memory| memory.has_focus(id))
            && ui.input_mut(|input| Keys::plain(Key::Menu).pressed(input) || Keys::shift(Key::F10).pressed(input));
        if wanted || response.secondary_clicked() {
            keep(ui, by_key_id, Some(ByKey(wanted)));
        }
        let by_key = ui.data(|data| data.get_temp::<ByKey>(by_key_id)).is_some_and(|by_key| by_key.0);
        let mut popup = Popup::context_menu(response);
        if by_key {
            popup = popup.anchor(response.rect);
        }
        if wanted {
            popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        }
        let held = ui.data(|data| data.get_temp::<Held>(kept)).map(|held| held.0);
        let selected = held.is_some_and(|range| !range.is_empty()) && !self.hidden;
        let was_open = popup.is_open();
        let chosen = popup.show(|ui| {
            let shown = entries(ui, selected);
            if let Some(first) = shown.first.filter(|_| wanted) {
                first.request_focus();
            }
            shown.chosen
        });
        if let Some(choice) = chosen.and_then(|inner| inner.inner) {
            act(ui, id, text, (choice, held));
        } else if was_open && !response.context_menu_opened() && ui.memory(|memory| memory.focused()).is_none() {
            ui.memory_mut(|memory| memory.request_focus(id));
            select(ui, id, held.unwrap_or_default());
        }
    }

    /// Keeps what is selected, for the time when the menu has the focus.
    fn hold(&self, ui: &Ui) {
        let id = self.response.id;
        if !ui.memory(|memory| memory.has_focus(id)) {
            return;
        }
        let now = selection(ui, id);
        let pressed = self.response.hovered() && ui.input(|input| input.pointer.secondary_pressed());
        let inside = |range: &CCursorRange| now.is_some_and(|now| range.contains(now));
        match self.held.filter(|range| pressed && !range.is_empty() && inside(range)) {
            // A press of the right button into what is selected leaves it selected.
            Some(range) => select(ui, id, range),
            None => keep(ui, id.with("held"), now.map(Held)),
        }
    }
}

struct Entries {
    first: Option<Response>,
    chosen: Option<Choice>,
}

fn entries(ui: &mut Ui, selected: bool) -> Entries {
    let mut shown = Entries { first: None, chosen: None };
    for (choice, key, letter, keys) in CHOICES {
        let words = say(ui, key);
        let enabled = selected || !matches!(choice, Choice::Cut | Choice::Copy);
        let text = if letter.is_empty() { words.clone() } else { format!("{letter} {words}") };
        let response = ui.add_enabled(enabled, Button::new(text).shortcut_text(keys));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, enabled, &words));
        if response.clicked() {
            shown.chosen = Some(choice);
            ui.close();
        }
        if enabled {
            shown.first.get_or_insert(response);
        }
    }
    shown
}

fn act(ui: &Ui, id: Id, text: &mut String, (choice, held): (Choice, Option<CCursorRange>)) {
    ui.memory_mut(|memory| memory.request_focus(id));
    let range = held.unwrap_or_default();
    let picked = range.slice_str(text).to_owned();
    match choice {
        Choice::Copy => {
            ui.ctx().copy_text(picked);
            select(ui, id, range);
        }
        Choice::Cut => {
            ui.ctx().copy_text(picked);
            let [from, _] = range.sorted_cursors();
            text.delete_char_range(range.as_sorted_char_range());
            select(ui, id, CCursorRange::one(from));
        }
        Choice::Paste => {
            select(ui, id, range);
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        Choice::All => select(ui, id, CCursorRange::select_all_str(text)),
    }
}
