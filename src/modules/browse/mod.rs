//! A list on a screen of its own, described as data: search, filters, what can be done with a row.

pub(crate) mod action;
mod bar;
mod filter;
mod screen;
mod work;

use egui::{Id, Ui};
use serde_json::{Map, Value as Json};

pub(crate) use filter::{Filter, Values};
pub(crate) use work::{Edits, Voids, Work};

use crate::base::right::Right;
use crate::modules::browse::bar::{Bar, Pressed};
use crate::modules::peek::Peek;
use crate::modules::views::Views;
use crate::ui::action::{Action, Offer};
use crate::ui::desk::{Desk, Wish};
use crate::ui::grid::{self, EmptyState, GridEvent};
use crate::ui::list::{Kind, ListSpec, ListView, key, plain, too_many};
use crate::ui::menu::{Menu, menu_ui};
use crate::ui::screen::Place;

/// A list with what is done there.
#[derive(Clone, Copy)]
pub(crate) struct Catalogue {
    /// The kind of its place.
    pub place: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The list.
    pub list: &'static ListSpec,
    /// The field by which messages call a row.
    pub called: &'static str,
    /// Key of what its search looks in; empty where its query takes no text.
    pub searches: &'static str,
    /// What it is filtered by.
    pub filters: &'static [Filter],
    /// What opens a row.
    pub opens: Opens,
    /// Other places that a row leads to.
    pub links: &'static [Link],
    /// Who may add and change rows, and by which commands.
    pub edits: Option<Edits>,
    /// How a row is taken back.
    pub voids: Option<Voids>,
    /// Key of what is said while there is nothing.
    pub empty: &'static str,
}

/// What opens a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opens {
    /// The card of a place of this kind, with the row's id as its key.
    Card(&'static str),
    /// The screen around the list, which asks for it by [`Browse::wanted`].
    Inside,
}

/// What the screen around the list is to open.
pub(crate) enum Wanted {
    /// A new row.
    New,
    /// This row.
    Row(Json),
}

/// Another place that a row leads to.
pub(crate) struct Link {
    /// What does it.
    pub action: &'static Action,
    /// The field of the row that holds the key of the place.
    pub field: &'static str,
    /// The kind of the place.
    pub kind: &'static str,
    /// Who may go there: whoever may do one of these.
    pub needs: &'static [Right],
}

/// To the order of a document.
pub(crate) const TO_ORDER: Link = Link {
    action: &action::OPEN_ORDER,
    field: "order",
    kind: "order",
    needs: &[Right::OrderViewOwn, Right::OrderViewAll],
};

/// To the customer of a document.
pub(crate) const TO_CUSTOMER: Link =
    Link { action: &action::OPEN_CUSTOMER, field: "counterparty", kind: "customer", needs: &[Right::CounterpartyView] };

/// A catalogue on a screen, or a part of one.
pub(crate) struct Browse {
    spec: Catalogue,
    id: Id,
    list: ListView,
    bar: Bar,
    views: Option<Views>,
    menu: Option<Menu>,
    work: Work,
    // A part of another screen shows only what matches this.
    fixed: Option<Map<String, Json>>,
    wanted: Option<Wanted>,
    // What the screen around the list does with a row.
    more: &'static [&'static Action],
    asked: Option<&'static str>,
    peek: Peek,
}

impl Browse {
    /// The whole catalogue, the keyboard on its rows.
    pub(crate) fn new(spec: Catalogue) -> Browse {
        let mut list = ListView::new(spec.list);
        list.grid.focus();
        Browse {
            spec,
            id: Id::unique(("browse", spec.place)),
            list,
            bar: Bar::new(&spec),
            views: Views::has(spec.list.query).then(|| Views::new(spec.list.query)),
            menu: None,
            work: Work::default(),
            fixed: None,
            wanted: None,
            more: &[],
            asked: None,
            peek: Peek::default(),
        }
    }

