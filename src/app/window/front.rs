//! The tab in front: the keyboard comes back to where it was in it, the system's window is called by it, and behind it
//! comes the tab it was opened from.

use std::collections::HashMap;

use egui::{Id, Ui, ViewportCommand};

use crate::ui::desk::Desk;
use crate::ui::home;
use crate::ui::screen::{Place, Screen};

/// What is remembered of tabs while others stand before them.
#[derive(Default)]
pub(super) struct Front {
    place: Option<Place>,
    again: bool,
    title: String,
    /// What had the keyboard in each tab last.
    focus: HashMap<Place, Id>,
    /// From which tab each was come to last.
    openers: HashMap<Place, Place>,
}

impl Front {
    /// A tab was drawn: where another one stood in front before, it gets the keyboard back, and the system's window is
    /// called by what one works on, where.
    pub(super) fn stands(&mut self, ui: &Ui, screen: &dyn Screen, desk: &Desk) {
        let place = screen.place();
        let covered = home::is_covered(ui.ctx());
        if self.place.as_ref() == Some(&place) && !self.again {
            self.remember(ui, place);
        } else if !covered {
            if let Some(focus) = self.focus.get(&place) {
                ui.memory_mut(|memory| memory.request_focus(*focus));
            }
            (self.place, self.again) = (Some(place), false);
            ui.ctx().request_repaint();
        }
        let title = format!("{} - {} - Patver", screen.heading(desk), desk.house.name);
        if title != self.title {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The window was locked: the tab stands in front again.
    pub(super) fn again(&mut self) {
        self.again = true;
    }

    /// A tab was come to from another one.
    pub(super) fn came(&mut self, place: Place, from: Option<Place>) {
        self.openers.extend(from.filter(|from| *from != place).map(|from| (place, from)));
    }

    /// A tab is found elsewhere now, as a new card that was saved.
    pub(super) fn moved(&mut self, old: &Place, new: &Place) {
        if old != new {
            let (focus, from) = (self.focus.remove(old), self.openers.remove(old));
            self.focus.extend(focus.map(|focus| (new.clone(), focus)));
            self.openers.extend(from.map(|from| (new.clone(), from)));
            self.openers.values_mut().chain(&mut self.place).filter(|at| *at == old).for_each(|at| new.clone_into(at));
        }
    }

    /// A tab is closed: the next one at its place begins anew. The tab it was come to from; whoever was come to from it
    /// leads back there as well.
    pub(super) fn forget(&mut self, place: &Place) -> Option<Place> {
        self.focus.remove(place);
        let from = self.openers.remove(place)?;
        self.openers.values_mut().filter(|opener| *opener == place).for_each(|opener| opener.clone_from(&from));
        Some(from)
    }

    /// What has the keyboard in the tab itself, and not in what lies over it.
    fn remember(&mut self, ui: &Ui, place: Place) {
        let here = |id: &Id| {
            let drawn = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(*id).copied());
            drawn.is_some_and(|it| it.layer_id == ui.layer_id() && ui.max_rect().contains(it.rect.center()))
        };
        if let Some(id) = ui.memory(|memory| memory.focused()).filter(here) {
            self.focus.insert(place, id);
        }
    }
}
