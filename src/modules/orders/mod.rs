//! The orders: search window, coloured list, details of the one under the cursor.

mod actions;
mod details;
mod filter;
pub(crate) mod list;
mod moves;
mod search;
mod several;
mod sought;
mod viewed;

use egui::{Frame, Id, Margin, Panel, RichText, Ui, UiBuilder};
use serde_json::{Value as Json, json};

use crate::engine::worker::Lane;
use crate::modules::orders::details::Details;
use crate::modules::orders::filter::Filter;
use crate::modules::orders::list::ORDERS;
use crate::modules::orders::moves::Move;
use crate::modules::orders::search::{Found, Search};
use crate::modules::orders::sought::Sought;
use crate::modules::peek::Peek;
use crate::modules::preview;
use crate::modules::templates::{BEGIN, KEEP, Keeping, Pick};
use crate::modules::views::Views;
use crate::ui::action::Offer;
use crate::ui::desk::{Desk, Wish};
use crate::ui::dialog::{Dispatch, Reason, reason};
use crate::ui::grid::{self, Chosen, EmptyState, GridEvent, empty_ui};
use crate::ui::list::{CUSTOMER, ListView, key, too_many, written};
use crate::ui::loader::Loader;
use crate::ui::menu::{Entry, Menu, entries_ui};
use crate::ui::screen::{Place, Screen};
use crate::ui::toast::{Offered, Toast};
use crate::ui::tokens::Tokens;
use crate::ui::words::say;
use crate::ui::{button, icon};

/// Under this name it is kept whether the search window comes first.
const SEARCH_HIDDEN: &str = "orders-search-hidden";

/// The screen of all orders.
/// Wide: the parts of one screen.
pub struct Orders {
    list: ListView,
    filter: Filter,
    sought: Sought,
    views: Views,
    search: Option<Search>,
    details: Details,
    menu: Option<Menu>,
    statuses: Option<Menu>,
    own_statuses: Loader<Vec<Json>>,
    cancelling: Option<(Json, Reason)>,
    sending: Dispatch,
    first: bool,
    menu_place: Option<egui::Pos2>,
    several: several::Work,
    peek: Peek,
    templates: Pick,
    keeping: Option<Keeping>,
}

impl Orders {
    /// All orders, newest first.
    pub fn new() -> Orders {
        let mut list = ListView::new(&ORDERS);
        list.grid.focus();
        Orders {
            list,
            filter: Filter::default(),
            sought: Sought::default(),
            views: Views::new(ORDERS.query),
            search: None,
            details: Details::default(),
            menu: None,
            statuses: None,
            own_statuses: Loader::default(),
            cancelling: None,
            sending: Dispatch::default(),
            first: true,
            menu_place: None,
            several: several::Work::default(),
            peek: Peek::default(),
            templates: Pick::default(),
            keeping: None,
        }
    }

    /// The orders of one customer, without the search window.
    pub fn of_customer(customer: i64, name: String) -> Orders {
        let mut orders = Orders::new();
        orders.filter.customer = Some((customer, name));
        orders.first = false;
        orders.views.begin_without();
        orders
    }

    fn offers(&self, desk: &Desk) -> Vec<Offer> {
        let selected = !self.list.grid.selection.is_empty();
        actions::offers(self.list.current(), (self.like_this().is_some(), selected), desk)
    }

    /// The filter that shows only orders with the same in the column under the cursor.
    fn like_this(&self) -> Option<Filter> {
        self.filter.by_value(self.list.column()?.field, self.list.current()?)
    }

    /// Does what has to do with templates; whether it was that.
    fn template(&mut self, action: &str) -> bool {
        if action == BEGIN.id {
            self.templates.open();
        } else if action == KEEP.id {
            let order = self.list.current().map(key);
            self.keeping = order.map(|order| Keeping::new(("order", json!(order)), ""));
        }
        action == BEGIN.id || action == KEEP.id
    }

