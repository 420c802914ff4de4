//! The card of a document in a tab: what was posted, read and printed, taken back with a reason, never edited.

mod deed;
mod draw;
mod spec;

use egui::{Frame, Id, Key, Label, Margin, RichText, ScrollArea, Ui};
use serde_json::{Value as Json, json};

pub(crate) use draw::{facts_ui, sheet_ui};
pub(crate) use spec::{Deed, DocumentSpec, Fact, Paper, Sheet, To};

use crate::engine::worker::Lane;
use crate::modules::browse::Work;
use crate::modules::card::Parts;
use crate::modules::document::deed::Asked;
use crate::modules::papers::{self, Made};
use crate::ui::action::{Keys, Offer};
use crate::ui::bar::{self, Look};
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::error_retry_ui;
use crate::ui::focus::scrolled;
use crate::ui::list::plain;
use crate::ui::loader::{Loader, Sending};
use crate::ui::screen::{Place, Screen};
use crate::ui::tokens::{Tokens, size, space};
use crate::ui::words::say;
use crate::ui::{fonts, menu};

/// A document on a screen.
pub(crate) struct Document {
    spec: &'static DocumentSpec,
    id: i64,
    told: Loader<Vec<Json>>,
    parts: Parts,
    work: Work,
    asked: Option<Asked>,
    printing: Sending<Vec<Made>>,
}

impl Document {
    /// The document of a place.
    pub(crate) fn open(spec: &'static DocumentSpec, key: &str) -> Document {
        Document {
            spec,
            id: key.parse().unwrap_or_default(),
            told: Loader::default(),
            parts: Parts::new(spec.parts),
            work: Work::default(),
            asked: None,
            printing: Sending::none(),
        }
    }

    fn document(&self) -> Option<&Json> {
        self.told.value().and_then(|rows| rows.first())
    }

    fn follow(&mut self, desk: &Desk) {
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, self.spec.query, json!({ "id": self.id }));
        self.told.keep(desk.revision(self.spec.list.list.tables), ask);
    }

    /// The papers that there are, the deeds that can be done, the places it leads to, and taking it back.
    fn offers(&self, document: &Json, desk: &Desk) -> Vec<Offer> {
        let free = !self.printing.is_under_way();
        let papers = self.spec.papers.iter().filter(|paper| (paper.wanted)(document).is_some());
        let mut offers: Vec<Offer> = papers.map(|paper| paper.action.offer(free)).collect();
        if let Some(first) = offers.first_mut() {
            first.primary = true;
        }
        let deeds = self.spec.deeds.iter().filter(|deed| (deed.fresh)(document).is_some());
        offers.extend(deeds.map(|deed| deed.action.offer(true)));
        offers.retain(|offer| offer.action.need.is_none_or(|need| desk.may(need)));
        for link in self.spec.list.links {
            let may = link.needs.iter().any(|right| desk.may(*right));
            if may && !plain(document, link.field).is_empty() {
                offers.push(link.action.offer(true));
            }
        }
        offers.extend(self.work.offers(self.spec.list, Some(document), desk));
        offers
    }

    fn bar_ui(&self, ui: &mut Ui, desk: &Desk) -> Option<&'static str> {
        let tokens = Tokens::of(ui);
        let c = tokens.colors();
        let list = self.spec.list;
        let buttons: Vec<_> = self.actions(desk).into_iter().map(|offer| (offer, Look::Words)).collect();
        bar::titled_ui(ui, Id::unique((self.spec.place, self.id)), &buttons, |ui| {
            let title = RichText::new(format!("{}  {}", list.icon, self.title(desk)));
            ui.add(Label::new(title.font(fonts::bold(size::SECTION)).color(c.text)).truncate());
            if let Some(document) = self.document() {
                let stands = list.voids.as_ref().is_none_or(|voids| (voids.stands)(document));
                let word = RichText::new(say(ui, (self.spec.state)(document))).font(fonts::bold(tokens.body()));
                ui.add(Label::new(word.color(if stands { c.info } else { c.danger })).truncate());
            }
        })
    }

    fn inside(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(document) = self.document() else {
            if let Some(error) = self.told.error().cloned()
                && error_retry_ui(ui, &error)
            {
                self.told.forget();
            }
            return;
        };
        let opened = scrolled(ui, ScrollArea::vertical().auto_shrink(false), |ui| {
            ui.add_space(space::XS);
            let mut opened = draw::facts_ui(ui, self.spec.facts, document, desk);
            ui.add_space(space::L);
            for sheet in self.spec.sheets {
                ui.scope(|ui| opened = draw::sheet_ui(ui, sheet, document, desk).or(opened.take()));
            }
            opened
        });
        if let Some(place) = opened {
            desk.wish(Wish::Open(place));
        }
    }

    fn printed(&mut self, desk: &mut Desk) {
        match self.printing.poll() {
            Some(Ok(made)) => papers::tell(made, desk),
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }
}

impl Screen for Document {
    fn place(&self) -> Place {
        Place::of(self.spec.place, self.id)
    }

    fn title(&self, desk: &Desk) -> String {
        let number = self.document().map(|document| plain(document, "number"));
        let titled = number.map(|number| desk.say_with(self.spec.title, &[("number", &number)]));
        titled.unwrap_or_else(|| desk.say(self.spec.list.title))
    }

    fn icon(&self) -> &'static str {
        self.spec.list.icon
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        self.document().map(|document| self.offers(document, desk)).unwrap_or_default()
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        let Some(document) = self.document().cloned() else { return };
        let spec = self.spec;
        if let Some(paper) = spec.papers.iter().find(|paper| paper.action.id == action) {
            if let Some(wanted) = (paper.wanted)(&document).filter(|_| !self.printing.is_under_way()) {
                self.printing.put(papers::make(desk, vec![wanted]));
            }
        } else if let Some(deed) = spec.deeds.iter().find(|deed| deed.action.id == action) {
            self.asked = Asked::open(deed, &document, desk);
        } else if let Some(link) = spec.list.links.iter().find(|link| link.action.id == action) {
            desk.wish(Wish::Open(Place::of(link.kind, plain(&document, link.field))));
        } else {
            self.work.begin(action, spec.list, &document, desk);
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.follow(desk);
        self.printed(desk);
        let frame = Frame::new().fill(Tokens::of(ui).colors().panel).inner_margin(Margin::symmetric(12, 8));
        let pressed = frame.show(ui, |ui| {
            let pressed = self.bar_ui(ui, desk);
            self.parts.tabs_ui(ui, self.spec.parts, desk);
            ui.separator();
            match self.parts.shown(self.spec.parts) {
                Some(part) => self.parts.part_ui(ui, part, self.id, desk),
                None => self.inside(ui, desk),
            }
            pressed
        });
        if let Some(action) = pressed.inner {
            self.act(action, desk);
        }
        self.work.ui(ui, self.spec.list, desk);
        if let Some(asked) = &mut self.asked
            && asked.ui(ui, desk)
        {
            self.asked = None;
        }
        let escape = |ui: &Ui| ui.input_mut(|input| Keys::plain(Key::Escape).pressed(input));
        if !self.modal() && !menu::is_open(ui.ctx()) && escape(ui) {
            desk.wish(Wish::Close);
        }
    }

    fn modal(&self) -> bool {
        self.work.is_asking() || self.asked.is_some() || self.parts.is_asking()
    }
}
