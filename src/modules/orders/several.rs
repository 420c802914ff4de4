//! What is done with many selected orders at once: their state is changed, their papers are made; what was refused is told.

use std::collections::BTreeSet;

use egui::{Id, Ui};
use serde_json::{Map, Value as Json};

use crate::base::error::{Error, Result};
use crate::base::id::Id as RowId;
use crate::domain::order::several::{ChangeOrdersStatus, ChangedOrders, MOST, RefusedOrder};
use crate::engine::select::Positions;
use crate::engine::store::Done;
use crate::engine::worker::Lane;
use crate::modules::papers::{self, Several};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Dialog, Reason, reason};
use crate::ui::grid::Chosen;
use crate::ui::loader::Sending;
use crate::ui::toast::{Offered, Toast};
use crate::ui::words::{say, say_with};

/// What is done with them.
#[derive(Clone)]
enum What {
    /// Moved to this state or status.
    Move(String),
    /// Their papers.
    Print,
}

/// Many orders on their way.
#[derive(Default)]
pub(super) struct Work {
    what: Option<What>,
    but: BTreeSet<i64>,
    places: Sending<Positions>,
    ids: Vec<i64>,
    reason: Option<Reason>,
    moving: Sending<Done<ChangedOrders>>,
    printing: Sending<Several>,
    refused: Vec<RefusedOrder>,
}

impl Work {
    /// Whether a dialog of its own is open.
    pub(super) fn is_asking(&self) -> bool {
        self.reason.is_some() || !self.refused.is_empty()
    }

    fn is_busy(&self) -> bool {
        self.what.is_some()
    }

    /// Moves the chosen orders of the list with this filter.
    pub(super) fn change(&mut self, to: &str, (chosen, filter): (Chosen, &Map<String, Json>), desk: &Desk) {
        self.begin(What::Move(to.to_owned()), (chosen, filter), desk);
    }

    /// Makes the papers of the chosen orders.
    pub(super) fn print(&mut self, (chosen, filter): (Chosen, &Map<String, Json>), desk: &Desk) {
        self.begin(What::Print, (chosen, filter), desk);
    }

    fn begin(&mut self, what: What, (chosen, filter): (Chosen, &Map<String, Json>), desk: &Desk) {
        if self.is_busy() {
            return;
        }
        self.what = Some(what);
        match chosen {
            Chosen::Only(ids) => self.go_on(ids.into_iter().collect(), desk),
            Chosen::AllBut(but) => {
                self.but = but;
                let filter = Json::Object(filter.clone());
                self.places.put(desk.handle.positions(Lane::Interactive, &desk.call, "orders", filter));
            }
        }
    }

    /// It is known which orders: a reason is asked for first where they are cancelled.
    fn go_on(&mut self, ids: Vec<i64>, desk: &Desk) {
        self.ids = ids;
        match &self.what {
            Some(What::Move(to)) if to == "cancelled" => self.reason = Some(Reason::default()),
            Some(What::Move(to)) => self.send(&to.clone(), None, desk),
            Some(What::Print) => self.printing.put(papers::make_several(desk, std::mem::take(&mut self.ids))),
            None => {}
        }
    }

    fn send(&mut self, to: &str, reason: Option<String>, desk: &Desk) {
        let orders = std::mem::take(&mut self.ids).into_iter().map(RowId::new).collect();
        let change = ChangeOrdersStatus { orders, status: to.to_owned(), reason };
        self.moving.put(desk.handle.send(&desk.call, change));
    }

    /// Asks what is to be asked, takes answers and tells of them.
    pub(super) fn ui(&mut self, ui: &Ui, desk: &mut Desk) {
        match self.places.poll() {
            Some(Ok(places)) => {
                let some = places.slice(0, MOST.saturating_add(self.but.len()).saturating_add(1));
                let ids = some.into_iter().filter(|id| !self.but.contains(id)).collect();
                self.go_on(ids, desk);
            }
            Some(Err(error)) => self.fail(&error, desk),
            None => {}
        }
        self.reason_ui(ui, desk);
        match self.moving.poll() {
            Some(done) => self.moved(done, desk),
            None => {
                if let Some(done) = self.printing.poll() {
                    self.printed(done, desk);
                }
            }
        }
        self.refused_ui(ui);
    }

    fn reason_ui(&mut self, ui: &Ui, desk: &Desk) {
        let Some(typed) = &mut self.reason else { return };
        let count = self.ids.len().to_string();
        let title = say_with(ui, "orders.cancel_several", &[("count", &count)]);
        let Some(given) = reason(ui, &title, &say(ui, "orders.cancel"), typed) else { return };
        self.reason = None;
        match given {
            Some(reason) => self.send("cancelled", Some(reason), desk),
            None => self.what = None,
        }
    }

    fn moved(&mut self, done: Result<Done<ChangedOrders>>, desk: &mut Desk) {
        self.what = None;
        match done {
            Ok(Done { output, seq, .. }) => {
                let text = desk.say_with("orders.changed_several", &[("count", &output.changed.to_string())]);
                desk.toast(Toast::done(text).offer(Offered::Undo(seq)));
                self.refused = output.refused;
            }
            Err(error) => desk.refuse(&error),
        }
    }

    fn printed(&mut self, done: Result<Several>, desk: &mut Desk) {
        self.what = None;
        match done {
            Ok(done) => {
                let text = desk.say_with("orders.printed_several", &[("count", &done.made.to_string())]);
                desk.toast(Toast::done(text).offer(Offered::Show(done.folder)));
                papers::tell_lacking(done.lacking, desk);
                self.refused = done.refused;
            }
            Err(error) => desk.refuse(&error),
        }
    }

    fn fail(&mut self, error: &Error, desk: &mut Desk) {
        self.what = None;
        desk.refuse(error);
    }

    /// What stayed as it was, with its number and the reason.
    fn refused_ui(&mut self, ui: &Ui) {
        if self.refused.is_empty() {
            return;
        }
        let count = self.refused.len().to_string();
        let title = say_with(ui, "orders.refused_several", &[("count", &count)]);
        let close = say(ui, "ui.close");
        let dialog = Dialog::new(Id::unique("orders-refused"), &title).width(560.0).accept(&close, true);
        let shown = dialog.show(ui, |ui| {
            for refused in &self.refused {
                // Most reasons name the order themselves.
                let number = if refused.why.contains(&refused.number) { "" } else { &refused.number };
                ui.label(format!("{number} {}", refused.why).trim());
            }
        });
        if shown.given.is_some() {
            self.refused.clear();
        }
    }
}
