//! Customers and people in reports: their names, and whether those asked for are there.

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::domain::counterparty::Counterparty;
use crate::domain::order::browse::OrdersQuery;
use crate::domain::user::User;
use crate::engine::query::View;
use crate::engine::table::Row;
use crate::reports::behind::Narrow;
use crate::reports::cell::Cell;
use crate::reports::sheet::Label;
use crate::{params, statements};

statements! {
    /// The name of a customer, and by what it is sorted.
    CUSTOMER = "SELECT name, name_key FROM counterparties WHERE id = ?1";
}

/// The label of a row of one customer.
pub(crate) fn customer(view: &View<'_>, id: i64) -> Result<Label> {
    let found: Option<(String, String)> = view.row(&CUSTOMER, params![id])?;
    let (name, order) = found.unwrap_or_default();
    let narrow = Narrow { counterparty: Some(id), ..Narrow::default() };
    Ok(Label { narrow, cells: vec![("counterparty", Cell::text(&name))], order })
}

/// The label of a row of what one person answers for.
pub(crate) fn responsible(view: &View<'_>, id: i64) -> Result<Label> {
    let user: Option<User> = view.find_row(Id::new(id))?;
    let name = user.map(|user| if user.name.is_empty() { user.login } else { user.name }).unwrap_or_default();
    let narrow = Narrow { responsible: Some(id), ..Narrow::default() };
    Ok(Label { narrow, cells: vec![("responsible", Cell::text(&name))], order: crate::base::text::sort_key(&name) })
}

/// The question with nobody named twice. Rejected at the field where a customer, person or currency asked for does not
/// exist.
pub(crate) fn known(view: &View<'_>, mut query: OrdersQuery) -> Result<OrdersQuery> {
    let lists = [&mut query.counterparty, &mut query.responsible, &mut query.currency, &mut query.status];
    for names in lists.into_iter().flatten() {
        names.sort();
        names.dedup();
    }
    there::<Counterparty>(view, query.counterparty.as_deref(), "counterparty")?;
    there::<User>(view, query.responsible.as_deref(), "responsible")?;
    for code in query.currency.iter().flatten() {
        Currency::parse(code).map_err(|error| error.at("currency"))?;
    }
    Ok(query)
}

fn there<R: Row>(view: &View<'_>, ids: Option<&[String]>, field: &str) -> Result<()> {
    for text in ids.unwrap_or_default() {
        let id: Id<R> = text.parse::<Id<R>>().map_err(|error: Error| error.at(field))?;
        if view.find_row(id)?.is_none() {
            return Err(Error::missing(R::TABLE.name, id).at(field));
        }
    }
    Ok(())
}
