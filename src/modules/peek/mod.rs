//! The record under the cursor beside its list, without opening it: it follows the cursor, and what it shows is asked
//! for apart from the drawing.

mod spec;

use egui::{Frame, Id, Key, Label, Margin, Panel, RichText, ScrollArea, Ui};
use serde_json::{Value as Json, json};

use crate::engine::worker::Lane;
use crate::modules::document::{facts_ui, sheet_ui};
use crate::modules::peek::spec::PeekSpec;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::error_line_ui;
use crate::ui::focus::scrolled;
use crate::ui::loader::Loader;
use crate::ui::screen::Place;
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{button, fonts, icon};

/// Shows the record beside the list, or no longer.
static PEEK: Action =
    Action { id: "peek", text: "peek.turn", icon: icon::PANEL_RIGHT, keys: &[Keys::ctrl(Key::Space)], need: None };

/// Under this name it is kept whether a person has it open.
const OPEN: &str = "peek";

/// How much of the list's room it takes, and within which bounds, in points.
const PART: f32 = 0.36;
const LEAST: f32 = 280.0;
const MOST: f32 = 440.0;

/// What is shown beside a list.
#[derive(Default)]
pub(crate) struct Peek {
    of: Option<i64>,
    told: Loader<Vec<Json>>,
}

impl Peek {
    /// Looking at records of this kind, if they can be looked at; there is something to look at.
    pub(crate) fn offer(kind: &str, there: bool) -> Option<Offer> {
        spec::of(kind).map(|_| PEEK.offer(there))
    }

    /// Whether a person has it open.
    pub(crate) fn is_open(desk: &Desk) -> bool {
        desk.layouts.kept(OPEN).unwrap_or_default()
    }

    /// Opens it or closes it, if that is what was asked for; whether it was.
    pub(crate) fn act(action: &str, desk: &Desk) -> bool {
        let asked = action == PEEK.id;
        if asked {
            desk.layouts.keep(OPEN, &!Peek::is_open(desk));
        }
        asked
    }

    /// Draws the record of this kind at the right edge, where it is open.
    pub(crate) fn ui(&mut self, ui: &mut Ui, (kind, id): (&'static str, Option<i64>), desk: &mut Desk) {
        let (Some(spec), Some(id), true) = (spec::of(kind), id, Peek::is_open(desk)) else {
            return;
        };
        if self.of.replace(id) != Some(id) {
            self.told.forget();
        }
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, spec.query, json!({ "id": id }));
        self.told.keep(desk.revision(spec.tables), ask);
        let tokens = Tokens::of(ui);
        let colors = tokens.colors();
        let frame = Frame::new().fill(colors.panel).inner_margin(Margin::symmetric(12, 8)).stroke((1.0, colors.border));
        let width = (ui.available_width() * PART).clamp(LEAST, MOST);
        let panel = Panel::right(Id::unique(("peek", kind))).exact_size(width).resizable(false).frame(frame);
        let opened = panel.show(ui, |ui| self.inside(ui, (kind, spec), desk)).inner;
        if let Some(place) = opened {
            desk.wish(Wish::Open(place));
        }
    }

    /// Draws its heading and what is told of it; where a click leads to.
    fn inside(&self, ui: &mut Ui, (kind, spec): (&'static str, &PeekSpec), desk: &Desk) -> Option<Place> {
        if let Some(error) = self.told.error() {
            error_line_ui(ui, error);
        }
        let record = self.told.value()?.first()?;
        let mut opened = None;
        ui.horizontal(|ui| {
            if button::quiet(ui, icon::X, &say(ui, "peek.close")).clicked() {
                Peek::act(PEEK.id, desk);
                ui.ctx().request_repaint();
            }
            let id = record.get("id").and_then(Json::as_i64);
            let open = button::quiet(ui, icon::EXTERNAL_LINK, &say(ui, "browse.open")).clicked();
            opened = id.filter(|_| open).map(|id| Place::of(kind, id));
            let title = RichText::new((spec.title)(record, desk)).font(fonts::bold(size::SECTION));
            ui.add(Label::new(title).truncate());
        });
        ui.add_space(space::S);
        scrolled(ui, ScrollArea::vertical().auto_shrink(false), |ui| {
            opened = facts_ui(ui, spec.facts, record, desk).or(opened.take());
            for sheet in spec.sheets {
                ui.add_space(space::L);
                ui.scope(|ui| opened = sheet_ui(ui, sheet, record, desk).or(opened.take()));
            }
        });
        opened
    }
}
