//! Reports: parameters, a statement, columns. A new one is a file and a line in `ALL`; knows no screen and no format.

use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::engine::command::Need;
use crate::engine::query::View;
use crate::engine::statement::Statement;

pub mod debts;
pub mod orders_by_status;
pub mod paper;
pub mod sales;
pub mod sheet;
pub mod span;

use sheet::{Column, Made, Sheet};

/// A report, as the registry knows it.
pub struct Report {
    /// As the command line writes it.
    pub name: &'static str,
    /// What the reader must be allowed to see.
    pub need: Need,
    /// The names of its parameters.
    pub fields: fn() -> Vec<&'static str>,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its statements, for the test that prepares them.
    pub statements: &'static [&'static Statement],
    pub(crate) make: fn(&View<'_>, Json) -> Result<Made>,
}

/// Every report, in the order of the menu.
pub const ALL: &[&Report] = &[&sales::REPORT, &debts::REPORT, &orders_by_status::REPORT];

/// The report with this name. Rejected when there is none.
pub fn find(name: &str) -> Result<&'static Report> {
    let found = ALL.iter().copied().find(|report| report.name == name);
    found.ok_or_else(|| Error::rejected("report.unknown").arg("name", name))
}

impl Report {
    /// The report made for whoever asks, with its totals. Rejected without the right or for parameters that do not fit.
    pub fn make(&self, view: &View<'_>, parameters: Json) -> Result<Sheet> {
        self.need.admit(view.actor())?;
        Sheet::new(self.name, self.columns, (self.make)(view, parameters)?)
    }
}
