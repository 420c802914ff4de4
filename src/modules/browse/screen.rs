//! A list as a screen of its own, and how it wears a saved view.

use egui::Ui;

use crate::modules::browse::Browse;
use crate::modules::views::Chosen;
use crate::ui::action::Offer;
use crate::ui::desk::Desk;
use crate::ui::grid::empty_ui;
use crate::ui::screen::{Place, Screen};

impl Browse {
    /// Takes the view with which the list opens; whether rows can be shown, and not what is said in their place.
    pub(super) fn views_first(&mut self, desk: &Desk) -> bool {
        let Some(views) = &mut self.views else { return true };
        let chosen = views.begin(desk);
        let waits = views.waits();
        if let Some(chosen) = chosen {
            self.wear(chosen, desk);
        }
        !waits
    }

    /// Draws menu and dialog of the views.
    pub(super) fn views_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let (bar, spec) = (&self.bar, &self.spec);
        let now = (&mut self.list, || bar.told(spec));
        if let Some(chosen) = self.views.as_mut().and_then(|views| views.ui(ui, desk, now)) {
            self.wear(chosen, desk);
            self.list.grid.focus();
        }
    }

    /// What stands in place of the rows where a view or a filter asks for what is gone; whether something does.
    pub(super) fn instead_ui(&mut self, ui: &mut Ui, desk: &Desk) -> bool {
        let lost = self.bar.lost(&self.spec);
        let Some(empty) = self.views.as_ref().and_then(|views| views.instead(ui, lost)) else { return false };
        if empty_ui(ui, &empty) {
            self.show_all(desk);
        }
        true
    }

    /// Everything, arranged as who sits here left it.
    pub(super) fn show_all(&mut self, desk: &Desk) {
        if let Some(views) = &mut self.views {
            views.leave(desk);
        }
        self.wear(Chosen::None, desk);
    }

    fn wear(&mut self, chosen: Chosen, desk: &Desk) {
        let (whole, arrangement) = match chosen {
            Chosen::View(content) => (self.bar.take(&self.spec, &content.filter), Some(content.arrangement)),
            Chosen::None => {
                self.bar.clear();
                (true, None)
            }
        };
        self.list.wear(arrangement);
        if let Some(views) = self.views.as_mut().filter(|_| !whole) {
            views.lacks(desk);
        }
    }
}

impl Screen for Browse {
    fn place(&self) -> Place {
        Place::only(self.spec.place)
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say(self.spec.title)
    }

    fn icon(&self) -> &'static str {
        self.spec.icon
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        Browse::actions(self, desk)
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        Browse::act(self, action, desk);
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        Browse::ui(self, ui, desk);
    }

    fn modal(&self) -> bool {
        self.is_asking()
    }
}
