//! The orders: search window, coloured list, details of the one under the cursor.

pub(crate) mod list;

use egui::{Id, Ui};

use crate::modules::orders::list::ORDERS;
use crate::ui::action::Offer;
use crate::ui::desk::{Desk, Wish};
use crate::ui::grid::{EmptyState, GridEvent};
use crate::ui::icon;
use crate::ui::list::ListView;
use crate::ui::screen::{Place, Screen};
use crate::ui::words::say;

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

    fn actions(&self, _desk: &Desk) -> Vec<Offer> {
        Vec::new()
    }

    fn act(&mut self, _action: &'static str, _desk: &mut Desk) {}

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
