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
        let date = document::date(tx, self.date)?;
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

/// Asks before an invoice is dated earlier than the one before it.
fn in_order(tx: &Tx<'_>, date: Date) -> Result<()> {
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
        fits(tx, &invoice, &fiscal_number)?;
        tx.update(&invoice, &Invoice { fiscal_number, ..invoice.clone() })?;
        Ok(Issued { id: invoice.id, number: invoice.number })
    }
}

/// Rejected for a voided invoice. Asks before another number is put in the place of one, and before two invoices have one.
fn fits(tx: &Tx<'_>, invoice: &Invoice, number: &str) -> Result<()> {
    if invoice.voided {
        return Err(Error::rejected("error.invoice.fiscal_voided").arg("invoice", invoice.number).at("invoice"));
    }
    if number == invoice.fiscal_number {
        return Ok(());
    }
    let twin: Option<(Number,)> = tx.row(&store::WITH_FISCAL_NUMBER, params![number.to_owned(), invoice.id])?;
    let question = match twin {
        Some((other,)) => Error::needs_confirmation("error.invoice.fiscal_twin").arg("invoice", other),
        None if invoice.fiscal_number.is_empty() => return Ok(()),
        None => Error::needs_confirmation("error.invoice.fiscal_changed").arg("invoice", invoice.number),
    };
    let stands = if invoice.fiscal_number.is_empty() { number } else { &invoice.fiscal_number };
    tx.confirm(question.arg("number", stands).at("fiscal_number"))
}

/// The number as it is kept; empty for none. Rejected beyond what a fiscal device prints.
fn fiscal_number(typed: &str) -> Result<String> {
    let number = directory::code(typed, "fiscal_number", LONGEST_FISCAL_NUMBER)?;
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
