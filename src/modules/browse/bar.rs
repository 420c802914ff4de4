//! What stands above a list: the search, the filters, the buttons.

use egui::{Align, Color32, Frame, Id, Key, Layout, Margin, Role, Ui, WidgetInfo, vec2};
use serde::Deserialize as _;
use serde_json::{Map, Value as Json};

use crate::modules::browse::filter::{Chosen, Told};
use crate::modules::browse::{Catalogue, action};
use crate::modules::views::Views;
use crate::ui::action::{Keys, Offer};
use crate::ui::bar::{self, Look};
use crate::ui::desk::Desk;
use crate::ui::field::{Enter, Field, cursor_to_end, search_field};
use crate::ui::tokens::{Tokens, space};
use crate::ui::words::say;
use crate::ui::{badge, button, fonts, icon};

/// How wide the search is, in points.
const SEARCH: f32 = 230.0;
/// So much of it the search gives away, in points.
const GIVES: f32 = 90.0;

/// Whose bar it is: its id, the list, the views of the list.
type Above<'a> = (Id, &'a Catalogue, Option<&'a mut Views>);

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
    /// Nothing is left out any more.
    pub cleared: bool,
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

    /// Lets through only rows that have this text in this column: by its filter, else by the search.
    pub(crate) fn narrow(&mut self, spec: &Catalogue, (column, text): (&str, &str)) {
        let mut each = spec.filters.iter().zip(&mut self.chosen);
        if !each.any(|(filter, chosen)| chosen.narrow(filter, (column, text))) && !spec.searches.is_empty() {
            self.text = text.to_owned();
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

    /// What is looked for and chosen, as a view holds it.
    pub(crate) fn told(&self, spec: &Catalogue) -> Json {
        let mut told = Told { text: self.text.clone(), ..Told::default() };
        for (filter, chosen) in spec.filters.iter().zip(&self.chosen) {
            chosen.tell(filter, &mut told);
        }
        serde_json::to_value(told).unwrap_or_default()
    }

    /// Takes what a view holds; whether the list has all of it.
    pub(crate) fn take(&mut self, spec: &Catalogue, held: &Json) -> bool {
        let Ok(told) = Told::deserialize(held) else { return false };
        let known = told.chosen.keys().all(|argument| spec.filters.iter().any(|filter| filter.argument == argument));
        let mut whole = known && (told.text.is_empty() || !spec.searches.is_empty());
        for (filter, chosen) in spec.filters.iter().zip(&mut self.chosen) {
            whole &= chosen.take(filter, &told);
        }
        self.text = told.text;
        whole
    }

    /// What is chosen and is not in its directory any more.
    pub(crate) fn lost(&self, spec: &Catalogue) -> Option<&str> {
        spec.filters.iter().zip(&self.chosen).find_map(|(filter, chosen)| chosen.lost(filter))
    }

    /// Draws it: search and filters from the left, going on in a second line where there is little room, buttons at the
    /// right.
    pub(crate) fn ui(&mut self, ui: &mut Ui, (id, spec, views): Above<'_>, desk: &Desk, offers: &[Offer]) -> Pressed {
        let mut pressed = Pressed::default();
        let buttons = buttons(offers);
        // The gap to the list below is its own.
        let margin = Margin { left: 8, right: 8, top: 3, bottom: 0 };
        Frame::new().fill(Tokens::of(ui).colors().bg).inner_margin(margin).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                let room = ui.available_width() - bar::width(ui, &buttons).min(ui.available_width() / 2.0) - space::S;
                let height = Tokens::of(ui).control_height();
                ui.allocate_ui_with_layout(vec2(room, height), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(room);
                    ui.horizontal_wrapped(|ui| {
                        (pressed.to_rows, pressed.cleared) = self.narrowing_ui(ui, (id, spec, views), desk);
                    });
                });
                ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                    pressed.action = bar::buttons_ui(ui, id.with("bar"), &buttons);
                });
            });
        });
        pressed
    }

    /// Draws search and filters; whether the keyboard goes to the rows, and whether nothing is to be left out.
    fn narrowing_ui(&mut self, ui: &mut Ui, (id, spec, views): Above<'_>, desk: &Desk) -> (bool, bool) {
        let (kept, sign) = (id.with("search-gives"), sign_width(ui));
        let (given, top): (f32, f32) = (ui.data(|data| data.get_temp(kept)).unwrap_or_default(), ui.cursor().top());
        let to_rows = !spec.searches.is_empty() && self.search_ui(ui, (id, SEARCH - given), spec);
        if let Some(views) = views {
            views.button_ui(ui, true);
        }
        for (filter, chosen) in spec.filters.iter().zip(&mut self.chosen) {
            chosen.ui(ui, id.with("filter"), filter, desk);
        }
        if !self.narrows(spec) {
            return (to_rows, false);
        }
        // Rather than that the sign, or the last filter with it, stands alone in a line of its own, the search gives way.
        let (cursor, line) = (ui.cursor(), Tokens::of(ui).control_height() * 1.5);
        let lack = match cursor.top() - top {
            below if below <= 0.0 => (given + sign - ui.available_size_before_wrap().x).max(0.0),
            below if below < line => given + cursor.left() - ui.max_rect().left() + sign,
            _ => f32::INFINITY,
        };
        let gives = if lack <= GIVES { lack } else { 0.0 };
        if gives != given {
            ui.data_mut(|data| data.insert_temp(kept, gives));
            ui.ctx().request_repaint();
        }
        (to_rows, clear_ui(ui))
    }

    /// Draws the search; whether the keyboard goes to the rows.
    fn search_ui(&mut self, ui: &mut Ui, (id, width): (Id, f32), spec: &Catalogue) -> bool {
        let (id, name) = (id.with("search"), say(ui, "browse.search"));
        let hint = say(ui, spec.searches);
        let has = ui.memory(|memory| memory.has_focus(id));
        let pressed = |keys: Keys| ui.input_mut(|input| keys.pressed(input));
        let leaves = has && pressed(Keys::plain(Key::ArrowDown));
        let leaves = leaves || (has && self.text.is_empty() && pressed(Keys::plain(Key::Escape)));
        if self.find != Find::No {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let field = Field::new(id, &name).hint(&hint).width(width).enter(Enter::Stay).without_slot();
        let answer = search_field(ui, &field, &mut self.text);
        badge::note(&answer.response, &action::FIND);
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

/// How wide the sign is that lets all rows through again, in points.
fn sign_width(ui: &Ui) -> f32 {
    Tokens::of(ui).control_height() + space::S
}

/// Lets all rows through again: its words where they have room, else a sign; whether it was pressed.
fn clear_ui(ui: &mut Ui) -> bool {
    let words = say(ui, "browse.clear");
    let font = fonts::regular(Tokens::of(ui).body());
    let wide = ui.painter().layout_no_wrap(words.clone(), font, Color32::PLACEHOLDER).size().x;
    let room = ui.available_size_before_wrap().x;
    if wide <= room {
        return ui.link(words).clicked();
    }
    if room < sign_width(ui) {
        ui.end_row();
    }
    let sign = button::quiet(ui, icon::X, &words);
    sign.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
    sign.clicked()
}

/// The buttons: what is done most with its words; the search is there already.
fn buttons(offers: &[Offer]) -> Vec<(Offer, Look)> {
    let others = offers.iter().filter(|offer| offer.action.id != action::FIND.id);
    others.map(|offer| (*offer, if offer.primary { Look::Words } else { Look::Quiet })).collect()
}
