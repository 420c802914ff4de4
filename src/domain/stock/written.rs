//! Waybills that are done at once: goods come in from a supplier, go out to a customer, or are gone.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::document;
use crate::domain::location::{self, Location, LocationKind};
use crate::domain::number::Number;
use crate::domain::stock::row::{Waybill, WaybillKind};
use crate::domain::stock::store::{self, GoodsLine, NewWaybill};
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;

/// A waybill that was posted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Posted {
    /// Its id.
    pub id: Id<Waybill>,
    /// Its number.
    pub number: Number,
}

impl Posted {
    pub(crate) fn of(waybill: &Waybill) -> Posted {
        Posted { id: waybill.id, number: waybill.number }
    }

    /// How the posting is taken back.
    pub(crate) fn reversed(&self) -> Option<Named> {
        Some(("void-waybill", serde_json::json!({"waybill": self.id, "reason": "undo"})))
    }
}

/// Takes goods in from a supplier.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiveGoods {
    /// Code of the warehouse, retail point or place; the only one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The supplier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What comes in.
    pub lines: Vec<GoodsLine>,
    /// The number on the supplier's paper.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Command for ReceiveGoods {
    const NAME: &'static str = "receive-goods";
    const NEED: Need = Need::Right(Right::StockMove);
    const UNDO: Undo = Undo::Reversal;
    type Output = Posted;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Posted> {
        let to = location::chosen(tx, self.to.as_deref(), "to")?;
        let from = location::beyond(tx, LocationKind::Supplier)?;
        let header = NewWaybill {
            kind: WaybillKind::Receipt,
            date: document::date(tx, self.date)?,
            way: (&from, &to),
            counterparty: known(tx, self.counterparty)?,
            reference: &self.reference,
            reason: "",
            note: &self.note,
        };
        post(tx, &header, &self.lines)
    }

    fn reverse(&self, posted: &Posted) -> Option<Named> {
        posted.reversed()
    }
}

/// Gives goods out to a customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueGoods {
    /// Code of the warehouse, retail point or place; the only one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<Id<Counterparty>>,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What goes out.
    pub lines: Vec<GoodsLine>,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Command for IssueGoods {
    const NAME: &'static str = "issue-goods";
    const NEED: Need = Need::Right(Right::StockMove);
    const UNDO: Undo = Undo::Reversal;
    type Output = Posted;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Posted> {
        let from = location::chosen(tx, self.from.as_deref(), "from")?;
        let to = location::beyond(tx, LocationKind::Customer)?;
        let header = NewWaybill {
            kind: WaybillKind::Issue,
            date: document::date(tx, self.date)?,
            way: (&from, &to),
            counterparty: known(tx, self.counterparty)?,
            reference: "",
            reason: "",
            note: &self.note,
        };
        post(tx, &header, &self.lines)
    }

    fn reverse(&self, posted: &Posted) -> Option<Named> {
        posted.reversed()
    }
}

/// Writes goods off that are gone, with the reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOffGoods {
    /// Code of the warehouse, retail point or place; the only one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Why.
    pub reason: String,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What is gone.
    pub lines: Vec<GoodsLine>,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Command for WriteOffGoods {
    const NAME: &'static str = "write-off-goods";
    const NEED: Need = Need::Right(Right::StockWriteOff);
    const UNDO: Undo = Undo::Reversal;
    type Output = Posted;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Posted> {
        let reason = reason(&self.reason)?;
        let from = location::chosen(tx, self.from.as_deref(), "from")?;
        let to = location::beyond(tx, LocationKind::Loss)?;
        let header = NewWaybill {
            kind: WaybillKind::WriteOff,
            date: document::date(tx, self.date)?,
            way: (&from, &to),
            counterparty: None,
            reference: "",
            reason,
            note: &self.note,
        };
        post(tx, &header, &self.lines)
    }

    fn reverse(&self, posted: &Posted) -> Option<Named> {
        posted.reversed()
    }
}

/// The reason as it is kept. Rejected at `reason` where there is none.
pub(crate) fn reason(typed: &str) -> Result<&str> {
    match typed.trim() {
        "" => Err(Error::rejected("error.reason_missing").at("reason")),
        reason => Ok(reason),
    }
}

fn known(tx: &Tx<'_>, counterparty: Option<Id<Counterparty>>) -> Result<Option<Id<Counterparty>>> {
    let found = counterparty.map(|id| tx.get(id).map_err(|error| error.at("counterparty"))).transpose()?;
    Ok(found.map(|row: Counterparty| row.id))
}

/// Posts a waybill whose goods arrive at once.
fn post(tx: &mut Tx<'_>, header: &NewWaybill<'_>, lines: &[GoodsLine]) -> Result<Posted> {
    let lines = store::known_lines(tx, lines)?;
    let waybill = header.numbered(tx)?;
    Ok(Posted::of(&store::post(tx, waybill, header.way, &lines)?))
}

/// The locations between which a waybill stands.
pub(crate) fn way(tx: &Tx<'_>, waybill: &Waybill) -> Result<(Location, Location)> {
    Ok((tx.get(waybill.from_id)?, tx.get(waybill.to_id)?))
}
