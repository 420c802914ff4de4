//! Invoices: the frozen content is what was issued, and the row says the same.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::base::error::{Error, Result};
use crate::domain::check::Look;
use crate::domain::document::DocumentContent;
use crate::domain::invoice::Invoice;
use crate::domain::order::Order;
use crate::engine::db::Db;

/// Adds every difference; gives the numbers taken.
pub(super) fn check(look: &Look<'_>, found: &mut Vec<Error>) -> Result<Vec<i64>> {
    let mut numbers = Vec::new();
    let mut standing = BTreeMap::new();
    let db = look.db;
    look.each(|invoice: Invoice| {
        numbers.push(invoice.number.get());
        content(db, &invoice, found)?;
        if !invoice.voided
            && let Some(first) = standing.insert(invoice.order_id.get(), invoice.number)
        {
            found.push(named(&invoice, "check.invoice_twice").arg("first", first));
        }
        Ok(())
    })?;
    Ok(numbers)
}

fn content(db: &Db, invoice: &Invoice, found: &mut Vec<Error>) -> Result<()> {
    if Sha256::digest(invoice.content.as_bytes()).as_slice() != invoice.content_hash {
        found.push(named(invoice, "check.invoice_content"));
        return Ok(());
    }
    let order: Order = db.get(invoice.order_id)?;
    let same = DocumentContent::from_json(&invoice.content).is_ok_and(|content| {
        let sums = &content.sums;
        (content.number, content.date, content.currency) == (invoice.number, invoice.date, invoice.currency)
            && (sums.net, sums.tax, sums.total) == (invoice.net, invoice.tax, invoice.total)
            && content.order_number == order.number
    });
    if !same {
        found.push(named(invoice, "check.invoice_row"));
    }
    Ok(())
}

fn named(invoice: &Invoice, key: &'static str) -> Error {
    Error::failure(key, format!("invoice {}", invoice.id)).arg("invoice", invoice.number)
}
