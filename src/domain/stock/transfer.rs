//! Goods from one warehouse to another: sent by one, under way, accepted by another, in parts where they come in parts.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::quantity::Quantity;
use crate::base::right::Right;
use crate::domain::document;
use crate::domain::location::{self, LocationKind};
use crate::domain::stock::row::{Waybill, WaybillKind};
use crate::domain::stock::store::{self, GoodsLine, KnownLine, NewWaybill};
use crate::domain::stock::written::{self, Posted};
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;

/// Sends goods from one warehouse, retail point or place to another.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendGoods {
    /// Code of where they leave; the only warehouse when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Code of where they go.
    pub to: String,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What goes.
    pub lines: Vec<GoodsLine>,
    /// For the desk.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Command for SendGoods {
    const NAME: &'static str = "send-goods";
    const NEED: Need = Need::Right(Right::StockMove);
    const UNDO: Undo = Undo::Reversal;
    type Output = Posted;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Posted> {
        let (from, to) = (location::chosen(tx, self.from.as_deref(), "from")?, location::offered(tx, &self.to, "to")?);
        let header = NewWaybill {
            kind: WaybillKind::Transfer,
            date: document::date(tx, self.date)?,
            way: (&from, &to),
            counterparty: None,
            reference: "",
            reason: "",
            note: &self.note,
        };
        let lines = store::known_lines(tx, &self.lines)?;
        let waybill = header.numbered(tx)?;
        let transit = location::beyond(tx, LocationKind::Transit)?;
        Ok(Posted::of(&store::post(tx, waybill, (&from, &transit), &lines)?))
    }

    fn reverse(&self, posted: &Posted) -> Option<Named> {
        posted.reversed()
    }
}

/// Accepts goods that were sent: all that are under way, or a part of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptGoods {
    /// The transfer.
    pub waybill: Id<Waybill>,
    /// What came; everything that is under way when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<AcceptedLine>>,
    /// What did not come is lost, and nothing of the transfer stays under way.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub rest_is_lost: bool,
    /// Why the rest is lost.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The date of arrival; today when left out, or the transfer's where that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// So much came of one line of a transfer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedLine {
    /// The line, from 1.
    #[serde(deserialize_with = "lenient::int")]
    pub line: i64,
    /// How much; nothing of it where it is zero.
    pub quantity: Quantity,
}

impl Command for AcceptGoods {
    const NAME: &'static str = "accept-goods";
    const NEED: Need = Need::Right(Right::StockMove);
    const UNDO: Undo = Undo::Never;
    type Output = Posted;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Posted> {
        let waybill: Waybill = tx.get(self.waybill).map_err(|error| error.at("waybill"))?;
        under_way(&waybill)?;
        let transit = location::beyond(tx, LocationKind::Transit)?;
        let mut rest = passing(tx, &waybill)?;
        let came = match &self.lines {
            Some(lines) => self.taken(tx, lines, &mut rest)?,
            None => std::mem::take(&mut rest),
        };
        let when = (waybill.id, dated(tx, &waybill, self.date)?);
        let to = tx.get(waybill.to_id)?;
        store::carry(tx, when, (&transit, &to), &came)?;
        let mut after = waybill.clone();
        if self.rest_is_lost && !rest.is_empty() {
            written::reason(&self.reason)?.clone_into(&mut after.reason);
            let loss = location::beyond(tx, LocationKind::Loss)?;
            store::carry(tx, when, (&transit, &loss), &rest)?;
            rest.clear();
        }
        after.under_way = !rest.is_empty();
        tx.store(&waybill, &after)?;
        Ok(Posted::of(&waybill))
    }
}

impl AcceptGoods {
    /// What came of each line; what is left is the rest. Rejected at the line that nobody sent, or of which less is
    /// under way, and where nothing came at all and nothing is lost.
    fn taken(&self, tx: &Tx<'_>, lines: &[AcceptedLine], rest: &mut Vec<KnownLine>) -> Result<Vec<KnownLine>> {
        let mut came = Vec::new();
        for (at, line) in (1_i64..).zip(lines) {
            let taken = take(tx, line, rest).map_err(|error| store::at_line(error, at))?;
            came.extend(taken);
        }
        if came.is_empty() && !self.rest_is_lost {
            return Err(Error::rejected("error.stock.no_lines").at("lines"));
        }
        Ok(came)
    }
}

fn take(tx: &Tx<'_>, line: &AcceptedLine, rest: &mut Vec<KnownLine>) -> Result<Option<KnownLine>> {
    if line.quantity.is_zero() {
        return Ok(None);
    }
    let place = rest.iter().position(|sent| sent.position == line.line);
    let sent = place.and_then(|place| rest.get_mut(place));
    let sent =
        sent.ok_or_else(|| Error::rejected("error.stock.line_not_under_way").arg("line", line.line).at("line"))?;
    let quantity = store::counted(tx, &sent.item, line.quantity)?;
    if quantity > sent.quantity {
        let error = Error::rejected("error.stock.less_under_way").arg("item", &sent.item.name);
        return Err(error.arg("there", sent.quantity).at("quantity"));
    }
    let taken = KnownLine { position: sent.position, item: sent.item.clone(), quantity };
    sent.quantity = sent.quantity.checked_sub(quantity)?;
    rest.retain(|sent| !sent.quantity.is_zero());
    Ok(Some(taken))
}

fn under_way(waybill: &Waybill) -> Result<()> {
    if waybill.under_way {
        return Ok(());
    }
    Err(Error::rejected("error.stock.nothing_under_way").arg("waybill", waybill.number).at("waybill"))
}

/// What of a transfer is under way, line by line.
pub(crate) fn passing(tx: &Tx<'_>, waybill: &Waybill) -> Result<Vec<KnownLine>> {
    let transit = location::beyond(tx, LocationKind::Transit)?;
    let rows = store::passing(tx, waybill.id, &transit)?.into_iter();
    rows.map(|(position, item, quantity)| Ok(KnownLine { position, item: tx.get(item)?, quantity })).collect()
}

/// A date on or after the waybill's own. Rejected before it.
pub(crate) fn dated(tx: &Tx<'_>, waybill: &Waybill, given: Option<Date>) -> Result<Date> {
    let Some(given) = given else {
        return Ok(tx.today().max(waybill.date));
    };
    let date = document::date(tx, Some(given))?;
    if date < waybill.date {
        let error = Error::rejected("error.stock.before_waybill").arg("waybill", waybill.number);
        return Err(error.arg_date("date", waybill.date).at("date"));
    }
    Ok(date)
}
