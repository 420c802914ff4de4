//! Taking a waybill back: a reversing waybill with its reason moves everything back; both numbers stay.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::stock::row::{StockMove, Waybill, WaybillKind};
use crate::domain::stock::store::{self, KnownLine, NewWaybill};
use crate::domain::stock::transfer;
use crate::domain::stock::written::{self, Posted};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// Takes a waybill back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidWaybill {
    /// The waybill.
    pub waybill: Id<Waybill>,
    /// Why.
    pub reason: String,
    /// The document's date; today when left out, or the waybill's where that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl Command for VoidWaybill {
    const NAME: &'static str = "void-waybill";
    const NEED: Need = Need::Right(Right::StockReverse);
    const UNDO: Undo = Undo::Never;
    type Output = Posted;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Posted> {
        let reason = written::reason(&self.reason)?;
        let waybill: Waybill = tx.get(self.waybill).map_err(|error| error.at("waybill"))?;
        standing(&waybill)?;
        let (from, to) = written::way(tx, &waybill)?;
        let header = NewWaybill {
            kind: WaybillKind::Reversal,
            date: transfer::dated(tx, &waybill, self.date)?,
            way: (&to, &from),
            counterparty: waybill.counterparty_id,
            reference: &waybill.reference,
            reason,
            note: "",
        };
        let mut reversal = header.numbered(tx)?;
        reversal.reverses_id = Some(waybill.id);
        reversal.id = tx.insert(&reversal)?;
        // The last move goes back first: what was accepted is under way again before it comes home.
        for step in store::moves_of(tx, waybill.id)?.iter().rev() {
            back(tx, &reversal, step)?;
        }
        tx.update(&waybill, &Waybill { voided: true, under_way: false, ..waybill.clone() })?;
        Ok(Posted::of(&reversal))
    }
}

fn standing(waybill: &Waybill) -> Result<()> {
    let refused = |key| Err(Error::rejected(key).arg("waybill", waybill.number).at("waybill"));
    if waybill.kind == WaybillKind::Reversal {
        refused("error.stock.is_reversal")
    } else if waybill.voided {
        refused("error.stock.voided_already")
    } else {
        Ok(())
    }
}

/// One move the other way.
fn back(tx: &mut Tx<'_>, reversal: &Waybill, step: &StockMove) -> Result<()> {
    let (from, to) = (tx.get(step.to_id)?, tx.get(step.from_id)?);
    let line = KnownLine { position: step.position, item: tx.get(step.item_id)?, quantity: step.quantity };
    store::step(tx, (reversal.id, reversal.date), (&from, &to), &line).map_err(|error| error.at("waybill"))
}