    fn search_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        let Some(search) = &mut self.search else {
            return;
        };
        let Some(found) = search.ui(ui, desk) else {
            return;
        };
        desk.workplace.keep(SEARCH_HIDDEN, if search.hidden { "yes" } else { "" });
        self.search = None;
        self.list.grid.focus();
        match found {
            Found::Show(filter) => self.show(filter, desk),
            Found::New => desk.wish(Wish::Open(Place::of("order", "new"))),
            Found::Closed => {}
        }
    }

    fn chips_ui(&mut self, ui: &mut Ui, desk: &Desk) -> Option<&'static str> {
        let in_bar = |offer: &Offer| actions::is_in_bar(offer.action.id);
        let mut buttons = self.actions(desk);
        buttons.retain(in_bar);
        let mut pressed = None;
        ui.horizontal_wrapped(|ui| {
            for offer in &buttons {
                let response = button::action(ui, offer);
                if offer.action.id == BEGIN.id {
                    self.templates.at = response.rect.left_bottom();
                }
                if response.clicked() {
                    pressed = Some(offer.action.id);
                }
            }
            self.views.button_ui(ui, false);
            let mut gone = None;
            for (part, text) in self.filter.parts(desk) {
                let chip = RichText::new(format!("{text}  {}", icon::X)).color(Tokens::of(ui).colors().info);
                let response = ui.button(chip);
                button::name(&response, &desk.say_with("search.remove", &[("name", &text)]), true);
                if response.clicked() {
                    gone = Some(part);
                }
            }
            if let Some(part) = gone {
                let mut filter = self.filter.clone();
                filter.without(part);
                self.show(filter, desk);
            }
            if self.filter != Filter::default() && ui.link(say(ui, "search.clear")).clicked() {
                self.show_all(desk);
            }
        });
        pressed
    }

    fn grid_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if self.views.waits() {
            return;
        }
        let lost = self.sought.lost(&self.filter, desk);
        if let Some(empty) = self.views.instead(ui, lost) {
            if empty_ui(ui, &empty) {
                self.show_all(desk);
            }
            return;
        }
        let nothing = self.filter == Filter::default();
        let (text, word) =
            if nothing { ("window.no_orders", "action.new_order") } else { ("search.nothing", "search.clear") };
        let empty = EmptyState { icon: icon::SHOPPING_CART, text: say(ui, text), button: say(ui, word) };
        let (events, pressed) = self.list.ui(ui, Id::unique("orders-grid"), desk, &empty);
        if pressed && nothing {
            desk.wish(Wish::Open(Place::of("order", "new")));
        } else if pressed {
            self.show_all(desk);
        }
        for event in events {
            match event {
                GridEvent::Opened(key) => desk.wish(Wish::Open(Place::of("order", key))),
                GridEvent::MenuAsked { at, .. } => {
                    self.menu = Some(Menu::at(at).back_to(Id::unique("orders-grid")));
                    self.menu_place = Some(at);
                }
                GridEvent::Typed(text) => {
                    let hidden = desk.workplace.kept(SEARCH_HIDDEN).is_some();
                    self.search = Some(Search::typed(text, &self.filter, desk, hidden));
                }
                GridEvent::CopyWanted => desk.refuse(&too_many()),
                _ => {}
            }
        }
    }

    fn menus_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let mut offers = self.offers(desk);
        offers.push(grid::COPY_CELL.offer(self.list.current().is_some()));
        offers.extend(self.list.group_offers().filter(|offer| offer.enabled));
        if let Some(action) = crate::ui::menu::menu_ui(ui, &mut self.menu, &offers) {
            self.act(action, desk);
        }
        let several = self.selected().is_some();
        let ask = || desk.handle.ask_json(Lane::Interactive, &desk.call, "statuses", json!({"active": true}));
        let own = self.own_statuses.keep(desk.revision(&["statuses"]), ask).map_or(&[][..], Vec::as_slice);
        let moves = match self.list.current() {
            _ if self.statuses.is_none() => Vec::new(),
            _ if several => moves::all(own, desk),
            row => row.map(|row| moves::of(row, own, desk)).unwrap_or_default(),
        };
        let entries: Vec<Entry> = moves.iter().map(Move::entry).collect();
        if let Some(chosen) = entries_ui(ui, &mut self.statuses, &entries).and_then(|at| moves.get(at)) {
            self.change(chosen, desk);
        }
    }

    /// The orders that are selected, where any are.
    fn selected(&self) -> Option<Chosen> {
        self.list.grid.selection.chosen().filter(|_| !self.list.grid.selection.is_empty())
    }

    fn change(&mut self, chosen: &Move, desk: &Desk) {
        if let Some(selected) = self.selected() {
            return self.several.change(&chosen.to, (selected, self.list.filter()), desk);
        }
        let Some(row) = self.list.current() else {
            return;
        };
        let order = json!({"order": row.get("id"), "version": row.get("version")});
        if chosen.to == "cancelled" {
            self.cancelling = Some((order, Reason::default()));
            return;
        }
        let mut order = order;
        if let Some(fields) = order.as_object_mut() {
            fields.insert("status".to_owned(), chosen.to.clone().into());
        }
        self.sending.send(desk, "change-order-status", order);
    }

    fn sent_ui(&mut self, ui: &Ui, desk: &mut Desk) {
        if let Some((order, typed)) = &mut self.cancelling {
            let (title, accept) = (say(ui, "orders.cancel_title"), say(ui, "orders.cancel"));
            if let Some(given) = reason(ui, &title, &accept, typed) {
                if let (Some(given), Some(fields)) = (given, order.as_object_mut()) {
                    fields.insert("reason".to_owned(), given.into());
                    self.sending.send(desk, "cancel-order", order.clone());
                }
                self.cancelling = None;
            }
        }
        match self.sending.ui(ui, desk) {
            Some(Ok(done)) => {
                let opened = done.output.get("id").and_then(Json::as_i64);
                desk.toast(Toast::done(desk.say("orders.changed")).offer(Offered::Undo(done.seq)));
                if let Some(order) = opened {
                    desk.wish(Wish::Open(Place::of("order", order)));
                }
            }
            Some(Err(error)) => desk.refuse(&error),
            None => {}
        }
    }
}

