//! The orders: search window, coloured list, details of the one under the cursor.

pub(crate) mod list;

use egui::{Id, Key, Ui};

use crate::base::right::Right;
use crate::modules::orders::list::ORDERS;
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::{Desk, Wish};
use crate::ui::grid::{EmptyState, GridEvent};
use crate::ui::icon;
use crate::ui::list::{ListView, key};
use crate::ui::screen::{Place, Screen};
use crate::ui::words::say;

static NEW: Action = Action {
    id: "new",
    text: "action.new_order",
    icon: icon::PLUS,
    keys: &[Keys::ctrl(Key::N), Keys::plain(Key::Insert)],
    need: Some(Right::OrderPlace),
};
static OPEN: Action =
    Action { id: "open", text: "action.open", icon: icon::FOLDER_OPEN, keys: &[Keys::ctrl(Key::O)], need: None };

/// The screen of all orders.
pub struct Orders {
    list: ListView,
}

impl Orders {
    /// All orders, newest first.
    pub fn new() -> Orders {
        let mut list = ListView::new(&ORDERS);
        list.grid.focus();
        Orders { list }
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

    fn icon(&self) -> &'static str {
        icon::SHOPPING_CART
    }

    fn actions(&self, desk: &Desk) -> Vec<Offer> {
        let one = self.list.current().is_some();
        let mut offers = vec![NEW.primary(true), OPEN.offer(one)];
        offers.retain(|offer| offer.action.need.is_none_or(|need| desk.may(need)));
        offers
    }

    fn act(&mut self, action: &'static str, desk: &mut Desk) {
        match action {
            "new" => desk.wish(Wish::Open(Place::of("order", "new"))),
            "open" => {
                if let Some(row) = self.list.current() {
                    desk.wish(Wish::Open(Place::of("order", key(row))));
                }
            }
            _ => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let empty = EmptyState { icon: icon::SHOPPING_CART, text: say(ui, "window.no_orders"), button: String::new() };
        let (events, _) = self.list.ui(ui, Id::unique("orders-grid"), desk, &empty);
        for event in events {
            if let GridEvent::Opened(key) = event {
                desk.wish(Wish::Open(Place::of("order", key)));
            }
        }
    }
}
