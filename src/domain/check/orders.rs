//! Orders: their totals from their lines, what is paid from what payments gave, what is owed from both.

use crate::base::error::{Error, Result};
use crate::domain::check::{Look, PAID};
use crate::domain::order::{Order, OrderLine, store};
use crate::engine::table::Row as _;
use crate::params;

/// Adds every difference; gives the numbers taken.
pub(super) fn check(look: &Look<'_>, found: &mut Vec<Error>) -> Result<Vec<i64>> {
    let mut numbers = Vec::new();
    let db = look.db;
    look.each(|order: Order| {
        numbers.push(order.number.get());
        totals(&order, &store::lines_of(db, order.id)?, found);
        let paid: Option<(i64,)> = db.row(&PAID, params![order.id])?;
        differ(&order, "check.order_paid", (order.paid, paid.map_or(0, |(sum,)| sum)), found);
        differ(&order, "check.order_debt", (order.debt, order.debt_of()), found);
        Ok(())
    })?;
    Ok(numbers)
}

fn totals(order: &Order, lines: &[OrderLine], found: &mut Vec<Error>) {
    let (mut again, mut computed) = (order.clone(), lines.to_vec());
    if let Err(error) = store::compute(&mut again, &mut computed) {
        let differing = Error::failure("check.order_not_computable", format!("{error:?}"));
        found.push(differing.arg("order", order.number));
        return;
    }
    for (line, right) in lines.iter().zip(&computed).filter(|(line, right)| line.values() != right.values()) {
        let differing = Error::failure("check.order_line", format!("{line:?}")).arg("order", order.number);
        let differing = differing.arg_number("line", right.position);
        found.push(differing.arg_money("kept", order.money(line.total)).arg_money("right", order.money(right.total)));
    }
    differ(order, "check.order_net", (order.net, again.net), found);
    differ(order, "check.order_tax", (order.tax, again.tax), found);
    differ(order, "check.order_total", (order.total, again.total), found);
}

fn differ(order: &Order, key: &'static str, (kept, right): (i64, i64), found: &mut Vec<Error>) {
    if kept != right {
        let differing = Error::failure(key, format!("order {}", order.id)).arg("order", order.number);
        found.push(differing.arg_money("kept", order.money(kept)).arg_money("right", order.money(right)));
    }
}
