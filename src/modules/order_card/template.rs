//! A new order that begins with a template, and what is on a card kept as one.

use egui::Ui;
use serde_json::json;

use crate::base::error::Error;
use crate::base::id::Id;
use crate::domain::order::template::{Content, TemplateAnswer, TemplateQuery};
use crate::engine::worker::Lane;
use crate::modules::order_card::OrderCard;
use crate::modules::order_card::card::Card;
use crate::modules::order_card::head::Head;
use crate::modules::templates::Keeping;
use crate::ui::desk::Desk;
use crate::ui::loader::Loader;

/// What the card has to do with templates.
#[derive(Default)]
pub(super) struct Template {
    /// The one that the card is to begin with.
    wanted: Option<i64>,
    told: Loader<Vec<TemplateAnswer>>,
    /// The name of the one that the card began with, or was kept as.
    name: String,
    keeping: Option<Keeping>,
}

impl Template {
    /// Whether its dialog is open.
    pub(super) fn is_asking(&self) -> bool {
        self.keeping.is_some()
    }
}

impl OrderCard {
    /// The card of a new order that begins with the template behind this key of a place.
    pub fn begun(key: &str) -> OrderCard {
        let mut card = OrderCard::open("new");
        card.template.wanted = key.parse().ok();
        card
    }

    /// Puts what the template holds onto the card, once it is there.
    pub(super) fn begin(&mut self, desk: &Desk) {
        let Some(id) = self.template.wanted else { return };
        let ask = || desk.handle.ask(Lane::Interactive, &desk.call, TemplateQuery { id: Id::new(id) });
        let found = self.template.told.keep(0, ask).and_then(|found| found.first());
        if let Some(template) = found {
            self.card = Card::begun(template);
            self.head = Head::new(&self.card);
            self.template.name.clone_from(&template.name);
            self.template.wanted = None;
        } else if self.template.told.error().is_some() {
            self.error = Some(Error::rejected("error.template.gone"));
            self.template.wanted = None;
        }
    }

    /// Asks for the name under which what stands on the card is kept; a saved order as it was agreed.
    pub(super) fn keep_as_template(&mut self) {
        let of = match self.order.filter(|_| !self.is_changed()) {
            Some(order) => Ok(("order", json!(order))),
            None => self.card.place().map(|order| ("content", json!(Content::from(order)))),
        };
        match of {
            Ok(of) => self.template.keeping = Some(Keeping::new(of, &self.template.name)),
            Err(error) => self.error = Some(error),
        }
    }

    pub(super) fn template_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(keeping) = &mut self.template.keeping else { return };
        let Some(kept) = keeping.ui(ui, desk) else { return };
        self.template.keeping = None;
        self.template.name = kept.unwrap_or_else(|| std::mem::take(&mut self.template.name));
        self.entry.focus();
    }
}
