//! The item that a scanner or a typed code means.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::money::UnitPrice;
use crate::base::right::Right;
use crate::domain::item::{self, Item};
use crate::domain::unit::Unit;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// The item with this barcode, else with this code; nothing where there is none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindItem {
    /// A barcode as a scanner gives it, or the company's own code.
    pub code: String,
}

/// An item as an order line begins with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundItem {
    /// Its id.
    pub id: Id<Item>,
    /// The company's own code for it.
    pub code: String,
    /// How it is called.
    pub name: String,
    /// Code of what it is counted in.
    pub unit: String,
    /// The usual price; none while it is not known.
    pub price: Option<UnitPrice>,
    /// The currency of the price.
    pub currency: Currency,
    /// Whether it is offered.
    pub active: bool,
}

impl Query for FindItem {
    const NAME: &'static str = "find-item";
    const NEED: Need = Need::Right(Right::ItemView);
    type Row = FoundItem;

    fn run(&self, view: &View<'_>) -> Result<Vec<FoundItem>> {
        let code = self.code.trim();
        let found = match item::by_barcode(view, code)? {
            Some(found) => Some(found),
            None => item::by_code(view, code)?,
        };
        let Some(found) = found else {
            return Ok(Vec::new());
        };
        let unit: Unit = view.get(found.unit_id)?;
        Ok(vec![FoundItem {
            id: found.id,
            code: found.code,
            name: found.name,
            unit: unit.code,
            price: found.price,
            currency: found.currency,
            active: found.active,
        }])
    }
}
