//! What an undo must hold to in orders: what the commands that change them hold to, whatever was written since.

use crate::base::error::{Error, Result};
use crate::domain::attachment::{self, Owner};
use crate::domain::order::row::{Order, OrderLine};
use crate::domain::order::states::{self, FieldGroup, Status};
use crate::domain::order::{cancel, comes_back, head, kept, store};
use crate::engine::rule::Ruled;
use crate::engine::tx::Tx;

impl Ruled for Order {
    fn put_back(tx: &Tx<'_>, before: Option<&Order>, now: Option<&Order>) -> Result<()> {
        match (before, now) {
            (Some(gone), None) => attachment::none_attached(tx, Owner::Order, gone.id.get()),
            (Some(before), Some(now)) => {
                let standing = store::standing(tx, now)?;
                touched(before, now).try_for_each(|group| states::require_no_paper(group, &standing))?;
                kept::head(tx, before, now)?;
                moved(tx, before, now)?;
                if before.date != now.date {
                    head::date_fits(tx, now)?;
                }
                sums(tx, now)
            }
            (None, _) => Ok(()),
        }
    }

    fn stays(&self) -> Error {
        Error::rejected("error.order.stays").arg("order", self.number)
    }
}

/// The groups in which an order differs.
fn touched(before: &Order, now: &Order) -> impl Iterator<Item = FieldGroup> {
    let amounts = |order: &Order| (order.prices_include_tax, order.rounding, order.net, order.tax, order.total);
    let dates = |order: &Order| (order.date, order.received_at, order.due.clone());
    let note = |order: &Order| (order.note.clone(), order.reference.clone(), order.freight);
    let groups = [
        (before.counterparty_id != now.counterparty_id, FieldGroup::Counterparty),
        (dates(before) != dates(now), FieldGroup::Dates),
        (before.responsible_id != now.responsible_id, FieldGroup::Responsible),
        (before.priority != now.priority, FieldGroup::Priority),
        (note(before) != note(now), FieldGroup::Note),
        (amounts(before) != amounts(now), FieldGroup::Prices),
        ((before.kind, before.currency) != (now.kind, now.currency), FieldGroup::Currency),
    ];
    groups.into_iter().filter(|(differs, _)| *differs).map(|(_, group)| group)
}

/// Rejected when the order would owe nothing any more while an invoice or paid money stands, and when a return comes
/// to life of what has come back otherwise since.
fn moved(tx: &Tx<'_>, before: &Order, now: &Order) -> Result<()> {
    match (before.state, now.state) {
        (before, now) if before == now => Ok(()),
        (_, to @ (Status::Draft | Status::Cancelled)) => cancel::nothing_stands(tx, now, to),
        (Status::Cancelled, _) => {
            comes_back::original_stands(tx, now)?;
            let lines = store::lines_of(tx, now.id)?;
            lines.iter().try_for_each(|line| store::fits_original(tx, line))
        }
        _ => Ok(()),
    }
}

/// Rejected when lines that were changed since no longer come to the totals of the order.
fn sums(tx: &Tx<'_>, now: &Order) -> Result<()> {
    let (mut again, lines) = (now.clone(), store::lines_of(tx, now.id)?);
    let mut computed = lines.clone();
    match store::compute(&mut again, &mut computed) {
        Ok(()) if again == *now && computed == lines => Ok(()),
        _ => Err(Error::rejected("error.order.lines_changed_since").arg("order", now.number)),
    }
}

impl Ruled for OrderLine {
    fn put_back(tx: &Tx<'_>, before: Option<&OrderLine>, now: Option<&OrderLine>) -> Result<()> {
        let Some(line) = now.or(before) else {
            return Ok(());
        };
        // With the order itself gone, or only just back, nothing can stand on it.
        let Some(order) = tx.find_row(line.order_id)? else {
            return Ok(());
        };
        states::require_no_paper(FieldGroup::Lines, &store::standing(tx, &order)?)?;
        let Some(now) = now else {
            return Ok(());
        };
        before.map_or(Ok(()), |before| kept::line(tx, before, Some(now)))?;
        store::returns_fit(tx, now)?;
        store::fits_original(tx, now)
    }

    fn stays(&self) -> Error {
        Error::rejected("error.order.line_returned")
    }
}
