//! Voiding an invoice: the number stays and is never given again, the order may be invoiced anew.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::invoice::issue::Issued;
use crate::domain::invoice::{Invoice, store};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;

/// Voids an invoice.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidInvoice {
    /// The invoice.
    pub invoice: Id<Invoice>,
    /// Why.
    pub reason: String,
}

impl Command for VoidInvoice {
    const NAME: &'static str = "void-invoice";
    const NEED: Need = Need::Right(Right::InvoiceVoid);
    const UNDO: Undo = Undo::Never;
    type Output = Issued;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Issued> {
        if self.reason.trim().is_empty() {
            return Err(Error::rejected("error.reason_missing").at("reason"));
        }
        let invoice = store::visible_invoice(tx, tx.actor(), self.invoice).map_err(|error| error.at("invoice"))?;
        if invoice.voided {
            return Err(Error::rejected("error.invoice.voided_already").arg("invoice", invoice.number).at("invoice"));
        }
        tx.update(&invoice, &Invoice { voided: true, reason: self.reason.trim().to_owned(), ..invoice.clone() })?;
        Ok(Issued { id: invoice.id, number: invoice.number })
    }
}
