//! The company whose file this is: requisites, time zone, home currency, tax defaults. There is exactly one.

use crate::base::currency::Currency;
use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::phone;
use crate::base::unreal::Unreal;
use crate::domain::tax_rate::TaxRate;
use crate::engine::backup;
use crate::engine::command::CommandEntry;
use crate::engine::db::Db;
use crate::engine::query::QueryEntry;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::{params, statements, table};

mod create;
mod query;
mod save;
mod zones;

pub use create::{CreateCompany, Created};
pub use query::{CompanyRow, TheCompany};
pub use save::SaveCompany;
pub use zones::{TimeZones, ZoneRow};

table! {
    /// The company.
    pub struct Company in "companies" code 13 {
        /// How it is called.
        name: String,
        /// The name in the state register.
        legal_name: String,
        /// Taxpayer number.
        tax_id: String,
        /// Number of a payer of value added tax.
        vat_number: String,
        /// Legal address.
        address: String,
        /// Phone for customers.
        phone: String,
        /// E-mail for customers.
        email: String,
        /// Its bank.
        bank_name: String,
        /// Its account there.
        bank_account: String,
        /// Who signs as head.
        director: String,
        /// Who signs as chief accountant.
        accountant: String,
        /// Two letters of ISO 3166.
        country: String,
        /// The zone that decides the dates of documents, by its name.
        time_zone: String,
        /// The home currency.
        currency: Currency,
        /// Code of the language of its documents.
        language: String,
        /// Whether prices of new orders include tax.
        prices_include_tax: bool,
        /// Where new orders are rounded: `line` or `document`.
        rounding: String,
        /// The usual tax rate, if any.
        default_tax_rate_id: Option<Id<TaxRate>>,
        /// Its logo, by the hash of the kept file.
        logo_hash: Option<Vec<u8>>,
        /// Whether it is made up, so that every screen and paper says so.
        demo: bool,
    }
}

statements! {
    /// The company.
    THE_COMPANY = "
        SELECT id, version, name, legal_name, tax_id, vat_number, address, phone, email, bank_name, bank_account,
            director, accountant, country, time_zone, currency, language, prices_include_tax, rounding,
            default_tax_rate_id, logo_hash, demo
        FROM companies
        ORDER BY id";
    /// The company's time zone.
    TIME_ZONE = "SELECT time_zone FROM companies ORDER BY id";
}

/// The company as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<CreateCompany>(), CommandEntry::of::<SaveCompany>()],
    queries: &[QueryEntry::of::<TheCompany>(), QueryEntry::of::<TimeZones>()],
    tables: &[Company::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// The company. Rejected before there is one.
pub fn current(db: &Db) -> Result<Company> {
    db.row(&THE_COMPANY, params![])?.ok_or_else(|| Error::rejected("error.no_company"))
}

/// Why nothing in the company counts, where that is so. Rejected before there is one.
pub fn unreal(db: &Db) -> Result<Option<Unreal>> {
    if backup::is_training(db)? {
        return Ok(Some(Unreal::Training));
    }
    Ok(current(db)?.demo.then_some(Unreal::Demo))
}

/// The company's time zone; UTC before there is a company.
pub fn zone(db: &Db) -> Result<Zone> {
    let found: Option<(String,)> = db.row(&TIME_ZONE, params![])?;
    found.map_or(Ok(Zone::UTC), |(name,)| Zone::parse(&name))
}

/// A country's code as it is kept. Rejected when ISO 3166 has no such country.
pub(crate) fn country(typed: &str) -> Result<String> {
    let code = typed.trim().to_uppercase();
    if phone::is_country(&code) {
        Ok(code)
    } else {
        Err(Error::rejected("error.country_unknown").arg("code", typed).at("country"))
    }
}
