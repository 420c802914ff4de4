//! How a person arranged a list: columns, order and colours, kept as one's own or worn from a saved view.

use serde::{Deserialize, Serialize};

use crate::base::color_rule::{ColorRule, ColorRules};
use crate::ui::desk::Desk;
use crate::ui::grid::{Column, ViewConfig};
use crate::ui::list::{ListSpec, ListView};

/// How a person arranged a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Columns and order.
    #[serde(flatten)]
    pub view: ViewConfig,
    /// What rows and cells are coloured by, the most important rule first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub colors: Vec<ColorRule>,
}

impl ListSpec {
    /// Its columns as the grid wants them.
    pub(super) fn for_grid(&self) -> Vec<Column> {
        self.columns.iter().map(|column| column.for_grid(column.field == self.grow)).collect()
    }
}

impl ListView {
    /// Has the columns that the company added by now.
    pub(super) fn follow_own(&mut self, desk: &Desk) {
        if self.base.own.is_empty() {
            return;
        }
        let spec = desk.own(self.base.own).list(self.base);
        if !std::ptr::eq(spec, self.spec) {
            self.spec = spec;
            self.columns = spec.for_grid();
            self.arranged = None;
            self.source.restart();
        }
    }

    /// Arranges columns and order as who sits here left them, once.
    pub(super) fn arrange(&mut self, desk: &Desk) {
        let age = desk.layouts.age();
        if self.arranged.replace(age) == Some(age) {
            return;
        }
        let kept = || desk.layouts.kept(&self.part).unwrap_or_default();
        let kept: Arrangement = self.worn.clone().unwrap_or_else(kept);
        let before = (self.sort(), self.grid.group);
        self.grid.set_view(&kept.view, (&self.columns, self.spec.groups));
        self.bring_together();
        self.set_colors(kept.colors, desk);
        if self.grid.sort.is_empty() {
            self.grid.sort = first_sort(self.spec);
        }
        if (self.sort(), self.grid.group) != before {
            self.restart();
        }
    }

    /// Arranges columns and order as a saved view has them, or as who sits here left them.
    pub fn wear(&mut self, view: Option<Arrangement>) {
        self.worn = view;
        self.arranged = None;
    }

    /// How it is arranged now.
    pub fn arrangement(&self) -> Arrangement {
        Arrangement { view: self.grid.view(), colors: self.colors.clone() }
    }

    /// Colours rows and cells by these rules, and keeps them as its person's own.
    pub fn color(&mut self, rules: Vec<ColorRule>, desk: &Desk) {
        self.set_colors(rules, desk);
        self.keep_arrangement(desk);
    }

    pub(super) fn set_colors(&mut self, rules: Vec<ColorRule>, desk: &Desk) {
        self.counted_from = desk.today();
        self.source.color(ColorRules::of(&rules, self.counted_from), self.spec, desk);
        self.colors = rules;
    }

    /// All that others changed is seen now.
    pub fn see_changes(&mut self, desk: &Desk) {
        self.source.see(desk, self.spec);
    }

    /// Keeps how columns and order are arranged now.
    pub(super) fn keep_arrangement(&self, desk: &Desk) {
        if self.worn.is_some() {
            return;
        }
        let mut now = self.arrangement();
        if self.grid.sort == first_sort(self.spec) {
            now.view.sort.clear();
        }
        desk.layouts.keep(&self.part, &now);
    }
}

/// The order at first, if it is that of a column.
pub(super) fn first_sort(spec: &ListSpec) -> Vec<(&'static str, bool)> {
    let bare = spec.sort.trim_start_matches('-');
    let sorted = spec.columns.iter().filter_map(|column| column.sort).find(|sort| *sort == bare);
    sorted.map(|sort| (sort, spec.sort.starts_with('-'))).into_iter().collect()
}
