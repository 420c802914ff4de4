//! Rows that a person chose in a list of documents: count and sums over them, by the list's own filters and rights.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::money::Money;
use crate::domain::company;
use crate::domain::invoice::query::InvoicesQuery;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::payment::query::PaymentsQuery;
use crate::engine::command::Need;
use crate::engine::fields;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::select::{Ask, Chosen, GroupTotals};
use crate::engine::store::Slice;
use crate::engine::ticket::Watch;

/// Selections as a slice.
pub const SLICE: Slice =
    Slice { commands: &[], queries: &[QueryEntry::of::<SelectionTotals>()], tables: &[], statements: &[], lists: &[] };

/// A list of documents with amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Documents {
    /// The orders.
    Orders,
    /// The payments.
    Payments,
    /// The invoices.
    Invoices,
}

impl Documents {
    /// The names of what is summed, in the order of the list's sums.
    fn sums(self) -> &'static [&'static str] {
        match self {
            Documents::Orders => &["total", "paid", "debt"],
            Documents::Payments => &["amount"],
            Documents::Invoices => &["net", "tax", "total"],
        }
    }

    /// Count and sums in a currency.
    pub(crate) fn told(self, currency: Currency, group: &GroupTotals) -> SelectedTotals {
        let sums = self.sums().iter().copied().zip(&group.sums);
        let sums = sums.map(|(name, sum)| (name, Money::new(*sum, currency).to_string()));
        SelectedTotals { currency, count: group.count, sums: sums.collect() }
    }

    /// The list with its filters, as the asker may see it; none where nothing can match. Rejected without the right to
    /// the list.
    pub(crate) fn ask(self, view: &View<'_>, filter: Json) -> Result<Option<Ask>> {
        let need = match self {
            Documents::Orders => OrdersQuery::NEED,
            Documents::Payments => PaymentsQuery::NEED,
            Documents::Invoices => InvoicesQuery::NEED,
        };
        need.admit(view.actor())?;
        match self {
            Documents::Orders => fields::read::<OrdersQuery>(filter)?.filtered(view),
            Documents::Payments => fields::read::<PaymentsQuery>(filter)?.filtered(view).map(Some),
            Documents::Invoices => fields::read::<InvoicesQuery>(filter)?.filtered(view).map(Some),
        }
    }
}

/// Count and sums of chosen rows of a list, one row a currency, the company's own first.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionTotals {
    /// The list.
    pub list: Documents,
    /// The filter in use there, as the list takes it.
    #[serde(default)]
    pub filter: Json,
    /// These rows.
    #[serde(default)]
    pub only: Option<Vec<i64>>,
    /// Or all rows but these.
    #[serde(default)]
    pub but: Option<Vec<i64>>,
}

/// Count and sums in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SelectedTotals {
    /// The currency.
    pub currency: Currency,
    /// How many rows.
    pub count: i64,
    /// The sums by the names of their columns.
    #[serde(flatten)]
    pub sums: BTreeMap<&'static str, String>,
}

impl Query for SelectionTotals {
    const NAME: &'static str = "selection-totals";
    const NEED: Need = Need::SignedIn;
    type Row = SelectedTotals;

    fn run(&self, view: &View<'_>) -> Result<Vec<SelectedTotals>> {
        let chosen = match (&self.only, &self.but) {
            (Some(ids), None) => Chosen::Only(ids.clone()),
            (None, Some(ids)) => Chosen::AllBut(ids.clone()),
            _ => return Err(Error::rejected("error.only_or_but").at("only")),
        };
        let Some(ask) = self.list.ask(view, asked(&self.filter))? else { return Ok(Vec::new()) };
        let home = company::current(view)?.currency;
        let groups = ask.totals_of(view, (&chosen, home.code()), &Watch::default())?;
        groups.iter().map(|group| Ok(self.list.told(Currency::parse(&group.group)?, group))).collect()
    }
}

/// A filter as a list takes it, where none is given, too.
pub(crate) fn asked(filter: &Json) -> Json {
    if filter.is_null() { Json::Object(Map::new()) } else { filter.clone() }
}