impl Default for Orders {
    fn default() -> Orders {
        Orders::new()
    }
}

impl Screen for Orders {
    fn place(&self) -> Place {
        Place::only("orders")
    }

    fn title(&self, desk: &Desk) -> String {
        desk.say("window.orders")
    }

    fn heading(&self, desk: &Desk) -> String {
        if self.search.is_some() { desk.say("search.title") } else { self.title(desk) }
    }

    fn icon(&self) -> &'static str {
        icon::SHOPPING_CART
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        let peek = Peek::offer("order", self.list.current().is_some());
        self.offers(desk).into_iter().chain(self.views.offers()).chain(peek).chain(self.list.grid_offers()).collect()
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        if self.list.grid.act(action) || self.views.act(action) || Peek::act(action, desk) || self.template(action) {
            return;
        }
        let current = self.list.current().map(key);
        match (action, current) {
            ("new", _) => desk.wish(Wish::Open(Place::of("order", "new"))),
            ("search", _) => {
                self.search = Some(Search::new(&self.filter, desk, desk.workplace.kept(SEARCH_HIDDEN).is_some()));
            }
            ("clear", _) => self.show_all(desk),
            ("refresh", _) => self.list.refresh(),
            ("open", Some(order)) => desk.wish(Wish::Open(Place::of("order", order))),
            ("print-order", _) if let Some(selected) = self.selected() => {
                self.several.print((selected, self.list.filter()), desk);
            }
            ("pay" | "print" | "print-order", Some(order)) => desk.wish(Wish::Do(Place::of("order", order), action)),
            ("preview", Some(order)) => desk.wish(Wish::Open(Place::of(preview::ORDER, order))),
            ("copy", Some(order)) => self.sending.send(desk, "copy-order", json!({"order": order})),
            ("return", Some(order)) => self.sending.send(desk, "return-order", json!({"order": order})),
            ("status", _) if current.is_some() || self.selected().is_some() => {
                let at = self.menu_place.take().unwrap_or(egui::pos2(640.0, 200.0));
                self.statuses = Some(Menu::at(at).back_to(Id::unique("orders-grid")));
            }
            ("filter-by", Some(_)) => {
                if let Some(filter) = self.like_this() {
                    self.show(filter, desk);
                }
            }
            ("same-customer", Some(_)) => {
                if let Some(row) = self.list.current() {
                    let customer = row.get("counterparty").and_then(Json::as_i64).unwrap_or_default();
                    let name = written(CUSTOMER, row, "counterparty_name", desk);
                    let filter = Filter { customer: Some((customer, name)), ..self.filter.clone() };
                    self.show(filter, desk);
                }
            }
            _ => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.ask_first(desk);
        if self.search.is_none() {
            self.details.keys(ui);
        }
        let c_bg = Tokens::of(ui).colors().bg;
        let bar = Frame::new().fill(c_bg).inner_margin(Margin::symmetric(8, 2));
        let pressed = Panel::top("orders-bar").frame(bar).show(ui, |ui| self.chips_ui(ui, desk)).inner;
        if let Some(action) = pressed {
            self.act(action, desk);
        }
        let current = self.list.current().map(key);
        self.peek.ui(ui, ("order", current), desk);
        let room = ui.available_rect_before_wrap();
        self.details.make_room(current.is_some() && Peek::is_open(desk), room.height());
        let (list, details) = room.split_top_bottom_at_y(room.bottom() - self.details.height(room.height(), desk));
        ui.scope_builder(UiBuilder::new().max_rect(details), |ui| self.details.ui(ui, desk, current));
        ui.scope_builder(UiBuilder::new().max_rect(list), |ui| self.grid_ui(ui, desk));
        self.menus_ui(ui, desk);
        self.views_ui(ui, desk);
        self.sent_ui(ui, desk);
        self.several.ui(ui, desk);
        self.templates.ui(ui, desk);
        if self.keeping.as_mut().is_some_and(|keeping| keeping.ui(ui, desk).is_some()) {
            self.keeping = None;
        }
        self.search_ui(ui, desk);
    }

    fn modal(&self) -> bool {
        self.search.is_some()
            || self.cancelling.is_some()
            || self.sending.is_asking()
            || self.menu.is_some()
            || self.details.is_asking()
            || self.views.is_asking()
            || self.several.is_asking()
            || self.templates.is_open()
            || self.keeping.is_some()
    }
}
