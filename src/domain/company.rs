//! The company whose file this is: requisites, time zone, home currency, tax defaults. There is exactly one.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::locale::Lang;
use crate::base::phone;
use crate::domain::tax_rate::TaxRate;
use crate::domain::{
    counterparty, currency, directory, payment_method, role, series, status, tax_rate, unit, user, user::User,
};
use crate::engine::command::{Command, CommandEntry, Need, Undo};
use crate::engine::db::Db;
use crate::engine::store::Slice;
use crate::engine::table::Row as _;
use crate::engine::tx::Tx;
use crate::{params, statements, table};

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
    }
}

statements! {
    /// The company.
    THE_COMPANY = "SELECT id, version, name, legal_name, tax_id, vat_number, address, phone, email, bank_name, bank_account, director, accountant, country, time_zone, currency, language, prices_include_tax, rounding, default_tax_rate_id, logo_hash FROM companies ORDER BY id";
    /// The company's time zone.
    TIME_ZONE = "SELECT time_zone FROM companies ORDER BY id";
}

/// The company as a slice.
pub const SLICE: Slice = Slice {
    commands: &[CommandEntry::of::<CreateCompany>()],
    queries: &[],
    tables: &[Company::TABLE],
    statements: STATEMENTS,
    lists: &[],
};

/// The company. Rejected before there is one.
pub fn current(db: &Db) -> Result<Company> {
    db.row(&THE_COMPANY, params![])?.ok_or_else(|| Error::rejected("error.no_company"))
}

/// The company's time zone; UTC before there is a company.
pub fn zone(db: &Db) -> Result<Zone> {
    let found: Option<(String,)> = db.row(&TIME_ZONE, params![])?;
    found.map_or(Ok(Zone::UTC), |(name,)| Zone::parse(&name))
}

/// Sets up an empty file: the company, what is shipped with it, and its owner.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateCompany {
    /// How it is called.
    pub name: String,
    /// Two letters of ISO 3166.
    pub country: String,
    /// The home currency.
    pub currency: Currency,
    /// The language of shipped names and of documents.
    pub language: Lang,
    /// The owner's login.
    pub owner: String,
    /// The owner's name; the login when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_name: Option<String>,
    /// The time zone; the country's usual one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
}

/// What setting up answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Created {
    /// The company's id.
    pub id: Id<Company>,
    /// The owner's id.
    pub owner: Id<User>,
}

impl Command for CreateCompany {
    const NAME: &'static str = "create-company";
    const NEED: Need = Need::System;
    const UNDO: Undo = Undo::Never;
    type Output = Created;

    fn run(&self, tx: &mut Tx<'_>) -> Result<Created> {
        if !tx.rows::<Company>(&THE_COMPANY, params![])?.is_empty() {
            return Err(Error::rejected("error.company_exists"));
        }
        let lang = self.language;
        let role = role::ship(tx, lang)?;
        let login = directory::line(&self.owner, "owner", 60)?;
        let owner_name = directory::line(self.owner_name.as_deref().unwrap_or(&login), "owner_name", 300)?;
        let owner = user::add_owner(tx, role, (&login, &owner_name), lang)?;
        let usual_tax = tax_rate::ship(tx, &self.country, lang)?;
        let id = tx.insert(&self.company(usual_tax)?)?;
        currency::ship(tx, self.currency)?;
        unit::ship(tx, lang)?;
        payment_method::ship(tx, lang)?;
        status::ship(tx, lang)?;
        counterparty::ship(tx, lang)?;
        series::ship(tx)?;
        Ok(Created { id, owner })
    }
}

impl CreateCompany {
    fn company(&self, usual_tax: Option<Id<TaxRate>>) -> Result<Company> {
        let country = country(&self.country)?;
        let zone = self.time_zone.map_or_else(|| usual_zone(&country), Ok)?;
        Ok(Company {
            id: Id::new(0),
            version: 0,
            name: directory::name(&self.name)?,
            legal_name: String::new(),
            tax_id: String::new(),
            vat_number: String::new(),
            address: String::new(),
            phone: String::new(),
            email: String::new(),
            bank_name: String::new(),
            bank_account: String::new(),
            director: String::new(),
            accountant: String::new(),
            prices_include_tax: country != "US",
            country,
            time_zone: zone.name().to_owned(),
            currency: self.currency,
            language: self.language.code().to_owned(),
            rounding: "line".to_owned(),
            default_tax_rate_id: usual_tax,
            logo_hash: None,
        })
    }
}

/// A country's code as it is kept. Rejected when ISO 3166 has no such country.
fn country(typed: &str) -> Result<String> {
    let code = typed.trim().to_uppercase();
    if phone::is_country(&code) {
        Ok(code)
    } else {
        Err(Error::rejected("error.country_unknown").arg("code", typed).at("country"))
    }
}

/// The zone of a country's capital or business centre, by country.
const ZONES: &[(&str, &str)] = &[
    ("AE", "Asia/Dubai"),
    ("AM", "Asia/Yerevan"),
    ("AT", "Europe/Vienna"),
    ("AZ", "Asia/Baku"),
    ("BE", "Europe/Brussels"),
    ("BG", "Europe/Sofia"),
    ("BY", "Europe/Minsk"),
    ("CH", "Europe/Zurich"),
    ("CN", "Asia/Shanghai"),
    ("CY", "Asia/Nicosia"),
    ("CZ", "Europe/Prague"),
    ("DE", "Europe/Berlin"),
    ("EE", "Europe/Tallinn"),
    ("EG", "Africa/Cairo"),
    ("ES", "Europe/Madrid"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("GE", "Asia/Tbilisi"),
    ("GR", "Europe/Athens"),
    ("HU", "Europe/Budapest"),
    ("IL", "Asia/Jerusalem"),
    ("IN", "Asia/Kolkata"),
    ("IQ", "Asia/Baghdad"),
    ("IR", "Asia/Tehran"),
    ("IT", "Europe/Rome"),
    ("JP", "Asia/Tokyo"),
    ("KG", "Asia/Bishkek"),
    ("KZ", "Asia/Almaty"),
    ("LB", "Asia/Beirut"),
    ("LT", "Europe/Vilnius"),
    ("LV", "Europe/Riga"),
    ("MD", "Europe/Chisinau"),
    ("NL", "Europe/Amsterdam"),
    ("PL", "Europe/Warsaw"),
    ("RO", "Europe/Bucharest"),
    ("RU", "Europe/Moscow"),
    ("SY", "Asia/Damascus"),
    ("TJ", "Asia/Dushanbe"),
    ("TM", "Asia/Ashgabat"),
    ("TR", "Europe/Istanbul"),
    ("UA", "Europe/Kyiv"),
    ("US", "America/New_York"),
    ("UZ", "Asia/Tashkent"),
];

fn usual_zone(country: &str) -> Result<Zone> {
    let known = ZONES.iter().find(|(code, _)| *code == country);
    known.map_or(Ok(Zone::UTC), |(_, name)| Zone::parse(name))
}
