//! Tax rates: how many percents of a sale go to the state.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::{Lang, tr};
use crate::base::money::Percent;
use crate::base::right::Right;
use crate::domain::company;
use crate::domain::directory::{self, Directory, Saved};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::query::{Query, QueryEntry, View};
use crate::engine::rule::Ruled;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, remove_command, result_row, statements, table};

table! {
    /// A tax rate.
    pub struct TaxRate in "tax_rates" code 16 {
        /// Its short fixed name, such as `vat-20`.
        code: String,
        /// How it is written on paper and on the screen.
        name: String,
        /// Of the amount without tax.
        percent: Percent,
        /// Whether it is offered.
        active: bool,
    }
}

statements! {
    /// The tax rate with a code.
    BY_CODE = "SELECT id, version, code, name, percent, active FROM tax_rates WHERE code = ?1";
    /// Every tax rate.
    ALL = "SELECT id, version, code, name, percent, active FROM tax_rates ORDER BY id";
}

/// Tax rates as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<SaveTaxRate>(), CommandEntry::of::<RemoveTaxRate>()],
    queries: &[QueryEntry::of::<TaxRates>()],
    tables: &[TaxRate::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

const DIRECTORY: Directory = Directory { by_key: &BY_CODE, key: str::to_owned };

/// The tax rate a person names by its code. Rejected at `tax_rate` when there is none.
pub fn find(db: &Db, typed: &str) -> Result<TaxRate> {
    directory::find(db, &DIRECTORY, typed, "tax_rate")
}

/// The same, for something new. Rejected at `tax_rate` also when it is switched off.
pub fn offered(db: &Db, typed: &str) -> Result<TaxRate> {
    directory::offered(find(db, typed)?, |rate| (rate.active, &rate.name)).map_err(|error| error.at("tax_rate"))
}

/// Adds a tax rate or changes one; documents keep the percents they were made with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaveTaxRate {
    /// The tax rate to change; a new one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<TaxRate>>,
    /// Its version as it was seen.
    #[serde(default, deserialize_with = "lenient::opt_int", skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Its short fixed name; made of the name when left out.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How it is written on paper and on the screen.
    #[serde(default, deserialize_with = "lenient::opt_text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Percents of the amount without tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// Whether it is offered.
    #[serde(default, deserialize_with = "lenient::opt_flag", skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl Command for SaveTaxRate {
    const NAME: &'static str = "save-tax-rate";
    const NEED: Need = Need::Right(Right::SettingsEdit);
    const UNDO: Undo = Undo::Generic;
    type Output = Saved;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let old = directory::opened(tx, self.id, self.version)?;
        let before = old.clone().unwrap_or_else(TaxRate::blank);
        let name = directory::name_or(self.name.as_ref(), &before.name)?;
        let new = TaxRate {
            code: directory::code_or(self.code.as_ref(), &before.code, &name)?,
            name,
            percent: percent(self.percent, old.as_ref())?,
            active: self.active.unwrap_or(before.active),
            ..before
        };
        if !new.active {
            not_usual(tx, &new)?;
        }
        directory::stored(tx, old.as_ref(), &new)
    }
}

/// The percents after a save. Rejected when a new rate has none, or they are below zero or above a hundred.
fn percent(given: Option<Percent>, old: Option<&TaxRate>) -> Result<Percent> {
    let percent = given.or(old.map(|rate| rate.percent));
    let percent = percent.ok_or_else(|| Error::rejected("error.field_empty").at("percent"))?;
    if percent < Percent::ZERO || percent > Percent::HUNDRED {
        return Err(Error::rejected("error.percent_range").at("percent"));
    }
    Ok(percent)
}

/// Rejected for the rate that the company uses where nothing else is said.
fn not_usual(tx: &Tx<'_>, rate: &TaxRate) -> Result<()> {
    if rate.id.get() != 0 && company::current(tx)?.default_tax_rate_id == Some(rate.id) {
        return Err(Error::rejected("error.tax_rate_usual").arg("name", &rate.name));
    }
    Ok(())
}

impl Ruled for TaxRate {
    fn put_back(tx: &Tx<'_>, before: Option<&TaxRate>, now: Option<&TaxRate>) -> Result<()> {
        match now.or(before) {
            Some(rate) if now.is_none_or(|now| !now.active) => not_usual(tx, rate),
            _ => Ok(()),
        }
    }
}

remove_command!(
    /// Removes a tax rate that nothing was ever taxed with.
    RemoveTaxRate, "remove-tax-rate", TaxRate, Need::Right(Right::SettingsEdit), |tx, rate| not_usual(tx, rate)
);

/// Every tax rate, or only those switched on or off.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxRates {
    /// Only those that are offered, or only those that are not.
    #[serde(default, deserialize_with = "lenient::opt_flag")]
    pub active: Option<bool>,
}

result_row! {
    /// A tax rate in a list.
    pub struct TaxRateRow {
        /// Its id.
        id: Id<TaxRate>,
        /// Its version.
        version: i64,
        /// Its short fixed name.
        code: String,
        /// How it is written.
        name: String,
        /// Percents of the amount without tax.
        percent: Percent,
        /// Whether it is offered.
        active: bool,
    }
}

impl Query for TaxRates {
    const NAME: &'static str = "tax-rates";
    const NEED: Need = Need::Right(Right::DirectoryView);
    type Row = TaxRateRow;

    fn run(&self, view: &View<'_>) -> Result<Vec<TaxRateRow>> {
        let rows: Vec<TaxRateRow> = view.rows(&ALL, params![])?;
        Ok(rows.into_iter().filter(|row| self.active.is_none_or(|active| row.active == active)).collect())
    }
}

impl TaxRate {
    fn blank() -> TaxRate {
        TaxRate {
            id: Id::new(0),
            version: 0,
            code: String::new(),
            name: String::new(),
            percent: Percent::ZERO,
            active: true,
        }
    }
}

/// The rate of those who pay no value added tax: turnover tax, micro-business, sales that are exempt.
const WITHOUT: (&str, i64) = ("no-vat", 0);

/// Rates shipped for a country, the usual one first. Source for Armenia: Tax Code of the Republic of Armenia,
/// articles 63 (20 %) and 65 (0 %), exemptions in article 64.
fn shipped(country: &str) -> &'static [(&'static str, i64)] {
    match country {
        "AM" => &[("vat-20", 200_000), ("vat-0", 0), WITHOUT],
        _ => &[WITHOUT],
    }
}

/// Stores the rates of a country, named in the company's language, and gives the usual one's id.
pub(crate) fn ship(tx: &mut Tx<'_>, country: &str, lang: Lang) -> Result<Option<Id<TaxRate>>> {
    let mut usual = None;
    for (code, ppm) in shipped(country) {
        let name = tr(lang, &format!("tax_rate.{code}"), &[]);
        let percent = Percent::from_ppm(*ppm);
        let id =
            tx.insert(&TaxRate { id: Id::new(0), version: 0, code: (*code).to_owned(), name, percent, active: true })?;
        usual = usual.or(Some(id));
    }
    Ok(usual)
}
