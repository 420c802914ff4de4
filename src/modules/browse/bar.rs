//! What stands above a list: the search, the filters, the buttons.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align, Frame, Id, Key, Layout, Margin, Ui};
use serde_json::{Map, Value as Json};

use crate::modules::browse::filter::Chosen;
use crate::modules::browse::{Catalogue, action};
use crate::ui::action::{Keys, Offer};
use crate::ui::button;
use crate::ui::desk::Desk;
use crate::ui::field::{Enter, Field, search_field};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;

const SEARCH: f32 = 280.0;

/// Search and filters as they stand.
pub(crate) struct Bar {
    text: String,
    find: Find,
    chosen: Vec<Chosen>,
}

/// Whether the keyboard is to go to the search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Find {
    No,
    // What stands there is selected.
    Anew,
    // Letters were typed on the rows and go on in the search.
    GoOn,
}

/// What was pressed.
#[derive(Default)]
pub(crate) struct Pressed {
    /// A button.
    pub action: Option<&'static str>,
    /// The keyboard goes to the rows.
    pub to_rows: bool,
}

impl Bar {
    /// As it stands at first.
    pub(crate) fn new(spec: &Catalogue) -> Bar {
        let chosen = spec.filters.iter().map(Chosen::new).collect();
        Bar { text: String::new(), find: Find::No, chosen }
    }

    /// Sends the keyboard to the search.
    pub(crate) fn find(&mut self) {
        self.find = Find::Anew;
    }

    /// Goes on in the search with letters that were typed on the rows.
    pub(crate) fn typed(&mut self, letters: &str) {
        self.text.push_str(letters);
        self.find = Find::GoOn;
    }

    /// Whether rows are left out beyond what is left out at first.
    pub(crate) fn narrows(&self, spec: &Catalogue) -> bool {
        let searched = !spec.searches.is_empty() && !self.text.trim().is_empty();
        searched || self.chosen.iter().any(Chosen::narrows)
    }

    /// Leaves nothing out.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        for chosen in &mut self.chosen {
            chosen.clear();
        }
    }

    /// The arguments of the query.
    pub(crate) fn filter(&self, spec: &Catalogue, desk: &Desk) -> Map<String, Json> {
        let mut arguments = Map::new();
        for (filter, chosen) in spec.filters.iter().zip(&self.chosen) {
            chosen.put(filter, desk, &mut arguments);
        }
        let text = self.text.trim();
        if !text.is_empty() && !spec.searches.is_empty() {
            arguments.insert("text".to_owned(), text.into());
        }
        arguments
    }

    /// Draws it.
    pub(crate) fn ui(&mut self, ui: &mut Ui, (id, spec): (Id, &Catalogue), desk: &Desk, offers: &[Offer]) -> Pressed {
        let mut pressed = Pressed::default();
        let margin = Margin::symmetric(8, 4);
        Frame::new().fill(Tokens::of(ui).colors().bg).inner_margin(margin).show(ui, |ui| {
            ui.horizontal(|ui| {
                if !spec.searches.is_empty() {
                    pressed.to_rows = self.search_ui(ui, id, spec);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    pressed.action = buttons_ui(ui, offers);
                });
            });
            if !spec.filters.is_empty() {
                ui.add_space(space::XS);
                ui.horizontal_wrapped(|ui| {
                    for (filter, chosen) in spec.filters.iter().zip(&mut self.chosen) {
                        chosen.ui(ui, id.with("filter"), filter, desk);
                    }
                    if self.narrows(spec) && ui.link(say(ui, "browse.clear")).clicked() {
                        self.clear();
                    }
                });
            }
        });
        pressed
    }

    /// Draws the search; whether the keyboard goes to the rows.
    fn search_ui(&mut self, ui: &mut Ui, id: Id, spec: &Catalogue) -> bool {
        let (id, name) = (id.with("search"), say(ui, "browse.search"));
        let hint = say(ui, spec.searches);
        let has = ui.memory(|memory| memory.has_focus(id));
        let pressed = |keys: Keys| ui.input_mut(|input| keys.pressed(input));
        let leaves = has && pressed(Keys::plain(Key::ArrowDown));
        let leaves = leaves || (has && self.text.is_empty() && pressed(Keys::plain(Key::Escape)));
        if self.find != Find::No {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let field = Field::new(id, &name).hint(&hint).width(SEARCH).enter(Enter::Stay).without_slot();
        let answer = search_field(ui, &field, &mut self.text);
        match self.find {
            Find::GoOn => {
                cursor_to_end(ui, id, &self.text);
                // The field selects what it holds when the keyboard has come to it, one drawing later.
                self.find = if answer.came { Find::No } else { Find::GoOn };
                ui.ctx().request_repaint();
            }
            Find::Anew | Find::No => self.find = Find::No,
        }
        leaves || answer.entered
    }
}

fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), id);
}

/// What was pressed among the buttons, drawn from the right.
fn buttons_ui(ui: &mut Ui, offers: &[Offer]) -> Option<&'static str> {
    let mut pressed = None;
    for offer in offers {
        let clicked = if offer.primary {
            button::action(ui, offer).clicked()
        } else if offer.action.id == action::FIND.id {
            false
        } else {
            let text = button::hint(offer.action, &say(ui, offer.action.text));
            ui.add_enabled_ui(offer.enabled, |ui| button::quiet(ui, offer.action.icon, &text)).inner.clicked()
        };
        if clicked {
            pressed = Some(offer.action.id);
        }
    }
    pressed
}
