//! The item that a scanner or a typed code means, and how much of it where the code tells that too.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Date;
use crate::base::decimal::{round_half_up, ten_to};
use crate::base::error::{Error, Result};
use crate::base::gs1::{self, Label};
use crate::base::id::Id;
use crate::base::money::UnitPrice;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::item::{self, Item};
use crate::domain::scale_code::{self, Measure, Weighed};
use crate::domain::unit::Unit;
use crate::engine::command::Need;
use crate::engine::query::{Query, View};

/// The item with this barcode, else of this GS1 label, else of this scale code, else with this code of the company's
/// own; nothing where there is none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindItem {
    /// A barcode as a scanner gives it, or the company's own code.
    pub code: String,
}

/// An item as an order line begins with it. Wide: what a label tells besides.
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
    /// The usual price; none while it is not known. Where the label names an amount: the price that gives exactly that.
    pub price: Option<UnitPrice>,
    /// The currency of the price.
    pub currency: Currency,
    /// Whether it is offered.
    pub active: bool,
    /// How much of it there is, where the code says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Its lot, where the label says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// The number of this one piece, where the label says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The last day it may be used, where the label says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
}

impl Query for FindItem {
    const NAME: &'static str = "find-item";
    const NEED: Need = Need::Right(Right::ItemView);
    type Row = FoundItem;

    fn run(&self, view: &View<'_>) -> Result<Vec<FoundItem>> {
        let code = self.code.trim();
        if let Some(found) = item::by_barcode(view, code)? {
            return Ok(vec![Found::of(view, found)?.item]);
        }
        if let Some(label) = gs1::read(code, view.today())
            && let Some(found) = item::by_barcode(view, &label.gtin)?
        {
            return Ok(vec![Found::of(view, found)?.labelled(label)?]);
        }
        if let Some(weighed) = scale_code::read(view, code)?
            && let Some(found) = of_scale(view, &weighed)?
        {
            return Ok(vec![Found::of(view, found)?.weighed(&weighed)?]);
        }
        let found = item::by_code(view, code)?;
        found.map(|found| Ok(Found::of(view, found)?.item)).into_iter().collect()
    }
}

/// The item of a scale code: by its own code as printed or without zeros, or by its barcode without a value.
fn of_scale(view: &View<'_>, weighed: &Weighed) -> Result<Option<Item>> {
    for number in &weighed.numbers {
        if let Some(found) = item::by_code(view, number)? {
            return Ok(Some(found));
        }
    }
    item::by_barcode(view, &weighed.bare)
}

/// An item that was found, with the unit it is counted in.
struct Found {
    item: FoundItem,
    decimals: u32,
}

impl Found {
    fn of(view: &View<'_>, found: Item) -> Result<Found> {
        let unit: Unit = view.get(found.unit_id)?;
        let item = FoundItem {
            id: found.id,
            code: found.code,
            name: found.name,
            unit: unit.code,
            price: found.price,
            currency: found.currency,
            active: found.active,
            quantity: None,
            lot: None,
            serial: None,
            expires: None,
        };
        Ok(Found { item, decimals: u32::try_from(unit.decimals).unwrap_or_default() })
    }

    /// With what its label tells; a weight is how much there is of what is weighed.
    fn labelled(self, label: Label) -> Result<FoundItem> {
        let grams = || label.kilograms.map(|weight| weight.micros().saturating_mul(1_000)).map(Quantity::from_micros);
        let quantity = match self.item.unit.as_str() {
            "kg" => label.kilograms,
            "g" => grams(),
            _ => None,
        };
        let quantity = quantity.map(|quantity| quantity.in_decimals(self.decimals)).transpose()?;
        Ok(FoundItem { quantity, lot: label.lot, serial: label.serial, expires: label.expires, ..self.item })
    }

    fn weighed(self, weighed: &Weighed) -> Result<FoundItem> {
        match weighed.measure {
            Measure::Quantity => {
                let step = 10_i64.checked_pow(Quantity::DECIMALS.saturating_sub(weighed.decimals)).unwrap_or(1);
                let quantity = Quantity::from_micros(weighed.value.saturating_mul(step)).in_decimals(self.decimals)?;
                self.counted(quantity, None)
            }
            Measure::Amount => self.worth(i128::from(weighed.value), weighed.decimals),
        }
    }

    /// So much as the amount buys; the price is the one at which it costs exactly that.
    fn worth(self, amount: i128, decimals: u32) -> Result<FoundItem> {
        let price = self.item.price.filter(|price| price.micros() > 0);
        let price = price.ok_or_else(|| Error::rejected("error.scale_no_price").arg("name", &self.item.name))?;
        let too_large = || Error::rejected("error.number_too_large").arg("text", amount);
        let step = ten_to(Quantity::DECIMALS.saturating_sub(self.decimals)).ok_or_else(too_large)?;
        let micros = ten_to(UnitPrice::DECIMALS.saturating_sub(decimals)).and_then(|scale| amount.checked_mul(scale));
        let micros = micros.ok_or_else(too_large)?;
        let million = ten_to(Quantity::DECIMALS).ok_or_else(too_large)?;
        // amount / price in steps of the unit, half up.
        let steps = micros.checked_mul(million.checked_div(step).unwrap_or(1));
        let steps = steps.and_then(|up| round_half_up(up, i128::from(price.micros()))).ok_or_else(too_large)?;
        let quantity = steps.checked_mul(step).and_then(|micros| i64::try_from(micros).ok()).ok_or_else(too_large)?;
        let exact = micros.checked_mul(million).and_then(|up| round_half_up(up, i128::from(quantity.max(1))));
        let exact = exact.and_then(|micros| i64::try_from(micros).ok()).ok_or_else(too_large)?;
        self.counted(Quantity::from_micros(quantity), Some(UnitPrice::from_micros(exact)))
    }

    fn counted(self, quantity: Quantity, price: Option<UnitPrice>) -> Result<FoundItem> {
        if quantity.is_zero() {
            return Err(Error::rejected("error.scale_nothing").arg("name", &self.item.name));
        }
        Ok(FoundItem { quantity: Some(quantity), price: price.or(self.item.price), ..self.item })
    }
}
