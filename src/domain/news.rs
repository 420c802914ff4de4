//! News in a list: which of its rows other people changed since a moment, among those that the asker may see.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::lenient;
use crate::domain::counterparty::{Counterparties, Counterparty};
use crate::domain::invoice::Invoice;
use crate::domain::invoice::query::InvoicesQuery;
use crate::domain::item::{Item, Items};
use crate::domain::list_filter::row_ids;
use crate::domain::order::Order;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::payment::Payment;
use crate::domain::payment::query::PaymentsQuery;
use crate::domain::task::{Task, Tasks};
use crate::engine::command::Need;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::select::{Ask, Since};
use crate::engine::store::Slice;
use crate::engine::table::{Row as _, Table};

/// News as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[QueryEntry::of::<ChangedSince>()], tables: &[], statements: &[], lists: &[] };

/// A list whose rows are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// The orders.
    Orders,
    /// The customers.
    Counterparties,
    /// The items.
    Items,
    /// The payments.
    Payments,
    /// The invoices.
    Invoices,
    /// The tasks.
    Tasks,
}

impl Listed {
    fn table(self) -> &'static Table {
        match self {
            Listed::Orders => Order::TABLE,
            Listed::Counterparties => Counterparty::TABLE,
            Listed::Items => Item::TABLE,
            Listed::Payments => Payment::TABLE,
            Listed::Invoices => Invoice::TABLE,
            Listed::Tasks => Task::TABLE,
        }
    }

    /// The whole list as the asker may see it; none where nothing can match. Rejected without the right to the list.
    fn ask(self, view: &View<'_>) -> Result<Option<Ask>> {
        let need = match self {
            Listed::Orders => OrdersQuery::NEED,
            Listed::Counterparties => Counterparties::NEED,
            Listed::Items => Items::NEED,
            Listed::Payments => PaymentsQuery::NEED,
            Listed::Invoices => InvoicesQuery::NEED,
            Listed::Tasks => Tasks::NEED,
        };
        need.admit(view.actor())?;
        match self {
            Listed::Orders => OrdersQuery::default().filtered(view),
            Listed::Counterparties => Counterparties::default().filtered(view).map(Some),
            Listed::Items => Items::default().filtered(view).map(Some),
            Listed::Payments => PaymentsQuery::default().filtered(view).map(Some),
            Listed::Invoices => InvoicesQuery::default().filtered(view).map(Some),
            Listed::Tasks => Tasks::default().filtered(view).map(Some),
        }
    }
}

/// Those of some rows of a list that other people changed since a moment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedSince {
    /// The list.
    pub list: Listed,
    /// The rows.
    #[serde(default, deserialize_with = "lenient::opt_texts")]
    pub ids: Option<Vec<String>>,
    /// The moment, in UTC milliseconds.
    #[serde(deserialize_with = "lenient::int")]
    pub since: i64,
}

/// A row that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedRow {
    /// Its id.
    pub id: i64,
}

impl Query for ChangedSince {
    const NAME: &'static str = "changed-since";
    const NEED: Need = Need::SignedIn;
    type Row = ChangedRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<ChangedRow>> {
        let Some(ask) = self.list.ask(view)? else { return Ok(Vec::new()) };
        let ids = row_ids(self.ids.as_deref().unwrap_or_default())?;
        let since = Since { but: view.actor().user, at: self.since };
        let changed = ask.changed(view, (self.list.table().code, &ids), since)?;
        Ok(changed.into_iter().map(|id| ChangedRow { id }).collect())
    }
}
