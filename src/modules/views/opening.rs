//! With which view a list opens: the one its person chose for that, or the one that is wanted of it now.

use serde_json::json;

use crate::engine::worker::Lane;
use crate::modules::views::{Chosen, Line, Views};
use crate::ui::desk::Desk;
use crate::ui::toast::Toast;

impl Views {
    pub(super) fn part(&self) -> String {
        format!("opening.{}", self.list)
    }

    /// The view with which the list opens, by its id; 0 for none.
    pub(super) fn opening(&self, desk: &Desk) -> i64 {
        desk.layouts.kept(&self.part()).unwrap_or_default()
    }

    /// The view that is wanted of this list now, by its id.
    fn wanted(&self, desk: &Desk) -> Option<i64> {
        desk.view.filter(|(list, _)| *list == self.list).map(|(_, id)| id)
    }

    /// The same, once it is known what it holds.
    pub(super) fn take_wanted(&mut self, desk: &mut Desk) -> Option<Line> {
        let wanted = self.wanted(desk).filter(|_| self.rows.value().is_some())?;
        desk.view = None;
        self.row(wanted).map(|_| Line::View(wanted))
    }

    /// Asks for the views; what the list opens with, once that is known.
    pub(crate) fn begin(&mut self, desk: &Desk) -> Option<Chosen> {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "views", json!({"list": self.list}));
        self.rows.keep(desk.revision(&["views", "users", "roles"]), ask);
        let opening = self.wanted(desk).unwrap_or_else(|| self.opening(desk));
        let known = opening == 0 || self.rows.value().is_some() || self.rows.error().is_some();
        if self.begun || !known {
            return None;
        }
        self.begun = true;
        if opening == 0 {
            return None;
        }
        let chosen = self.choose(opening, desk);
        if chosen.is_none() {
            self.gone = Some(desk.say("views.opening_gone"));
        }
        chosen
    }

    pub(super) fn switch_opening(&self, id: i64, name: &str, desk: &mut Desk) {
        let opens = self.opening(desk) == id;
        desk.layouts.keep(&self.part(), &if opens { 0 } else { id });
        let key = if opens { "views.opens_plain" } else { "views.opens" };
        desk.toast(Toast::done(desk.say_with(key, &[("name", name)])));
    }
}
