//! Reports: parameters, questions to the lists, columns, and the documents behind each figure. A new one is a file and
//! a line in `ALL`; knows no screen.

use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::engine::command::Need;
use crate::engine::query::View;
use crate::engine::statement::Statement;
use crate::engine::store::Call;
use crate::engine::ticket::{Ticket, Watch};
use crate::engine::worker::{Handle, Lane};

pub mod behind;
pub mod cell;
pub mod chart;
pub mod column;
pub mod debts;
pub mod orders_by_status;
pub mod out;
pub mod paper;
pub mod parameter;
pub mod sales;
pub mod sheet;
pub mod step;
pub mod who;

use behind::Behind;
use column::Column;
use parameter::Parameter;
use sheet::{BehindFn, Made, Nature, Sheet};

/// A report, as the registry knows it.
pub struct Report {
    /// As the command line writes it.
    pub name: &'static str,
    /// Key of its name for people.
    pub title: &'static str,
    /// What the reader must be allowed to see.
    pub need: Need,
    /// What it can be asked.
    pub parameters: &'static [Parameter],
    /// The names of the fields in which its parameters are sent.
    pub fields: fn() -> Vec<&'static str>,
    /// Every column it may have.
    pub columns: &'static [Column],
    /// The column whose documents stand behind a whole row.
    pub opens: &'static str,
    /// Its statements, for the test that prepares them.
    pub statements: &'static [&'static Statement],
    pub(crate) make: fn(Making<'_>, Json) -> Result<Made>,
    pub(crate) behind: BehindFn,
}

/// What a report is made with.
pub(crate) struct Making<'a> {
    pub view: &'a View<'a>,
    /// Tells how far it is and whether it is still wanted.
    pub watch: &'a Watch,
    /// The columns that the asker may see.
    pub columns: Vec<Column>,
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
        self.make_watched(view, parameters, &Watch::default())
    }

    /// The same behind a screen: answered by the background reader, told how far it is, ended when it is called off.
    pub fn ask(&'static self, handle: &Handle, call: &Call, parameters: Json) -> Ticket<Sheet> {
        handle.read(Lane::Background, call, move |view, watch| self.make_watched(view, parameters, watch))
    }

    /// The same for work that is under way already: told how far it is, ended when it is called off.
    pub fn make_watched(&self, view: &View<'_>, parameters: Json, watch: &Watch) -> Result<Sheet> {
        self.need.admit(view.actor())?;
        let columns = self.columns.iter().filter(|column| column.right.is_none_or(|right| view.actor().can(right)));
        let making = Making { view, watch, columns: columns.copied().collect() };
        let made = (self.make)(making, parameters)?;
        Sheet::new(
            Nature { name: self.name, title: self.title, opens: self.opens, behind: self.behind },
            made,
            view.today(),
        )
    }
}

/// The figure is that of one list alone.
pub(crate) fn alone(behind: Result<Behind>) -> Result<Vec<Behind>> {
    behind.map(|behind| vec![behind])
}
