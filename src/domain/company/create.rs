//! Setting up an empty file: the company, what is shipped with it, and its owner.

use serde::{Deserialize, Serialize};

use crate::base::currency::Currency;
use crate::base::date::Zone;
use crate::base::error::{Error, Result};
use crate::base::id::Id;
use crate::base::lenient;
use crate::base::locale::Lang;
use crate::domain::company::zones::usual_zone;
use crate::domain::company::{Company, THE_COMPANY, country};
use crate::domain::tax_rate::TaxRate;
use crate::domain::user::{self, User};
use crate::domain::{
    counterparty, currency, directory, location, payment_method, role, scale_code, series, status, tax_rate, unit,
};
use crate::engine::command::{Command, Need, Undo};
use crate::engine::tx::Tx;
use crate::params;

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
    /// Whether it is made up, so that every screen and paper says so.
    #[serde(default, deserialize_with = "lenient::flag", skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
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
        let (lang, country) = (self.language, country(&self.country)?);
        let role = role::ship(tx, lang)?;
        let login = directory::line(&self.owner, "owner", 60)?;
        let owner_name = directory::line(self.owner_name.as_deref().unwrap_or(&login), "owner_name", 300)?;
        let owner = user::add_owner(tx, role, (&login, &owner_name), lang)?;
        let usual_tax = tax_rate::ship(tx, &country, lang)?;
        let id = tx.insert(&self.company(country, usual_tax)?)?;
        currency::ship(tx, self.currency)?;
        unit::ship(tx, lang)?;
        payment_method::ship(tx, lang)?;
        scale_code::ship(tx, lang)?;
        status::ship(tx, lang)?;
        location::ship(tx, lang)?;
        counterparty::ship(tx, lang)?;
        series::ship(tx)?;
        Ok(Created { id, owner })
    }
}

impl CreateCompany {
    fn company(&self, country: String, usual_tax: Option<Id<TaxRate>>) -> Result<Company> {
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
            demo: self.demo,
        })
    }
}
