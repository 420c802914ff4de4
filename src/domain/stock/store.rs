//! Stock in the file: its statements, the lines of a waybill as they are sent, and posting one with its moves.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::quantity::Quantity;
use crate::domain::counterparty::Counterparty;
use crate::domain::item::{self, Item, ItemKind};
use crate::domain::location::{Location, LocationKind};
use crate::domain::number::Number;
use crate::domain::order::line;
use crate::domain::stock::row::{StockMove, Waybill, WaybillKind};
use crate::engine::db::Db;
use crate::engine::tx::Tx;
use crate::{params, statements};

/// The most of one item on one line, in whole units: so a balance stays far below what a number holds.
const MOST: i64 = 1_000_000_000;

statements! {
    /// Adds to what lies in a location, or takes from it; gives what lies there then.
    CHANGE = "
        INSERT INTO balances (item_id, location_id, on_hand)
        VALUES (?1, ?2, ?3)
        ON CONFLICT (item_id, location_id) DO UPDATE SET on_hand = balances.on_hand + ?3
        RETURNING on_hand";
    /// The moves of a waybill as they were entered.
    MOVES = "
        SELECT id, version, waybill_id, position, item_id, from_id, to_id, quantity, date, moved_at, user_id
        FROM stock_moves
        WHERE waybill_id = ?1
        ORDER BY id";
    /// What of a waybill is still in a location it only passes, line by line.
    PASSING = "
        SELECT position, item_id, CAST(SUM(CASE WHEN to_id = ?2 THEN quantity ELSE -quantity END) AS BIGINT)
        FROM stock_moves
        WHERE waybill_id = ?1 AND (to_id = ?2 OR from_id = ?2)
        GROUP BY position, item_id
        ORDER BY position";
    /// The reversal that took a waybill back.
    REVERSAL = "SELECT id, number FROM waybills WHERE reverses_id = ?1";
    /// What lies where, as it is kept.
    BALANCES = "SELECT item_id, location_id, on_hand FROM balances ORDER BY id";
}

/// One line of a waybill as it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodsLine {
    /// The item; or `barcode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id<Item>>,
    /// A barcode or the code of the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<String>,
    /// How much, above zero.
    pub quantity: Quantity,
}

/// A line whose item is known and whose quantity fits the item's unit.
#[derive(Clone, Debug)]
pub(crate) struct KnownLine {
    /// The line of the document, from 1.
    pub position: i64,
    pub item: Item,
    pub quantity: Quantity,
}

/// Looks up what was sent. Rejected at the line and field that does not fit.
pub(crate) fn known_lines(db: &Db, lines: &[GoodsLine]) -> Result<Vec<KnownLine>> {
    if lines.is_empty() {
        return Err(Error::rejected("error.stock.no_lines").at("lines"));
    }
    (1_i64..).zip(lines).map(|(at, line)| known(db, at, line).map_err(|error| at_line(error, at))).collect()
}

/// A refusal at a line of the document, from 1.
pub(crate) fn at_line(error: Error, position: i64) -> Error {
    error.within(&format!("lines[{}]", position.saturating_sub(1)))
}

fn known(db: &Db, position: i64, line: &GoodsLine) -> Result<KnownLine> {
    let item = match (&line.item, &line.barcode) {
        (Some(id), None) => db.get(*id).map_err(|error| error.at("item"))?,
        (None, Some(code)) => item::scanned(db, code)?
            .ok_or_else(|| Error::rejected("error.order.unknown_barcode").arg("code", code).at("barcode"))?,
        (None, None) => return Err(Error::rejected("error.field_empty").at("item")),
        (Some(_), Some(_)) => return Err(Error::rejected("error.order.item_twice").at("barcode")),
    };
    if item.kind == ItemKind::Service {
        return Err(Error::rejected("error.stock.service").arg("item", item.name).at("item"));
    }
    let quantity = counted(db, &item, line.quantity)?;
    Ok(KnownLine { position, item, quantity })
}

/// A quantity as the item is counted. Rejected at `quantity` where it is not above zero, too large or too fine.
pub(crate) fn counted(db: &Db, item: &Item, quantity: Quantity) -> Result<Quantity> {
    if quantity <= Quantity::from_micros(0) {
        return Err(Error::rejected("error.order.quantity_not_positive").at("quantity"));
    }
    if quantity.micros() > MOST.saturating_mul(Quantity::ONE.micros()) {
        return Err(Error::rejected("error.stock.quantity_too_large").arg_number("most", MOST).at("quantity"));
    }
    line::in_unit(quantity, Some(&db.get(item.unit_id)?))
}

