//! Invoices in the file: their statements.

use crate::statements;

statements! {
    /// The date of the last invoice.
    LAST_DATE = "SELECT date FROM invoices ORDER BY number DESC LIMIT 1";
    /// The invoices of an order, oldest first.
    OF_ORDER = "SELECT id, version, number, date, issued_at, order_id, counterparty_id, currency, net, tax, total,
                  form_version, content, content_hash, fiscal_number, printed, voided, reason
                FROM invoices WHERE order_id = ?1 ORDER BY id";
    /// A page of invoices, newest first.
    PAGE = "SELECT id, version, number, date, issued_at, order_id, counterparty_id, currency, net, tax, total,
              form_version, content, content_hash, fiscal_number, printed, voided, reason
            FROM invoices WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    /// The invoice with a number.
    BY_NUMBER = "SELECT id FROM invoices WHERE number = ?1";
}
