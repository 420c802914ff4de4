//! Stock: what lies where from all moves, goods under way, and reversals that move back what they take back.

use std::collections::BTreeMap;

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::domain::check::Look;
use crate::domain::item::Item;
use crate::domain::location::{self, Location, LocationKind};
use crate::domain::stock::row::{StockMove, Waybill, WaybillKind};
use crate::domain::stock::store::{self, BALANCES, REVERSAL};
use crate::engine::db::Db;
use crate::params;

/// How much of an item lies where, in millionths; wider than a quantity, so that no damage overflows it.
type Sums = BTreeMap<(Id<Item>, Id<Location>), i128>;

/// Adds every difference; gives the numbers taken.
pub(super) fn check(look: &Look<'_>, found: &mut Vec<Error>) -> Result<Vec<i64>> {
    balances(look, found)?;
    let mut numbers = Vec::new();
    let (db, transit) = (look.db, location::beyond(look.db, LocationKind::Transit)?);
    look.each(|waybill: Waybill| {
        numbers.push(waybill.number.get());
        // What was taken back went home under the number of its reversal.
        let stands = waybill.kind != WaybillKind::Reversal && !waybill.voided;
        let passing = stands && !store::passing(db, waybill.id, &transit)?.is_empty();
        if passing != waybill.under_way {
            found.push(named(&waybill, "check.waybill_under_way"));
        }
        reversal(db, &waybill, found)
    })?;
    Ok(numbers)
}

/// What lies where is what moves brought there without what moves took away.
fn balances(look: &Look<'_>, found: &mut Vec<Error>) -> Result<()> {
    let mut sums = Sums::new();
    look.each(|step: StockMove| {
        for (location, sign) in [(step.from_id, -1), (step.to_id, 1)] {
            let sum = sums.entry((step.item_id, location)).or_default();
            *sum = sum.saturating_add(i128::from(step.quantity.micros()).saturating_mul(sign));
        }
        Ok(())
    })?;
    let mut locations: BTreeMap<Id<Location>, Location> = BTreeMap::new();
    look.each(|location: Location| {
        locations.insert(location.id, location);
        Ok(())
    })?;
    sums.retain(|(_, location), _| locations.get(location).is_some_and(store::keeps));
    let kept: Vec<(Id<Item>, Id<Location>, Quantity)> = look.db.rows(&BALANCES, params![])?;
    for (item, location, on_hand) in kept {
        let right = sums.remove(&(item, location)).unwrap_or_default();
        differ(look.db, (item, location), (on_hand.micros().into(), right), found)?;
    }
    for (place, right) in sums {
        differ(look.db, place, (0, right), found)?;
    }
    Ok(())
}

fn differ(
    db: &Db,
    (item, location): (Id<Item>, Id<Location>),
    (kept, right): (i128, i128),
    found: &mut Vec<Error>,
) -> Result<()> {
    if kept == right {
        return Ok(());
    }
    let quantity = |micros: i128| i64::try_from(micros).map_or_else(|_| micros.to_string(), told);
    let error = Error::failure("check.balance", format!("item {item}, location {location}"));
    let error = error.arg("item", db.get(item)?.name).arg("location", db.get(location)?.name);
    found.push(error.arg("kept", quantity(kept)).arg("right", quantity(right)));
    Ok(())
}

fn told(micros: i64) -> String {
    Quantity::from_micros(micros).to_string()
}

fn reversal(db: &Db, waybill: &Waybill, found: &mut Vec<Error>) -> Result<()> {
    let reversed: Option<(i64, i64)> = db.row(&REVERSAL, params![waybill.id])?;
    if reversed.is_some() != waybill.voided {
        found.push(named(waybill, "check.waybill_voided"));
    }
    if (waybill.kind == WaybillKind::Reversal) != waybill.reverses_id.is_some() {
        found.push(named(waybill, "check.waybill_reverses_nothing"));
    }
    let Some(original) = waybill.reverses_id else {
        return Ok(());
    };
    let original: Waybill = db.get(original)?;
    let forth = store::moves_of(db, original.id)?.into_iter();
    let back = store::moves_of(db, waybill.id)?.into_iter().rev();
    let forth: Vec<_> = forth.map(|step| (step.item_id, step.from_id, step.to_id, step.quantity)).collect();
    let back: Vec<_> = back.map(|step| (step.item_id, step.to_id, step.from_id, step.quantity)).collect();
    if forth != back {
        found.push(named(waybill, "check.waybill_reversal").arg("original", original.number));
    }
    Ok(())
}

fn named(waybill: &Waybill, key: &'static str) -> Error {
    Error::failure(key, format!("waybill {}", waybill.id)).arg("waybill", waybill.number)
}