/// What the header of a new waybill needs to be told.
pub(crate) struct NewWaybill<'a> {
    pub kind: WaybillKind,
    pub date: Date,
    pub way: (&'a Location, &'a Location),
    pub counterparty: Option<Id<Counterparty>>,
    pub reference: &'a str,
    pub reason: &'a str,
    pub note: &'a str,
}

impl NewWaybill<'_> {
    /// The header with its number taken. Rejected at `to` where the goods would stay where they are.
    pub(crate) fn numbered(&self, tx: &Tx<'_>) -> Result<Waybill> {
        let (from, to) = self.way;
        if from.id == to.id {
            return Err(Error::rejected("error.stock.nowhere").arg("name", &from.name).at("to"));
        }
        Ok(Waybill {
            id: Id::new(0),
            version: 0,
            kind: self.kind,
            number: Number::new(tx.next_number("waybill")?),
            date: self.date,
            posted_at: tx.now(),
            user_id: Id::new(tx.actor().user),
            from_id: from.id,
            to_id: to.id,
            counterparty_id: self.counterparty,
            reference: self.reference.trim().to_owned(),
            under_way: self.kind == WaybillKind::Transfer,
            reverses_id: None,
            voided: false,
            reason: self.reason.trim().to_owned(),
            note: self.note.trim().to_owned(),
        })
    }
}

/// Stores a waybill and moves its lines from one location to another.
pub(crate) fn post(
    tx: &mut Tx<'_>,
    mut waybill: Waybill,
    way: (&Location, &Location),
    lines: &[KnownLine],
) -> Result<Waybill> {
    waybill.id = tx.insert(&waybill)?;
    carry(tx, (waybill.id, waybill.date), way, lines)?;
    Ok(waybill)
}

/// Moves lines of a waybill on a day. Rejected at the line of which less is there than is to leave.
pub(crate) fn carry(
    tx: &mut Tx<'_>,
    when: (Id<Waybill>, Date),
    way: (&Location, &Location),
    lines: &[KnownLine],
) -> Result<()> {
    let mut each = lines.iter();
    each.try_for_each(|line| step(tx, when, way, line).map_err(|error| at_line(error.at("quantity"), line.position)))
}

/// Moves one line of a waybill on a day. Rejected where less is there than is to leave.
pub(crate) fn step(
    tx: &mut Tx<'_>,
    (waybill, date): (Id<Waybill>, Date),
    (from, to): (&Location, &Location),
    line: &KnownLine,
) -> Result<()> {
    tx.insert(&StockMove {
        id: Id::new(0),
        version: 0,
        waybill_id: waybill,
        position: line.position,
        item_id: line.item.id,
        from_id: from.id,
        to_id: to.id,
        quantity: line.quantity,
        date,
        moved_at: tx.now(),
        user_id: Id::new(tx.actor().user),
    })?;
    leave(tx, from, line)?;
    if keeps(to) {
        change(tx, to, line.item.id, line.quantity)?;
    }
    Ok(())
}

/// Whether what lies in a location is kept: the company's own, and what is between two such.
pub(crate) fn keeps(location: &Location) -> bool {
    location.kind.is_own() || location.kind == LocationKind::Transit
}

fn leave(tx: &Tx<'_>, from: &Location, line: &KnownLine) -> Result<()> {
    if !keeps(from) {
        return Ok(());
    }
    let left = change(tx, from, line.item.id, line.quantity.checked_neg()?)?;
    if left >= Quantity::from_micros(0) || from.below_zero {
        return Ok(());
    }
    let there = left.checked_add(line.quantity)?;
    let error = Error::rejected("error.stock.not_enough").arg("item", &line.item.name).arg("name", &from.name);
    Err(error.arg("there", there).arg("wanted", line.quantity))
}

/// Adds to what lies in a location, or takes from it; gives what lies there then.
fn change(tx: &Tx<'_>, location: &Location, item: Id<Item>, by: Quantity) -> Result<Quantity> {
    let kept: Option<(Quantity,)> = tx.row(&CHANGE, params![item, location.id, by])?;
    kept.map(|(quantity,)| quantity).ok_or_else(|| Error::missing("balances", item))
}

/// The moves of a waybill as they were entered.
pub fn moves_of(db: &Db, waybill: Id<Waybill>) -> Result<Vec<StockMove>> {
    db.rows(&MOVES, params![waybill])
}

/// What of a waybill is still in a location that it only passes: line, item and how much.
pub(crate) fn passing(db: &Db, waybill: Id<Waybill>, location: &Location) -> Result<Vec<(i64, Id<Item>, Quantity)>> {
    let mut rows: Vec<(i64, Id<Item>, Quantity)> = db.rows(&PASSING, params![waybill, location.id])?;
    rows.retain(|(.., quantity)| !quantity.is_zero());
    Ok(rows)
}