    /// The same; the screen around it does these with a row and hears of them by [`Browse::asked`].
    pub(crate) fn offering(self, more: &'static [&'static Action]) -> Browse {
        Browse { more, ..self }
    }

    /// The same with these filters above its rows.
    pub(crate) fn filtered(self, filters: &'static [Filter]) -> Browse {
        let spec = Catalogue { filters, ..self.spec };
        Browse { spec, bar: Bar::new(&spec), ..self }
    }

    /// The same with other places that a row leads to.
    pub(crate) fn linked(self, links: &'static [Link]) -> Browse {
        Browse { spec: Catalogue { links, ..self.spec }, ..self }
    }

    /// What the screen around the list is to do with the current row, once.
    pub(crate) fn asked(&mut self) -> Option<(&'static str, Json)> {
        let asked = self.asked.take()?;
        Some((asked, self.list.current()?.clone()))
    }

    /// What the screen around the list is to do, once, with or without a row.
    pub(crate) fn asked_action(&mut self) -> Option<&'static str> {
        self.asked.take()
    }

    /// The row under the cursor, if it is loaded.
    pub(crate) fn current(&self) -> Option<&Json> {
        self.list.current()
    }

    fn more(&self, desk: &Desk) -> impl Iterator<Item = Offer> {
        let there = self.list.current().is_some();
        let mine: Vec<_> = self.more.iter().filter(|action| action.need.is_none_or(|right| desk.may(right))).collect();
        mine.into_iter().map(move |action| action.offer(there))
    }

    /// Only rows that match this too, on a part of the screen with this id; without search and filters above it.
    pub(crate) fn within(spec: &Catalogue, id: Id, fixed: Map<String, Json>) -> Browse {
        let mut list = ListView::new(spec.list).within("part");
        list.set_filter(fixed.clone());
        Browse { id, list, fixed: Some(fixed), views: None, ..Browse::new(*spec) }
    }

    /// Whether a dialog of its own is open.
    pub(crate) fn is_asking(&self) -> bool {
        self.work.is_asking() || self.views.as_ref().is_some_and(Views::is_asking)
    }

    /// What can be done now.
    pub(crate) fn actions(&self, desk: &Desk) -> Vec<Offer> {
        let there = self.list.current().is_some();
        let peek = self.looked_at().and_then(|kind| Peek::offer(kind, there));
        let views = self.views.iter().flat_map(Views::offers);
        let rows = self.list.grid_offers();
        self.buttons(desk).into_iter().chain(self.filter_by()).chain(views).chain(peek).chain(rows).collect()
    }

    /// What can be done now by buttons.
    fn buttons(&self, desk: &Desk) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.may_add(desk) {
            offers.push(action::NEW.primary(true));
        }
        if !self.spec.searches.is_empty() {
            offers.push(action::FIND.offer(true));
        }
        offers.push(action::REFRESH.offer(true));
        offers.extend(self.more(desk));
        offers.extend(self.work.offers(&self.spec, self.list.current(), desk));
        offers
    }

    /// The kind of records that can be looked at beside the list.
    fn looked_at(&self) -> Option<&'static str> {
        match self.spec.opens {
            Opens::Card(kind) if self.fixed.is_none() => Some(kind),
            Opens::Card(_) | Opens::Inside => None,
        }
    }

    /// Showing only rows like this one, where the list is filtered at all.
    fn filter_by(&self) -> Option<Offer> {
        let filtered = !self.spec.filters.is_empty() || !self.spec.searches.is_empty();
        (filtered && self.fixed.is_none()).then(|| action::FILTER_BY.offer(self.value_here().is_some()))
    }

    /// The column under the cursor and what the row holds there, if it is something to find rows by.
    fn value_here(&self) -> Option<(&'static str, String)> {
        let column = self.list.column()?;
        let found = !matches!(column.kind, Kind::Money | Kind::Number | Kind::Percent | Kind::Flag | Kind::Picture);
        let text = plain(self.list.current()?, column.field);
        (found && !text.is_empty()).then_some((column.field, text))
    }

    fn may_add(&self, desk: &Desk) -> bool {
        self.fixed.is_none() && self.spec.edits.as_ref().is_some_and(|edits| edits.adds && desk.may(edits.need))
    }

    /// What can be done with the row of the menu.
    fn menu_offers(&self, desk: &Desk) -> Vec<Offer> {
        let row = self.list.current();
        let mut offers = Vec::new();
        offers.push(action::OPEN.offer(row.is_some()));
        if self.may_add(desk) {
            offers.push(action::NEW.offer(true));
        }
        for link in self.spec.links {
            if link.needs.iter().any(|right| desk.may(*right)) {
                offers.push(link.action.offer(row.is_some_and(|row| !plain(row, link.field).is_empty())));
            }
        }
        offers.extend(self.more(desk));
        offers.push(grid::COPY_CELL.offer(row.is_some()));
        offers.extend(self.list.group_offers().filter(|offer| offer.enabled));
        offers.extend(self.filter_by());
        offers.extend(self.work.offers(&self.spec, row, desk));
        offers.push(action::REFRESH.offer(true));
        offers
    }

    /// Does one of the offered actions.
    pub(crate) fn act(&mut self, id: &'static str, desk: &mut Desk) {
        let row = self.list.current().cloned();
        let viewed = self.views.as_mut().is_some_and(|views| views.act(id));
        if viewed || self.list.grid.act(id) || Peek::act(id, desk) {
            return;
        }
        if id == action::NEW.id {
            match self.spec.opens {
                Opens::Card(kind) => desk.wish(Wish::Open(Place::of(kind, "new"))),
                Opens::Inside => self.wanted = Some(Wanted::New),
            }
        } else if id == action::FIND.id {
            self.bar.find();
        } else if id == action::REFRESH.id {
            self.list.refresh();
        } else if id == action::FILTER_BY.id {
            if let Some((column, text)) = self.value_here() {
                self.bar.narrow(&self.spec, (column, &text));
            }
        } else if id == action::OPEN.id {
            self.open(row.as_ref(), desk);
        } else if self.more.iter().any(|action| action.id == id) {
            self.asked = Some(id);
        } else if let Some(link) = self.spec.links.iter().find(|link| link.action.id == id) {
            if let Some(row) = row.as_ref().map(|row| plain(row, link.field)).filter(|key| !key.is_empty()) {
                desk.wish(Wish::Open(Place::of(link.kind, row)));
            }
        } else if let Some(row) = row {
            self.work.begin(id, &self.spec, &row, desk);
        }
    }

    fn open(&mut self, row: Option<&Json>, desk: &mut Desk) {
        match (row, self.spec.opens) {
            (Some(row), Opens::Card(kind)) => desk.wish(Wish::Open(Place::of(kind, plain(row, "id")))),
            (Some(row), Opens::Inside) => self.wanted = Some(Wanted::Row(row.clone())),
            (None, _) => {}
        }
    }

    /// What the screen around the list is to open, once.
    pub(crate) fn wanted(&mut self) -> Option<Wanted> {
        self.wanted.take()
    }

    /// Gives the keyboard to the rows.
    pub(crate) fn focus(&mut self) {
        self.list.grid.focus();
    }

    /// Draws search, filters and rows.
    pub(crate) fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let shown = self.views_first(desk);
        let before = self.buttons(desk);
        if let Some(kind) = self.looked_at() {
            let current = self.list.current().map(key);
            self.peek.ui(ui, (kind, current), desk);
        }
        let pressed = match &self.fixed {
            Some(_) => Pressed::default(),
            None => self.bar.ui(ui, (self.id, &self.spec, self.views.as_mut()), desk, &before),
        };
        if pressed.cleared {
            self.show_all(desk);
        }
        if pressed.to_rows {
            self.list.grid.focus();
        }
        let mut chosen = pressed.action;
        if shown && !self.instead_ui(ui, desk) {
            chosen = self.rows_ui(ui, desk).or(chosen);
        }
        self.views_ui(ui, desk);
        let offers = self.menu_offers(desk);
        chosen = menu_ui(ui, &mut self.menu, &offers).or(chosen);
        if let Some(action) = chosen {
            self.act(action, desk);
        }
        self.work.ui(ui, &self.spec, desk);
        // Buttons were drawn before the rows told what can be done with them.
        let enabled =
            |offers: &[Offer]| offers.iter().map(|offer| (offer.action.id, offer.enabled)).collect::<Vec<_>>();
        if enabled(&before) != enabled(&self.buttons(desk)) {
            ui.ctx().request_repaint();
        }
    }

    /// Draws the rows; what was done on them.
    fn rows_ui(&mut self, ui: &mut Ui, desk: &mut Desk) -> Option<&'static str> {
        self.list.set_filter(self.fixed.clone().unwrap_or_else(|| self.bar.filter(&self.spec, desk)));
        let empty = self.empty(ui, desk);
        let (events, go_on) = self.list.ui(ui, self.id.with("grid"), desk, &empty);
        let mut chosen = None;
        if go_on && self.bar.narrows(&self.spec) {
            self.show_all(desk);
        } else if go_on {
            chosen = Some(action::NEW.id);
        }
        for event in events {
            chosen = self.event(event, desk).or(chosen);
        }
        chosen
    }

    fn event(&mut self, event: GridEvent, desk: &mut Desk) -> Option<&'static str> {
        match event {
            GridEvent::Opened(key) => {
                let row = self.list.told(key).cloned();
                self.open(row.as_ref(), desk);
            }
            GridEvent::MenuAsked { at, .. } => {
                self.menu = Some(Menu::at(at).back_to(self.id.with("grid")));
            }
            GridEvent::Typed(letters) if !self.spec.searches.is_empty() && self.fixed.is_none() => {
                self.bar.typed(&letters)
            }
            GridEvent::CopyWanted => desk.refuse(&too_many()),
            _ => {}
        }
        None
    }

    fn empty(&self, ui: &Ui, desk: &Desk) -> EmptyState {
        let say = |key| crate::ui::words::say(ui, key);
        let (text, button) = if self.fixed.is_none() && self.bar.narrows(&self.spec) {
            (say("browse.nothing_matches"), say("browse.clear"))
        } else {
            let button = if self.may_add(desk) { say(action::NEW.text) } else { String::new() };
            (say(self.spec.empty), button)
        };
        EmptyState { icon: self.spec.icon, text, button }
    }
}
