//! What an order keeps while a return of it stands: the return repeats it, and repeats what was, not what is.

use crate::base::error::{Error, Result};
use crate::domain::number::Number;
use crate::domain::order::row::{Order, OrderLine};
use crate::domain::order::store;
use crate::engine::tx::Tx;
use crate::params;

/// Rejected at its field, naming the return, where a line that has come back would be another one, or gone.
pub(crate) fn line(tx: &Tx<'_>, before: &OrderLine, now: Option<&OrderLine>) -> Result<()> {
    let field = match now {
        None => "",
        Some(now) => match otherwise(before, now) {
            Some(field) => field,
            None => return Ok(()),
        },
    };
    let found: Option<(Number,)> = tx.row(&store::RETURN_OF_LINE, params![before.id])?;
    let Some((number,)) = found else {
        return Ok(());
    };
    let error = Error::rejected("error.order.line_came_back").arg("return", number).arg("line", &before.text);
    Err(if field.is_empty() { error } else { error.at(field) })
}

/// The first field in which a line is agreed otherwise.
fn otherwise(before: &OrderLine, now: &OrderLine) -> Option<&'static str> {
    let tax = |line: &OrderLine| (line.tax_rate_id, line.tax_percent);
    let fields = [
        (!before.same_goods(now), "item"),
        (before.unit_id != now.unit_id, "unit"),
        (before.price != now.price, "price"),
        (before.discount_percent != now.discount_percent, "discount_percent"),
        (before.discount_amount != now.discount_amount, "discount_amount"),
        (tax(before) != tax(now), "tax_rate"),
        (before.corrected != now.corrected, "corrected"),
    ];
    fields.into_iter().find(|(differs, _)| *differs).map(|(_, field)| field)
}

/// Rejected at its field, naming the return, where the head would no longer be as a return of the order has it.
pub(crate) fn head(tx: &Tx<'_>, before: &Order, now: &Order) -> Result<()> {
    let Some(field) = differs(before, now) else {
        return Ok(());
    };
    match store::first_return(tx, now)? {
        Some((number, _)) => {
            let error = Error::rejected("error.order.head_came_back").arg("order", now.number);
            Err(error.arg("return", number).at(field))
        }
        None => Ok(()),
    }
}

/// The first field in which two heads differ that a return has from its original.
pub(crate) fn differs(one: &Order, other: &Order) -> Option<&'static str> {
    let fields = [
        (one.counterparty_id != other.counterparty_id, "counterparty"),
        (one.currency != other.currency, "currency"),
        (one.prices_include_tax != other.prices_include_tax, "prices_include_tax"),
        (one.rounding != other.rounding, "rounding"),
    ];
    fields.into_iter().find(|(differs, _)| *differs).map(|(_, field)| field)
}
