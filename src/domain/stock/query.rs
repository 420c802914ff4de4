//! What lies where, as it is asked for.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::item::Item;
use crate::domain::location::{self, Location};
use crate::domain::stock::list::STOCK;
use crate::domain::{item_group, list_filter, text_search};
use crate::engine::command::Need;
use crate::engine::query::{Query, View};
use crate::engine::select::{Ask, Listed};
use crate::engine::value::{Column as _, Value};
use crate::result_row;

/// What lies where, by the name of the item. Filters of one name are joined by "or", filters of several names by "and".
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StockQuery {
    /// Words, each a fragment of the item's name, code or barcode.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub text: Option<String>,
    /// Items.
    #[serde(deserialize_with = "lenient::opt_texts")]
    pub item: Option<Vec<String>>,
    /// Code of a warehouse or retail point, with all its places, or of one place.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub warehouse: Option<String>,
    /// A group of items, by name; not those inside it.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub group: Option<String>,
    /// `held`, `below-zero` or `none`; also where nothing lies any more when left out.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub state: Option<String>,
    /// `name` or `on_hand`; `-` before it turns it round.
    pub sort: Option<String>,
    /// How many; 100 when left out, 500 at most.
    #[serde(deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
    /// Only behind the row with this key.
    #[serde(deserialize_with = "lenient::opt_text")]
    pub after: Option<String>,
    /// Leaves out so many rows first.
    #[serde(deserialize_with = "lenient::int")]
    pub skip: i64,
}

result_row! {
    /// So much of an item lies in a location. Wide: a row of an answer.
    pub struct StockRow {
        /// Id of the row.
        id: i64,
        /// The item.
        item: Id<Item>,
        /// The company's own code for it.
        code: String,
        /// How it is called.
        name: String,
        /// Code of what it is counted in.
        unit: String,
        /// The location.
        location: Id<Location>,
        /// Its code.
        location_code: String,
        /// How people call it.
        location_name: String,
        /// How people call the warehouse that a place is in.
        warehouse_name: String,
        /// How much lies there; below zero where more has left than came.
        on_hand: Quantity,
    }
}

const STATES: [&str; 3] = ["held", "below-zero", "none"];

impl Query for StockQuery {
    const NAME: &'static str = "stock";
    const NEED: Need = Need::Right(Right::StockView);
    type Row = Listed<StockRow>;

    fn run(&self, view: &View<'_>) -> Result<Vec<Listed<StockRow>>> {
        let ask = self.filtered(view)?.sort(self.sort.as_deref().unwrap_or("name"))?;
        ask.limit(self.limit)?.skip(self.skip).after(self.after.as_deref())?.page(view)
    }
}

impl StockQuery {
    fn filtered(&self, view: &View<'_>) -> Result<Ask> {
        let group = self.group.as_deref().map(|name| item_group::find(view, name)).transpose()?;
        let state = self.state.clone().map(|state| vec![state]);
        text_search::by_text(STOCK.ask(), view, self.text.as_deref())?
            .filter("item", list_filter::ids(self.item.as_deref(), "item")?)?
            .filter("warehouse", warehouse(view, self.warehouse.as_deref())?)?
            .filter("group", group.map(|group| group.id.to_value()).into_iter().collect())?
            .filter("state", list_filter::one_of(state.as_deref(), &STATES, "state")?)
    }
}

/// The warehouse, retail point or place that is named. Rejected at `warehouse` where there is none.
pub(crate) fn warehouse(view: &View<'_>, typed: Option<&str>) -> Result<Vec<Value>> {
    let found = typed.map(|code| location::own(view, code, "warehouse")).transpose()?;
    Ok(found.map(|location| location.id.to_value()).into_iter().collect())
}
