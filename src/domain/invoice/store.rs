//! Invoices in the file: their statements.

use crate::base::error::Result;
use crate::base::id::Id;
use crate::domain::invoice::Invoice;
use crate::domain::order::store as orders;
use crate::engine::db::Db;
use crate::engine::tx::Actor;
use crate::statements;

statements! {
    /// The date of the last invoice.
    LAST_DATE = "SELECT date FROM invoices ORDER BY number DESC LIMIT 1";
    /// The invoices of an order, oldest first.
    OF_ORDER = "SELECT id, version, number, date, issued_at, order_id, counterparty_id, currency, net, tax, total,
                  form_version, content, content_hash, fiscal_number, printed, voided, reason
                FROM invoices WHERE order_id = ?1 ORDER BY id";
    /// The invoice with a number.
    BY_NUMBER = "SELECT id FROM invoices WHERE number = ?1";
    /// Another invoice with the number of a fiscal receipt; the newest.
    WITH_FISCAL_NUMBER = "SELECT number FROM invoices
                          WHERE fiscal_number = ?1 AND fiscal_number <> '' AND id <> ?2 ORDER BY id DESC LIMIT 1";
}

/// The invoice with this id, for somebody who may see its order. Rejected without that right.
pub fn visible_invoice(db: &Db, actor: &Actor, id: Id<Invoice>) -> Result<Invoice> {
    let invoice: Invoice = db.get(id)?;
    orders::visible_order(db, actor, invoice.order_id)?;
    Ok(invoice)
}
