//! Scanned codes: the open screen takes them, else what they stand for is looked up and opened.

use std::collections::VecDeque;
use std::time::Duration;

use egui::Context;
use serde_json::{Value as Json, json};

use super::Window;
use crate::base::barcode;
use crate::base::error::Error;
use crate::base::right::Right;
use crate::domain::item::{FindItem, FoundItem};
use crate::engine::worker::Lane;
use crate::ui::list::key;
use crate::ui::loader::Sending;
use crate::ui::scan::Wedge;
use crate::ui::scan::repeat::{Device, Repeats};
use crate::ui::screen::Place;

/// Codes that wait for what they stand for, one after another.
#[derive(Default)]
pub(super) struct Scans {
    waiting: VecDeque<String>,
    looked: Option<String>,
    item: Sending<Vec<FoundItem>>,
    order: Sending<Vec<Json>>,
    repeats: Repeats,
}

impl Window {
    /// The scanner that may be heard now: none while the desk is locked or a screen listens to single keys.
    pub(crate) fn wedge(&self) -> Option<Wedge> {
        let heard = self.tabs.get(self.active).is_none_or(|tab| !tab.hears_keys());
        self.desk.scanner.setup().wedge.filter(|_| heard && self.lock.is_none())
    }

    /// Whether the screen in front still finds out what was confirmed before.
    pub(crate) fn settling(&self) -> bool {
        self.lock.is_none() && self.tabs.get(self.active).is_some_and(|tab| tab.settling())
    }

    /// Takes what came over the serial line.
    pub(super) fn listen(&mut self, ctx: &Context) {
        let wake = || {
            let ctx = ctx.clone();
            move || ctx.request_repaint()
        };
        let now = Duration::try_from_secs_f64(ctx.input(|input| input.time)).unwrap_or_default();
        while let Some(code) = self.desk.scanner.next(wake()) {
            self.scan(&code, Device::Line, now);
        }
    }

    /// Takes a scanned code; nothing is scanned at a locked desk, and a double trigger counts once.
    pub(crate) fn scan(&mut self, code: &str, device: Device, now: Duration) {
        let again = self.scans.repeats.is_again(device, code, now) && !self.desk.scanner.setup().repeats;
        if self.lock.is_some() || again {
            return;
        }
        self.idle_since = 0.0;
        self.above.palette = None;
        self.above.help = false;
        self.scans.waiting.push_back(barcode::without_symbology(code).to_owned());
        self.look();
    }

    /// Gives waiting codes to the open screen, or takes what came of looking them up.
    pub(super) fn look(&mut self) {
        loop {
            if self.scans.looked.is_some() && !self.found() {
                return;
            }
            let Some(code) = self.scans.waiting.pop_front() else {
                return;
            };
            let taken = self.tabs.get_mut(self.active).is_some_and(|tab| tab.scan(&code, &mut self.desk));
            if !taken {
                let find = FindItem { code: code.clone() };
                self.scans.item.put(self.desk.handle.ask(Lane::Interactive, &self.desk.call, find));
                self.scans.looked = Some(code);
            }
        }
    }

    /// Opens what a code stands for; whether that is known by now.
    fn found(&mut self) -> bool {
        let code = self.scans.looked.clone().unwrap_or_default();
        match self.scans.item.poll() {
            Some(Ok(items)) if !items.is_empty() => {
                let item = items.first().map(|item| item.id.get()).unwrap_or_default();
                self.open_item(&code, item);
                self.scans.looked = None;
            }
            Some(_) => {
                let query = json!({"id": code});
                self.scans.order.put(self.desk.handle.ask_json(Lane::Interactive, &self.desk.call, "order", query));
            }
            None => {}
        }
        match self.scans.order.poll() {
            Some(Ok(orders)) if !orders.is_empty() => {
                orders.first().into_iter().for_each(|order| self.open(&Place::of("order", key(order))));
                self.scans.looked = None;
            }
            Some(_) => {
                self.desk.refuse(&Error::rejected("error.scan_unknown").arg("code", &code));
                self.scans.looked = None;
            }
            None => {}
        }
        self.scans.looked.is_none()
    }

    /// Goods begin an order; among the items, and for who registers no orders, they open their card.
    fn open_item(&mut self, code: &str, item: i64) {
        let among_items = self.place().is_some_and(|place| matches!(place.kind, "items" | "item"));
        if among_items || !self.desk.may(Right::OrderPlace) {
            self.open(&Place::of("item", item));
            return;
        }
        self.open(&Place::of("order", "new"));
        if let Some(card) = self.tabs.get_mut(self.active) {
            card.scan(code, &mut self.desk);
        }
    }
}
