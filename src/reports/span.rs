//! The days a report speaks of: typed from and to, else what is usual for it.

use crate::base::date::{Date, Period};
use crate::base::error::Result;

/// From the first day of the month of `today` to `today`, where nothing else is typed. Rejected when it ends before it
/// begins.
pub(crate) fn of_month(from: Option<Date>, to: Option<Date>, today: Date) -> Result<Period> {
    let to = to.unwrap_or_else(|| from.map_or(today, |from| from.max(today)));
    let from = match from {
        Some(from) => from,
        None => Date::new(to.year(), to.month(), 1)?,
    };
    Period::new(from, to)
}

/// All days, where nothing else is typed. Rejected when it ends before it begins.
pub(crate) fn of_all(from: Option<Date>, to: Option<Date>) -> Result<Period> {
    let (first, last) = (Date::new(1, 1, 1)?, Date::new(9999, 12, 31)?);
    Period::new(from.unwrap_or(first), to.unwrap_or(last))
}
