//! Currencies the company keeps accounts in, and the smallest amount each is paid with in cash.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::money::{Amount, Money};
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::directory::{self, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, statements, table};

table! {
    /// A currency in use.
    pub struct CurrencyInUse in "currencies" code 14 {
        /// Which one.
        code: Currency,
        /// The smallest amount paid in cash, in minor units.
        cash_step: i64,
        /// Whether it is offered.
        active: bool,
    }
}

statements! {
    /// The currency with a code.
    BY_CODE = "SELECT id, version, code, cash_step, active FROM currencies WHERE code = ?1";
    /// Every currency in use.
    ALL = "SELECT id, version, code, cash_step, active FROM currencies ORDER BY id";
}

/// Currencies as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveCurrency>()],
    queries: &[QueryEntry::of::<Currencies>()],
    tables: &[CurrencyInUse::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// The currency as the company uses it. Rejected at `currency` when it does not.
pub fn in_use(db: &Db, code: Currency) -> Result<CurrencyInUse> {
    let found: Option<CurrencyInUse> = db.row(&BY_CODE, params![code])?;
    let offered = found.filter(|currency| currency.active);
    offered.ok_or_else(|| Error::rejected("error.currency_not_used").arg("code", code).at("currency"))
}

/// The smallest amount paid in cash in a currency: the company's own, else the customary one.
pub fn cash_step(db: &Db, code: Currency) -> Result<Money> {
    let found: Option<CurrencyInUse> = db.row(&BY_CODE, params![code])?;
    Ok(Money::new(found.map_or_else(|| code.cash_step(), |currency| currency.cash_step), code))
}

/// Takes a currency into use or changes how it is paid in cash.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveCurrency {
    /// Which one; its row is found by it.
    pub code: Currency,
    /// Its version as it was seen; left out for a currency that is new here.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The smallest amount paid in cash; the customary one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_step: Option<Amount>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveCurrency {
    const NAME: &'static str = "save-currency";
    const NEED: Need = Need::Right(Right::SettingsEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let found: Option<CurrencyInUse> = tx.row(&BY_CODE, params![self.code])?;
        let old = directory::opened(tx, found.map(|currency| currency.id), self.version)?;
        let before = old.clone().unwrap_or_else(|| CurrencyInUse::customary(self.code));
        let cash_step = match self.cash_step {
            Some(amount) => step(amount, self.code)?,
            None => before.cash_step,
        };
        let new = CurrencyInUse { cash_step, active: self.active.unwrap_or(before.active), ..before };
        if !new.active && company::current(tx)?.currency == new.code {
            return Err(Error::rejected("error.currency_home").arg("code", new.code).at("active"));
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

fn step(amount: Amount, currency: Currency) -> Result<i64> {
    let minor = amount.in_currency(currency).map_err(|error| error.at("cash_step"))?.minor();
    if minor <= 0 {
        return Err(Error::rejected("error.step_not_positive").at("cash_step"));
    }
    if !is_of_coins(minor) {
        let error = Error::rejected("error.step_of_no_coins").arg_money("step", Money::new(minor, currency));
        return Err(error.at("cash_step"));
    }
    Ok(minor)
}

/// Whether coins count in such steps: 1, 2, 5 or 25, with any zeros behind.
fn is_of_coins(step: i64) -> bool {
    match step % 10 {
        0 => is_of_coins(step / 10),
        _ => matches!(step, 1 | 2 | 5 | 25),
    }
}

/// Every currency in use, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currencies {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

/// A currency in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CurrencyRow {
    /// Its row's id.
    pub id: Id<CurrencyInUse>,
    /// Its version.
    pub version: i64,
    /// Which one.
    pub code: Currency,
    /// Decimals of its minor unit.
    pub decimals: u32,
    /// The smallest amount paid in cash.
    pub cash_step: Money,
    /// Whether it is offered.
    pub active: bool,
}

impl Query for Currencies {
    const NAME: &'static str = "currencies";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = CurrencyRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<CurrencyRow>> {
        let rows: Vec<CurrencyInUse> = view.rows(&ALL, params![])?;
        let wanted = rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active));
        Ok(wanted.map(CurrencyRow::of).collect())
    }
}

impl CurrencyRow {
    fn of(row: CurrencyInUse) -> CurrencyRow {
        CurrencyRow {
            id: row.id,
            version: row.version,
            code: row.code,
            decimals: row.code.decimals(),
            cash_step: Money::new(row.cash_step, row.code),
            active: row.active,
        }
    }
}

impl CurrencyInUse {
    fn customary(code: Currency) -> CurrencyInUse {
        CurrencyInUse { id: Id::new(0), version: 0, code, cash_step: code.cash_step(), active: true }
    }
}

/// Stores the home currency with its customary cash step.
pub(crate) fn ship(tx: &mut Tx<'_>, code: Currency) -> Result<()> {
    tx.insert(&CurrencyInUse::customary(code))?;
    Ok(())
}
