//! Invoices as they are asked for.

use serde::{Deserialize, Serialize};

use crate::base::date::Date;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::Money;
use crate::base::right::Right;
use crate::domain::counterparty::Counterparty;
use crate::domain::document::DocumentContent;
use crate::domain::invoice::{Invoice, store};
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::order::store as orders;
use crate::domain::role;
use crate::engine::command::Need;
use crate::engine::db::Db;
use crate::engine::query::{Query, View};
use crate::params;

/// Invoices, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoicesQuery {
    /// Only this order's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
    /// Only before the invoice with this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id<Invoice>>,
    /// How many; 100 when left out, 500 at most.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::opt_int")]
    pub limit: Option<i64>,
}

/// One invoice. Amounts are decimals of `currency`. Wide: a row of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct InvoiceRow {
    /// Id.
    pub id: Id<Invoice>,
    /// Number.
    pub number: Number,
    /// Date.
    pub date: Date,
    /// The order.
    pub order: Id<Order>,
    /// The customer.
    pub counterparty: Id<Counterparty>,
    /// The currency.
    pub currency: String,
    /// Without tax.
    pub net: String,
    /// Tax.
    pub tax: String,
    /// With tax.
    pub total: String,
    /// The number a fiscal device gave.
    pub fiscal_number: String,
    /// How often it was handed to a printer.
    pub printed: i64,
    /// Whether it was voided.
    pub voided: bool,
    /// Why.
    pub reason: String,
}

impl InvoiceRow {
    fn of(invoice: &Invoice) -> InvoiceRow {
        let text = |minor| Money::new(minor, invoice.currency).to_string();
        InvoiceRow {
            id: invoice.id,
            number: invoice.number,
            date: invoice.date,
            order: invoice.order_id,
            counterparty: invoice.counterparty_id,
            currency: invoice.currency.code().to_owned(),
            net: text(invoice.net),
            tax: text(invoice.tax),
            total: text(invoice.total),
            fiscal_number: invoice.fiscal_number.clone(),
            printed: invoice.printed,
            voided: invoice.voided,
            reason: invoice.reason.clone(),
        }
    }
}

impl Query for InvoicesQuery {
    const NAME: &'static str = "invoices";
    const NEED: Need = Need::Right(Right::InvoiceView);
    type Row = InvoiceRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<InvoiceRow>> {
        let before = self.after.map_or(i64::MAX, Id::get);
        let limit = self.limit.unwrap_or(100).clamp(1, 500);
        if let Some(order) = self.order {
            orders::visible_order(view, view.actor(), order)?;
            let mut rows = of_order(view, order)?;
            rows.retain(|row| row.id.get() < before);
            rows.reverse();
            return Ok(rows);
        }
        let invoices: Vec<Invoice> = match role::visible_responsible(view.actor()) {
            None => view.rows(&store::PAGE, params![before, limit])?,
            Some(own) => view.rows(&store::OWN_PAGE, params![before, limit, own])?,
        };
        Ok(invoices.iter().map(InvoiceRow::of).collect())
    }
}

/// The invoices of an order, oldest first.
pub fn of_order(db: &Db, order: Id<Order>) -> Result<Vec<InvoiceRow>> {
    let invoices: Vec<Invoice> = db.rows(&store::OF_ORDER, params![order])?;
    Ok(invoices.iter().map(InvoiceRow::of).collect())
}

/// One invoice, with all that its paper says. By id, by number, or the standing one of an order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceQuery {
    /// The invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<Invoice>>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// Its order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id<Order>>,
}

/// An invoice with its frozen content.
#[derive(Clone, Debug, Serialize)]
pub struct InvoiceAnswer {
    /// The invoice.
    #[serde(flatten)]
    pub invoice: InvoiceRow,
    /// The version of the form it is printed by.
    pub form_version: i64,
    /// What its paper says.
    pub content: DocumentContent,
}

impl Query for InvoiceQuery {
    const NAME: &'static str = "invoice";
    const NEED: Need = Need::Right(Right::InvoiceView);
    type Row = InvoiceAnswer;

    fn run(&self, view: &View<'_>) -> Result<Vec<InvoiceAnswer>> {
        let invoice = self.find(view)?;
        let content = DocumentContent::from_json(&invoice.content)?;
        let form_version = invoice.form_version;
        Ok(vec![InvoiceAnswer { invoice: InvoiceRow::of(&invoice), form_version, content }])
    }
}

impl InvoiceQuery {
    /// The invoice that is asked for. Rejected when there is none, or without the right to see its order.
    pub fn find(&self, view: &View<'_>) -> Result<Invoice> {
        let invoice = self.locate(view)?;
        orders::visible_order(view, view.actor(), invoice.order_id).map_err(|error| error.at("id"))?;
        Ok(invoice)
    }

    fn locate(&self, view: &View<'_>) -> Result<Invoice> {
        if let Some(id) = self.id {
            return view.get(id).map_err(|error| error.at("id"));
        }
        if let Some(order) = self.order {
            let all: Vec<Invoice> = view.rows(&store::OF_ORDER, params![order])?;
            let standing = all.into_iter().max_by_key(|invoice| (!invoice.voided, invoice.id.get()));
            return standing.ok_or_else(|| Error::rejected("error.invoice.order_without").at("order"));
        }
        let Some(number) = self.number else {
            return Err(Error::rejected("error.invoice.which").at("id"));
        };
        let found: Option<(Id<Invoice>,)> = view.row(&store::BY_NUMBER, params![number])?;
        view.get(found.ok_or_else(|| Error::rejected("error.not_found").arg("id", number).at("number"))?.0)
    }
}
