//! What the list of orders shows: everything, a filter, or what a saved view holds.

use egui::Ui;

use crate::modules::orders::filter::Filter;
use crate::modules::orders::search::Search;
use crate::modules::orders::{Orders, SEARCH_HIDDEN};
use crate::modules::views::Chosen;
use crate::ui::desk::Desk;

impl Orders {
    pub(super) fn ask_first(&mut self, desk: &Desk) {
        if let Some(chosen) = self.views.begin(desk) {
            self.wear(chosen, desk);
        }
        if self.views.waits() {
            return;
        }
        let first = std::mem::take(&mut self.first) && !self.views.in_use();
        if first && desk.workplace.kept(SEARCH_HIDDEN).is_none() {
            self.search = Some(Search::new(&self.filter, desk, false));
        }
        self.list.set_filter(self.filter.arguments(desk));
    }

    pub(super) fn show(&mut self, filter: Filter, desk: &Desk) {
        self.views.mend();
        self.list.set_filter(filter.arguments(desk));
        self.filter = filter;
        self.list.grid.focus();
    }

    /// Everything, arranged as who sits here left it.
    pub(super) fn show_all(&mut self, desk: &Desk) {
        self.views.leave(desk);
        self.wear(Chosen::None, desk);
    }

    /// Shows what a view holds.
    pub(super) fn wear(&mut self, chosen: Chosen, desk: &Desk) {
        let (filter, arrangement) = match chosen {
            Chosen::View(content) => (Filter::read(&content.filter), Some(content.arrangement)),
            Chosen::None => (Some(Filter::default()), None),
        };
        self.list.wear(arrangement);
        let lacks = filter.is_none();
        self.show(filter.unwrap_or_default(), desk);
        if lacks {
            self.views.lacks(desk);
        }
    }

    pub(super) fn views_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let filter = &self.filter;
        let now = (&mut self.list, || serde_json::to_value(filter).unwrap_or_default());
        if let Some(chosen) = self.views.ui(ui, desk, now) {
            self.wear(chosen, desk);
        }
    }
}
