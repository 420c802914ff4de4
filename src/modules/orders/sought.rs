//! Whether the customer that a filter names is still there: a filter for who is gone says so.

use serde_json::{Value as Json, json};

use crate::base::right::Right;
use crate::engine::worker::Lane;
use crate::modules::orders::filter::Filter;
use crate::ui::desk::Desk;
use crate::ui::loader::Loader;

/// The customer of a filter.
#[derive(Default)]
pub(super) struct Sought {
    of: Option<i64>,
    found: Loader<Vec<Json>>,
}

impl Sought {
    /// The name of the customer that the filter asks for and that is not there any more.
    pub(super) fn lost<'f>(&mut self, filter: &'f Filter, desk: &Desk) -> Option<&'f str> {
        let (id, name) = filter.customer.as_ref().filter(|_| desk.may(Right::CounterpartyView))?;
        if self.of.replace(*id) != Some(*id) {
            self.found.clear();
        }
        let ask = || desk.handle.ask_json(Lane::Background, &desk.call, "counterparty", json!({ "id": id }));
        self.found.keep(desk.revision(&["counterparties"]), ask);
        self.found.error().filter(|error| error.key() == "error.record_missing").map(|_| name.as_str())
    }
}
