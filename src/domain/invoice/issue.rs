//! Issuing an invoice: the number and the frozen content in one transaction; the paper is made afterwards.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::right::Right;
use crate::domain::directory;
use crate::domain::document;
use crate::domain::invoice::{FORM_VERSION, Invoice, store};
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::states::Status;
use crate::domain::order::store as orders;
use crate::engine::command::{Command, Named, Need, Undo};
use crate::engine::tx::Tx;
use crate::{domain, params};

/// The longest number of a fiscal receipt, in letters.
const LONGEST_FISCAL_NUMBER: usize = 32;

/// Issues the invoice of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueInvoice {
    /// The order.
    pub order: Id<Order>,
    /// The document's date; today when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// An issued invoice.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Issued {
    /// Its id.
    pub id: Id<Invoice>,
    /// Its number.
    pub number: Number,
}

impl Command for IssueInvoice {
    const NAME: &'static str = "issue-invoice";
    const NEED: Need = Need::Right(Right::InvoiceIssue);
    const UNDO: Undo = Undo::Reversal;
    type Output = Issued;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Issued> {
        let order = orders::visible_order(tx, tx.actor(), self.order)?;
        if matches!(order.state, Status::Draft | Status::Cancelled) {
            return Err(Error::rejected("error.invoice.order_not_confirmed").arg("order", order.number).at("order"));
        }
        let standing: Option<(Number, Date)> = tx.row(&domain::order::store::STANDING_INVOICE, params![order.id])?;
        if let Some((invoice, _)) = standing {
            let error = Error::rejected("error.invoice.issued_already");
            return Err(error.arg("order", order.number).arg("invoice", invoice).at("order"));
        }
        let date = document::dated(self.date.unwrap_or(tx.today()), "date")?;
        if date < order.date {
            let error = Error::rejected("error.invoice.before_order").arg("order", order.number);
            return Err(error.arg_date("date", order.date).at("date"));
        }
        in_order(tx, date)?;
        let number = Number::new(tx.next_number("invoice")?);
        let id = tx.insert(&frozen(tx, &order, number, date)?)?;
        Ok(Issued { id, number })
    }

    fn reverse(&self, issued: &Issued) -> Option<Named> {
        Some(("void-invoice", serde_json::json!({"invoice": issued.id, "reason": "undo"})))
    }
}

/// Asks before an invoice is dated earlier than the one before it, or into the future: all that follow would be earlier.
fn in_order(tx: &Tx<'_>, date: Date) -> Result<()> {
    if date > tx.today() {
        tx.confirm(Error::needs_confirmation("error.invoice.in_the_future").arg_date("date", date))?;
    }
    let last: Option<(Date,)> = tx.row(&store::LAST_DATE, &[])?;
    match last {
        Some((last,)) if date < last => {
            let question = Error::needs_confirmation("error.invoice.earlier_than_last");
            tx.confirm(question.arg_date("date", date).arg_date("last", last))
        }
        _ => Ok(()),
    }
}

fn frozen(tx: &Tx<'_>, order: &Order, number: Number, date: Date) -> Result<Invoice> {
    let content = document::of_order(tx, order, number, date)?.to_json()?;
    Ok(Invoice {
        id: Id::new(0),
        version: 0,
        number,
        date,
        issued_at: tx.now(),
        order_id: order.id,
        counterparty_id: order.counterparty_id,
        currency: order.currency,
        net: order.net,
        tax: order.tax,
        total: order.total,
        form_version: FORM_VERSION,
        content_hash: Sha256::digest(content.as_bytes()).to_vec(),
        content,
        fiscal_number: String::new(),
        printed: 0,
        voided: false,
        reason: String::new(),
    })
}

/// Notes the number that a fiscal device gave for an invoice.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFiscalNumber {
    /// The invoice.
    pub invoice: Id<Invoice>,
    /// The fiscal receipt's number.
    pub fiscal_number: String,
}

impl Command for SetFiscalNumber {
    const NAME: &'static str = "set-fiscal-number";
    const NEED: Need = Need::Right(Right::InvoiceIssue);
    const UNDO: Undo = Undo::Generic;
    type Output = Issued;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Issued> {
        let invoice = store::visible_invoice(tx, tx.actor(), self.invoice).map_err(|error| error.at("invoice"))?;
        let fiscal_number = fiscal_number(&self.fiscal_number)?;
        tx.update(&invoice, &Invoice { fiscal_number, ..invoice.clone() })?;
        Ok(Issued { id: invoice.id, number: invoice.number })
    }
}

/// The number as it is kept; empty for none. Rejected beyond what a fiscal device prints.
fn fiscal_number(typed: &str) -> Result<String> {
    let number = directory::line(typed, "fiscal_number", LONGEST_FISCAL_NUMBER)?;
    let printed = |letter: char| letter.is_alphanumeric() || " -/.№#".contains(letter);
    match number.chars().find(|letter| !printed(*letter)) {
        Some(letter) => Err(Error::rejected("error.invoice.fiscal_letter").arg("letter", letter).at("fiscal_number")),
        None => Ok(number),
    }
}

/// Notes that an invoice was handed to a printer: the next paper says that it is a copy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkInvoicePrinted {
    /// The invoice.
    pub invoice: Id<Invoice>,
}

impl Command for MarkInvoicePrinted {
    const NAME: &'static str = "mark-invoice-printed";
    const NEED: Need = Need::Right(Right::InvoiceView);
    const UNDO: Undo = Undo::Never;
    type Output = Issued;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Issued> {
        let invoice = store::visible_invoice(tx, tx.actor(), self.invoice).map_err(|error| error.at("invoice"))?;
        let printed = invoice.printed.saturating_add(1);
        tx.update(&invoice, &Invoice { printed, ..invoice.clone() })?;
        Ok(Issued { id: invoice.id, number: invoice.number })
    }
}
