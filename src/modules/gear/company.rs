//! The company on a card: its fields are data, its logo is chosen, let fall or pasted.

use egui::Ui;
use serde_json::json;

use crate::base::right::Right;
use crate::modules::card::{CardSpec, More};
use crate::modules::picture::Picture;
use crate::settings::company::SECTIONS;
use crate::ui::desk::Desk;
use crate::ui::form::Form;
use crate::ui::icon;

/// The company.
pub(super) static COMPANY: CardSpec = CardSpec {
    place: "company",
    single: true,
    icon: icon::BUILDING_2,
    new: "company.title",
    query: "company",
    tables: &["companies", "tax_rates"],
    sections: SECTIONS,
    fresh: |_| json!({}),
    save: "save-company",
    edit: Right::SettingsEdit,
    creates: &[],
    parts: &[],
    more: || Box::new(Logo(Picture::new("logo"))),
};

struct Logo(Picture);

impl More for Logo {
    fn picture_asked(&mut self, ui: &Ui, desk: &mut Desk) {
        self.0.ask(ui, desk);
    }

    fn ui(&mut self, ui: &mut Ui, form: &mut Form, desk: &mut Desk) {
        if desk.may(Right::SettingsEdit) {
            self.0.take(ui, form, desk);
        }
        self.0.show(ui, form, desk);
    }
}
